"""The framework's apps, as the desk has them."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.apps import AuthConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AdminConfig):
    """The admin, whose pages belong to the desk."""

    default = False
    default_site = "config.desk.DeskSite"


class AccountsConfig(AuthConfig):
    """Accounts, under the name that the desk calls them by."""

    default = False
    verbose_name = _("Accounts")
