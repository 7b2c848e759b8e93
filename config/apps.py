"""The framework's apps, as the desk has them."""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.contrib.auth.apps import AuthConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class DeskConfig(SimpleAdminConfig):
    """The admin, whose pages belong to the desk.

    They are found with the addresses (`config.urls`): commands that serve nothing begin
    in half the time without them.
    """

    default = False
    default_site = "config.desk.DeskSite"

    def ready(self):
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(pages_are_sound, checks.Tags.admin)


class AccountsConfig(AuthConfig):
    """Accounts, under the name that the desk calls them by."""

    default = False
    verbose_name = _("Accounts")


def pages_are_sound(app_configs, **options):
    """What Django finds wrong with the pages of the desk, which are found first."""
    import_module("config.urls")
    return check_admin_app(app_configs, **options)
