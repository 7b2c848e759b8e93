"""The habits of the house that a machine can check."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
MODULES = [
    path
    for folder in ("timeline", "config", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]

# Written in pieces, so that this file does not hold what it looks for.
STRAYS = {
    "a path of one machine": r"(?<![\w.])/(wo" r"rk|ro" r"ot)/\w",
    "a folder outside the project": r"\bsha" r"red/(design|articles)",
    "a registry's host": r"(py" r"pi|python" r"hosted|npm" r"js|deb\.deb" r"ian)\.org",
    "a mark of a conflict": r"^(<<<<<<< |>>>>>>> )",
}


def project_files():
    """Every file that is, or is about to be, part of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: which files belong to it is not known")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def text_of(path):
    """The text of a file; nothing where it is gone or not text."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError):
        return ""


def test_every_module_opens_with_a_sentence():
    silent = []

    for path in MODULES:
        text = path.read_text()
        opening = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
        if text.strip() and not opening.endswith((".", ":")):
            silent.append(str(path.relative_to(ROOT)))

    assert silent == []


def test_every_model_says_what_one_row_is():
    silent = [
        model.__name__
        for model in apps.get_app_config("timeline").get_models()
        if model.__doc__.startswith(f"{model.__name__}(")
    ]

    assert silent == []


@pytest.mark.parametrize("kind", STRAYS)
def test_no_file_names_what_is_not_part_of_the_project(kind):
    pattern = re.compile(STRAYS[kind], re.MULTILINE)

    found = [
        str(path.relative_to(ROOT))
        for path in project_files()
        if pattern.search(text_of(path))
    ]

    assert found == []


def test_every_pin_is_exact_and_says_why_it_is_there():
    reason = ""

    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if line.startswith("#") or not line:
            reason = line.strip("# ")
            continue

        assert "==" in line
        assert reason, f"{line} is there without a reason"
