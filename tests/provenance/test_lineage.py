"""Trails, lines of copies and first reports, as tables of examples."""

import pytest

from timeline.dates import parse
from timeline.provenance import (
    CitationFacts,
    SourceFacts,
    StatementFacts,
    TrailCycle,
    earliest_of,
    first_reported,
    lineage,
    origin,
    trail,
    trails,
)

LONG = 10_000


def sources(**taken_from):
    """Return sources by id, each taken from the one named, if any."""
    return {
        source_id: SourceFacts(source_id, f"{source_id}-publisher", taken_from=target)
        for source_id, target in taken_from.items()
    }


def cites(source, **options):
    return CitationFacts(source, **options)


TRAILS = [
    pytest.param(
        sources(wire=None),
        [cites("wire")],
        ("wire",),
        id="a source that credits nobody is the origin",
    ),
    pytest.param(
        sources(wire=None, paper=None),
        [cites("wire", via="paper")],
        ("wire", "paper"),
        id="a credit leads to the source it names",
    ),
    pytest.param(
        sources(wire=None, paper=None),
        [cites("wire", via="paper", credit="found")],
        ("wire", "paper"),
        id="a credit that was found leads on",
    ),
    pytest.param(
        sources(wire=None, paper=None),
        [cites("wire", via="paper", credit="not_found")],
        ("wire",),
        id="a credit that was not found stops where it was made",
    ),
    pytest.param(
        sources(copy="wire", wire=None, paper=None),
        [cites("copy", via="paper", credit="not_found")],
        ("copy",),
        id="a credit that was not found stops a copy too",
    ),
    pytest.param(
        sources(copy="wire", wire=None),
        [cites("copy", credit="not_found")],
        ("copy", "wire"),
        id="where nothing is credited there is nothing not to find",
    ),
    pytest.param(
        sources(copy="wire", wire=None, paper=None),
        [cites("copy"), cites("wire", via="paper", credit="not_found")],
        ("copy", "wire"),
        id="a credit not found further along stops there",
    ),
    pytest.param(
        sources(copy="wire", wire=None),
        [cites("copy")],
        ("copy", "wire"),
        id="a copy leads to what it republishes",
    ),
    pytest.param(
        sources(copy="wire", wire=None),
        [cites("copy", own_words=True)],
        ("copy",),
        id="the republisher's own words end with it",
    ),
    pytest.param(
        sources(copy="wire", wire=None, paper=None),
        [cites("copy", own_words=True, via="paper")],
        ("copy",),
        id="own words come before a credit",
    ),
    pytest.param(
        sources(copy="wire", wire=None, paper=None),
        [cites("copy", via="paper")],
        ("copy", "paper"),
        id="a credit comes before the source link",
    ),
    pytest.param(
        sources(second="first", first="original", original=None),
        [cites("second")],
        ("second", "first", "original"),
        id="a rewrite of a rewrite leads to what was rewritten",
    ),
    pytest.param(
        sources(copy="wire", wire=None, paper=None),
        [cites("copy"), cites("wire", via="paper")],
        ("copy", "wire", "paper"),
        id="the same statement's citation of the wire decides at the wire",
    ),
    pytest.param(
        sources(rewrite="copy", copy="wire", wire=None),
        [cites("rewrite"), cites("copy", own_words=True)],
        ("rewrite", "copy"),
        id="own words along the way end the trail",
    ),
    pytest.param(
        sources(rewrite="copy", copy="wire", wire=None),
        [cites("rewrite"), cites("copy")],
        ("rewrite", "copy", "wire"),
        id="a citation with neither own words nor credit leaves it to the link",
    ),
    pytest.param(
        sources(copy="wire", wire=None),
        [cites("copy"), cites("copy", own_words=True)],
        ("copy", "wire"),
        id="at its own source a citation decides for itself",
    ),
    pytest.param(
        sources(rewrite="copy", copy=None, paper=None),
        [cites("rewrite"), cites("copy", via="paper"), cites("copy", own_words=True)],
        ("rewrite", "copy"),
        id="of two citations along the way own words decide",
    ),
    pytest.param(
        sources(rewrite="copy", copy=None, paper=None, post=None),
        [
            cites("rewrite"),
            cites("copy", via="paper", credit="not_found"),
            cites("copy", via="post"),
        ],
        ("rewrite", "copy", "post"),
        id="of two credits along the way the one that may hold decides",
    ),
    pytest.param(
        sources(rewrite="copy", copy=None, paper=None, post=None),
        [cites("rewrite"), cites("copy", via="post"), cites("copy", via="paper")],
        ("rewrite", "copy", "paper"),
        id="of two equal credits always the same decides",
    ),
    pytest.param(
        sources(rewrite="copy", copy=None, paper=None, post=None),
        [cites("rewrite"), cites("copy", via="paper"), cites("copy", via="post")],
        ("rewrite", "copy", "paper"),
        id="of two equal credits always the same decides, in whatever order",
    ),
    pytest.param(
        sources(rewrite="copy", copy=None, paper=None, post=None),
        [
            cites("rewrite"),
            cites("copy", own_words=True, via="post", credit="not_found"),
            cites("copy", via="paper"),
        ],
        ("rewrite", "copy"),
        id="own words along the way decide, whatever they credit",
    ),
    pytest.param(
        sources(rewrite="copy", copy=None, paper=None),
        [
            cites("rewrite"),
            cites("copy", own_words=True),
            cites("copy", own_words=True, via="paper"),
        ],
        ("rewrite", "copy"),
        id="own words twice along the way end the trail",
    ),
    pytest.param(
        sources(wire=None, copy=None),
        [cites("wire", read_in="copy")],
        ("wire",),
        id="the copy it was read in is no part of the trail",
    ),
    pytest.param(
        sources(copy="gone"),
        [cites("copy"), cites("gone", via="copy")],
        ("copy", "gone"),
        id="a source that is not known ends the trail",
    ),
    pytest.param(
        sources(paper=None),
        [cites("gone", via="paper")],
        ("gone",),
        id="nothing follows a cited source that is not known",
    ),
]


