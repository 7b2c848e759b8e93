"""Actors, sources, stories and topics: as the newest entry that names each says."""

from django.conf import settings
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from timeline.publishing import read

from .describing import SLUG, described, page_of
from .errors import bad_parameters, moved
from .feed import Feed, paged
from .fields import OTHER_LIST, PAGE_SIZE
from .filters import ActorFilters, SourceFilters, ThingFilters, fault, repeated
from .pagination import Place, address, cursor_to, digest_of
from .renderers import page_text


class Things(Feed):
    """Everything of one noun that a current entry names, by slug."""

    filters = ThingFilters
    noun = path = ""

    def answer(self, wanted):
        place = wanted.pop("cursor", None)
        size = wanted.pop("page_size", PAGE_SIZE)
        binding = binding_of(self.noun, wanted)
        if place and place.list != binding:
            raise bad_parameters([fault("cursor", OTHER_LIST)])
        back = place.back if place else False
        head = self.record_head
        rows = read.things(
            self.noun,
            after=place.key if place else None,
            limit=size + 1,
            back=back,
            wanted=read.Wanted(**wanted) if wanted else None,
        )
        more, rows = len(rows) > size, rows[:size]
        if back:
            rows.reverse()
        before, after = (more, True) if back else (place is not None, more)
        following = (
            self.page_at(rows[-1], binding, back=False) if rows and after else None
        )
        previous = (
            self.page_at(rows[0], binding, back=True) if rows and before else None
        )
        site = settings.SITE_URL
        bodies = [read.thing_text(row, made_for=head.site, site=site) for row in rows]
        text = page_text(bodies, following=following, previous=previous)
        return paged(text, following=following, previous=previous)

    def page_at(self, row, binding: str, *, back: bool) -> str:
        place = Place(self.record_head.sequence, row.slug, back, binding)
        kept = repeated(self.filters, self.given, without="cursor")
        return address(self.path, [*kept, ("cursor", cursor_to(place))])


def binding_of(noun: str, wanted: dict) -> str:
    """What a cursor is bound to: the list and its filters."""
    told = [(name, getattr(value, "phrases", value)) for name, value in wanted.items()]
    return digest_of(noun, *sorted(told))


class Thing(Feed):
    """One thing of a noun, by slug or id."""

    noun = path = ""
    text = staticmethod(read.thing_text)

    def answer(self, wanted, name):
        row = read.thing(self.noun, name)
        if row is None:
            raise NotFound
        if name not in (row.slug, row.thing):  # it was merged into this one
            raise moved(address(f"{self.path}{row.slug}/"))
        made_for = self.record_head.site
        return Response(self.text(row, made_for=made_for, site=settings.SITE_URL))


@described("listActors", page_of("Actor"), filters=ActorFilters)
class Actors(Things):
    """People, organisations, government bodies, outlets and groups."""

    filters = ActorFilters
    noun, path = "actor", "actors/"


@described("getActor", "Actor", path=[SLUG], problems={308: "Moved"})
class Actor(Thing):
    """One actor, by slug or id."""

    noun, path = "actor", "actors/"


@described("listSources", page_of("Source"), filters=SourceFilters)
class Sources(Things):
    """Reports and documents that statements rest on."""

    filters = SourceFilters
    noun, path = "source", "sources/"


@described("getSource", "SourceWithSupport", path=[SLUG], problems={308: "Moved"})
class Source(Thing):
    """One source, by slug or id, with what rests on it."""

    noun, path = "source", "sources/"
    text = staticmethod(read.source_text)


@described("listStories", page_of("Story"), filters=ThingFilters)
class Stories(Things):
    """Threads of events."""

    noun, path = "story", "stories/"


@described("getStory", "Story", path=[SLUG])
class Story(Thing):
    """One story, by slug or id."""

    noun, path = "story", "stories/"


@described("listTopics", page_of("Topic"), filters=ThingFilters)
class Topics(Things):
    """Subjects that events of many stories share."""

    noun, path = "topic", "topics/"


@described("getTopic", "Topic", path=[SLUG])
class Topic(Thing):
    """One topic, by slug or id."""

    noun, path = "topic", "topics/"
