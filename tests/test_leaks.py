"""No public address says anything that was not published.

Every private field holds a canary; every address of the URLconf is asked. An address
that nobody has decided about fails the first test.
"""

import pytest
from django.db import models
from django.urls import URLPattern, get_resolver

from tests import factories
from tests.publishing.desk import destroy_text, keep_back
from timeline.api.formats import EVENTS, STATEMENTS, names
from timeline.models import Act, Actor, Event, Source, Statement
from timeline.models import record as record_tables
from timeline.publishing.write import publish, withdraw

CANARY = "canary"
PRIVATE_ON_THE_DESK = ("admin/",)  # asks for a password; tests/admin says what of whom
NAMES = ("{live}", "{withdrawn}", "{draft}", "never-entered")
REVISION = (
    r"api/v1/^events/(?P<name>[-a-zA-Z0-9_]+)"
    r"/revisions/(?P<number>[1-9][0-9]{0,8})/\Z"
)
# What lists of the record may be asked, so that all of it that is live is found.
QUESTIONS = (
    *("q=event", "q=assertion", "source={source}", "story={story}&from=2020"),
    *("actor={speaker}&until=2030", "known_at=2030", "as_of=2999-01-01"),
    *("speaker={speaker}&statement_kind=claim&standing=stands", "min_origins=0"),
)
ADDRESSES = {
    "": ["/"],
    "search/": ["/search/", "/search/?q=event", "/search/?q=assertion&order=date"],
    "stories/<str:name>/": [
        "/stories/{story}/",
        "/stories/{draft_story}/",
        "/stories/{story}/?actor={draft_actor}",
        "/stories/{story}/?topic={draft_topic}",
        "/stories/{story}/?canary=canary",
        "/stories/{story}/?known_at=2030&order=-published",
        "/stories/{story}/?as_of=2999-01-01&q=assertion",
        "/stories/{story}/?speaker={speaker}&statement_kind=claim&standing=stands",
    ],
    "stories/<str:name>/trail/": [
        "/stories/{story}/trail/",
        "/stories/{draft_story}/trail/",
    ],
    "events/<str:name>/": [f"/events/{name}/" for name in NAMES],
    "actors/<str:name>/": ["/actors/{speaker}/", "/actors/{draft_actor}/"],
    "sources/<str:name>/": ["/sources/{source}/", "/sources/{draft_source}/"],
    "topics/<str:name>/": ["/topics/{draft_topic}/"],
    "events/<str:name>/revisions/<str:number>/": [
        f"/events/{name}/revisions/{number}/" for name in NAMES for number in "123"
    ],
    "corrections/": [
        "/corrections/",
        "/corrections/?story={story}",
        "/corrections/?story={draft_story}",
    ],
    "corrections/feed/": ["/corrections/feed/", "/corrections/feed/?story={story}"],
    "record/": ["/record/"],
    "record/check_record.py": ["/record/check_record.py"],
    "embed/stories/<str:name>/": [
        "/embed/stories/{story}/",
        "/embed/stories/{draft_story}/",
    ],
    "sitemap.xml": ["/sitemap.xml"],
    "sitemap/<slug:noun>-<int:number>.xml": [
        f"/sitemap/{noun}-1.xml"
        for noun in ("page", "story", "event", "actor", "source", "topic", "none")
    ],
    "robots.txt": ["/robots.txt"],
    "api/v1/": ["/api/v1/", "/api/v1/nothing-here/"],
    "api/v1/schema/": ["/api/v1/schema/"],
    "api/v1/docs/": ["/api/v1/docs/"],
    "api/v1/record/": ["/api/v1/record/"],
    "api/v1/changes/": ["/api/v1/changes/"],
    "api/v1/timeline/": [
        "/api/v1/timeline/",
        "/api/v1/timeline/?order=date",
        "/api/v1/timeline/?order=-published",
        "/api/v1/timeline/?story={draft_story}",
        "/api/v1/timeline/?actor={draft_actor}",
        "/api/v1/timeline/?source={draft_source}",
        "/api/v1/timeline/?speaker={draft_actor}",
        "/api/v1/timeline/?publisher={draft_actor}",
        "/api/v1/timeline/?topic={draft_topic}",
        "/api/v1/timeline/?canary=canary",
        "/api/v1/timeline/?as_of=2020-01-01",
        *(f"/api/v1/timeline/?{asked}" for asked in QUESTIONS),
        *(f"/api/v1/timeline/?format={form}" for form in names(EVENTS)),
        *(f"/api/v1/timeline/?role=host&format={form}" for form in names(EVENTS)),
    ],
    "api/v1/events/": ["/api/v1/events/"],
    "api/v1/events/<slug:name>/": [f"/api/v1/events/{name}/" for name in NAMES],
    "api/v1/events/<slug:name>/revisions/": [
        f"/api/v1/events/{name}/revisions/" for name in NAMES
    ],
    REVISION: [
        f"/api/v1/events/{name}/revisions/{number}/"
        for name in NAMES
        for number in "123"
    ],
    "api/v1/statements/": [
        "/api/v1/statements/",
        "/api/v1/statements/?event={draft}",
        "/api/v1/statements/?event={withdrawn}",
        "/api/v1/statements/?said_from=2026&said_until=2027",
        *(f"/api/v1/statements/?{asked}" for asked in QUESTIONS),
        *(f"/api/v1/statements/?format={form}" for form in names(STATEMENTS)),
    ],
    "api/v1/statements/<slug:name>/": [
        "/api/v1/statements/{statement}/",
        "/api/v1/statements/{draft_statement}/",
    ],
    "api/v1/actors/": [
        "/api/v1/actors/",
        "/api/v1/actors/?q=actor&kind=organisation",
        "/api/v1/actors/?story={draft_story}",
        "/api/v1/actors/?story={story}",
    ],
    "api/v1/actors/<slug:name>/": [
        "/api/v1/actors/{speaker}/",
        "/api/v1/actors/{draft_actor}/",
    ],
    "api/v1/sources/": [
        "/api/v1/sources/",
        "/api/v1/sources/?q=report&status=current&production=unknown&kind=article",
        "/api/v1/sources/?publisher={draft_actor}",
        "/api/v1/sources/?story={story}",
    ],
    "api/v1/sources/<slug:name>/": [
        "/api/v1/sources/{source}/",
        "/api/v1/sources/{draft_source}/",
    ],
    "api/v1/stories/": ["/api/v1/stories/", "/api/v1/stories/?q=story"],
    "api/v1/stories/<slug:name>/": [
        "/api/v1/stories/{story}/",
        "/api/v1/stories/{draft_story}/",
    ],
    "api/v1/topics/": ["/api/v1/topics/", "/api/v1/topics/?q=topic"],
    "api/v1/topics/<slug:name>/": ["/api/v1/topics/{draft_topic}/"],
}

