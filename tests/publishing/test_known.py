"""What had been reported by a day, a rule at a time, and the first story's own days."""

import json

import pytest
from django.core.management import call_command

from timeline.dates import parse
from timeline.models.record import CurrentBody, CurrentEntry, PastEntry, Revision
from timeline.publishing.read.known import (
    known_entries,
    known_from,
    known_whole_from,
)
from timeline.publishing.write import publish_many

from .desk import (
    a_citation,
    a_source,
    a_statement,
    an_actor,
    an_event,
    edit,
    first,
    link,
    put,
    record_of,
    relate,
    taken,
)

SITE = "https://timeline.example"
database = pytest.mark.django_db


def end_of(day):
    """The last second of a day."""
    return parse(day).latest


def head():
    return Revision.objects.order_by("-sequence").first().sequence


def current_rows(*events):
    """The entries that readers see now, of these events or of all."""
    entries = CurrentEntry.objects.order_by("sequence")
    if events:
        entries = entries.filter(event_id__in=[event.public_id for event in events])
    keys = entries.values("sort_key")
    rows = CurrentBody.objects.filter(pk__in=keys).order_by("sequence")
    return list(rows.values_list("sequence", "body"))


def all_known(rows, day, *, at=None):
    """The entries of these rows by the end of a day, those that there are."""
    texts = known_entries(
        rows, by=end_of(day), at=at or head(), site=SITE, made_for=SITE
    )
    return [json.loads(text) for text in texts if text is not None]


def known(event, day, *, at=None):
    """A live event by the end of a day, its statements by slug; None: not yet."""
    found = all_known(current_rows(event), day, at=at)
    if not found:
        return None
    (entry,) = found
    return entry | {"said": {row["slug"]: row for row in entry["statements"]}}


def cited(event, day):
    """How its first statement is cited by a day: (source, via) of each citation."""
    return [
        (row["source"]["title"], row["via"] and row["via"]["title"])
        for row in known(event, day)["statements"][0]["citations"]
    ]


def only(event, day):
    """The one citation of the one statement of an event by a day."""
    (statement,) = known(event, day)["statements"]
    (citation,) = statement["citations"]
    return citation


def told(*citations, **fields):
    """A published event with one statement; citations are (source, fields)."""
    event = an_event(statements=0, **fields)
    statement = a_statement(event, slug=f"said-in-{event.slug}")
    for place, (source, more) in enumerate(citations):
        a_citation(statement, source, position=place, **more)
    put(event)
    return event


@database
def test_a_statement_is_known_from_the_end_of_the_day_of_its_first_report():
    event = told((a_source(published="2026-03-03"), {}))

    assert known(event, "2026-03-02") is None
    assert len(known(event, "2026-03-03")["statements"]) == 1


@database
def test_what_may_have_been_reported_later_is_not_yet_known():
    event = told((a_source(published="2026-03"), {}))

    assert known(event, "2026-03-30") is None
    assert known(event, "2026-03-31")


@database
def test_what_rests_on_undated_sources_alone_is_never_known():
    event = told((a_source(published=None), {"via": a_source(published="..")}))
    document = json.loads(record_of(event)[0].document)

    assert known(event, "9999-12-31") is None
    assert known_from(document) is None
    assert known_whole_from(document) is None


@database
def test_an_event_keeps_the_statements_that_were_known():
    event = an_event(statements=0)
    early = a_statement(event, source=a_source(published="2026-03-03"))
    late = a_statement(event, source=a_source(published="2026-03-05"))
    put(event)

    assert set(known(event, "2026-03-04")["said"]) == {early.slug}
    assert set(known(event, "2026-03-05")["said"]) == {early.slug, late.slug}


@database
def test_a_citation_whose_source_was_not_out_is_left_out():
    event = told(
        (a_source("Early", published="2026-03-03"), {}),
        (a_source("Late", published="2026-03-05"), {}),
        (a_source("Undated", published=None), {}),
    )

    assert cited(event, "2026-03-04") == [("Early", None)]
    assert cited(event, "2026-03-05") == [("Early", None), ("Late", None)]


