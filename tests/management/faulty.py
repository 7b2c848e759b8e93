"""Files that no import may take, each with all that has to be said of it.

The desk that they meet is `DESK`. A case is a list of objects, a text or bytes, or
several files by name; what is told names the file, the object by its place and its
natural key, and the field.
"""

import gzip
import json
from dataclasses import dataclass, field

TEXT = "He said: “there is no danger”."


def thing(model, /, **fields):
    return {"model": f"timeline.{model}", "fields": fields}


def report(slug, **more):
    return thing("source", slug=slug, kind="article", title=f"Report {slug}", **more)


def said(slug, **more):
    return thing(
        "statement",
        **{
            "slug": slug,
            "event": ["flood-begins"],
            "kind": "claim",
            "mode": "paraphrase",
            "speaker": ["mayor"],
            "text": "There is no danger.",
            **more,
        },
    )


def link(model, of, key, **more):
    parent = {"sourcelink": "source", "statementlink": "statement"}[model]
    return thing(model, **{parent: [of], "key": key, **more})


# What is on the desk before each of the files is tried: what they name, a report that
# another was taken from, one whose text is held, and a person who was merged.
DESK = [
    thing("story", slug="flood", title="The flood", public_id="sto_00000000desk"),
    thing("actor", slug="mayor", kind="person", name="The mayor"),
    thing("actor", slug="mayoress", kind="person", name="The mayoress"),
    thing("actor", slug="herald", kind="outlet", name="The Herald"),
    report("wire", publisher=["herald"]),
    report("copy", publisher=["herald"]),
    link("sourcelink", "copy", "wire", kind="republishes", target=["wire"]),
    report("held", publisher=["herald"]),
    thing(
        "sourcesnapshot",
        source=["held"],
        key="text",
        taken_at="2026-03-03T00:00:00Z",
        text=TEXT,
    ),
    thing("event", slug="flood-begins", title="It floods", date="2026-03-02"),
    said("first"),
    said("second"),
    link("statementlink", "second", "first", kind="corrects", target=["first"]),
    thing("citation", statement=["first"], key="wire", source=["wire"]),
]


@dataclass(frozen=True)
class Case:
    """A faulty file, or several, and what has to be said of them, line by line.

    `fields` says that one object's fields alone are wrong, so that `loaddata` has to
    refuse it too; `by_schema`, that an editor's tools can find it by the schema.
    """

    content: object
    told: tuple = field(default=())
    fields: bool = False
    by_schema: bool = False

    def files(self):
        """The content of each file by its name."""
        if isinstance(self.content, dict):
            return {name: packed(one) for name, one in self.content.items()}
        return {"story.json": packed(self.content)}


def packed(content) -> bytes:
    if isinstance(content, bytes):
        return content
    if isinstance(content, str):
        return content.encode()
    return json.dumps(content).encode()


def event(**more):
    return thing(
        "event",
        **{
            "slug": "dam-breaks",
            "title": "The dam breaks",
            "date": "2026-03-03",
            **more,
        },
    )


def citation(**more):
    return thing(
        "citation", **{"statement": ["first"], "key": "new", "source": ["copy"], **more}
    )


def wrong(*objects, told, fields=True, by_schema=True):
    """Objects with something wrong in their fields."""
    return Case(list(objects), told, fields=fields, by_schema=by_schema)


GOOD = event()
ONE = json.dumps(GOOD)
LISTED = f"[{ONE}]"


def at(n, what, sentence, *, file="story.json"):
    """A line about one object: its place, its model and natural key, and the field."""
    return bare(n, f"timeline.{what}", sentence, file=file)


def bare(n, what, sentence, *, file="story.json"):
    """The same about what does not say what it is."""
    return f"{file}, object {n}, {what}: {sentence}"


NO_MODEL = (
    "There is no such model. There are: "
    + ", ".join(
        f"timeline.{name}"
        for name in (
            *(
                "actor",
                "actoridentifier",
                "actorname",
                "affiliation",
                "citation",
                "event",
            ),
            *("eventstory", "eventtopic", "participation", "relatedevent", "source"),
            *("sourcebyline", "sourcelink", "sourcesnapshot", "statement"),
            *("statementlink", "story", "topic"),
        )
    )
    + "."
)

