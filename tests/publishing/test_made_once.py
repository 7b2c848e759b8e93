"""What several documents hold is looked at, and made, once; and comes out the same."""

import gc
import json

import pytest
from django.core.management import call_command

from timeline.models import Actor, Citation, Source, Statement
from timeline.models.record import CurrentBody, Revision
from timeline.publishing.read import facts
from timeline.publishing.read.canonical import spoken
from timeline.publishing.read.rendering import SINGLE, addressed
from timeline.publishing.write import publish, verify_derived

from .desk import a_source, a_statement, an_event

SITE = "https://timeline.example"


def objects(value):
    """Every object anywhere in a value."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from objects(item)


@pytest.mark.django_db
def test_what_is_single_holds_no_other_in_any_document():
    call_command("loaddata", "openai_nato", verbosity=0)
    texts = [*Revision.objects.values_list("document", flat=True)]
    texts += CurrentBody.objects.values_list("body", flat=True)

    found = {
        key
        for text in texts
        for one in objects(json.loads(text))
        for key, item in one.items()
        if isinstance(item, dict | list)
    }

    assert len(found) > 10
    assert found & SINGLE == set()
    assert list(verify_derived()) == []


def test_what_is_in_order_already_and_holds_nothing_else_is_not_copied():
    date = {"edtf": "2026", "display": "2026", "words": None, "anchor": None}

    assert addressed({"date": date}, site=SITE, page="")["date"] is date


def test_what_has_an_address_within_is_made_anew():
    anchor = {"id": "src_1", "slug": "wire", "title": "Wire", "label": None}
    date = {"edtf": "2026", "display": "2026", "words": None, "anchor": anchor}

    made = addressed({"date": date}, site=SITE, page="")["date"]

    assert made["anchor"]["url"] == f"{SITE}/api/v1/sources/wire/"
    assert "url" not in anchor


@pytest.mark.django_db
def test_what_a_statement_rests_on_is_found_once(monkeypatch):
    """As its trails are walked; what derives from its document has it at hand."""
    event = an_event(statements=1, source=a_source("Wire"))
    a_statement(event, "It was said again.", source=a_source("Gazette"))
    monkeypatch.setattr(facts, "supports", None)

    publish(event, by=None, version=event.version)

    monkeypatch.undo()
    assert list(verify_derived()) == []


@pytest.mark.django_db
def test_what_was_read_goes_as_soon_as_nobody_holds_it():
    """Nothing of it goes in circles: in bulk those would be looked for."""
    event = an_event(statements=2, source=a_source("Wire"))
    kinds = (Actor, Citation, Source, Statement)

    def read():
        return [one for one in gc.get_objects() if isinstance(one, kinds)]

    gc.collect()
    gc.disable()
    try:
        others = {id(one) for one in read()}
        publish(event, by=None, version=event.version)
        left = [one for one in read() if id(one) not in others]
    finally:
        gc.enable()

    assert left == []


def test_a_thing_that_is_no_text_is_found_in_every_value_that_holds_it():
    seen, thing = {}, {"slug": "wire", "weight": 1.5}

    for _time in range(2):
        with pytest.raises(TypeError):
            spoken({"source": thing}, seen)


def test_what_several_values_hold_is_looked_at_once():
    seen, thing = {}, {"slug": "wire"}

    said = [spoken({"id": number, "source": thing}, seen)[0] for number in (1, 2)]

    assert said == [
        '{"id":1,"source":{"slug":"wire"}}',
        '{"id":2,"source":{"slug":"wire"}}',
    ]
    assert list(seen.values()) == [thing]
