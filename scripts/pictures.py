"""Takes the pictures of docs/editing.md: .venv/bin/python scripts/pictures.py [NAME…]

It starts the desk on a database of its own with the first story, opens its pages in
Chromium as an editor, and writes docs/images/. It needs chromium and chromedriver.
"""

import os
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

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SITE = "http://localhost:8099"
WIDTH = 1280
LARGEST = 150_000  # bytes
EVENT = "nato-ai-strategy"


def event(page="change"):
    """The page of one event, by the words of its address."""

    def address(browser):
        browser.get(f"{SITE}/admin/timeline/event/?q={EVENT}")
        row = browser.find_element(By.CSS_SELECTOR, "#result_list .field-title a")
        return row.get_attribute("href").replace("/change/", f"/{page}/")

    return address


def first(noun):
    """The page of the first row of a list."""

    def address(browser):
        browser.get(f"{SITE}/admin/timeline/{noun}/")
        return browser.find_element(
            By.CSS_SELECTOR, "#result_list tbody th a"
        ).get_attribute("href")

    return address


# What each picture shows: an address, how high, and where on the page to begin.
PICTURES = {
    "front": (800, "/admin/", None),
    "from-report": (860, "/admin/timeline/source/from-report/", None),
    "events": (700, "/admin/timeline/event/", None),
    "desk": (860, event(), None),
    "statements": (760, event(), "#statements-group"),
    "publish": (800, event("publish"), None),
    "history": (700, event("history"), None),
    "report": (800, first("source"), None),
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
    browser.find_element(By.CSS_SELECTOR, "[type=submit]").click()


def take(browser, name):
    """Write one picture; a large one is refused, for every reader loads it."""
    height, address, place = PICTURES[name]
    shape = {"width": WIDTH, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
    browser.get(address(browser) if callable(address) else SITE + address)
    if place:
        shown = browser.find_element(By.CSS_SELECTOR, place)
        browser.execute_script("arguments[0].scrollIntoView()", shown)
    file = IMAGES / f"{name}.png"
    file.write_bytes(browser.get_screenshot_as_png())
    if file.stat().st_size > LARGEST:
        sys.exit(f"{file.name} is larger than {LARGEST} bytes: show less of the page.")


def main():
    wanted = sys.argv[1:] or list(PICTURES)
    with desk() as password, chromium() as browser:
        sign_in(browser, password)
        for name in wanted:
            take(browser, name)


if __name__ == "__main__":
    main()
