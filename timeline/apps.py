"""The app, as Django knows it."""

from django.apps import AppConfig
from django.core.checks import register

from timeline import checks


class TimelineConfig(AppConfig):
    """Dateline's one app."""

    name = "timeline"
    verbose_name = "Timeline"

    def ready(self):
        register(checks.configuration_is_sound, checks.TAG)
        register(checks.publisher_is_named, checks.TAG)
        register(checks.address_is_safe, checks.TAG)
        register(checks.static_files_are_collected, checks.SERVING, deploy=True)
