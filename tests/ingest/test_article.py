"""What a pasted article says of itself."""

import pytest

from timeline.ingest.article import read_article

PAGE = """<!doctype html><html lang="en"><head><title>A deal - The Wire</title>
<meta property="og:title" content="A deal is weighed">
<meta property="og:site_name" content="The Wire">
<meta property="article:published_time" content="2026-03-03T10:00:00Z">
<link rel="canonical" href="https://www.wire.example/deal?utm_source=mail"></head>
<body><nav>Menu</nav><article><h1>A deal is weighed</h1>
<p>The company weighs a deal with the alliance, a person who knows of it said.</p>
<p>“We are looking at it,” the chief executive told staff in a meeting.</p>
</article><script>alert(1)</script></body></html>"""

PLAIN = """Finance

A deal with the alliance, source says

Published by Global Review

Posted on March 4, 2026

3 min read

· Last updated: April 2, 2026

The company weighs a deal. It said on 1 January 2020 that it would not, and that this
was final, which it has since said again and again in statements of some length.
"""


def test_the_source_of_a_page_says_it_in_its_own_data():
    found = read_article(PAGE)

    assert (found.title, found.publisher) == ("A deal is weighed", "The Wire")
    assert found.published.edtf == "2026-03-03"
    assert found.address.startswith("https://www.wire.example/deal")
    assert "weighs a deal" in found.text
    assert "<" not in found.text and "alert" not in found.text


def test_plain_text_says_it_in_the_lines_at_its_top():
    found = read_article(PLAIN)

    assert found.title == "A deal with the alliance, source says"
    assert found.publisher == "Global Review"
    assert (found.published.edtf, found.said) == ("2026-03-04", "March 4, 2026")
    assert found.text == PLAIN


# A line, and the day that it says the text was published.
DATE_LINES = [
    ("3 March 2026", "2026-03-03"),
    ("LONDON, Mar. 3, 2026 -", "2026-03-03"),
    ("2026-03-03", "2026-03-03"),
    ("Published: 3 Sept 2026, 10:00", "2026-09-03"),
    ("Updated March 4, 2026", None),
    ("31 February 2026", None),
    ("March", None),
    (
        "A long sentence that says in passing that on 3 March 2026 something happened "
        "which has nothing to do with the day it was published.",
        None,
    ),
]


@pytest.mark.parametrize(("line", "day"), DATE_LINES)
def test_a_day_is_taken_from_a_short_line_that_does_not_say_updated(line, day):
    found = read_article(f"A title of some words\n{line}\nText.")

    assert (found.published.edtf if found.published else None) == day


def test_a_line_that_says_published_comes_before_others():
    found = read_article("Event of 1 March 2026\nPublished 3 March 2026\n")

    assert found.published.edtf == "2026-03-03"


HOSTILE = ["", "\0", "<html>" + "<div>" * 50_000, "<p>", "<html></html>", "\n" * 9999]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_pasted_is_read(text):
    assert read_article(text).published is None
