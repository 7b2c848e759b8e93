"""`desk_accounts [NAME=ROLE ...]`: makes the desk's roles, and accounts that have them.

A new account's password is random and is printed once.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from timeline.management.accounts import ROLES, make_account, make_roles


class Command(BaseCommand):
    help = "Makes the desk's roles, and accounts that have them."

    def add_arguments(self, parser):
        parser.add_argument("accounts", nargs="*", metavar="NAME=ROLE")

    def handle(self, *args, accounts, **options):
        wanted = [account_and_role(text) for text in accounts]
        make_roles()
        for name, role in wanted:
            self.stdout.write(outcome(name, role, make_account(name, role=role)))


def account_and_role(text):
    name, _, role = text.partition("=")
    if name and role in ROLES:
        return name, role
    roles = ", ".join(ROLES)
    raise CommandError(f"“{text}” is not NAME=ROLE, with a role of {roles}.")


def outcome(name, role, password):
    if password:
        return f"{role}: account {name}, password {password} (not shown again)"
    # The command has to find the same settings as this one did.
    python = "DEBUG=1 .venv/bin/python" if settings.DEBUG else "python"
    return (
        f"{role}: account {name} is there, its password unchanged;"
        f" for a new one: {python} manage.py changepassword {name}"
    )