@database
def test_what_is_credited_stands_alone_until_the_source_that_credits_it_is_out():
    paper = an_actor("The Journal", kind="outlet")
    journal = a_source("Journal", published="2026-03-02", publisher=paper)
    copy = a_source("Copy of the Journal", published="2026-03-02")
    later_copy = a_source("Later copy", published="2026-03-09")
    taken(copy, journal)
    taken(later_copy, journal)
    wire = a_source("Wire", published="2026-03-03", reporting="unknown")
    details = {
        "via": journal,
        "read_in": later_copy,
        "credit": "found",
        "exact": "it said",
        "prefix": "where ",
    }
    event = told((wire, details))

    alone, whole = only(event, "2026-03-02"), only(event, "2026-03-09")

    assert alone["source"]["title"] == "Journal"
    assert alone["source"] == whole["via"]
    assert (alone["via"], alone["read_in"]) == (None, None)
    assert (alone["own_words"], alone["credit"]) == (False, "unchecked")
    assert [row["title"] for row in alone["copies"]] == ["Copy of the Journal"]
    assert alone["passage"] == {
        "state": "unchecked",
        **dict.fromkeys(("exact", "prefix", "suffix", "locator", "url")),
    }
    assert list(alone) == list(whole)
    assert whole["source"]["title"] == "Wire"
    assert whole["passage"]["exact"] == "it said"


@database
def test_an_attribution_names_nobody_who_had_not_yet_reported_it():
    speaker = an_actor("The minister")
    journal = a_source(
        published="2026-03-02", publisher=an_actor("Journal", kind="outlet")
    )
    wire = a_source(published="2026-03-03", publisher=an_actor("Wire", kind="outlet"))
    event = an_event(statements=0)
    statement = a_statement(event, speaker=speaker)
    a_citation(statement, wire, via=journal)
    put(event)

    before, after = (
        known(event, day)["statements"][0]["attribution"]
        for day in ("2026-03-02", "2026-03-03")
    )

    assert before == "The minister, as reported by Journal"
    assert after == "The minister, as reported by Wire, citing Journal"


@database
def test_a_copy_that_was_not_out_gives_way_to_what_it_was_taken_from():
    wire = a_source("Wire", published="2026-03-02")
    copy = a_source("Copy", published="2026-03-05")
    taken(copy, wire)
    event = told((copy, {}))

    assert cited(event, "2026-03-04") == [("Wire", None)]
    assert cited(event, "2026-03-05") == [("Copy", None)]


@database
def test_a_credit_that_was_not_found_does_not_stand_for_who_gives_it():
    journal = a_source("Journal", published="2026-03-02")
    other = a_source("Other", published="2026-03-02")
    late = a_source("Late", published="2026-03-05")
    event = told((late, {"via": journal, "credit": "not_found"}), (other, {}))

    assert cited(event, "2026-03-02") == [("Other", None)]


@database
def test_a_source_that_many_credit_stands_once():
    journal = a_source("Journal", published="2026-03-02")
    credited = [
        (a_source(f"Late {n}", published="2026-03-05"), {"via": journal})
        for n in range(3)
    ]
    event = told(*credited)

    assert cited(event, "2026-03-04") == [("Journal", None)]
    assert len(cited(event, "2026-03-05")) == 3


@database
def test_a_copy_that_was_not_out_is_neither_named_nor_read_in():
    wire = a_source("Wire", published="2026-03-03")
    copy = a_source(
        "Copy", published="2026-03-04", original_url="https://copy.example/1"
    )
    taken(copy, wire)
    event = told((wire, {"read_in": copy, "exact": "it said"}))

    before, after = only(event, "2026-03-03"), only(event, "2026-03-04")

    assert (before["read_in"], before["copies"]) == (None, [])
    assert (before["passage"]["exact"], before["passage"]["url"]) == ("it said", None)
    assert after["read_in"]["title"] == after["copies"][0]["title"] == "Copy"
    assert after["passage"]["url"].startswith("https://copy.example/1")


@database
def test_a_passage_found_after_an_update_counts_from_the_update():
    page = a_source("Page", published="2026-03-03", updated="2026-04-02")
    event = told((page, {"after_update": True, "own_words": True}))

    assert known(event, "2026-04-01") is None
    assert known(event, "2026-04-02")["first_reported"]["edtf"] == (
        "[2026-03-03..2026-04-02]"
    )


@database
def test_origins_are_counted_over_what_was_out():
    one, other = a_source(published="2026-03-03"), a_source(published="2026-03-05")
    event = an_event(statements=0)
    a_statement(event, source=one)
    statement = a_statement(event, source=one)
    a_citation(statement, other)
    put(event)

    before, after = known(event, "2026-03-04"), known(event, "2026-03-05")

    assert before["origins"]["count"] == 1
    assert before["said"][statement.slug]["origins"] == before["origins"]
    assert after["origins"]["count"] == 2
    assert after["said"][statement.slug]["origins"] == after["origins"]
    assert before["origins"]["publishers"][0] in after["origins"]["publishers"]


