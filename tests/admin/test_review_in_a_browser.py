"""One event from a draft to a correction, by a writer and an editor in a browser."""

import pytest
from django.test import Client
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.admin.desk import account, url
from tests.factories import ready_event
from timeline.models import Event
from timeline.models.record import Revision
from timeline.publishing.write import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(chromium, live_server, settings):
    """Chromium, and a function that seats somebody with a role at it."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    chromium.get(f"{live_server.url}/admin/login/")
    chromium.get_log("browser")

    def seated(role):
        client = Client()
        client.force_login(account(role))
        chromium.delete_all_cookies()
        key = client.cookies["sessionid"].value
        chromium.add_cookie({"name": "sessionid", "value": key})

    yield Desk(chromium, live_server.url, seated)
    chromium.delete_all_cookies()


class Desk:
    """What somebody at the desk does, by what they see."""

    def __init__(self, browser, home, seated):
        self.browser, self.home, self.seated = browser, home, seated

    def open(self, address):
        self.browser.get(self.home + address)

    def type(self, name, words):
        field = self.browser.find_element(By.NAME, name)
        field.clear()
        field.send_keys(words)

    def press(self, selector):
        self.browser.find_element(By.CSS_SELECTOR, selector).click()

    def act(self, name, **words):
        """From the event's page to the page of an act, and through it."""
        self.press(f".desk-{name}, .acts a[href$='/{name}/']")
        self.sees("What this does" if name != "publish" else "readers")
        for field, text in words.items():
            if field == "kind":
                self.press(f"[name=kind][value={text}]")
            else:
                self.type(field, text)
        self.press("#content-main [type=submit]")

    def sees(self, words):
        WebDriverWait(self.browser, 20).until(lambda page: words in page.page_source)

    def complaints(self):
        return [
            entry["message"]
            for entry in self.browser.get_log("browser")
            if entry["level"] == "SEVERE"
        ]


def test_an_event_goes_to_its_readers_and_is_corrected_held_and_released(desk):
    event = ready_event(title="Somthing happened", date="2026-03-03")

    desk.seated("Writer")
    desk.open(url(event))
    desk.act("submit", note="Please look.")
    desk.sees("is now in review")

    desk.seated("Editor")
    desk.open(url(event))
    desk.act("send_back", note="Mind the title.")
    desk.sees("was sent back to its owner")

    desk.seated("Writer")
    desk.open(url(event))
    desk.sees("Mind the title.")
    desk.type("title", "Something happened")
    desk.press("[name=_continue]")
    desk.sees("was changed successfully")
    desk.act("submit")
    desk.sees("is now in review")

    desk.seated("Editor")
    desk.open(url(event))
    desk.act("publish")
    desk.sees("revision 1 (publication) is in the record")
    desk.type("date", "2026-03-02")
    desk.press("[name=_continue]")
    desk.sees("Readers still see")
    desk.act("publish", kind="correction", note="It was a Monday.")
    desk.sees("revision 2 (correction) is in the record")

    desk.open(f"/events/{event.slug}/")
    desk.sees("It was a Monday.")

    desk.open(url(event))
    desk.act("hold", reason="Counsel rang.")
    desk.sees("(hold) is in the record")
    desk.act("release")
    desk.sees("(release) is in the record")

    kinds = Revision.objects.order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["publication", "correction", "hold", "release"]
    assert Event.objects.get().owner == account("Writer")
    assert desk.complaints() == []


def test_another_event_is_chosen_by_typing_and_a_day_from_a_calendar(desk):
    event, other = ready_event(title="The first"), ready_event(title="The second")
    for row in (event, other):
        publish(row, by=None, version=row.version)
    desk.seated("Editor")

    desk.open(url(event, "embargo"))
    desk.press(".datetimeshortcuts a")
    desk.open(url(event, "merge"))
    desk.press(".field-into .select2-selection")
    desk.sees("select2-search__field")
    field = desk.browser.find_element(By.CLASS_NAME, "select2-search__field")
    field.send_keys("The second")
    found = ".//li[contains(@class, 'option--highlighted')][text()='The second']"
    WebDriverWait(desk.browser, 20).until(
        lambda page: page.find_elements(By.XPATH, found)
    )
    desk.browser.find_element(By.XPATH, found).click()
    desk.press("#content-main [type=submit]")
    desk.sees("(merge) is in the record")

    assert Revision.objects.latest("sequence").successor == other.public_id
    assert desk.complaints() == []