@pytest.mark.parametrize(("known", "citations", "expected"), TRAILS)
def test_a_trail_leads_from_the_cited_source_to_the_origin(known, citations, expected):
    result = trail(citations[0], citations, known)

    assert result == expected


@pytest.mark.parametrize(("known", "citations", "expected"), TRAILS)
def test_the_origin_is_where_the_trail_ends(known, citations, expected):
    result = origin(citations[0], iter(citations), known)

    assert result == expected[-1]


def test_every_citation_has_its_trail_in_the_order_of_citations():
    known = sources(copy="wire", wire=None, paper=None)
    statement = StatementFacts(
        "said", "event", "claim", (cites("copy"), cites("wire", via="paper"))
    )

    result = trails(statement, known)

    assert result == (("copy", "wire", "paper"), ("wire", "paper"))


@pytest.mark.parametrize(
    ("known", "citations", "path"),
    [
        pytest.param(
            sources(a=None),
            [cites("a", via="a")],
            ("a", "a"),
            id="a source that credits itself",
        ),
        pytest.param(
            sources(a=None, b=None),
            [cites("a", via="b"), cites("b", via="a")],
            ("a", "b", "a"),
            id="two sources that credit each other",
        ),
        pytest.param(
            sources(a="b", b="c", c="b"),
            [cites("a")],
            ("a", "b", "c", "b"),
            id="two sources taken from each other, further along",
        ),
        pytest.param(
            sources(a="b", b=None),
            [cites("a"), cites("b", via="a")],
            ("a", "b", "a"),
            id="a copy credited by what it copies",
        ),
        pytest.param(
            sources(a="b", b="a"),
            [cites("a"), cites("a", own_words=True)],
            ("a", "b", "a"),
            id="own words in another citation do not excuse the first",
        ),
    ],
)
def test_a_trail_that_would_meet_a_source_twice_is_refused(known, citations, path):
    with pytest.raises(TrailCycle) as caught:
        trail(citations[0], citations, known)

    assert isinstance(caught.value, ValueError)
    assert caught.value.path == path
    assert str(caught.value) == (
        f"This trail would meet one source twice: {' → '.join(path)}. "
        "Take out one of the credits or source links along it."
    )


