"""`password_link NAME`: a link where an account gets a new password, to be handed over.

For desks without mail. It works once, for three days, and is printed once.
"""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from timeline.admin.accounts import password_link


class Command(BaseCommand):
    help = "Makes a link with which an account of the desk gets a new password."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME")

    def handle(self, *args, name, **options):
        user = get_user_model().objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no open account with the name “{name}”.")
        self.stdout.write(password_link(user))
