"""From what a page shows to the answer that is sent: footer, head and headers.

Pages are rendered without the request, so that none can depend on a session.
"""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from timeline.drawing import path_to
from timeline.publishing.read import Head
from timeline.styles import style_source

from .sharing import of_page
from .sources import web_address
from .times import instant_shown

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src {styles}",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SCRIPTED = "; script-src 'self'; connect-src 'self'"
LONGEST_DESCRIPTION = 200


class Moved(HttpResponseRedirect):
    """308: for good, and asked the same way."""

    status_code = 308


def answer(
    template: str,
    *,
    head: Head,
    title: str,
    description: str = "",
    address: str = "",
    status: int = 200,
    scripted: bool = False,
    **context,
) -> HttpResponse:
    """A page; `address` is its path and query, where it has one of its own.

    `scripted` lets in the scripts of this site, and what they ask of it.
    """
    canonical = f"{settings.SITE_URL}{address}" if address else ""
    context |= {
        "title": title,
        "description": one_line(description),
        "canonical": canonical,
        "site": site_shown(head),
    }
    context |= of_page(context, canonical)
    text = render_to_string(f"timeline/{template}", context)
    response = HttpResponse(text, status=status)
    response["Content-Security-Policy"] = policy(scripted=scripted)
    return response


def policy(*, scripted: bool = False) -> str:
    """The Content-Security-Policy of a page."""
    return POLICY.format(styles=style_source()) + (SCRIPTED if scripted else "")


def one_line(text: str) -> str:
    """The beginning of a text, for the head of a page."""
    return Truncator(" ".join(text.split())).chars(LONGEST_DESCRIPTION)


def site_shown(head: Head) -> Mapping:
    """Who publishes, on what terms, and where the record stands."""
    contact = settings.DATELINE_CONTACT
    return {
        "name": settings.DATELINE_PUBLISHER or _("Dateline"),
        "address": settings.SITE_URL,
        "publisher": settings.DATELINE_PUBLISHER,
        "contact": contact,
        "contact_address": web_address(contact) or f"mailto:{contact}",
        "policy": web_address(settings.DATELINE_CORRECTIONS_POLICY),
        "licence": settings.DATELINE_LICENCE_NAME,
        "licence_address": web_address(settings.DATELINE_LICENCE_URL),
        "feed": feed(),
        "sequence": head.sequence,
        "digest": head.digest[:12],
        "published": instant_shown(head.published_at) if head.published_at else None,
    }


def feed(path: str = "") -> str:
    """The path of something in the feed."""
    return f"{path_to('front')}api/v1/{path}"
