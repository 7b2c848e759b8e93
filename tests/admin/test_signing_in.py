"""Signing in: guessing is slowed, nobody is locked out, and passwords come back."""

import io
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.admin.desk import account, at_the_desk, text
from timeline.admin.signing_in import begin_try
from timeline.models import SignInTries

pytestmark = pytest.mark.django_db
RIGHT = "correct-horse-battery"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def chief():
    user = account("Chief editor")
    user.username = "chief"
    user.set_password(RIGHT)
    user.save()
    return user


@pytest.fixture(autouse=True)
def direct(settings):
    """No proxy: the address of a request is the one it comes from."""
    settings.DATELINE_PROXIES = 0


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    shows: datetime | None = None

    def now(self):
        return self.shows


CLOCK = Clock()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """However long a test takes, no time passes but what it says itself."""
    CLOCK.shows = timezone.now()
    monkeypatch.setattr(timezone, "now", CLOCK.now)


def sign_in(password, *, name="chief", address=HOME, browser=None, **headers):
    browser = browser or Client()
    data = {"username": name, "password": password}
    where = reverse("admin:login")
    return browser.post(where, data, REMOTE_ADDR=address, headers=headers)


def is_in(response):
    return response.status_code == 302


def has_to_wait(response):
    return "Too many tries to sign in: wait" in text(response)


def guess(times, **more):
    return [sign_in(f"guess-{number}", **more) for number in range(times)]


def later(**more):
    """Time passes."""
    CLOCK.shows += timedelta(**more)


@pytest.mark.usefixtures("chief")
def test_after_a_few_guesses_no_password_is_looked_at_for_a_while():
    answers = guess(6)

    assert [has_to_wait(answer) for answer in answers] == [False] * 5 + [True]
    assert has_to_wait(sign_in(RIGHT))
    later(seconds=2)
    assert is_in(sign_in(RIGHT))


@pytest.mark.usefixtures("chief")
def test_each_further_guess_waits_longer_and_never_for_ever():
    guess(5)
    for _ in range(12):
        later(minutes=15)
        guess(1)

    later(minutes=14)
    assert has_to_wait(sign_in(RIGHT))
    later(minutes=1)
    assert is_in(sign_in(RIGHT))


@pytest.mark.usefixtures("chief")
def test_fifty_guesses_from_one_place_keep_nobody_out_elsewhere():
    answers = guess(50, address=ELSEWHERE)

    assert has_to_wait(answers[-1])
    assert is_in(sign_in(RIGHT, address=HOME))


@pytest.mark.usefixtures("chief")
def test_guesses_from_everywhere_leave_two_tries_from_a_new_place():
    for number in range(20):
        guess(1, address=f"198.51.100.{number}")

    answers = guess(3, address=HOME)

    assert [has_to_wait(answer) for answer in answers] == [False, False, True]
    assert is_in(sign_in(RIGHT, address=ELSEWHERE))


@pytest.mark.usefixtures("chief")
def test_a_browser_known_to_the_account_is_not_kept_out_by_its_own_network():
    browser = Client()
    sign_in(RIGHT, browser=browser)
    browser.post(reverse("admin:logout"))
    guess(30)

    assert has_to_wait(sign_in(RIGHT))
    assert is_in(sign_in(RIGHT, browser=browser))


def test_a_known_browser_is_known_to_its_account_alone(chief):
    browser = Client()
    at_chief = sign_in(RIGHT, browser=browser)
    account("Writer")

    answers = guess(6, name="writer", browser=browser)

    cookie = at_chief.cookies["known_browser"]
    assert (cookie["httponly"], cookie["secure"], cookie["path"]) == (
        True,
        True,
        "/admin/",
    )
    assert "chief" not in cookie.value
    assert has_to_wait(answers[-1])
    answers = guess(6, browser=browser)
    assert has_to_wait(answers[-1])


@pytest.mark.usefixtures("chief")
def test_guessing_many_names_from_one_place_is_slowed_too():
    answers = [guess(1, name=f"name-{number}")[0] for number in range(21)]

    assert has_to_wait(answers[-1])
    assert not has_to_wait(answers[-2])


@pytest.mark.usefixtures("chief")
def test_signing_in_to_ones_own_account_gives_no_further_tries_at_others():
    other = account("Writer")
    other.set_password(RIGHT)
    other.save()
    guess(5)

    sign_in(RIGHT, name="writer")

    assert has_to_wait(sign_in("guess"))


def test_a_name_that_nobody_has_is_answered_like_one_that_somebody_has(chief):
    known, unknown = guess(6, address=HOME), guess(6, name="nobody", address=ELSEWHERE)

    assert [has_to_wait(row) for row in known] == [has_to_wait(row) for row in unknown]
    assert said(known[0]) == said(unknown[0])


def said(response):
    return re.findall(r'class="errornote">\s*(.*?)\s*</p>', text(response), re.DOTALL)


