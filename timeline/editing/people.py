"""People and organisations by the name that an editor types, known or new."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from timeline.models import Actor, ActorKind

from .merged import standing_for
from .naming import free_name
from .refusing import Refused, require

# As in “a person familiar with the matter”, “two officials”.
UNNAMED = re.compile(
    r"(an?|one|two|three|four|five|several|some|the|many|people|sources|officials)\b"
)
WITH_WEB_NAME = re.compile(r"(?P<name>.+) \((?P<slug>[a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Called:
    """Who is meant by some words: a row of the desk, a new name, or nobody named."""

    actor: Actor | None = None
    name: str = ""
    described_as: str = ""


def called(words: str) -> Called:
    """Whom some words mean; `Refused` where several bear the name.

    Words that begin as a description does, “a spokeswoman”, name nobody.
    """
    words = " ".join(words.split())
    if actor := known_as(words):
        return Called(actor=actor)
    if UNNAMED.match(words):
        return Called(described_as=words)
    return Called(name=words)


def known_as(words: str) -> Actor | None:
    """The one who is called so, also “Name (web-name)” where several are."""
    if match := WITH_WEB_NAME.fullmatch(words):
        rows = Actor.objects.filter(slug=match["slug"], name=match["name"])
        if actor := rows.first():
            return standing_for(actor)
    main = list(Actor.objects.filter(name__iexact=words).order_by("pk")[:5])
    other = Actor.objects.filter(Q(other_names__name__iexact=words)).distinct()
    found = main or list(other.order_by("pk")[:5])
    found = list(dict.fromkeys(standing_for(row) for row in found))
    if len(found) > 1:
        choices = ", ".join(f"“{row.name} ({row.slug})”" for row in found)
        raise Refused(
            _("Several are called “%(name)s”: write one of %(choices)s.")
            % {"name": words, "choices": choices}
        )
    return found[0] if found else None


def likely_kind(name: str) -> str:
    """What somebody who speaks is likely to be: of one word, an organisation."""
    return ActorKind.PERSON if " " in name else ActorKind.ORGANISATION


def new_actor(name: str, *, kind: str, by) -> Actor:
    """Somebody to be added by name. Raises `PermissionDenied`."""
    require(by, "timeline.add_actor")
    return Actor(name=name, kind=kind, slug=free_name(Actor, name))
