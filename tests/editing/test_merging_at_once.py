"""Merges at once, and beside saves: one wins, the other is told, nothing is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tests.factories import ActorFactory, ready_event
from timeline.editing import Refused, saving
from timeline.editing.merging import merge_things
from timeline.editing.unmerging import undo_merge
from timeline.models import Actor, Event, Merge, Statement

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 20


def at_once(*tasks):
    """What each task returns, or the refusal it raised; all begin together."""
    start = threading.Barrier(len(tasks))

    def run(task):
        try:
            start.wait(timeout=30)
            return task()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def spoken_by(actor):
    event = ready_event()
    event.statements.update(speaker=actor)
    return event


def join(duplicate, into):
    return merge_things(
        duplicate,
        into=into,
        version=duplicate.version,
        into_version=into.version,
        by=None,
    )


def test_each_into_the_other_at_once_one_wins_and_the_other_is_told():
    for _ in range(ROUNDS):
        pair = ActorFactory(), ActorFactory()
        for actor in pair:
            spoken_by(actor)
        seen = [list(Actor.objects.filter(pk__in=[a.pk for a in pair])) for _ in "ab"]

        results = at_once(
            lambda seen=seen: join(seen[0][0], seen[0][1]),
            lambda seen=seen: join(seen[1][1], seen[1][0]),
        )

        assert sorted(type(one).__name__ for one in results) == ["Merge", "Stale"]
        [merge] = [one for one in results if isinstance(one, Merge)]
        assert set(Statement.objects.values_list("speaker", flat=True)) & {
            actor.pk for actor in pair
        } == {merge.into}


def test_undone_twice_at_once_is_undone_once():
    duplicate, into = ActorFactory(), ActorFactory()
    event = spoken_by(duplicate)
    merge = join(duplicate, into)

    results = at_once(*(lambda: undo_merge(merge, by=None) for _ in "ab"))

    assert sorted(type(one).__name__ for one in results) == ["Refused", "list"]
    assert event.statements.get().speaker == duplicate


def test_who_names_the_duplicate_while_it_is_merged_is_moved_or_told():
    for _ in range(ROUNDS // 2):
        duplicate, into = ActorFactory(), ActorFactory()
        spoken_by(duplicate)
        other = ready_event()

        def name_it(key=other.pk, duplicate=duplicate):
            event = Event.objects.get(pk=key)
            with saving(event, version=event.version):
                event.statements.update(speaker=duplicate)

        at_once(lambda d=duplicate, i=into: join(d, i), name_it)

        assert not Statement.objects.filter(speaker=duplicate).exists()
