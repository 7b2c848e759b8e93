"""The addresses of a desk that can send mail."""

from django.contrib import admin
from django.urls import include, path

from timeline.admin.accounts import account_urls

urlpatterns = [
    path("admin/", include(account_urls(mail=True))),
    path("admin/", admin.site.urls),
    path("", include("timeline.web.urls")),
]
