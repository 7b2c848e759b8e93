"""Who else has a thing open: said on its page, and kept fresh by a small script.

It is a courtesy. Where it cannot be written down, the page opens all the same.
"""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from timeline.models import OpenPage

# Without the script a page says once that it is open; with it, every half minute, or
# every minute where a browser slows what is not in front.
UNHEARD = timedelta(minutes=10)
HEARD = timedelta(seconds=150)
NAMED = 3
PATIENCE = 200  # milliseconds that a page waits for who is writing

log = logging.getLogger(__name__)


def keep_open(user, root, *, lasting: timedelta) -> None:
    """Somebody has a thing open, and will have for a while."""
    now = timezone.now()
    page = OpenPage(
        user=user, noun=root._meta.model_name, thing=root.pk, until=now + lasting
    )

    def write():
        OpenPage.objects.filter(until__lt=now).delete()
        OpenPage.objects.bulk_create(
            [page],
            update_conflicts=True,
            unique_fields=["noun", "thing", "user"],
            update_fields=["until"],
        )

    if_it_can_be(write)


def close(user, root) -> None:
    page = OpenPage.objects.filter(user=user, noun=root._meta.model_name, thing=root.pk)
    if_it_can_be(page.delete)


def if_it_can_be(write: Callable[[], object]) -> None:
    """Write, or leave it, where the database is locked or read-only."""
    try:
        with impatient(), transaction.atomic():
            write()
    except DatabaseError as error:
        log.warning("Who has a page open was not written down: %s", error)


@contextmanager
def impatient():
    """On SQLite, which has one writer, whoever only opens a page waits briefly."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        [before] = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")


def others_in_words(user, root) -> str:
    """As in “anna and ben have this open too (since 14:02)”; empty for nobody."""
    pages = OpenPage.objects.filter(
        noun=root._meta.model_name, thing=root.pk, until__gte=timezone.now()
    )
    pages = list(pages.exclude(user=user).select_related("user").order_by("since"))
    if not pages:
        return ""
    names = [str(page.user) for page in pages[:NAMED]]
    if len(pages) > NAMED:
        names.append(_("%d more") % (len(pages) - NAMED))
    since = timezone.localtime(pages[0].since)
    return ngettext(
        "%(names)s has this open too, since %(since)s. If both of you save, the "
        "second is shown both versions.",
        "%(names)s have this open too, the first since %(since)s. Whoever saves "
        "after another is shown both versions.",
        len(pages),
    ) % {"names": ", ".join(names), "since": since.strftime("%H:%M %Z")}


class OpenPagesMixin:
    """Pages of things that say who else has them open."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_open"
        view = self.admin_site.admin_view(require_POST(self.open_view))
        return [path("<path:object_id>/open/", view, name=name), *super().get_urls()]

    def open_view(self, request, object_id):
        """Somebody still has the page open, or has just left it; who else has it."""
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_change_permission(request, row):
            raise PermissionDenied
        root = self.root_of(row)
        if "left" in request.POST:
            close(request.user, root)
            return JsonResponse({})
        keep_open(request.user, root, lasting=HEARD)
        return JsonResponse({"others": others_in_words(request.user, root)})

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and self.has_change_permission(request, obj):
            root = self.root_of(obj)
            keep_open(request.user, root, lasting=UNHEARD)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_open"
            context |= {
                "others": others_in_words(request.user, root),
                "open_page": reverse(name, args=[obj.pk]),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
