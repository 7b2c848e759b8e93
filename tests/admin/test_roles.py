"""Who may open, send and forge what at every address of the desk: one table.

An address or an action of a list that is not in the table fails the first tests.
"""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.tokens import default_token_generator
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.admin.desk import account, at_the_desk, filled_in, list_url, text, url
from tests.factories import ready_event
from timeline.models import Actor, Event, EventStep, Source, Statement, Story, Topic
from timeline.models.record import Revision
from timeline.publishing.write import publish

# Who may do what does not depend on the database; the verbs' own tests run on both.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

# Each may what those before may; "root" is an account that `createsuperuser` made.
ROLES = ("anybody", "account", "Viewer", "Writer", "Editor", "Chief editor", "root")
ANYBODY, ACCOUNT, VIEWER, WRITER, EDITOR, CHIEF, ROOT = ROLES
NEVER = "never"  # nobody may

# The end of a name: who may look, and who may send.
OF_EACH_NOUN = {
    "changelist": (VIEWER, VIEWER),
    "add": (WRITER, WRITER),
    "change": (VIEWER, WRITER),
    "delete": (EDITOR, EDITOR),
    "history": (VIEWER, VIEWER),
    "compare": (VIEWER, VIEWER),
    "restore": (WRITER, WRITER),
    "open": (NEVER, WRITER),
    "csv": (VIEWER, VIEWER),
    "xlsx": (VIEWER, VIEWER),
}
OF_EVENTS = {
    "submit": (WRITER, WRITER),
    "preview": (VIEWER, NEVER),
    "topics_chosen": (WRITER, WRITER),
    "stories_chosen": (WRITER, WRITER),
    "importance_chosen": (WRITER, WRITER),
    "owner": (WRITER, WRITER),
    "embargo": (WRITER, WRITER),
    "send_back": (EDITOR, EDITOR),
    "approve": (EDITOR, EDITOR),
    "publish": (EDITOR, EDITOR),
    "publish_chosen": (EDITOR, EDITOR),
    "lift_embargo": (EDITOR, EDITOR),
    "withdraw": (EDITOR, EDITOR),
    "withdraw_chosen": (EDITOR, EDITOR),
    "hold": (EDITOR, EDITOR),
    "release": (EDITOR, EDITOR),
    "merge": (EDITOR, EDITOR),
    "suppress": (CHIEF, CHIEF),
}
OF_LISTS = ("changelist", "add", "csv", "xlsx")
OF_WHAT_MAY_BE_MERGED = {
    "rests": (VIEWER, VIEWER),
    "correct": (EDITOR, EDITOR),
    "merge": (EDITOR, EDITOR),
    "unmerge": (EDITOR, EDITOR),
    "alike": (EDITOR, EDITOR),
}
NOUNS = (Event, Statement, Source, Actor, Story, Topic)
TABLE = {
    "index": (ACCOUNT, ACCOUNT),
    "login": (ANYBODY, ANYBODY),
    "logout": (ANYBODY, ANYBODY),
    "password_change": (ACCOUNT, ACCOUNT),
    "password_change_done": (ACCOUNT, NEVER),
    "password_reset_confirm": (ANYBODY, ANYBODY),
    "password_reset_complete": (ANYBODY, NEVER),
    "jsi18n": (ACCOUNT, NEVER),
    "autocomplete": (VIEWER, NEVER),
    "app_list": (ACCOUNT, ACCOUNT),
    **{
        f"timeline_{noun._meta.model_name}_{page}": who
        for noun in NOUNS
        for page, who in OF_EACH_NOUN.items()
    },
    **{f"timeline_event_{page}": who for page, who in OF_EVENTS.items()},
    **{
        f"timeline_{noun}_{page}": who
        for noun in ("actor", "source")
        for page, who in OF_WHAT_MAY_BE_MERGED.items()
    },
    "find": (VIEWER, VIEWER),
    "keys": (ACCOUNT, ACCOUNT),
    "timeline_revision_changelist": (VIEWER, VIEWER),
    "timeline_revision_change": (VIEWER, NEVER),
    "timeline_revision_csv": (VIEWER, VIEWER),
    "timeline_revision_xlsx": (VIEWER, VIEWER),
    "timeline_revision_history": (VIEWER, VIEWER),
    "timeline_revision_add": (NEVER, NEVER),
    "timeline_revision_delete": (NEVER, NEVER),
    "timeline_from_report": (WRITER, WRITER),
    "timeline_report_reading": (NEVER, WRITER),
    "timeline_called": (WRITER, WRITER),
    "timeline_source_events": (WRITER, WRITER),
    "timeline_date": (VIEWER, VIEWER),
    "auth_user_changelist": (CHIEF, CHIEF),
    "auth_user_add": (CHIEF, CHIEF),
    "auth_user_change": (CHIEF, CHIEF),
    "auth_user_password_change": (CHIEF, CHIEF),
    "auth_user_history": (CHIEF, CHIEF),
    "auth_user_delete": (NEVER, NEVER),
    **{
        f"auth_group_{page}": (ROOT, ROOT)
        for page in ("changelist", "add", "change", "delete", "history")
    },
}
# What is not asked by name: Django's redirects to the page of a row, and to a row's
# own page on the site, which no noun of the desk has.
UNNAMED = (None, "view_on_site")
# Who is signed in is led away from these; they let everybody in.
AWAY = ("login", "logout")