@pytest.mark.usefixtures("chief")
def test_what_was_typed_for_a_name_is_not_kept():
    sign_in("guess", name="my-own-password")

    kept = str(list(SignInTries.objects.values()))
    assert "my-own-password" not in kept
    assert HOME not in kept


@pytest.mark.usefixtures("chief")
def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_wrote(settings):
    settings.DATELINE_PROXIES = 1
    forged = {"x-forwarded-for": f"10.0.0.1, {ELSEWHERE}"}

    for number in range(6):
        # What the visitor writes in front changes nothing.
        forged = {"x-forwarded-for": f"10.0.0.{number}, {ELSEWHERE}"}
        answer = sign_in("guess", address="127.0.0.1", **forged)

    assert has_to_wait(answer)
    home = {"x-forwarded-for": HOME}
    assert is_in(sign_in(RIGHT, address="127.0.0.1", **home))


@pytest.mark.usefixtures("chief")
def test_where_the_proxy_says_nothing_it_is_the_address_of_the_request(settings):
    settings.DATELINE_PROXIES = 1

    for _ in range(9):
        answer = sign_in("guess")

    assert has_to_wait(answer)
    assert is_in(sign_in(RIGHT, address=ELSEWHERE))


def test_a_try_that_was_forgotten_in_the_same_moment_waits_for_nothing():
    assert begin_try([]) == 0


@pytest.mark.usefixtures("chief")
def test_the_many_addresses_of_one_line_are_one():
    for number in range(6):
        answer = sign_in("guess", address=f"2001:db8::{number}")

    assert has_to_wait(answer)
    assert is_in(sign_in(RIGHT, address="2001:db8:0:1::1"))


def test_tries_are_forgotten(chief):
    guess(20)

    later(hours=2)
    guess(1)

    assert set(SignInTries.objects.values_list("count", flat=True)) == {1}


# Lost passwords


def link_in(words):
    return re.search(r"https://timeline\.example(/admin/password/new/\S+)", words)[1]


def follow(link, password):
    browser = Client()
    page = browser.get(link, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else link
    data = {"new_password1": password, "new_password2": password}
    return browser.post(where, data, follow=True)


def test_a_command_makes_a_link_that_works_once(chief):
    out = io.StringIO()
    call_command("password_link", "chief", stdout=out)
    link = link_in(out.getvalue())

    weak = follow(link, "12345678")
    follow(link, "another-long-one-7")
    again = follow(link, "yet-another-long-8")

    assert "too common" in text(weak)
    assert is_in(sign_in("another-long-one-7"))
    assert "new_password1" not in text(again)
    assert not is_in(sign_in("yet-another-long-8", address=ELSEWHERE))


@pytest.mark.parametrize("name", ["nobody", "closed"])
def test_a_link_is_made_for_open_accounts_alone(name):
    User.objects.create_user("closed", is_active=False)

    with pytest.raises(CommandError, match="no open account"):
        call_command("password_link", name)


def test_without_mail_nobody_is_asked_for_an_address(chief):
    page = text(Client().get(reverse("admin:login")))

    assert "password/forgotten" not in page
    assert Client().get("/admin/password/forgotten/").status_code in (302, 404)


@pytest.fixture
def with_mail(settings):
    settings.ROOT_URLCONF = "tests.admin.urls_with_mail"
    settings.DATELINE_HAS_MAIL = True


@pytest.mark.usefixtures("with_mail")
def test_with_mail_a_link_is_sent_to_who_forgot_a_password(chief):
    chief.email = "chief@timeline.example"
    chief.save()
    page = Client().get(reverse("admin:login"))
    where = reverse("admin_password_reset")

    known = Client().post(where, {"email": chief.email}, follow=True)
    unknown = Client().post(where, {"email": "x@timeline.example"}, follow=True)

    assert where in text(page)
    assert text(known) == text(unknown)
    [sent] = mail.outbox
    assert sent.to == [chief.email]
    follow(link_in(sent.body), "another-long-one-7")
    assert is_in(sign_in("another-long-one-7"))


@pytest.mark.usefixtures("with_mail")
def test_a_letter_box_is_not_filled_by_strangers(chief):
    chief.email = "chief@timeline.example"
    chief.save()

    for _ in range(9):
        Client().post(reverse("admin_password_reset"), {"email": chief.email})

    assert len(mail.outbox) == 5


@pytest.mark.usefixtures("with_mail")
def test_with_mail_an_invitation_is_sent():
    data = {"username": "new.writer", "email": "new@timeline.example"}

    page = at_the_desk("Chief editor").post(
        reverse("admin:auth_user_add"), data, follow=True
    )

    assert "was sent to new@timeline.example" in text(page)
    [sent] = mail.outbox
    assert "Your name there is: new.writer" in sent.body
    follow(link_in(sent.body), "another-long-one-7")
    assert is_in(sign_in("another-long-one-7", name="new.writer"))
