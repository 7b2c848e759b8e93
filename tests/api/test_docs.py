"""The commands in the feed's documentation do what it says, and its tables are true."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.conftest import lacking
from timeline.api.caching import MAX_AGE
from timeline.api.formats import EVENT_COLUMNS, FORMATS, STATEMENT_COLUMNS
from timeline.api.problems import KINDS

from .telling import API, body, get

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "api.md").read_text()
HERE = "http://localhost:8000"
REFUSED = "page_size=0"
COMMANDS = re.findall(r"^(curl -s '?http[^|\s]*)$", TEXT, re.MULTILINE)
BLOCKS = re.findall(r"^```sh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
# These say the same as another list, or are found by following what was answered.
THE_SAME = f"{API}events/"
FOLLOWED = {"cursor"}


@pytest.fixture
def story(transactional_db):
    call_command("loaddata", "openai_nato", verbosity=0)


def test_every_command_works_as_it_stands(story):
    answers = {command: answer_to(command) for command in COMMANDS}

    assert len(answers) > 50
    for command, answer in answers.items():
        assert answer.status_code == (400 if REFUSED in command else 200), command


def test_every_list_that_is_asked_for_has_something_in_it(story):
    answers = {command: answer_to(command) for command in COMMANDS}

    for command, answer in answers.items():
        if answer["Content-Type"].startswith("application/json"):
            assert answer.json().get("results") != [], command


def answer_to(command):
    """The answer that a command gets."""
    curl, quiet, address = shlex.split(command)
    assert (curl, quiet) == ("curl", "-s")
    assert address.startswith(f"{HERE}{API}")
    answer = get(address.removeprefix(HERE))
    return answer


def test_every_parameter_of_every_list_has_a_command(db):
    shown = "\n".join(COMMANDS + BLOCKS)

    missing = [
        f"{path}: {parameter['name']}"
        for path, item in body("schema/")["paths"].items()
        for parameter in item["get"].get("parameters", [])
        if parameter["in"] == "query"
        and path != THE_SAME
        and parameter["name"] not in FOLLOWED
        and not re.search(rf"{path}\?(\S*&)?{parameter['name']}=", shown)
    ]

    assert missing == []


def test_every_block_of_commands_works_as_pasted(
    story, live_server, settings, tmp_path
):
    for program in ("curl", "jq"):
        if not shutil.which(program):
            lacking(f"{program} is not installed (Debian: {program})")
    settings.SITE_URL = live_server.url
    call_command("rebuild_timeline", verbosity=0)
    (tmp_path / "docs").symlink_to(ROOT / "docs")

    said = [run(block.replace(HERE, live_server.url), tmp_path) for block in BLOCKS]

    assert len(said) > 12
    assert all(said)
    (walk,) = (place for place, block in enumerate(BLOCKS) if "while" in block)
    assert len(set(said[walk].split())) == len(body("timeline/")["results"])
    assert any(text.splitlines()[-1] == "304" for text in said)


def run(block, folder):
    """What the commands of a block print; each has to end well."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, (block, done.stderr)
    assert "null\n" not in done.stdout
    return done.stdout


def recipe(language):
    """The first block of a language."""
    return re.search(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)[1]


@pytest.mark.parametrize("language", ["python", "r"])
def test_recipes_for_tables_name_columns_that_are_there(language):
    named = set(re.findall(r'"([a-z_]+)"', recipe(language)))
    named |= set(re.findall(r"\$([a-z_]+)", recipe(language)))

    assert len(named) > 2
    assert named - {column.name for column in STATEMENT_COLUMNS} <= {"stands"}


@pytest.mark.browser
def test_the_page_of_your_own_works_on_another_site(
    story, live_server, chromium, settings, tmp_path
):
    settings.SITE_URL = live_server.url
    call_command("rebuild_timeline", verbosity=0)
    page = tmp_path / "page.html"
    page.write_text(recipe("html").replace(HERE, live_server.url))
    entries = body("timeline/?story=openai-nato&order=date")["results"]
    chromium.get_log("browser")

    chromium.get(page.as_uri())
    chromium.set_script_timeout(20)
    shown = chromium.execute_async_script(
        "const done = arguments[0];"
        "const look = () => {"
        "  const items = [...document.querySelectorAll('li a')];"
        "  items.length ? done(items.map((a) => [a.textContent, a.href]))"
        "    : setTimeout(look, 50);"
        "};"
        "look();"
    )

    assert shown == [[entry["title"], entry["html_url"]] for entry in entries]
    assert len(recipe("html").splitlines()) <= 20
    fallen = chromium.find_element("xpath", "//s/..")
    assert fallen.text.endswith("(corrected)")
    assert chromium.get_log("browser") == []


def test_every_path_in_the_table_is_there(db):
    paths = re.findall(r"^\| (`.+?) \|", TEXT, re.MULTILINE)
    found = {path for row in paths for path in re.findall(r"`([a-z/]+/)`", row)}

    assert {path for path in found if get(path).status_code != 200} == set()
    assert {"timeline/", "statements/", "docs/"} <= found


@pytest.mark.parametrize("columns", [EVENT_COLUMNS, STATEMENT_COLUMNS])
def test_the_columns_are_those_of_the_format(columns):
    table = "\n".join(f"| `{one.name}` | {one.sentence} |" for one in columns)

    assert f"| column | holds |\n|---|---|\n{table}\n\n" in TEXT


def test_the_problems_are_those_of_the_code():
    rows = [
        f"| `{kind.name}` | {kind.status} | {kind.when} | {kind.more} |"
        for kind in KINDS.values()
    ]

    assert "\n".join(rows) in TEXT


def test_the_formats_are_those_of_the_code():
    rows = re.findall(r"^\| `(\w+)` \| `(\w+/[\w+]+)` \|", TEXT, re.MULTILINE)

    assert rows == [(one.name, one.media_type) for one in FORMATS.values()]


def test_half_a_minute_is_what_it_says():
    assert MAX_AGE == 30
    assert "for half a minute" in TEXT
