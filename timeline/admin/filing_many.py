"""Topics, stories and importance of several events at once: actions of the list."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.editing import Refused, file_under, weigh
from timeline.models import EventStory, EventTopic, Importance, Story, Topic

from .numbers import LONGEST, number


class SeveralSelect(AutocompleteSelectMultiple):
    """Choices by typing; whatever else is sent chooses nothing."""

    def optgroups(self, name, value, attr=None):
        keys = [key for key in value if number(key) is not None]
        return super().optgroups(name, keys, attr)


class Several(forms.ModelMultipleChoiceField):
    """Any number of rows; a key that no row can have is one that is not there."""

    def clean(self, value):
        return super().clean(
            ["0" if len(key) > LONGEST else key for key in value or ()]
        )


def several(model, link, label) -> Several:
    """The choice of any number of stories or topics."""
    field = link._meta.get_field(model._meta.model_name)
    return Several(
        model.objects.all(),
        label=label,
        required=False,
        widget=SeveralSelect(field, admin.site),
    )


class Words(forms.Form):
    """What is asked once for all chosen events."""

    def words(self) -> dict:
        """What was answered, as the verbs take it."""
        return self.cleaned_data


class FileForm(Words):
    """What the chosen events are put into, and what they are taken out of."""

    def clean(self):
        cleaned = super().clean()
        into, out_of = cleaned.get("into"), cleaned.get("out_of")
        if self.errors:
            return cleaned
        if not (into or out_of):
            raise forms.ValidationError(_("Choose at least one."))
        both = ", ".join(str(thing) for thing in set(into) & set(out_of))
        if both:
            told = _("Chosen twice, to be put in and to be taken out: %s.")
            raise forms.ValidationError(told % both)
        return cleaned


class TopicsForm(FileForm):
    into = several(Topic, EventTopic, gettext_lazy("Put under these topics"))
    out_of = several(Topic, EventTopic, gettext_lazy("Take out of these topics"))


class StoriesForm(FileForm):
    into = several(Story, EventStory, gettext_lazy("Put into these stories"))
    out_of = several(Story, EventStory, gettext_lazy("Take out of these stories"))


class ImportanceForm(Words):
    """How much the chosen events matter."""

    importance = forms.ChoiceField(
        label=gettext_lazy("Importance"),
        choices=Importance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )


FILING = {
    "topics": (TopicsForm, file_under, gettext_lazy("Change topics")),
    "stories": (StoriesForm, file_under, gettext_lazy("Change stories")),
    "importance": (ImportanceForm, weigh, gettext_lazy("Change importance")),
}


class FilingManyMixin:
    """Acts on what was chosen in the list that change no word of it."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            path(
                f"{act}/",
                wrap(self.file_chosen),
                {"act": act},
                name=f"timeline_event_{act}_chosen",
            )
            for act in FILING
        ]
        return [*pages, *super().get_urls()]

    @admin.action(
        permissions=["change"], description=gettext_lazy("Change topics of selected")
    )
    def topics_selected(self, request, queryset):
        return self.choose(request, queryset, "topics")

    @admin.action(
        permissions=["change"], description=gettext_lazy("Change stories of selected")
    )
    def stories_selected(self, request, queryset):
        return self.choose(request, queryset, "stories")

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Change importance of selected"),
    )
    def importance_selected(self, request, queryset):
        return self.choose(request, queryset, "importance")

    def title_of(self, act):
        return FILING[act][2] if act in FILING else super().title_of(act)

    def form_of(self, act, choices, data=None):
        if act not in FILING:
            return super().form_of(act, choices, data)
        return FILING[act][0](data)

    def against_as_it_is(self, request, act, event):
        if act not in FILING:
            return super().against_as_it_is(request, act, event)
        return []

    def file_chosen(self, request, act):
        """Files what was chosen in the list, each event by itself."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self.act_on_chosen(request, act, self.file_all(act))

    def file_all(self, act):
        """Do one act with several events, and say with which it was not done."""
        _form, verb, title = FILING[act]

        def do(request, choices, words):
            done = []
            for choice in choices:
                event, version = choice.event, choice.version
                try:
                    verb(event, by=request.user, version=version, **words)
                except Refused as refused:
                    self.tell_refused(request, event, refused.sentences)
                else:
                    done.append(event)
                    self.log_change(request, event, str(title))
            self.tell_done(request, _("Changed: {}."), done)

        return do