# The actions of lists, and who may use them.
ACTIONS = {
    "submit_selected": WRITER,
    "topics_selected": WRITER,
    "stories_selected": WRITER,
    "importance_selected": WRITER,
    "publish_selected": EDITOR,
    "withdraw_selected": EDITOR,
    "delete_selected": EDITOR,
}


def may(role, who):
    return who != NEVER and ROLES.index(role) >= ROLES.index(who)


def browser_of(role):
    browser = Client()
    if role != ANYBODY:
        browser.force_login(user_of(role))
    return browser


def user_of(role):
    if role == ROOT:
        return User.objects.create_superuser("root")
    if role == ACCOUNT:
        return User.objects.create_user("account", is_staff=True)
    return account(role)


def names(patterns=None, inside=False):
    """The names of all addresses of the desk."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            if inside:
                yield pattern.name
        elif inside or str(pattern.pattern) == "admin/":
            yield from names(pattern.url_patterns, inside=True)


@pytest.fixture
def desk():
    """An event, whatever it rests on, and somebody to be changed."""
    event = ready_event()
    topic, person = Topic.objects.create(slug="t", name="T"), account("Viewer")
    publish(live := ready_event(), by=None, version=1)
    Actor.objects.create(slug="free", name="Free", kind="person")
    statement = event.statements.get()
    source = statement.citations.get().source
    return {
        "event": event,
        "statement": statement,
        "source": source,
        "actor": Actor.objects.get(slug="free"),
        "story": event.story_links.get().story,
        "topic": topic,
        "revision": Revision.objects.get(event_id=live.public_id),
        "user": person,
        "group": Group.objects.first(),
    }


def address(name, desk):
    """The address with this name, on the rows of a desk."""
    if name.startswith("password_reset"):
        return address_of_password(name, desk["user"])
    if name == "app_list":
        return reverse("admin:app_list", args=["timeline"])
    noun = next((noun for noun in desk if f"_{noun}_" in name), "")
    page = name.partition(f"_{noun}_")[2]
    if name == "timeline_source_events":
        return reverse(f"admin:{name}", args=[desk["source"].pk])
    if (
        not noun
        or page in ("changelist", "add", "csv", "xlsx", "alike")
        or name.endswith("_chosen")
    ):
        return reverse(f"admin:{name}")
    row = [desk[noun].pk]
    return reverse(f"admin:{name}", args=[*row, 1] if page == "restore" else row)


def address_of_password(name, user):
    if name == "password_reset_complete":
        return reverse(name)
    key = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse(name, args=[key, default_token_generator.make_token(user)])


def is_refused(response):
    """Whether an answer lets nobody in: it forbids, or leads to where all may be."""
    away = getattr(response, "url", "")
    return (
        response.status_code in (403, 405)
        or getattr(response, "template_name", "") == "admin/sign_in_and_send.html"
        or away == reverse("admin:index")
        or away.startswith(reverse("admin:login"))
    )


def everything():
    """What nobody may change without being let in."""
    models = (Event, Statement, Source, Actor, Story, Topic, Revision, EventStep)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    people = User.objects.filter(username__in=["viewer", "forged"]).order_by("pk")
    kept = ("username", "password", "is_superuser", "is_staff", "is_active", "groups")
    return rows, list(people.values(*kept)), Group.objects.count()


def test_every_address_of_the_desk_is_in_the_table():
    missing = {name for name in names() if name not in TABLE and name not in UNNAMED}

    assert missing == set()


def test_every_action_of_a_list_is_in_the_table():
    request = RequestFactory().get("/")
    request.user = User.objects.create_superuser("root")
    site = admin.site._registry.values()

    found = {name for model in site for name in model.get_actions(request)}

    assert found == set(ACTIONS)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_look(role, desk):
    browser = browser_of(role)
    wrong = []

    for name, (looks, _sends) in TABLE.items():
        if name in AWAY:
            continue
        refused = is_refused(browser.get(address(name, desk), asked(name)))
        if refused == may(role, looks):
            wrong.append(name)

    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_who_may_send(role, desk):
    browser, wrong, before = browser_of(role), [], everything()

    for name, (_looks, sends) in TABLE.items():
        if may(role, sends):
            continue
        if not is_refused(browser.post(address(name, desk), FORGED)):
            wrong.append(name)

    assert wrong == []
    assert everything() == before


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_send_is_answered(role, desk):
    browser = browser_of(role)
    wrong = []

    for name, (_looks, sends) in TABLE.items():
        if name in AWAY or not may(role, sends):
            continue
        response = browser.post(address(name, desk), {})
        if is_refused(response) or response.status_code >= 500:
            wrong.append((name, response.status_code))

    assert wrong == []


def asked(name):
    """What some addresses have to be asked, so that they are answered at all."""
    if name != "autocomplete":
        return {}
    return {
        "app_label": "timeline",
        "model_name": "relatedevent",
        "field_name": "target",
    }


# What is sent where nothing may be: a save, an act, an action and an account at once.
FORGED = {
    "version": "1",
    "title": "Forged",
    "name": "Forged",
    "text": "Forged",
    "slug": "forged",
    "note": "Forged",
    "reason": "Forged",
    "until_0": "2099-01-01",
    "until_1": "12:00",
    "to": "1",
    "into": "1",
    "revisions": "1",
    "seen": "1:1",
    "action": "delete_selected",
    "_selected_action": "1",
    "post": "yes",
    "username": "forged",
    "is_superuser": "on",
    "new_password1": "forged-and-long-9",
    "new_password2": "forged-and-long-9",
    "password1": "forged-and-long-9",
    "password2": "forged-and-long-9",
    "_save": "Save",
}


@pytest.mark.parametrize("role", [VIEWER, WRITER, EDITOR, CHIEF])
def test_lists_offer_the_actions_that_somebody_may_use(role):
    ready_event()

    page = text(at_the_desk(role).get(list_url(Event)))

    offered = set(re.findall(r'<option value="(\w+)">', page.partition("</select>")[0]))
    assert offered == {name for name, who in ACTIONS.items() if may(role, who)}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", [VIEWER, WRITER, EDITOR])
def test_a_forged_action_changes_nothing(role, action, desk):
    if may(role, ACTIONS[action]):
        return
    browser, before = at_the_desk(role), everything()
    data = {"action": action, "_selected_action": desk["event"].pk, "post": "yes"}

    browser.post(list_url(Event), data, follow=True)

    assert everything() == before


# Columns that are no field of the form, with what somebody could send for them.
NOT_FIELDS = {
    "live_state": "live",
    "published_version": "9",
    "owner": "1",
    "owner_id": "1",
    "review_state": "approved",
    "review_version": "9",
    "review_by": "1",
    "review_at_0": "2020-01-01",
    "review_note": "Forged",
    "embargo_until": "",
    "embargo_reason": "Forged",
    "public_id": "evt_forged",
    "loaded_version": "9",
    "created_at": "2020-01-01",
}


@pytest.mark.parametrize("role", [WRITER, EDITOR, CHIEF])
def test_no_form_writes_what_only_a_verb_may(role, desk):
    event, browser = desk["event"], at_the_desk(role)
    before = Event.objects.filter(pk=event.pk).values().get()
    form = filled_in(browser.get(url(event)), title="Changed", **NOT_FIELDS)

    assert browser.post(url(event), form).status_code == 302

    after = Event.objects.filter(pk=event.pk).values().get()
    written = {name for name in after if after[name] != before[name]}
    assert written == {"title", "version", "changed_at"}


# People


@pytest.fixture
def chief():
    return at_the_desk(CHIEF)


def person_page(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def test_a_chief_editor_invites_somebody_with_a_role(chief):
    role = Group.objects.get(name=WRITER)
    data = {"username": "new.writer", "email": "", "groups": [role.pk]}

    page = chief.post(reverse("admin:auth_user_add"), data, follow=True)

    person = User.objects.get(username="new.writer")
    assert (person.is_staff, person.is_superuser) == (True, False)
    assert list(person.groups.all()) == [role]
    assert "No mail was sent" in text(page)


def test_a_chief_editor_makes_nobody_mightier_than_themselves(chief):
    person = account(WRITER)
    mighty = Group.objects.create(name="Mighty")
    mighty.permissions.add(Permission.objects.get(codename="change_group"))
    every = list(Permission.objects.values_list("pk", flat=True))
    data = {
        "username": "writer",
        "is_active": "on",
        "is_superuser": "on",
        "user_permissions": every,
    }

    chief.post(person_page(person), {**data, "groups": [mighty.pk]})
    chief.post(person_page(person), data)

    person.refresh_from_db()
    assert not person.is_superuser
    assert not person.user_permissions.exists()
    assert mighty not in person.groups.all()


def test_a_chief_editor_does_not_reach_who_may_more(chief):
    root = User.objects.create_superuser("root", password="as it was, and long")
    page = reverse("admin:auth_user_password_change", args=[root.pk])

    listed = text(chief.get(reverse("admin:auth_user_changelist")))
    chief.get(person_page(root))
    chief.post(page, FORGED)

    assert ">root<" not in listed
    assert chief.get(person_page(root)).status_code == 302
    root.refresh_from_db()
    assert root.check_password("as it was, and long")


def test_accounts_are_closed_and_never_deleted_and_not_by_oneself(chief):
    person, own = account(WRITER), account(CHIEF)

    chief.post(person_page(person), {"username": "writer"})
    refused = chief.post(person_page(own), {"username": "chief editor"})

    person.refresh_from_db()
    assert not person.is_active
    assert "Somebody else has to close your account." in text(refused)
    data = {"action": "delete_selected", "_selected_action": person.pk, "post": "yes"}
    chief.post(reverse("admin:auth_user_changelist"), data)
    assert User.objects.filter(pk=person.pk).exists()
