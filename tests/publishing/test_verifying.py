"""Whoever changes, removes or cuts anything in the record is found out."""

import json

import pytest
from django.db.models import F

from timeline.models import EventStory
from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentStatement,
    Rendering,
    Revision,
    RevisionKind,
)
from timeline.publishing.read.canonical import content_digest, row_digest
from timeline.publishing.write import rebuild, verify_derived, verify_record
from timeline.publishing.write.log import chained
from timeline.publishing.write.rebuilding import DERIVED

from .desk import a_story, an_event, edit, first, link, put, record_of, take_away

pytestmark = pytest.mark.django_db

# 1 the claim, 2 the correction, 3 what follows from it, 4 a withdrawal, 5 what follows.
ROWS = range(1, 6)
FIELDS = [
    field.name for field in Revision._meta.get_fields() if field.name != "sequence"
]


@pytest.fixture
def record():
    claim, correction = an_event("The claim"), an_event("The correction")
    story = a_story()
    for event in (claim, correction):
        EventStory.objects.create(event=event, story=story)
        edit(first(event), said="2026-03")
    link(first(correction), "corrects", first(claim))
    put(claim)
    put(correction)
    take_away(correction, successor=claim)
    return claim, correction


def faults(**head):
    return list(verify_record(**head))


def another(value):
    """The same value with one character changed, or one more where it is empty."""
    if value is None:
        return "x"
    if isinstance(value, int):
        return value + 1
    if not value:
        return "x"
    middle = len(value) // 2
    swapped = "a" if value[middle] != "a" else "b"
    return f"{value[:middle]}{swapped}{value[middle + 1 :]}"


def test_a_record_that_nobody_touched_has_no_fault(record):
    assert [row.kind for row in Revision.objects.order_by("sequence")] == [
        "publication",
        "publication",
        "update",
        "withdrawal",
        "update",
    ]
    assert faults() == []


def test_an_empty_record_has_no_fault():
    assert faults() == []


def test_verifying_only_reads(record):
    Rendering.objects.all().delete()

    assert faults() == []
    assert not Rendering.objects.exists()


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("sequence", ROWS)
def test_one_changed_character_is_found(record, sequence, field):
    row = Revision.objects.get(pk=sequence)
    value = getattr(row, field)
    if field == "number":  # another number of the same event is taken
        value += 10

    Revision.objects.filter(pk=sequence).update(**{field: another(value)})

    assert faults() != []


@pytest.mark.parametrize("field", ["caused_by", "successor", "salt", "document"])
@pytest.mark.parametrize("sequence", ROWS)
def test_what_is_emptied_or_removed_is_found(record, sequence, field):
    before = getattr(Revision.objects.get(pk=sequence), field)
    changes = [value for value in (None, "") if value != before]

    for value in changes:
        Revision.objects.filter(pk=sequence).update(**{field: value})

        assert faults() != [], value


@pytest.mark.parametrize("sequence", ROWS)
def test_text_and_salt_removed_together_are_missed(record, sequence):
    Revision.objects.filter(pk=sequence).update(document=None, salt=None, note="?")

    assert any("no suppression says so" in sentence for sentence in faults())


@pytest.mark.parametrize("space", [" ", "\n"])
def test_even_a_space_in_a_cause_is_found(record, space):
    row = Revision.objects.get(pk=3)

    Revision.objects.filter(pk=3).update(caused_by=row.caused_by + space)

    assert faults() != []


def test_what_is_not_json_is_found_without_a_crash(record):
    Revision.objects.update(caused_by="{", suppresses="[", document="{")

    assert len(faults()) >= len(ROWS)


def test_a_changed_text_with_its_digest_made_anew_breaks_the_chain(record):
    row = Revision.objects.get(pk=1)
    row.document = row.document.replace("The claim", "The truth")
    row.content = content_digest(row.salt, row.document)
    row.digest = row_digest(chained(row))
    row.save()

    assert "does not follow the row before it" in faults()[0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": 9}, "should be number 3 of its event"),
        ({"published_at": "2000-01-01T00:00:00.000000Z"}, "is dated before"),
        ({"note": "Another."}, "its note or name differs from its document"),
        ({"slug": "another"}, "its note or name differs from its document"),
        ({"event_id": "evt_other"}, "its note or name differs from its document"),
        ({"suppresses": "[1]"}, "its note or name differs from its document"),
        ({"caused_by": None}, "its note or name differs from its document"),
    ],
)
def test_a_last_row_with_a_digest_made_anew_still_has_to_agree(
    record, changes, sentence
):
    row = Revision.objects.get(pk=5)
    for name, value in changes.items():
        setattr(row, name, value)
    row.digest = row_digest(chained(row))
    row.save()

    assert any(sentence in fault for fault in faults())


def test_a_text_that_is_not_canonical_is_found_though_every_digest_fits(record):
    row = Revision.objects.get(pk=5)
    row.document = json.dumps(json.loads(row.document))
    row.content = content_digest(row.salt, row.document)
    row.digest = row_digest(chained(row))
    row.save()

    assert any("is not canonical JSON" in fault for fault in faults())


def test_a_record_written_anew_from_a_row_on_is_found_with_a_noted_head(record):
    head = Revision.objects.get(pk=5)
    noted = {"sequence": head.sequence, "digest": head.digest}
    row = Revision.objects.get(pk=5)
    row.published_at = f"9{row.published_at[1:]}"
    row.digest = row_digest(chained(row))
    row.save()
    rebuild()

    assert faults() == []
    assert faults(**noted) == [
        f"The record does not hold the noted head: 5 {head.digest}."
    ]


