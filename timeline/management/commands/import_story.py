"""`import_story FILE...`: stories from files onto the desk, and to readers.

Exit codes: 0 done; 1 a fault in the files, nothing written; 2 wrong use; 3 something
was changed here since it was loaded, nothing written; 4 on the desk, not all published.
"""

import sys

from django.core.management.base import CommandError

from timeline.management.patience import patience
from timeline.management.quick import QuickCommand
from timeline.transfer.files import Unreadable
from timeline.transfer.importing import KEEP, STOP, TAKE, Import
from timeline.transfer.outcome import Conflicting, Faulty

CONFLICT, UNPUBLISHED = 3, 4


class Command(QuickCommand):
    help = (
        "Loads stories from files: checks every object, says all that is wrong at "
        "once, writes all or nothing, then publishes what is marked. Interrupted "
        "while it publishes, the same command goes on. Exit codes: 1 faulty files, "
        "3 changed here since it was loaded, 4 not all could be published."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="A file (.json, .json.gz), a folder of them, or - for standard input.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Write nothing; show what would be created, changed and left.",
        )
        parser.add_argument(
            "--on-conflict",
            choices=(STOP, KEEP, TAKE),
            default=STOP,
            help=(
                "What was changed here since it was loaded: stop and list it (the "
                "default), keep what is here, or take what the files say."
            ),
        )
        parser.add_argument(
            "--no-publish",
            action="store_true",
            help="Leave everything on the desk, whatever the files mark.",
        )

    def handle(self, *args, files, dry_run, on_conflict, no_publish, **options):
        self.quiet = options["verbosity"] == 0
        self.bar = Progress(self.stderr) if not self.quiet else None
        try:
            load = Import(files, on_conflict=on_conflict, tell=self.tell)
            with patience():
                outcome = load.run(dry=dry_run, publish=not no_publish)
        except Unreadable as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        except Faulty as error:
            self.clear()
            for sentence in error.sentences:
                self.stderr.write(sentence)
            more = error.count - len(error.sentences)
            if more:
                self.stderr.write(f"And {more:,} more.")
            raise CommandError(
                f"Nothing was imported: {error.count:,} fault(s)."
            ) from error
        except Conflicting as error:
            self.clear()
            self.tell_conflicts(error)
            raise CommandError(
                "Nothing was imported. Choose --on-conflict=keep (what is here stays) "
                "or --on-conflict=take (the files win).",
                returncode=CONFLICT,
            ) from error
        except KeyboardInterrupt as error:
            self.clear()
            raise CommandError(
                "Interrupted. What is published stays; the same command goes on.",
                returncode=UNPUBLISHED,
            ) from error
        self.clear()
        self.tell_outcome(outcome, dry_run=dry_run)
        if outcome.waiting:
            raise CommandError(
                f"{len(outcome.waiting)} event(s) are on the desk and not published.",
                returncode=UNPUBLISHED,
            )

    def tell(self, what, done, total):
        if self.bar:
            self.bar.show(what, done, total)

    def clear(self):
        if self.bar:
            self.bar.clear()

    def tell_conflicts(self, error):
        for name, differences in error.things:
            self.stderr.write(f"{name} was changed here since it was loaded:")
            for line in map(line_of, differences):
                self.stderr.write(f"  {line}")

    def tell_outcome(self, outcome, *, dry_run):
        if self.quiet:
            return
        for difference in outcome.changes:
            self.stdout.write(line_of(difference))
        words = ("to create", "to change") if dry_run else ("created", "changed")
        for count in outcome.counts:
            self.stdout.write(
                f"{count.name}: {count.created:,} {words[0]}, {count.changed:,}"
                f" {words[1]}, {count.left:,} as they were"
            )
        for slug in outcome.kept:
            self.stdout.write(f"“{slug}” was changed here and is left as it is.")
        if dry_run:
            self.stdout.write("Nothing was written.")
        elif outcome.published:
            self.stdout.write(f"{outcome.published:,} revision(s) published.")
        for sentence in outcome.waiting:
            self.stderr.write(sentence)


def line_of(difference) -> str:
    """One difference, on one line."""
    if not difference.field:
        return f"{difference.thing}: new"
    here, there = difference.here, difference.there
    return f"{difference.thing}, {difference.field}: here {here}; in the files {there}"


class Progress:
    """How far it is: one line that changes on a terminal, plain lines elsewhere."""

    EVERY = 50_000  # objects or events, between two plain lines

    def __init__(self, stream):
        self.stream = stream
        self.live = sys.stderr.isatty()
        self.shown: dict[str, int] = {}

    def show(self, what, done, total):
        told = f"{done:,}" if total is None else f"{done:,} of {total:,}"
        if self.live:
            self.stream.write(f"\r{what}: {told}   ", ending="")
            self.stream.flush()
        elif done // self.EVERY > self.shown.get(what, 0):
            self.stream.write(f"{what}: {told}")
            self.shown[what] = done // self.EVERY

    def clear(self):
        if self.live:
            self.stream.write("\r" + " " * 60 + "\r", ending="")
