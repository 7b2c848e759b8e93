"""What formats say of an event in plain English, for people and without markup."""

from timeline.dates import BadDate, parse

from .base import About

ACTS = {
    "publication": "Published",
    "update": "Update",
    "correction": "Correction",
    "minor": "Minor change",
    "withdrawal": "Withdrawn",
    "merge": "Merged into another event",
    "hold": "On hold",
    "suppression": "Removed",
}
STATUS = {"planned": "Planned", "cancelled": "Cancelled", "postponed": "Postponed"}
STANDING = {
    "clarified": "Clarified since",
    "disputed": "Disputed",
    "corrected": "Corrected: no longer stands",
    "retracted": "Retracted: no longer stands",
}
FALLEN = ("corrected", "retracted")
# The links that take a statement's standing away, and those that dispute it.
FELLED_BY = ("corrects", "retracts")
DISPUTED_BY = ("denies", "contradicts")


def noted(act: dict) -> str:
    """What a revision, or what ended an event, says of itself: "Correction: ..."."""
    if not act["note"]:
        return ""
    return f"{ACTS.get(act['kind'], 'Note')}: {act['note']}"


def headed(entry: dict) -> str:
    """The title; of what was planned, or did not happen, with the word for it."""
    status = STATUS.get(entry["status"])
    return f"{status}: {entry['title']}" if status else entry["title"]


def gone_title(gone: dict) -> str:
    """The title of an event that is no longer there, saying so."""
    return f"{ACTS.get(gone['kind'], 'Gone')}: {gone['title'] or gone['id']}"


def dated(date: dict) -> str:
    """When it was, with the report's own words for it."""
    words, display = date["words"], date["display"]
    if not words or _plain(words) == _plain(display):
        return display
    return f"{display} (as reported: “{words}”)"


def _plain(words: str) -> str:
    return words.casefold().removeprefix("the ")


def quoted(quote: dict) -> str:
    """The words that were spoken, and what they mean where that is ours."""
    translation = quote["translation"]
    added = f" (our translation: “{translation}”)" if translation else ""
    return f"“{quote['text']}”{added}"


def standing(statement: dict) -> str:
    """What has become of a statement; empty where it stands as it was made."""
    return STANDING.get(statement["standing"], "")


def has_fallen(statement: dict) -> bool:
    return statement["standing"] in FALLEN


def counted(origins: dict) -> str:
    """Who is known to have reported it, and what that does not mean."""
    names = ", ".join(publisher["name"] for publisher in origins["publishers"])
    if not names and not origins["unknown"]:
        return ""
    told = f"Own reporting: {names}" if names else "No origin is known"
    if names and origins["unknown"]:
        told += "; of others the origin is not known"
    return f"{told}. This counts who reported it; it does not say that it is true."


def stood(about: About) -> list[str]:
    """The sentences on the time that a list is looked at from; none if it is now."""
    told = []
    if about.as_of:
        told.append(f"As this record stood: {moment(about.as_of)}.")
    if about.known_at:
        told.append(
            f"What had been reported by {moment(about.known_at)}; "
            "titles and summaries are today's."
        )
    return told


def moment(text: str) -> str:
    """A date, or an instant to the minute, in words; what is neither as it is."""
    minute = f"{text[:16]}Z" if "T" in text and text.endswith("Z") else text
    try:
        return parse(minute).display
    except BadDate:
        return text


def described(about: About) -> str:
    """What the list is, and from when it is looked at."""
    return " ".join(filter(None, [about.description, *stood(about)]))


def rights(about: About) -> str:
    """The terms of what is published; empty where none are given."""
    return " ".join(filter(None, [about.licence_name, about.licence_url]))


def terms(about: About) -> str:
    """Publisher, contact and licence in a line, for formats without a field of them."""
    named = {
        "Published by": about.publisher,
        "Contact:": about.contact,
        "Licence:": rights(about),
    }
    return ". ".join(f"{word} {value}" for word, value in named.items() if value)


def description(entry: dict) -> str:
    """An event as plain text; statements that no longer stand are left out of it."""
    standing_ones = [row for row in entry["statements"] if not has_fallen(row)]
    fallen = len(entry["statements"]) - len(standing_ones)
    return "\n\n".join(
        filter(
            None,
            [
                noted(entry["revision"]),
                dated(entry["date"]),
                entry["summary"],
                *map(_line, standing_ones),
                _left_out(fallen),
                counted(entry["origins"]),
                entry["html_url"],
            ],
        )
    )


def _line(statement: dict) -> str:
    mark = f"[{standing(statement)}] " if standing(statement) else ""
    quote = f" {quoted(statement['quote'])}" if statement["quote"] else ""
    return f"{mark}{statement['attribution']}: {statement['text']}{quote}"


def _left_out(fallen: int) -> str:
    if not fallen:
        return ""
    them = "1 statement that no longer stands is"
    if fallen > 1:
        them = f"{fallen} statements that no longer stand are"
    return f"{them} not repeated here."
