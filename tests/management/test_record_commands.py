"""The commands of the record say what they found, and exit with it."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ready_event
from timeline.models.record import CurrentBody, Revision
from timeline.publishing.write import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    """A record of two events; its head, as verify_record prints it."""
    for title in ("The talks", "The strike"):
        event = ready_event(title=title)
        publish(event, by=None, version=event.version)
    last = Revision.objects.order_by("sequence").last()
    return f"{last.sequence}-{last.digest}"


def said(capsys, name, **options):
    call_command(name, **options)
    return capsys.readouterr().out.strip()


def test_a_whole_record_is_said_to_be_with_its_head(record, capsys):
    assert said(capsys, "verify_record") == (
        f"The record is whole: 2 row(s), head {record}"
    )
    assert said(capsys, "verify_record", head=record, derived=True).endswith(record)


def test_a_changed_row_is_named_and_the_command_fails(record, capsys):
    Revision.objects.filter(pk=1).update(note="Another")

    with pytest.raises(CommandError, match="1 fault"):
        call_command("verify_record")

    assert "Row 1 (" in capsys.readouterr().err


def test_a_cut_tail_is_found_by_a_head_noted_elsewhere(record, capsys):
    Revision.objects.filter(pk=2).delete()
    call_command("rebuild_timeline")

    call_command("verify_record")
    with pytest.raises(CommandError):
        call_command("verify_record", head=record)

    assert f"noted head: {record.replace('-', ' ')}" in capsys.readouterr().err


@pytest.mark.parametrize("head", ["2", "x-y", "2-abc"])
def test_a_head_that_is_none_is_refused(record, head):
    with pytest.raises(CommandError, match="as verify_record prints it"):
        call_command("verify_record", head=head)


def test_a_changed_table_is_found_against_a_rebuild_and_mended_by_one(record, capsys):
    CurrentBody.objects.update(body="{}")

    with pytest.raises(CommandError):
        call_command("verify_record")
    assert said(capsys, "rebuild_timeline").startswith("Read 2 revision(s)")
    assert said(capsys, "verify_record", derived=True).endswith(record)


def test_a_rebuild_if_needed_leaves_what_is_up_to_date(record, capsys, settings):
    option = {"if_needed": True}
    assert said(capsys, "rebuild_timeline", **option) == "The timeline is up to date."

    settings.SITE_URL = "https://elsewhere.example"

    assert said(capsys, "rebuild_timeline", **option).startswith("Read 2 revision(s)")
    assert "https://elsewhere.example/events/" in CurrentBody.objects.first().body
