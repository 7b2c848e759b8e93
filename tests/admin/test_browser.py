"""An editor's day in a browser, under the policy that lets no page run its own code."""

from datetime import timedelta

import pytest
from django.test import Client
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.admin.desk import account, add_url, url
from tests.factories import ActorFactory, SourceFactory, ready_event
from timeline.admin.open_pages import keep_open
from timeline.editing import saving
from timeline.models import Event
from timeline.models.record import Revision
from timeline.publishing.write import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPT = '"><script>document.title = "run"</script><img src=x onerror="alert(1)">'


@pytest.fixture
def editor(chromium, live_server, settings):
    """Chromium with an editor logged in, and a function that opens a page."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    client = Client()
    client.force_login(account("Editor"))
    chromium.get(f"{live_server.url}/admin/login/")
    chromium.get_log("browser")
    chromium.add_cookie(
        {"name": "sessionid", "value": client.cookies["sessionid"].value}
    )

    def opened(address):
        chromium.get(live_server.url + address)
        return chromium

    yield opened
    chromium.delete_all_cookies()


def complaints(browser):
    return [
        entry["message"]
        for entry in browser.get_log("browser")
        if "Content Security Policy" in entry["message"]
    ]


def wait(browser, condition):
    return WebDriverWait(browser, 20).until(condition)


def test_a_web_name_is_made_from_the_title_and_rows_are_added(editor):
    page = editor(add_url(Event))

    page.find_element(By.ID, "id_title").send_keys("A Thing That Happened")
    page.find_element(By.CSS_SELECTOR, "#statements-group .add-row a").click()

    wait(page, lambda page: page.find_elements(By.ID, "id_statements-0-text"))
    name = page.find_element(By.ID, "id_slug").get_attribute("value")
    assert name == "a-thing-that-happened"
    assert complaints(page) == []


def test_nothing_that_is_entered_runs_on_the_desk(editor):
    source = SourceFactory(title=SCRIPT)
    event = ready_event(title=SCRIPT, summary=SCRIPT, source=source)
    event.statements.update(text=SCRIPT, quote=SCRIPT)
    ActorFactory(name=SCRIPT)
    publish(event, by=None, version=event.version)
    statement = event.statements.get()
    addresses = [
        "/admin/timeline/event/",
        "/admin/timeline/statement/",
        "/admin/timeline/actor/",
        "/admin/timeline/revision/",
        url(event),
        url(event, "publish"),
        url(event, "withdraw"),
        url(event, "preview"),
        url(statement),
        url(Revision.objects.get()),
        *(url(source, page) for page in ("rests", "correct", "merge")),
        "/admin/",
        "/admin/find/?q=img",
    ]

    for address in addresses:
        page = editor(address)

        assert page.title != "run"
        assert complaints(page) == [], address


def test_two_people_save_one_event_and_nothing_is_lost(editor):
    event = ready_event(title="As it was", place="")
    page = editor(url(event))
    with saving(event, version=1, by=account("Writer"), why="Called them.") as theirs:
        theirs.title, theirs.place = "As they have it", "Brussels"
        theirs.save()

    title = page.find_element(By.ID, "id_title")
    title.clear()
    title.send_keys("As I have it")
    page.find_element(By.NAME, "_save").click()
    wait(page, lambda page: "Saved by two people" in page.page_source)
    assert "As they have it" in page.page_source and "Called them." in page.page_source
    page.find_element(By.CSS_SELECTOR, "[name='choose:title'][value=mine]").click()
    page.find_element(By.CSS_SELECTOR, "#content-main [type=submit]").click()
    wait(page, lambda page: "was changed successfully" in page.page_source)

    event.refresh_from_db()
    assert (event.title, event.place) == ("As I have it", "Brussels")
    assert complaints(page) == []


def test_a_page_left_open_says_who_else_has_it_open(editor):
    event = ready_event()
    page = editor(url(event))
    assert page.find_element(By.CLASS_NAME, "others").text == ""

    keep_open(account("Writer"), event, lasting=timedelta(minutes=5))
    page.refresh()

    note = wait(page, lambda page: page.find_element(By.CLASS_NAME, "others"))
    assert "writer has this open too" in note.text
    assert complaints(page) == []
