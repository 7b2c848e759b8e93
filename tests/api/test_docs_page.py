"""The page that documents the feed: all of it, for people, without a script."""

import json
import re

import pytest

from tests.web.reading import read
from timeline.api.problems import KINDS

from .telling import API, ask, body, get, path_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    told("what-happened")
    answer = get("docs/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    return read(answer)


def ids(page):
    return [one.attributes["id"] for one in page.elements if "id" in one.attributes]


def test_every_address_and_parameter_of_the_document_is_on_it(page):
    for path, item in body("schema/")["paths"].items():
        assert path in page.main
        assert item["get"]["operationId"] in ids(page)
        for parameter in item["get"].get("parameters", []):
            description = parameter["description"].replace("`", "")
            assert " ".join(description.split()) in page.main


def test_every_shape_and_every_problem_has_an_anchor(page):
    shapes = body("schema/")["components"]["schemas"]

    anchors = {f"shape-{name}" for name in shapes}
    anchors |= {f"problem-{name}" for name in KINDS}

    assert anchors <= set(ids(page))
    assert len(ids(page)) == len(set(ids(page)))


def test_every_link_within_the_page_leads_somewhere(page):
    targets = {
        one.attributes["href"].removeprefix("#")
        for one in page.elements
        if one.attributes.get("href", "").startswith("#")
    }

    assert len(targets) > 40
    assert targets - set(ids(page)) == set()


def test_every_example_that_is_a_link_has_an_answer(page):
    examples = {
        one.attributes["href"].removeprefix("../")
        for one in page.elements
        if one.attributes.get("href", "").startswith("../")
    }

    assert len(examples) > 10
    assert {path for path in examples if get(path).status_code != 200} == set()


def test_the_examples_name_what_this_record_names():
    event = told("what-happened")
    story = event.stories.get().slug

    page = read(get("docs/"))

    assert f"?story={story}" in page.main


def test_it_stands_while_nothing_is_published():
    assert "?story=" in read(get("docs/")).main


def test_a_problem_says_where_the_page_explains_it(page):
    for path, name in (
        ("events/absent/", "not-found"),
        ("timeline/?page_size=0", "bad-parameters"),
        ("changes/?since=9-0123456789abcdef", "resync"),
    ):
        place, _, anchor = json.loads(get(path).content)["type"].partition("#")

        assert path_of(place) == f"{API}docs/"
        assert anchor == f"problem-{name}"
        assert anchor in ids(page)


def test_it_asks_for_nothing_but_the_stylesheet(page):
    names = {one.name for one in page.elements}

    assert names.isdisjoint({"script", "img", "iframe", "form"})
    assert [one for one in page.elements if "style" in one.attributes] == []
    policy = ask("docs/")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    tag = ask("docs/")["ETag"]
    assert ask("docs/", if_none_match=tag)["Content-Security-Policy"] == policy


@pytest.mark.parametrize("accept", ["text/html", "*/*", "application/json", "image/*"])
def test_it_is_a_page_whatever_is_asked_for(accept):
    answer = ask("docs/?colour=red&utm_source=letter", accept=accept)

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")


def test_headings_skip_no_level(page):
    levels = [
        int(one.name[1]) for one in page.elements if re.fullmatch(r"h[1-6]", one.name)
    ]

    assert levels[0] == 1
    steps = zip(levels, levels[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)


def test_the_foot_of_the_page_says_who_publishes_and_on_what_terms(page):
    assert page.links["CC BY 4.0"].startswith("https://creativecommons.org/")
    assert page.links["desk@timeline.example"] == "mailto:desk@timeline.example"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [390, 1100])
def test_it_is_readable_on_a_narrow_screen_and_in_the_dark(
    live_server, chromium, settings, width
):
    settings.SITE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    told("what-happened")
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
    chromium.get_log("browser")

    chromium.get(f"{live_server.url}{API}docs/")

    wide = chromium.execute_script("return document.documentElement.scrollWidth")
    paper = chromium.execute_script(
        "return getComputedStyle(document.documentElement).backgroundColor"
    )
    assert wide <= width
    assert paper == "rgb(22, 21, 19)"
    assert chromium.get_log("browser") == []
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
