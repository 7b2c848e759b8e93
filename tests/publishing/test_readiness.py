"""What bars an event from its readers, and what an editor should look at first."""

import pytest

from timeline.models import Event
from timeline.publishing.write import Problem, bars, readiness

from .desk import (
    a_citation,
    a_source,
    a_statement,
    an_actor,
    an_event,
    first,
    held,
    link,
    put,
    taken,
)

pytestmark = pytest.mark.django_db

TEXT = (
    "The company said on Tuesday it was “considering” a contract - its first.\n"
    "The company said no more. Its chief executive said no more either."
)
ONE_OUTLET = "Everything here goes back to one outlet."


def sentences(problems):
    return [problem.sentence for problem in problems]


def quoted(text=TEXT, **fields):
    """An event with one citation of a passage, whose source is held as `text`."""
    source = a_source("The report")
    if text:
        held(source, text)
    event = an_event(statements=0)
    citation = a_citation(a_statement(event), source, **fields)
    return event, citation


def test_an_event_with_a_date_and_a_source_is_ready():
    event = an_event()

    assert bars(event) == []
    assert sentences(readiness(event)) == [ONE_OUTLET]


def test_an_event_needs_a_date_and_a_statement_with_a_source():
    event = an_event(date=None, statements=0)

    assert bars(event) == [
        Problem(
            "Say when it happened; “..” will do where nobody knows.",
            event,
            "date",
            True,
        ),
        Problem(
            "Add a statement and where it was found: nothing here has a source.",
            event,
            "statements",
            True,
        ),
    ]


def test_a_date_that_nobody_knows_will_do():
    assert bars(an_event(date="..")) == []


def test_a_statement_without_a_source_is_no_support():
    event = an_event(statements=0)
    statement = a_statement(event, "It was said.")

    assert sentences(readiness(event)) == [
        "Add a statement and where it was found: nothing here has a source.",
        "“It was said.” has no source and stays on the desk until it has one.",
    ]
    assert readiness(event)[1].thing == statement


def test_whoever_published_a_source_must_be_said():
    cited, credited = a_source("Cited", publisher=None), a_source("C", publisher=None)
    event = an_event(statements=0)
    a_citation(a_statement(event), cited, via=credited)

    assert sentences(bars(event)) == [
        "Say who published “Cited”.",
        "Say who published “C”.",
    ]
    assert [problem.thing for problem in bars(event)] == [cited, credited]


@pytest.mark.parametrize("kind", ["republishes", "rewrites"])
def test_whoever_published_the_end_of_a_trail_must_be_said(kind):
    origin, source = a_source("The first", publisher=None), a_source("The cited")
    taken(source, origin, kind)

    (problem,) = bars(an_event(source=source))

    assert (problem.sentence, problem.thing) == (
        "Say who published “The first”.",
        origin,
    )


def test_whoever_published_the_copy_that_was_read_must_be_said():
    copy = a_source("The copy", publisher=None)
    event = an_event(statements=0)
    a_citation(a_statement(event), a_source(), read_in=copy)

    assert sentences(bars(event)) == ["Say who published “The copy”."]


@pytest.mark.parametrize(
    "passage",
    [
        {"exact": "on Tuesday"},
        {"exact": "on  Tuesday"},
        {"exact": "on\u00a0Tuesday"},
        {"exact": "on\nTuesday it\twas"},
        {"exact": 'it was "considering" a'},
        {"exact": "it was «considering» a"},
        {"exact": "contract – its"},
        {"exact": "contract — its"},
        {"exact": "con\u00adtract"},
        {"exact": "its first. The company"},
        {"exact": "said no more", "suffix": ". Its"},
        {"exact": "said no more", "prefix": "chief executive "},
        {"exact": "said no more", "prefix": "chief executive"},
        {"exact": "company", "prefix": "The ", "suffix": " said on"},
    ],
)
def test_a_passage_that_is_held_exactly_once_is_ready(passage):
    event, _citation = quoted(**passage)

    assert bars(event) == []


@pytest.mark.parametrize(
    "passage",
    [
        {"exact": "on Wednesday"},
        {"exact": "said no more"},
        {"exact": "The company"},
        {"exact": "on tuesday"},
        {"exact": "on Tuesday", "prefix": "she said "},
        {"exact": "on Tuesday", "suffix": " they"},
    ],
)
def test_a_passage_that_is_not_held_exactly_once_bars(passage):
    event, citation = quoted(**passage)

    assert bars(event) == [
        Problem(
            f"The passage “{passage['exact']}” is not in the held text of “The "
            "report” exactly once. Copy it from there, or give more of the words "
            "around it.",
            citation,
            "exact",
            True,
        )
    ]


def test_a_passage_that_overlaps_itself_is_there_twice():
    event, _citation = quoted("They sang la la la.", exact="la la")

    assert len(bars(event)) == 1


def test_letters_compare_in_their_composed_form():
    event, _citation = quoted("In Mu\u0308nster it was said.", exact="In M\u00fcnster")

    assert bars(event) == []


def test_one_of_several_held_texts_is_enough():
    event, citation = quoted("An older text.", exact="on Tuesday")
    held(citation.source, TEXT)

    assert bars(event) == []


