"""Where the desk, the feed and the public pages are."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from timeline.admin.accounts import account_urls

admin.autodiscover()

urlpatterns = [
    path("api/v1/", include("timeline.api.urls")),
    path("admin/", include(account_urls(mail=settings.DATELINE_HAS_MAIL))),
    path("admin/", admin.site.urls),
    path("", include("timeline.web.urls")),
]
