"""`verify_record`: whether the record is whole, to the last character."""

from django.core.management.base import CommandError

from timeline.management.quick import QuickCommand
from timeline.publishing.read import head
from timeline.publishing.write import verify_derived, verify_record


class Command(QuickCommand):
    help = (
        "Recomputes every digest of the record and names each row that was changed or "
        "is missing; then holds what readers are served against it. Exits with 1 where "
        "anything is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            metavar="SEQUENCE-DIGEST",
            help="A head noted elsewhere: finds rows that were cut off the end.",
        )

        parser.add_argument(
            "--derived",
            action="store_true",
            help=(
                "Also make every table that is read anew, compare, and undo it. Takes "
                "as long as rebuild_timeline; nothing is published meanwhile."
            ),
        )

    def handle(self, *args, **options):
        noted = noted_head(options["head"]) if options["head"] else {}
        faults = list(verify_record(**noted))
        if options["derived"] and not faults:
            faults = list(verify_derived())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} fault(s) in the record.")
        last = head()
        self.stdout.write(
            f"The record is whole: {last.sequence} row(s), head "
            f"{last.sequence}-{last.digest}"
        )


def noted_head(text: str) -> dict:
    """The sequence and digest of a noted head; CommandError where it is none."""
    sequence, _dash, digest = text.partition("-")
    known = sequence.isascii() and sequence.isdecimal() and len(sequence) < 19
    if not known or len(digest) != 64:
        raise CommandError("Give --head as verify_record prints it: 17-3f2a….")
    return {"sequence": int(sequence), "digest": digest}
