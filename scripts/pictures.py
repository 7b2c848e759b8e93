"""Takes the pictures of docs/editing.md: .venv/bin/python scripts/pictures.py [NAME…]

It starts the desk on a database of its own with the first story, leaves something to do
there, opens the pages in Chromium as an editor, and writes docs/images/. It needs
chromium and chromedriver.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import Select, WebDriverWait

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SITE = "http://localhost:8099"
WIDTH = 1280
LARGEST = 150_000  # bytes
EVENT = "nato-ai-strategy"
REPORT = "reuters-openai-nato"
CHANGES = {"place": "Brussels", "why": "The republisher names the city."}
TWICE = {"name": "OpenAI, Inc."}


def page_of(noun, words, page="change"):
    """A page of the first thing of a list that has these words."""

    def address(browser):
        browser.get(f"{SITE}/admin/timeline/{noun}/?q={words}")
        row = browser.find_element(By.CSS_SELECTOR, "#result_list tbody th a")
        return row.get_attribute("href").replace("/change/", f"/{page}/")

    return address


def event(page="change"):
    return page_of("event", EVENT, page)


def report(page="change"):
    return page_of("source", REPORT, page)


def duplicate(browser):
    """The page that asks before the older of two becomes the newer."""
    browser.get(f"{SITE}/admin/timeline/actor/alike/")
    link = browser.find_element(By.PARTIAL_LINK_TEXT, "Merge").get_attribute("href")
    newer, older = re.search(r"/(\d+)/merge/\?into=(\d+)", link).groups()
    return f"{SITE}/admin/timeline/actor/{older}/merge/?into={newer}"


# What each picture shows: an address, how high, and where on the page to begin.
PICTURES = {
    "front": (800, "/admin/", None),
    "from-report": (860, "/admin/timeline/source/from-report/", None),
    "events": (700, "/admin/timeline/event/", None),
    "desk": (860, event(), None),
    "statements": (760, event(), "#statements-group"),
    "publish": (800, event("publish"), None),
    "history": (700, event("history"), None),
    "report": (800, report(), None),
    "rests": (420, report("rests"), None),
    "merge": (640, duplicate, None),
    "corrected": (300, "/stories/openai-nato/", ".statement.corrected"),
}


@contextmanager
def desk():
    """A desk with the first story; gives the password of its editor."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/desk.sqlite3"
        variables = os.environ | {
            "DEBUG": "1",
            "SITE_URL": SITE,
            "DATABASE_URL": database,
        }

        def manage(*words):
            command = [sys.executable, "manage.py", *words]
            return subprocess.run(
                command,
                cwd=ROOT,
                env=variables,
                check=True,
                capture_output=True,
                text=True,
            ).stdout

        manage("migrate", "--verbosity", "0")
        manage("loaddata", "openai_nato")
        told = manage("desk_accounts", "editor=Editor")
        command = [sys.executable, "manage.py", "runserver", "--noreload", SITE[17:]]
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(SITE)
            yield told.partition("password ")[2].split()[0]
        finally:
            server.terminate()
            server.wait()


def wait_for(address):
    for _ in range(120):
        try:
            urlopen(address).close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit(f"Nothing answered at {address}.")


@contextmanager
def chromium():
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in ("--headless=new", "--no-sandbox", "--hide-scrollbars"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    try:
        yield browser
    finally:
        browser.quit()


def sign_in(browser, password):
    browser.get(f"{SITE}/admin/login/")
    browser.find_element(By.NAME, "username").send_keys("editor")
    browser.find_element(By.NAME, "password").send_keys(password)
    press(browser, "[type=submit]")


def press(browser, selector):
    """A button or link, and wait for the page that it leads to."""
    button = browser.find_element(By.CSS_SELECTOR, selector)
    button.click()
    WebDriverWait(browser, 20).until(staleness_of(button))


def type_in(browser, fields):
    for name, words in fields.items():
        browser.find_element(By.NAME, name).send_keys(words)


def leave_something_to_do(browser):
    """An event that was changed and is in review, and somebody who is there twice."""
    browser.get(f"{SITE}/admin/timeline/actor/add/")
    type_in(browser, TWICE)
    Select(browser.find_element(By.NAME, "kind")).select_by_value("organisation")
    press(browser, "[name=_save]")
    browser.get(event()(browser))
    type_in(browser, CHANGES)
    press(browser, "[name=_continue]")
    press(browser, ".desk-submit")
    press(browser, "#content-main [type=submit]")
    browser.get(f"{SITE}/admin/")  # the message after it is shown here, and gone


def take(browser, name):
    """Write one picture; a large one is refused, for every reader loads it."""
    height, address, place = PICTURES[name]
    shape = {"width": WIDTH, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
    browser.get(address(browser) if callable(address) else SITE + address)
    if place:
        shown = browser.find_element(By.CSS_SELECTOR, place)
        browser.execute_script("arguments[0].scrollIntoView()", shown)
        browser.execute_script("scrollBy(0, -24)")
    file = IMAGES / f"{name}.png"
    file.write_bytes(browser.get_screenshot_as_png())
    if file.stat().st_size > LARGEST:
        sys.exit(f"{file.name} is larger than {LARGEST} bytes: show less of the page.")


def main():
    wanted = sys.argv[1:] or list(PICTURES)
    with desk() as password, chromium() as browser:
        sign_in(browser, password)
        leave_something_to_do(browser)
        for name in wanted:
            take(browser, name)


if __name__ == "__main__":
    main()