@database
def test_a_source_that_one_that_was_out_credits_is_an_origin_without_a_date():
    """Who credits a report says that it was there."""
    journal = a_source("Journal", published=None)
    wire = a_source("Wire", published="2026-03-03", reporting="unknown")
    event = told((wire, {"via": journal}))

    found = known(event, "2026-03-03")

    assert [row["id"] for row in found["origins"]["publishers"]] == [
        journal.publisher.public_id
    ]
    assert cited(event, "2026-03-03") == [("Wire", "Journal")]


@database
def test_a_trail_ends_where_what_led_further_was_not_out():
    """The wire credits the Journal; that this credits a rival, it says itself."""
    rival = a_source("Rival", published="2026-03-05")
    journal = a_source("Journal", published="2026-03-05", reporting="own")
    wire = a_source("Wire", published="2026-03-03", reporting="unknown")
    event = told((wire, {"via": journal}), (journal, {"via": rival}))

    before, after = known(event, "2026-03-03"), known(event, "2026-03-05")

    (citation,) = before["statements"][0]["citations"]
    assert citation["origin"]["title"] == "Journal"
    assert before["origins"]["publishers"][0]["id"] == journal.publisher.public_id
    assert {row["origin"]["title"] for row in after["statements"][0]["citations"]} == {
        "Rival"
    }
    assert after["origins"]["publishers"][0]["id"] == rival.publisher.public_id


def a_claim(day="2026-03-01"):
    return an_event("The claim", source=a_source(published=day))


def an_answer(target, kind="corrects", day="2026-03-05", **source):
    """An event whose one statement does something to another's; not yet published."""
    event = an_event("An answer", source=a_source(published=day, **source))
    link(first(event), kind, first(target))
    return event


def publish_all(*events):
    list(publish_many(events, by=None, note="All."))


def standing_by(event, day):
    return known(event, day)["statements"][0]["standing"]


@database
def test_a_link_counts_from_the_first_report_of_the_statement_that_links():
    claim = a_claim()
    correction = an_answer(claim)
    publish_all(claim, correction)

    before = known(claim, "2026-03-04")["statements"][0]
    after = known(claim, "2026-03-05")["statements"][0]

    assert (before["standing"], before["linked_by"]) == ("stands", [])
    assert after["standing"] == "corrected"
    assert [row["kind"] for row in after["linked_by"]] == ["corrects"]


@database
def test_a_statement_links_to_none_that_was_not_yet_known():
    claim = a_claim(day="2026-03-05")
    early = an_answer(claim, "contradicts", day="2026-03-01")
    publish_all(claim, early)

    assert known(early, "2026-03-04")["statements"][0]["links"] == []
    assert len(known(early, "2026-03-05")["statements"][0]["links"]) == 1


@database
def test_links_within_an_event_count_alike():
    event = an_event(statements=0)
    claim = a_statement(event, source=a_source(published="2026-03-01"))
    answer = a_statement(event, source=a_source(published="2026-03-05"))
    other = a_statement(event, source=a_source(published="2026-03-01"))
    link(answer, "corrects", claim)
    put(event)

    before, after = known(event, "2026-03-04"), known(event, "2026-03-05")

    assert list(before["said"]) == [claim.slug, other.slug]
    assert list(after["said"]) == [answer.slug, other.slug, claim.slug]
    assert after["said"][claim.slug]["standing"] == "corrected"


@database
def test_a_correction_that_is_itself_corrected_by_then_changes_nothing():
    claim = a_claim()
    correction = an_answer(claim, day="2026-03-03")
    retraction = an_answer(correction, "retracts", day="2026-03-05")
    last = an_answer(retraction, "corrects", day="2026-03-07")
    publish_all(claim, correction, retraction, last)

    days = ["2026-03-02", "2026-03-03", "2026-03-05", "2026-03-07"]

    assert [standing_by(claim, day) for day in days] == [
        *("stands", "corrected", "stands", "corrected")
    ]


@database
def test_origins_count_what_was_corrected_only_later():
    claim = a_claim()
    correction = an_answer(claim)
    publish_all(claim, correction)

    assert known(claim, "2026-03-04")["origins"]["count"] == 1
    assert known(claim, "2026-03-05")["origins"]["count"] == 0


@database
def test_a_statement_that_rested_on_machines_alone_changed_nothing_yet():
    claim = a_claim()
    answer = an_answer(claim, "denies", day="2026-03-02", production="ai_generated")
    a_citation(first(answer), a_source(published="2026-03-05"), position=1)
    publish_all(claim, answer)

    before = known(claim, "2026-03-04")["statements"][0]

    assert (before["standing"], len(before["linked_by"])) == ("stands", 1)
    assert standing_by(claim, "2026-03-05") == "disputed"


@database
def test_related_events_stay_with_todays_titles():
    event, other = a_claim(), a_claim(day="2026-03-09")
    relate(event, other)
    publish_all(event, other)
    edit(other, title="Another title")
    put(other)

    assert [row["title"] for row in known(event, "2026-03-01")["related"]] == [
        "Another title"
    ]


