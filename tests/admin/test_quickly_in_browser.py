"""The quick ways in a browser: from a report by keyboard, dates as one types, order."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.admin import test_browser as a_browser
from tests.admin.desk import url
from tests.admin.test_browser import complaints, wait
from tests.factories import (
    ActorFactory,
    EventFactory,
    OutletFactory,
    SourceFactory,
    StatementFactory,
)
from timeline.models import Event, LiveState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
editor = a_browser.editor

PAGE = "/admin/timeline/source/from-report/"
FEW = 60  # keys, besides what is typed and pasted
QUOTE = "“We are looking at it closely,”"
TEXT = f"""A deal with the alliance is weighed
Published by The Wire
Posted on March 3, 2026
The company weighs a deal, a person said late last week.
{QUOTE} Ada Lovelace said.
"""


class Keyboard:
    """Whatever is done by keys alone; `pressed` counts those that are not text."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, *keys, holding=()):
        self.pressed += len(keys) + len(holding)
        chain = ActionChains(self.page)
        for key in holding:
            chain.key_down(key)
        chain.send_keys(*keys)
        for key in holding:
            chain.key_up(key)
        chain.perform()

    def type(self, text):
        ActionChains(self.page).send_keys(text).perform()

    def paste(self, text):
        self.pressed += 2
        self.page.execute_cdp_cmd("Input.insertText", {"text": text})


def value(page, name):
    return page.find_element(By.ID, f"id_{name}").get_attribute("value")


def test_an_event_with_a_quote_takes_few_keys(editor):
    page = editor(PAGE)
    OutletFactory(name="The Wire")
    ActorFactory(name="Ada Lovelace", kind="person")
    keys = Keyboard(page)

    keys.paste("https://wire.example/deal")
    keys.press(Keys.TAB)
    keys.paste(TEXT)
    wait(page, lambda page: value(page, "published") == "2026-03-03")
    keys.press(Keys.UP)
    words = [Keys.RIGHT] * len(QUOTE.split())
    keys.press(*words, Keys.RIGHT, holding=(Keys.CONTROL, Keys.SHIFT))
    keys.press(Keys.ENTER, holding=(Keys.CONTROL,))
    taken = value(page, "words")
    keys.press(*[Keys.TAB] * 5)
    keys.type("The company weighs a deal")
    keys.press(Keys.TAB)
    keys.type("late last week")
    keys.press(Keys.TAB)
    keys.type("Ada Lovelace")
    keys.press(Keys.TAB, Keys.TAB, Keys.SPACE, Keys.ENTER)
    wait(page, lambda page: "Published." in page.page_source)

    event = Event.objects.get()
    statement = event.statements.get()
    assert taken.startswith("“We are looking at it closely")
    assert keys.pressed < FEW
    assert event.live_state == LiveState.LIVE
    assert event.date.edtf == "[2026-02-26..2026-02-28]"
    assert statement.speaker.name == "Ada Lovelace"
    assert statement.quote.startswith("We are looking at it closely")
    assert statement.citations.get().passage == "found"
    assert complaints(page) == []


def test_a_date_says_what_it_means_as_it_is_typed(editor):
    wire = SourceFactory(published="2026-03-03")
    later = SourceFactory(published="2026-03-10")
    event = EventFactory(date="2026", date_anchor=wire)
    page = editor(url(event))
    field = page.find_element(By.ID, "id_date")

    def told(words):
        selector = ".field-date .date-meaning"
        return wait(
            page,
            lambda page: words in page.find_element(By.CSS_SELECTOR, selector).text,
        )

    field.clear()
    field.send_keys("late last week")
    assert told("between 26 and 28 February 2026")
    assert told("Counted from 3 March 2026")
    page.execute_script(
        "const choice = django.jQuery('#id_date_anchor');"
        "choice.append(new Option('Later', arguments[0]));"
        "choice.val(arguments[0]).trigger('change');",
        str(later.pk),
    )
    assert told("between 5 and 7 March 2026")
    field.clear()
    field.send_keys("once upon a time")
    assert told("As in 2026-03-03")
    assert page.find_elements(By.CSS_SELECTOR, ".date-meaning.is-wrong")
    assert complaints(page) == []


def test_statements_are_moved_by_keyboard_and_enter_saves(editor):
    event = EventFactory()
    first, second, third = (
        StatementFactory(event=event, position=number) for number in (1, 2, 3)
    )
    page = editor(url(event))

    down = page.find_element(By.CSS_SELECTOR, "#statements-0 .move[title='Move down']")
    down.send_keys(Keys.ENTER)
    assert page.switch_to.active_element == down
    page.find_element(By.ID, "id_title").send_keys(Keys.ENTER)
    wait(page, lambda page: "was changed successfully" in page.page_source)

    assert list(event.statements.all()) == [second, first, third]
    assert complaints(page) == []