@pytest.mark.parametrize(
    ("sequence", "sentence"),
    [
        (1, "Row 1 is missing before 2."),
        (3, "Row 3 is missing before 4."),
    ],
)
def test_a_missing_row_is_found(record, sequence, sentence):
    Revision.objects.filter(pk=sequence).delete()

    assert faults()[0] == sentence


def test_several_missing_rows_are_named_together(record):
    Revision.objects.filter(pk__in=[2, 3]).delete()

    assert faults()[0] == "Rows 2 to 3 are missing before 4."


def test_rows_that_close_up_a_gap_are_found(record):
    Revision.objects.filter(pk=3).delete()
    for sequence in (4, 5):
        Revision.objects.filter(pk=sequence).update(sequence=F("sequence") - 1)

    assert any("does not follow" in sentence for sentence in faults())


def test_a_cut_tail_is_found_only_with_a_noted_head(record):
    head = Revision.objects.get(pk=5)
    Revision.objects.filter(pk__gte=4).delete()
    rebuild()

    assert faults() == []
    assert faults(sequence=5, digest=head.digest) == [
        f"The record does not hold the noted head: 5 {head.digest}."
    ]


def test_a_noted_head_still_holds_when_the_record_has_grown(record):
    noted = Revision.objects.get(pk=2)

    assert faults(sequence=2, digest=noted.digest) == []


def test_rows_put_in_another_order_are_found(record):
    one, other = Revision.objects.get(pk=4), Revision.objects.get(pk=5)
    Revision.objects.filter(pk__in=[4, 5]).delete()
    one.sequence, other.sequence = 5, 4
    Revision.objects.bulk_create([one, other])

    assert faults() != []


@pytest.mark.parametrize(
    "table", [CurrentBody, CurrentEntry, CurrentFact, CurrentStatement]
)
def test_a_missing_row_of_what_readers_see_is_found(record, table):
    table.objects.all().delete()

    assert faults() != []


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        (CurrentBody, {"body": "{}"}),
        (CurrentBody, {"sequence": 1}),
        (CurrentEntry, {"sequence": 1}),
        (CurrentEntry, {"earliest": 0}),
        (CurrentEntry, {"latest": 0}),
        (CurrentEntry, {"sort_key": 1}),
        (CurrentFact, {"thing": "act_0"}),
        (CurrentStatement, {"slug": "another"}),
        (CurrentStatement, {"position": 2}),
    ],
)
def test_a_change_to_what_readers_see_is_found(record, table, changes):
    row = table.objects.first()

    table.objects.filter(pk=row.pk).update(**changes)

    assert faults() != []


def test_an_event_shown_although_withdrawn_is_found(record):
    claim, correction = record
    CurrentEntry.objects.create(
        sort_key=1, sequence=2, asserted=2, event_id=correction.public_id
    )

    assert faults() == [
        f"Event {correction.public_id} is shown although it is gone: "
        "run rebuild_timeline."
    ]


def test_an_event_shown_without_a_record_is_found(record):
    CurrentEntry.objects.create(sort_key=1, sequence=99, asserted=99, event_id="evt_x")

    assert faults() == [
        "Event evt_x is shown but was never published: run rebuild_timeline."
    ]


def test_a_change_that_a_rebuild_mends_is_no_fault_after_it(record):
    CurrentBody.objects.update(body="{}")

    rebuild()

    assert faults() == []


def test_a_suppressed_text_leaves_a_record_that_still_verifies(record):
    claim, _correction = record
    last = Revision.objects.get(pk=5)
    put_suppression(last, of=[1])

    Revision.objects.filter(pk=1).update(document=None, salt=None)

    assert [fault for fault in faults() if "Event" not in fault] == []
    assert [row.document is None for row in record_of(claim)][:1] == [True]


def put_suppression(last, *, of):
    """Append by hand what a suppression will append."""
    words = {"slug": last.slug, "note": "", "caused_by": None, "suppresses": of}
    text = json.dumps(words, sort_keys=True, separators=(",", ":"))
    row = Revision(
        sequence=last.sequence + 1,
        event_id=last.event_id,
        number=last.number + 1,
        slug=last.slug,
        kind=RevisionKind.SUPPRESSION,
        suppresses=json.dumps(of),
        published_at=last.published_at,
        previous=last.digest,
        salt="0" * 32,
        content=content_digest("0" * 32, text),
    )
    row.digest = row_digest(chained(row))
    row.save()


@pytest.mark.parametrize(
    "model", [model for model in DERIVED if model is not Rendering]
)
def test_a_changed_table_differs_from_what_the_record_makes_of_it(record, model):
    assert list(verify_derived()) == []
    before = list(model.objects.values())
    row = model.objects.order_by("pk").first()

    row.delete()

    assert list(verify_derived()) == [
        f"The table {model._meta.db_table} is not what the record makes of it: "
        "run rebuild_timeline."
    ]
    assert len(list(model.objects.values())) == len(before) - 1  # it was undone


def test_entries_made_for_another_address_are_no_fault(record, settings):
    settings.SITE_URL = "https://elsewhere.example"

    assert faults() == []
    assert list(verify_derived()) == []
