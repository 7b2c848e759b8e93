"""`story_schema`: the format of a story's file, for the tools of who writes one."""

import json

from timeline.management.quick import QuickCommand
from timeline.transfer.schema import schema


class Command(QuickCommand):
    help = "Writes the JSON Schema of the files that import_story reads."

    def handle(self, *args, **options):
        self.stdout.write(json.dumps(schema(), ensure_ascii=False, indent=1))
