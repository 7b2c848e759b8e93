"""The desk that `benchmarks.newsroom` works on: `python -m benchmarks.newsroom_desk
PASSWORD NAME...` in an empty database (DATABASE_URL).

Prints, as JSON, the keys of an event, of one of its statements, of a person who says
it, and of that person's duplicate.
"""

import json
import sys

from django.contrib.auth import get_user_model
from django.core.management import call_command

import benchmarks.ready  # noqa: F401
from timeline.models import Actor, Citation, Event, Source, Statement


def make(password: str, names: list[str]) -> dict:
    call_command("migrate", verbosity=0)
    call_command("loaddata", "openai_nato", verbosity=0)
    accounts = get_user_model().objects
    chief = get_user_model().groups.field.related_model.objects.get(name="Chief editor")
    for name in names:
        user = accounts.create_user(name, password=password, is_staff=True)
        user.groups.add(chief)
    one = Actor.objects.create(slug="asked", name="The ministry", kind="organisation")
    other = Actor.objects.create(
        slug="asked-twice", name="The Ministry", kind="organisation"
    )
    event = Event.objects.create(slug="asked", title="Asked", date="2026-03-04")
    said = {}
    for place, speaker in enumerate((one, other), start=1):
        said[place] = Statement.objects.create(
            event=event,
            slug=f"asked-{place}",
            kind="claim",
            mode="paraphrase",
            speaker=speaker,
            text=f"Answer {place}.",
            position=place,
        )
        Citation.objects.create(statement=said[place], source=Source.objects.first())
    return {"event": event.pk, "one": one.pk, "other": other.pk}


if __name__ == "__main__":
    print(json.dumps(make(sys.argv[1], sys.argv[2:])))
