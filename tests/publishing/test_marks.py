"""What an entry is at a glance: never a bit too few."""

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from timeline.models import Importance, ParticipantRole, StatementKind
from timeline.models.record import CurrentFact, Facet
from timeline.publishing.read.marks import (
    OWN,
    VALUES,
    mark_of,
    marks_for,
    marks_of,
    tells,
)
from timeline.publishing.read.spans import role_key

IDS = st.from_regex(r"\A(act|src|sto|top)_[0-9a-z]{12}\Z")


def test_every_value_of_a_closed_list_has_a_bit_of_its_own():
    assert set(VALUES[Facet.IMPORTANCE]) == set(Importance.values)
    assert set(VALUES[Facet.ROLE]) == set(ParticipantRole.values)
    assert set(VALUES[Facet.KIND]) == set(StatementKind.values)
    assert len(set(OWN.values())) == len(OWN) < 40
    assert all(mark.bit_count() == 1 for mark in OWN.values())


@given(st.lists(IDS, max_size=12), IDS)
def test_an_entry_has_the_bit_of_each_name_in_it_and_fits_a_column(names, wanted):
    facts = [(Facet.SOURCE, name, 1) for name in (*names, wanted)]
    held = marks_of(facts)

    assert all(0 < number < 2**63 for number in held)
    for asked in ([wanted], ["src_0", wanted]):
        bits = marks_for(Facet.SOURCE, asked)
        assert held.marks & bits.marks and held.names & bits.names


def test_what_stands_behind_a_source_and_a_role_have_the_bits_of_the_names():
    name = "src_0123456789ab"
    assert mark_of(Facet.SOURCE, f"~{name}") == mark_of(Facet.SOURCE, name)
    key = role_key("host", "act_0123456789ab")
    actor = mark_of(Facet.ACTOR, "act_0123456789ab")
    assert mark_of(Facet.PARTICIPATION, key) == actor


@pytest.mark.parametrize("facet", [Facet.EVERY, Facet.EVENT, Facet.BACKED])
def test_a_fact_without_a_bit_rules_nothing_out(facet):
    assert marks_for(facet, ["1"]) == (0, 0)
    assert marks_for(Facet.ORIGINS, ["2", "19"]) == (0, 0)


def test_only_bits_of_closed_lists_are_enough_by_themselves():
    assert tells(Facet.IMPORTANCE, ["major", "minor"])
    assert tells(Facet.ORIGINS, ["4"])
    assert not tells(Facet.ORIGINS, ["4", "19"])
    assert not tells(Facet.ACTOR, ["act_0123456789ab"])


@pytest.mark.django_db
def test_the_facts_of_the_first_story_have_their_own_bits():
    call_command("loaddata", "openai_nato", verbosity=0)

    columns = ("facet", "thing", "marks", "names", "sort_key")
    rows = list(CurrentFact.objects.values_list(*columns))

    assert rows
    for facet, thing, marks, names, _ in rows:
        bits = mark_of(facet, thing)
        assert marks & bits.marks == bits.marks and names & bits.names == bits.names
    assert len({row[2:] for row in rows}) == 12
