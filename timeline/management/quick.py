"""Commands that serve no pages, and so begin without them."""

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from timeline import checks


class QuickCommand(BaseCommand):
    """Checked are the configuration and the models; addresses are nobody's matter here.

    To look at them means to load every page, which takes longer than most commands.
    """

    requires_system_checks = (checks.TAG, Tags.models)
