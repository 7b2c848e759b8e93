"""Two people become one in a browser, readers are told, and it is undone."""

import pytest
from django.urls import reverse
from selenium.webdriver.common.by import By

from tests.admin.desk import url
from tests.admin.test_browser import complaints, editor, wait
from tests.factories import OutletFactory, SourceFactory, ready_event
from timeline.models import Actor, Merge
from timeline.models.record import Revision
from timeline.publishing.write import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["editor"]
SUBMIT = "#content-main .submit-row [type=submit]"


def test_two_are_merged_readers_are_told_and_it_is_undone(editor):
    one, other = OutletFactory(name="Reuters"), OutletFactory(name="REUTERS Ltd.")
    event = ready_event(source=SourceFactory(publisher=other))
    publish(event, by=None, version=1)

    page = editor("/admin/")
    page.find_element(By.PARTIAL_LINK_TEXT, "likely the same").click()
    wait(page, lambda page: page.find_elements(By.LINK_TEXT, "Merge…"))
    page.find_element(By.LINK_TEXT, "Merge…").click()
    wait(page, lambda page: "What moves to “Reuters”" in page.page_source)
    page.find_element(By.CSS_SELECTOR, SUBMIT).click()
    wait(page, lambda page: "1 live event carries old words" in page.page_source)
    page.find_element(By.CSS_SELECTOR, "[name=kind][value=correction]").click()
    page.find_element(By.NAME, "note").send_keys("One agency, under one name.")
    page.find_element(By.CSS_SELECTOR, SUBMIT).click()
    wait(page, lambda page: "1 live event tells it anew" in page.page_source)

    assert Revision.objects.latest("sequence").note == "One agency, under one name."
    page = editor(f"/actors/{other.slug}/")
    assert page.current_url.endswith(f"/actors/{one.slug}/")

    page = editor(url(Actor.objects.get(pk=other.pk)))
    page.find_element(By.PARTIAL_LINK_TEXT, "Undo the merge").click()
    wait(page, lambda page: page.find_elements(By.CSS_SELECTOR, SUBMIT))
    page.find_element(By.CSS_SELECTOR, SUBMIT).click()
    wait(page, lambda page: "is one of its own again" in page.page_source)

    assert Merge.objects.get().undone_at
    assert Actor.objects.get(pk=other.pk).published_sources.count() == 1
    assert complaints(page) == []


def test_the_new_pages_run_nothing_of_their_own(editor):
    source = SourceFactory(title='"><img src=x onerror="alert(1)">')
    ready_event(source=source)

    for address in (
        "/admin/",
        "/admin/find/?q=img",
        "/admin/keys/",
        "/admin/timeline/event/?from=2026",
        *(
            reverse(f"admin:timeline_source_{page}", args=[source.pk])
            for page in ("rests", "correct", "merge")
        ),
    ):
        page = editor(address)

        assert complaints(page) == [], address
