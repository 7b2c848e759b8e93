"""The page that explains the record, where it stands, and how anyone can check it."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from timeline.publishing import read

from .answers import answer, feed
from .keeping import kept
from .views import missing

SCRIPT = "check_record.py"


@require_safe
@kept
def record(request: HttpRequest) -> HttpResponse:
    """What the record is, in a reader's words."""
    head = read.head()
    return answer(
        "record.html",
        head=head,
        title=_("The record"),
        description=_("What was published here, act by act, and how to check it."),
        address=reverse("web:record"),
        alternate=feed("record/"),
        head_digest=head.digest,
        noted=f"{head.sequence}-{head.digest}" if head.sequence else "",
        script=SCRIPT if script() else "",
        script_address=f"{settings.SITE_URL}{reverse('web:record_script')}",
        feed_address=f"{settings.SITE_URL}{feed()}",
        record_address=feed("record/"),
        changes_address=feed("changes/"),
    )


@require_safe
@conditional_page
def record_script(request: HttpRequest) -> HttpResponse:
    """The script that checks the record, to be read and run elsewhere."""
    text = script()
    if not text:
        return missing(read.head())
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{SCRIPT}"'
    return response


@cache
def script() -> str:
    """The text of the script, as it is in the documentation; empty without one."""
    file = Path(settings.BASE_DIR) / "docs" / SCRIPT
    return file.read_text() if file.is_file() else ""
