"""What is asked before the text of revisions is destroyed."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.models.record import Revision, RevisionKind

from .act_forms import ActForm
from .standing import moment


class SuppressForm(ActForm):
    """Which revisions lose their text; the reason must be given."""

    field_order = ("revisions", "slug", "with_reasons", "reason", "note")
    revisions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Revisions whose text is destroyed"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one revision.")},
    )
    slug = forms.CharField(
        label=gettext_lazy("New web name"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "Only where the web name itself has to go: then choose all revisions."
        ),
    )

    with_reasons = forms.BooleanField(
        label=gettext_lazy("Also empty the reasons given so far"),
        required=False,
        help_text=gettext_lazy(
            "Those given on the desk with every act on this event, where they tell "
            "what is to go. Who acted and when stays."
        ),
    )

    def prepare(self):
        rows = Revision.objects.filter(event_id=self.event.public_id)
        self.fields["revisions"].choices = [
            (row.number, in_short(row)) for row in rows.order_by("number")
        ]
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _(
            "Say why it is suppressed: it stays on the desk."
        )

    def clean_revisions(self):
        """What is destroyed may not stay on the desk, or it would come back."""
        chosen = self.cleaned_data["revisions"]
        rows = Revision.objects.filter(event_id=self.event.public_id)
        last = rows.exclude(document=None).order_by("-number").first()
        if last and last.number in chosen and self.event.is_as_published:
            raise forms.ValidationError(
                _(
                    "The desk still says what the last of these says: change the words "
                    "there first, and save. To keep them from readers at once, put the "
                    "event on hold."
                )
            )
        return chosen

    def words(self) -> dict:
        words = super().words()
        return {**words, "slug": words["slug"] or None}


def in_short(row: Revision) -> str:
    """One revision by its number, its kind and its time."""
    words = _("Revision %(number)d, %(kind)s, %(at)s") % {
        "number": row.number,
        "kind": RevisionKind(row.kind).label,
        "at": moment(row.published_at),
    }
    return words if row.document else _("%s (no text)") % words