def test_a_passage_read_in_a_copy_is_looked_for_in_the_copy():
    wire, copy = a_source("Wire"), a_source("Copy")
    held(wire, "Another text.")
    held(copy, TEXT)
    event = an_event(statements=0)
    a_citation(a_statement(event), wire, read_in=copy, exact="on Tuesday")

    assert bars(event) == []


def test_a_passage_without_a_held_text_is_only_a_warning():
    event, citation = quoted("", exact="on Tuesday", passage="unchecked")

    assert bars(event) == []
    assert readiness(event)[0] == Problem(
        "The passage “on Tuesday” is unchecked: no text of “The report” is held.",
        citation,
        "exact",
        False,
    )


@pytest.mark.parametrize("status", ["corrected", "retracted"])
def test_a_source_that_no_longer_stands_is_a_warning(status):
    event = an_event(source=a_source("The report", status=status))

    assert bars(event) == []
    assert sentences(readiness(event))[0] == (
        "“The report” was corrected or retracted: does this still hold?"
    )


def test_a_credited_source_that_no_longer_stands_is_a_warning():
    event = an_event(statements=0)
    credited = a_source("The credited", status="retracted")
    citation = a_citation(a_statement(event), a_source(), via=credited)

    assert readiness(event)[0] == Problem(
        "“The credited” was corrected or retracted: does this still hold?",
        citation,
        "via",
        False,
    )


def test_date_words_without_their_rule_are_a_warning():
    event = an_event(date_words="late last week", statements=0)
    statement = a_statement(event, source=a_source(), said="2026", said_words="later")

    warnings = [row for row in readiness(event) if "rule" in row.sentence]

    assert [(row.thing, row.field) for row in warnings] == [
        (event, "date_rule"),
        (statement, "said_rule"),
    ]


def test_a_date_whose_anchor_has_moved_is_shown_as_stale_and_stays():
    wire = a_source(published="2026-03-03")
    read = {"words": "late last week", "anchor": wire, "rule": "part-of-week"}
    dated = {f"date_{part}": value for part, value in read.items()}
    event = an_event(date="[2026-02-26..2026-02-28]", **dated, statements=0)
    said = {f"said_{part}": value for part, value in read.items()}
    statement = a_statement(event, source=wire, said="[2026-02-26..2026-02-28]", **said)
    assert [row for row in readiness(event) if row.field in ("date", "said")] == []

    wire.published = "2026-03-10"
    wire.save()

    event = Event.objects.get()
    stale = [row for row in readiness(event) if row.field in ("date", "said")]
    assert [row.thing for row in stale] == [event, statement]
    assert stale[0].sentence == (
        f"“late last week”, counted from “{wire}” (10 March 2026), now means between "
        "5 and 7 March 2026: see whether the date here still holds."
    )
    assert not any(row.bars for row in stale)
    assert str(event.date) == "[2026-02-26..2026-02-28]"


@pytest.mark.parametrize(
    ("words", "warned"),
    [
        ("Jane Roe", True),
        ("jane roe", True),
        ("Ann Other", True),
        ("roe", True),
        ("a person familiar with the matter", False),
        ("A company spokeswoman", False),
        ("spokeswoman", False),
        ("two people", False),
    ],
)
def test_a_name_for_an_unnamed_speaker_is_a_warning(words, warned):
    an_actor("Jane Roe", kind="person").other_names.create(name="Roe")
    event = an_event(statements=0)
    a_statement(event, source=a_source(), described_as=words)

    found = [row for row in readiness(event) if row.field == "described_as"]

    assert bool(found) == warned
    assert not any(row.bars for row in found)


def test_two_outlets_of_their_own_reporting_need_no_warning():
    event = an_event()
    a_citation(first(event), a_source("Another"))

    assert readiness(event) == []


def test_what_is_not_counted_for_an_event_is_no_second_outlet():
    event = an_event(statements=2)
    claim, correction = event.statements.order_by("pk")
    a_statement(event, kind="opinion", source=a_source("Another"))
    assert sentences(readiness(event)) == [ONE_OUTLET]

    claim.citations.update(source=a_source("A third"))
    assert readiness(event) == []

    link(correction, "corrects", claim)
    assert sentences(readiness(event)) == [ONE_OUTLET]


def test_a_copy_is_no_second_outlet():
    wire, copy = a_source("Wire"), a_source("Copy")
    taken(copy, wire)
    event = an_event(source=wire)
    a_citation(first(event), copy)

    assert sentences(readiness(event)) == [ONE_OUTLET]


def test_ai_generated_reports_alone_are_a_warning():
    machine = a_source(production="ai_generated", reporting="unknown")
    event = an_event(source=machine)
    warning = "Everything here was found in AI-generated reports alone."

    assert sentences(readiness(event)) == [warning]

    a_citation(first(event), a_source())

    assert warning not in sentences(readiness(event))


def test_what_bars_comes_before_what_only_warns():
    event, _citation = quoted(exact="on Wednesday")
    event.date = None
    event.save()

    problems = readiness(event)

    assert [problem.bars for problem in problems] == [True, True, False]


def test_warnings_keep_nothing_back():
    event, _citation = quoted("", exact="on Tuesday", passage="unchecked")

    assert put(event).kind == "publication"
