"""What was done with events, act by act, and what each act changed, in words."""

import json
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from timeline.publishing import read

from .answers import feed
from .differing import differences, linked_elsewhere
from .times import instant_shown
from .words import REVISION_KINDS, words

MOST_REVISIONS = 50
COMPARED = 20  # of the newest; what older ones changed is on their own pages


def revisions_shown(found: read.EventAnswer) -> dict:
    """What was done with an event, the newest first, and its last correction."""
    rows = read.versions(found.id, limit=MOST_REVISIONS + 1)
    shown = rows[:MOST_REVISIONS]
    correction = next((row for row in shown if row.kind == "correction"), None)
    if correction is None and len(rows) > MOST_REVISIONS:
        correction = read.last_correction(found.id)
    return {
        "revisions": [
            *versions_shown(shown[:COMPARED]),
            *(version_shown(row) for row in shown[COMPARED:]),
        ],
        "more_revisions": len(rows) > MOST_REVISIONS,
        "all_readable": all(row.readable for row in shown),
        "revisions_feed": feed(f"events/{found.slug}/revisions/"),
        "correction": correction and version_shown(correction),
    }


def versions_shown(rows: Iterable[read.Version]) -> list[dict]:
    """Acts, each with what it changed and whom it followed from; in five queries."""
    rows = list(rows)
    texts = read.texts({row.before for row in rows} | {row.sequence for row in rows})
    events = {cause_id(row) for row in rows} | {row.successor for row in rows}
    named = read.titles(events - {None})
    known = statements_elsewhere(texts)
    private = read.private_actors(text.document for text in texts.values())
    return [
        {
            **version_shown(row),
            "title": title_of(row, texts),
            "named": name_of(row, texts),
            "cause": named.get(cause_id(row)),
            "successor": named.get(row.successor),
            **compared(row, texts, known),
            "names_private": names_any(private, row, texts),
        }
        for row in rows
    ]


def names_any(ids: set[str], row: read.Version, texts: Mapping) -> bool:
    """Whether what an act left or found names any of these actors."""
    found = filter(None, (texts.get(row.sequence), texts.get(row.before)))
    return any(
        actor["id"] in ids
        for text in found
        for actor in text.document["entities"]["actors"]
    )


def version_shown(row: read.Version) -> dict:
    """One act, with the addresses of what it said."""
    name = {"name": row.slug, "number": row.number}
    return {
        "sequence": row.sequence,
        "event_id": row.event_id,
        "slug": row.slug,
        "number": row.number,
        "kind": words(REVISION_KINDS, row.kind),
        "code": row.kind,
        "note": row.note,
        "published": instant_shown(row.published_at),
        "page": reverse("web:revision", kwargs=name) if row.readable else None,
        "suppressed": not row.readable,
        "is_held": row.state == "held",
    }


def title_of(row: read.Version, texts: Mapping) -> str | None:
    """The title that an act left, or found; None where neither text is there."""
    text = texts.get(row.sequence) or texts.get(row.before)
    return text.document["title"] if text and row.state != "held" else None


def cause_id(row: read.Version) -> str | None:
    """The id of the event that an act followed from, if it followed from another."""
    return json.loads(row.caused_by)["id"] if row.caused_by else None


def name_of(row: read.Version, texts: Mapping) -> str:
    """The title, or words for an event that readers are not told the title of."""
    if row.state == "held":
        return _("An event that is on hold")
    return title_of(row, texts) or _("An event whose text was suppressed")


def compared(row: read.Version, texts: Mapping, known: Mapping) -> dict:
    """What an act changed, and in comparison with which revision."""
    after, before = texts.get(row.sequence), texts.get(row.before)
    if not after or not before or row.state == "held":
        return {"differences": None, "compared_with": None}
    told = differences(before.document, after.document, known)
    further = before.number < row.number - 1 and (told.changes or told.statements)
    return {
        "differences": told,
        "compared_with": before.number if further else None,
    }


def statements_elsewhere(texts: Mapping[int, read.Text]) -> dict[str, dict]:
    """The statements that links in these texts lead to, as they now are."""
    ids = linked_elsewhere(*(text.document for text in texts.values()))
    site = settings.SITE_URL
    return read.statements_by_id(ids, made_for=site, site=site)
