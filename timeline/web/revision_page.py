"""One revision of an event: what readers saw then, and what it changed."""

import json
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timeline.publishing import read

from .answers import Moved, answer, feed
from .keeping import kept
from .revisions import version_shown, versions_shown
from .times import instant_shown
from .views import NAME, entries_shown, event_of, missing

NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@require_safe
@kept
def revision(request: HttpRequest, name: str, number: str) -> HttpResponse:
    """An event as it was, with a line that says so; 410 where its text is gone."""
    head = read.head()
    named = NAME.fullmatch(name) and NUMBER.fullmatch(number)
    found = event_of(name, head) if named else None
    if found is not None and found.state == "held":
        return answer("held.html", head=head, title=_("On hold"), status=451)
    version = read.version(found.id, int(number)) if found else None
    if version is None:
        return missing(head)
    if found.slug != name:
        return Moved(reverse("web:revision", args=[found.slug, number]))
    return revision_page(version, head)


def revision_page(version: read.Version, head: read.Head) -> HttpResponse:
    """The page of one act on an event that is not on hold."""
    entry, taken = entry_of(version, head)
    following = read.version(version.event_id, version.number + 1)
    (shown,) = versions_shown([version])
    title = _("Revision %(number)d") % {"number": version.number}
    named = entry["title"] if entry else shown["title"]
    return answer(
        "revision.html",
        head=head,
        title=f"{named} – {title}" if named else title,
        address=reverse("web:revision", args=[version.slug, version.number]),
        status=410 if taken else 200,
        noindex=True,
        alternate=feed(f"events/{version.slug}/revisions/{version.number}/"),
        revision=shown,
        entry=entry and entries_shown([entry], head)[0],
        taken=taken,
        until=following and instant_shown(following.published_at),
        previous=before(version),
        following=following and version_shown(following),
    )


def entry_of(version: read.Version, head: read.Head) -> tuple:
    """The entry as this act left it, and what took it away; either may be None."""
    try:
        text = read.revision(
            version.event_id,
            version.number,
            made_for=head.site,
            site=settings.SITE_URL,
        )
    except read.Suppressed as suppressed:
        told = suppressed.tombstone
        return None, {**told, "published": instant_shown(told["published_at"])}
    entry = json.loads(text)
    return (entry if "title" in entry else None), None


def before(version: read.Version) -> dict | None:
    """The act before, if there is one."""
    found = read.version(version.event_id, version.number - 1)
    return version_shown(found) if found else None
