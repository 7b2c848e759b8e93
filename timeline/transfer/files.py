"""Fixture files, read some objects at a time, however large they are.

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
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from .decoding import decoded, decoded_together

AT_ONCE = 1 << 20  # bytes
LONGEST = 32 << 20  # characters in one object
ENDINGS = (".json", ".json.gz")
SPACE = re.compile(r"[ \t\n\r]*")
BETWEEN = re.compile(r"\}[ \t\n\r]*,[ \t\n\r]*\{")  # perhaps in a text
LAST_LOOKED_FOR = 1 << 16  # characters from the end
# Held by no JSON text that is UTF-8, and by every one that is UTF-16 or UTF-32.
NUL = b"\x00"
# What the decoder says of a text whose end is not there (yet), and how near to the end
# it finds anything else that only goes on.
ENDLESS, NEAR = "Unterminated string", 16


class Unreadable(Exception):
    """A file that cannot be read to its end; the text says why and what to do."""


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


def objects_in(path: Path | None) -> Iterator[list]:
    """The objects of a file in order, so many at a time as were read together.

    `Unreadable` where the file goes wrong; what stands before that place was given
    already.
    """
    name = name_of(path)
    try:
        with opened(path) as stream:
            yield from _objects(name, _Text(texts(stream)))
    except OSError as error:
        raise Unreadable(_unreadable(name, error)) from error


def _unreadable(name: str, error: Exception) -> str:
    if isinstance(error, EOFError):
        why = _("it breaks off, part of it is missing")
    elif isinstance(error, gzip.BadGzipFile | zlib.error):
        why = _("it is not, or not all, packed by gzip, as its name says")
    else:
        why = error.strerror or error
    return _("%(file)s: it cannot be read: %(why)s.") % {"file": name, "why": why}


def opened(path: Path | None) -> IO[bytes]:
    """The bytes of a file, unpacked."""
    if path is None:
        return sys.stdin.buffer
    if path.name.endswith(".gz"):
        return gzip.open(path)
    return path.open("rb")


def texts(stream: IO[bytes]) -> Iterator[str]:
    """The text of a stream in parts, as far as it is UTF-8; UnicodeError after that."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    part = NUL
    while part:
        part = stream.read1(AT_ONCE)
        before, nul, _rest = part.partition(NUL)
        try:
            yield decoder.decode(before, final=bool(nul) or not part)
        except UnicodeDecodeError as error:
            yield error.object[: error.start].decode()
            byte = f"0x{error.object[error.start]:02x}"
            told = _("this is not UTF-8 (byte %(byte)s): save it as UTF-8.")
            raise UnicodeError(told % {"byte": byte}) from error
        if nul:
            told = _("it holds a zero byte, as UTF-16 does: save it as UTF-8.")
            raise UnicodeError(told)


