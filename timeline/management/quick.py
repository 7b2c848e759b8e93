"""Commands that serve no pages, and so begin without them."""

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from timeline import checks


class Quick:
    """Checked are the configuration and the models; addresses are nobody's matter here.

    To look at them means to load every page, which takes longer than most commands.
    Where the database is not as this version needs it, it is said how to mend that.
    """

    requires_system_checks = (checks.TAG, Tags.models)

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except (CommandError, OperationalError, ProgrammingError) as error:
            if not (is_of_the_database(error) and is_behind()):
                raise
            raise CommandError(
                "The database has no tables yet, or those of an earlier version: "
                "run “manage.py migrate”, and then this again."
            ) from error


class QuickCommand(Quick, BaseCommand):
    """A command of this kind."""


def is_behind() -> bool:
    """Whether there are migrations that were not applied."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_of_the_database(error: BaseException | None) -> bool:
    """Whether an error is one of the database, or comes from one."""
    while error and not isinstance(error, OperationalError | ProgrammingError):
        error = error.__cause__ or error.__context__
    return error is not None
