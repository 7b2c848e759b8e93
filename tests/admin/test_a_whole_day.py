"""A day at the desk in a browser: from a report to its readers, and what follows."""

import pytest
from django.test import Client
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.admin.desk import account, url
from tests.factories import ActorFactory, ready_event
from timeline.models import Actor, Event
from timeline.models.record import Revision
from timeline.publishing.write import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long one for this day"
REPORT = """A deal with the alliance is weighed
Published by The Wire
Posted on March 3, 2026
Acme weighs a deal with the alliance.
“We are looking at it closely,” Acme said on Tuesday.
The rest of the group has not decided yet.
"""


@pytest.fixture
def desk(chromium, live_server, settings):
    """Chromium before the desk; nobody is signed in."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    chromium.get(f"{live_server.url}/admin/login/")
    chromium.get_log("browser")
    yield Desk(chromium, live_server.url)
    chromium.delete_all_cookies()


class Desk:
    """What somebody at the desk does, by what they see."""

    def __init__(self, browser, home):
        self.browser, self.home = browser, home

    # Who sits there

    def seated(self, role):
        """Somebody with this role is signed in already."""
        client = Client()
        client.force_login(account(role))
        self.browser.delete_all_cookies()
        key = client.cookies["sessionid"].value
        self.browser.add_cookie({"name": "sessionid", "value": key})

    def sign_in(self, user):
        self.open("/admin/")
        self.type(username=user.username, password=PASSWORD)
        self.press("[type=submit]")
        self.sees("logout-form")

    def sign_out(self):
        self.press("#logout-form button")
        self.sees("Logged out")

    # Hands

    def open(self, address):
        self.browser.get(self.home + address)

    def follow(self, words):
        """A link, by the words in it."""
        self.browser.find_element(By.PARTIAL_LINK_TEXT, words).click()

    def press(self, selector):
        self.browser.find_element(By.CSS_SELECTOR, selector).click()

    def type(self, **fields):
        for name, words in fields.items():
            field = self.browser.find_element(By.NAME, name)
            field.clear()
            field.send_keys(words)

    def pick(self, **fields):
        """One of a short list."""
        for name, words in fields.items():
            field = Select(self.browser.find_element(By.NAME, name))
            field.select_by_visible_text(words)

    def choose(self, field, words):
        """One of many, found by what is typed."""
        self.press(f"{field} .select2-selection")
        self.sees("select2-search__field")
        self.browser.find_element(By.CLASS_NAME, "select2-search__field").send_keys(
            words
        )
        found = f".//li[contains(@class, 'option--highlighted')][text()='{words}']"
        self.wait(lambda page: page.find_elements(By.XPATH, found))
        self.browser.find_element(By.XPATH, found).click()

    def save(self):
        self.press("[name=_continue]")
        self.sees("was changed successfully")

    def send(self):
        self.press("#content-main .submit-row [type=submit]")

    def act(self, name, kind="", **words):
        """From the event's page to the page of an act, and through it."""
        self.press(f".desk-{name}, .acts a[href$='/{name}/']")
        self.sees("What this does" if name != "publish" else "readers")
        if kind:
            self.press(f"[name=kind][value={kind}]")
        self.type(**words)
        self.send()

    # Eyes

    def wait(self, condition):
        return WebDriverWait(self.browser, 20, 0.1).until(condition)

    def sees(self, words):
        self.wait(lambda page: words in page.page_source)

    def value(self, name):
        return self.browser.find_element(By.NAME, name).get_attribute("value")

    def reads(self, part="body"):
        """The text of the page, or of a part of it, as it is shown."""
        return self.browser.find_element(By.CSS_SELECTOR, part).text

    def complaints(self):
        """What the browser complained of; that a page is on hold (451) is as it was."""
        return [
            entry["message"]
            for entry in self.browser.get_log("browser")
            if entry["level"] == "SEVERE" and "status of 451" not in entry["message"]
        ]


def somebody(role):
    """An account that can sign in."""
    user = account(role)
    user.set_password(PASSWORD)
    user.save()
    return user


def test_an_editor_does_the_whole_of_it(desk):
    writer, editor = somebody("Writer"), somebody("Editor")
    company = ActorFactory(name="ACME Ltd.")

    desk.sign_in(writer)
    event = new_from_a_report(desk)
    a_second_statement(desk, of="ACME Ltd.")
    submitted(desk)
    desk.sign_out()

    desk.sign_in(editor)
    sent_back(desk, event)
    desk.sign_out()

    desk.sign_in(writer)
    mended(desk)
    submitted(desk)
    desk.sign_out()

    desk.sign_in(editor)
    published(desk)
    readers_see(desk, event, "Acme weighs a deal", "It has not decided yet.")
    corrected(desk, event)
    the_history_tells(desk, event)
    readers_see(desk, event, "2 March 2026", "It was a Monday.", "Correction")
    held_and_released(desk, event)
    acme = Actor.objects.get(name="Acme")
    two_become_one(desk, event, acme, company)
    and_two_again(desk, acme)
    assert desk.complaints() == []


