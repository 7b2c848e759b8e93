"""`publish --story SLUG | --ready`: what is on the desk to readers, many at once.

Exit codes: 0 readers see all of it; 1 no such story, nothing published; 2 wrong use;
4 something was not published, and was listed.
"""

from django.core.management.base import CommandError

from timeline.management.patience import patience
from timeline.management.quick import QuickCommand
from timeline.models import Event
from timeline.transfer.publishing import (
    NoSuchStory,
    choose,
    of_stories,
    publish_chosen,
    rehearse_chosen,
)

UNPUBLISHED = 4


class Command(QuickCommand):
    help = (
        "Publishes events whose readers do not see what is on the desk, in acts of at "
        "most 500, linked ones together. What is not ready, in review or sent back is "
        "left and listed; what was withdrawn, merged or put on hold stays so. "
        "Interrupted, the same command goes on. Exit codes: 1 no such story, 4 "
        "something was not published."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--story",
            action="append",
            metavar="SLUG",
            help="The events of this story; may be given several times.",
        )
        what.add_argument(
            "--ready", action="store_true", help="Everything on the desk that is ready."
        )
        parser.add_argument(
            "--note",
            default="",
            help="What readers are told of events that they see already.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Publish nothing; list what would be, and what would be refused.",
        )

    def handle(self, *args, story, ready, note, dry_run, **options):
        try:
            events = Event.objects.all() if ready else of_stories(story)
        except NoSuchStory as error:
            raise CommandError(str(error)) from error
        chosen = choose(events)
        if dry_run:
            refused = list(rehearse_chosen(chosen))
            self.stdout.write(
                f"{len(chosen.first):,} event(s) would be published for the first time,"
                f" {len(chosen.again):,} again, {len(refused):,} of them refused."
            )
        else:
            refused = self.publish(chosen, note)
        if chosen.settled:
            self.stdout.write(
                f"{chosen.settled:,} event(s) withdrawn, merged, suppressed or on hold "
                "stay so."
            )
        left = [*chosen.at_work, *refused]
        for sentence in left:
            self.stderr.write(sentence)
        if left:
            raise CommandError(
                f"{len(left):,} event(s) not published.", returncode=UNPUBLISHED
            )

    def publish(self, chosen, note):
        try:
            with patience():
                done = publish_chosen(chosen, note=note)
        except KeyboardInterrupt as error:
            raise CommandError(
                "Interrupted. What is published stays; the same command goes on.",
                returncode=UNPUBLISHED,
            ) from error
        self.stdout.write(f"{done.rows:,} revision(s) published.")
        return done.refused
