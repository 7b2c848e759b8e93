"""The macros that pages are drawn with, and what these may call.

They are in `templates/timeline/fragments/`, compiled straight (`straight.py`), once for
each language and each prefix of addresses.
"""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from django.template.defaultfilters import linebreaks_filter
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from timeline.styles import sheet

from .straight import Straight
from .where import Where, found_once, where

FOLDER = Path(__file__).parents[1] / "templates" / "timeline" / "fragments"
NOUNS = ("event", "actor", "source", "story", "topic", "embed")
PAGES = ("front", "corrections", "corrections_feed", "record")


def macro(name: str, file: str = "") -> Callable[..., Markup]:
    """The macro of this name, of the file that has its name or of another one."""
    return _macro_in(name, file or name, where())


@lru_cache(maxsize=64)
def _macro_in(name: str, file: str, here: Where) -> Callable:
    template = _environment(here).get_template(f"{file}.html")
    return getattr(template.module, name)


@lru_cache(maxsize=16)
def _environment(here: Where) -> Environment:
    """Templates for one language, whose words are looked up once."""
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.code_generator_class = Straight
    environment.globals |= {
        "_": cache(gettext),
        "language": here.language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "stylesheet": stylesheet,
        "paths": paths(here),
        "static": static,
        "grouped": grouped,
        "events_told": events_told,
        "statements_told": statements_told,
        "paragraphs": linebreaks_filter,
        "escaped_twice": escaped_twice,
        "with_ends": with_ends,
    }
    return environment


def path_to(name: str) -> str:
    """The path of a page; of a noun, what those of its things begin with."""
    return paths(where())[name]


def path_of(noun: str, slug: str) -> str:
    """The path of the page of a thing."""
    return f"{paths(where())[noun]}{slug}/"


@lru_cache(maxsize=16)
def paths(_here: Where) -> dict[str, str]:
    """Where pages are, and things of each noun but for their names."""
    of_things = {
        noun: reverse(f"web:{noun}", args=["-"]).removesuffix("-/") for noun in NOUNS
    }
    return of_things | {page: reverse(f"web:{page}") for page in PAGES}


def stylesheet() -> SafeString:
    """The stylesheet as an element: it comes with the page, and needs no request."""
    return mark_safe(f"<style>{sheet().text}</style>")


def grouped(number: int) -> str:
    """A number with its thousands set apart: 89,361 in English."""
    return str(number) if 0 <= number < 1000 else _grouped(number)


@found_once
def _grouped(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


@found_once
def events_told(count: int) -> str:
    """So many events, in words."""
    told = ngettext("%(number)s event", "%(number)s events", count)
    return told % {"number": grouped(count)}


@found_once
def statements_told(count: int) -> str:
    """So many statements, in words."""
    told = ngettext("%(number)s statement", "%(number)s statements", count)
    return told % {"number": grouped(count)}


def with_ends(rows: Sequence) -> list[tuple[object, bool]]:
    """Each of these with whether it is the last."""
    last = len(rows) - 1
    return [(row, place == last) for place, row in enumerate(rows)]


def escaped_twice(text: str) -> SafeString:
    """A text as it stands in HTML that is itself shown as text."""
    return escape(str(escape(text)))
