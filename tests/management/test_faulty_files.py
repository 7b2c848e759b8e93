"""Files that no import may take: all that is wrong is said, and nothing is written."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.api.world import undone
from tests.management.faulty import CASES, DESK, Case, event, packed, report
from timeline.models import Actor
from timeline.models.record import Revision
from timeline.transfer.files import LONGEST
from timeline.transfer.shapes import MODELS

pytestmark = pytest.mark.django_db

OF_FIELDS = {name: case for name, case in CASES.items() if case.fields}


@pytest.fixture(scope="module")
def _desk(django_db_setup, django_db_blocker, tmp_path_factory):
    """The desk that all of these files meet; as none is taken, it serves them all."""
    path = tmp_path_factory.mktemp("desk") / "desk.json"
    path.write_bytes(packed(DESK))
    with django_db_blocker.unblock(), undone():
        call_command("import_story", str(path), verbosity=0)
        kept = Actor.objects.get(slug="mayor")
        Actor.objects.filter(slug="mayoress").update(merged_into=kept)
        yield


@pytest.fixture
def refused(_desk, tmp_path):
    """Offer the files of a case to a command: every line that it says.

    Nothing may be written by it.
    """

    def refused(case, command="import_story", **options):
        paths = []
        for name, content in case.files().items():
            paths.append(tmp_path / name)
            paths[-1].write_bytes(content)
        before, err = written(), io.StringIO()
        with pytest.raises(CommandError) as caught:
            out = io.StringIO()
            call_command(command, *map(str, paths), stdout=out, stderr=err, **options)
        assert written() == before
        assert caught.value.returncode == 1
        return [*err.getvalue().splitlines(), str(caught.value)]

    return refused


def written():
    """Every row of the desk, and how many the record and the history have."""
    rows = [list(model.objects.order_by("pk").values()) for model in MODELS]
    histories = [model.history.model.objects.count() for model in MODELS]
    return rows, histories, Revision.objects.count()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_faulty_file_is_refused_with_all_that_is_wrong(case, refused):
    *told, last = refused(case)

    assert tuple(told) == case.told
    assert last.startswith(f"Nothing was imported: {len(case.told)} fault")


@pytest.mark.parametrize("case", OF_FIELDS.values(), ids=OF_FIELDS)
def test_what_the_checker_refuses_the_database_refuses_from_loaddata(case, refused):
    last = refused(case, "loaddata")[-1]

    assert last.startswith("Nothing was loaded.")


def test_of_more_than_a_thousand_faults_the_first_thousand_are_told(refused):
    objects = [event(slug=f"e-{number}", title="") for number in range(2500)]
    objects[2100]["fields"] |= {"title": "A title", "date_anchor": ["nowhere"]}

    *told, more, last = refused(Case(objects))

    assert len(told) == 1000
    assert told[999].startswith("story.json, object 1000, timeline.event e-999, title")
    assert more == "And 1,500 more."
    assert last == "Nothing was imported: 2,500 fault(s)."


class Endless(io.RawIOBase):
    """A stream of so many bytes, which nobody has to hold; it tells what was read."""

    def __init__(self, begins: bytes, count: int):
        self.begins, self.left, self.given = begins, count, 0

    def readable(self):
        return True

    def read1(self, most):
        part, self.begins = self.begins, b""
        part = part or b"x" * min(most, self.left)
        self.left -= len(part)
        self.given += len(part)
        return part


def test_a_text_of_200_million_characters_is_refused_before_it_is_read(
    _desk, monkeypatch
):
    begins = packed([event()]).partition(b"The dam breaks")[0]
    stream = Endless(begins, 200_000_000)
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream}))
    before, err = written(), io.StringIO()

    with pytest.raises(CommandError):
        call_command("import_story", "-", stderr=err)

    assert err.getvalue() == (
        "standard input, line 1: object 1 is longer than 33554432 characters, or a "
        "quotation mark is missing in it: divide it, or add the mark.\n"
    )
    assert stream.given < 3 * LONGEST
    assert written() == before


def test_a_fault_in_a_long_file_is_told_where_it_is(refused):
    """And not that the file has no end, which is what a cut-off one looks like."""
    lines = [json.dumps(event(slug=f"e-{number}")) for number in range(9000)]
    lines[10] = lines[10].replace(":", "", 1)

    *told, _last = refused(Case("[\n" + ",\n".join(lines) + "\n]"))

    assert told == [
        "story.json, line 12: object 11 is not JSON: Expecting ':' delimiter."
    ]


def test_what_stands_before_the_place_where_a_file_breaks_off_is_checked_too(refused):
    text = json.dumps([event(title=""), report("new")]).encode()

    *told, _last = refused(Case(text[:-2] + b"\xff]"))

    assert told == [
        "story.json, object 1, timeline.event dam-breaks, title: Fill this in.",
        "story.json, line 1: this is not UTF-8 (byte 0xff): save it as UTF-8.",
    ]


def test_a_dry_run_finds_a_trail_that_comes_back(refused):
    case = CASES["a report that credits its own copy"]

    *told, _last = refused(case, dry_run=True)

    assert tuple(told) == case.told
