"""The addresses of the public pages."""

from django.urls import path

from . import (
    actor_page,
    corrections,
    embed,
    front,
    record,
    revision_page,
    search,
    sitemap,
    source_page,
    story,
    trail_page,
    views,
)

app_name = "web"

urlpatterns = [
    path("", front.front, name="front"),
    path("search/", search.search, name="search"),
    path("stories/<str:name>/", story.story, name="story"),
    path("stories/<str:name>/trail/", trail_page.story_trail, name="story_trail"),
    path("events/<str:name>/", views.event, name="event"),
    path(
        "events/<str:name>/revisions/<str:number>/",
        revision_page.revision,
        name="revision",
    ),
    path("actors/<str:name>/", actor_page.actor, name="actor"),
    path("sources/<str:name>/", source_page.source, name="source"),
    path("topics/<str:name>/", views.topic, name="topic"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed/", corrections.corrections_feed, name="corrections_feed"),
    path("record/", record.record, name="record"),
    path("record/check_record.py", record.record_script, name="record_script"),
    path("embed/stories/<str:name>/", embed.embed, name="embed"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path(
        "sitemap/<slug:noun>-<int:number>.xml",
        sitemap.sitemap_part,
        name="sitemap_part",
    ),
    path("robots.txt", sitemap.robots, name="robots"),
]
