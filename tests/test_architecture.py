"""The rings hold: who may import whom, read from the source text, and no table of the
record is tied to one of the desk."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "timeline"

DESK = ("dates", "models", "provenance", "provenance.of_models")
VERBS = (*DESK, "editing", "publishing.read", "publishing.write", "ingest", "transfer")

# A package, and what it may import of `timeline` besides itself. A row with a dot is
# for that module and what is below it, and counts as a package of its own.
MAY_IMPORT = {
    "dates": (),
    "models": ("dates",),
    "provenance": ("dates",),
    "provenance.of_models": ("provenance", "models", "dates"),
    "editing": DESK,
    "publishing": (),
    "publishing.read": ("models.record", "provenance", "dates"),
    "publishing.write": ("publishing.read", "editing", *DESK),
    "ingest": ("editing", *DESK),
    "transfer": ("publishing.read", "publishing.write", "editing", *DESK),
    "styles": (),
    "drawing": ("styles",),
    "templatetags": ("drawing",),
    "api": ("publishing.read", "dates", "styles"),
    "web": ("publishing.read", "dates", "styles", "drawing"),
    "admin": (*VERBS, "web"),
    "management": (*VERBS, "admin", "api", "web", "checks"),
    "migrations": ("models", "dates"),
    "apps": ("checks",),
    "checks": ("dates", "publishing.read"),
}
# Only these files themselves: what is below has, or lacks, a row of its own.
FILES_ALONE = ("", "publishing")
WITHOUT_DJANGO = ("dates", "provenance")
PUBLIC = ("api", "web")
# By these names, public code could reach a table that it may not import.
WAYS_AROUND = {
    "get_model",
    "get_models",
    "ContentType",
    "import_module",
    "__import__",
    "connection",
    "connections",
}


@dataclass(frozen=True)
class Import:
    """One import: the module, the name taken from it, the line, inside a function?"""

    module: str
    name: str
    line: int
    late: bool


def module_name(path):
    """`timeline/dates/value.py` as `timeline.dates.value`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {module_name(path): path for path in sorted(APP.rglob("*.py"))}


def row_of(module):
    """The row that a module of `timeline` falls under, or None."""
    inner = module.removeprefix("timeline").removeprefix(".")
    if inner in FILES_ALONE:
        return inner
    parts = inner.split(".")
    names = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    rows = [name for name in names if name in MAY_IMPORT and name not in FILES_ALONE]
    return rows[0] if rows else None


def imports_of(tree, module, *, is_package):
    """Every import in the text, with relative ones written out."""
    late = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, "", node.lineno, id(node) in late)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, module, is_package=is_package)
            for alias in node.names:
                yield Import(base, alias.name, node.lineno, id(node) in late)


def absolute(node, module, *, is_package):
    if not node.level:
        return node.module
    parts = module.split(".")
    drop = node.level - 1 if is_package else node.level
    kept = parts[: len(parts) - drop]
    return ".".join([*kept, node.module] if node.module else kept)


def target(found, known):
    """The module that an import reaches: the name itself may be one."""
    below = f"{found.module}.{found.name}"
    return below if found.name and below in known else found.module


def trespasses(module, text, *, is_package=False, known=SOURCES):
    """What is wrong with the imports of one module, a sentence each."""
    row = row_of(module)
    if row is None:
        return [f"{module}: has no row in MAY_IMPORT"]
    tree = ast.parse(text)
    found = list(imports_of(tree, module, is_package=is_package))
    return [
        *(
            problem
            for item in found
            for problem in problems_of(item, module, row, known)
        ),
        *(ways_around(tree, module) if row in PUBLIC else ()),
        *(previews(found, module) if row == "admin" else ()),
    ]


def problems_of(found, module, row, known):
    where = f"{module}:{found.line}"
    goal = target(found, known)
    top = goal.split(".")[0]
    if found.late:
        yield f"{where}: imports {goal} inside a function"
    if top in ("config", "tests"):
        yield f"{where}: imports {goal}"
    if top == "django" and row in WITHOUT_DJANGO:
        yield f"{where}: {row} knows no Django"
    if top != "timeline" or goal == "timeline":
        return
    if not permitted(row, goal):
        yield f"{where}: {row or 'timeline'} may not import {goal}"
    if is_file_of_models(goal) and row not in ("models", "migrations"):
        yield f"{where}: take names from timeline.models, not from {goal}"


def permitted(row, goal):
    """Whether the table lets this row reach that module."""
    allowed = MAY_IMPORT.get(row, ())
    if row_of(goal) in (row, *allowed):
        return True
    inner = goal.removeprefix("timeline.")
    return "models.record" in allowed and inner == "models.record"


def is_file_of_models(goal):
    return goal.startswith("timeline.models.") and goal != "timeline.models.record"


def ways_around(tree, module):
    for node in ast.walk(tree):
        names = {
            ast.Name: lambda node: [node.id],
            ast.Attribute: lambda node: [node.attr],
            ast.alias: lambda node: [node.name.split(".")[-1]],
        }.get(type(node), lambda node: [])(node)
        for name in WAYS_AROUND.intersection(names):
            yield f"{module}:{node.lineno}: {name} is a way around the imports"


