"""Many people edit one event at once, over HTTP, through the desk itself:
`python -m benchmarks.editors URL EVENT PASSWORD NAME... [--edits 50]`.

Each person opens the event's page, changes it, and sends it; where somebody was faster
they are shown both versions, choose their own, and send that, until it is saved. In the
end the history has to hold every edit that was accepted, once each and in one line of
versions: it says how many edits were saved, how often both versions were shown, how
many were lost, and how many answers were a fault of the server's.
"""

import argparse
import html
import http.cookiejar
import random
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser

LONGEST_WAIT = 60  # seconds
BUTTONS = ("submit", "button", "image", "reset", "file")


class Form(HTMLParser):
    """What a browser would send of the one form on the page that is posted."""

    def __init__(self, text: str):
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.area, self.choice, self.inside = None, None, False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            kept_out = ("logout" in (given.get("action") or "")) or (
                given.get("method") or "get"
            ).lower() != "post"
            self.inside = not kept_out
        name = given.get("name")
        if not self.inside:
            return
        if tag == "option" and self.choice and "selected" in given:
            self.fields.append((self.choice, given.get("value") or ""))
        if not name:
            return
        if tag == "input" and given.get("type") not in BUTTONS:
            ticked = given.get("type") not in ("radio", "checkbox")
            if ticked or "checked" in given:
                self.fields.append((name, given.get("value") or ""))
        if tag == "textarea":
            self.area = [name, ""]
        if tag == "select":
            self.choice = name

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.choice = None
        if tag == "textarea" and self.area:
            self.fields.append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None


@dataclass
class Person:
    """One browser in which somebody is signed in, and what happened in it."""

    base: str
    name: str
    password: str
    saved: list[str] = field(default_factory=list)
    unsaved: list[str] = field(default_factory=list)  # what the page said
    seen: Counter = field(default_factory=Counter)

    def __post_init__(self):
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(jar)
        )
        page = self.ask("/admin/login/")
        sent = dict(Form(page).fields)
        self.ask(
            "/admin/login/?next=/admin/password_change/",
            {**sent, "username": self.name, "password": self.password},
        )

    def ask(self, path: str, data=None) -> str:
        address = urllib.parse.urljoin(self.base, path)
        encoded = urllib.parse.urlencode(data).encode() if data else None
        request = urllib.request.Request(
            address, encoded, {"Referer": address, "Origin": self.base.rstrip("/")}
        )
        try:
            with self.opener.open(request, timeout=LONGEST_WAIT) as answer:
                self.path = urllib.parse.urlsplit(answer.url).path
                self.status = answer.status
                self.seen[answer.status] += 1
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            self.status = error.code
            self.seen[error.code] += 1
            self.path = ""
            return error.read().decode()

    def ask_until_done(self, path: str, data: dict) -> str:
        """Send a form, and send what comes back again while the desk is busy."""
        page = self.ask(path, data)
        while self.status == 503 and f'action="{path}"' in page:
            time.sleep(random.random())
            page = self.ask(path, dict(Form(page).fields))
        return page

    def edit(self, path: str, words: str, name: str = "place") -> None:
        """Have these words in a field of the page, whoever else wants theirs there."""
        data = dict(Form(self.ask(path)).fields)
        data |= {name: words, "why": words, "_save": "Save"}
        time.sleep(random.random() / 20)
        page = self.ask_until_done(path, data)
        while 'name="_both_seen"' in page:
            self.seen["shown both"] += 1
            if not shows_both(page, words):
                self.seen["one version missing"] += 1
            data = dict(Form(page).fields)
            asked = set(re.findall(r'name="(choose:[^"]+)"', page)) - data.keys()
            page = self.ask_until_done(path, data | dict.fromkeys(asked, "mine"))
        if self.path != path and self.path:
            self.saved.append(words)
        elif self.path:
            self.unsaved.append(told(page) or f"“{words}”: no sentence")


def told(page: str) -> str:
    """What a page says of why it did not do what was asked."""
    found = re.findall(
        r'class="error(?:note|list)[^>]*>(.*?)</(?:p|ul)>', page, re.DOTALL
    )
    return " ".join(re.sub("<[^>]+>|\\s+", " ", text).strip() for text in found)


def shows_both(page: str, words: str) -> bool:
    """Whether the page has the words that were typed, and those of who was faster."""
    texts = re.findall(r'<span class="text">(.*?)</span>', page, re.DOTALL)
    lines = [html.unescape(text) for text in texts]
    return words in lines and len(lines) >= 2


def run(bases: list[str], key: int, password: str, names: list[str], edits: int):
    """All of them at once; what was saved, refused and lost, as the history has it.

    They are shared out among the servers at these addresses.
    """
    path = f"/admin/timeline/event/{key}/change/"
    people = [
        Person(bases[number % len(bases)], name, password)
        for number, name in enumerate(names)
    ]

    def work(person):
        for number in range(edits):
            person.edit(path, f"{person.name} {number}")

    started = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(work, people))
    return {
        "edits": len(people) * edits,
        **outcome(people, key),
        "seconds": round(time.perf_counter() - started, 1),
    }


def outcome(people: list[Person], key: int) -> dict:
    """What was saved, refused and lost, as the event's history has it."""
    seen = sum((person.seen for person in people), Counter())
    saved = Counter(words for person in people for words in person.saved)
    kept = Counter(history(people[0], key))
    return {
        "saved": sum(saved.values()),
        "not saved, with a sentence": sum(len(person.unsaved) for person in people),
        "lost": sum((saved - kept).values()),
        "kept twice": sum(count > 1 for words, count in kept.items() if words in saved),
        "both shown": seen["shown both"],
        "one version missing": seen["one version missing"],
        "faults": seen[500] + seen[502],
        "told to come back later (503)": seen[503],
    }


def history(person: Person, key: int) -> list[str]:
    """Every reason in the event's history, the newest first."""
    found, number = [], 1
    while True:
        page = person.ask(f"/admin/timeline/event/{key}/history/?p={number}")
        found += [
            html.unescape(words)
            for words in re.findall(r'<p class="why-told">(.*?)</p>', page)
        ]
        number += 1
        if f'href="?p={number}"' not in page:
            return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("event", type=int)
    parser.add_argument("password")
    parser.add_argument("names", nargs="+")
    parser.add_argument("--edits", type=int, default=50)
    given = parser.parse_args()
    for what, count in run(
        [given.url], given.event, given.password, given.names, given.edits
    ).items():
        print(f"{what}: {count}")


if __name__ == "__main__":
    main()
