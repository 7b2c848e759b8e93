"""The settings under different environments: safe when something is missing or wrong,
and each thing that is wrong named in a sentence."""

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from config.addresses import parse_site
from config.environment import Environment, Licence, kept_secret

# Most start the project anew, whatever database it is tested on.
pytestmark = [pytest.mark.slow, pytest.mark.sqlite]

ROOT = Path(__file__).resolve().parent.parent
OWN = [
    "DEBUG",
    "SECRET_KEY",
    "SITE_URL",
    "DATABASE_URL",
    "DESK_TIME_ZONE",
    "PUBLISHER",
    "CONTACT",
    "CORRECTIONS_URL",
    "CONTENT_LICENCE",
    "REVIEW_NEEDS_ANOTHER",
    "EMAIL_URL",
    "EMAIL_FROM",
    "PROXIES",
]
SOUND = {
    "SECRET_KEY": "a key of the length that a real one should have, or more",
    "SITE_URL": "https://timeline.example",
    "DATABASE_URL": "sqlite://:memory:",
    "PUBLISHER": "The Example Desk",
    "CONTACT": "desk@timeline.example",
    "CORRECTIONS_URL": "https://timeline.example/policy",
    "CONTENT_LICENCE": "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/",
}


SET_UP = "import django; django.setup();"


def run(*command, **variables):
    """Runs Python in this project with these variables and none other of ours."""
    environment = {key: os.environ[key] for key in os.environ if key not in OWN}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment | {key: value for key, value in variables.items() if value},
        capture_output=True,
        text=True,
        timeout=120,
    )


def check(**changes):
    return run("manage.py", "check", **SOUND | changes)


def setting(expression, **changes):
    """What an expression over the settings prints under these variables."""
    program = f"from django.conf import settings; print({expression})"
    done = run("-c", program, **SOUND | changes)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_complete_environment_has_no_faults():
    done = check()

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


FAULTS = [
    # What is wrong, the check that says so, and words of its sentence.
    ({"SECRET_KEY": ""}, "E001", "SECRET_KEY is not set"),
    ({"SECRET_KEY": "short"}, "E001", "SECRET_KEY is shorter than 32"),
    ({"DEBUG": "perhaps"}, "E002", "neither yes nor no"),
    ({"SITE_URL": ""}, "E003", "SITE_URL is not set"),
    ({"SITE_URL": "timeline.example"}, "E003", "SITE_URL is “timeline.example”"),
    ({"SITE_URL": "https://*.example"}, "E003", "without path, query, user or wild"),
    ({"DESK_TIME_ZONE": "Mars/Olympus"}, "E004", "DESK_TIME_ZONE is “Mars/Olympus”"),
    ({"DESK_TIME_ZONE": "../../etc/passwd"}, "E004", "not a time zone"),
    ({"DESK_TIME_ZONE": "Europe"}, "E004", "not a time zone"),
    ({"DATABASE_URL": "nonsense"}, "E005", "not a database address"),
    ({"DATABASE_URL": "mysql://a:b@c/d"}, "E005", "SQLite and PostgreSQL only"),
    ({"DATABASE_URL": "postgres://host"}, "E005", "does not name a database"),
    ({"DATABASE_URL": "postgres://a@b:port/c"}, "E005", "not a database address"),
    ({"DATABASE_URL": "sqlite:////no/such/f.sqlite3"}, "E005", "/no/such does not"),
    ({"CONTACT": "call us"}, "E006", "neither an e-mail address nor a web address"),
    ({"CORRECTIONS_URL": "javascript:alert(1)"}, "E007", "CORRECTIONS_URL is"),
    ({"CONTENT_LICENCE": "mine ftp://x"}, "E008", "CONTENT_LICENCE ends in"),
    ({"PUBLISHER": "two\nlines"}, "E009", "PUBLISHER holds"),
    ({"REVIEW_NEEDS_ANOTHER": "two"}, "E002", "REVIEW_NEEDS_ANOTHER is “two”"),
    ({"EMAIL_FROM": "the desk"}, "E006", "EMAIL_FROM is “the desk”"),
    ({"PROXIES": "-1"}, "E011", "1 is used"),
    ({"PROXIES": "10"}, "E011", "not a number from 0 to 9"),
    ({"EMAIL_URL": "mail.example"}, "E012", "not the address of a mail server"),
    ({"EMAIL_URL": "https://mail.example"}, "E012", "no mail is sent"),
    ({"EMAIL_URL": "smtp://mail.example:port"}, "E012", "no mail is sent"),
]


@pytest.mark.parametrize(("changes", "code", "words"), FAULTS)
def test_a_fault_is_a_sentence_and_not_a_traceback(changes, code, words):
    done = check(**changes)

    assert done.returncode == 1
    assert f"dateline.{code}" in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_faulty_database_address_is_not_repeated_with_its_password():
    done = check(DATABASE_URL="mysql://desk:hunter2@host/name")

    assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", [["migrate"], ["runserver", "--noreload"]])
