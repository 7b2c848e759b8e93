"""What things are compared by: addresses and names without what tells none apart."""

import re
import unicodedata
from urllib.parse import urlsplit

from courlan import normalize_url
from django.db import models

from .fields import DerivedAttribute, DerivedMixin

WEB = ("http", "https")
LONGEST = 300
# Words that come and go in the name of one and the same.
LEFT_OUT = {"the", "inc", "ltd", "llc", "plc", "gmbh", "corp", "co", "company"}


def same_address(address: str) -> str:
    """An address without what does not tell two pages apart.

    That is: scheme, “www.”, tracking parameters, fragment and a slash at the end. It
    is empty where the text is no web address.
    """
    try:
        parts = urlsplit(normalize_url(address.strip()))
    except ValueError:
        return ""
    if parts.scheme not in WEB or not parts.netloc:
        return ""
    path = parts.path.rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host_of(address)}{path}{query}"


def host_of(address: str) -> str:
    """The host of an address in small letters, without “www.” and port."""
    try:
        return (urlsplit(address.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def same_name(name: str) -> str:
    """A name without case, accents, order of its words, and words such as “Inc.”."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    words = re.findall(r"\w+", re.sub(r"['’.]", "", plain))
    return " ".join(sorted(set(words) - LEFT_OUT) or sorted(words))


class KeyAttribute(DerivedAttribute):
    """A column that always is what follows from the text it is derived from."""

    def __get__(self, instance, cls=None):
        if instance is None or self.field.of not in instance.__dict__:
            return super().__get__(instance, cls)
        return self.field.key_of(instance.__dict__[self.field.of])

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class Key(DerivedMixin, models.CharField):
    """A derived column by which rows that are alike are found."""

    descriptor_class = KeyAttribute

    def __init__(self, *args, **kwargs):
        standard = {"max_length": LONGEST, "default": "", "db_index": True}
        super().__init__(*args, **{**standard, **kwargs})

    def key_of(self, text) -> str:
        return self.plain(text or "")[:LONGEST]


class AddressKey(Key):
    """An address as it is compared."""

    plain = staticmethod(same_address)


class NameKey(Key):
    """A name as it is compared."""

    plain = staticmethod(same_name)