def test_own_words_open_a_circle_of_copies():
    known = sources(a="b", b="a")
    citations = [cites("a"), cites("b", own_words=True)]

    result = trail(citations[0], citations, known)

    assert result == ("a", "b")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(sources(a=None, b=None), ("a",), id="an original has no line"),
        pytest.param(sources(a="b", b=None), ("a", "b"), id="a copy of an original"),
        pytest.param(
            sources(a="b", b="c", c=None), ("a", "b", "c"), id="a copy of a copy"
        ),
        pytest.param(sources(a="b"), ("a", "b"), id="a copy of what is not known"),
        pytest.param({}, ("a",), id="a source that is not known"),
    ],
)
def test_a_line_of_copies_leads_to_the_original(known, expected):
    result = lineage("a", known)

    assert result == expected


def test_a_line_of_copies_that_would_meet_a_source_twice_is_refused():
    known = sources(a="b", b="c", c="a")

    with pytest.raises(TrailCycle) as caught:
        lineage("a", known)

    assert caught.value.path == ("a", "b", "c", "a")


def test_ten_thousand_copies_of_copies_are_followed():
    ids = [str(number) for number in range(LONG)]
    known = sources(**dict(zip(ids, [*ids[1:], None], strict=True)))

    result = trail(cites("0"), (), known)

    assert result == tuple(ids)
    assert lineage("0", known) == tuple(ids)


def test_ten_thousand_credits_are_followed():
    ids = [str(number) for number in range(LONG)]
    known = sources(**dict.fromkeys(ids))
    citations = [
        cites(here, via=onward) for here, onward in zip(ids, ids[1:], strict=False)
    ]

    result = trail(citations[0], citations, known)

    assert result == tuple(ids)


def dated(source_id, published=None, updated=None, taken_from=None):
    return SourceFacts(
        source_id,
        f"{source_id}-publisher",
        published=parse(published) if published else None,
        updated=parse(updated) if updated else None,
        taken_from=taken_from,
    )


FIRST_REPORTS = [
    pytest.param(
        [dated("wire", "2026-03-03"), dated("blog", "2026-03-05")],
        [cites("blog"), cites("wire")],
        "2026-03-03",
        id="the earliest of its cited sources",
    ),
    pytest.param(
        [dated("wire", "2026-03-03"), dated("paper", "2026-03-02")],
        [cites("wire", via="paper")],
        "2026-03-02",
        id="the credited source, where that is earlier",
    ),
    pytest.param(
        [dated("wire", "2026-03-03"), dated("paper", "2026-03-02")],
        [cites("wire", via="paper", credit="not_found")],
        "2026-03-03",
        id="never a credited source in which it was not found",
    ),
    pytest.param(
        [
            dated("copy", "2026-03-05", taken_from="wire"),
            dated("wire", "2026-03-03", taken_from="post"),
            dated("post"),
        ],
        [cites("copy")],
        "2026-03-03",
        id="a source in the middle of a trail",
    ),
    pytest.param(
        [dated("copy", "2026-03-05", taken_from="gone")],
        [cites("copy")],
        "2026-03-05",
        id="what is known of a trail that ends in the unknown",
    ),
    pytest.param(
        [dated("wire", "2026-03-03"), dated("copy", "2026-03-01")],
        [cites("wire", read_in="copy")],
        "2026-03-03",
        id="the copy it was read in does not count",
    ),
    pytest.param(
        [dated("copy", "2026-03-04", "2026-04-02")],
        [cites("copy")],
        "2026-03-04",
        id="a later update changes nothing for what was there before",
    ),
    pytest.param(
        [dated("copy", "2026-03-04", "2026-04-02")],
        [cites("copy", after_update=True)],
        "[2026-03-04..2026-04-02]",
        id="a passage found after an update appeared at some time until then",
    ),
    pytest.param(
        [dated("copy", None, "2026-04-02")],
        [cites("copy", after_update=True)],
        "[..2026-04-02]",
        id="without a publication it appeared by the update",
    ),
    pytest.param(
        [dated("copy", None, "2026-04-02")],
        [cites("copy")],
        None,
        id="an update alone is no publication",
    ),
    pytest.param(
        [dated("copy", "2026-03-04")],
        [cites("copy", after_update=True)],
        None,
        id="after an update of unknown date nothing is known",
    ),
    pytest.param(
        [dated("copy", "2026-03-04", "2026-03-02")],
        [cites("copy", after_update=True)],
        None,
        id="after an update dated before the publication nothing is known",
    ),
    pytest.param(
        [dated("copy", "2026-03-04", "2026-03-04")],
        [cites("copy", after_update=True)],
        "2026-03-04",
        id="after an update of the same day it is that day",
    ),
    pytest.param(
        [dated("copy", "2026-03-04T10:00:00Z", "2026-03-04T10:00:00Z")],
        [cites("copy", after_update=True)],
        "2026-03-04",
        id="after an update of the same second it is that day",
    ),
    pytest.param(
        [dated("copy", "[..2026-03-04]", "2026-04-02")],
        [cites("copy", after_update=True)],
        "[..2026-04-02]",
        id="after an update of what was out by some day, by the update",
    ),
    pytest.param(
        [dated("copy", "2026-03-04", "[2026-04-02..]")],
        [cites("copy", after_update=True)],
        None,
        id="after an update with no latest bound nothing counts",
    ),
    pytest.param(
        [dated("copy", "2026-03-04", "2026-04-02")],
        [cites("copy", after_update=True), cites("copy")],
        "2026-03-04",
        id="another passage that was there from the start counts from then",
    ),
    pytest.param(
        [
            dated("blog", "2026-05-01", taken_from="copy"),
            dated("copy", "2026-03-04", "2026-04-02"),
        ],
        [cites("blog"), cites("copy", own_words=True, after_update=True)],
        "[2026-03-04..2026-04-02]",
        id="an addition counts as one on the trail of who took it over",
    ),
    pytest.param(
        [
            dated("copy", "2026-03-04", "2026-04-02", taken_from="wire"),
            dated("wire", "2026-03-03"),
        ],
        [cites("copy", after_update=True)],
        "2026-03-03",
        id="an update that takes over more of the wire counts from the wire",
    ),
    pytest.param([dated("rewrite")], [cites("rewrite")], None, id="nothing is dated"),
    pytest.param([], [cites("gone")], None, id="nothing is known"),
    pytest.param([dated("wire", "2026-03-03")], [], None, id="nothing is cited"),
]


