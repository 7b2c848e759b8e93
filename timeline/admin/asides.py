"""What a form also asks or carries, without being part of the thing."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timeline.models import WHY_LENGTH, SentForm

KEPT_DAYS = 7
ASIDES = ("why", "form_key")
TOKEN = "csrfmiddlewaretoken"
POPUP = "_popup"


class Aside(forms.CharField):
    """A field that changes nothing of the thing, whatever is typed."""

    def has_changed(self, initial, data):
        return False


class AsidesForm(forms.ModelForm):
    """A form with room for a reason, and a key by which it is known when it returns."""

    why = Aside(
        label=_("Why"),
        required=False,
        max_length=WHY_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("For the history; stays on the desk."),
    )
    form_key = Aside(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["form_key"] = secrets.token_urlsafe(16)


def key_of(posted) -> str:
    """What one sending of a form is known by: its key, and everything in it.

    Sent again with other content it is another: nobody's words are taken for a
    second click.
    """
    form_key = posted.get("form_key")
    if not form_key:
        return ""
    digest = sha256()
    for name in sorted(posted):
        if name != TOKEN and (name == POPUP or not name.startswith("_")):
            digest.update(repr((name, posted.getlist(name))).encode())
    return digest.hexdigest()


def as_sent(request):
    """The form as the browser sent it, before anything in it was chosen anew."""
    return getattr(request, "as_sent", request.POST)


def remember_sent(posted, row) -> None:
    """Keep what a form made, in the transaction of the save."""
    if key := key_of(posted):
        SentForm.objects.create(
            key=key, noun=row._meta.model_name, thing=row.pk, sent_at=timezone.now()
        )
        long_ago = timezone.now() - timedelta(days=KEPT_DAYS)
        old = SentForm.objects.filter(sent_at__lt=long_ago)
        # Those that another save is taking away are not waited for.
        free = old.select_for_update(skip_locked=True).values_list("pk", flat=True)
        SentForm.objects.filter(pk__in=list(free)).delete()


def made_by(posted, model):
    """What this very form made when it was sent before; None where it did not."""
    key = key_of(posted)
    if not key:
        return None
    sent = SentForm.objects.filter(pk=key, noun=model._meta.model_name).first()
    return model._base_manager.filter(pk=sent.thing).first() if sent else None