def test_a_command_that_needs_the_settings_stops_at_a_fault(command):
    done = run("manage.py", *command, **SOUND | {"SITE_URL": "nowhere"})

    assert done.returncode == 1
    assert "dateline.E003" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("module", ["config.wsgi", "config.asgi"])
def test_a_server_does_not_start_with_a_fault(module):
    done = run("-c", f"import {module}", **SOUND | {"SECRET_KEY": "", "SITE_URL": ""})

    assert done.returncode == 3
    assert "Not started: SECRET_KEY is not set" in done.stderr
    assert "Not started: SITE_URL is not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_does_not_start_without_its_stylesheets():
    program = (
        "from django.conf import settings; settings.STATIC_ROOT = '/nowhere';"
        "import config.wsgi"
    )

    done = run("-c", program, **SOUND)

    assert done.returncode == 3
    assert "collectstatic" in done.stderr


def test_without_a_site_address_no_host_is_answered():
    asked = "from django.test import Client; print(Client().get('/').status_code)"

    for debug in ("", "1"):
        done = run("-c", SET_UP + asked, **SOUND | {"SITE_URL": "x", "DEBUG": debug})

        assert done.stdout.strip() == "400"


def test_with_a_faulty_database_address_no_other_database_is_touched():
    program = "from django.db import connection; print(connection.settings_dict)"

    done = run("-c", program, **SOUND | {"DATABASE_URL": "nonsense"})

    assert "'ENGINE': 'django.db.backends.dummy'" in done.stdout


def test_debugging_is_off_unless_asked_for():
    assert setting("settings.DEBUG") == "False"
    assert setting("settings.DEBUG", DEBUG="perhaps") == "False"
    assert setting("settings.DEBUG", DEBUG="1") == "True"


def test_missing_publisher_is_a_warning_and_stops_nothing():
    done = check(PUBLISHER="", CONTENT_LICENCE="")

    assert done.returncode == 0
    assert "PUBLISHER, CONTENT_LICENCE: not set" in done.stderr


def test_passwords_over_plain_http_are_warned_about():
    done = check(SITE_URL="http://timeline.example")

    assert done.returncode == 0
    assert "dateline.W002" in done.stderr


def test_debugging_at_a_public_address_is_warned_about():
    done = check(DEBUG="1")

    assert "dateline.W003" in done.stderr


def test_nothing_but_debugging_is_needed_to_try_it_out():
    done = run("manage.py", "check", DEBUG="1", DATABASE_URL="sqlite://:memory:")

    assert (done.returncode, done.stderr) == (0, "")


def test_the_frameworks_own_advice_for_production_is_followed():
    done = run("manage.py", "check", "--deploy", "--tag", "security", **SOUND)

    assert done.returncode == 0
    assert "security.W" not in done.stderr


SITES = [
    # An address as it is written; the address, hosts and origins that follow.
    (
        "https://timeline.example",
        (
            "https://timeline.example",
            ["timeline.example"],
            ["https://timeline.example"],
        ),
    ),
    (
        "HTTPS://Timeline.Example:443/",
        (
            "https://timeline.example",
            ["timeline.example"],
            ["https://timeline.example"],
        ),
    ),
    (
        "http://desk.example:8080",
        ("http://desk.example:8080", ["desk.example"], ["http://desk.example:8080"]),
    ),
    (
        "http://localhost:8000",
        (
            "http://localhost:8000",
            ["localhost", "127.0.0.1", "[::1]"],
            ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"],
        ),
    ),
    (
        "http://[2001:db8::1]",
        ("http://[2001:db8::1]", ["[2001:db8::1]"], ["http://[2001:db8::1]"]),
    ),
]


@pytest.mark.parametrize(("text", "expected"), SITES)
def test_hosts_and_origins_follow_from_the_address(text, expected):
    site = parse_site(text)

    assert (site.url, site.hosts, site.origins) == expected


@pytest.mark.parametrize(
    "text",
    [
        "timeline.example",
        "//timeline.example",
        "ftp://timeline.example",
        "https://",
        "https://*",
        "https://*.example",
        "https://.example",
        "https://timeline.example/under/a/path",
        "https://timeline.example?a=b",
        "https://timeline.example#a",
        "https://user:word@timeline.example",
        "https://timeline.example:port",
        "https://timeline.example:99999",
        "https://timeline.example:0",
        "https://time line.example",
        "https://[::1",
        "https://zeitstrahl-ü.example",
    ],
)
def test_what_is_not_the_address_of_a_whole_site_is_refused(text):
    assert parse_site(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC BY 4.0", Licence("CC BY 4.0", "")),
        (
            "https://l.example/by",
            Licence("https://l.example/by", "https://l.example/by"),
        ),
        (
            "CC BY 4.0 https://l.example/by",
            Licence("CC BY 4.0", "https://l.example/by"),
        ),
        ("", Licence()),
    ],
)
def test_a_licence_is_a_name_or_an_address_or_both(text, expected):
    environment = Environment({"CONTENT_LICENCE": text})

    assert environment.licence("CONTENT_LICENCE") == expected
    assert environment.faults == []


