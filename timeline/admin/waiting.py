"""What a form that waits for somebody to sign in would do, in words.

To who is not signed in it says only what that very form brought: the desk is not read.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .acts_of_events import BY_NAME
from .filing_many import FILING
from .numbers import number

PAGES = {
    "add": gettext_lazy("Add"),
    "change": gettext_lazy("Save"),
    "delete": gettext_lazy("Delete"),
    "merge": gettext_lazy("Merge"),
    "unmerge": gettext_lazy("Undo the merge"),
    "restore": gettext_lazy("Restore an earlier state"),
    "correct": gettext_lazy("Correct once"),
    "alike": gettext_lazy("Not the same"),
    "events": gettext_lazy("Add events from a report"),
    "from_report": gettext_lazy("Add an event from a report"),
    "publish_chosen": gettext_lazy("Publish selected events"),
    "withdraw_chosen": gettext_lazy("Withdraw selected events"),
    "password_change": gettext_lazy("Change a password"),
}
# The fields by which a form names what it is about, the first that is filled in.
NAMES = ("about", "title", "form-0-title", "name", "label", "text", "username")
ASIDE = {"about", "seen", "form_key", "csrfmiddlewaretoken", "post", "action"}
LONGEST = 80  # characters of a name
LONGEST_TEXT = 400
TOLD = 5  # names of several


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits; `named` says whether the words tell with what it would be done.

    `entered` are the lines and texts that were typed, with the names of their fields.
    """

    words: str
    named: bool
    entered: tuple[tuple[str, str], ...] = ()


def waiting(request) -> Waiting:
    """What a form that was sent would do if it were carried out."""
    match = request.resolver_match
    noun, page = parts_of(match.url_name or "")
    what = doing(request, noun, page)
    names = [in_short(name) for name in names_of(request, noun, match.kwargs)]
    entered = tuple(entered_in(request.POST))
    if not names:
        return Waiting(what, named=False, entered=entered)
    more = [_("%d more") % (len(names) - TOLD)] if len(names) > TOLD else []
    told = ", ".join([*(f"“{name}”" for name in names[:TOLD]), *more])
    words = _("%(what)s: %(names)s") % {"what": what, "names": told}
    return Waiting(words, named=True, entered=entered)


def parts_of(url_name: str) -> tuple[str, str]:
    """The noun of a page of the desk, where it has one, and which page it is."""
    for model in admin.site._registry:
        start = f"{model._meta.app_label}_{model._meta.model_name}_"
        if url_name.startswith(start):
            return model._meta.model_name, url_name.removeprefix(start)
    return "", url_name.removeprefix("timeline_")


def doing(request, noun: str, page: str) -> str:
    """What it would do, without with what."""
    if noun == "event" and page in BY_NAME:
        return str(BY_NAME[page].title)
    filing = page.removesuffix("_chosen")
    if noun == "event" and filing in FILING:
        return str(FILING[filing][2])
    if page == "changelist":
        return action_in_words(noun, request.POST.get("action", ""))
    return str(PAGES.get(page) or _("What was entered"))


def action_in_words(noun: str, action: str) -> str:
    """An action of a list as the list calls it."""
    model, own = admin_of(noun)
    do = getattr(own, action, None) if action.endswith("_selected") else None
    words = str(getattr(do, "short_description", ""))
    if not words:
        return _("What was chosen in a list")
    return words % {"verbose_name_plural": model._meta.verbose_name_plural}


def names_of(request, noun: str, place: dict) -> Iterable[str]:
    """The names of what it is about: as they were sent, or as whoever may read it."""
    sent = (request.POST.get(name, "").strip() for name in NAMES)
    if name := next(filter(None, sent), ""):
        return [name]
    model, own = admin_of(noun)
    if own is None or not own.has_view_permission(request):
        return []
    rows = own.get_queryset(request)
    if "object_id" in place:
        row = own.get_object(request, unquote(place["object_id"]))
        return [str(row)] if row else []
    return [str(row) for row in rows.filter(pk__in=keys_of(request.POST))]


def admin_of(noun: str):
    """The model of a noun and its admin; None where there is none."""
    for model, own in admin.site._registry.items():
        if model._meta.model_name == noun:
            return model, own
    return None, None


def keys_of(posted) -> set[int]:
    """The primary keys that were chosen in a list."""
    listed = posted.getlist(ACTION_CHECKBOX_NAME)
    asked = (text.partition(":")[0] for text in posted.getlist("seen"))
    keys = {number(text) for text in listed or asked}
    return keys - {None}


def entered_in(posted) -> Iterable[tuple[str, str]]:
    """What was typed into the form itself, without its rows, marks and choices."""
    for name, value in posted.items():
        text = value.strip()
        if text and not text.isdecimal() and is_shown(name):
            yield (
                capfirst(name.replace("_", " ")),
                Truncator(text).chars(LONGEST_TEXT),
            )


def is_shown(name: str) -> bool:
    """Whether a field is one of the form's own, and not one that nobody may see."""
    own = name.isidentifier() and not name.startswith("_") and name not in ASIDE
    return own and "password" not in name


def in_short(name: str) -> str:
    return Truncator(" ".join(name.split())).chars(LONGEST)
