"""The framework's apps, as the desk has them."""

from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.auth.apps import AuthConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(SimpleAdminConfig):
    """The admin, whose pages belong to the desk.

    They are found with the addresses (`config.urls`): commands that serve nothing begin
    in half the time without them.
    """

    default = False
    default_site = "config.desk.DeskSite"


class AccountsConfig(AuthConfig):
    """Accounts, under the name that the desk calls them by."""

    default = False
    verbose_name = _("Accounts")
