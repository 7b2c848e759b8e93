"""What somebody who has read neither article learns of the first story from its page.

Each test is a question. It is answered as a reader answers it: by the headings, the
sentences under them and the links, without the database and without ids.
"""

import lxml.html
import pytest
from django.core.management import call_command

HEADINGS = "h1 h2 h3 h4 h5 h6".split()
BLOCKS = {*HEADINGS, *"p div li dd dt summary article section ol ul time".split()}
STORY = "/stories/openai-nato/"
CONTRACT = "OpenAI considers a contract to put its AI on NATO networks"
ALTMAN = "Sam Altman, as reported by Reuters, citing The Wall Street Journal"


class Page:
    """A page line by line as it is read aloud, each with its level as a heading."""

    def __init__(self, lines):
        self.lines = lines

    @property
    def text(self):
        return "\n".join(text for _level, text in self.lines)

    @property
    def headings(self):
        return [text for level, text in self.lines if level]

    def under(self, heading):
        """What stands under a heading, up to the next one that is as high."""
        (at,) = [
            at
            for at, (level, text) in enumerate(self.lines)
            if level and text == heading
        ]
        height, below = self.lines[at][0], self.lines[at + 1 :]
        ends = [at for at, (level, _) in enumerate(below) if 0 < level <= height]
        return Page(below[: ends[0] if ends else None])

    def sentence(self, beginning):
        """The one line that begins like this."""
        (found,) = [text for _, text in self.lines if text.startswith(beginning)]
        return found


class Reader:
    """Reads the elements of a page into lines."""

    def __init__(self, main):
        self.lines = [[0, ""]]
        self.read(main)

    def read(self, element):
        apart = element.tag in BLOCKS
        level = HEADINGS.index(element.tag) + 1 if element.tag in HEADINGS else 0
        if apart:
            self.lines.append([level, ""])
        self.say(element.text)
        for child in element:
            self.read(child)
            self.say(child.tail)
        if apart:
            self.lines.append([0, ""])

    def say(self, text):
        self.lines[-1][1] += text or ""

    def page(self):
        told = [(level, tidy(text)) for level, text in self.lines]
        return Page([(level, text) for level, text in told if text])


def tidy(text):
    return " ".join(text.split())


@pytest.fixture
def opened(get):
    """Opens a page that a reader may come to, and gives its lines and its links."""
    call_command("loaddata", "openai_nato", verbosity=0)

    def opened(path):
        answer = get(path)
        assert answer.status_code == 200
        (main,) = lxml.html.fromstring(answer.content).iter("main")
        for unsaid in main.xpath(".//*[@aria-hidden='true'] | .//script"):
            unsaid.drop_tree()
        links = [(tidy(one.text_content()), one.get("href")) for one in main.iter("a")]
        return Reader(main).page(), links

    return opened


@pytest.fixture
def story(opened):
    page, _links = opened(STORY)
    return page


def test_who_first_reported_it(story):
    contract = story.under(CONTRACT)

    assert contract.sentence("Reported first by The Wall Street Journal")
    journal = contract.under("The Wall Street Journal, as reported by Reuters")
    assert "Reuters credits the Journal with having this first." in journal.text
    assert contract.sentence("First reported:") == "First reported: by 3 March 2026"


def test_what_was_corrected_and_by_whom(opened, story):
    """Asked of the page by its own link: “What became of it”, “Corrected”."""
    _page, links = opened(STORY)
    (narrowed,) = [to for words, to in links if words == "Corrected"]

    page, _links = opened(narrowed)

    assert [text for level, text in page.lines if level == 3] == [CONTRACT]
    for contract in (page.under(CONTRACT), story.under(CONTRACT)):
        said = contract.under(ALTMAN)
        assert "Corrected" in [text for _level, text in said.lines]
        assert "technology on all of NATO's classified networks." in said.text
        assert said.sentence("Corrected by") == (
            "Corrected by A company spokeswoman, for OpenAI, to The Wall Street "
            "Journal, as reported by Reuters, by 3 March 2026: Altman misspoke: the "
            "opportunity is a contract for NATO's “unclassified networks”."
        )


def test_how_many_outlets_know_it_at_first_hand(story):
    contract = story.under(CONTRACT)

    counted, *_rest = [text for _, text in contract.lines if "own sources" in text]
    assert counted.startswith("2 outlets on their own sources")
    assert counted.endswith("3 reports")
    named = contract.sentence("Reuters, The Wall Street Journal.")
    assert (
        "A report that repeats another is not counted as a voice of its own." in named
    )


def test_what_nato_said(story):
    answer = story.under(CONTRACT).under("NATO, asked by Reuters")

    assert "Did not respond" in [text for _level, text in answer.lines]
    assert "NATO gave no immediate answer." in answer.text
    assert [text for text in story.headings if text.startswith("NATO, ")] == [
        "NATO, asked by Reuters"
    ]


def test_what_was_known_on_2_march(opened):
    """Asked of the page by its own link, the day."""
    _page, links = opened(STORY)
    (day,) = [to for words, to in links if words == "2 March 2026"]
    assert day.endswith("?known_at=2026-03-02")

    page, _links = opened(day)

    assert page.sentence("By 2 March 2026, 1 of 12 events had been reported.")
    (event,) = [text for level, text in page.lines if level == 3]
    assert event.startswith("OpenAI, after its Pentagon deal, updates a statement")
    said = [text for level, text in page.under(event).lines if level == 4]
    assert said == ["OpenAI", "The Pentagon, as relayed by OpenAI"]
    assert "not to be used intentionally to watch US persons" in page.text
    for later in ("Altman", "The Wall Street Journal", "spokeswoman"):
        assert later not in page.under(event).text
