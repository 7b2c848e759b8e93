"""`publish_due`: publishes what is approved and due; may run every minute.

Says what it published, and what it could not, which then goes back to its owner.
"""

from timeline.management.quick import QuickCommand
from timeline.publishing.write import publish_due


class Command(QuickCommand):
    help = "Publishes the events that are approved and under no embargo any more."

    def handle(self, *args, **options):
        for outcome in publish_due():
            if outcome.refused:
                self.stderr.write(f"Refused “{outcome.event}”: {outcome.refused}")
            elif outcome.revision:
                number = outcome.revision.number
                self.stdout.write(f"Published “{outcome.event}”, revision {number}.")
            else:
                self.stdout.write(f"“{outcome.event}”: readers see no change.")
