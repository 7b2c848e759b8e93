"""`export_story SLUG... | --all`: stories as a file for `import_story`."""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import CommandError

from timeline.management.quick import QuickCommand
from timeline.transfer.exporting import Export
from timeline.transfer.gathering import NoSuchStory


class Command(QuickCommand):
    help = (
        "Writes stories, with all that they are made of, as a file that import_story "
        "reads. Other stories that an event belongs to are named, and no import "
        "changes anything by that."
    )

    def add_arguments(self, parser):
        parser.add_argument("stories", nargs="*", metavar="SLUG")
        parser.add_argument("--all", action="store_true", help="The whole desk.")
        parser.add_argument(
            "--output",
            metavar="FILE",
            help="Write this file, whole or not at all; without it, standard output.",
        )

    def handle(self, *args, stories, output, **options):
        if bool(stories) is options["all"]:
            raise CommandError("Name the stories, or ask for --all.", returncode=2)
        export = Export(None if options["all"] else stories)
        try:
            if output:
                write_whole(Path(output), export)
            else:
                out = getattr(self.stdout, "_out", sys.stdout)
                export.write(out)
        except NoSuchStory as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}.") from error
        for sentence in export.told.sentences:
            self.stderr.write(sentence)


def write_whole(path: Path, export: Export) -> None:
    """Write a file beside its place, and put it there when it is whole."""
    beside = tempfile.NamedTemporaryFile(  # noqa: SIM115 - it is renamed, not closed
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    )
    try:
        with beside as out:
            export.write(out)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(beside.name, 0o666 & ~umask())
        os.replace(beside.name, path)
    except BaseException:
        Path(beside.name).unlink(missing_ok=True)
        raise


def umask() -> int:
    """What new files may not have."""
    current = os.umask(0)
    os.umask(current)
    return current
