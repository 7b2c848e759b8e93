"""The framework's middleware, kept to where it has something to do."""

from django.contrib.auth import middleware as accounts
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.middleware import common

DESK = "/admin/"
WITHOUT_CONTENT = (204, 304)


class OfDesk:
    """Does its work on the desk; elsewhere a request has no session and no account."""

    def __call__(self, request):
        if request.path_info.startswith(DESK):
            return super().__call__(request)
        return self.get_response(request)


class SessionMiddleware(OfDesk, sessions.SessionMiddleware):
    """Sessions, on the desk."""


class AuthenticationMiddleware(OfDesk, accounts.AuthenticationMiddleware):
    """Who is signed in, on the desk."""


class MessageMiddleware(OfDesk, messages.MessageMiddleware):
    """Messages after a save, on the desk."""


class KnownBrowserMiddleware:
    """Gives a browser in which somebody has just signed in its mark to be known by."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        mark = getattr(request, "mark_of_browser", None)
        if mark:
            response.set_cookie(**mark)
        return response


class CommonMiddleware(common.CommonMiddleware):
    """The host that is asked for, and lengths; but none of what has no content."""

    def process_response(self, request, response):
        if response.status_code in WITHOUT_CONTENT:
            return response
        return super().process_response(request, response)
