"""Many events to readers at once: those of a story, or everything on the desk."""

import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from timeline.models import Event, LiveState, ReviewState, Story
from timeline.publishing.write import Published, bars, publish_keys

from .gathering import NoSuchStory
from .memory import by_turns, undisturbed
from .turns import Turns

TIDIED_AFTER = 2_000  # events
AT_WORK = (ReviewState.IN_REVIEW, ReviewState.SENT_BACK)


@dataclass(slots=True)
class Chosen:
    """Events whose readers do not see what is on the desk.

    `first` were never published, `again` are live as they were before: versions by
    primary key. `at_work` are sentences about those that somebody is to look at,
    `settled` is how many are withdrawn, merged, on hold or suppressed.
    """

    first: dict[int, int] = field(default_factory=dict)
    again: dict[int, int] = field(default_factory=dict)
    at_work: list[str] = field(default_factory=list)
    settled: int = 0

    def __len__(self) -> int:
        return len(self.first) + len(self.again)


@dataclass(slots=True)
class Done:
    """What became of them: the rows of the record, and sentences about the others."""

    rows: int = 0
    refused: list[str] = field(default_factory=list)


def of_stories(slugs: Iterable[str]) -> QuerySet[Event]:
    """The events of some stories; `NoSuchStory` names one that is not there."""
    stories = Story.objects.in_bulk(set(slugs), field_name="slug")
    for slug in slugs:
        if slug not in stories:
            told = _("There is no story “%(name)s” on this desk.")
            raise NoSuchStory(told % {"name": slug})
    return Event.objects.filter(story_links__story__in=stories.values()).distinct()


def choose(events: QuerySet[Event]) -> Chosen:
    """What of these events readers do not see as it is on the desk."""
    chosen = Chosen()
    waiting = events.exclude(published_version=F("version"), live_state=LiveState.LIVE)
    columns = ("pk", "version", "live_state", "review_state", "title")
    rows = waiting.order_by("date_sort", "pk").values_list(*columns)
    for key, version, live_state, review_state, title in rows.iterator():
        if live_state not in (LiveState.NEVER, LiveState.LIVE):
            chosen.settled += 1
        elif review_state in AT_WORK:
            told = _("“%(event)s” is not published: it is %(state)s.")
            state = ReviewState(review_state).label
            chosen.at_work.append(told % {"event": title, "state": state})
        elif live_state == LiveState.NEVER:
            chosen.first[key] = version
        else:
            chosen.again[key] = version
    return chosen


def publish_chosen(
    chosen: Chosen,
    *,
    note: str = "",
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Done:
    """Publish them, in acts of at most 500; what was done stays when it breaks off.

    On SQLite others have their turn between large acts.

    `note` tells readers why events that they see already are other now.
    """
    done, count = Done(), 0
    turns = Turns()
    try:
        for versions, words in ((chosen.first, ""), (chosen.again, note)):
            acts = publish_keys(versions, by=None, note=words, turn=turns.wait)
            for act in _collected(acts):
                turns.over(len(act.keys))
                done.rows += len(act.rows)
                done.refused += told_of(act.refused)
                count += len(act.keys) + len(act.refused)
                tell(count, len(chosen))
    finally:
        turns.end()
    return done


def _collected(acts: Iterator[Published]) -> Iterator[Published]:
    """The acts; after some of them memory is tidied up."""
    untidy = 0
    with undisturbed(), by_turns():
        for act in acts:
            yield act
            untidy += len(act.keys)
            if untidy >= TIDIED_AFTER:
                gc.collect()
                untidy = 0


def rehearse_chosen(chosen: Chosen) -> Iterator[str]:
    """What bars any of them, without publishing one."""
    wanted = Q(pk__in=[*chosen.first, *chosen.again])
    for event in Event.objects.filter(wanted).order_by("date_sort", "pk"):
        problems = bars(event)
        if problems:
            yield from told_of({event.pk: [one.sentence for one in problems]})


def told_of(refused: dict[int, list[str]]) -> list[str]:
    """What is said of events that were not published, by their titles."""
    titles = dict(
        Event.objects.filter(pk__in=refused).values_list("pk", "title").order_by("pk")
    )
    told = _("“%(event)s” is not published: %(why)s")
    return [
        told % {"event": titles[key], "why": " ".join(why)}
        for key, why in refused.items()
    ]
