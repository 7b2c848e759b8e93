"""Invitations and new passwords: a link that works once, by mail or handed over."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from .signing_in import address_of, begin_try, counted, wait_in_words


def password_link(user) -> str:
    """An address where an account gets a password; works once, for a few days."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    where = reverse("password_reset_confirm", args=[key, token])
    return f"{settings.SITE_URL}{where}"


def invite(user) -> None:
    """Send somebody the link for their first password."""
    words = {"user": user, "link": password_link(user), "desk": settings.SITE_URL}
    send_mail(
        _("Your account at the Dateline desk"),
        render_to_string("registration/invitation.txt", words),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )


class SlowedResetForm(PasswordResetForm):
    """Asking for mail is slowed down as signing in is: a letter box is no toy."""

    request = None

    def clean(self):
        cleaned = super().clean()
        email = cleaned.get("email", "").casefold()
        several = [
            counted("address", "mail", address_of(self.request)),
            counted("pair", "mail", email),
        ]
        if email and (seconds := begin_try(several)):
            raise ValidationError(wait_in_words(seconds), code="too_soon")
        return cleaned


class OfDesk:
    """A page about a password, in the dress of the desk."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**admin.site.each_context(self.request), **context}


class Forgotten(OfDesk, views.PasswordResetView):
    """Asks for the address that the link is sent to."""

    form_class = SlowedResetForm
    subject_template_name = "registration/reset_subject.txt"
    email_template_name = "registration/reset_mail.txt"

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.request = self.request
        return form

    def form_valid(self, form):
        scheme, _sign, domain = settings.SITE_URL.partition("://")
        self.extra_email_context = {"protocol": scheme, "domain": domain}
        return super().form_valid(form)


class Sent(OfDesk, views.PasswordResetDoneView):
    """Says the same whether or not the address is known."""


class New(OfDesk, views.PasswordResetConfirmView):
    """Where the link leads."""


class Done(OfDesk, views.PasswordResetCompleteView):
    """Leads to the page to sign in."""


def account_urls(*, mail: bool) -> list:
    """The pages about passwords; only with mail can one ask for a link oneself."""
    asking = [
        path("password/forgotten/", Forgotten.as_view(), name="admin_password_reset"),
        path("password/sent/", Sent.as_view(), name="password_reset_done"),
    ]
    return [
        *(asking if mail else []),
        path(
            "password/new/<uidb64>/<token>/",
            New.as_view(),
            name="password_reset_confirm",
        ),
        path("password/set/", Done.as_view(), name="password_reset_complete"),
    ]
