"""Web names: made from words, free on the desk and in the record."""

from django.utils.text import slugify

from timeline.models import Event, Statement
from timeline.models.record import ThingName

LONGEST = 100
ROOM = LONGEST - 5  # for a number behind it


def statement_name(event: Event, text: str) -> str:
    """A free web name for a statement, from its event and its first words."""
    words = slugify(" ".join(text.split()[:8]))
    stem = cut(f"{cut(event.slug, at=45)}-{words}".strip("-"), at=ROOM)
    name, number = stem, 1
    while is_taken(name):
        number += 1
        name = f"{stem}-{number}"
    return name


def is_taken(name: str) -> bool:
    """Whether a statement has this name, or ever had it in the record."""
    return (
        Statement.objects.filter(slug=name).exists()
        or ThingName.objects.filter(noun="statement", name=name).exists()
    )


def cut(name: str, *, at: int) -> str:
    """A web name of at most so many characters, whole words where it can be."""
    if len(name) <= at:
        return name
    head = name[: at + 1]
    return (head.rpartition("-")[0] or head[:at]).rstrip("-")


def named_something_else(row) -> bool:
    """Whether the record gave the web name of `row` to another thing of its kind."""
    return (
        ThingName.objects.filter(noun=row._meta.model_name, name=row.slug)
        .exclude(thing=row.public_id)
        .exists()
    )
