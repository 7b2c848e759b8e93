"""Fills the ordinary application with the events of a record.

`python -m benchmarks.ordinary.fill`, from DATABASE_URL into ORDINARY_DATABASE_URL,
which must be empty: what is read back is nested to the same content.
"""

import os
import sys
import time

import django
import orjson

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.ordinary.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from benchmarks.bare import UNDATED_FROM  # noqa: E402
from benchmarks.ordinary import models  # noqa: E402

AT_ONCE = 1_000
BODIES = "SELECT sort_key, body FROM timeline_currentbody ORDER BY sort_key"
DATES = "date first_reported origins".split()
OF_EVENT = "title summary status importance place".split()
OF_REVISION = "number sequence kind note published_at digest".split()
OF_STATEMENT = (
    "kind mode described_as described_number text language attribution standing"
).split()
JSON_OF_STATEMENT = "said links linked_by first_reported origins".split()
OF_SOURCE = "title label kind production status original_url".split()


def text(value) -> str | None:
    """JSON as a column of it holds it."""
    return None if value is None else orjson.dumps(value).decode()


class Filling:
    """Rows that wait, by table; ids are counted here."""

    def __init__(self):
        self.waiting: dict[tuple[str, tuple[str, ...]], list[tuple]] = {}
        self.ids: dict[str, dict[str, int]] = {}
        self.counts: dict[str, int] = {}

    def add(self, table: str, **row) -> int:
        """One more row; returns its id."""
        number = self.counts[table] = self.counts.get(table, 0) + 1
        rows = self.waiting.setdefault((f"ordinary_{table}", ("id", *row)), [])
        rows.append((number, *row.values()))
        return number

    def once(self, table: str, thing: dict | None, names, **more) -> int | None:
        """The id of a thing, added where it is not there yet."""
        if thing is None:
            return None
        known = self.ids.setdefault(table, {})
        if thing["id"] not in known:
            own = {name: thing[name] for name in names}
            known[thing["id"]] = self.add(
                table, public_id=thing["id"], slug=thing["slug"], **own, **more
            )
        return known[thing["id"]]

    def actor(self, thing: dict | None) -> int | None:
        return self.once("actor", thing, ("name", "kind"))

    def source(self, thing: dict | None) -> int | None:
        if thing is None or thing["id"] in self.ids.get("source", ()):
            return thing and self.ids["source"][thing["id"]]
        more = {"publisher_id": self.actor(thing["publisher"])}
        more["published"] = text(thing["published"])
        return self.once("source", thing, OF_SOURCE, **more)

    def event(self, key: int, entry: dict) -> None:
        own = {name: entry[name] for name in OF_EVENT}
        dates = {name: text(entry[name]) for name in DATES}
        revision = {name: entry["revision"][name] for name in OF_REVISION}
        place = key - UNDATED_FROM if key > UNDATED_FROM else key  # undated ones last
        named = {"public_id": entry["id"], "slug": entry["slug"], "sort_key": place}
        number = self.add("event", **named, **own, **dates, **revision)
        for row in entry["stories"]:
            story = self.once("story", row, ("title",))
            self.add("event_stories", event_id=number, story_id=story)
        for row in entry["topics"]:
            topic = self.once("topic", row, ("name",))
            self.add("event_topics", event_id=number, topic_id=topic)
        for row in entry["actors"]:
            actor = self.actor(row)
            self.add("participation", event_id=number, actor_id=actor, role=row["role"])
        for row in entry["statements"]:
            self.statement(number, row)

    def statement(self, event: int, row: dict) -> None:
        own = {name: row[name] for name in OF_STATEMENT}
        own |= {name: text(row[name]) for name in JSON_OF_STATEMENT}
        own |= {"public_id": row["id"], "slug": row["slug"], "event_id": event}
        number = self.add("statement", speaker_id=self.actor(row["speaker"]), **own)
        for cited in row["citations"]:
            sources = {f"{x}_id": self.source(cited[x]) for x in ("source", "via")}
            sources["origin_id"] = self.source(cited["origin"])
            self.add(
                "citation",
                statement_id=number,
                **sources,
                own_words=cited["own_words"],
                after_update=cited["after_update"],
                credit=cited["credit"],
                passage=text(cited["passage"]),
            )

    def flush(self, cursor) -> None:
        for (table, names), rows in self.waiting.items():
            if not rows:
                continue
            columns = ", ".join(names)
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as target:
                    for row in rows:
                        target.write_row(row)
            else:
                holes = ", ".join(["%s"] * len(names))
                cursor.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({holes})", rows
                )
            rows.clear()


def bodies():
    """Every entry of the record, a thousand at a time."""
    last = -1
    page = BODIES.replace("ORDER", "WHERE sort_key > %s ORDER") + f" LIMIT {AT_ONCE}"
    while True:
        with connections["record"].cursor() as cursor:
            cursor.execute(page, [last])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def fill(limit: int) -> int:
    filling, done = Filling(), 0
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for rows in bodies():
            for key, body in rows[: limit - done]:
                filling.event(key, orjson.loads(body))
            done += len(rows[: limit - done])
            filling.flush(cursor)
            if done >= limit:
                break
    return done


def main() -> None:
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else 10**9
    begun = time.process_time()
    call_command("migrate", run_syncdb=True, verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
    done = fill(limit)
    if models.Event.objects.exists():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"{done:,} events, {time.process_time() - begun:,.0f} s of CPU")


if __name__ == "__main__":
    main()