def previews(found, module):
    """The desk takes from the public pages the function that renders, nothing else."""
    for item in found:
        if item.module.startswith("timeline.web") and not item.name.startswith(
            "render"
        ):
            yield f"{module}:{item.line}: takes {item.name or item.module} from web"


def is_record(model):
    home = f"{model.__module__}."
    return home.startswith("timeline.models.record.")


def ties(model):
    """The models that this one has a key to, or shares a table of pairs with."""
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and field.related_model:
            yield field.name, field.related_model


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_imports_only_what_its_row_permits(module):
    path = SOURCES[module]

    found = trespasses(module, path.read_text(), is_package=path.name == "__init__.py")

    assert found == []


def test_the_table_permits_only_packages_that_have_a_row():
    allowed = {name for names in MAY_IMPORT.values() for name in names}

    assert allowed - {"models.record"} <= set(MAY_IMPORT)


def test_no_key_crosses_between_the_desk_and_the_record():
    models = apps.get_app_config("timeline").get_models(include_auto_created=True)

    crossing = [
        f"{model.__name__}.{name} -> {other.__name__}"
        for model in models
        for name, other in ties(model)
        if is_record(model) != is_record(other)
    ]

    assert crossing == []


def test_some_tables_are_of_the_record_and_some_of_the_desk():
    models = list(apps.get_app_config("timeline").get_models())

    kinds = {is_record(model) for model in models}

    assert kinds == {True, False}


KNOWN = {
    "timeline.models",
    "timeline.models.record",
    "timeline.models.events",
    "timeline.provenance.of_models",
    "timeline.publishing.read",
    "timeline.publishing.write",
}

# What the checker has to catch: the module, its text, and a word of the complaint.
TRESPASSES = [
    ("timeline.api.views", "from timeline.models import Event", "may not import"),
    ("timeline.api.views", "from timeline import models", "may not import"),
    ("timeline.api.views", "import timeline.models", "may not import"),
    ("timeline.api.views", "from ..models import Event", "may not import"),
    ("timeline.api.v1.views", "from ... import models", "may not import"),
    ("timeline.web.views", "from timeline.models.record import Revision", "may not"),
    ("timeline.web.views", "from timeline.publishing import write", "may not"),
    ("timeline.web.views", "from timeline.api import errors", "may not"),
    ("timeline.web.views", "from django.apps import apps\napps.get_model", "around"),
    ("timeline.web.views", "from django.db import connection", "around"),
    ("timeline.api.views", "import importlib\nimportlib.import_module", "around"),
    ("timeline.ingest", "from timeline.publishing.write import publish", "may not"),
    ("timeline.dates", "from django.utils import timezone", "knows no Django"),
    ("timeline.provenance.lineage", "from django.db import models", "knows no Django"),
    ("timeline.provenance.lineage", "from .of_models import read", "may not"),
    ("timeline.models.events", "from timeline.editing import save", "may not"),
    ("timeline.publishing.read.a", "from timeline.models import Revision", "may not"),
    ("timeline.publishing.read.a", "from timeline.provenance import of_models", "may"),
    ("timeline.publishing", "from .write import publish", "may not"),
    ("timeline.editing", "from timeline.models.events import Event", "take names from"),
    ("timeline.admin.events", "from timeline.web.views import index", "takes index"),
    ("timeline.editing", "from config.settings import SITE_URL", "imports config"),
    ("timeline.editing", "def late():\n    import json", "inside a function"),
    ("timeline.gadgets", "", "no row"),
    ("timeline.publishing.gadgets", "", "no row"),
]

PERMITTED = [
    ("timeline.api.views", "from timeline.publishing.read import timeline"),
    ("timeline.api.views", "from timeline.publishing import read"),
    ("timeline.api.v1.views", "from ..errors import problem"),
    ("timeline.publishing.read.a", "from timeline.models.record import Revision"),
    ("timeline.publishing.read.a", "from timeline.models import record"),
    ("timeline.publishing.read.a", "from timeline.provenance import origins"),
    ("timeline.editing", "from timeline.models import Event"),
    ("timeline.provenance.of_models", "from timeline.models import Event"),
    ("timeline.models.events", "from .base import Aggregate"),
    ("timeline.admin.events", "from timeline.web.page import render_document"),
    ("timeline.migrations.0001_first", "import timeline.models.fields"),
    ("timeline.dates", "import re\nfrom datetime import date"),
]


@pytest.mark.parametrize(("module", "text", "word"), TRESPASSES)
def test_a_trespass_is_caught(module, text, word):
    found = trespasses(module, text, known=KNOWN)

    assert any(word in problem for problem in found), found


@pytest.mark.parametrize(("module", "text"), PERMITTED)
def test_what_is_permitted_is_let_through(module, text):
    found = trespasses(module, text, known=KNOWN)

    assert found == []
