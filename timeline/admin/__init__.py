"""The desk: every noun in Django's admin, and the buttons that publish."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import actors, events, people, record, sources, statements, stories
from .desk import front
from .finding import find_view, keys_view
from .signing_in import SlowedSignIn
from .waiting import waiting

__all__ = ["actors", "events", "people", "record", "sources", "statements", "stories"]

admin.site.site_header = _("Dateline desk")
admin.site.site_title = _("Dateline desk")
admin.site.index_title = _("On the desk")
admin.site.login_form = SlowedSignIn
admin.site.front = front
admin.site.waiting = waiting
admin.site.pages += [
    ("find/", find_view, "find"),
    ("keys/", keys_view, "keys"),
]