class _Text:
    """What was read of a file and is not used yet."""

    def __init__(self, parts: Iterator[str]):
        self.parts, self.text, self.at, self.line = parts, "", 0, 1
        self.ended = self.is_unusual = False
        self.broken: Exception | None = None  # why there is no more

    def more(self) -> bool:
        """Read as much again as there is; False at the end of the file.

        Where it cannot be read further, that is raised after all that can be.
        """
        wanted, found = max(len(self.text) - self.at, 1), []
        while wanted > 0 and not self.ended:
            part = self._part()
            found.append(part)
            wanted -= len(part)
        self.line += self.text.count("\n", 0, self.at)
        self.text, self.at = self.text[self.at :] + "".join(found), 0
        self.is_unusual = False
        if self.broken and not any(found):
            raise self.broken
        return any(found)

    def _part(self) -> str:
        try:
            return next(self.parts)
        except StopIteration:
            self.ended = True
        except (UnicodeError, OSError, EOFError, zlib.error) as error:
            self.ended, self.broken = True, error
        return ""

    def next(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            self.at = SPACE.match(self.text, self.at).end()
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def last_whole(self) -> int:
        """Where the last object ends that another seems to follow; 0: nowhere near."""
        near = max(self.at, len(self.text) - LAST_LOOKED_FOR)
        ends = [found.start() for found in BETWEEN.finditer(self.text, near)]
        return ends[-1] + 1 if ends else 0

    def place(self, at: int) -> int:
        """The line on which this character of what is left stands."""
        return self.line + self.text.count("\n", 0, at)

    def wrong(self, why: str, at: int | None = None) -> "_Wrong":
        """What is wrong at the next character, or at another."""
        return _Wrong(self.place(self.at if at is None else at), why)


class _Wrong(Exception):
    """What is wrong on a line of a file."""


def _objects(name: str, text: _Text) -> Iterator[list]:
    told = _("%(file)s, line %(line)d: %(why)s")
    try:
        yield from _values(text)
    except _Wrong as error:
        line, why = error.args
        raise Unreadable(told % {"file": name, "line": line, "why": why}) from error
    except UnicodeError as error:
        told %= {"file": name, "line": text.place(len(text.text)), "why": error}
        raise Unreadable(told) from error
    except (EOFError, zlib.error) as error:
        raise Unreadable(_unreadable(name, error)) from error


def _values(text: _Text) -> Iterator[list]:
    """The values of the list that a text is, some at a time."""
    first = text.next()
    if not first:
        raise text.wrong(_("there is nothing in it."))
    if first == "\ufeff":
        raise text.wrong(_("it begins with a byte order mark: save it without one."))
    if first != "[":
        raise text.wrong(_("this is not a list of objects: it has to begin with “[”."))
    text.at += 1
    index = 0
    while (character := text.next()) != "]":
        if index:
            _step_over_comma(text, character)
        found = _plain_ones(text) or [_value(text, index + 1)]
        index += len(found)
        yield found
    text.at += 1
    if text.next():
        raise text.wrong(_("something stands after the end of the list: take it out."))


def _step_over_comma(text: _Text, character: str) -> None:
    if not character:
        raise text.wrong(_cut_off())
    if character != ",":
        raise text.wrong(_("a comma or the end of the list has to stand here."))
    text.at += 1
    if text.next() == "]":
        raise text.wrong(_("no comma stands after the last object: take it out."))


def _cut_off() -> str:
    return _("the file ends before the list does: part of it is missing.")


def _plain_ones(text: _Text) -> list:
    """The objects here that are read whole, where there is nothing unusual in them."""
    if text.is_unusual:
        return []
    end = text.last_whole()
    found = decoded_together(text.text[text.at : end]) if end else []
    if found:
        text.at = end
    else:
        text.is_unusual = True  # one by one, as far as it is read
    return found


def _value(text: _Text, index: int):
    """The value that begins here."""
    while True:
        try:
            value, end = decoded(text.text, text.at)
        except json.JSONDecodeError as error:
            if not _may_go_on(error, text):
                why = _("object %(index)d is not JSON: %(why)s.")
                why %= {"index": index, "why": error.msg}
                raise text.wrong(why, error.pos) from error
            if len(text.text) - text.at > LONGEST:
                why = _(
                    "object %(index)d is longer than %(most)d characters, or a "
                    "quotation mark is missing in it: divide it, or add the mark."
                )
                raise text.wrong(why % {"index": index, "most": LONGEST}) from error
            if not text.more():
                raise text.wrong(_cut_off(), len(text.text)) from error
        except RecursionError as error:
            why = _("object %(index)d has too many brackets in one another.")
            raise text.wrong(why % {"index": index}) from error
        else:
            # A number may go on after what was read.
            if end < len(text.text) or text.ended or not text.more():
                text.at = end
                return value


def _may_go_on(error: json.JSONDecodeError, text: _Text) -> bool:
    """Whether a value may only be wrong because its end is not read yet."""
    if error.msg.startswith(ENDLESS):
        return True
    left = text.text[error.pos :].strip()
    return len(left) < NEAR and not (text.ended and left)
