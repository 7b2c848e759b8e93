"""Accounts of the desk, and forms filled in as a browser would send them."""

from django.contrib.admin.utils import quote
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from timeline.management.accounts import make_roles
from timeline.models import (
    Actor,
    Event,
    Source,
    Statement,
    Story,
    Topic,
)

NOUNS = (Event, Statement, Source, Actor, Story, Topic)


def account(role, *, name=""):
    """An account with a role of the desk, called like it where no name is given."""
    make_roles()
    user, _ = User.objects.get_or_create(username=name or role.lower(), is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    return user


def at_the_desk(role="Editor"):
    """A browser in which somebody with this role is logged in."""
    browser = Client()
    browser.force_login(account(role))
    return browser


def list_url(model, **query):
    return reverse(f"admin:timeline_{model._meta.model_name}_changelist", query=query)


def add_url(model):
    return reverse(f"admin:timeline_{model._meta.model_name}_add")


def url(row, page="change"):
    name = f"admin:timeline_{row._meta.model_name}_{page}"
    return reverse(name, args=[quote(row.pk)])


def forms_of(response):
    """The form of a page and those of its rows."""
    yield response.context["adminform"].form
    for rows in response.context["inline_admin_formsets"]:
        yield rows.formset.management_form
        yield from rows.formset.forms


def filled_in(response, **changes):
    """What the browser sends when only these fields of the page were changed."""
    data = {
        field.html_name: as_typed(field.value())
        for form in forms_of(response)
        for field in form
        if field.value() is not None and field.value() is not False
    }
    return {**data, "_save": "Save", **changes}


def as_typed(value):
    return "on" if value is True else value


def with_new_row(data, prefix, **fields):
    """The same, with a row added to one of the lists of the page."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
    return {**data, **row, f"{prefix}-TOTAL_FORMS": number + 1}


def said(response):
    """The messages that a page, or the page after it, shows."""
    return [str(message) for message in response.context["messages"]]


def text(response):
    return response.content.decode()
