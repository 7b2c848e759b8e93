"""The list of events: nested serializers, prefetching, LimitOffset."""

from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from .models import Actor, Citation, Event, Participation, Source, Statement
from .models import Story as StoryRow
from .models import Topic as TopicRow

SITE = "http://localhost:8000"


class Named(serializers.ModelSerializer):
    """What everything named has."""

    id = serializers.CharField(source="public_id")
    url = serializers.SerializerMethodField()
    html_url = serializers.SerializerMethodField()
    path = ""

    def get_url(self, row):
        return f"{SITE}/api/v1/{self.path}/{row.slug}/"

    def get_html_url(self, row):
        return f"{SITE}/{self.path}/{row.slug}/"


NAMED = ["id", "slug", "url", "html_url"]


class ActorSerializer(Named):
    path = "actors"

    class Meta:
        model = Actor
        fields = [*NAMED, "name", "kind"]


class StorySerializer(Named):
    path = "stories"

    class Meta:
        model = StoryRow
        fields = [*NAMED, "title"]


class TopicSerializer(Named):
    path = "topics"

    class Meta:
        model = TopicRow
        fields = [*NAMED, "name"]


class SourceSerializer(Named):
    path = "sources"
    publisher = ActorSerializer()

    class Meta:
        model = Source
        fields = [
            *(*NAMED, "title", "label", "kind", "status", "publisher", "published"),
            *("production", "original_url"),
        ]


class CitationSerializer(serializers.ModelSerializer):
    source = SourceSerializer()
    via = SourceSerializer()
    origin = SourceSerializer()
    read_in = serializers.ReadOnlyField(default=None)
    copies = serializers.ReadOnlyField(default=list)

    class Meta:
        model = Citation
        fields = [
            *("source", "via", "origin", "read_in", "copies", "own_words"),
            *("after_update", "credit", "passage"),
        ]


class StatementSerializer(Named):
    path = "statements"
    speaker = ActorSerializer()
    citations = CitationSerializer(many=True)
    ground = serializers.ReadOnlyField(default=None)
    reason_unnamed = serializers.ReadOnlyField(default=None)
    on_behalf_of = serializers.ReadOnlyField(default=None)
    relayed_by = serializers.ReadOnlyField(default=None)
    told_to = serializers.ReadOnlyField(default=None)
    said_in = serializers.ReadOnlyField(default=None)
    quote = serializers.ReadOnlyField(default=None)

    class Meta:
        model = Statement
        fields = [
            *(*NAMED, "kind", "mode", "speaker", "described_as", "described_number"),
            *("ground", "reason_unnamed", "on_behalf_of", "relayed_by", "told_to"),
            *("said_in", "said", "text", "language", "quote", "attribution"),
            *("standing", "links", "linked_by", "first_reported", "origins"),
            "citations",
        ]


class ParticipationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Participation
        fields = ["role"]

    def to_representation(self, row):
        return {**ActorSerializer(row.actor).data, "role": row.role}


class RevisionSerializer(serializers.ModelSerializer):
    caused_by = serializers.ReadOnlyField(default=None)

    class Meta:
        model = Event
        fields = [
            *("number", "sequence", "kind", "note", "caused_by", "published_at"),
            "digest",
        ]


class EventSerializer(Named):
    path = "events"
    stories = StorySerializer(many=True)
    topics = TopicSerializer(many=True)
    actors = ParticipationSerializer(source="participations", many=True)
    related = serializers.ReadOnlyField(default=list)
    statements = StatementSerializer(many=True)
    revision = RevisionSerializer(source="*")

    class Meta:
        model = Event
        fields = [
            *(*NAMED, "title", "summary", "status", "importance", "place", "date"),
            *("stories", "topics", "actors", "related", "statements"),
            *("first_reported", "origins", "revision"),
        ]


class EventList(ListAPIView):
    """Events, the newest first."""

    serializer_class = EventSerializer
    queryset = Event.objects.order_by("-sort_key").prefetch_related(
        "stories",
        "topics",
        Prefetch("participations", Participation.objects.select_related("actor")),
        Prefetch("statements", Statement.objects.select_related("speaker")),
        Prefetch(
            "statements__citations",
            Citation.objects.select_related(
                "source__publisher", "via__publisher", "origin__publisher"
            ),
        ),
    )
