"""The closed lists of the record, in a reader's words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from timeline.drawing import language

ACTOR_KINDS = {
    "person": _("Person"),
    "organisation": _("Organisation"),
    "government": _("Government body"),
    "outlet": _("News outlet"),
    "group": _("Group"),
}
ACTOR_ROLES = {
    "agent": _("acting"),
    "counterpart": _("counterpart"),
    "affected": _("affected"),
    "host": _("host"),
    "mentioned": _("mentioned"),
}
SOURCE_KINDS = {
    "wire": _("wire story"),
    "article": _("article"),
    "press_release": _("press release"),
    "statement": _("published statement"),
    "post": _("post"),
    "document": _("document"),
    "interview": _("interview"),
    "broadcast": _("broadcast"),
    "dataset": _("dataset"),
}
PRODUCTION = {
    "human": _("Written by people"),
    "ai_assisted": _("AI-assisted"),
    "ai_generated": _("AI-generated"),
    "unknown": _("Not known"),
}
MADE_WITH_AI = ("ai_assisted", "ai_generated")
SOURCE_STATUS = {
    "current": _("current"),
    "corrected": _("corrected by its publisher"),
    "retracted": _("retracted by its publisher"),
    "unavailable": _("no longer available"),
}
BYLINE_ROLES = {
    "author": _("author"),
    "reporting": _("reporting"),
    "writing": _("writing"),
    "editing": _("editing"),
    "reviewing": _("reviewing"),
    "photo": _("photo"),
}
LINEAGE = {
    "republishes": _("Republishes"),
    "translates": _("Translates"),
    "rewrites": _("Rewrites"),
    "updates": _("Updates"),
    "corrects": _("Corrects"),
}
VOICES = {
    "on_behalf_of": _("said on their behalf"),
    "relayed_by": _("relayed by them"),
}
STANDING_COUNTS = {
    "stands": npgettext_lazy("statements", "%(n)d stands", "%(n)d stand", "n"),
    "clarified": npgettext_lazy(
        "statements", "%(n)d clarified", "%(n)d clarified", "n"
    ),
    "disputed": npgettext_lazy("statements", "%(n)d disputed", "%(n)d disputed", "n"),
    "corrected": npgettext_lazy(
        "statements", "%(n)d corrected", "%(n)d corrected", "n"
    ),
    "retracted": npgettext_lazy(
        "statements", "%(n)d retracted", "%(n)d retracted", "n"
    ),
}
TAKEN = {
    "republishes": _("%(taker)s republishes %(giver)s"),
    "translates": _("%(taker)s translates %(giver)s"),
    "rewrites": _("%(taker)s rewrites %(giver)s"),
    "credits": _("%(taker)s credits %(giver)s"),
    "credits_not_found": _("%(taker)s credits %(giver)s, which does not say so"),
    "updates": _("%(taker)s updates %(giver)s"),
    "corrects": _("%(taker)s corrects %(giver)s"),
}
TAKEN_BY = {
    "republishes": _("republished by"),
    "translates": _("translated by"),
    "rewrites": _("rewritten by"),
    "credits": _("credited by"),
    "credits_not_found": _("credited, though it does not say so, by"),
    "updates": _("updated by"),
    "corrects": _("corrected by"),
}
LEGEND = {
    "republishes": _("republished"),
    "translates": _("translated"),
    "rewrites": _("rewritten"),
    "credits": _("credited"),
    "credits_not_found": _("credited, but it does not say so"),
    "updates": _("updated"),
    "corrects": _("corrected"),
}
EVENT_STATUS = {
    "planned": _("Planned"),
    "cancelled": _("Cancelled"),
    "postponed": _("Postponed"),
}
IMPORTANCE = {
    "major": _("Major"),
    "normal": _("Normal"),
    "minor": _("Minor"),
}
RELATED = {
    "precedes": _("Precedes"),
    "causes": _("Causes"),
    "responds_to": _("Responds to"),
    "part_of": _("Is part of"),
    "updates": _("Updates"),
}
STATEMENT_KINDS = {
    "announcement": _("Announcement"),
    "claim": _("Claim"),
    "report": _("Report"),
    "denial": _("Denial"),
    "confirmation": _("Confirmation"),
    "clarification": _("Clarification"),
    "commitment": _("Commitment"),
    "directive": _("Directive"),
    "opinion": _("Opinion"),
    "no_response": _("Did not respond"),
    "declined_to_comment": _("Declined to comment"),
}
SILENT = ("no_response", "declined_to_comment")
STATEMENT_MODES = {
    "direct_quote": _("quoted in full"),
    "partial_quote": _("quoted in part"),
    "paraphrase": _("paraphrased"),
    "narration": _("in the outlet’s own voice"),
    "document": _("from a document"),
    "headline": _("headline"),
}
STANDING = {
    "clarified": _("Clarified"),
    "disputed": _("Disputed"),
    "corrected": _("Corrected"),
    "retracted": _("Retracted"),
}
STANDINGS = {"stands": _("Stands"), **STANDING}
FALLEN = ("corrected", "retracted")
LINKS = {
    "corrects": _("Corrects"),
    "retracts": _("Retracts"),
    "denies": _("Denies"),
    "contradicts": _("Contradicts"),
    "confirms": _("Confirms"),
    "clarifies": _("Clarifies"),
    "repeats": _("Repeats"),
}
WEIGHING = ("corrects", "retracts", "denies", "contradicts", "clarifies")
LINKED_BY = {
    "corrects": _("Corrected by"),
    "retracts": _("Retracted by"),
    "denies": _("Denied by"),
    "contradicts": _("Contradicted by"),
    "confirms": _("Confirmed by"),
    "clarifies": _("Clarified by"),
    "repeats": _("Repeated by"),
}
NUMBERS = {
    "one": _("one person"),
    "two": _("two people"),
    "several": _("several people"),
    "unsaid": _("how many is not said"),
}
CREDIT = {
    "found": _("What it credits says so too."),
    "not_found": _("What it credits does not say so."),
}
PASSAGE = {
    "found": _("Checked against the text."),
    "not_found": _("Not found in the text."),
    "unchecked": _("Not checked against the text."),
}
REVISION_KINDS = {
    "publication": _("Published"),
    "update": _("Updated"),
    "correction": _("Corrected"),
    "minor": _("Minor change"),
    "withdrawal": _("Withdrawn"),
    "merge": _("Merged into another"),
    "hold": _("Put on hold"),
    "release": _("Released from hold"),
    "suppression": _("Suppressed"),
}


_said: dict[tuple[int, str, str | None], str] = {}  # tables are never taken away


def words(table: Mapping, value: str | None) -> str:
    """What a table of this module says of a value; nothing where it says nothing."""
    if value is None:
        return ""
    key = id(table), value, language()
    said = _said.get(key)
    if said is None:
        said = _said[key] = str(table.get(value, ""))
    return said