@database
def test_links_are_those_of_the_documents_that_stood_at_the_sequence():
    claim = a_claim()
    source = a_source(published="2026-03-03")
    correction = an_event("The correction", source=source)
    link(first(correction), "corrects", first(claim))
    publish_all(claim, correction)
    then, rows = head(), current_rows(claim)
    source.published = "2026-03-08"
    source.save()
    put(correction)
    assert PastEntry.objects.exists()

    (before,) = all_known(rows, "2026-03-05", at=then)
    (now,) = all_known(rows, "2026-03-05")

    assert before["statements"][0]["standing"] == "corrected"
    assert now["statements"][0]["standing"] == "stands"


@database
def test_a_chain_of_links_is_read_a_step_at_a_time(django_assert_num_queries):
    claims = [a_claim() for _ in range(3)]
    answers = [an_answer(claim) for claim in claims for _ in range(3)]
    publish_all(*claims, *answers)
    rows, at = current_rows(*claims), head()

    with django_assert_num_queries(3):
        known_entries(rows, by=end_of("2030"), at=at, site=SITE, made_for=SITE)


@database
def test_entries_move_to_the_site_that_asks_with_what_was_put_in():
    journal = a_source(published="2026-03-02")
    event = told((a_source(published="2026-03-03"), {"via": journal}))
    new = "https://new.example"

    (text,) = known_entries(
        current_rows(event),
        by=end_of("2026-03-02"),
        at=head(),
        site=new,
        made_for=SITE,
    )

    assert SITE not in text
    source = json.loads(text)["statements"][0]["citations"][0]["source"]
    assert source["url"] == f"{new}/api/v1/sources/{journal.slug}/"


@database
def test_a_revision_whose_text_is_gone_is_not_told_of():
    event = told((a_source(), {}))
    rows = current_rows(event)
    Revision.objects.update(document=None, salt=None)

    assert all_known(rows, "2030") == []


# The first story.

CENTRAL = "openai-considers-nato-contract"
UPDATED = {
    "openai-no-intentional-domestic-surveillance",
    "pentagon-affirms-no-intelligence-use",
}


@pytest.fixture
def story(db):
    call_command("loaddata", "openai_nato", verbosity=0)
    return current_rows()


def statements(entries):
    return [row for entry in entries for row in entry["statements"]]


def slugs(rows):
    return {row["slug"] for row in rows}


def publishers(entries):
    """Who publishes what the statements of these entries are cited to."""
    return {
        citation["source"]["publisher"]["slug"]
        for row in statements(entries)
        for citation in row["citations"]
    }


def test_of_the_first_story_nothing_had_been_reported_by_the_end_of_february(story):
    assert all_known(story, "2026-02-28") == []


def test_by_2_march_there_is_what_openai_published_itself(story):
    found = all_known(story, "2026-03-02")

    assert slugs(statements(found)) == UPDATED
    assert publishers(found) == {"openai"}
    assert all("Reuters" not in row["attribution"] for row in statements(found))


def test_by_3_march_there_is_everything_by_reuters_and_the_journal(story):
    found = {entry["slug"]: entry for entry in all_known(story, "2026-03-03")}

    whole = [json.loads(body) for _, body in story]
    theirs = {
        row["slug"]
        for row in statements(whole)
        for citation in row["citations"]
        if citation["source"]["slug"] == "reuters-openai-nato"
    }
    assert slugs(statements(found.values())) == theirs
    assert publishers(found.values()) == {"reuters"}
    central = found[CENTRAL]
    assert slugs(central["origins"]["publishers"]) == {"reuters", "wall-street-journal"}
    assert (central["origins"]["count"], central["origins"]["unknown"]) == (2, False)
    altman = central["statements"][-1]
    assert (altman["slug"], altman["standing"]) == (
        *("altman-all-classified-networks", "corrected"),
    )


def test_the_republishers_own_words_are_known_from_2_april(story):
    def own(day):
        return {
            slug
            for slug in slugs(statements(all_known(story, day)))
            if slug.startswith("gbf-")
        }

    whole = slugs(statements(json.loads(body) for _, body in story))
    assert own("2026-04-01") == set()
    assert own("2026-04-02") == {slug for slug in whole if slug.startswith("gbf-")}
    assert own("2026-04-02")


def test_what_only_an_undated_article_carries_is_never_known(story):
    found = all_known(story, "9999-12-31")

    assert "sectorhq" not in publishers(found)
    assert len(found) == 8 < len(story)
    assert "disputed" not in {row["standing"] for row in statements(found)}
