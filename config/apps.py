"""The framework's admin, with the desk as its site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The admin, whose pages belong to the desk."""

    default = False
    default_site = "config.desk.DeskSite"
