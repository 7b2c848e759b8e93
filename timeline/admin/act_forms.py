"""What is asked before an act of publishing: its kind, its note and its reason."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.models import Act, Event
from timeline.models.record import RevisionKind

KINDS = (
    (RevisionKind.UPDATE, gettext_lazy("Update: something new")),
    (RevisionKind.CORRECTION, gettext_lazy("Correction: something was wrong")),
    (RevisionKind.MINOR, gettext_lazy("Minor: typing or layout")),
)
TITLES = {"publish": gettext_lazy("Publish"), "withdraw": gettext_lazy("Withdraw")}


class ActForm(forms.Form):
    """What is said of an act: to readers, and on the desk."""

    note = forms.CharField(
        label=gettext_lazy("Note, shown to readers"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, stays on the desk"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )

    def clean_note(self):
        return storable(self.cleaned_data["note"])

    def clean_reason(self):
        return storable(self.cleaned_data["reason"])

    def words(self) -> dict:
        """The note and the reason, as the verbs take them."""
        return {name: self.cleaned_data[name] for name in ("note", "reason")}


def storable(text: str) -> str:
    """The text as it can be stored; an error with a sentence where it cannot."""
    return Act._meta.get_field("reason").to_python(text)


class PublishForm(ActForm):
    """The kind of change, where something is live already."""

    field_order = ("kind", "note", "reason")

    def __init__(self, *args, live: bool, never_minor=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.never_minor = never_minor
        if live:
            kinds = KINDS[:-1] if never_minor else KINDS
            self.fields["kind"] = forms.ChoiceField(
                label=_("What kind of change is it?"),
                choices=kinds,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say which kind of change it is.")},
            )
            self.order_fields(self.field_order)
        if never_minor:
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
        return {"kind": self.cleaned_data.get("kind"), **super().words()}


class WithdrawForm(ActForm):
    """Readers are told why."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = _(
            "Tell readers why it is withdrawn."
        )


def not_live(event: Event) -> str:
    return _("“%(event)s” is not live, so it cannot be withdrawn.") % {"event": event}
