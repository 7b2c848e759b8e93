"""What a date means, told as it is typed: the answer to the script of the fields."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path
from django.utils.translation import gettext as _

from timeline.dates import RULES, BadDate, Typed, UncertainDate, read_typed
from timeline.models import Source

from .dates import bounds, how_to_write, today
from .numbers import number

LONGEST = 200  # characters


class DateReadingMixin:
    """Adds the address that tells what a typed date means."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.date_view)
        return [path("date/", view, name="timeline_date"), *super().get_urls()]

    def date_view(self, request):
        """The reading of `text`, counted from a report, from `on`, or from today."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = {name: text[:LONGEST] for name, text in request.GET.items()}
        return JsonResponse(reading_of(asked))


def reading_of(asked: dict[str, str]) -> dict:
    """The date, its words, bounds and rule; or the sentence that says what is wrong."""
    text = asked.get("text", "").strip()
    if not text:
        return {"sentence": "", "wrong": False}
    try:
        anchor, anchor_words = anchor_of(asked)
        typed = read_typed(text, anchor)
    except BadDate as error:
        return {"sentence": how_to_write(error), "wrong": True}
    told = told_of(typed, anchor_words)
    return {**told, "sentence": sentence_of(told), "wrong": False}


def anchor_of(asked: dict[str, str]) -> tuple[UncertainDate | None, str]:
    """The date that words are counted from, and what it is; raises `BadDate`."""
    if "on" in asked:
        words = asked["on"].strip()
        date = read_typed(words, today()).date if words else None
        return date, date.display if date else ""
    if "anchor" not in asked:
        date = today()
        return date, _("today, %(day)s") % {"day": date.display}
    key = number(asked["anchor"])
    source = Source.objects.filter(pk=key).first() if key else None
    if source is None or source.published is None:
        return None, ""
    return source.published, _("%(day)s, the date of “%(report)s”") % {
        "day": source.published.display,
        "report": source,
    }


def told_of(typed: Typed, anchor: str) -> dict:
    return {
        "date": typed.date.edtf,
        "reading": typed.date.display,
        "bounds": bounds(typed.date),
        "rule": RULES.get(typed.rule, ""),
        "anchor": anchor if typed.counted else "",
    }


def sentence_of(told: dict) -> str:
    """The reading, its bounds, and how the words were read."""
    sentence = f"{told['reading']} ({told['bounds']})."
    if told["anchor"]:
        counted = _("Counted from %(anchor)s: %(rule)s") % told
        sentence = f"{sentence} {counted}"
    return sentence
