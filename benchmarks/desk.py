"""What opening a list of the desk costs with many events: queries, and CPU seconds.

    DATABASE_URL=… python -m benchmarks.desk [EVENTS]

fills an empty desk and asks in this process, middleware included.
"""

import os
import sys
import time

import django
from django.conf import settings
from django.test import Client

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from timeline.models import Actor, Event, Source, Statement  # noqa: E402

LISTS = (
    "event/",
    "event/?p=100",
    "event/?o=1",
    "event/?q=number+77",
    "event/?review=draft",
    "statement/",
    "source/",
    "actor/",
)
TIMES = 3


def fill(events: int) -> None:
    """An event for each number, with a statement."""
    speaker = Actor.objects.create(slug="speaker", name="Speaker", kind="person")
    Source.objects.create(slug="source", title="Source", kind="article")
    rows = [
        Event(
            slug=f"event-{number}",
            title=f"Event number {number}",
            date=f"{1900 + number % 120}-{1 + number % 12:02}-{1 + number % 28:02}",
        )
        for number in range(events)
    ]
    Event.objects.bulk_create(rows, batch_size=2000)
    said = [
        Statement(
            slug=f"statement-{number}",
            event=event,
            speaker=speaker,
            kind="claim",
            mode="paraphrase",
            text=f"What was said of number {number}",
        )
        for number, event in enumerate(rows)
    ]
    Statement.objects.bulk_create(said, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def opened(browser: Client, page: str) -> tuple[int, float]:
    """How many queries a page asks, and its CPU seconds in this process at best."""
    best = []
    for _time in range(TIMES):
        began = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            response = browser.get(f"/admin/timeline/{page}", secure=True)
        best.append(time.process_time() - began)
        assert response.status_code == 200, page
    return len(asked), min(best)


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    if not Event.objects.exists():
        fill(int((sys.argv[1:] or ["100000"])[0]))
    person, _made = User.objects.get_or_create(
        username="measuring", is_staff=True, is_superuser=True
    )
    browser = Client()
    browser.force_login(person)
    print(f"{Event.objects.count()} events, {connection.vendor}")
    for page in LISTS:
        count, seconds = opened(browser, page)
        print(f"{page:24} {count:3} queries  {1000 * seconds:7.0f} ms of CPU")


if __name__ == "__main__":
    main()
