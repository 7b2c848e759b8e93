"""When the database does not answer in time: 503, and what was sent is kept."""

from django.contrib import admin
from django.db import DatabaseError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.log import log_response
from django.utils.translation import gettext as _

from .desk import DESK, waiting_on

SOON = "5"  # seconds


class BusyMiddleware:
    """Answers where a view found the database locked, starting or gone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, OperationalError):
            return None
        response = answer(request)
        response.status_code = 503
        response["Retry-After"] = SOON
        log_response(
            "The database did not answer: %s",
            exception,
            response=response,
            request=request,
        )
        return response


def answer(request) -> HttpResponse:
    """The page; what was sent to the desk is on it, so that nothing is lost."""
    if request.method == "POST" and request.path.startswith(DESK):
        try:
            return kept(request)
        except DatabaseError:  # it does not even say who is signed in
            pass
    return HttpResponse(render_to_string("503.html"))


def kept(request) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        **waiting_on(request),
        "title": _("Nothing was done yet"),
        "waits": admin.site.waiting(request),
    }
    return TemplateResponse(request, "admin/busy.html", context).render()
