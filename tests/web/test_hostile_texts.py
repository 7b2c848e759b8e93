"""Sixty hostile payloads in every text and address that can be published: none runs."""

from urllib.parse import quote

import pytest

from tests.factories import (
    ActorFactory,
    ActorIdentifierFactory,
    ActorNameFactory,
    AffiliationFactory,
    CitationFactory,
    EventTopicFactory,
    OutletFactory,
    ParticipationFactory,
    SourceBylineFactory,
    SourceFactory,
    SourceLinkFactory,
    StatementFactory,
    StatementLinkFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from tests.publishing.desk import edit, put, take_away
from timeline.models.fields import AddressField, LineField, ProseField

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RUN = "top.ran.push(1)"
# How a text gets out of where it stands ...
WAYS_OUT = [
    "",
    '">',
    "'>",
    "</title>",
    "</style>",
    "</script>",
    "</textarea>",
    "</svg>",
]
# ... and what it does there; twelve that need no way out stand by themselves.
DEEDS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<iframe srcdoc='<script>{RUN}</script>'>",
    f"<style onload={RUN}></style>",
]
ALONE = [
    f'" onfocus={RUN} autofocus tabindex=1 x="',
    f"' onmouseover={RUN} x='",
    f"` onmouseover={RUN} x=`",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}//https://",
    f"java\tscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"{{{{ 1|safe }}}}{{% include x %}}<script>{RUN}</script>",
    f"-->]]><script>{RUN}</script><!--",
    f"\u202e<a href=javascript:{RUN}>here</a>\u2066",
]
PAYLOADS = [way + deed for way in WAYS_OUT for deed in DEEDS] + ALONE
EVENTS = 12
ROOM = {"exact": 230, "notes": 900}  # what a passage may be long, and what few read
LANGUAGE = f"'onload={RUN}"[:20]
WATCH = "if (top === window) window.ran = [];"
# What waits for somebody to come near it is made to think so.
LOOK = """
    for (const one of document.querySelectorAll("*"))
        for (const kind of ["mouseover", "focus", "toggle"])
            one.dispatchEvent(new Event(kind));
    const links = [...document.querySelectorAll("[href], [src], [action], [srcdoc]")];
    const addresses = links.flatMap(one => ["href", "src", "action", "srcdoc"].map(
        name => one.getAttribute(name)).filter(Boolean));
    return [
        ran.length,
        addresses.filter(one => !/^(https?|mailto):$/.test(
            new URL(one, document.baseURI).protocol)),
        [...document.querySelectorAll("input")].map(one => one.value).join(" ")
            + document.documentElement.textContent,
    ];
"""


def test_there_are_sixty():
    assert len(set(PAYLOADS)) == 60


def texts(room, first):
    """As many payloads as there is room for, beginning with one of them."""
    found = ""
    for payload in [*PAYLOADS[first:], *PAYLOADS[:first]]:
        if len(found) + len(payload) < room:
            found += f"{payload} "
    return found.strip()


def poisoned(row, number):
    """A row with payloads in each of its texts and addresses."""
    for field in row._meta.concrete_fields:
        first = 5 * number
        if isinstance(field, AddressField):
            address = f"https://paper.example/?{texts(1500, first)}"
            setattr(row, field.name, address.replace(" ", "+"))
        elif type(field) in (LineField, ProseField):
            setattr(
                row, field.name, texts(ROOM.get(field.name, field.max_length), first)
            )
    row.save()
    return row


def hostile_event(number, story, topic):
    """An event all of whose texts are payloads, as are those of all that it names."""

    def made(factory, **fields):
        return poisoned(factory(**fields), number)

    paper = made(OutletFactory)
    report = made(SourceFactory, slug=f"hostile-source-{number}", publisher=paper)
    copied = made(SourceFactory, publisher=made(OutletFactory))
    machine = {"production": "ai_generated", "language": LANGUAGE}
    type(report).objects.filter(pk=report.pk).update(**machine)
    made(SourceLinkFactory, source=report, target=copied)
    made(SourceBylineFactory, source=report)
    person = made(ActorFactory, slug=f"hostile-actor-{number}", kind="person")
    made(ActorNameFactory, actor=person)
    made(ActorIdentifierFactory, actor=person, scheme="website")
    made(AffiliationFactory, actor=person, organisation=paper, source=report)
    event = made(
        ready_event, slug=f"hostile-event-{number}", story=story, source=report
    )
    made(ParticipationFactory, event=event, actor=person)
    EventTopicFactory(event=event, topic=topic)
    said = made(StatementFactory, event=event, unnamed=True, quote_language=LANGUAGE)
    made(CitationFactory, statement=said, source=report, via=copied, credit="found")
    wrong = StatementFactory(
        event=event, speaker=person, text=texts(4500, 5 * number), language=LANGUAGE
    )
    made(CitationFactory, statement=wrong, source=report)
    StatementLinkFactory(statement=said, target=wrong)
    return event


@pytest.fixture
def paths():
    """The pages of a story of which every text is hostile."""
    story = poisoned(StoryFactory(slug="story"), 0)
    topic = poisoned(TopicFactory(slug="topic"), 1)
    for number in range(EVENTS):
        event = hostile_event(number, story, topic)
        put(event)
        edit(event, title=texts(300, 5 * number + 3))
        put(event, kind="correction", note=texts(900, 5 * number))
    take_away(event, note=texts(900, 0))
    asked = [quote(texts(200, 5 * number)) for number in range(EVENTS)]
    return [
        *("/", "/stories/story/", "/stories/story/trail/", "/topics/topic/"),
        *("/corrections/", "/embed/stories/story/", "/stories/story/?known_at=2026-12"),
        *(
            f"/{noun}s/hostile-{noun}-{number}/"
            for noun in ("event", "actor", "source")
            for number in range(EVENTS - (noun != "event"))  # the last one is gone
        ),
        *(f"/events/hostile-event-{number}/revisions/2/" for number in range(EVENTS)),
        *(f"/search/?q={one}" for one in asked),
        *(f"/stories/story/?q={one}" for one in asked[::2]),
        *(f"/stories/story/?actor={one}" for one in asked[1::2]),
    ]


def test_no_text_and_no_address_runs_anything(chromium, live_server, paths):
    found = []
    chromium.get_log("browser")
    watching = chromium.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": WATCH}
    )

    for path in paths:
        found += seen(chromium, live_server.url + path)
    # And had there been no policy to stop it.
    chromium.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    for path in paths[::5]:
        found += seen(chromium, live_server.url + path)

    chromium.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
    chromium.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", watching)
    assert not found, "\n".join(found)


def seen(browser, address):
    """What ran on a page, what its policy stopped, and links that could run."""
    browser.get(address)
    ran, links, text = browser.execute_script(LOOK)
    told = [entry["message"] for entry in browser.get_log("browser")]
    if ran:
        yield f"{address}: {ran} ran"
    if not any(payload[:20] in text for payload in PAYLOADS):
        yield f"{address}: shows no payload"
    yield from (f"{address}: {link}" for link in links)
    yield from (f"{address}: {one}" for one in told if " status of 4" not in one)
