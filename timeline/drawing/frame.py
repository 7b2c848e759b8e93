"""What stands around what a page shows: its head and its footer, the ends of lists."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from markupsafe import Markup

from .macros import macro

FILES = {
    **dict.fromkeys(("top", "bottom", "order", "pages"), "frame"),
    "story": "story",
}
ENDS = ("previous", "following")  # of a listing, where there is more of it


class Given(dict):
    """What a page is drawn from; what is not given is nothing."""

    def __missing__(self, _name: str) -> str:
        return ""


def part_html(name: str, context: Mapping) -> Markup:
    """A part of a page, from what the page is given: one of `FILES`.

    A page of which nobody says whose it is (`site`) has no footer.
    """
    given = Given(context)
    given["site"] = Given(given["site"] or {"name": _("Dateline")})
    for one in ("known", "stood", "band"):
        if value := given[one]:
            given[one] = value._asdict()
    if listing := given["listing"]:
        given["listing"] = {end: getattr(listing, end) for end in ENDS}
    return macro(name, FILES[name])(given)


def facts_html(thing: Mapping) -> Markup:
    """The HTML of how much there is of a thing, and of the days it spans if it does."""
    told = {"span": thing.get("span"), "counts": thing["counts"]}
    return macro("facts", "frame")(told)
