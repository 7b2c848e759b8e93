"""Publish and withdraw several events at once: the actions of the list."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.editing import Refused
from timeline.models import Event, LiveState
from timeline.publishing.write import NotReady, bars, publish_many

from .act_forms import TITLES, PublishForm, WithdrawForm, not_live
from .mending import linked
from .standing import state_badge

AT_ONCE = 500  # events that may be chosen in the list for one action
TOLD = 10  # problems that are told at once


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

    @admin.action(permissions=["publish"], description=gettext_lazy("Publish selected"))
    def publish_selected(self, request, queryset):
        return self.choose(request, queryset, "publish")

    @admin.action(
        permissions=["withdraw"], description=gettext_lazy("Withdraw selected")
    )
    def withdraw_selected(self, request, queryset):
        return self.choose(request, queryset, "withdraw")

    def choose(self, request, queryset, act):
        """From the list to the page that asks; problems lead back to their fields."""
        events = list(queryset[: AT_ONCE + 1])
        if len(events) > AT_ONCE:
            raise Refused(_("Choose %d events at most at once.") % AT_ONCE)
        if act == "publish":
            problems = [problem for event in events for problem in bars(event)]
            if problems:
                return self.tell_problems(request, problems)
        if act == "withdraw":
            for event in events:
                if event.live_state != LiveState.LIVE:
                    raise Refused(not_live(event))
        choices = [Choice(event, event.version) for event in events]
        return self.ask_many(request, act, choices, self.form_of(act, choices))

    def tell_problems(self, request, problems):
        """Say what bars events from being published; back to the list."""
        for problem in problems[:TOLD]:
            self.message_user(request, linked(problem), messages.ERROR)
        more = len(problems) - TOLD
        sentence = _("Nothing was published: mend this first.")
        if more > 0:
            sentence = _("And %d more. Nothing was published.") % more
        self.message_user(request, sentence, messages.ERROR)

    def form_of(self, act, choices, data=None):
        if act == "withdraw":
            return WithdrawForm(data)
        live = any(choice.event.live_state == LiveState.LIVE for choice in choices)
        return PublishForm(data, live=live)

    def ask_many(self, request, act, choices, form):
        """The page that asks before an act on several events."""
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": TITLES[act],
            "choices": choices,
            "form": form,
            "act": act,
            "action": reverse(f"admin:timeline_event_{act}_chosen"),
            "list_page": reverse("admin:timeline_event_changelist"),
        }
        return TemplateResponse(request, "admin/timeline/event/several.html", page)

    def publish_chosen(self, request):
        """Publishes what was chosen in the list, all of it or nothing."""
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
        try:
            do(request, choices, form.words())
        except NotReady as unready:
            self.tell_problems(request, unready.problems)
        except Refused as refused:
            form.add_error(None, refused.sentences)
            return self.ask_many(request, act, choices, form)
        return back

    def publish_all(self, request, choices, words):
        for choice in choices:
            choice.event.version = choice.version
        events = [choice.event for choice in choices]
        count = 0
        for act in publish_many(events, by=request.user, **words):
            count += len(act)
        sentence = ngettext(
            "%d revision was added to the record.",
            "%d revisions were added to the record.",
            count,
        )
        level = messages.SUCCESS if count else messages.INFO
        self.message_user(request, sentence % count, level)

    def withdraw_all(self, request, choices, words):
        for choice in choices:
            try:
                self.withdraw_one(
                    request, choice.event, version=choice.version, **words
                )
            except Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)


def chosen(queryset, seen: list[str]) -> list[Choice]:
    """The events of a list of `primary key:version`, at those versions."""
    pairs = [text.partition(":") for text in seen[:AT_ONCE]]
    versions = {
        int(key): int(version)
        for key, _colon, version in pairs
        if key.isdigit() and version.isdigit() and len(key + version) < 18
    }
    return [
        Choice(event, versions[event.pk])
        for event in queryset.filter(pk__in=versions).order_by("pk")
    ]
