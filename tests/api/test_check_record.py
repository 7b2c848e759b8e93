"""The script that anyone can check the record with finds whatever was changed."""

import copy
import json
import runpy
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import StatementLinkFactory, ready_event
from tests.publishing.desk import destroy_text, keep_back
from timeline.models.record import Revision

from .telling import body, edited, put, taken_away, told

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "check_record.py"
SIZE = 2
script = runpy.run_path(str(SCRIPT))


def check(url, *noted):
    """The script's exit status and what it says, run as a reader would."""
    done = subprocess.run(
        [sys.executable, SCRIPT, url, *noted],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONUTF8": "1"},
    )
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()


@contextmanager
def serving(rows):
    """Somebody's copy of `changes/`, with whatever was done to it."""

    class Copy(BaseHTTPRequestHandler):
        def do_GET(self):
            query = parse_qs(urlsplit(self.path).query)
            start = int(query.get("from", ["0"])[0])
            there = f"{url}changes/?from={min(start + SIZE, len(rows))}"
            page = {"next": there, "results": rows[start : start + SIZE]}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(page).encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Copy)
    url = f"http://127.0.0.1:{server.server_port}/api/v1/"
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def publish_several():
    """A publication, a correction with what follows from it, and a withdrawal."""
    claim, correction = told("claim", title="Très grave: “x” & y"), ready_event()
    StatementLinkFactory(
        statement=correction.statements.get(), target=claim.statements.get()
    )
    put(correction)
    edited(claim, title="Another title", note="It was misspelt.")
    taken_away(correction)


@pytest.fixture
def rows(db):
    publish_several()
    return body("changes/")["results"]


@pytest.mark.django_db(transaction=True)
def test_a_whole_record_is_found_whole(live_server, settings):
    settings.SITE_URL = live_server.url
    publish_several()
    last = Revision.objects.first()
    head = f"{last.sequence}-{last.digest}"

    assert check(f"{live_server.url}/api/v1/") == (
        0,
        [f"Whole: {last.sequence} rows.", head],
    )
    assert check(f"{live_server.url}/api/v1", head)[0] == 0
    assert check(f"{live_server.url}/api/v1/", f"1-{'0' * 64}")[0] == 1


def test_a_copy_is_found_whole(rows):
    with serving(rows) as url:
        assert check(url)[0] == 0


def test_every_kind_of_row_is_among_those_tried(rows):
    assert {row["kind"] for row in rows} == {"publication", "update", "withdrawal"}
    assert any(row["caused_by"] for row in rows)
    assert any(row["document"] is None for row in rows)


def other(value):
    """The same value with one character changed, or the nearest thing to it."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case None | "":
            return "x"
        case str():
            return value[:-1] + ("a" if value[-1] != "a" else "b")
        case list():
            return [*value, 1]
        case dict():
            key = sorted(value)[0]
            return {**value, key: other(value[key])}


def test_a_change_of_any_one_member_is_found_where_it_is(rows, capsys):
    missed = []

    for place, row in enumerate(rows):
        for key in row:
            copied = copy.deepcopy(rows)
            copied[place][key] = other(row[key])
            with serving(copied) as url:
                wrong = script["main"](url)
            where = f"Row {copied[place]['sequence']} "
            if not wrong or not capsys.readouterr().out.startswith(where):
                missed.append((row["sequence"], key))

    assert missed == []


def leaves(value, path=()):
    """The paths of all that is not a container, and of empty containers."""
    if isinstance(value, dict) and value:
        for key in value:
            yield from leaves(value[key], (*path, key))
    elif isinstance(value, list) and value:
        for place, item in enumerate(value):
            yield from leaves(item, (*path, place))
    else:
        yield path


def test_a_change_of_anything_in_a_document_is_found_in_one_pass(rows):
    paths = list(leaves(rows[0]["document"]))
    tampered = []
    for path in paths:
        row = copy.deepcopy(rows[0])
        holder = row["document"]
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = other(holder[path[-1]])
        tampered.append(row)

    with serving(tampered) as url:
        status, said = check(url)

    assert status == 1
    assert len(paths) > 100
    found = faults_in(tampered)
    assert found == len(paths)
    assert said


def faults_in(rows):
    """Of how many rows the script says that their text is another."""
    return sum(
        script["fault"](row, row["previous"], row["sequence"], 1)
        == "has another text than was published"
        for row in rows
    )


def test_a_missing_row_is_found(rows):
    for place in range(len(rows) - 1):
        with serving(rows[:place] + rows[place + 1 :]) as url:
            status, said = check(url)

        assert status == 1
        assert said[0] == f"Row {place + 2} does not follow row {place}."


def test_a_cut_tail_is_found_by_a_noted_head(rows):
    last = rows[-1]
    noted = f"{last['sequence']}-{last['digest'][:16]}"

    with serving(rows[:-1]) as url:
        assert check(url)[0] == 0
        status, said = check(url, noted)

    assert status == 1
    assert said[0] == f"The noted head {noted} is not in this record."


def test_rows_in_another_order_or_twice_are_found(rows):
    for wrong in (rows[::-1], rows[:2] + rows[1:]):
        with serving(wrong) as url:
            assert check(url)[0] == 1


def test_a_text_that_is_lost_without_a_suppression_is_found(rows):
    rows[0] |= {"salt": None, "document": None, "suppressed": True}

    with serving(rows) as url:
        status, said = check(url)

    assert status == 1
    assert said[0] == "Row 1 lost its text without a word."


def test_what_is_suppressed_or_on_hold_still_chains(rows):
    suppressed, held = told("suppressed"), told("on-hold")
    edited(suppressed, title="Another title")
    destroy_text(suppressed, 1)
    keep_back(held)

    now = body("changes/")["results"]

    assert {(row["suppressed"], row["held"]) for row in now} == {
        *((False, False), (True, False), (False, True)),
    }
    with serving(now) as url:
        assert check(url)[0] == 0


def test_a_row_that_does_not_say_why_it_has_no_text_is_found(rows):
    held = told("on-hold")
    keep_back(held)
    now = body("changes/")["results"]
    row = next(row for row in now if row["held"])

    row["held"] = False

    with serving(now) as url:
        status, said = check(url)
    assert status == 1
    assert "says wrongly whether it was suppressed or is on hold" in said[0]
