"""The page of the record: where it stands, and commands that do what they say."""

import runpy
import subprocess
import sys

import pytest

from tests.publishing.desk import an_event, put
from timeline.publishing.read import head


def test_an_empty_record_says_so(page):
    found = page("/record/")

    assert "The public record is empty." in found.main
    assert "Acts" not in found.texts("dt")


def test_it_says_where_the_record_stands(page):
    put(an_event())

    found = page("/record/")

    assert {"1", head().digest} <= set(found.texts("dd"))
    assert found.links["Where the record stands, as data (JSON)"] == "/api/v1/record/"
    assert found.links["Every act, as data (JSON)"] == "/api/v1/changes/"


def test_every_page_leads_to_it(page):
    put(an_event())

    foot = page("/").one("footer", cls="imprint")

    assert "Check it:" in foot.text
    assert page("/").links["The record"] == "/record/"


def test_the_script_is_the_documented_one(get, tmp_path):
    answer = get("/record/check_record.py")
    file = tmp_path / "check_record.py"
    file.write_bytes(answer.content)

    script = runpy.run_path(str(file))

    assert answer["Content-Disposition"] == 'attachment; filename="check_record.py"'
    assert callable(script["main"])


@pytest.mark.django_db(transaction=True)
def test_the_commands_of_the_page_check_the_record(
    page, get, live_server, settings, tmp_path
):
    settings.SITE_URL = live_server.url
    put(an_event())
    (tmp_path / "check_record.py").write_bytes(get("/record/check_record.py").content)
    commands = [text for text in page("/record/").texts("code") if "python3" in text]

    told = [run(command, tmp_path) for command in commands]

    assert told == [["Whole: 1 rows.", f"1-{head().digest}"]] * 2


def run(command, folder):
    """What a command of the page says in this folder."""
    words = [sys.executable, *command.split()[1:]]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()
