"""What an act does to other live events: at once, from what they had published."""

import json

import pytest

from timeline.editing import Refused
from timeline.models import Event, RelatedEvent, StatementLink
from timeline.models.record import CurrentBody, DeclaredLink, Revision
from timeline.publishing.write import publish_many, verify_derived, verify_record
from timeline.publishing.write.settling import Workspace, settle

from .desk import (
    a_citation,
    a_source,
    a_statement,
    an_event,
    edit,
    first,
    kinds_of,
    link,
    live,
    put,
    record_of,
    relate,
    size,
    standing,
    take_away,
)

pytestmark = pytest.mark.django_db


def a_correction():
    """Two events: a statement of the second corrects one of the first."""
    claim, correction = an_event("The claim"), an_event("The correction")
    link(first(correction), "corrects", first(claim))
    return claim, correction


def shown(event):
    """What the feed sends of a live event."""
    sequence = record_of(event)[-1].sequence
    return json.loads(CurrentBody.objects.get(sequence=sequence).body)


def test_a_correction_published_with_one_event_shows_in_the_other_at_once():
    claim, correction = a_correction()
    put(claim)

    put(correction)

    assert standing(first(claim)) == "corrected"
    assert live(claim).statements[0]["linked_by"] == [
        {
            "kind": "corrects",
            "statement": first(correction).public_id,
            "event": correction.public_id,
        }
    ]
    assert live(correction).statements[0]["links"] == [
        {
            "kind": "corrects",
            "statement": first(claim).public_id,
            "event": claim.public_id,
        }
    ]


def test_what_follows_says_what_changed_and_what_caused_it():
    claim, correction = a_correction()
    put(claim)

    cause = put(correction)

    follows = record_of(claim)[-1]
    note = "Follows from another event: a statement is now corrected."
    caused_by = {"id": correction.public_id, "slug": correction.slug, "number": 1}
    assert (follows.kind, follows.note) == ("update", note)
    assert json.loads(follows.caused_by) == caused_by
    assert follows.sequence == cause.sequence + 1
    path = f"events/{correction.slug}/"
    assert shown(claim)["revision"] == {
        "number": 2,
        "sequence": follows.sequence,
        "kind": "update",
        "note": note,
        "caused_by": {
            **caused_by,
            "url": f"https://timeline.example/api/v1/{path}",
            "html_url": f"https://timeline.example/{path}",
        },
        "published_at": follows.published_at,
        "digest": follows.digest,
    }


def test_no_edit_on_the_desk_slips_out_with_what_follows():
    claim, correction = a_correction()
    put(claim)
    published = live(claim).document
    edit(claim, title="CANARY title", summary="CANARY summary", date="1999")
    edit(first(claim), text="CANARY text", quote="CANARY quote")
    a_statement(claim, "CANARY statement", source=a_source("CANARY report"))
    link(first(claim), "denies", first(correction))

    put(correction)

    document = live(claim).document
    assert "CANARY" not in json.dumps(document)
    assert standing(first(claim)) == "corrected"
    assert standing(first(correction)) == "stands"
    changed = {key for key in document if document[key] != published[key]}
    assert changed == {"act", "origins", "statements"}
    claim.refresh_from_db()
    assert claim.has_unpublished_changes


def test_a_link_to_what_is_not_live_waits_until_it_is():
    claim, correction = a_correction()

    put(correction)

    assert live(correction).statements[0]["links"] == []

    put(claim)

    assert live(correction).statements[0]["links"][0]["event"] == claim.public_id
    assert standing(first(claim)) == "corrected"
    assert record_of(correction)[-1].note == (
        "Follows from another event: links between statements changed."
    )


def test_a_waiting_link_added_to_a_live_event_is_kept_though_nothing_shows_yet():
    claim, correction = an_event("The claim"), an_event("The correction")
    put(correction)
    link(first(correction), "corrects", first(claim))
    before = size()

    assert put(correction) is None
    assert size() == before
    put(claim)

    assert standing(first(claim)) == "corrected"


def test_a_waiting_link_taken_out_again_never_takes_effect():
    claim, correction = a_correction()
    put(correction)
    StatementLink.objects.all().delete()
    put(correction)

    put(claim)

    assert standing(first(claim)) == "stands"
    assert kinds_of(correction) == ["publication"]


def test_a_statement_stands_again_when_the_event_that_corrected_it_is_withdrawn():
    claim, correction = a_correction()
    put(claim)
    put(correction)

    take_away(correction)

    assert standing(first(claim)) == "stands"
    assert live(claim).statements[0]["linked_by"] == []
    follows = record_of(claim)[-1]
    assert follows.note == ("Follows from another event: a statement stands again.")
    assert json.loads(follows.caused_by)["number"] == 2


def test_a_statement_stands_again_when_the_link_is_taken_out():
    claim, correction = a_correction()
    put(claim)
    put(correction)
    StatementLink.objects.all().delete()

    put(correction)

    assert standing(first(claim)) == "stands"
    assert live(correction).statements[0]["links"] == []


