"""What is asked before two things become one."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy

from timeline.models import Actor, Affiliation, Citation, Source

from .act_forms import storable

# Fields whose choice offers every person, or every report, as one types.
CHOSEN_AS = {
    Actor: Affiliation._meta.get_field("organisation"),
    Source: Citation._meta.get_field("via"),
}


class MergeForm(forms.Form):
    """What a duplicate is merged into, and why."""

    into = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("It is the same as"),
        help_text=gettext_lazy("This one stays; what names the other names it then."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("For the history; stays on the desk."),
    )

    def __init__(self, data=None, *, duplicate, admin_site, **kwargs):
        super().__init__(data, **kwargs)
        noun = type(duplicate)
        rows = noun.objects.filter(merged_into=None).exclude(pk=duplicate.pk)
        widget = AutocompleteSelect(CHOSEN_AS[noun], admin_site)
        self.fields["into"].widget = widget
        widget.choices = self.fields["into"].choices
        self.fields["into"].queryset = rows

    def clean_why(self):
        return storable(self.cleaned_data["why"])
