"""Submit, publish and withdraw several events at once: the actions of the list.

Each says by name what was done and what was not, and why.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.editing import Refused, Stale, needs_another, own_sentence, submit
from timeline.models import Event, LiveState
from timeline.publishing.write import NotReady, bars, publish_many, withdraw

from .act_forms import TITLES, PublishForm, WithdrawForm, not_live
from .mending import change_url, linked
from .numbers import number
from .standing import state_badge

AT_ONCE = 500  # events that may be chosen in the list for one action
TOLD = 10  # names that are told in one sentence


@dataclass(frozen=True, slots=True)
class Choice:
    """An event chosen in the list, at the version that was looked at."""

    event: Event
    version: int

    @property
    def seen(self) -> str:
        return f"{self.event.pk}:{self.version}"

    @property
    def state(self) -> str:
        return state_badge(self.event)


class PublishingManyMixin:
    """Acts on what was chosen in the list: a page asks first, and shows what it is."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name = "timeline_event_{}_chosen".format
        return [
            path("publish/", wrap(self.publish_chosen), name=name("publish")),
            path("withdraw/", wrap(self.withdraw_chosen), name=name("withdraw")),
            *super().get_urls(),
        ]

    def action_checkbox(self, obj):
        """The box to choose an event, with the version that the list shows of it."""
        seen = Choice(obj, obj.version).seen
        box = super().action_checkbox(obj)
        return format_html('{}<input type="hidden" name="seen" value="{}">', box, seen)

    @admin.action(permissions=["change"], description=gettext_lazy("Submit selected"))
    def submit_selected(self, request, queryset):
        done = []
        for choice in as_listed(request, queryset):
            event = choice.event
            try:
                submit(event, by=request.user, version=choice.version)
            except Refused as refused:
                self.tell_refused(request, event, refused.sentences)
            else:
                done.append(event)
                self.log_change(request, event, _("Submit for review"))
        self.tell_done(request, _("Submitted for review: {}."), done)

    @admin.action(permissions=["publish"], description=gettext_lazy("Publish selected"))
    def publish_selected(self, request, queryset):
        return self.choose(request, queryset, "publish")

    @admin.action(
        permissions=["withdraw"], description=gettext_lazy("Withdraw selected")
    )
    def withdraw_selected(self, request, queryset):
        return self.choose(request, queryset, "withdraw")

    def choose(self, request, queryset, act):
        """From the list to the page that asks, or back where there is nothing to do."""
        choices = as_listed(request, queryset)
        free, left_out = self.sorted_out(request, act, choices)
        if free:
            form = self.form_of(act, free)
            return self.ask_many(request, act, free, form, left_out)
        for event, sentences in left_out[:TOLD]:
            self.tell_refused(request, event, sentences)
        if len(left_out) > TOLD:
            more = _("And %d more, for the like reasons.") % (len(left_out) - TOLD)
            self.message_user(request, more, messages.ERROR)
        return None

    def sorted_out(self, request, act, choices):
        """The chosen events that the act can be done with, and why not the others."""
        free, left_out = [], []
        for choice in choices:
            sentences = self.against(request, act, choice)
            if sentences:
                left_out.append((choice.event, sentences))
            else:
                free.append(choice)
        return free, left_out

    def against(self, request, act, choice) -> list[str]:
        """What keeps an act from being done with one event."""
        if choice.event.version != choice.version:
            return [_("Somebody else changed it after you chose it: look again.")]
        return self.against_as_it_is(request, act, choice.event)

    def against_as_it_is(self, request, act, event) -> list[str]:
        """The same of an event that is still as it was when it was chosen."""
        if act == "withdraw":
            return [] if event.live_state == LiveState.LIVE else [not_live(event)]
        if event.live_state in (LiveState.MERGED, LiveState.HELD):
            return [_("It is %s.") % event.get_live_state_display()]
        if needs_another(event, request.user):
            return [own_sentence(event)]
        return [linked(problem) for problem in bars(event)]

    def tell_refused(self, request, event: Event, sentences: Iterable[str]):
        """Say what was not done with one event, and why."""
        why = format_html_join(" ", "{}", ((sentence,) for sentence in sentences))
        told = format_html(_("Not done: {}. {}"), page_link(event), why)
        self.message_user(request, told, messages.ERROR)

    def tell_done(self, request, sentence: str, events: list[Event]):
        """Say with which events something was done."""
        if events:
            self.message_user(
                request, format_html(sentence, named(events)), messages.SUCCESS
            )

    def title_of(self, act):
        return TITLES[act]

    def form_of(self, act, choices, data=None):
        if act == "withdraw":
            return WithdrawForm(data)
        live = any(choice.event.live_state == LiveState.LIVE for choice in choices)
        return PublishForm(data, live=live)

    def ask_many(self, request, act, choices, form, left_out=()):
        """The page that asks before an act on several events."""
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self.title_of(act),
            "choices": choices,
            "left_out": [(page_link(event), why) for event, why in left_out],
            "form": form,
            "media": self.media + form.media,
            "act": act,
            "action": reverse(f"admin:timeline_event_{act}_chosen"),
            "list_page": reverse("admin:timeline_event_changelist"),
        }
        return TemplateResponse(request, "admin/timeline/event/several.html", page)

    def publish_chosen(self, request):
        """Publishes what was chosen in the list, as far as it is ready."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return self.act_on_chosen(request, "publish", self.publish_all)

    def withdraw_chosen(self, request):
        """Withdraws what was chosen in the list, one after the other."""
        if not self.has_withdraw_permission(request):
            raise PermissionDenied
        return self.act_on_chosen(request, "withdraw", self.withdraw_all)

    def act_on_chosen(self, request, act, do):
        back = HttpResponseRedirect(reverse("admin:timeline_event_changelist"))
        choices = chosen(self.get_queryset(request), request.POST.getlist("seen"))
        if request.method != "POST" or not choices:
            return back
        form = self.form_of(act, choices, request.POST)
        if not form.is_valid():
            return self.ask_many(request, act, choices, form)
        free, left_out = self.sorted_out(request, act, choices)
        try:
            do(request, free, form.words())
        except Refused as refused:
            form.add_error(None, refused.sentences)
            return self.ask_many(request, act, free, form, left_out)
        for event, sentences in left_out:
            self.tell_refused(request, event, sentences)
        return back

    def publish_all(self, request, choices, words):
        """In acts of many; what somebody changes meanwhile keeps its act back."""
        events = [choice.event for choice in choices]
        appended = []
        try:
            for act in publish_many(events, by=request.user, **words):
                appended += act
        except (NotReady, Stale) as refused:
            self.message_user(request, str(refused), messages.ERROR)
        found = {row.event_id for row in appended if not row.caused_by}
        done = [event for event in events if event.public_id in found]
        count = len(appended)
        sentence = ngettext(
            "%d revision was added to the record.",
            "%d revisions were added to the record.",
            count,
        )
        level = messages.SUCCESS if count else messages.INFO
        self.message_user(request, sentence % count, level)
        self.tell_done(request, _("Published: {}."), done)
        for event in done:
            self.log_change(request, event, _("Publish"))

    def withdraw_all(self, request, choices, words):
        done = []
        for choice in choices:
            event, version = choice.event, choice.version
            try:
                withdraw(event, by=request.user, version=version, **words)
            except Refused as refused:
                self.tell_refused(request, event, refused.sentences)
            else:
                done.append(event)
                self.log_change(request, event, _("Withdraw"))
        self.tell_done(request, _("Withdrawn: {}."), done)


def at_most(queryset) -> list[Event]:
    """The chosen events; `Refused` where they are too many for one action."""
    events = list(queryset[: AT_ONCE + 1])
    if len(events) > AT_ONCE:
        raise Refused(_("Choose %d events at most at once.") % AT_ONCE)
    return events


def as_listed(request, queryset) -> list[Choice]:
    """The chosen events at the versions that the list showed.

    Those beyond its page, chosen with all the others, nobody looked at: they are
    taken as they are now.
    """
    seen = versions_in(request.POST.getlist("seen"))
    return [Choice(row, seen.get(row.pk, row.version)) for row in at_most(queryset)]


def page_link(event: Event) -> str:
    return format_html('“<a href="{}">{}</a>”', change_url(event), event)


def named(events: list[Event]) -> str:
    """The names of some events, the first of them if they are many."""
    names = format_html_join(
        ", ", "{}", ((page_link(event),) for event in events[:TOLD])
    )
    more = len(events) - TOLD
    if more > 0:
        return format_html(_("{} and {} more"), names, more)
    return names


def chosen(queryset, seen: list[str]) -> list[Choice]:
    """The events of a list of `primary key:version`, at those versions."""
    versions = versions_in(seen)
    return [
        Choice(event, versions[event.pk])
        for event in queryset.filter(pk__in=versions).order_by("pk")
    ]


def versions_in(seen: list[str]) -> dict[int, int]:
    """The versions by primary key that a list of `primary key:version` names."""
    pairs = [text.partition(":") for text in seen[:AT_ONCE]]
    numbers = [(number(key), number(version)) for key, _colon, version in pairs]
    return {key: version for key, version in numbers if key and version}
