"""The public record, to be read: what was appended, when, and by whom."""

import json
from datetime import datetime

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from timeline.models import Act, Event
from timeline.models.record import Revision

from .files import FilesMixin
from .mending import change_url
from .paging import PagesMixin
from .searching import SearchMixin


class RecordList(ChangeList):
    """A page of the record, with who acted for all rows at once."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        acts = Act.objects.filter(sequence__in=[row.pk for row in self.result_list])
        names = dict(acts.values_list("sequence", "by_name"))
        for revision in self.result_list:
            revision.acted = names.get(revision.pk, "")


@admin.register(Revision)
class RevisionAdmin(FilesMixin, SearchMixin, PagesMixin, admin.ModelAdmin):
    list_display = (
        "sequence",
        "web_name",
        "number",
        "kind",
        "note",
        "published",
        "who",
    )
    list_filter = ("kind",)
    search_fields = ("slug", "event_id__exact", "note")
    search_help_text = _("Web name or permanent id of an event, or a note")
    fieldsets = (
        (None, {"fields": ("event", "number", "kind", "note", "follows", "published")}),
        (_("On the desk only"), {"fields": ("who", "reason")}),
        (_("As published"), {"fields": ("whole",)}),
        (
            _("The chain"),
            {"fields": ("sequence", "previous", "content", "salt", "digest")},
        ),
    )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changelist(self, request, **kwargs):
        return RecordList

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if not request.resolver_match.url_name.endswith("_change"):
            return rows.defer("document")
        return rows

    @admin.display(description=_("event"), ordering="slug")
    def web_name(self, revision):
        return revision.slug

    @admin.display(description=_("event"))
    def event(self, revision):
        event = Event.objects.filter(public_id=revision.event_id).first()
        if event is None:
            return revision.slug
        return format_html('<a href="{}">{}</a>', change_url(event), event)

    @admin.display(description=_("published at"), ordering="sequence")
    def published(self, revision):
        at = timezone.localtime(datetime.fromisoformat(revision.published_at))
        return at.strftime("%Y-%m-%d %H:%M:%S %Z")

    @admin.display(description=_("who"))
    def who(self, revision):
        if hasattr(revision, "acted"):
            return revision.acted
        act = Act.objects.filter(sequence=revision.pk).first()
        return act.by_name if act else ""

    @admin.display(description=_("reason"))
    def reason(self, revision):
        act = Act.objects.filter(sequence=revision.pk).first()
        return act.reason if act else ""

    @admin.display(description=_("follows from"))
    def follows(self, revision):
        if not revision.caused_by:
            return ""
        cause = json.loads(revision.caused_by)
        return _("%(slug)s, revision %(number)s") % cause

    @admin.display(description=_("document"))
    def whole(self, revision):
        if not revision.document:
            return _("This act has no document, or it was removed.")
        text = json.dumps(
            json.loads(revision.document), indent=2, ensure_ascii=False, sort_keys=True
        )
        return format_html('<pre class="record-document" tabindex="0">{}</pre>', text)