pytestmark = pytest.mark.django_db


def public_routes(patterns=None, before=""):
    """Every route of the URLconf that asks for no password, as it is written there."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        elif not route.startswith(PRIVATE_ON_THE_DESK):
            yield from public_routes(pattern.url_patterns, route)


@pytest.fixture
def desk():
    """A desk whose every private text is a canary; the names that addresses need."""
    story, source = factories.StoryFactory(), factories.SourceFactory()
    live = factories.ready_event(story=story, source=source)
    gone = factories.ready_event(story=story, source=source)
    for event in (live, gone):
        publish(event, by=None, version=event.version, reason=f"{CANARY} reason")
    note = "Taken back."
    withdraw(gone, by=None, version=gone.version, note=note, reason=f"{CANARY} reason")
    statement = live.statements.get()
    fill_private_fields(story, source, statement)
    slugs = fill_drafts(live, statement)
    Act.objects.update(by_name=f"{CANARY} editor")
    return slugs | {
        "live": live.slug,
        "withdrawn": gone.slug,
        "story": story.slug,
        "source": source.slug,
        "speaker": statement.speaker.slug,
        "statement": statement.slug,
    }


def fill_private_fields(story, source, statement):
    """Canaries in what stays private of things that are published, and in edits."""
    factories.SourceSnapshotFactory(source=source, text=f"{CANARY} held text")
    factories.AffiliationFactory(actor=statement.speaker, role=CANARY, source=None)
    for thing in (story, source, statement, statement.speaker, statement.event):
        for field in texts(thing):
            setattr(thing, field.name, f"{CANARY} {field.name}"[: field.max_length])
        thing.save()
    statement.citations.update(unchecked_reason=CANARY, locator=CANARY)


def texts(thing):
    """The free texts of a row."""
    names = ("title", "name", "summary", "notes", "text", "label")
    return [field for field in thing._meta.concrete_fields if field.name in names]


def fill_drafts(live, statement):
    """Canaries in things that were never published."""
    draft = factories.ready_event(title=f"{CANARY} title", slug=f"{CANARY}-event")
    topic = factories.TopicFactory(name=f"{CANARY} topic", slug=f"{CANARY}-topic")
    factories.EventTopicFactory(event=draft, topic=topic)
    added = factories.StatementFactory(event=live, text=f"{CANARY} added")
    factories.CitationFactory(statement=added)
    factories.StatementLinkFactory(statement=added, target=statement)
    factories.RelatedEventFactory(event=live, target=draft)
    draft_statement = draft.statements.get()
    row = draft_statement.citations.get()
    for model, thing in (
        (Statement, draft_statement),
        (Actor, draft_statement.speaker),
        (Source, row.source),
    ):
        slug = f"{CANARY}-{model.__name__.lower()}"
        model.objects.filter(pk=thing.pk).update(slug=slug)
    story = draft.stories.get()
    type(story).objects.filter(pk=story.pk).update(
        slug=f"{CANARY}-story", title=f"{CANARY} story"
    )
    return {
        "draft": draft.slug,
        "draft_topic": topic.slug,
        "draft_statement": f"{CANARY}-statement",
        "draft_actor": f"{CANARY}-actor",
        "draft_source": f"{CANARY}-source",
        "draft_story": f"{CANARY}-story",
    }


def answers(client, names):
    """Each address with its answer, status line, headers, cookies and body."""
    for addresses in ADDRESSES.values():
        for address in addresses:
            path = address.format(**names)
            yield path, client.get(path, secure=True)


def content(response):
    """What is sent, at once or bit by bit."""
    return response.getvalue() if response.streaming else response.content


def said(path, response):
    """What an answer says, without the words of the question."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    asked = {part for part in path.replace("?", "/").split("/") if CANARY in part}
    asked |= {part.partition("=")[2] for part in asked} - {""}
    text = headers + content(response).decode() + str(response.cookies)
    for part in sorted(asked, key=len, reverse=True):
        text = text.replace(part, "")
    return text.lower()