def test_a_statement_stands_again_when_the_correcting_statement_is_taken_out():
    claim, correction = a_correction()
    a_statement(correction, "Something else.", source=a_source())
    put(claim)
    put(correction)
    gone = first(correction)
    gone_id = gone.public_id
    gone.delete()

    put(correction)

    assert standing(first(claim)) == "stands"
    assert gone_id not in json.dumps(live(correction).document)


def test_a_link_turned_to_another_statement_lets_go_of_the_first():
    claim, correction = a_correction()
    other = an_event("The other claim")
    for event in (claim, correction, other):
        put(event)
    StatementLink.objects.update(target=first(other))

    put(correction)

    assert standing(first(claim)) == "stands"
    assert standing(first(other)) == "corrected"


def test_a_withdrawn_correction_takes_effect_again_when_it_is_published_again():
    claim, correction = a_correction()
    put(claim)
    put(correction)
    take_away(correction)

    put(correction)

    assert standing(first(claim)) == "corrected"
    assert kinds_of(correction) == ["publication", "withdrawal", "publication"]


def test_a_claim_withdrawn_and_published_again_is_still_corrected():
    claim, correction = a_correction()
    put(correction)
    put(claim)

    take_away(claim)

    assert live(correction).statements[0]["links"] == []

    put(claim)

    assert standing(first(claim)) == "corrected"
    assert live(correction).statements[0]["links"] != []


def test_a_retracted_correction_corrects_nothing():
    claim, correction = a_correction()
    retraction = an_event("The retraction")
    link(first(retraction), "retracts", first(correction))
    put(claim)
    put(correction)

    put(retraction)

    assert standing(first(correction)) == "retracted"
    assert standing(first(claim)) == "stands"

    take_away(retraction)

    assert standing(first(correction)) == "stands"
    assert standing(first(claim)) == "corrected"


def test_a_statement_no_longer_standing_moves_to_the_end_and_back_to_its_place():
    claim, correction = an_event("The claim", statements=3), an_event("Correction")
    link(first(correction), "corrects", first(claim))
    one, two, three = (row.public_id for row in claim.statements.all())
    put(claim)

    put(correction)

    assert list(live(claim).said) == [two, three, one]

    take_away(correction)

    assert list(live(claim).said) == [one, two, three]


def test_a_correction_takes_its_claims_origin_out_of_the_count():
    claim, correction = a_correction()
    put(claim)
    assert live(claim).origins["count"] == 1

    put(correction)

    assert live(claim).origins == {"count": 0, "publishers": [], "unknown": False}
    assert live(claim).statements[0]["origins"]["count"] == 1


def test_a_denial_found_in_ai_generated_reports_alone_disputes_nothing():
    claim = an_event("The claim")
    denial = an_event("The denial", source=a_source(production="ai_generated"))
    link(first(denial), "denies", first(claim))
    put(claim)

    put(denial)

    assert standing(first(claim)) == "stands"
    assert live(claim).statements[0]["linked_by"][0]["kind"] == "denies"


def test_two_events_published_in_one_act_name_each_other_from_the_start():
    claim, correction = a_correction()
    relate(claim, correction)

    (act,) = publish_many([claim, correction], by=None)

    assert [row.number for row in act] == [1, 1]
    assert standing(first(claim)) == "corrected"
    assert live(claim).related[0]["id"] == correction.public_id


def test_a_related_event_appears_while_it_is_live():
    one, other = an_event("One"), an_event("Other")
    relate(one, other, "responds_to")
    put(one)
    assert live(one).related == []

    put(other)

    assert live(one).related == [
        {
            "id": other.public_id,
            "slug": other.slug,
            "title": "Other",
            "kind": "responds_to",
        }
    ]
    assert (
        record_of(one)[-1].note == "Follows from another event: related events changed."
    )

    take_away(other)

    assert live(one).related == []


def test_a_new_title_shows_where_the_event_is_related():
    one, other = an_event("One"), an_event("Other")
    relate(one, other)
    put(other)
    put(one)
    edit(other, title="Another")

    put(other)

    assert live(one).related[0]["title"] == "Another"
    assert kinds_of(one) == ["publication", "update"]


def test_a_change_that_others_do_not_show_leaves_them_alone():
    one, other = an_event("One"), an_event("Other")
    relate(one, other)
    put(other)
    put(one)
    edit(other, summary="More is known.")

    put(other)

    assert kinds_of(one) == ["publication"]


def test_an_event_related_to_one_that_follows_keeps_its_own_links():
    claim, correction = a_correction()
    onlooker, denial = an_event("The onlooker"), an_event("The denial")
    relate(onlooker, claim)
    link(first(denial), "denies", first(onlooker))
    for event in (claim, onlooker, denial):
        put(event)

    put(correction)
    edit(claim, title="The claim, renamed")
    put(claim)

    assert standing(first(onlooker)) == "disputed"
    assert live(onlooker).statements[0]["linked_by"] != []
    assert live(onlooker).related[0]["title"] == "The claim, renamed"


