"""Every public page, with the first story and something of each kind behind them."""

from django.core.management import call_command

from tests.publishing.desk import (
    an_event,
    edit,
    keep_back,
    put,
    relate,
    take_away,
)
from timeline.editing import saving
from timeline.models import Event, EventStory, EventTopic, Source, Story, Topic

STORY = "/stories/openai-nato/"
ADDRESS = "https://agency.example/openai-nato"
EVENT = "/events/openai-considers-nato-contract/"
PAGES = {
    "front": "/",
    "search": "/search/?q=contract",
    "search without words": "/search/",
    "story": STORY,
    "narrowed story": f"{STORY}?actor=nato&kind=claim&q=networks",
    "story of which nothing is left": f"{STORY}?q=zeppelin",
    "story in the past": f"{STORY}?known_at=2026-03-02",
    "story with a wrong question": f"{STORY}?known_at=someday",
    "trail": f"{STORY}trail/",
    "event": EVENT,
    "revision": f"{EVENT}revisions/2/",
    "actor": "/actors/openai/",
    "source": "/sources/reuters-openai-nato/",
    "topic": "/topics/ai-procurement/",
    "corrections": "/corrections/",
    "record": "/record/",
    "missing": "/events/nothing/",
    "gone": "/events/gone/",
    "on hold": "/events/held/",
    "embed": "/embed/stories/openai-nato/",
    "feed explained": "/api/v1/docs/",
}
NOT_THERE = {
    "missing": 404,
    "gone": 410,
    "on hold": 451,
    "story with a wrong question": 400,
}


def fill():
    """Publishes what the pages show: the first story, corrected, and a second one."""
    call_command("loaddata", "openai_nato", verbosity=0)
    source = Source.objects.get(slug="reuters-openai-nato")
    with saving(source, version=source.version, why="It was found."):
        source.original_url = ADDRESS
        source.save()
    correct(Event.objects.get(slug="openai-considers-nato-contract"))
    story = Story.objects.create(slug="harbour", title="The harbour")
    topic = Topic.objects.get(slug="ai-procurement")
    events = [an_event(slug, slug=slug) for slug in ("stays", "gone", "held")]
    for event in events:
        EventStory.objects.create(event=event, story=story, position=0, key="a")
        EventTopic.objects.create(event=event, topic=topic, position=0, key="a")
    stays, gone, held = events
    relate(stays, gone, "precedes")
    for event in events:
        put(event)
    take_away(gone, note="It did not happen.")
    keep_back(held)


def correct(event):
    edit(event, place="Brussels", summary=f"{event.summary} Talks go on.")
    put(event, kind="correction", note="Where it was is now said.")
