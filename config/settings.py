"""The one settings file: what differs between machines is read from the environment.

What is wrong with it is kept in `DATELINE_FAULTS`, and the system checks say so.
"""

import os
from pathlib import Path

import django

from config import mail
from config.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "data"

environment = Environment(os.environ)

DEBUG = environment.switch("DEBUG")
SECRET_KEY = environment.secret_key(
    "SECRET_KEY", debug=DEBUG, keep_in=DATA_DIR / "secret_key"
)

# Where the site is. Everything that depends on the address follows from this one.

site = environment.site("SITE_URL", default="http://localhost:8000" if DEBUG else "")
SITE_URL = site.url
# The empty pattern matches no host; an empty list would make `runserver` stop with a
# sentence of its own in place of ours.
ALLOWED_HOSTS = site.hosts or [""]
CSRF_TRUSTED_ORIGINS = site.origins
SESSION_COOKIE_SECURE = site.secure
CSRF_COOKIE_SECURE = site.secure
# A site with an https address is reached through a proxy that ends TLS and says so.
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if site.secure and not site.local else None
)
# Thirty days, this host only: long enough to protect, short enough to move away from.
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if site.secure and not site.local else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # Other hosts of the domain are not this project's to decide on.
    "security.W008",  # The proxy redirects; here it would loop where it says nothing.
    "security.W021",  # Browsers' built-in lists cannot be left again.
]

# Who publishes, under what terms.

DATELINE_PUBLISHER = environment.text("PUBLISHER")
DATELINE_CONTACT = environment.contact("CONTACT")
DATELINE_CORRECTIONS_POLICY = environment.web_address("CORRECTIONS_URL", "E007")
licence = environment.licence("CONTENT_LICENCE")
DATELINE_LICENCE_NAME = licence.name
DATELINE_LICENCE_URL = licence.url

# How the desk works: whether each change has to be seen by a second person.

DATELINE_REVIEW_NEEDS_ANOTHER = environment.switch("REVIEW_NEEDS_ANOTHER")

# How people sign in: where their requests come from, and by which mail they are asked.

# Of X-Forwarded-For, as many addresses from the end were written by proxies of ours.
DATELINE_PROXIES = environment.number(
    "PROXIES", default=1 if site.secure and not site.local else 0
)
mail_server = environment.mail("EMAIL_URL")
DATELINE_HAS_MAIL = mail_server is not None
DEFAULT_FROM_EMAIL = environment.contact("EMAIL_FROM") or (
    DATELINE_CONTACT if "@" in DATELINE_CONTACT else "dateline@localhost"
)
if django.VERSION >= (6, 1):
    MAILERS = mail.mailers(mail_server)
else:
    globals().update(mail.older_settings(mail_server))

# Language and time. Instants are stored in UTC; the desk reads and types its own zone.

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.time_zone("DESK_TIME_ZONE", default="UTC")

# Data.

DATABASES = {
    "default": environment.database(
        "DATABASE_URL", default=DATA_DIR / "dateline.sqlite3"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
# An event with fifty statements and their citations is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

DATELINE_FAULTS = environment.faults

INSTALLED_APPS = [
    # First: its templates and its `loaddata` stand before those of the framework.
    "timeline.apps.TimelineConfig",
    "config.apps.DeskConfig",
    "config.apps.AccountsConfig",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
]

MIDDLEWARE = [
    "config.security.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.SessionMiddleware",
    "config.middleware.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.AuthenticationMiddleware",
    "config.middleware.MessageMiddleware",
    "config.middleware.KnownBrowserMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.busy.BusyMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "config.desk.sent_from_an_older_page"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# The feed is for everyone: it knows no account and no session.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "timeline.api.errors.problem",
    # `format` is a parameter like others, which the feed itself reads or refuses.
    "URL_FORMAT_OVERRIDE": None,
}

contact_field = "email" if "://" not in DATELINE_CONTACT else "url"
SPECTACULAR_SETTINGS = {
    "TITLE": "Dateline",
    "DESCRIPTION": "A timeline of events: who said what, to whom, as reported by whom.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["timeline.api.describing.complete"],
    "CONTACT": {
        key: value
        for key, value in {
            "name": DATELINE_PUBLISHER,
            contact_field: DATELINE_CONTACT,
        }.items()
        if value
    },
    "LICENSE": (
        {"name": DATELINE_LICENCE_NAME}
        | ({"url": DATELINE_LICENCE_URL} if DATELINE_LICENCE_URL else {})
        if DATELINE_LICENCE_NAME
        else {}
    ),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # In place of the framework's own: one line to the console, and no e-mail.
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
}
