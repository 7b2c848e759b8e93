"""Web names: made from words, free on the desk and in the record."""

from django.utils.text import slugify

from timeline.models import Event, Statement
from timeline.models.record import ThingName

LONGEST = 100
ROOM = LONGEST - 5  # for a number behind it


def free_name(model, words: str) -> str:
    """A free web name for a thing of this kind, from its title or name."""
    return numbered(model, cut(slugify(words), at=ROOM) or model._meta.model_name)


def statement_name(event: Event, text: str) -> str:
    """A free web name for a statement, from its event and its first words."""
    words = slugify(" ".join(text.split()[:8]))
    stem = cut(f"{cut(event.slug, at=45)}-{words}".strip("-"), at=ROOM)
    return numbered(Statement, stem)


def numbered(model, stem: str) -> str:
    """The name itself, or the first with a number behind it that is free."""
    name, number = stem, 1
    while is_taken(model, name):
        number += 1
        name = f"{stem}-{number}"
    return name


def is_taken(model, name: str) -> bool:
    """Whether a thing of this kind has this name, or ever had it in the record."""
    return (
        model.objects.filter(slug=name).exists()
        or ThingName.objects.filter(noun=model._meta.model_name, name=name).exists()
    )


def cut(name: str, *, at: int) -> str:
    """A web name of at most so many characters, whole words where it can be."""
    name = name.replace("_", "-").strip("-")
    if len(name) <= at:
        return name
    head = name[: at + 1]
    return (head.rpartition("-")[0] or head[:at]).rstrip("-")
