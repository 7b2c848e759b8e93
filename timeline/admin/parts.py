"""Inlines: the rows that belong to a thing and are saved as part of it."""

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.forms.models import BaseInlineFormSet

from timeline.models import UncertainDateField

from .dates import DateInput, DeskDateField, know_anchor, rule_field


class FieldsMixin:
    """Dates with their meaning, rules with their sentence, for forms and inlines."""

    formfield_overrides = {
        UncertainDateField: {"form_class": DeskDateField, "widget": DateInput}
    }
    shown_as = {}  # for who may only look: a field, and what shows it in words

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name.endswith("_rule"):
            return rule_field()
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, DeskDateField):
            know_anchor(field, db_field)
        if hasattr(field, "queryset"):  # deleting and viewing have pages of their own
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self.shown_as or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, {**options, "fields": self._in_words(options["fields"])})
            for name, options in fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if not self.shown_as or self.has_change_permission(request, obj):
            return fields
        return (*fields, *self.shown_as.values())

    def _in_words(self, fields):
        return [
            self._in_words(field)
            if isinstance(field, list | tuple)
            else self.shown_as.get(field, field)
            for field in fields
        ]


class PartForm(forms.ModelForm):
    """One row that belongs to a thing; an empty order means: after the others."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields and not self.instance.pk:
            self.initial["position"] = None

    def clean_position(self):
        return self.cleaned_data["position"] or 0

    def validate_constraints(self):
        """Check every rule of the table, also on columns that the form leaves out.

        What is not filled in yet (the thing itself, a web name) comes with saving.
        """
        if not self.has_changed():
            return
        exclude = {name for name in self.errors if name in self.fields}
        if getattr(self.instance, f"{self.fk_name}_id") is None:
            exclude.add(self.fk_name)
        if not getattr(self.instance, "slug", True):
            exclude.add("slug")
        try:
            self.instance.validate_constraints(exclude=exclude)
        except forms.ValidationError as error:
            self._update_errors(error)


class PartFormSet(BaseInlineFormSet):
    """The rows of one thing; what was typed is kept also where rows have gone."""

    def get_queryset(self):
        if not self.is_bound:
            return super().get_queryset()
        if not hasattr(self, "_as_posted"):
            rows = {row.pk: row for row in super().get_queryset()}
            self._as_posted = [
                rows.get(key) or self.model() for key in self._posted_keys()
            ]
        return self._as_posted

    def _posted_keys(self):
        """The primary keys in the order of the form; a page may be older than rows."""
        for number in range(self.initial_form_count()):
            name = f"{self.add_prefix(number)}-{self.model._meta.pk.name}"
            try:
                yield self.model._meta.pk.to_python(self.data.get(name))
            except forms.ValidationError:
                yield None

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fk_name = self.fk.name
        for name, field in form.fields.items():  # in a table no label stands beside it
            inner = getattr(field.widget, "widget", field.widget)
            inner.attrs.setdefault("aria-label", str(field.label or name))

    def save_new(self, form, commit=True):
        row = super().save_new(form, commit=False)
        self.complete(row)
        if commit:
            row.save()
            form.save_m2m()
        return row

    def complete(self, row):
        """Fill in what the form does not ask for."""
        if not row.position:
            others = self.model._default_manager.filter(**{self.fk.name: self.instance})
            row.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1


class PartMixin(FieldsMixin):
    """Who may change a thing may change its rows, and nobody else."""

    form = PartForm
    formset = PartFormSet
    extra = 0

    def has_add_permission(self, request, obj=None):
        return self._may(request, "add", "change")

    def has_change_permission(self, request, obj=None):
        return self._may(request, "add", "change")

    def has_delete_permission(self, request, obj=None):
        return self._may(request, "add", "change")

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", "add", "change")

    def _may(self, request, *verbs):
        opts = self.parent_model._meta
        return any(
            request.user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}")
            for verb in verbs
        )


class Part(PartMixin, admin.TabularInline):
    """Rows of a thing as a table."""


class BigPart(PartMixin, admin.StackedInline):
    """Rows of a thing as blocks."""
