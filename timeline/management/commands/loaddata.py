"""`loaddata`, as Django does it, by natural keys; then publishes what is marked."""

import os

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError

from timeline.editing import Refused, recording
from timeline.management.patience import patience
from timeline.management.quick import Quick
from timeline.transfer import Loading, marked_for_publication


class Command(Quick, loaddata.Command):
    help = (
        f"{loaddata.Command.help} Events that a fixture marks with "
        '"publish": true are then published, where the load made or changed them.'
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--no-publish",
            action="store_true",
            help="Leave everything on the desk, whatever the fixtures mark.",
        )

    def handle(self, *labels, **options):
        self.loading = Loading(super().save_obj)
        self.marked = []
        try:
            with patience():
                super().handle(*labels, **options)
                if not options["no_publish"]:
                    self.publish(labels)
            for line in self.loading.left.values():
                self.stderr.write(line)
        except (
            DatabaseError,
            DeserializationError,
            ObjectDoesNotExist,
            OverflowError,
            Refused,
            UnicodeError,
            ValidationError,
            ValueError,
        ) as error:
            raise CommandError(f"Nothing was loaded. {sentence(error)}") from error

    def loaddata(self, fixture_labels):
        names = ", ".join(os.path.basename(label) for label in fixture_labels)
        with recording(why=f"Loaded from {names}."):
            super().loaddata(fixture_labels)
            self.loading.finish()

    def load_label(self, fixture_label):
        super().load_label(fixture_label)
        for path, _directory, _name in self.find_fixtures(fixture_label):
            _, form, compression = self.parse_name(os.path.basename(path))
            if form == "json" and path != loaddata.READ_STDIN:
                opener, mode = self.compression_formats[compression]
                with opener(path, mode) as fixture:
                    self.marked += marked_for_publication(fixture)

    def save_obj(self, obj):
        return self.loading.take(obj)

    def publish(self, labels):
        note = f"Brought up to {', '.join(labels)}."
        revisions = self.loading.publish(self.marked, note=note)
        if self.verbosity >= 1 and self.marked:
            self.stdout.write(f"Appended {revisions} revision(s) to the record.")


def sentence(error: Exception) -> str:
    """What went wrong, in one line."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return " ".join(str(part) for part in error.args) or type(error).__name__
