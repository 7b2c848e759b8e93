"""An event as readers would see it, before it is published."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timeline.editing import Refused
from timeline.models import Event, LiveState
from timeline.publishing.write import rehearse
from timeline.web.preview import render_preview

from .mending import change_url


def preview_page(event: Event) -> str:
    """The address of the preview; empty for what is not published any more."""
    if event.live_state == LiveState.MERGED:
        return ""
    return reverse("admin:timeline_event_preview", args=[event.pk])


class PreviewMixin:
    """The public page of an event, from what is on the desk; nothing is written."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.preview_view))
        page = path("<path:object_id>/preview/", view, name="timeline_event_preview")
        return [page, *super().get_urls()]

    def preview_view(self, request, object_id):
        event = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, event):
            raise PermissionDenied
        if event is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not preview_page(event):
            sentence = _("“%(event)s” was merged into another event.")
            return self.no_preview(request, event, sentence % {"event": event})
        try:
            told = rehearse(event)
        except Refused as refused:
            return self.no_preview(request, event, " ".join(refused.sentences))
        return render_preview(told.after, others=told.others, back=change_url(event))

    def no_preview(self, request, event, sentence):
        """Why there is none, on the page of the event."""
        self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(change_url(event))