@pytest.mark.parametrize(("known", "citations", "edtf"), FIRST_REPORTS)
def test_a_statement_is_first_reported_in(known, citations, edtf):
    statement = StatementFacts("said", "event", "claim", tuple(citations))

    result = first_reported(statement, {source.id: source for source in known})

    assert result == (parse(edtf) if edtf else None)


@pytest.mark.parametrize(
    ("candidates", "edtf"),
    [
        pytest.param(
            ["2026-03-05", "2026-03-03", "2026-03-04"],
            "2026-03-03",
            id="the smallest latest bound",
        ),
        pytest.param(
            ["2026-03-03", "[2026-01-01..2026-03-31]"],
            "2026-03-03",
            id="not the smallest earliest bound",
        ),
        pytest.param(
            ["2026-03-03", "[..2026-03-03]", "[2026-03-01..2026-03-03]"],
            "[..2026-03-03]",
            id="of one latest bound, the one without an earliest",
        ),
        pytest.param(
            ["2026-03-03", "[2026-03-01..2026-03-03]", "[2026-03-02..2026-03-03]"],
            "[2026-03-01..2026-03-03]",
            id="of one latest bound, the smallest earliest",
        ),
        pytest.param(
            ["1960-01-01", "[..1960-01-01]"],
            "[..1960-01-01]",
            id="no earliest bound lies before any, also before 1970",
        ),
        pytest.param(
            ["1970-01-01", "[..1970-01-01]"],
            "[..1970-01-01]",
            id="the first second of 1970 is a bound like others",
        ),
        pytest.param(
            ["2026-03-03~", "2026-03-03"],
            "2026-03-03",
            id="of equal bounds always the same text",
        ),
        pytest.param(
            ["[2026-03-01..]", "2026-03-03"],
            "2026-03-03",
            id="no latest bound counts for nothing",
        ),
        pytest.param(["[2026-03-01..]"], None, id="nothing with a latest bound"),
        pytest.param([None, "2026-03-03"], "2026-03-03", id="what has no date"),
        pytest.param([None], None, id="only what has no date"),
        pytest.param([], None, id="nothing at all"),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["forwards", "backwards"])
def test_the_earliest_of_several_dates_is(candidates, edtf, turned):
    dates = [parse(text) if text else None for text in candidates]

    result = earliest_of(reversed(dates) if turned else dates)

    assert result == (parse(edtf) if edtf else None)
