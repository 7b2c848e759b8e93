"""iCalendar, RFC 5545: exact dates as events; all others have no place in a calendar.

A day is a DATE, which is that day in every zone; a moment is in UTC. What happened some
day between two, in a month or by a day would be shown as lasting all that time, so it
is left out, and counted by the view.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText, vUri

from . import sentences
from .base import About, in_chunks, permanent, printable
from .days import exact

PRODUCT = "-//Dateline//Timeline 1//EN"
REFRESH = timedelta(hours=1)
STATUS = {
    "planned": "TENTATIVE",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
    "happened": "CONFIRMED",
}
END = "END:VCALENDAR\r\n"


def write(entries: Iterable[dict], about: About) -> Iterator[str]:
    """The calendar, an event at a time."""
    return in_chunks(_lines(entries, about))


def _lines(entries: Iterable[dict], about: About) -> Iterator[str]:
    yield calendar(about).to_ical().decode().removesuffix(END)
    for entry in entries:
        if exact(entry["date"]["edtf"]):
            yield event(entry, about).to_ical().decode()
    yield END


def calendar(about: About) -> Calendar:
    """What is said of the calendar itself: RFC 7986, and the names used before it."""
    title = vText(printable(about.title))
    described = vText(_described(about))
    holder = Calendar()
    holder.add("version", "2.0")
    holder.add("prodid", PRODUCT)
    holder.add("name", title)
    holder.add("x-wr-calname", title)
    if described:
        holder.add("description", described)
        holder.add("x-wr-caldesc", described)
    if about.updated:
        holder.add("last-modified", _instant(about.updated))
    holder.add("url", about.html_url)
    holder.add("source", vUri(about.self_url, params={"VALUE": "URI"}))
    holder.add("refresh-interval", vDuration(REFRESH, params={"VALUE": "DURATION"}))
    return holder


def _described(about: About) -> str:
    told = [sentences.described(about), sentences.terms(about)]
    return printable(" ".join(filter(None, told)))


def event(entry: dict, about: About) -> Event:
    """An entry with an exact date."""
    start, end = exact(entry["date"]["edtf"])
    revision = entry["revision"]
    published = _instant(revision["published_at"])
    holder = Event()
    holder.add("uid", str(permanent(entry["id"])))
    holder.add("dtstamp", published)
    holder.add("last-modified", published)
    holder.add("sequence", revision["number"] - 1)
    holder.add("dtstart", start)
    if end:
        holder.add("dtend", end)
    holder.add("summary", printable(sentences.headed(entry)))
    holder.add("description", printable(sentences.description(entry)))
    holder.add("status", STATUS.get(entry["status"], "CONFIRMED"))
    holder.add("transp", "TRANSPARENT")  # it takes nobody's time
    holder.add("url", entry["html_url"])
    if entry["place"]:
        holder.add("location", printable(entry["place"]))
    if names := _categories(entry):
        holder.add("categories", names)
    _say_terms(holder, about)
    return holder


def _categories(entry: dict) -> list[str]:
    names = [story["title"] for story in entry["stories"]]
    names += [topic["name"] for topic in entry["topics"]]
    return list(map(printable, names))


def _say_terms(holder: Event, about: About) -> None:
    """Whom to ask and on what terms: CONTACT, and LINK of RFC 9253."""
    named = ", ".join(filter(None, [about.publisher, about.contact]))
    if named:
        holder.add("contact", printable(named))
    if about.licence_url:
        terms = {"LINKREL": "license", "VALUE": "URI"}
        holder.add("link", vUri(about.licence_url, params=terms))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