def new_from_a_report(desk):
    desk.open("/admin/")
    desk.follow("aste a report")
    desk.type(
        address="https://wire.example/deal",
        text=REPORT,
        title="Acme wieghs a deal",
        when="on Tuesday",
        who="Acme",
        words="We are looking at it closely",
    )
    desk.wait(lambda page: desk.value("published") == "2026-03-03")
    assert desk.value("publisher") == "The Wire"
    desk.send()
    desk.sees("“Acme wieghs a deal”")
    return Event.objects.get()


def a_second_statement(desk, *, of):
    desk.press("#statements-group .add-row a")
    desk.choose("#statements-1 .field-speaker", of)
    desk.pick(**{"statements-1-kind": "claim", "statements-1-mode": "paraphrased"})
    desk.type(**{"statements-1-text": "It has not decided yet."})
    desk.choose("#statements-1 .field-found_in", "A deal with the alliance is weighed")
    desk.type(**{"statements-1-passage": "has not decided yet"})
    desk.save()


def submitted(desk):
    desk.act("submit", note="Please look.")
    desk.sees("is now in review")


def sent_back(desk, event):
    desk.open("/admin/")
    desk.follow("Waiting for me")
    desk.follow(event.title)
    desk.act("send_back", note="Mind the title.")
    desk.sees("was sent back to its owner")


def mended(desk):
    desk.follow("Sent back to me")
    desk.follow("Acme wieghs a deal")
    assert "Mind the title." in desk.reads()
    desk.type(title="Acme weighs a deal")
    desk.save()


def published(desk):
    desk.follow("Waiting for me")
    desk.follow("Acme weighs a deal")
    desk.follow("Preview")
    assert "It has not decided yet." in desk.reads()
    desk.follow("Back to the desk")
    desk.act("publish")
    desk.sees("revision 1 (publication) is in the record")


def corrected(desk, event):
    desk.open(url(event))
    desk.type(date="2026-03-02", why="Looked at the calendar.")
    desk.save()
    assert "live, with unpublished changes" in desk.reads()
    assert "Readers still see" in desk.reads()
    desk.act("publish", kind="correction", note="It was a Monday.")
    desk.sees("revision 2 (correction) is in the record")


def the_history_tells(desk, event):
    desk.open(url(event))
    desk.press(".historylink")
    newest = desk.browser.find_element(By.CSS_SELECTOR, ".history-list tbody tr")
    told = ("editor", "when", "Looked at the calendar.")
    assert [words for words in told if words not in newest.text] == []
    desk.send()
    desk.sees("3 March 2026")
    assert "2 March 2026" in desk.reads()


def held_and_released(desk, event):
    desk.open(url(event))
    desk.act("hold", reason="Counsel rang.")
    desk.sees("(hold) is in the record")
    readers_see(desk, event, "on hold")
    desk.open(url(event))
    desk.act("release")
    desk.sees("(release) is in the record")
    readers_see(desk, event, "Acme weighs a deal", "It was a Monday.")


def two_become_one(desk, event, one, other):
    """What looks alike is merged, and readers are told."""
    desk.open("/admin/")
    desk.follow("likely the same")
    desk.follow("Merge…")
    desk.sees("What moves to")
    desk.send()
    desk.sees("1 live event carries old words")
    desk.press("[name=kind][value=correction]")
    desk.type(note="One company, under one name.")
    desk.send()
    desk.sees("1 live event tells it anew")
    readers_see(desk, event, "One company, under one name.", f"{other}, as reported")
    assert f"{one}, as reported" not in desk.reads(".statements")
    desk.open(f"/actors/{one.slug}/")
    assert desk.browser.current_url.endswith(f"/actors/{other.slug}/")


def and_two_again(desk, one):
    desk.open(url(one))
    desk.follow("Undo the merge")
    desk.send()
    desk.sees("is one of its own again")
    assert one.spoken.count() == 1


def readers_see(desk, event, *words):
    """The page of the event shows all of these."""
    desk.open(f"/events/{event.slug}/")
    assert [word for word in words if word not in desk.reads()] == []


def test_another_event_is_chosen_by_typing_and_a_day_from_a_calendar(desk):
    event, other = ready_event(title="The first"), ready_event(title="The second")
    for row in (event, other):
        publish(row, by=None, version=row.version)
    desk.seated("Editor")

    desk.open(url(event, "embargo"))
    desk.press(".datetimeshortcuts a")
    desk.open(url(event, "merge"))
    desk.choose(".field-into", "The second")
    desk.send()
    desk.sees("(merge) is in the record")

    assert Revision.objects.latest("sequence").successor == other.public_id
    assert desk.complaints() == []