def test_a_row_of_related_events_is_not_read_to_its_end():
    row = [an_event(f"Part {place}") for place in range(5)]
    for one, other in zip(row, row[1:], strict=False):
        relate(one, other)
    for event in row:
        put(event)
    workspace = Workspace()

    workspace.put(row[-1].public_id, None, [])
    settle(workspace)

    touched = {row[-1].public_id, row[-2].public_id}
    assert set(workspace.cause) == touched
    assert workspace.before.keys() == touched


def test_events_that_name_each_other_both_follow_a_new_title():
    one, other = an_event("One"), an_event("Other")
    relate(one, other)
    relate(other, one, "responds_to")
    put(one)
    put(other)
    edit(one, title="One, renamed")

    put(one)

    assert live(other).related[0]["title"] == "One, renamed"
    assert live(one).related[0]["title"] == "Other"


def test_removing_a_relation_needs_only_its_own_event():
    one, other = an_event("One"), an_event("Other")
    relate(one, other)
    put(other)
    put(one)
    RelatedEvent.objects.all().delete()

    put(one)

    assert live(one).related == []
    assert kinds_of(other) == ["publication"]


def test_no_document_names_a_draft():
    published, draft = an_event("Published"), an_event("CANARY event")
    a_statement(published, "CANARY statement, which has no source.")
    edit(draft, slug="canary-event")
    link(first(published), "corrects", first(draft))
    link(first(draft), "denies", first(published))
    relate(published, draft)
    relate(draft, published)

    put(published)

    documents = "".join(Revision.objects.values_list("document", flat=True))
    assert "canary" not in documents.lower()
    assert draft.public_id not in documents
    assert first(draft).public_id not in documents


def test_no_document_names_an_event_that_was_withdrawn():
    claim, correction = a_correction()
    relate(claim, correction)
    put(correction)
    put(claim)

    take_away(correction)

    document = dict(live(claim).document)
    act = document.pop("act")
    assert correction.public_id not in json.dumps(document)
    assert act["caused_by"]["id"] == correction.public_id


def test_a_circle_in_the_record_is_refused_with_a_sentence():
    claim, correction = a_correction()
    put(claim)
    put(correction)
    StatementLink.objects.all().delete()
    link(first(claim), "corrects", first(correction))
    before = size()

    with pytest.raises(Refused) as refusal:
        put(claim)

    assert refusal.value.sentences == [
        "Among what is live, statements would correct, retract or clarify one "
        "another in a circle. Publish the event whose link you removed first."
    ]
    assert size() == before

    put(correction)
    put(claim)

    assert standing(first(correction)) == "corrected"
    assert standing(first(claim)) == "stands"


def test_links_of_events_published_at_once_may_turn_round():
    claim, correction = a_correction()
    put(claim)
    put(correction)
    StatementLink.objects.all().delete()
    link(first(claim), "corrects", first(correction))

    list(publish_many([claim, correction], by=None, note="The other way round."))

    assert standing(first(correction)) == "corrected"
    assert list(verify_record()) == []


def test_a_statement_that_is_live_in_one_event_is_not_published_in_another():
    home, other = an_event("Home", statements=2), an_event("Other")
    put(home)
    put(other)
    moved = first(home)
    moved.event = other
    moved.save()

    with pytest.raises(Refused) as refusal:
        put(other)

    assert "“Home”" in refusal.value.sentences[0]

    list(publish_many([home, other], by=None, note="Moved."))

    assert moved.public_id in live(other).said
    assert moved.public_id not in live(home).said


def test_a_statement_moved_in_one_act_is_where_a_rebuild_finds_it():
    one, other, claim = an_event("One", statements=2), an_event(), an_event("Claim")
    moved = one.statements.last()
    link(moved, "corrects", first(claim))
    for event in (one, other, claim):
        put(event)
    moved.event = other
    moved.save()

    (act,) = publish_many(
        Event.objects.filter(pk__in=[other.pk, one.pk]).order_by("-pk"),
        by=None,
        note="It belongs there.",
    )

    assert [row.event_id for row in act[:2]] == [other.public_id, one.public_id]
    assert list(verify_derived()) == []
    assert live(claim).statements[0]["linked_by"] == [
        {
            "kind": "corrects",
            "statement": moved.public_id,
            "event": other.public_id,
        }
    ]


def test_a_link_of_a_statement_without_a_source_stays_on_the_desk():
    one, other, claim = an_event("One"), an_event("Other"), an_event("Claim")
    moved = a_statement(one, "Not found anywhere yet.")
    link(moved, "corrects", first(claim))
    for event in (one, other, claim):
        put(event)
    assert not DeclaredLink.objects.exists()
    moved.event = other
    moved.save()
    a_citation(moved, a_source())

    put(other)

    assert len(live(claim).statements[0]["linked_by"]) == 1
    assert len(live(other).said[moved.public_id]["links"]) == 1
    assert put(one) is None
