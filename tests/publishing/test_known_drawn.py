"""What had been reported by a day, of events and statements drawn at random."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import parse
from timeline.models.record import Revision
from timeline.provenance import (
    CitationFacts,
    LinkFacts,
    Origins,
    SourceFacts,
    StatementFacts,
    TrailCycle,
    appeared,
    earliest_of,
    event_origins,
    first_reported,
    found_after_update,
    ordered,
    rests_on_ai_alone,
    standings,
    statement_origins,
    trails,
)
from timeline.publishing.read.facts import citation_facts, sources_of
from timeline.publishing.read.known import (
    known_entries,
    known_from,
    known_whole_from,
)
from timeline.publishing.read.known_shown import shown

from .desk import a_citation, a_source, a_statement, an_event, link, taken
from .test_known import (
    SITE,
    all_known,
    current_rows,
    end_of,
    head,
    publish_all,
    slugs,
    statements,
)

DATES = [None, "..", "2026-03", *(f"2026-03-0{day}" for day in range(1, 8))]
DAYS = ["2026-02-28", *(f"2026-03-0{day}" for day in range(1, 8)), "2026-03-31", "2031"]


class Desk:
    """A few events whose sources, credits and links are drawn at random."""

    def __init__(self, chance):
        self.chance = chance
        self.sources = [self.source(number) for number in range(8)]
        for place, source in enumerate(self.sources[1:], start=1):
            if chance.random() < 0.4:
                kind = chance.choice(["republishes", "translates", "rewrites"])
                taken(source, chance.choice(self.sources[:place]), kind)
        events = [self.event() for _ in range(6)]
        self.link([row for event in events for row in event.statements.all()])
        publish_all(*events)
        self.rows = current_rows()
        documents = Revision.objects.in_bulk([key for key, _ in self.rows])
        self.documents = {
            row.event_id: json.loads(row.document) for row in documents.values()
        }

    def source(self, number):
        return a_source(
            f"Report {number}",
            published=self.chance.choice(DATES),
            updated=self.chance.choice([None, "2026-03-07"]),
            reporting=self.chance.choice(["own", "unknown"]),
            production=self.chance.choice(["human", "ai_generated"]),
        )

    def event(self):
        event = an_event(statements=0)
        for _ in range(self.chance.randint(1, 3)):
            statement = a_statement(event)
            places = self.chance.sample(range(8), self.chance.randint(1, 4))
            for place in places:
                self.cite(statement, place)
        return event

    def cite(self, statement, place):
        """Credits and copies lead to earlier sources only, so no trail goes round."""
        earlier = [None, *self.sources[:place]]
        a_citation(
            statement,
            self.sources[place],
            position=place,
            via=self.chance.choice(earlier),
            read_in=self.chance.choice([None, None, *self.sources[place + 1 :]]),
            after_update=self.chance.random() < 0.2,
            **self.chance.choice([{}, {"credit": "not_found"}, {}]),
        )

    def link(self, statements):
        for place, statement in enumerate(statements[1:], start=1):
            if self.chance.random() < 0.5:
                kind = self.chance.choice(["corrects", "retracts", "denies"])
                link(statement, kind, self.chance.choice(statements[:place]))

    def by(self, day):
        return all_known(self.rows, day)


@pytest.fixture(params=range(6))
def desk(request, db):
    return Desk(random.Random(request.param))


def test_whatever_is_drawn_nothing_is_shown_before_it_was_out(desk):
    for day in DAYS:
        for entry in desk.by(day):
            sources = desk_sources(desk, entry)
            for row in statements([entry]):
                cited = row["citations"]
                dates = [date for item in cited for date in came_out(item, sources)]
                assert dates
                assert all(date and date.latest <= end_of(day) for date in dates)


def came_out(citation, sources):
    """When each source that a citation names of its own accord came out."""
    cited = sources[citation["source"]["id"]]
    yield appeared(cited, after_update=citation["after_update"])
    for source in [citation["read_in"], *citation["copies"]]:
        if source:
            yield sources[source["id"]].published


def test_whatever_is_drawn_a_later_day_knows_all_that_an_earlier_one_did(desk):
    before = set()

    for day in DAYS:
        now = slugs(statements(desk.by(day)))

        assert before <= now
        before = now


def facts_of(row, entry):
    citations = tuple(citation_facts(item) for item in row["citations"])
    return StatementFacts(row["id"], entry["id"], row["kind"], citations)


def desk_sources(desk, entry):
    return sources_of(desk.documents[entry["id"]])


def test_whatever_is_drawn_everything_is_reckoned_from_what_is_shown(desk):
    for day in DAYS:
        found = desk.by(day)
        stands = reckoned_standings(desk, found)
        for entry in found:
            sources = desk_sources(desk, entry)
            assert [row["standing"] for row in entry["statements"]] == [
                stands[row["id"]] for row in entry["statements"]
            ]
            order = desk.documents[entry["id"]]["order"]
            assert [row["id"] for row in entry["statements"]] == [
                key for key in ordered(order, stands) if key in stands
            ]
            assert told_origins(entry) == event_origins(ends_of(entry), stands, sources)
            document = desk.documents[entry["id"]]
            assert entry["first_reported"] == document["first_reported"]
            for row, facts in zip(entry["statements"], ends_of(entry), strict=True):
                assert told_origins(row) == statement_origins(facts, sources)
                today = as_published(desk, entry, row)
                assert row["first_reported"] == today["first_reported"]
                assert ends(row) <= {
                    name
                    for path in trails(facts_of(today, entry), sources)
                    for name in path
                }
                if row["citations"] == today["citations"]:
                    assert row["origins"] == today["origins"]


def ends(row):
    return {item["origin"]["id"] for item in row["citations"]}


def ends_of(entry):
    """The facts of its statements, as if each were cited to its origins."""
    return [
        StatementFacts(
            row["id"],
            entry["id"],
            row["kind"],
            tuple(CitationFacts(end, own_words=True) for end in sorted(ends(row))),
        )
        for row in entry["statements"]
    ]


def as_published(desk, entry, row):
    rows = desk.documents[entry["id"]]["statements"]
    return next(each for each in rows if each["id"] == row["id"])


def reckoned_standings(desk, found):
    """Standing among all that is shown, from what statements do to others."""
    rows = statements(found)
    out = {
        (row["id"], way["kind"], way["statement"])
        for row in rows
        for way in row["links"]
    }
    into = {
        (way["statement"], way["kind"], row["id"])
        for row in rows
        for way in row["linked_by"]
    }
    assert out == into
    machine = {
        row["id"]
        for entry in found
        for row in entry["statements"]
        if rests_on_ai_alone(facts_of(row, entry), desk_sources(desk, entry))
    }
    links = [LinkFacts(*way) for way in sorted(out)]
    return standings([row["id"] for row in rows], links, ai_alone=machine)


def told_origins(row):
    return Origins(
        publishers=tuple(each["id"] for each in row["origins"]["publishers"]),
        unknown=row["origins"]["unknown"],
    )


def test_whatever_is_drawn_the_bounds_say_when_there_is_any_and_when_there_is_all(desk):
    for sequence, body in desk.rows:
        document = desk.documents[json.loads(body)["id"]]
        start, whole = known_from(document), known_whole_from(document)
        for by in {end_of(day) + turn for day in DAYS for turn in (-1, 0)}:
            (text,) = known_entries(
                [(sequence, body)], by=by, at=head(), site=SITE, made_for=SITE
            )
            assert (text is not None) == (start is not None and by >= start)
            if whole is not None and by >= whole:
                assert text == body


NAMES = "abcdef"
MOMENTS = st.sampled_from([None, "..", "2026-03", "2026-03-01", "2026-03-02"])


@st.composite
def cited_statements(draw):
    """A statement with its sources; their trails may go in circles."""
    name = st.sampled_from(NAMES)
    sources = {
        key: SourceFacts(
            id=key,
            publisher=key,
            reporting=draw(st.sampled_from(["own", "unknown"])),
            published=when and parse(when),
            updated=draw(st.sampled_from([None, parse("2026-03-04")])),
            taken_from=draw(st.none() | name),
        )
        for key in NAMES
        for when in [draw(MOMENTS)]
    }
    citations = draw(
        st.lists(
            st.builds(
                CitationFacts,
                source=name,
                via=st.none() | name,
                own_words=st.booleans(),
                credit=st.sampled_from(["unchecked", "not_found"]),
                after_update=st.booleans(),
            ),
            min_size=1,
            max_size=5,
        )
    )
    return StatementFacts("s", "e", "claim", tuple(citations)), sources


@given(cited_statements(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_what_is_shown_of_a_statement_has_its_first_report(case, one, other):
    statement, sources = case
    try:
        when = first_reported(statement, sources)
    except TrailCycle:
        return
    days = sorted([end_of(one), end_of(other)])

    earlier, later = (shown(statement, sources, by=by) for by in days)

    for by, found in zip(days, (earlier, later), strict=True):
        assert bool(found) == (when is not None and when.latest <= by)
        if found:
            assert earliest_shown(statement, sources, found) == when
    assert made(statement, earlier) <= made(statement, later)
    assert reached(earlier) <= reached(later)


def made(statement, found):
    """The places of the citations that are shown as they are."""
    return {
        each.place for each in found if each.facts == statement.citations[each.place]
    }


def reached(found):
    return {name for each in found for name in each.trail}


def earliest_shown(statement, sources, found):
    """The first report among what is shown, by the dates that the whole goes by."""
    late = found_after_update(statement.citations)
    return earliest_of(
        appeared(sources[name], after_update=name in late) for name in reached(found)
    )