def test_the_key_for_debugging_is_kept_and_private(tmp_path):
    path = tmp_path / "data" / "secret_key"

    first, second = kept_secret(path), kept_secret(path)

    assert first == second
    assert len(first) >= 50
    assert path.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_still_gives_a_key(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")

    assert len(kept_secret(blocked / "secret_key")) >= 50


def test_an_https_address_makes_cookies_secure():
    names = "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"
    values = ", ".join(f"bool(settings.{name})" for name in names)

    assert setting(values) == "True True True"
    assert setting(values, SITE_URL="http://desk.example") == "False False False"


def test_the_desks_zone_is_its_own():
    zone = setting("settings.TIME_ZONE", DESK_TIME_ZONE="America/New_York")

    assert zone == "America/New_York"


# Signing in, as through a proxy that ends TLS.

FORWARDED = {"Host": "timeline.example", "X-Forwarded-Proto": "https"}
FROM_OUR_FORM = {"Origin": "https://timeline.example"}
FROM_OUR_PAGE = {"Referer": "https://timeline.example/admin/login/"}


def sign_in(headers):
    """Fetches the form and posts it, with the token that came with it."""
    get_user_model().objects.create_superuser("editor", password="a long password")
    client = Client(enforce_csrf_checks=True)
    form = client.get("/admin/login/", headers=headers)
    token = form.cookies["csrftoken"].value
    fields = {"username": "editor", "password": "a long password"}
    return client.post(
        "/admin/login/?next=/admin/",
        fields | {"csrfmiddlewaretoken": token},
        headers=headers,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        FORWARDED | FROM_OUR_FORM,
        FORWARDED | FROM_OUR_PAGE,
        # A proxy that does not say that it ended TLS.
        {"Host": "timeline.example"} | FROM_OUR_FORM,
    ],
)
def test_an_editor_signs_in_through_a_proxy_that_ends_tls(headers):
    answer = sign_in(headers)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    assert answer.cookies["sessionid"]["secure"]
    assert answer.cookies["sessionid"]["httponly"]
    assert answer.cookies["csrftoken"]["secure"]


@pytest.mark.django_db
def test_a_form_on_another_site_signs_nobody_in():
    answer = sign_in(FORWARDED | {"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403


@pytest.mark.django_db
def test_every_page_carries_the_strict_policy():
    answer = Client().get("/admin/login/", headers=FORWARDED)

    policy = re.sub(" 'sha256-[^']+'", "", answer.headers["Content-Security-Policy"])
    assert policy == (
        "default-src 'self'; script-src 'self'; style-src 'self';"
        " img-src 'self' data:; object-src 'none'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    )
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Strict-Transport-Security"] == "max-age=2592000"


def test_another_host_is_not_answered():
    answer = Client().get("/admin/login/", headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_signs_in_and_reports_nothing_against_the_policy(
    chromium, live_server
):
    get_user_model().objects.create_superuser("editor", password="a long password")

    chromium.get(f"{live_server.url}/admin/login/")
    chromium.find_element(By.NAME, "username").send_keys("editor")
    chromium.find_element(By.NAME, "password").send_keys("a long password", Keys.ENTER)
    WebDriverWait(chromium, 20).until(lambda page: page.title.startswith("On the desk"))

    complaints = [entry["message"] for entry in chromium.get_log("browser")]
    assert [text for text in complaints if "Content Security Policy" in text] == []


# SQLite, where it is used.


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("busy_timeout", 20_000),
        ("synchronous", 1),
        ("foreign_keys", 1),
    ],
)
def test_sqlite_is_set_up_for_several_at_once(pragma, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")

        assert cursor.fetchone() == (value,)


@pytest.mark.django_db(transaction=True)
def test_a_writer_waits_for_another_and_then_writes():
    begun = threading.Event()

    def slowly():
        with transaction.atomic():
            Group.objects.create(name="first")
            begun.set()
            time.sleep(0.3)
        connection.close()

    other = threading.Thread(target=slowly)
    other.start()
    begun.wait(10)
    with transaction.atomic():
        Group.objects.count()
        Group.objects.create(name="second")
    other.join()

    assert Group.objects.filter(name__in=["first", "second"]).count() == 2
