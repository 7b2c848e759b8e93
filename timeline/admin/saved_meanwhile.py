"""A form that is older than the thing: both versions side by side, and then saved."""

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from timeline.editing import saves, told

from .asides import TOKEN
from .both_versions import CHOICE, SEEN, BothVersions
from .numbers import version_in

SAVES_TOLD = 10


class SavedMeanwhileMixin:
    """Nobody overwrites anybody: who comes second chooses, field by field."""

    def chosen(self, request, object_id):
        """Put what was chosen in place of what was sent; a page where more is asked.

        None where nothing was asked, or all of it is answered.
        """
        if request.method != "POST" or SEEN not in request.POST or object_id is None:
            return None
        both, row = self.both_versions(request, object_id)
        if both is None:
            return None
        if request.POST[SEEN] != str(both.root.version):
            return self.ask_again(request, both, row)
        if both.undecided:
            sentence = _("Choose in each marked line whose text is to stand.")
            return self.ask_again(request, both, row, sentence)
        request.as_sent, request.POST = request.POST, both.merged()
        return None

    def overtaken(self, request, object_id):
        """The page with both versions where somebody saved first; None elsewhere."""
        if request.method != "POST" or object_id is None:
            return None
        both, row = self.both_versions(request, object_id)
        return self.ask_again(request, both, row) if both else None

    def both_versions(self, request, object_id):
        """What was sent beside what there is now, where they are of two versions."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return None, None
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        root = self.root_of(row)
        opened = version_in(request.POST)
        if opened is None or opened >= root.version:
            return None, None
        fieldsets = self.get_fieldsets(request, row)
        model_form = self.get_form(
            request, row, change=True, fields=flatten_fieldsets(fieldsets)
        )
        lists, inlines = self._create_formsets(request, row, change=True)
        lists_now = [
            type(rows)(
                instance=row, prefix=rows.prefix, queryset=inline.get_queryset(request)
            )
            for rows, inline in zip(lists, inlines, strict=True)
        ]
        both = BothVersions(
            root=root,
            version=opened,
            sent=(model_form(request.POST, request.FILES, instance=row), lists),
            now=(model_form(instance=row), lists_now),
        )
        return both, row

    def ask_again(self, request, both, row, sentence=""):
        """The page that shows both, with all that was sent kept in it."""
        since = saves(both.root).filter(saved_version__gt=both.version)
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Saved by two people"),
            "subtitle": str(row),
            "row": row,
            "both": both,
            "since": told(both.root, since[:SAVES_TOLD]),
            "complaint": sentence,
            "undecided": [item.name for item in both.undecided],
            "sent": [
                (name, value)
                for name, values in request.POST.lists()
                if name not in (TOKEN, SEEN) and not name.startswith(CHOICE)
                for value in values
            ],
            "is_popup": False,
        }
        template = "admin/timeline/both_versions.html"
        return TemplateResponse(request, template, page)
