"""Commands that serve no pages do not load them."""

import os
import subprocess
import sys

import pytest
from django.core.checks import Tags
from django.core.management import load_command_class

from timeline import checks
from timeline.management.quick import Quick

QUICK = (
    *("export_story", "import_story", "loaddata", "publish", "publish_due"),
    *("rebuild_timeline", "story_schema", "verify_record"),
)
SCRIPT = """
import sys, django
from django.core.management import load_command_class
django.setup()
for name in sys.argv[1:]:
    command = load_command_class("timeline", name)
    command.check(tags=list(command.requires_system_checks))
pages = ("timeline.admin", "timeline.api", "timeline.web", "rest_framework.fields")
print(*sorted(name for name in sys.modules if name.startswith(pages)))
"""


def python(*command, **environment):
    return subprocess.run(
        [sys.executable, *command],
        env=os.environ | {"DEBUG": "1"} | environment,
        capture_output=True,
        text=True,
    )


def test_no_page_is_loaded_by_them():
    done = python(*("-c", SCRIPT, *QUICK), DJANGO_SETTINGS_MODULE="config.settings")
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("name", QUICK)
def test_they_check_the_configuration_all_the_same(name):
    command = load_command_class("timeline", name)
    assert isinstance(command, Quick)
    assert command.requires_system_checks == (checks.TAG, Tags.models)


def test_what_is_wrong_with_the_configuration_is_told():
    done = python("manage.py", "story_schema", DEBUG="", SECRET_KEY="")
    assert done.returncode == 1
    assert "SECRET_KEY is not set" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("import_story", "fixtures/openai_nato.json"),
        ("loaddata", "fixtures/openai_nato.json"),
        ("export_story", "--all"),
        ("publish", "--ready"),
        ("verify_record",),
    ],
    ids=lambda command: command[0],
)
def test_where_the_database_is_empty_it_is_said_what_to_do(command, tmp_path):
    done = python(
        *("manage.py", *command), DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3"
    )
    assert done.returncode == 1
    assert "run “manage.py migrate”, and then this again" in done.stderr
    assert "Traceback" not in done.stderr


BROKEN = """
from timeline.admin.stories import StoryAdmin
StoryAdmin.list_filter = ("nope",)
import sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "check", *sys.argv[1:]])
"""


@pytest.mark.parametrize("only", [(), ("--tag", "admin")])
def test_the_pages_of_the_desk_are_checked(only):
    begun = "import django; django.setup()\n"
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = python("-c", begun + BROKEN, *only, **settings)
    assert "admin.E116" in done.stderr

    sound = python("manage.py", "check", *only)
    assert sound.returncode == 0, sound.stderr
