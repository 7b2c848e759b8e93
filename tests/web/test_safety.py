"""What no public page does: run a script, set a cookie, know of a session."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.template.loader import get_template

from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    CitationFactory,
    EventTopicFactory,
    OutletFactory,
    ParticipationFactory,
    SourceBylineFactory,
    SourceFactory,
    StatementFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from timeline.models.record import CurrentBody, NamedThing

from .reading import read

SCRIPT = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
POLICY = (
    "default-src 'none'; style-src 'self' '{digest}'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PATHS = [
    "/",
    "/stories/story/",
    "/stories/story/trail/",
    "/events/event/",
    "/actors/actor/",
    "/sources/source/",
    "/topics/topic/",
    "/corrections/",
    "/events/event/revisions/1/",
    "/events/event/revisions/2/",
]
NARROWED = [
    *PATHS,
    "/search/?q=alert",
    "/stories/story/?q=alert&actor=actor&topic=topic&known_at=2030",
]
WITH_404 = [*PATHS, "/events/nothing/", "/nothing/"]


@pytest.fixture
def hostile(put):
    """An event with a script in every text that a page shows."""
    actor = ActorFactory(slug="actor", name=SCRIPT)
    ActorNameFactory(actor=actor, name=SCRIPT)
    source = SourceFactory(
        slug="source",
        title="",
        label=SCRIPT,
        publisher=OutletFactory(name=SCRIPT),
        published_words=SCRIPT,
        production="ai_generated",
        production_words=SCRIPT,
        original_url='https://paper.example/?a="><script>alert(1)</script>',
        language='"><script>alert(1)',
    )
    SourceBylineFactory(source=source, name=SCRIPT, place=SCRIPT)
    event = ready_event(
        slug="event",
        title=SCRIPT,
        summary=SCRIPT,
        place=SCRIPT,
        date_words=SCRIPT,
        story=StoryFactory(slug="story", title=SCRIPT, summary=SCRIPT),
        source=source,
    )
    ParticipationFactory(event=event, actor=actor)
    topic = TopicFactory(slug="topic", name=SCRIPT)
    EventTopicFactory(event=event, topic=topic)
    statement = StatementFactory(
        event=event,
        text=SCRIPT,
        quote=SCRIPT,
        quote_translation=SCRIPT,
        language='"><script>',
        said_in_words=SCRIPT,
        said="2026-03-03",
        said_words=SCRIPT,
        unnamed=True,
        described_as=SCRIPT,
        ground=SCRIPT,
        reason_unnamed=SCRIPT,
    )
    CitationFactory(statement=statement, source=source, locator=SCRIPT, exact=SCRIPT)
    put(event)
    event.title = f"{SCRIPT} again"
    event.version += 1
    event.save()
    put(event, kind="correction", note=SCRIPT)
    return event


@pytest.mark.parametrize("path", NARROWED)
def test_no_text_becomes_an_element(page, hostile, path):
    found = page(path)

    assert not found.all("img")
    for script in found.all("script"):
        if script.attributes.get("type") == "application/ld+json":
            json.loads(script.text)
        else:
            assert script.attributes["src"].startswith("/static/")
    assert not [
        name for one in found.elements for name in one.attributes if name[:2] == "on"
    ]
    assert "<script>alert(1)</script>" in found.main


@pytest.mark.parametrize("path", NARROWED)
def test_everything_from_elsewhere_is_isolated_from_the_text_around_it(
    page, hostile, path
):
    found = page(path)

    assert "alert(1)" in found.main
    assert "alert(1)" not in found.bare


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,x", "//x/y"])
def test_an_address_that_is_not_of_the_web_is_never_linked(page, put, scheme):
    source = SourceFactory(slug="source", original_url="https://paper.example/1")
    event = ready_event(slug="event", source=source)
    put(event)
    for model in (CurrentBody, NamedThing):
        for row in model.objects.all():
            body = json.loads(row.body)
            poison(body, scheme)
            model.objects.filter(pk=row.pk).update(body=json.dumps(body))

    for path in ("/events/event/", "/sources/source/"):
        assert scheme not in page(path).addresses


def poison(value, address):
    """Put the address into every place that holds an outside one."""
    if isinstance(value, list):
        for item in value:
            poison(item, address)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("original_url", "archived_url") or (
                key == "url" and "state" in value
            ):
                value[key] = address
            poison(item, address)


@pytest.mark.parametrize("path", WITH_404)
def test_no_cookie_is_set(get, hostile, path):
    response = get(path)

    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_lets_in_nothing_but_the_stylesheet(get, hostile, path):
    response = get(path)

    (style,) = re.findall("<style>(.*?)</style>", response.content.decode(), re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = response["Content-Security-Policy"].partition("; script-src")[0]
    assert policy == POLICY.format(digest=f"sha256-{digest}")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_keeps_to_its_own_policy(page, hostile, path):
    found = page(path)

    assert len(found.all("style")) == 1
    assert [one for one in found.elements if "style" in one.attributes] == []
    assert found.all("link", rel="stylesheet") == []


@pytest.mark.parametrize("path", PATHS)
def test_an_editor_reads_the_same_bytes_as_anyone(get, client, hostile, path):
    anyone = get(path).content

    client.force_login(User.objects.create_superuser("m.keller"))

    assert get(path).content == anyone


@pytest.mark.parametrize("path", PATHS)
def test_links_within_the_site_are_relative_and_the_canonical_one_is_not(
    page, hostile, path
):
    found = page(path)

    (canonical,) = found.all("link", rel="canonical")
    assert canonical.attributes["href"] == f"https://timeline.example{path}"
    others = [one for one in found.links.values() if "corrections-policy" not in one]
    assert not [one for one in others if one.startswith("https://timeline.example")]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_one_first_heading_and_skips_no_level(page, hostile, path):
    found = page(path)

    levels = [
        int(one.name[1]) for one in found.elements if re.fullmatch(r"h[1-6]", one.name)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    steps = zip(levels, levels[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)


@pytest.mark.parametrize("path", PATHS)
def test_no_id_stands_twice_and_the_skip_link_leads_somewhere(page, hostile, path):
    found = page(path)

    ids = [one.attributes["id"] for one in found.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    assert found.links["Skip to the text"].removeprefix("#") in ids


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client, hostile, method):
    response = getattr(client, method)("/stories/story/", secure=True)

    assert response.status_code == 405


def test_a_head_request_is_answered(client, hostile):
    assert client.head("/events/event/", secure=True).status_code == 200


def test_every_page_is_in_these_tests():
    folder = Path(get_template("timeline/base.html").origin.name).parent

    pages = {path.stem for path in folder.glob("[a-z]*.html")}

    assert pages == {
        *("base", "front", "story", "event", "actor", "source", "topic"),
        *("story_trail", "gone", "held", "missing"),
        *("corrections", "record", "revision", "embed"),
        *("search", "unclear"),
    }


def test_the_page_for_wrong_addresses_needs_no_record(get, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = get("/nothing/")

    assert response.status_code == 404
    assert "There is nothing here" in read(response).main
