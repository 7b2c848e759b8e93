"""Signing in: guessing is slowed down, and nobody can lock somebody else out by it.

Tries that fail are counted for an account from one address, and for an address. Whoever
has failed too often waits, longer each time, before another password is looked at. From
elsewhere the right password still works, and so it does in a browser in which the
account has signed in before: that one carries a mark of its own and is counted apart.
"""

import hashlib
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.models import SignInTries

COOKIE = "known_browser"
YEAR = 365 * 24 * 3600
LONGEST_WAIT = 15 * 60  # seconds
FORGOTTEN = timedelta(hours=1)  # after the last failed try
PAIR, ADDRESS, BROWSER, ACCOUNT = "pair", "address", "browser", "account"
FREE = {PAIR: 5, ADDRESS: 20, BROWSER: 5}  # tries before anybody waits
UNDER_ATTACK = 20  # failed tries at one account, from wherever
FREE_THEN = 2  # from an address that is new to it


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that tries are counted for, by a digest that says nothing."""

    kind: str
    what: str


def counted(kind: str, *parts: str) -> Counted:
    text = "\0".join((kind, *parts))
    mac = salted_hmac("timeline.signing_in", text, algorithm="sha256")
    return Counted(kind, mac.hexdigest())


def counted_for(request, username: str) -> list[Counted]:
    """What a try to sign in counts for: in a known browser, for that browser alone."""
    name = username.casefold()
    if mark := mark_in(request, name):
        return [counted(BROWSER, name, mark)]
    address = address_of(request)
    return [
        counted(PAIR, name, address),
        counted(ADDRESS, address),
        counted(ACCOUNT, name),
    ]


def address_of(request) -> str:
    """Where a request comes from; of an IPv6 address the part that one line has."""
    text = request.META.get("REMOTE_ADDR", "")
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    told = header.split(",") if header.strip() else []
    proxies = settings.DATELINE_PROXIES
    if proxies and len(told) >= proxies:
        text = told[-proxies].strip()
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def mark_in(request, name: str) -> str:
    """The mark of a browser in which this account has signed in; empty without one."""
    try:
        held = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt="timeline.known_browser", max_age=YEAR
        )
    except signing.BadSignature:
        return ""
    return held["mark"] if held["account"] == digest(name) else ""


def mark_browser(request, username: str) -> None:
    """Have the answer give this browser a mark for the account that signed in."""
    name = username.casefold()
    held = {
        "account": digest(name),
        "mark": mark_in(request, name) or secrets.token_hex(8),
    }
    request.mark_of_browser = {
        "key": COOKIE,
        "value": signing.dumps(held, salt="timeline.known_browser"),
        "max_age": YEAR,
        "path": "/admin/",
        "secure": settings.SESSION_COOKIE_SECURE,
        "httponly": True,
        "samesite": "Lax",
    }


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def begin_try(several: Iterable[Counted]) -> int:
    """Count one more try, before any password is looked at; or the seconds to wait.

    It counts as failed until `forget_try` says otherwise, so that many tries at the
    same moment are not all taken for the first.
    """
    kinds = {one.what: one.kind for one in several}
    now = timezone.now()
    with transaction.atomic():
        SignInTries.objects.filter(last_at__lt=now - FORGOTTEN).delete()
        SignInTries.objects.bulk_create(
            [SignInTries(what=what, last_at=now) for what in sorted(kinds)],
            ignore_conflicts=True,
        )
        rows = list(
            SignInTries.objects.select_for_update()
            .filter(what__in=kinds)
            .order_by("what")
        )
        attacked = any(
            row.count >= UNDER_ATTACK for row in rows if kinds[row.what] == ACCOUNT
        )
        # None is left where another try of this browser has just been forgotten.
        waits = (wait_of(row, kinds[row.what], now, attacked) for row in rows)
        wait = max(waits, default=0)
        if wait <= 0:
            for row in rows:
                row.count, row.last_at = row.count + 1, now
            SignInTries.objects.bulk_update(rows, ["count", "last_at"])
    return max(wait, 0)


def wait_of(row: SignInTries, kind: str, now: datetime, attacked: bool) -> int:
    """The seconds until another try is looked at: twice as many after each."""
    if kind == ACCOUNT:
        return 0
    free = FREE_THEN if attacked and kind == PAIR else FREE[kind]
    if row.count < free:
        return 0
    seconds = min(2 ** min(row.count - free, 20), LONGEST_WAIT)
    return round((row.last_at + timedelta(seconds=seconds) - now).total_seconds() + 0.5)


def forget_try(several: Iterable[Counted]) -> None:
    """The password was right: this account is free again here, the address as before.

    Who has one account gets no more tries at others by signing in to it.
    """
    for one in several:
        row = SignInTries.objects.filter(what=one.what)
        if one.kind in (PAIR, BROWSER):
            row.delete()
        else:
            with transaction.atomic():
                for held in row.select_for_update().filter(count__gt=0):
                    held.count -= 1
                    held.save(update_fields=["count"])


def wait_in_words(seconds: int) -> str:
    """What is said to who has to wait."""
    if seconds < 90:
        wait = ngettext("%d second", "%d seconds", seconds) % seconds
    else:
        minutes = -(-seconds // 60)
        wait = ngettext("%d minute", "%d minutes", minutes) % minutes
    return (
        _(
            "Too many tries to sign in: wait %s. Your password was not looked at, and "
            "your account is not locked."
        )
        % wait
    )


class SlowedSignIn(AdminAuthenticationForm):
    """The form to sign in with, which looks at no password that came too soon.

    `was_last_here` says whether nobody else has signed in in this browser since the
    account did before.
    """

    was_last_here = False

    def clean(self):
        username = self.cleaned_data.get("username") or ""
        if not (username and self.cleaned_data.get("password")):
            return super().clean()
        several = counted_for(self.request, username)
        if seconds := begin_try(several):
            raise ValidationError(wait_in_words(seconds), code="too_soon")
        cleaned = super().clean()
        forget_try(several)
        self.was_last_here = bool(mark_in(self.request, username.casefold()))
        mark_browser(self.request, username)
        return cleaned
