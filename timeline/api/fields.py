"""What a parameter can be given, what it means, and the sentence for what it cannot."""

import re

from django import forms

from timeline.dates import MAX_LENGTH, BadDate, parse
from timeline.publishing import read
from timeline.publishing.read.given import (
    LONGEST,
    MOST_TERMS,
    MOST_VALUES,
    NAME,
    moment_of,
)

from .formats import names
from .pagination import address, place_at

LONGEST_CURSOR = 400
PAGE_SIZE, LARGEST_PAGE = 50, 200
WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
MOST_ORIGINS = 20
PLURALS = {
    "event": "events",
    "story": "stories",
    "topic": "topics",
    "actor": "actors",
    "source": "sources",
}
OTHER_LIST = (
    "“cursor” was not given out for this list with these parameters; leave it out to"
    " begin again."
)


class Values(forms.Field):
    """What one parameter is given: a list of texts in, what they mean out."""

    most = 1
    longest = LONGEST
    schema = {"type": "string"}

    def __init__(self, *, example, **kwargs):
        super().__init__(**kwargs)
        self.example = example

    def clean(self, values: list[str]):
        name = f"“{self.label}”"
        if len(values) > self.most:
            times = "once" if self.most == 1 else f"at most {self.most} times"
            raise forms.ValidationError(f"{name} may be given {times}.")
        for value in values:
            if not value:
                raise forms.ValidationError(f"{name} is given without a value.")
            if len(value) > self.longest:
                raise forms.ValidationError(
                    f"{name} has at most {self.longest} characters; shorten it."
                )
        return self.mean(values)

    def mean(self, values: list[str]):
        """The meaning of values that are neither too many nor too long."""
        return self.mean_one(values[0])


class Names(Values):
    """Slugs or ids of things that the record names; their ids come out."""

    most = MOST_VALUES
    schema = {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": LONGEST},
        "maxItems": MOST_VALUES,
    }

    def __init__(self, *, noun, **kwargs):
        super().__init__(**kwargs)
        self.noun = noun

    def mean(self, values):
        ids = read.ids_of(self.noun, [name for name in values if NAME.fullmatch(name)])
        faults = [
            self.unknown(place, len(values))
            for place, name in enumerate(values, start=1)
            if name not in ids
        ]
        if faults:
            raise forms.ValidationError(faults)
        return tuple(sorted({ids[name] for name in values}))

    def unknown(self, place: int, given: int) -> str:
        """A sentence that is the same whether the name is a draft's or nobody's."""
        which = f" (value {place} of {given})" if given > 1 else ""
        return (
            f"“{self.label}”{which}: no {self.noun} with this name was ever published;"
            f" see {address(f'{PLURALS[self.noun]}/')}."
        )


class Edtf(Values):
    """A date in EDTF, with a bound on the side that is asked for."""

    schema = {"type": "string", "maxLength": MAX_LENGTH}
    longest = MAX_LENGTH

    def __init__(self, *, bound, **kwargs):
        super().__init__(**kwargs)
        self.bound = bound

    def mean_one(self, value):
        try:
            date = parse(value)
        except BadDate as error:
            raise forms.ValidationError(f"“{self.label}”: {error}") from error
        if getattr(date, self.bound) is None:
            raise forms.ValidationError(
                f"“{self.label}”: {date} has no {self.bound} bound;"
                " give a date that has one."
            )
        return date


class OneOf(Values):
    """One word of a closed list."""

    def __init__(self, *, words, **kwargs):
        super().__init__(**kwargs)
        self.words = words
        self.schema = {"type": "string", "enum": list(words), "default": words[0]}

    def mean_one(self, value):
        if value not in self.words:
            raise forms.ValidationError(
                f"“{self.label}” is one of {', '.join(self.words)}."
            )
        return value


class AnyOf(Values):
    """Words of a closed list."""

    most = MOST_VALUES

    def __init__(self, *, words, **kwargs):
        super().__init__(**kwargs)
        self.words = words
        self.schema = {
            "type": "array",
            "items": {"type": "string", "enum": list(words)},
            "maxItems": MOST_VALUES,
        }

    def mean(self, values):
        if set(values) - set(self.words):
            raise forms.ValidationError(
                f"“{self.label}” is one of {', '.join(self.words)}."
            )
        return tuple(sorted(set(values)))


class AtLeast(Values):
    """A small whole number."""

    schema = {"type": "integer", "minimum": 0, "maximum": MOST_ORIGINS, "default": 0}

    def mean_one(self, value):
        whole = value.isascii() and value.isdecimal() and len(value) <= 2
        if not whole or int(value) > MOST_ORIGINS:
            raise forms.ValidationError(
                f"“{self.label}” is a whole number from 0 to {MOST_ORIGINS}."
            )
        return int(value)


class Search(Values):
    """Words and phrases to search for."""

    schema = {"type": "string", "maxLength": LONGEST}

    def mean_one(self, value):
        terms = read.terms_of(value)
        if not terms.phrases:
            raise forms.ValidationError(
                f"“{self.label}” holds no word: give letters or digits."
            )
        if len(terms.phrases) > MOST_TERMS:
            raise forms.ValidationError(
                f"“{self.label}” has at most {MOST_TERMS} words or phrases."
            )
        return terms


class Moment(Values):
    """An instant with its zone, or a date, which stands for its end in UTC."""

    longest = 40
    schema = {"type": "string", "maxLength": longest}

    def mean_one(self, value):
        moment = moment_of(value)
        if moment is not None:
            return moment
        raise forms.ValidationError(
            f"“{self.label}” is a date, such as 2026-03-03, or an instant with its"
            " zone, such as 2026-03-03T12:00:00Z. In an address “+” is written %2B."
        )


class Day(Edtf):
    """A date with an end."""

    def __init__(self, **kwargs):
        super().__init__(bound="latest", **kwargs)


class Form(Values):
    """One of the formats that a list is sent in."""

    def __init__(self, *, kind, **kwargs):
        super().__init__(**kwargs)
        self.words = names(kind)
        self.schema = {"type": "string", "enum": list(self.words), "default": "json"}

    def mean_one(self, value):
        if value not in self.words:
            raise forms.ValidationError(
                f"“{self.label}” is one of {', '.join(self.words)}."
            )
        return value


class Size(Values):
    """How many entries a page holds at most."""

    schema = {
        "type": "integer",
        "minimum": 1,
        "maximum": LARGEST_PAGE,
        "default": PAGE_SIZE,
    }

    def mean_one(self, value):
        if not WHOLE_NUMBER.fullmatch(value) or int(value) > LARGEST_PAGE:
            raise forms.ValidationError(
                f"“{self.label}” is a whole number from 1 to {LARGEST_PAGE}."
            )
        return int(value)


class Cursor(Values):
    """A signed place in a list."""

    longest = LONGEST_CURSOR
    schema = {"type": "string", "maxLength": LONGEST_CURSOR}

    def mean_one(self, value):
        place = place_at(value)
        if place is None:
            raise forms.ValidationError(OTHER_LIST)
        return place


class Since(Values):
    """A place in the record, as `changes/` gives it out; its sequence comes out."""

    schema = {"type": "string", "pattern": "^[0-9]{1,18}-[0-9a-f]{16}$"}

    def mean_one(self, value):
        try:
            return read.place_of(value)
        except read.BadCursor as error:
            raise forms.ValidationError(
                f"“{self.label}” is a sequence, a hyphen and the first 16 digits of"
                " that row's digest; leave it out to begin at the beginning."
            ) from error
