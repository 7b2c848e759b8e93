"""The addresses of the public pages."""

from django.urls import path

from . import views

app_name = "web"

urlpatterns = [
    path("", views.front, name="front"),
    path("stories/<str:name>/", views.story, name="story"),
    path("events/<str:name>/", views.event, name="event"),
    path("actors/<str:name>/", views.actor, name="actor"),
    path("sources/<str:name>/", views.source, name="source"),
    path("topics/<str:name>/", views.topic, name="topic"),
]
