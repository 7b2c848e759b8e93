"""The first story as readers of the feed get it, from the fixture by one command."""

import pytest
from django.core.management import call_command

from timeline.models import Event, Statement
from timeline.publishing.write import publish, verify_record

from .telling import body

CENTRAL = "events/openai-considers-nato-contract/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def story():
    call_command("loaddata", "openai_nato", verbosity=0)


def statement(name):
    return body(f"statements/{name}/")


def slugs(things):
    return [thing["slug"] for thing in things]


def test_the_whole_story_is_on_the_timeline():
    page = body("timeline/?story=openai-nato&page_size=200")

    assert len(page["results"]) == Event.objects.count() > 10
    assert page["next"] is None
    assert body("stories/openai-nato/")["counts"] == {
        "events": Event.objects.count(),
        "statements": Statement.objects.count(),
    }


def test_the_spokeswoman_corrects_altman_as_the_wire_tells_it():
    hers = statement("spokeswoman-unclassified-networks")
    his = statement("altman-all-classified-networks")

    assert hers["speaker"] is None
    assert hers["described_as"] == "a company spokeswoman"
    assert hers["described_number"] == "one"
    assert hers["on_behalf_of"]["slug"] == "openai"
    assert hers["told_to"]["slug"] == "wall-street-journal"
    assert hers["attribution"] == (
        "A company spokeswoman, for OpenAI, to The Wall Street Journal, as reported by "
        "Reuters"
    )
    assert (hers["kind"], hers["standing"]) == ("clarification", "stands")
    link = {"kind": "corrects", "statement": his["id"], "event": his["event"]["id"]}
    assert link in hers["links"]
    assert his["standing"] == "corrected"
    assert {
        "kind": "corrects",
        "statement": hers["id"],
        "event": hers["event"]["id"],
    } in his["linked_by"]
    (citation,) = hers["citations"]
    names = {part: citation[part]["slug"] for part in ("source", "via", "read_in")}
    assert names == {
        "source": "reuters-openai-nato",
        "via": "wsj-openai-nato",
        "read_in": "gbf-openai-nato",
    }
    assert citation["origin"]["slug"] == "wsj-openai-nato"
    assert slugs(citation["copies"]) == ["gbf-openai-nato"]


def test_what_no_longer_stands_comes_last_in_its_event():
    standings = [row["standing"] for row in body(CENTRAL)["statements"]]

    assert standings[-1] == "corrected"
    assert "corrected" not in standings[:-1]


def test_origins_count_outlets_and_not_articles():
    central = body(CENTRAL)["origins"]
    altman = statement("altman-all-classified-networks")["origins"]
    first = statement("domain-b-first-military-use")["origins"]

    assert (central["count"], central["unknown"]) == (2, True)
    assert slugs(central["publishers"]) == sorted_by_id(central["publishers"])
    assert set(slugs(central["publishers"])) == {"reuters", "wall-street-journal"}
    assert (altman["count"], slugs(altman["publishers"]), altman["unknown"]) == (
        1,
        ["wall-street-journal"],
        False,
    )
    assert (first["count"], first["unknown"]) == (0, True)


def sorted_by_id(things):
    return slugs(sorted(things, key=lambda thing: thing["id"]))


def test_a_claim_of_being_first_is_disputed_by_what_came_before_it():
    first = statement("domain-b-first-military-use")
    announced = statement("openai-announces-pentagon-deal")

    assert first["standing"] == "disputed"
    assert announced["standing"] == "stands"
    assert {
        "kind": "contradicts",
        "statement": first["id"],
        "event": first["event"]["id"],
    } in announced["links"]


def test_dates_keep_their_words_their_anchor_and_their_rule():
    deal = body("events/openai-pentagon-deal/")["date"]
    announced = statement("openai-announces-pentagon-deal")["said"]

    assert (deal["edtf"], deal["words"]) == ("2026-02-27", "on Friday")
    assert deal["anchor"]["slug"] == "reuters-openai-nato"
    assert deal["rule"]
    assert announced["edtf"] == "[2026-02-26..2026-02-28]"
    assert announced["display"] == "between 26 and 28 February 2026"
    assert announced["words"] == "late last week"
    assert body(CENTRAL)["date"]["display"] == "by 3 March 2026"


def test_how_a_source_came_about_is_told():
    copy = body("sources/gbf-openai-nato/")
    made = body("sources/sectorhq-openai-nato/")

    assert [(row["kind"], row["source"]["slug"]) for row in copy["lineage"]] == [
        ("republishes", "reuters-openai-nato")
    ]
    assert (copy["published"]["edtf"], copy["updated"]["edtf"]) == (
        "2026-03-04",
        "2026-04-02",
    )
    assert (made["production"], made["published"]) == ("ai_generated", None)
    assert body("sources/wsj-openai-nato/")["known_by_credit"] is True


def test_a_correction_elsewhere_shows_at_once_without_the_edits_that_wait_here():
    central = Event.objects.get(slug="openai-considers-nato-contract")
    Event.objects.filter(pk=central.pk).update(title="Not for readers yet", version=2)
    deal = Event.objects.get(slug="openai-pentagon-deal")
    announced = Statement.objects.get(slug="openai-announces-pentagon-deal")
    target = Statement.objects.get(slug="reuters-hints-at-middle-ground")
    announced.links.create(kind="corrects", target=target)

    publish(deal, by=None, version=deal.version, kind="correction", note="It erred.")

    shown = body(CENTRAL)
    assert statement("reuters-hints-at-middle-ground")["standing"] == "corrected"
    assert (
        shown["title"] == "OpenAI considers a contract to put its AI on NATO networks"
    )
    assert shown["revision"]["caused_by"]["slug"] == "openai-pentagon-deal"
    assert shown["revision"]["number"] == 2
    assert list(verify_record()) == []
