"""A story that leaves PostgreSQL and comes to SQLite is what it was."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from benchmarks.interrupted import served
from tests.management.faulty import thing

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "fixtures" / "openai_nato.json"

# What a process of its own does on PostgreSQL with the first of three files: import it,
# write what is exported into the second, and what readers get into the third.
THERE = """
import json, sys
import benchmarks.ready
from benchmarks.interrupted import served
from django.core.management import call_command
from pathlib import Path
_, taken, exported, shown = sys.argv
call_command("migrate", verbosity=0)
call_command("import_story", taken, verbosity=0)
call_command("export_story", all=True, output=exported)
Path(shown).write_text(json.dumps(list(served())))
"""


def story():
    """The first story, with a held text, and times to the microsecond."""
    objects = json.loads(FIXTURE.read_text())
    source = next(one for one in objects if one["model"] == "timeline.source")
    slug = source["fields"]["slug"]
    return [
        *objects,
        thing(
            "sourcesnapshot",
            source=[slug],
            key="text",
            taken_at="2026-03-04T10:11:12.123456Z",
            text="Two lines,\n“quoted”, and 日本.",
        ),
        thing(
            "event", slug="draft", title="A draft", embargo_until="2030-01-01T00:00Z"
        ),
    ]


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_readers_get_the_same_bytes_of_a_story_from_postgresql(tmp_path, postgres_url):
    taken, exported, shown = (tmp_path / name for name in ("in", "out", "shown"))
    taken.with_suffix(".json").write_text(json.dumps(story()))
    cluster = postgres_url.rpartition("/")[0]
    subprocess.run(
        [sys.executable, "-c", THERE, f"{taken}.json", f"{exported}.json", shown],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"{cluster}/postgres"},
        check=True,
    )

    call_command("import_story", f"{exported}.json", verbosity=0)

    here = json.dumps(list(served()))
    assert len(json.loads(here)) == 12
    assert here == shown.read_text()
    again = io.StringIO()
    call_command("export_story", all=True, stdout=again)
    assert again.getvalue() == exported.with_suffix(".json").read_text()
