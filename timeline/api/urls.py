"""The addresses of the feed."""

from django.urls import path, re_path

from . import docs, events, lists, record, root, things

NAME = r"(?P<name>[-a-zA-Z0-9_]+)"
NUMBER = r"(?P<number>[1-9][0-9]{0,8})"

urlpatterns = [
    path("timeline/", lists.TimelineList.as_view()),  # what is asked for most
    path("", root.Root.as_view()),
    path("schema/", root.Schema.as_view()),
    path("docs/", docs.Docs.as_view()),
    path("record/", record.Record.as_view()),
    path("changes/", record.Changes.as_view()),
    path("events/", lists.EventList.as_view()),
    path("events/<slug:name>/", events.Event.as_view()),
    path("events/<slug:name>/revisions/", events.Revisions.as_view()),
    re_path(rf"^events/{NAME}/revisions/{NUMBER}/\Z", events.Revision.as_view()),
    path("statements/", lists.StatementList.as_view()),
    path("statements/<slug:name>/", events.Statement.as_view()),
    path("actors/", things.Actors.as_view()),
    path("actors/<slug:name>/", things.Actor.as_view()),
    path("sources/", things.Sources.as_view()),
    path("sources/<slug:name>/", things.Source.as_view()),
    path("stories/", things.Stories.as_view()),
    path("stories/<slug:name>/", things.Story.as_view()),
    path("topics/", things.Topics.as_view()),
    path("topics/<slug:name>/", things.Topic.as_view()),
    re_path(r"", root.Nothing.as_view()),
]
