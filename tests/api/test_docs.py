"""The commands in the feed's documentation do what it says."""

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import call_command

from .telling import API, get

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
HERE = "http://localhost:8000"
REFUSED = "page_size=0"
COMMANDS = re.findall(r"^curl .*$", DOCS.read_text(), re.MULTILINE)


@pytest.mark.django_db(transaction=True)
def test_every_command_works_as_it_stands():
    call_command("loaddata", "openai_nato", verbosity=0)

    answers = {command: status_of(command) for command in COMMANDS}

    assert len(answers) > 8
    for command, (status, size) in answers.items():
        assert status == (400 if REFUSED in command else 200), command
        assert size > 200, command


def status_of(command):
    """The status that a command gets, and the length of what is sent."""
    curl, quiet, address = shlex.split(command)
    assert (curl, quiet) == ("curl", "-s")
    assert address.startswith(f"{HERE}{API}")
    answer = get(address.removeprefix(HERE))
    return answer.status_code, len(answer.content)


def test_every_path_in_the_table_is_there(db):
    paths = re.findall(r"^\| (`.+?) \|", DOCS.read_text(), re.MULTILINE)
    found = {path for row in paths for path in re.findall(r"`([a-z/]+/)`", row)}

    assert {path for path in found if get(path).status_code != 200} == set()
    assert "timeline/" in found
