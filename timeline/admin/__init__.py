"""The desk: every noun in Django's admin, and the buttons that publish."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import actors, events, record, sources, statements, stories

__all__ = ["actors", "events", "record", "sources", "statements", "stories"]

admin.site.site_header = _("Dateline desk")
admin.site.site_title = _("Dateline desk")
admin.site.index_title = _("On the desk")
