"""JSON Schema in words: what a value is, with links to the shapes that it names."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

START = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, or a code, of what a value is; `shape` is one that it leads to."""

    text: str
    shape: str = ""
    code: bool = False


def words(schema: dict) -> list[Piece]:
    """What a value of this schema is."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(START)
        return [Piece(name, shape=name)]
    if "anyOf" in schema or "oneOf" in schema:
        return joined(schema.get("anyOf") or schema["oneOf"])
    if "const" in schema:
        return [Piece(str(schema["const"]), code=True)]
    if "enum" in schema:
        return [Piece(" | ".join(map(str, schema["enum"])), code=True)]
    return PLAIN.get(schema.get("type"), anything)(schema)


def joined(schemas: list[dict]) -> list[Piece]:
    """One or another."""
    found = words(schemas[0])
    for schema in schemas[1:]:
        found += [Piece(_(" or ")), *words(schema)]
    return found


def anything(schema: dict) -> list[Piece]:
    return [Piece(_("anything"))]


def nothing(schema: dict) -> list[Piece]:
    return [Piece("null", code=True)]


def flag(schema: dict) -> list[Piece]:
    return [Piece("true | false", code=True)]


def number(schema: dict) -> list[Piece]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        bounds = {"least": least, "most": most}
        return [Piece(_("a whole number from %(least)d to %(most)d") % bounds)]
    if least is not None:
        return [Piece(_("a whole number, %d or more") % least)]
    return [Piece(_("a whole number"))]


def text(schema: dict) -> list[Piece]:
    if schema.get("format") == "uri":
        return [Piece(_("an address"))]
    most = schema.get("maxLength")
    said = _("text")
    if most:
        said = ngettext(
            "text of at most %d character", "text of at most %d characters", most
        )
        said %= most
    if "pattern" not in schema:
        return [Piece(said)]
    return [Piece(f"{said}: "), Piece(schema["pattern"], code=True)]


def array(schema: dict) -> list[Piece]:
    most = schema.get("maxItems")
    if most:
        said = ngettext("up to %d of: ", "up to %d of: ", most) % most
    else:
        said = _("a list of: ")
    return [Piece(said), *words(schema["items"])]


def thing(schema: dict) -> list[Piece]:
    """An object that stands where it is described."""
    page = schema.get("properties", {}).get("results")
    if page:
        return [Piece(_("a page; its results: ")), *words(page)]
    return [Piece(_("an object"))]


PLAIN = {
    "null": nothing,
    "boolean": flag,
    "integer": number,
    "string": text,
    "array": array,
    "object": thing,
}


def rows(schema: dict, before: str = "") -> Iterator[dict]:
    """The members of a shape, and, behind a dot, those of objects without a name."""
    needed = schema.get("required", ())
    for name, member in schema.get("properties", {}).items():
        many, inner = unnamed(member)
        yield {
            "name": f"{before}{name}",
            "pieces": words(member),
            "optional": name not in needed,
        }
        yield from rows(inner, f"{before}{name}{'[]' if many else ''}.")


def unnamed(schema: dict) -> tuple[bool, dict]:
    """Whether it is a list, and the object in it that has no name; {} for none."""
    if "anyOf" in schema:
        schema = schema["anyOf"][0]
    if schema.get("type") == "array":
        return True, unnamed(schema["items"])[1]
    return False, schema if "properties" in schema else {}
