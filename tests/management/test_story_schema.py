"""The JSON Schema of a story's file: what it lets through, and what it marks."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from tests.factories import (
    ActorIdentifierFactory,
    ActorNameFactory,
    AffiliationFactory,
    EventTopicFactory,
    ParticipationFactory,
    RelatedEventFactory,
    SourceBylineFactory,
    SourceLinkFactory,
    SourceSnapshotFactory,
    StatementFactory,
    StatementLinkFactory,
    ready_event,
)
from tests.management.faulty import CASES, DESK
from timeline.transfer.exporting import Export
from timeline.transfer.schema import schema
from timeline.transfer.shapes import SHAPES

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "story.schema.json"
FIXTURE = ROOT / "fixtures" / "openai_nato.json"
MARKED = {name: case for name, case in CASES.items() if case.by_schema}


@pytest.fixture(scope="module")
def validator():
    found = schema()
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def test_the_file_beside_the_documents_is_what_the_models_say():
    out = io.StringIO()
    call_command("story_schema", stdout=out)

    assert COMMITTED.read_text(encoding="utf-8") == out.getvalue(), (
        "The models have changed; write it anew with "
        "“.venv/bin/python manage.py story_schema > docs/story.schema.json”."
    )


def test_the_first_story_and_a_story_without_ids_are_let_through(validator):
    assert list(validator.iter_errors(json.loads(FIXTURE.read_text()))) == []
    assert list(validator.iter_errors(DESK)) == []


@pytest.mark.django_db
def test_whatever_is_exported_is_let_through(validator):
    event = ready_event()
    for one in (
        *(ActorNameFactory, ActorIdentifierFactory, AffiliationFactory),
        *(EventTopicFactory, ParticipationFactory, RelatedEventFactory),
        *(SourceBylineFactory, SourceLinkFactory, SourceSnapshotFactory),
        StatementLinkFactory,
    ):
        one()
    StatementFactory(event=event, unnamed=True)
    export = Export(None)
    export.gathered.gather()
    objects = list(export.objects())

    assert {one["model"] for one in objects} == {shape.label for shape in SHAPES}
    assert list(validator.iter_errors(objects)) == []


@pytest.mark.parametrize("case", MARKED.values(), ids=MARKED)
def test_what_a_schema_can_say_is_marked(case, validator):
    (content,) = case.files().values()

    assert not validator.is_valid(json.loads(content))


def test_every_field_is_called_as_on_the_desk():
    named = schema()["$defs"]["event"]["properties"]["fields"]["properties"]

    assert named["date_words"]["title"] == "When, in the report's words"
    assert named["date_words"]["description"] == "As in “late last week”."
    assert named["status"]["enum"] == ["planned", "happened", "cancelled", "postponed"]
    assert "happened: happened or happening" in named["status"]["description"]
