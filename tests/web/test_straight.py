"""Templates compiled straight say what Jinja says, and refuse what they leave out."""

import pytest
from django.utils.safestring import SafeString, mark_safe
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateAssertionError
from markupsafe import Markup
from markupsafe import escape as usual

from timeline.drawing import macro
from timeline.drawing.straight import Straight, escape

FILES = {
    "pieces": '{% macro told(a, b) %}<b title="{{ a }}">{{ b.c }}</b>{% endmacro %}',
    "page": """{% from "pieces" import told %}
{% macro page(rows, own) %}
{% set say = told if own else told %}
{% for row in rows %}{{ loop.index }}: {{ say(row.name, row) }}{{ _("and") }}
{%- if not loop.last %}; {% endif %}{% if "more" in row %}{{ row.more.n }}{% endif %}
{% endfor %}
{% endmacro %}""",
}
ROWS = [
    {"name": "\"<&>'", "c": Markup("<i>it</i>")},
    {"name": mark_safe("&amp;"), "c": 3, "more": {"n": None}},
    {"name": "", "c": "<script>"},
]


def made(straight: bool):
    environment = Environment(
        autoescape=True, loader=DictLoader(FILES), undefined=StrictUndefined
    )
    if straight:
        environment.code_generator_class = Straight
    environment.globals["_"] = lambda text: f"<{text}>"
    return environment.get_template("page").module.page


def test_what_is_said_is_what_jinja_says():
    told = made(straight=True)(ROWS, True)
    assert told == made(straight=False)(ROWS, True)
    assert "&lt;script&gt;" in told
    assert "<i>it</i>" in told
    assert '"&amp;"' in told


def test_a_member_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="'c'"):
        made(straight=True)([{"name": ""}], True)


@pytest.mark.parametrize("call", ["f(a=1)", "f(*a)", "f(**a)"])
def test_arguments_are_given_by_their_places(call):
    environment = Environment()
    environment.code_generator_class = Straight
    with pytest.raises(TemplateAssertionError, match="places"):
        environment.from_string(f"{{{{ {call} }}}}")


@pytest.mark.parametrize(
    "value", ["plain", "<&>\"'", 7, None, Markup("<b>"), SafeString("<b>")]
)
def test_values_are_escaped_as_jinja_escapes_them(value):
    assert escape(value) == usual(value)


class Shouted(str):
    """Text of another class than `str`."""


def test_text_of_any_class_is_escaped():
    assert escape(Shouted("<")) == "&lt;"


def test_the_fragments_are_compiled_so():
    """Each macro is a plain function, called without Jinja's own way around it."""
    assert type(macro("entry")).__name__ == "function"


@pytest.mark.parametrize(
    "hiding",
    [
        "{% macro m(told) %}{{ told(1) }}{% endmacro %}",
        "{% macro m(rows) %}{% for told in rows %}{% endfor %}{% endmacro %}",
        "{% macro m(a) %}{% set told = a %}{{ told(1) }}{% endmacro %}",
        "{% macro m(paths) %}{{ paths.event }}{% endmacro %}",
        "{% macro m(_) %}{{ _('said') }}{% endmacro %}",
    ],
)
def test_nothing_hides_what_is_not_escaped_or_folded(hiding):
    environment = Environment(autoescape=True, loader=DictLoader(FILES))
    environment.code_generator_class = Straight
    with pytest.raises(TemplateAssertionError, match="something else"):
        environment.from_string("{% from 'pieces' import told %}" + hiding)
