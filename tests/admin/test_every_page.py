"""Every page of the desk: opened, searched and sorted at a fixed number of questions;
and in Chromium, under the policy, without a complaint of the browser or of axe-core.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin.desk import account, url
from tests.admin.test_browser import editor  # noqa: F401
from tests.admin.test_pages import a_full_desk
from tests.admin.test_roles import (
    CHIEF,
    NEVER,
    ROOT,
    TABLE,
    address,
    browser_of,
    desk,  # noqa: F401
    may,
)
from tests.axe import LIBRARY, found_by_axe
from tests.conftest import lacking
from timeline.editing import saving
from timeline.models import Event

LISTED = sorted(admin.site._registry, key=lambda model: model._meta.label)
NO_PAGES = (
    "login",
    "logout",
    "jsi18n",
    "autocomplete",
    "timeline_called",
    "timeline_date",
)
NOT_OF_EVERY_ROW = ("_csv", "_xlsx", "_chosen", "_restore")


def one_more(model):
    """One more of everything, accounts and roles among them."""
    event = a_full_desk()
    with saving(event, version=event.version, why="A reason"):
        event.save()
    User.objects.create_user(f"person-{event.pk}")
    Group.objects.create(name=f"Role {event.pk}")
    return event


def list_of(model, **query):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return reverse(name, query=query)


def asked_of(model):
    """A list as it is opened, searched, and sorted by each column both ways."""
    columns = len(admin.site._registry[model].list_display)
    yield list_of(model)
    yield list_of(model, q="a")
    for column in range(1, columns + 1):
        yield list_of(model, o=column)
        yield list_of(model, o=-column)


def pages_of(model):
    """The pages of one row."""
    row = model.objects.order_by("pk").first()
    label = f"{model._meta.app_label}_{model._meta.model_name}"
    for page in ("change", "history"):
        yield reverse(f"admin:{label}_{page}", args=[row.pk])


def queries(browser, page):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200, page
    return len(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("model", LISTED, ids=lambda model: model._meta.model_name)
def test_a_page_asks_as_often_where_there_are_three_of_everything(model):
    browser = browser_of(ROOT)
    one_more(model)
    pages = [*asked_of(model), *pages_of(model)]
    for page in pages:  # what is looked up once for the whole process
        browser.get(page)

    one = {page: queries(browser, page) for page in pages}
    one_more(model)
    one_more(model)
    three = {page: queries(browser, page) for page in pages}

    assert three == one


@pytest.mark.django_db
def test_a_long_list_is_not_counted_and_opens_in_few_questions():
    browser = browser_of(CHIEF)
    one_more(Event)

    for model in LISTED:
        if model._meta.app_label != "timeline":
            continue
        browser.get(list_of(model))
        with CaptureQueriesContext(connection) as asked:
            browser.get(list_of(model))
        counts = [row["sql"] for row in asked if "COUNT(*)" in row["sql"].upper()]
        own = [sql for sql in counts if sql.upper().startswith("SELECT COUNT(*)")]
        assert all("LIMIT 1051" in sql for sql in own), model
        assert len(asked) < 20, model


# In the browser


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_page_is_complained_of(editor, desk, settings):  # noqa: F811
    if not LIBRARY.is_file():
        lacking("axe-core is not here (scripts/axe fetches it)")
    account("Editor").groups.set(account(CHIEF).groups.all())
    wrong = []

    for page in every_page(desk):
        window = editor(page)
        wrong += [
            f"{page} {entry['message']}"
            for entry in window.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]
        wrong += [f"{page} {line}" for line in found_by_axe(window)]

    assert not wrong, "\n".join(wrong)


def every_page(desk):  # noqa: F811
    """The address of every page that somebody of the desk may look at."""
    live = a_full_desk()
    with saving(live, version=live.version, why="To be published"):
        live.title = "Changed since"
        live.save()
    live_desk = desk | {"event": live, "statement": live.statements.get()}
    found = [
        address(name, rows)
        for name, (looks, _sends) in TABLE.items()
        for rows in (desk, live_desk)
        if looks != NEVER and may(CHIEF, looks) and is_page(name)
    ]
    gone = url(live, "delete")  # what was published stays: there is no such page
    earlier = reverse("admin:timeline_event_restore", args=[live.pk, 1])
    return [page for page in dict.fromkeys([*found, earlier]) if page != gone]


def is_page(name):
    return name not in NO_PAGES and not name.endswith(NOT_OF_EVERY_ROW)
