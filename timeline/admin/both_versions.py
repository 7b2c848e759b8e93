"""Two people saved one thing: what each changed, and the form with what was chosen.

The version that was opened is read from the history, so that a field which only one
of the two changed is known to be that one's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from timeline.editing import state_at
from timeline.editing.recording import kept_in

from .asides import ASIDES
from .numbers import number

CHOICE = "choose:"
SEEN = "_both_seen"
MINE, THEIRS, BOTH = "mine", "theirs", "both"
NOT_OF_THE_THING = {*ASIDES, "version", forms.formsets.DELETION_FIELD_NAME}
LONGEST = 80


@dataclass(slots=True)
class Item:
    """One field, or one row, on which the two may differ, and who changed it.

    `carry` lists pairs of names: of a field on the form that was sent, and on the one
    that is saved. `row` names the list and the place there of a row that is to be
    added from the form that was sent, or removed.
    """

    key: str
    group: str
    label: str
    theirs: str
    mine: str
    who: str
    carry: tuple[tuple[str, str], ...] = ()
    added: tuple[str, str] | None = None
    removed: str = ""
    chosen: str = ""

    @property
    def name(self) -> str:
        return CHOICE + self.key


class BothVersions:
    """A form that was sent and the thing as it is now, on the version it was made of.

    `sent` and `now` are each the form of the thing and the lists of its rows: the
    first bound to what was sent, the second to nothing.
    """

    def __init__(self, *, root, version: int, sent: tuple, now: tuple):
        self.root, self.version = root, version
        self.form, self.lists = sent
        self.now, self.lists_now = now
        self.opened = state_at(root, version)
        self.items = [*self.of_thing(), *self.of_rows()]
        for item in self.items:
            given = self.form.data.get(item.name)
            suggested = item.who if item.who != BOTH else ""
            item.chosen = given if given in (MINE, THEIRS) else suggested

    @property
    def undecided(self) -> list[Item]:
        return [item for item in self.items if not item.chosen]

    def of_thing(self) -> Iterable[Item]:
        was = self.as_opened(self.now.instance)
        yield from fields_of("", self.form, self.now, was, key="")

    def of_rows(self) -> Iterable[Item]:
        for sent, now in zip(self.lists, self.lists_now, strict=True):
            rows = {form.instance.pk: form for form in now.initial_forms}
            for form in sent.initial_forms:
                yield from self.of_row(sent, form, rows.get(posted_key(form)))
            for form in sent.extra_forms:
                if form.has_changed() and not is_marked(form):
                    yield self.new_row(sent, form)

    def of_row(self, rows, form, now) -> Iterable[Item]:
        """The items of one row that was there when the form was opened."""
        key = f"{rows.prefix}:{posted_key(form)}"
        was = self.as_opened(form.instance, posted_key(form))
        if now is None:
            yield from self.removed_by_them(rows, form, was, key)
            return
        title = row_title(rows, now.instance)
        if is_marked(form):
            changed = was is None or changes(now, was)
            yield Item(
                key=key,
                group=title,
                label=_("the whole row"),
                theirs=_("keeps it"),
                mine=_("removes it"),
                who=BOTH if changed else MINE,
                removed=now.add_prefix(forms.formsets.DELETION_FIELD_NAME),
            )
            return
        yield from fields_of(title, form, now, was, key=key)

    def removed_by_them(self, rows, form, was, key) -> Iterable[Item]:
        """A row that is gone; it matters where something was typed into it."""
        if is_marked(form) or (was is not None and not typed_into(form, was)):
            return
        yield Item(
            key=key,
            group=row_title(rows, None),
            label=_("the whole row"),
            theirs=_("removed it"),
            mine=content_of(form),
            who=BOTH,
            added=(rows.prefix, form.prefix),
        )

    def new_row(self, rows, form) -> Item:
        return Item(
            key=form.prefix,
            group=row_title(rows, None),
            label=_("a new row"),
            theirs=_("does not have it"),
            mine=content_of(form),
            who=MINE,
            added=(rows.prefix, form.prefix),
        )

    def as_opened(self, row, key=None) -> dict | None:
        """The values of a row at the version that was opened, if they are known."""
        held = self.opened.get(type(row), {}).get(key or row.pk)
        return model_to_dict(type(row)(**kept_in(held))) if held else None

    def merged(self) -> QueryDict:
        """The form as it is to be saved: what is there now, and what was chosen."""
        data = QueryDict(mutable=True)
        for form in (self.now, *self.all_now()):
            data.update(as_typed(form))
        sent = self.form.data
        for name in sent:
            if name in ASIDES or (name.startswith("_") and name != SEEN):
                data.setlist(name, sent.getlist(name))
        data[self.now.add_prefix("version")] = str(self.root.version)
        for item in self.items:
            if item.chosen == MINE:
                self.take(item, data)
        return data

    def all_now(self) -> Iterable:
        for rows in self.lists_now:
            yield rows.management_form
            yield from rows.initial_forms

    def take(self, item: Item, data: QueryDict) -> None:
        """Put what was sent in one place into the form that is saved."""
        sent = self.form.data
        for old, new in item.carry:
            data.pop(new, None)
            if old in sent:
                data.setlist(new, sent.getlist(old))
        if item.removed:
            data[item.removed] = "on"
        if item.added:
            prefix, old = item.added
            total = f"{prefix}-{forms.formsets.TOTAL_FORM_COUNT}"
            place = f"{prefix}-{data[total]}-"
            for name in sent:
                if name.startswith(f"{old}-") and not name.endswith("-id"):
                    data.setlist(
                        place + name.removeprefix(f"{old}-"), sent.getlist(name)
                    )
            data[total] = str(int(data[total]) + 1)


def fields_of(group: str, form, now, was: dict | None, *, key: str) -> Iterable[Item]:
    """The fields of one form in which the sent one and the present one differ."""
    for name, field in now.fields.items():
        if (
            name in NOT_OF_THE_THING
            or field.widget.is_hidden
            or name not in form.fields
        ):
            continue
        typed = sent_value(form, name)
        held = now[name].value()
        if same(field, held, typed):
            continue
        opened = was.get(name) if was is not None else None
        mine = was is None or not same(field, opened, typed)
        theirs = was is None or not same(field, opened, held)
        yield Item(
            key=f"{key}:{name}" if key else name,
            group=group,
            label=str(field.label or name),
            theirs=in_words(field, held),
            mine=in_words(field, typed),
            who=BOTH if mine and theirs else MINE if mine else THEIRS,
            carry=((form.add_prefix(name), now.add_prefix(name)),),
        )


def sent_value(form, name: str):
    """What was sent for a field, as its widget reads it."""
    widget = form.fields[name].widget
    return widget.value_from_datadict(form.data, form.files, form.add_prefix(name))


def same(field, one, other) -> bool:
    """Whether two values of a field are the same, however lines end."""
    return not field.has_changed(plain(field.prepare_value(one)), plain(other))


def plain(value):
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def changes(now, was: dict) -> bool:
    """Whether a row is no longer what it was."""
    return any(
        not same(field, was.get(name), now[name].value())
        for name, field in now.fields.items()
        if name in was and not field.widget.is_hidden
    )


def typed_into(form, was: dict) -> bool:
    """Whether a row was changed on the form that was sent."""
    return any(
        not same(field, was.get(name), sent_value(form, name))
        for name, field in form.fields.items()
        if name in was and not field.widget.is_hidden
    )


def posted_key(form) -> int | None:
    """The primary key of a row, as the form that was sent says."""
    text = form.data.get(form.add_prefix(form._meta.model._meta.pk.name)) or ""
    return number(text)


def is_marked(form) -> bool:
    """Whether a row was marked to be removed."""
    return bool(form.data.get(form.add_prefix(forms.formsets.DELETION_FIELD_NAME)))


def row_title(rows, row) -> str:
    noun = str(rows.model._meta.verbose_name)
    return f"{noun}: {Truncator(str(row)).chars(LONGEST)}" if row else noun


def content_of(form) -> str:
    """What was typed into a row, field by field."""
    told = (
        (field.label or name, in_words(field, sent_value(form, name)))
        for name, field in form.fields.items()
        if name not in NOT_OF_THE_THING and not field.widget.is_hidden
    )
    return "\n".join(f"{label}: {words}" for label, words in told if words)


def in_words(field, value) -> str:
    """A value of a form's field as a person reads it."""
    if value in (None, "", [], False):
        return ""
    if value is True or isinstance(field, forms.BooleanField):
        return _("yes")
    try:
        if isinstance(field, forms.ModelChoiceField):
            return str(field.to_python(value))
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))
    except forms.ValidationError:
        return str(value)
    if isinstance(value, list):
        return " ".join(str(part) for part in value if part)
    return str(value)


def as_typed(form) -> dict:
    """What a browser sends of a form in which nothing was changed."""
    values = {field.html_name: field.value() for field in form}
    return {
        name: "on" if value is True else str(value)
        for name, value in values.items()
        if value is not None and value is not False
    }
