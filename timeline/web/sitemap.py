"""For search engines: `sitemap.xml` with its parts, and `robots.txt`."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from timeline.publishing import read

from .views import missing

OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = ("front", "corrections", "record")
NOUNS = ("story", "event", "actor", "source", "topic")
HIGHEST = 99_999  # a part; more would be more events than there can be


@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of all parts."""
    parts = [reverse("web:sitemap_part", args=["page", 1])]
    for noun, count in read.parts_of_site().items():
        parts += [
            reverse("web:sitemap_part", args=[noun, number + 1])
            for number in range(count)
        ]
    lines = (f"<sitemap>{located(path)}</sitemap>" for path in parts)
    return as_xml("sitemapindex", lines)


@require_safe
@conditional_page
def sitemap_part(request: HttpRequest, noun: str, number: int) -> HttpResponse:
    """The addresses of one part, with the instant of the last change of each."""
    if noun == "page" and number == 1:
        found = ((reverse(f"web:{name}"), "") for name in PAGES)
    elif noun in NOUNS and 0 < number <= HIGHEST:
        found = (
            (reverse(f"web:{noun}", args=[slug]), published_at)
            for slug, published_at in read.part_of_site(noun, number)
        )
    else:
        return missing(read.head())
    return as_xml("urlset", addresses(found))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What programs that follow links are asked to leave, and where the list is."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('web:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def addresses(pages: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each page as the protocol writes it."""
    for path, published_at in pages:
        changed = f"<lastmod>{published_at}</lastmod>" if published_at else ""
        yield f"<url>{located(path)}{changed}</url>"


def located(path: str) -> str:
    return f"<loc>{escape(settings.SITE_URL + path)}</loc>"


def as_xml(name: str, lines: Iterable[str]) -> HttpResponse:
    """A document of the sitemap protocol."""
    text = "\n".join([f'{OPENING}<{name} xmlns="{XMLNS}">', *lines, f"</{name}>\n"])
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
