"""`rebuild_timeline`: make anew, from the record, all that readers are served from."""

from timeline.management.patience import patience
from timeline.management.quick import QuickCommand
from timeline.publishing.write import is_stale, rebuild


class Command(QuickCommand):
    help = (
        "Makes the current entries, filter tables and names anew from the record. "
        "Needed after SITE_URL changed, or where verify_record asks for it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Only where the entries were made for another SITE_URL.",
        )

    def handle(self, *args, **options):
        if options["if_needed"] and not is_stale():
            self.stdout.write("The timeline is up to date.")
            return
        with patience():
            read = rebuild()
        self.stdout.write(f"Read {read} revision(s) and made the timeline anew.")