def test_every_public_address_has_been_decided_about():
    assert set(public_routes()) == set(ADDRESSES)


def test_no_canary_is_in_any_public_answer(client, desk):
    found = [
        path for path, answer in answers(client, desk) if CANARY in said(path, answer)
    ]

    assert found == []


def test_what_is_on_hold_or_destroyed_is_said_nowhere(client, desk):
    for take_from_view in (keep_back, destroy_text):
        event = factories.ready_event(title=f"{CANARY} title", summary=CANARY)
        event.statements.update(text=f"{CANARY} said")
        publish(event, by=None, version=event.version)
        take_from_view(event)

    found = [
        path for path, answer in answers(client, desk) if CANARY in said(path, answer)
    ]

    assert found == []


def test_the_addresses_do_answer(client, desk):
    statuses = {path: answer.status_code for path, answer in answers(client, desk)}

    assert set(statuses.values()) <= {200, 400, 404, 410}
    assert statuses[f"/events/{desk['live']}/"] == 200
    assert statuses[f"/api/v1/events/{desk['withdrawn']}/"] == 410
    assert statuses[f"/api/v1/actors/{desk['speaker']}/"] == 200
    assert statuses[f"/api/v1/sources/{desk['source']}/"] == 200


def test_the_crawl_would_see_a_leak(client, desk):
    event = Event.objects.get(slug=desk["live"])
    publish(event, by=None, version=event.version, note="Now it is said.")

    found = [
        path for path, answer in answers(client, desk) if CANARY in said(path, answer)
    ]

    assert f"/events/{desk['live']}/" in found
    assert "/api/v1/timeline/" in found
    assert "/api/v1/changes/" in found


def test_a_draft_and_nothing_at_all_get_the_same_bytes(client, desk):
    for place in ("/events/", "/api/v1/events/", "/stories/", "/api/v1/sources/"):
        draft = client.get(f"{place}{desk['draft']}/", secure=True)
        nothing = client.get(f"{place}no-such-thing/", secure=True)

        assert draft.status_code == nothing.status_code == 404
        assert draft.content == nothing.content
        assert dict(draft.items()) == dict(nothing.items())


LISTS_WITH_SEARCH = (
    *(("timeline/", form) for form in names(EVENTS)),
    *(("statements/", form) for form in names(STATEMENTS)),
    *((f"{noun}/", None) for noun in ("actors", "sources", "stories", "topics")),
)
NOWHERE = "wombat"  # as long as a canary


@pytest.mark.parametrize(("path", "form"), LISTS_WITH_SEARCH)
def test_a_search_for_what_is_private_finds_what_any_other_word_does(
    client, desk, path, form
):
    asked = {"format": form} if form else {}

    found, other = (
        client.get(f"/api/v1/{path}", {**asked, "q": word}, secure=True)
        for word in (CANARY, NOWHERE)
    )

    assert found.status_code == other.status_code == 200
    assert content(found).replace(CANARY.encode(), NOWHERE.encode()) == content(other)
    assert head_of(found) == head_of(other)


def head_of(response):
    """The headers, but for what names the answer."""
    return {name: value for name, value in response.items() if name != "ETag"}


def test_an_edit_on_the_desk_changes_no_public_byte(client, desk):
    before = [(path, content(answer)) for path, answer in answers(client, desk)]

    Event.objects.update(title="Edited since", summary="Edited since")

    after = [(path, content(answer)) for path, answer in answers(client, desk)]
    assert before == after


def test_no_private_text_is_in_any_table_of_the_record(desk):
    tables = [
        model
        for model in vars(record_tables).values()
        if isinstance(model, type)
        and issubclass(model, models.Model)
        and not model._meta.abstract
    ]

    found = [
        (model.__name__, row)
        for model in tables
        for row in model.objects.values()
        if CANARY in str(row).lower()
    ]

    assert len(tables) > 8
    assert found == []
