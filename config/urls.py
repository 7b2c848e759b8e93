"""Where the desk, the feed and the public pages are."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("timeline.api.urls")),
    path("admin/", admin.site.urls),
    path("", include("timeline.web.urls")),
]
