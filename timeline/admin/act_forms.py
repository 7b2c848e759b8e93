"""What is asked before an act on an event: its kind, its note, its reason and more."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.editing import is_embargoed, people_who_write
from timeline.models import Act, Event, RelatedEvent
from timeline.models.record import RevisionKind

from .numbers import number

KINDS = (
    (RevisionKind.UPDATE, gettext_lazy("Update: something new")),
    (RevisionKind.CORRECTION, gettext_lazy("Correction: something was wrong")),
    (RevisionKind.MINOR, gettext_lazy("Minor: typing or layout")),
)
TITLES = {"publish": gettext_lazy("Publish"), "withdraw": gettext_lazy("Withdraw")}


def prose(label, *, rows: int, **more) -> forms.CharField:
    """A field for a few sentences."""
    area = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
    return forms.CharField(
        label=label, max_length=2000, widget=area, **{"required": False} | more
    )


def storable(text: str) -> str:
    """The text as it can be stored; an error with a sentence where it cannot."""
    return Act._meta.get_field("reason").to_python(text)


class OneEventForm(forms.Form):
    """What is asked before an act on one event by one account."""

    def __init__(self, data=None, *, event: Event | None = None, user=None):
        super().__init__(data)
        self.event, self.user = event, user
        self.prepare()

    def prepare(self):
        """Fit the fields to the event."""

    def clean(self):
        cleaned = super().clean()
        for name in {"note", "reason"} & cleaned.keys():
            try:
                cleaned[name] = storable(cleaned[name])
            except forms.ValidationError as error:
                self.add_error(name, error)
        return cleaned

    def words(self) -> dict:
        """What was answered, as the verbs take it."""
        return {name: self.cleaned_data[name] for name in self.fields}


class ActForm(OneEventForm):
    """What is said of an act: to readers, and on the desk."""

    note = prose(gettext_lazy("Note, shown to readers"), rows=3)
    reason = prose(gettext_lazy("Reason, stays on the desk"), rows=2)


class KeepForm(ActForm):
    """Hold and release: nothing has to be said."""


class HandOnForm(OneEventForm):
    """A word with a step that needs none."""

    note = prose(gettext_lazy("Note for who reviews it, stays on the desk"), rows=3)


class SendBackForm(OneEventForm):
    """What is to be done before it is submitted again."""

    note = prose(
        gettext_lazy("Reason, for the owner; stays on the desk"),
        rows=3,
        required=True,
        error_messages={
            "required": gettext_lazy(
                "Say what is to be done before it is submitted again."
            )
        },
    )


class LiftForm(OneEventForm):
    """Why an embargo ends before its time."""

    reason = prose(
        gettext_lazy("Why, stays on the desk"),
        rows=3,
        required=True,
        error_messages={"required": gettext_lazy("Say why it may be published now.")},
    )


class OwnerForm(OneEventForm):
    """Who is to own an event: oneself, or, for who may publish, anybody who writes."""

    to = forms.ModelChoiceField(label=gettext_lazy("Owner"), queryset=None)
    note = prose(gettext_lazy("Note, stays on the desk"), rows=2)

    def prepare(self):
        people = people_who_write()
        if not self.user.has_perm("timeline.publish_event"):
            people = people.filter(pk=self.user.pk)
        self.fields["to"].queryset = people
        self.initial["to"] = self.user.pk


class EmbargoForm(OneEventForm):
    """Until when, and why."""

    until = forms.SplitDateTimeField(
        label=gettext_lazy("Until"), widget=AdminSplitDateTime
    )
    reason = prose(
        gettext_lazy("Why, stays on the desk"),
        rows=2,
        required=True,
        error_messages={
            "required": gettext_lazy("Say why it must not be published before then.")
        },
    )

    def prepare(self):
        day, time = self.fields["until"].widget.widgets
        day.attrs["aria-label"] = _("Until, the day")
        time.attrs["aria-label"] = _("Until, the time")
        if is_embargoed(self.event):
            self.initial["until"] = self.event.embargo_until
            self.initial["reason"] = self.event.embargo_reason


class PublishForm(ActForm):
    """The kind of change, where something is live already."""

    field_order = ("kind", "note", "reason")

    def __init__(self, data=None, *, live: bool, never_minor=(), **kwargs):
        self.live, self.never_minor = live, never_minor
        super().__init__(data, **kwargs)

    def prepare(self):
        if self.live:
            kinds = KINDS[:-1] if self.never_minor else KINDS
            self.fields["kind"] = forms.ChoiceField(
                label=_("What kind of change is it?"),
                choices=kinds,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say which kind of change it is.")},
            )
            self.order_fields(self.field_order)
        if self.never_minor:
            self.fields["note"].help_text = _("Needed: tell readers what changed.")

    def clean(self):
        """Readers are told of what matters: the verb asks the same of everybody."""
        cleaned = super().clean()
        if cleaned.get("note") or "note" in self.errors:
            return cleaned
        if cleaned.get("kind") == RevisionKind.CORRECTION:
            self.add_error("note", _("Tell readers in the note what was wrong."))
        elif self.never_minor:
            self.add_error("note", _("Tell readers in the note what changed."))
        return cleaned

    def words(self) -> dict:
        return {"kind": None, **super().words()}


class EventSelect(AutocompleteSelect):
    """A choice by typing; whatever else is sent chooses nothing."""

    def optgroups(self, name, value, attr=None):
        numbers = [text for text in value if number(text) is not None]
        return super().optgroups(name, numbers or [""], attr)


class AnotherEvent(forms.ModelChoiceField):
    """The choice of another live event, by typing some of its title."""

    def __init__(self, label, **kwargs):
        field = RelatedEvent._meta.get_field("target")
        super().__init__(
            Event.objects.live(),
            label=label,
            widget=EventSelect(field, admin.site),
            error_messages={
                "required": gettext_lazy("Choose the event it is merged into."),
                "invalid_choice": gettext_lazy(
                    "Choose another event that is live: publish it first."
                ),
            },
            **kwargs,
        )


class WithdrawForm(ActForm):
    """Readers are told why, and may be led to what stands in its place."""

    note = prose(
        gettext_lazy("Note, shown to readers"),
        rows=3,
        required=True,
        error_messages={"required": gettext_lazy("Tell readers why it is withdrawn.")},
    )
    successor = AnotherEvent(
        gettext_lazy("Stands in its place"),
        required=False,
        help_text=gettext_lazy("A live event to which readers are pointed, if any."),
    )

    def prepare(self):
        if self.event is None:  # several are withdrawn at once
            del self.fields["successor"]
        else:
            others = Event.objects.live().exclude(pk=self.event.pk)
            self.fields["successor"].queryset = others


class MergeForm(ActForm):
    """The event that it gives way to."""

    field_order = ("into", "note", "reason")
    into = AnotherEvent(gettext_lazy("Merge into"))

    def prepare(self):
        self.fields["into"].queryset = Event.objects.live().exclude(pk=self.event.pk)


def not_live(event: Event) -> str:
    return _("“%(event)s” is not live, so it cannot be withdrawn.") % {"event": event}