CASES = {
    # Fields of one object.
    "an empty title": wrong(
        event(title=""), told=(at(1, "event dam-breaks, title", "Fill this in."),)
    ),
    "no title": wrong(
        thing("event", slug="dam-breaks"),
        told=(at(1, "event dam-breaks, title", "This is missing: fill it in."),),
    ),
    "no slug": wrong(
        thing("event", title="The dam breaks"),
        told=(at(1, "event ?, slug", "This is missing: fill it in."),),
    ),
    "no key": wrong(
        thing("citation", statement=["first"], source=["copy"]),
        told=(at(1, "citation first, ?, key", "This is missing: fill it in."),),
        fields=False,
    ),
    "a number for text": wrong(
        event(title=17),
        told=(
            at(1, "event dam-breaks, title", "This has to be text in quotation marks."),
        ),
        fields=False,
    ),
    "nothing for text": wrong(
        event(title=None),
        told=(
            at(1, "event dam-breaks, title", "This has to be text in quotation marks."),
        ),
    ),
    "text for a number": wrong(
        citation(position="first"),
        told=(
            at(
                1,
                "citation first, new, position",
                "This has to be a whole number, from 0 to 2147483647.",
            ),
        ),
    ),
    "a float": wrong(
        citation(position=1.5),
        told=(
            at(
                1,
                "citation first, new, position",
                "This has to be a whole number, from 0 to 2147483647.",
            ),
        ),
        fields=False,
    ),
    "a negative number": wrong(
        citation(position=-1),
        told=(
            at(
                1,
                "citation first, new, position",
                "This has to be a whole number, from 0 to 2147483647.",
            ),
        ),
    ),
    "a huge number": wrong(
        citation(position=10**40),
        told=(
            at(
                1,
                "citation first, new, position",
                "This has to be a whole number, from 0 to 2147483647.",
            ),
        ),
    ),
    "NaN": Case(
        LISTED.replace('"2026-03-03"', "NaN"),
        (
            at(
                1,
                "event dam-breaks, date",
                "A date is text in quotation marks, such as “2026-03-03”.",
            ),
        ),
    ),
    "Infinity": Case(
        json.dumps([citation()]).replace('"new"', '"new", "position": -Infinity'),
        (
            at(
                1,
                "citation first, new, position",
                "This has to be a whole number, from 0 to 2147483647.",
            ),
        ),
    ),
    "a number of 5,000 digits": Case(
        json.dumps([citation()]).replace('"new"', f'"new", "position": {"9" * 5000}'),
        (
            at(
                1,
                "citation first, new, position",
                "This has to be a whole number, from 0 to 2147483647.",
            ),
        ),
    ),
    "text for yes or no": wrong(
        citation(own_words="yes"),
        told=(
            at(1, "citation first, new, own_words", "This has to be true or false."),
        ),
        fields=False,
    ),
    "a list for text": wrong(
        event(place=["Here"]),
        told=(
            at(1, "event dam-breaks, place", "This has to be text in quotation marks."),
        ),
        fields=False,
    ),
    "text for a reference": wrong(
        citation(source="copy"),
        told=(
            at(
                1,
                "citation first, new, source",
                "Name it by its web name in brackets, as [“openai”].",
            ),
        ),
    ),
    "a number for a reference": wrong(
        citation(source=3),
        told=(
            at(
                1,
                "citation first, new, source",
                "Name it by its web name in brackets, as [“openai”].",
            ),
        ),
        fields=False,
    ),
    "two names in a reference": wrong(
        citation(source=["copy", "held"]),
        told=(
            at(
                1,
                "citation first, new, source",
                "Name it by its web name in brackets, as [“openai”].",
            ),
        ),
    ),
    "a time without a zone": wrong(
        thing(
            "sourcesnapshot",
            source=["wire"],
            key="text",
            taken_at="2026-03-03T10:00:00",
            text="Words.",
        ),
        told=(
            at(
                1,
                "sourcesnapshot wire, text, taken_at",
                "This has to be a time with its zone, as “2026-03-03T14:05:00Z”.",
            ),
        ),
        fields=False,
    ),
    "a time that no zone has": wrong(
        thing(
            "sourcesnapshot",
            source=["wire"],
            key="text",
            taken_at="0001-01-01T00:00:00+14:00",
            text="Words.",
        ),
        told=(
            at(
                1,
                "sourcesnapshot wire, text, taken_at",
                "No calendar has this time in every zone.",
            ),
        ),
        fields=False,
        by_schema=False,
    ),
    "an unknown field": wrong(
        event(colour="red"),
        told=(
            at(
                1,
                "event dam-breaks, colour",
                "There is no such field: take it out, or correct its name.",
            ),
        ),
    ),
    "an unknown choice": wrong(
        event(status="rumoured"),
        told=(
            at(
                1,
                "event dam-breaks, status",
                "“rumoured” is none of cancelled, happened, planned, postponed.",
            ),
        ),
    ),
    "an address that runs": wrong(
        report("new", original_url="javascript:alert(1)"),
        told=(
            at(
                1,
                "source new, original_url",
                "Give a whole web address that begins with https://.",
            ),
        ),
    ),
    "an address in capitals": wrong(
        report("new", archived_url="HTTPS://example.org/"),
        told=(
            at(
                1,
                "source new, archived_url",
                "Give a whole web address that begins with https://.",
            ),
        ),
        fields=False,
    ),
    "a text that is too long": wrong(
        event(title="x" * 301),
        told=(
            at(
                1,
                "event dam-breaks, title",
                "This is 301 characters long; at most 300 fit.",
            ),
        ),
    ),
    "a passage too long with what is around it": wrong(
        citation(prefix="x" * 32, exact="y" * 250, suffix="z" * 32),
        told=(
            at(
                1,
                "citation first, new, prefix",
                "Quote less: the passage and the words around it are 300 "
                "characters at most.",
            ),
        ),
        by_schema=False,
    ),
    "a zero character": wrong(
        event(title="a\0b"),
        told=(
            at(
                1,
                "event dam-breaks, title",
                "This text holds a character that cannot be stored (U+0000). "
                "Remove it and save again.",
            ),
        ),
    ),
    "half a character": wrong(
        event(title="a\ud800b"),
        told=(
            at(
                1,
                "event dam-breaks, title",
                "This text holds a character that cannot be stored (U+D800). "
                "Remove it and save again.",
            ),
        ),
        by_schema=False,
    ),
    "half a character in a reference": wrong(
        citation(source=["a\udc00"]),
        told=(
            at(
                1,
                "citation first, new, source",
                "This text holds a character that cannot be stored (U+DC00). "
                "Remove it and save again.",
            ),
        ),
    ),
    "half a character in a date": wrong(
        event(date="2026\ud800"),
        told=(
            at(1, "event dam-breaks, date", "Use plain digits and plain hyphens only."),
        ),
        by_schema=False,
    ),
    "half a character in a name of a field": wrong(
        event(**{"a\ud800": 1}),
        told=(
            at(
                1,
                "event dam-breaks, a·",
                "There is no such field: take it out, or correct its name.",
            ),
        ),
    ),
    "a web name with capitals": wrong(
        event(slug="Dam_Breaks"),
        told=(
            at(
                1,
                "event Dam_Breaks, slug",
                "Use small letters, digits and single hyphens, as in “openai-nato”.",
            ),
        ),
    ),
    "a web name of 101 characters": wrong(
        event(slug="x" * 101),
        told=(
            at(
                1,
                "event " + "x" * 59 + "…, slug",
                "This is 101 characters long; at most 100 fit.",
            ),
        ),
    ),
    "a permanent id of another kind": wrong(
        event(public_id="act_0123456789ab"),
        told=(
            at(
                1,
                "event dam-breaks, public_id",
                "A permanent id is “evt_” and 12 small letters or digits: leave "
                "it out, and one is given.",
            ),
        ),
        fields=False,
    ),
    "a day that is not in the calendar": wrong(
        event(date="2023-02-29"),
        told=(
            at(
                1,
                "event dam-breaks, date",
                "2023-02-29 is not in the calendar; check the day and the month.",
            ),
        ),
        by_schema=False,
    ),
    "a month without a number": wrong(
        event(date="1984-XX…"),
        told=(
            at(1, "event dam-breaks, date", "Use plain digits and plain hyphens only."),
        ),
        by_schema=False,
    ),
    "an interval that ends before it begins": wrong(
        event(date="2026-03-03/2026-03-01"),
        told=(
            at(
                1,
                "event dam-breaks, date",
                "The end comes before the start; write the earlier date first.",
            ),
        ),
        by_schema=False,
    ),
    "a number for a date": wrong(
        event(date=2026),
        told=(
            at(
                1,
                "event dam-breaks, date",
                "A date is text in quotation marks, such as “2026-03-03”.",
            ),
        ),
        fields=False,
    ),
    "a date of a thousand characters": wrong(
        event(date="[" + "2026," * 200 + "2027]"),
        told=(
            at(
                1,
                "event dam-breaks, date",
                "A date has at most 60 characters; shorten it.",
            ),
        ),
    ),
    "two speakers": wrong(
        said("new", described_as="an official"),
        told=(
            at(
                1,
                "statement new, described_as",
                "Choose the speaker, or give the report's words for an unnamed "
                "one: one of the two.",
            ),
        ),
        by_schema=False,
    ),
    "no speaker": wrong(
        said("new", speaker=None),
        told=(
            at(
                1,
                "statement new, described_as",
                "Choose the speaker, or give the report's words for an unnamed "
                "one: one of the two.",
            ),
        ),
        by_schema=False,
    ),
    "a report without title and label": wrong(
        thing("source", slug="new", kind="article"),
        told=(
            at(
                1,
                "source new, title",
                "Give a title, or a label in your own words where it has none.",
            ),
        ),
        by_schema=False,
    ),
    "a report that credits itself": wrong(
        citation(via=["copy"]),
        told=(at(1, "citation first, new, via", "A report does not credit itself."),),
        by_schema=False,
    ),
    "a report taken from itself": wrong(
        link("sourcelink", "wire", "wire", kind="rewrites", target=["wire"]),
        told=(
            at(
                1,
                "sourcelink wire, wire, source",
                "A report cannot be taken from itself: choose another.",
            ),
        ),
        by_schema=False,
    ),
    "a report taken from two": wrong(
        link("sourcelink", "copy", "held", kind="rewrites", target=["held"]),
        told=(
            at(
                1,
                "sourcelink copy, held, source",
                "A report republishes, translates or rewrites one other at most.",
            ),
        ),
        by_schema=False,
    ),
    "a report cited twice for one statement": wrong(
        citation(source=["wire"]),
        told=(
            at(
                1,
                "citation first, new, source",
                "This statement cites that report already: put both passages into one.",
            ),
        ),
        by_schema=False,
    ),
    # References.
    "a reference to nothing": wrong(
        citation(source=["nowhere"]),
        told=(
            at(
                1,
                "citation first, new, source",
                "There is no report or document “nowhere”, in the files or on "
                "this desk: add it, or correct the name.",
            ),
        ),
        by_schema=False,
    ),
    "a part of nothing": wrong(
        citation(statement=["nothing"]),
        told=(
            at(
                1,
                "citation nothing, new, statement",
                "There is no statement “nothing”, in the files or on this desk: "
                "add it, or correct the name.",
            ),
        ),
        by_schema=False,
    ),
    "somebody who was merged": Case(
        [said("new", speaker=["mayoress"])],
        (
            at(
                1,
                "statement new, speaker",
                "“mayoress” was merged into “mayor”: name that.",
            ),
        ),
    ),
    # Around the fields.
    "an unknown model": Case(
        [thing("rumour", slug="x")], (at(1, "rumour, model", NO_MODEL),), by_schema=True
    ),
    "no model": Case(
        [{"fields": {}}], (bare(1, "?, model", NO_MODEL),), by_schema=True
    ),
    "no fields": Case(
        [{"model": "timeline.event"}],
        (at(1, "event, fields", "This has to be an object with the fields."),),
        by_schema=True,
    ),
    "an unknown key": Case(
        [{**GOOD, "colour": "red"}],
        (at(1, "event dam-breaks, colour", "There is no such key: take it out."),),
        by_schema=True,
    ),
    "a number of a row": Case(
        [{**GOOD, "pk": 3}],
        (
            at(
                1,
                "event dam-breaks, pk",
                "Numbers of rows differ from desk to desk: leave it out.",
            ),
        ),
        by_schema=True,
    ),
    "a mark that is text": Case(
        [{**GOOD, "publish": "yes"}],
        (at(1, "event dam-breaks, publish", "This has to be true or false."),),
        by_schema=True,
    ),
    "a stub that is a number": Case(
        [{**GOOD, "stub": 1}],
        (at(1, "event dam-breaks, stub", "This has to be true or false."),),
        by_schema=True,
    ),
    "a mark on what is no event": Case(
        [{**report("new"), "publish": True}],
        (at(1, "source new, publish", "Only events are published."),),
        by_schema=True,
    ),
    "something that is no object": Case(
        [GOOD, "an event", None, [GOOD]],
        (
            bare(2, "?", "This has to be an object, with “model” and “fields”."),
            bare(3, "?", "This has to be an object, with “model” and “fields”."),
            bare(4, "?", "This has to be an object, with “model” and “fields”."),
        ),
        by_schema=True,
    ),
    "a field that stands twice": Case(
        LISTED.replace('"title"', '"title": "No", "title"'),
        (
            at(
                1,
                "event dam-breaks, title",
                "This stands twice in one object: take one of them out.",
            ),
        ),
    ),
    # Objects beside one another, and beside the desk.
    "one web name twice": Case(
        [GOOD, event(title="Again")],
        (
            at(
                2,
                "event dam-breaks, slug",
                "The files have this twice: take one of them out, or rename it.",
            ),
        ),
    ),
    "one key twice in one thing": Case(
        [citation(), citation(source=["held"])],
        (
            at(
                2,
                "citation first, new, key",
                "The files have this twice: take one of them out, or rename it.",
            ),
        ),
    ),
    "one permanent id twice": Case(
        [
            event(public_id="evt_0123456789ab"),
            event(slug="other", public_id="evt_0123456789ab"),
        ],
        (
            at(
                2,
                "event other, public_id",
                "Another object of the files has this permanent id: leave one out.",
            ),
        ),
    ),
    "a permanent id that is another's": Case(
        [thing("story", slug="new", title="New", public_id="sto_00000000desk")],
        (
            at(
                1,
                "story new, public_id",
                "On this desk this permanent id belongs to “flood”.",
            ),
        ),
    ),
    "a web name that has another permanent id": Case(
        [thing("story", slug="flood", title="New", public_id="sto_0123456789ab")],
        (
            at(
                1,
                "story flood, public_id",
                "On this desk this web name belongs to another thing, with the "
                "permanent id sto_00000000desk: give yours another web name, or "
                "leave its id out.",
            ),
        ),
    ),
    "one report cited twice in the files": Case(
        [citation(), citation(key="again")],
        (
            at(
                2,
                "citation first, again, source",
                "This statement cites that report already: put both passages into one.",
            ),
        ),
    ),
    "a held text that is altered": Case(
        [
            thing(
                "sourcesnapshot",
                source=["held"],
                key="text",
                taken_at="2026-03-03T00:00:00Z",
                text="Other words.",
            )
        ],
        (
            at(
                1,
                "sourcesnapshot held, text, text",
                "A held text is never altered: give this one a key of its own.",
            ),
        ),
    ),
    "words that are not in the held text": Case(
        [citation(source=["held"], exact="there is danger")],
        (
            at(
                1,
                "citation first, new, exact",
                "This passage is not in the held text of its report exactly once:"
                " copy it from there, or give more of the words around it.",
            ),
        ),
    ),
    "words that are twice in a text of the files": Case(
        [
            thing(
                "sourcesnapshot",
                source=["wire"],
                key="text",
                taken_at="2026-03-03T00:00:00Z",
                text="No, no, no.",
            ),
            citation(read_in=["wire"], exact="no"),
        ],
        (
            at(
                2,
                "citation first, new, exact",
                "This passage is not in the held text of its report exactly once:"
                " copy it from there, or give more of the words around it.",
            ),
        ),
    ),
    # Circles.
    "two reports taken from one another": Case(
        [
            report("a"),
            report("b"),
            link("sourcelink", "a", "b", kind="rewrites", target=["b"]),
            link("sourcelink", "b", "a", kind="translates", target=["a"]),
        ],
        (
            at(
                3,
                "sourcelink a, b, target",
                "By this report would be taken from itself, by way of others (a →"
                " b → a): take one of these links out.",
            ),
        ),
    ),
    "three reports in a circle that the desk closes": Case(
        [
            report("a"),
            link("sourcelink", "wire", "a", kind="rewrites", target=["a"]),
            link("sourcelink", "a", "copy", kind="translates", target=["copy"]),
        ],
        (
            at(
                2,
                "sourcelink wire, a, target",
                "By this report would be taken from itself, by way of others "
                "(wire → a → copy → wire): take one of these links out.",
            ),
        ),
    ),
    "statements that correct one another": Case(
        [link("statementlink", "first", "second", kind="retracts", target=["second"])],
        (
            at(
                1,
                "statementlink first, second, target",
                "By this, statements would correct, retract or clarify one "
                "another in a circle (first → second → first): take one of these "
                "links out.",
            ),
        ),
    ),
    "reports that credit one another": Case(
        [
            said("new"),
            citation(statement=["new"], key="one", via=["held"]),
            citation(statement=["new"], key="two", source=["held"], via=["copy"]),
        ],
        (
            at(
                2,
                "citation new, one, via",
                "The trail of “There is no danger.” comes back to where it was: "
                "Report copy → Report held → Report copy. Change “citing” or the "
                "links of one of these reports.",
            ),
        ),
    ),
    "a report that credits its own copy": Case(
        [said("new"), citation(statement=["new"], source=["wire"], via=["copy"])],
        (
            at(
                2,
                "citation new, new, via",
                "The trail of “There is no danger.” comes back to where it was: "
                "Report wire → Report copy → Report wire. Change “citing” or the "
                "links of one of these reports.",
            ),
        ),
    ),
    # Files.
    "an empty file": Case("", ("story.json, line 1: there is nothing in it.",)),
    "only spaces": Case(" \n\n ", ("story.json, line 3: there is nothing in it.",)),
    "an object without a list": Case(
        ONE,
        (
            "story.json, line 1: this is not a list of objects: it has to "
            "begin with “[”.",
        ),
        by_schema=True,
    ),
    "a list that is cut off": Case(
        f"[\n{ONE},\n",
        (
            "story.json, line 3: the file ends before the list does: part of "
            "it is missing.",
        ),
    ),
    "an object that is cut off": Case(
        f"[\n{ONE},\n{ONE[:60]}",
        (
            "story.json, line 3: the file ends before the list does: part of "
            "it is missing.",
        ),
    ),
    "a text that is cut off": Case(
        f"[\n{ONE[:-20]}",
        (
            "story.json, line 2: the file ends before the list does: part of "
            "it is missing.",
        ),
    ),
    "a missing comma between objects": Case(
        f"[\n{ONE}\n{ONE}\n]",
        ("story.json, line 3: a comma or the end of the list has to stand here.",),
    ),
    "a missing comma in an object": Case(
        f"[\n{ONE}, \n{ONE.replace(',', '', 1)}\n]",
        ("story.json, line 3: object 2 is not JSON: Expecting ',' delimiter.",),
    ),
    "a comma too many": Case(
        f"[\n{ONE},\n]",
        ("story.json, line 3: no comma stands after the last object: take it out.",),
    ),
    "text after the list": Case(
        f"[{ONE}]\nand more",
        (
            "story.json, line 2: something stands after the end of the list: "
            "take it out.",
        ),
    ),
    "two lists": Case(
        f"[{ONE}]\n[{ONE}]",
        (
            "story.json, line 2: something stands after the end of the list: "
            "take it out.",
        ),
    ),
    "single quotation marks": Case(
        "[{'model': 'timeline.event'}]",
        (
            "story.json, line 1: object 1 is not JSON: Expecting property "
            "name enclosed in double quotes.",
        ),
    ),
    "300 brackets in a web name": Case(
        f"[{ONE}]".replace('"dam-breaks"', "[" * 300 + "]" * 300),
        (
            at(
                1,
                "event " + "[" * 59 + "…, slug",
                "This has to be text in quotation marks.",
            ),
        ),
    ),
    "100,000 brackets": Case(
        "[" * 100_000,
        ("story.json, line 1: object 1 has too many brackets in one another.",),
    ),
    "100,000 braces": Case(
        "[" + '{"a":' * 100_000,
        ("story.json, line 1: object 1 has too many brackets in one another.",),
    ),
    "a byte that is not UTF-8": Case(
        f"[{ONE},\n{ONE}]".replace("The dam", "Der Dämm").encode("latin-1"),
        ("story.json, line 1: this is not UTF-8 (byte 0xe4): save it as UTF-8.",),
    ),
    "a byte order mark": Case(
        f"[{ONE}]".encode("utf-8-sig"),
        ("story.json, line 1: it begins with a byte order mark: save it without one.",),
    ),
    "UTF-16 with its mark": Case(
        f"[{ONE}]".encode("utf-16"),
        ("story.json, line 1: this is not UTF-8 (byte 0xff): save it as UTF-8.",),
    ),
    "UTF-16 without a mark": Case(
        f"[{ONE}]".encode("utf-16-le"),
        (
            "story.json, line 1: it holds a zero byte, as UTF-16 does: save "
            "it as UTF-8.",
        ),
    ),
    "a packed file that is cut off": Case(
        {
            "a.json.gz": gzip.compress(
                b"[" + b" " * 9000 + ONE.encode() + b"]", mtime=0
            )[:-30]
        },
        ("a.json.gz: it cannot be read: it breaks off, part of it is missing.",),
    ),
    "a packed file that is none": Case(
        {"a.json.gz": f"[{ONE}]"},
        (
            "a.json.gz: it cannot be read: it is not, or not all, packed by "
            "gzip, as its name says.",
        ),
    ),
    # Several at once.
    "several faults in two files": Case(
        {
            "a.json": [
                event(title="", date="2023-02-29"),
                citation(source=["nowhere"]),
                thing("rumour"),
            ],
            "b.json": json.dumps(
                [event(slug="other", status="rumoured", importance="huge"), GOOD]
            )[:-1],
        },
        (
            at(
                1,
                "event dam-breaks, date",
                "2023-02-29 is not in the calendar; check the day and the month.",
                file="a.json",
            ),
            at(1, "event dam-breaks, title", "Fill this in.", file="a.json"),
            at(
                2,
                "citation first, new, source",
                "There is no report or document “nowhere”, in the files or on "
                "this desk: add it, or correct the name.",
                file="a.json",
            ),
            at(3, "rumour, model", NO_MODEL, file="a.json"),
            at(
                1,
                "event other, importance",
                "“huge” is none of major, minor, normal.",
                file="b.json",
            ),
            at(
                1,
                "event other, status",
                "“rumoured” is none of cancelled, happened, planned, postponed.",
                file="b.json",
            ),
            "b.json, line 1: the file ends before the list does: part of it "
            "is missing.",
        ),
    ),
}
