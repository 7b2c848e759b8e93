"""Settings of the ordinary application: those that a new project begins with.

Kinder than the defaults in two things: connections are kept, and no log is written.
`ORDINARY_DATABASE_URL` is its database, `DATABASE_URL` the record it is filled from.
"""

import os

import dj_database_url

SECRET_KEY = "of a benchmark, which nobody signs in to"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "rest_framework",
    "benchmarks.ordinary",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "benchmarks.ordinary.urls"
DATABASES = {
    "default": dj_database_url.parse(
        os.environ["ORDINARY_DATABASE_URL"], conn_max_age=600
    ),
    "record": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or os.environ["ORDINARY_DATABASE_URL"]
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
REST_FRAMEWORK = {
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
