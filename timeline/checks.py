"""System checks: each thing wrong with the configuration, in a sentence."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Warning

TAG = "dateline"
SERVING = "serving"
MANIFEST_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"


def configuration_is_sound(app_configs, **options):
    """What the environment gets wrong."""
    return [
        Error(fault.sentence, hint=fault.hint, id=f"dateline.{fault.code}")
        for fault in settings.DATELINE_FAULTS
    ]


def publisher_is_named(app_configs, **options):
    """What readers of a public site would miss."""
    said = {
        "PUBLISHER": settings.DATELINE_PUBLISHER,
        "CONTACT": settings.DATELINE_CONTACT,
        "CORRECTIONS_URL": settings.DATELINE_CORRECTIONS_POLICY,
        "CONTENT_LICENCE": settings.DATELINE_LICENCE_NAME,
    }
    missing = [name for name, value in said.items() if not value]
    if settings.DEBUG or not missing:
        return []
    return [
        Warning(
            f"{', '.join(missing)}: not set, so pages and feed cannot say it.",
            hint="Tell readers who publishes, where to write, and on what terms.",
            id="dateline.W001",
        )
    ]


def address_is_safe(app_configs, **options):
    """What would put passwords or internals in the open."""
    local = "localhost" in settings.ALLOWED_HOSTS or not settings.SITE_URL
    found = []
    if not local and not settings.SITE_URL.startswith("https://"):
        found.append(
            Warning(
                "SITE_URL is not https://: passwords cross the network unprotected.",
                hint="Put a proxy with TLS in front, and its address in SITE_URL.",
                id="dateline.W002",
            )
        )
    if not local and settings.DEBUG:
        found.append(
            Warning(
                "DEBUG is on at a public address: error pages show the code.",
                hint="Leave DEBUG unset.",
                id="dateline.W003",
            )
        )
    return found


def static_files_are_collected(app_configs, **options):
    """Without their list, no page that has a stylesheet can be shown."""
    expected = settings.STORAGES["staticfiles"]["BACKEND"] == MANIFEST_STORAGE
    if not expected or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return []
    return [
        Error(
            "The stylesheets have not been collected.",
            hint="Run `python manage.py collectstatic --noinput`.",
            id="dateline.E010",
        )
    ]
