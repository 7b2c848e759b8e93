"""Every write of the desk: as one save of a whole, at the version that was opened."""

from itertools import groupby

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.editing import (
    Refused,
    Stale,
    claim,
    note_work,
    published_names,
    recording,
    require,
    saving,
)
from timeline.models import Event

from .asides import AsidesForm, as_sent, made_by, remember_sent
from .files import FilesMixin
from .history import HistoryMixin
from .naming import named_something_else
from .open_pages import OpenPagesMixin
from .paging import PagesMixin
from .parts import FieldsMixin
from .saved_meanwhile import SavedMeanwhileMixin
from .searching import SearchMixin

# Written by saving and publishing themselves, never from a form that may be older.
NOT_FROM_FORMS = {
    "public_id",
    "version",
    "created_at",
    "changed_at",
    "live_state",
    "published_version",
    "owner",
    "review_state",
    "review_version",
    "review_by",
    "review_at",
    "review_note",
    "embargo_until",
    "embargo_reason",
    "merged_into",
    "date_is_stale",
    "said_is_stale",
}


class DeskForm(AsidesForm):
    """A form that knows which version was opened, and why a save was refused."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    refusal = ()  # the sentences, set for the one request that was refused

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.root.version
            self.fields["version"].required = True

    @property
    def root(self):
        """The thing whose version counts the saves of what this form shows."""
        return self.instance

    @property
    def is_stale(self) -> bool:
        """Whether somebody else saved the thing after this form was opened."""
        seen = self.cleaned_data.get("version")
        return bool(self.instance.pk) and seen != self.root.version

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        self.instance.slug, before = slug, self.instance.slug
        taken = slug and named_something_else(self.instance)
        self.instance.slug = before
        if taken:
            raise forms.ValidationError(
                _("Readers know something else by this web name: choose another.")
            )
        return slug

    def clean(self):
        cleaned = super().clean()
        for sentence in self.refusal:
            self.add_error(None, sentence)
        if not self.refusal and self.is_stale:
            self.add_error(None, Stale(self.root).sentences[0])
        return cleaned


class DeskAdmin(
    HistoryMixin,
    OpenPagesMixin,
    SavedMeanwhileMixin,
    FilesMixin,
    SearchMixin,
    PagesMixin,
    FieldsMixin,
    admin.ModelAdmin,
):
    """A noun of the desk: saved and deleted through compare-and-set alone."""

    form = DeskForm
    view_on_site = False
    slug_from = ()

    def root_of(self, row):
        """The thing whose version counts the saves of `row`."""
        return row

    @admin.display(description=gettext_lazy("last changed"), ordering="changed_at")
    def changed(self, row):
        return timezone.localtime(row.changed_at).strftime("%Y-%m-%d %H:%M %Z")

    # Saving

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; where its save is refused, the form again, with what was typed.

        Where somebody else saved first it is the page with both versions. A form that
        was sent before leads to what it made then.
        """
        answer = self.sent_before(request, object_id)
        answer = answer or self.chosen(request, object_id)
        if answer:
            return answer
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refusal = refused.sentences
        except IntegrityError as error:
            request.refusal = [sentence_of(error)]
        if answer := self.sent_before(request, object_id):
            return answer
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        answer = self.overtaken(request, context["object_id"])
        return answer or super().render_change_form(request, context, *args, **kwargs)

    def sent_before(self, request, object_id):
        """The answer that a form got when it was sent the first time, if it was."""
        if request.method != "POST":
            return None
        made = made_by(as_sent(request), self.model)
        if made is None:
            return None
        respond = self.response_add if object_id is None else self.response_change
        return respond(request, made)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", ())
        return form

    def save_model(self, request, obj, form, change):
        """Nothing yet: the thing and its rows are written together, below."""

    def save_related(self, request, form, formsets, change):
        changed = form.has_changed() or any(rows.has_changed() for rows in formsets)
        if not changed and change:
            for rows in formsets:
                rows.save(commit=False)  # writes nothing; Django's log asks for it
            return
        row = form.instance
        version = self.version_seen(form, change)
        why = form.cleaned_data.get("why", "")
        with saving(self.root_of(row), version=version, by=request.user, why=why):
            write(row)
            super().save_related(request, form, formsets, change)
            remember_sent(as_sent(request), row)

    def why_refused(self, error: IntegrityError) -> str:
        return sentence_of(error)

    def version_seen(self, form, change):
        """The version that the writer saw; None where they made something new."""
        return form.cleaned_data["version"] if change else None

    # Deleting

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except (Refused, ProtectedError, RestrictedError) as error:
            self.message_user(request, why_not(error), messages.ERROR)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[unquote(object_id)]))

    def response_action(self, request, queryset, *args, **kwargs):
        try:
            return super().response_action(request, queryset, *args, **kwargs)
        except (Refused, ProtectedError, RestrictedError) as error:
            self.message_user(request, why_not(error), messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def delete_model(self, request, obj):
        self.delete_rows(self.root_of(obj), [obj], by=request.user)

    def delete_queryset(self, request, queryset):
        rows = sorted(queryset, key=lambda row: self.root_of(row).pk)
        with transaction.atomic():
            for _key, group in groupby(rows, key=lambda row: self.root_of(row).pk):
                group = list(group)
                self.delete_rows(self.root_of(group[0]), group, by=request.user)

    def delete_rows(self, root, rows, *, by):
        """Delete rows of one thing, or the thing itself, at the version just read."""
        require(by, *(f"timeline.delete_{row._meta.model_name}" for row in rows))
        with transaction.atomic(), recording(by=by):
            claim(root, version=root.version)
            self.check_deletable(root)
            for row in rows:
                row.delete()
            if isinstance(root, Event) and root not in rows:
                note_work(root, by=by)

    def check_deletable(self, root):
        """Refuse what must stay; `root` is as it is now."""

    # Web names

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj and hasattr(obj, "public_id") and published_names([obj.public_id]):
            return (*fields, "slug")
        return fields

    def get_prepopulated_fields(self, request, obj=None):
        return {"slug": self.slug_from} if self.slug_from and obj is None else {}


def write(row) -> None:
    """Write what forms may write of a row, and nothing that publishing writes."""
    if row._state.adding:
        row.save()
        return
    fields = [
        field.name
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in NOT_FROM_FORMS
    ]
    row.save(update_fields=fields)


def sentence_of(error: IntegrityError) -> str:
    """What a rule of the database says in an editor's words."""
    for model in apps.get_app_config("timeline").get_models():
        for rule in model._meta.constraints:
            told = rule.violation_error_message
            known = told != rule.default_violation_error_message
            if known and is_about(str(error), model, rule):
                return str(told)
    return _(
        "Something here is listed twice, or somebody else has just used the same "
        "web name or removed what you chose. Look through the rows and save again."
    )


def is_about(complaint: str, model, rule) -> bool:
    """Whether a database's complaint is about this rule: by its name, or its columns.

    SQLite names the columns alone where a rule is about rows that are the same.
    """
    table = model._meta.db_table
    columns = ", ".join(
        f"{table}.{model._meta.get_field(name).column}"
        for name in getattr(rule, "fields", ())
    )
    return rule.name in complaint or bool(
        columns and complaint.endswith(f": {columns}")
    )


def why_not(error) -> str:
    """Why something cannot be deleted."""
    if isinstance(error, Refused):
        return str(error)
    return _("Other things rest on it, so it cannot be deleted: remove those first.")
