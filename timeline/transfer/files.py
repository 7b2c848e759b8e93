"""Fixture files, read object by object, however large they are.

A file holds one JSON array of objects, in UTF-8, plain or compressed by gzip. A folder
stands for all files in it, in the order of their names; `-` for standard input.
"""

import codecs
import gzip
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

AT_ONCE = 1 << 20  # bytes
LONGEST = 32 << 20  # characters in one object
ENDINGS = (".json", ".json.gz")
SPACE = re.compile(r"[ \t\n\r]*")
# Held by no JSON text that is UTF-8, and by every one that is UTF-16 or UTF-32.
NUL = b"\x00"


class Unreadable(Exception):
    """A file that cannot be read to its end; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """One object of a file: its place among them (from 1), and what it is."""

    file: str
    index: int
    value: object


def files_of(names: Iterable[str]) -> list[Path | None]:
    """The files that these names stand for; None is standard input.

    `Unreadable` names what is not there, and a folder without any.
    """
    found: list[Path | None] = []
    for name in names:
        path = Path(name)
        if name == "-":
            found.append(None)
        elif path.is_dir():
            inside = sorted(one for one in path.iterdir() if is_fixture(one))
            if not inside:
                told = _("%(name)s: there is no file in it that ends in .json or .gz.")
                raise Unreadable(told % {"name": name})
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise Unreadable(_("%(name)s: there is no such file.") % {"name": name})
    return found


def is_fixture(path: Path) -> bool:
    """Whether a file in a folder is one of those that are read."""
    return path.is_file() and path.name.endswith(ENDINGS)


def name_of(path: Path | None) -> str:
    """What a file is called in messages."""
    return path.name if path else _("standard input")


def objects_in(path: Path | None) -> Iterator[Found]:
    """Each object of a file, in order; `Unreadable` where the file goes wrong.

    What stands before that place was given already.
    """
    name = name_of(path)
    try:
        with opened(path) as stream:
            yield from _objects(name, texts(stream))
    except (OSError, EOFError, zlib.error) as error:
        told = _("%(file)s: it cannot be read: %(why)s.")
        raise Unreadable(told % {"file": name, "why": error}) from error


def opened(path: Path | None) -> IO[bytes]:
    """The bytes of a file, unpacked."""
    if path is None:
        return sys.stdin.buffer
    if path.name.endswith(".gz"):
        return gzip.open(path)
    return path.open("rb")


def texts(stream: IO[bytes]) -> Iterator[str]:
    """The text of a stream, in parts; UnicodeDecodeError where it is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    while part := stream.read(AT_ONCE):
        yield decoder.decode(part)
    yield decoder.decode(b"", final=True)


class _Text:
    """What was read of a file and is not used yet."""

    def __init__(self, parts: Iterator[str]):
        self.parts, self.text, self.at, self.line = parts, "", 0, 1
        self.ended = False

    def more(self) -> bool:
        """Read as much again as there is; False at the end of the file."""
        wanted, found = max(len(self.text) - self.at, 1), []
        while wanted > 0 and not self.ended:
            part = next(self.parts, None)
            if part is None:
                self.ended = True
            else:
                found.append(part)
                wanted -= len(part)
        self.line += self.text.count("\n", 0, self.at)
        self.text, self.at = self.text[self.at :] + "".join(found), 0
        return bool(found)

    def next(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            self.at = SPACE.match(self.text, self.at).end()
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def place(self, at: int = 0) -> int:
        """The line on which the next character stands, or one so much further on."""
        return self.line + self.text.count("\n", 0, self.at + at)


def _objects(name: str, parts: Iterator[str]) -> Iterator[Found]:
    text, index = _Text(parts), 0

    def wrong(why: str, *, at: int = 0) -> Unreadable:
        told = _("%(file)s, line %(line)d: %(why)s")
        return Unreadable(told % {"file": name, "line": text.place(at), "why": why})

    try:
        first = text.next()
        if first == "\ufeff":
            raise wrong(_("it begins with a byte order mark: save it without one."))
        if first != "[":
            raise wrong(_("this is not a list of objects: it has to begin with “[”."))
        text.at += 1
        separator = ""
        while (character := text.next()) != "]":
            if separator and character != ",":
                raise wrong(_expected(character))
            if separator:
                text.at += 1
                text.next()
            index += 1
            yield Found(name, index, _value(text, wrong, index))
            separator = ","
        text.at += 1
        if text.next():
            raise wrong(_("something stands after the end of the list."))
    except UnicodeDecodeError as error:
        why = _("this is not UTF-8 (byte %(byte)s): save it as UTF-8.")
        raise wrong(why % {"byte": f"0x{error.object[error.start]:02x}"}) from error


def _expected(character: str) -> str:
    if not character:
        return _("the file ends before the list does: part of it is missing.")
    return _("a comma or the end of the list has to stand here.")


def _value(text: _Text, wrong, index: int):
    """The value that begins here."""
    while True:
        try:
            value, end = DECODER.raw_decode(text.text, text.at)
        except json.JSONDecodeError as error:
            if len(text.text) - text.at > LONGEST:
                why = _("object %(index)d is too long, or its end is missing.")
                raise wrong(why % {"index": index}) from error
            if text.more():
                continue
            if error.pos >= len(text.text) or not text.text[error.pos :].strip():
                raise wrong(_expected(""), at=error.pos - text.at) from error
            why = _("object %(index)d is not JSON: %(why)s.")
            why %= {"index": index, "why": error.msg}
            raise wrong(why, at=error.pos - text.at) from error
        except RecursionError as error:
            why = _("object %(index)d has too many brackets in one another.")
            raise wrong(why % {"index": index}) from error
        except ValueError as error:
            why = _("object %(index)d: %(why)s")
            raise wrong(why % {"index": index, "why": error}) from error
        # A number may go on after what was read.
        if end < len(text.text) or text.ended or not text.more():
            text.at = end
            return value


def _no_constant(name: str):
    raise ValueError(_("%(name)s is no number that JSON has.") % {"name": name})


DECODER = json.JSONDecoder(parse_constant=_no_constant)
