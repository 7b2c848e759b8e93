"""The environment of a test run: settings, database, browser.

Tests use the one settings file. The variables below describe a site in production,
behind TLS, because that is what has to work; a test that needs another sets it.
`TEST_DATABASE=postgresql` runs everything on a PostgreSQL of its own, which ends with
the run; without it `DATABASE_URL` is used as given, or else SQLite.
"""

import os
import shutil
from pathlib import Path

import django
import hypothesis
import pytest
from selenium import webdriver

from tests import postgres

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "for tests only, and long enough to be taken for a real one",
    "SITE_URL": "https://timeline.example",
    "PUBLISHER": "The Example Desk",
    "CONTACT": "desk@timeline.example",
    "CORRECTIONS_URL": "https://timeline.example/corrections-policy",
    "CONTENT_LICENCE": "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/",
    "DESK_TIME_ZONE": "UTC",
    "DEBUG": "0",
}
CHROMIUM_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
)

HERE = Path(__file__).parent
# Tests of pure functions, of words, and of how things look: alike on both databases.
ALIKE = (
    *("dates/", "provenance/", "fixtures/", "ingest/", "api/formats/", "web/"),
    *("admin/test_every_page", "admin/test_pages", "admin/test_files"),
    *("admin/test_dates", "admin/test_front", "admin/test_preview"),
    *("management/test_story_schema", "test_house"),
    *("test_architecture", "test_memory", "api/test_docs", "api/test_openapi"),
)
UNLIKE = {
    f"web/test_{name}.py"
    for name in ("asking", "corrections", "keeping", "search", "things", "trail")
}


def start_django():
    """Sets the environment, and Django up with it, before any test is imported."""
    os.environ.update(ENVIRONMENT)
    if os.environ.get("TEST_DATABASE") == "postgresql":
        os.environ["DATABASE_URL"] = postgres.start()
    django.setup()


start_django()


from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402


def pytest_configure():
    # A busy machine is no fault of an example; CI tries the same ones every time.
    ci = os.environ.get("CI", "").lower() in ("1", "true")
    hypothesis.settings.register_profile("dateline", deadline=None, derandomize=ci)
    hypothesis.settings.load_profile("dateline")
    # The slow hash protects real passwords; nothing was collected to be named by it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }


def pytest_unconfigure():
    postgres.stop()


def pytest_collection_modifyitems(items):
    """What asks no database anything of its own runs on one, the quicker."""
    for item in items:
        path = item.path.relative_to(HERE).as_posix()
        if path.startswith(ALIKE) and path not in UNLIKE:
            item.add_marker(pytest.mark.sqlite)


def pytest_runtest_setup(item):
    for kind, vendor in {"postgres": "postgresql", "sqlite": "sqlite"}.items():
        if item.get_closest_marker(kind) and connection.vendor != vendor:
            pytest.skip(f"needs {kind}, and this run is on {connection.vendor}")


def lacking(what):
    """Skips the test, or fails it on the machine that is to run everything."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"{what}, and CI leaves nothing out")
    pytest.skip(what)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, tmp_path_factory
):
    """Puts the test database of SQLite in a file: one in memory knows no waiting."""
    for database in connections.all():
        if database.vendor == "sqlite":
            folder = tmp_path_factory.mktemp("database")
            database.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session")
def postgres_url():
    """The address of a PostgreSQL of this run's own."""
    if not postgres.binaries():
        lacking("PostgreSQL's programs are not installed (Debian: postgresql)")
    return postgres.start()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """Chromium with an empty profile, driven by selenium; one for the whole run."""
    browser = shutil.which("chromium")
    driver = shutil.which("chromedriver")
    if not (browser and driver):
        lacking("Chromium is not installed (Debian: chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in CHROMIUM_FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    service = webdriver.ChromeService(executable_path=driver)
    window = webdriver.Chrome(options=options, service=service)
    yield window
    window.quit()
