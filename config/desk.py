"""The site of the desk: a form that is sent after its session ended is not lost.

It comes back on a page that says what waits and asks for the password, and is carried
out as it was sent. Where it may be somebody else's than who signs in, or the page could
not say what it is about, they are asked first. Nothing of it is stored.
"""

from functools import update_wrapper
from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

DESK = "/admin/"
TOKEN = "csrfmiddlewaretoken"
SIGN_IN = "sign-in"  # before the names of the fields that are about signing in
MARK = f"{SIGN_IN}-asked"
OLDER = f"{SIGN_IN}-older"  # the form is older than the last sign-in here
OPEN_TO_ALL = ("login", "logout")


class DeskSite(admin.AdminSite):
    """The admin, where a form that was filled in outlives its session.

    `pages` are those beside the lists: address, view and name. `front` says what the
    first page shows to an account, `waiting` what a form would do: its `words`, and
    whether they tell with what (`named`).
    """

    def __init__(self, name="admin"):
        super().__init__(name)
        self.pages = []
        self.front = lambda user: {}
        self.waiting = lambda request: None

    def get_urls(self):
        own = [
            path(route, self.admin_view(view), name=name)
            for route, view, name in self.pages
        ]
        return [*own, *super().get_urls()]

    def index(self, request, extra_context=None):
        told = self.front(request.user)
        return super().index(request, {**told, **(extra_context or {})})

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(view, cacheable)
        open_to_all = getattr(view, "__name__", "") in OPEN_TO_ALL

        def asked(request, *args, **kwargs):
            waits = request.method == "POST" and not open_to_all
            if waits and not self.has_permission(request):
                page = self.sign_in_and_send(request)
                if page is not None:
                    return page
            if waits and OLDER in request.POST:
                request.POST = without_sign_in(request.POST)
            return guarded(request, *args, **kwargs)

        asked = sensitive_post_parameters(f"{SIGN_IN}-password")(asked)
        if not cacheable:
            asked = never_cache(asked)
        return update_wrapper(csrf_protect(asked), view)

    def sign_in_and_send(self, request):
        """The page that asks for the password, or whether to go on.

        None where the request goes on as what it was, by who signed in: the account
        that was signed in here before, which was told with what.
        """
        given = request.POST if MARK in request.POST else None
        form_class = self.login_form or AdminAuthenticationForm
        form = form_class(request, data=given, prefix=SIGN_IN)
        told, older = self.waiting(request), OLDER in request.POST
        if given is not None and form.is_valid():
            login(request, form.get_user())
            theirs = getattr(form, "was_last_here", False) and not older
            request.POST = without_sign_in(request.POST)
            if theirs and told and told.named:
                return None
            return self.asks_whether(request, theirs=theirs)
        return TemplateResponse(
            request,
            "admin/sign_in_and_send.html",
            {
                **self.each_context(request),
                **waiting_on(request),
                "title": _("Sign in to go on"),
                "form": form,
                "marks": [MARK, OLDER] if older else [MARK],
                "waits": told,
            },
        )

    def asks_whether(self, request, *, theirs: bool):
        """The page on which who has just signed in carries out what waits, or not."""
        return TemplateResponse(
            request,
            "admin/ask_first.html",
            {
                **self.each_context(request),
                **waiting_on(request),
                "title": _("Nothing was done yet"),
                "waits": self.waiting(request),
                "theirs": theirs,
            },
        )


def waiting_on(request) -> dict:
    """What a page needs to send a form once more."""
    return {
        "sent": fields_of(request.POST),
        "files": bool(request.FILES),
        "address": request.get_full_path(),
    }


def without_sign_in(posted) -> QueryDict:
    """What was sent, without what was only for signing in."""
    kept = posted.copy()
    for name in posted:
        if name.startswith(f"{SIGN_IN}-"):
            del kept[name]
    return kept


def fields_of(posted) -> list[tuple[str, str]]:
    """Every field that was sent, to be sent once more; passwords are typed anew."""
    return [
        (name, value)
        for name, values in without_sign_in(posted).lists()
        if name != TOKEN and "password" not in name
        for value in values
    ]


def sent_from_an_older_page(request, reason=""):
    """A form whose page is older than the sign-in: it is shown to be sent once more.

    That is so where somebody signed in again in another window. Only a form that the
    browser says comes from this site is shown.
    """
    if not (request.path.startswith(DESK) and comes_from_here(request)):
        return csrf_failure(request, reason)
    context = {
        **admin.site.each_context(request),
        **waiting_on(request),
        "title": _("Send it once more"),
        "waits": admin.site.waiting(request),
        "mark": OLDER,
    }
    return TemplateResponse(
        request, "admin/send_again.html", context, status=403
    ).render()


def comes_from_here(request) -> bool:
    """Whether the browser says that a page of this very site sent this."""
    origin = urlsplit(request.META.get("HTTP_ORIGIN", ""))
    here = (request.scheme, request.get_host())
    return request.method == "POST" and (origin.scheme, origin.netloc) == here
