"""The closed lists: spelled as in fixtures and JSON, shown in an editor's words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActorKind(TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    GOVERNMENT = "government", _("government body")
    OUTLET = "outlet", _("news outlet")
    GROUP = "group", _("group")


class IdentifierScheme(TextChoices):
    WIKIDATA = "wikidata", _("Wikidata")
    ISNI = "isni", _("ISNI")
    ORCID = "orcid", _("ORCID")
    LEI = "lei", _("LEI (legal entity)")
    WEBSITE = "website", _("official website")


class SourceKind(TextChoices):
    WIRE = "wire", _("wire story")
    ARTICLE = "article", _("article")
    PRESS_RELEASE = "press_release", _("press release")
    STATEMENT = "statement", _("published statement")
    POST = "post", _("post")
    DOCUMENT = "document", _("document")
    INTERVIEW = "interview", _("interview")
    BROADCAST = "broadcast", _("broadcast")
    DATASET = "dataset", _("dataset")


class Production(TextChoices):
    HUMAN = "human", _("written by people")
    AI_ASSISTED = "ai_assisted", _("written with AI assistance")
    AI_GENERATED = "ai_generated", _("AI-generated")
    UNKNOWN = "unknown", _("not known")


class Reporting(TextChoices):
    OWN = "own", _("its own reporting, or its own document")
    UNKNOWN = "unknown", _("not known")


class SourceStatus(TextChoices):
    CURRENT = "current", _("current")
    CORRECTED = "corrected", _("corrected by its publisher")
    RETRACTED = "retracted", _("retracted by its publisher")
    UNAVAILABLE = "unavailable", _("no longer available")


class BylineRole(TextChoices):
    AUTHOR = "author", _("author")
    REPORTING = "reporting", _("reporting")
    WRITING = "writing", _("writing")
    EDITING = "editing", _("editing")
    REVIEWING = "reviewing", _("reviewing")
    PHOTO = "photo", _("photo")


class SourceLinkKind(TextChoices):
    REPUBLISHES = "republishes", _("republishes")
    TRANSLATES = "translates", _("translates")
    REWRITES = "rewrites", _("rewrites")
    UPDATES = "updates", _("updates")
    CORRECTS = "corrects", _("corrects")


TAKEN_WHOLE = (
    SourceLinkKind.REPUBLISHES,
    SourceLinkKind.TRANSLATES,
    SourceLinkKind.REWRITES,
)
COPIES = (SourceLinkKind.REPUBLISHES, SourceLinkKind.TRANSLATES)


class EventStatus(TextChoices):
    PLANNED = "planned", _("planned")
    HAPPENED = "happened", _("happened or happening")
    CANCELLED = "cancelled", _("cancelled")
    POSTPONED = "postponed", _("postponed")


class Importance(TextChoices):
    MAJOR = "major", _("major")
    NORMAL = "normal", _("normal")
    MINOR = "minor", _("minor")


class ParticipantRole(TextChoices):
    AGENT = "agent", _("who acts")
    COUNTERPART = "counterpart", _("with or against whom")
    AFFECTED = "affected", _("who is affected")
    HOST = "host", _("host")
    MENTIONED = "mentioned", _("mentioned")


class RelatedKind(TextChoices):
    PRECEDES = "precedes", _("precedes")
    CAUSES = "causes", _("causes")
    RESPONDS_TO = "responds_to", _("responds to")
    PART_OF = "part_of", _("is part of")
    UPDATES = "updates", _("updates")


class StatementKind(TextChoices):
    ANNOUNCEMENT = "announcement", _("announcement")
    CLAIM = "claim", _("claim")
    REPORT = "report", _("report in the outlet's own voice")
    DENIAL = "denial", _("denial")
    CONFIRMATION = "confirmation", _("confirmation")
    CLARIFICATION = "clarification", _("clarification")
    COMMITMENT = "commitment", _("commitment")
    DIRECTIVE = "directive", _("directive")
    OPINION = "opinion", _("opinion")
    NO_RESPONSE = "no_response", _("did not respond")
    DECLINED_TO_COMMENT = "declined_to_comment", _("declined to comment")


class Mode(TextChoices):
    DIRECT_QUOTE = "direct_quote", _("quoted in full")
    PARTIAL_QUOTE = "partial_quote", _("quoted in part")
    PARAPHRASE = "paraphrase", _("paraphrased")
    NARRATION = "narration", _("told in the outlet's own voice")
    DOCUMENT = "document", _("from a document")
    HEADLINE = "headline", _("headline")


class DescribedNumber(TextChoices):
    ONE = "one", _("one")
    TWO = "two", _("two")
    SEVERAL = "several", _("several")
    UNSAID = "unsaid", _("not said")


class StatementLinkKind(TextChoices):
    CORRECTS = "corrects", _("corrects")
    RETRACTS = "retracts", _("retracts")
    DENIES = "denies", _("denies")
    CONTRADICTS = "contradicts", _("contradicts")
    CONFIRMS = "confirms", _("confirms")
    CLARIFIES = "clarifies", _("clarifies")
    REPEATS = "repeats", _("repeats")


class Credit(TextChoices):
    UNCHECKED = "unchecked", _("not checked")
    FOUND = "found", _("found there")
    NOT_FOUND = "not_found", _("not found there")


class PassageState(TextChoices):
    UNCHECKED = "unchecked", _("not checked")
    FOUND = "found", _("found in the text")
    NOT_FOUND = "not_found", _("not found in the text")


class LiveState(TextChoices):
    """Where an event stands in the public record."""

    NEVER = "never", _("never published")
    LIVE = "live", _("live")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged into another")
    HELD = "held", _("on hold")
    SUPPRESSED = "suppressed", _("suppressed")


class ReviewState(TextChoices):
    """How far what is on the desk of an event has come on its way to readers."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    SENT_BACK = "sent_back", _("sent back")
    APPROVED = "approved", _("approved")


class StepKind(TextChoices):
    """What somebody did with what is on the desk of an event."""

    WORKED = "worked", _("worked on it")
    SUBMITTED = "submitted", _("submitted it")
    SENT_BACK = "sent_back", _("sent it back")
    APPROVED = "approved", _("approved it")
    ASSIGNED = "assigned", _("made somebody its owner")
    EMBARGO = "embargo", _("set an embargo")
    EMBARGO_LIFTED = "embargo_lifted", _("lifted the embargo")
