"""JSON-LD, as a processor reads it, in words that schema.org has."""

import json
from pathlib import Path

import pytest
from pyld import jsonld

from tests.api.formats.samples import (
    SITE,
    about,
    actor,
    citation,
    corrected,
    date,
    entry,
    named,
    source,
    statement,
    statements_of,
    statements_written,
    written,
)
from timeline.api.formats import FORMATS

# The words of schema.org that are used, each as its own context defines it.
SCHEMA = json.loads(Path(__file__).with_name("schemaorg.json").read_text())
WORDS = set(SCHEMA["@context"]) | {"@id", "@type", "dcterms:date", "dcterms:modified"}
API = f"{SITE}/api/v1"


def loaded(url, options):
    """The context of schema.org, from here; nothing else is asked for."""
    assert url == "https://schema.org"
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": SCHEMA,
    }


def words(value):
    """Every key and type in a graph."""
    if isinstance(value, list):
        return {word for item in value for word in words(item)}
    if not isinstance(value, dict) or "@value" in value:
        return set()
    used = set(value) | {value[key] for key in ("@type",) if key in value}
    return used.union(*map(words, value.values()))


def nodes_of(text):
    """The nodes by their names, once a processor has taken every word of them."""
    document = json.loads(text)
    assert words(document["@graph"]) <= WORDS
    options = {"documentLoader": loaded}
    expanded = jsonld.expand(document, options)
    compact = jsonld.compact(expanded, document["@context"], options)
    assert len(compact["@graph"]) == len(document["@graph"])
    return {node["@id"]: node for node in document["@graph"]}


def read(*entries, **fields):
    return nodes_of(written("jsonld", *entries, **fields))


def event_of(*entries):
    return read(*entries)[f"{API}/events/eve_opened/"]


def claim_of(said):
    return read(entry(statements=[said]))[f"{API}/statements/{said['id']}/"]


def test_the_list_says_what_it_is_and_on_what_terms():
    found = read(entry(), as_of="2026-03-05")[about().self_url]

    assert found == {
        "@id": f"{API}/timeline/?topic=transport",
        "@type": "DataFeed",
        "name": "The Example Desk: timeline",
        "description": "Events, newest first. As this record stood: 5 March 2026.",
        "url": f"{SITE}/topics/transport/",
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "dateModified": "2026-03-04T10:00:00.000001Z",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "publisher": {
            "@type": "Organization",
            "name": "The Example Desk",
            "contactPoint": {"@type": "ContactPoint", "email": "desk@timeline.example"},
        },
        "dataFeedElement": [{"@id": f"{API}/events/eve_opened/"}],
    }


def test_an_event_is_an_event():
    assert event_of(entry(place="Hamburg")) == {
        "@id": f"{API}/events/eve_opened/",
        "@type": "Event",
        "identifier": "eve_opened",
        "url": f"{SITE}/events/opened/",
        "name": "The bridge opens",
        "description": "Date: 3 March 2026. It took ten years.",
        "startDate": "2026-03-03",
        "location": {"@type": "Place", "name": "Hamburg"},
        "about": [{"@id": f"{API}/actors/act_agency/"}],
        "keywords": ["Transport"],
        "dcterms:date": {
            "@type": "http://id.loc.gov/datatypes/edtf/EDTF",
            "@value": "2026-03-03",
        },
        "dcterms:modified": "2026-03-04T10:00:00.000001Z",
        "subjectOf": [{"@id": f"{API}/statements/sta_said/"}],
    }


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2026-03", "2026-03", None),
        ("2026-03-03/2026-04", "2026-03-03", "2026-04"),
        ("2026-03-03/..", "2026-03-03", None),
        ("../2026-03-03", None, "2026-03-03"),
        ("2026-03-03T23:30-05:00", "2026-03-04T04:30Z", None),
        ("[..2026-03-03]", None, None),
        ("[2026-02-26..2026-02-28]", "2026-02", None),
        ("2026-03-03?", None, None),
        ("2026-03-01~/2026-03-03", None, "2026-03-03"),
        ("-0043-03-15", None, None),
        ("198X", None, None),
        ("..", None, None),
    ],
)
def test_dates_are_as_exact_as_they_are_known(edtf, start, end):
    event = event_of(entry(edtf=edtf))

    assert (event.get("startDate"), event.get("endDate")) == (start, end)
    assert event["description"].startswith(f"Date: {date(edtf)['display']}. ")
    assert event["dcterms:date"]["@value"] == edtf


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("planned", {"@id": "https://schema.org/EventScheduled"}),
        ("cancelled", {"@id": "https://schema.org/EventCancelled"}),
        ("postponed", {"@id": "https://schema.org/EventPostponed"}),
        ("happened", None),
    ],
)
def test_the_status_tells_what_did_not_happen(status, told):
    assert event_of(entry(status=status)).get("eventStatus") == told


def test_an_event_is_part_of_another():
    related = [
        {**named("event", "works", title="The works"), "kind": "part_of"},
        {**named("event", "storm", title="The storm"), "kind": "responds_to"},
    ]

    assert event_of(entry(related=related))["superEvent"] == [
        {"@id": f"{API}/events/eve_works/"}
    ]


def test_a_statement_is_a_claim_that_appeared_in_an_article():
    nodes = read(entry())

    assert nodes[f"{API}/statements/sta_said/"] == {
        "@id": f"{API}/statements/sta_said/",
        "@type": "Claim",
        "identifier": "sta_said",
        "url": f"{SITE}/events/opened/#said",
        "text": "It is so.",
        "inLanguage": "en",
        "genre": "claim",
        "about": [{"@id": f"{API}/events/eve_opened/"}],
        "author": {"@id": f"{API}/actors/act_agency/"},
        "creditText": "The Agency, as reported by The Paper",
        "creativeWorkStatus": "stands",
        "appearance": [{"@id": f"{API}/sources/sou_report/"}],
        "firstAppearance": {"@id": f"{API}/sources/sou_report/"},
    }
    assert nodes[f"{API}/sources/sou_report/"] == {
        "@id": f"{API}/sources/sou_report/",
        "@type": "NewsArticle",
        "identifier": "sou_report",
        "name": "A report",
        "headline": "A report",
        "publisher": {"@id": f"{API}/actors/act_paper/"},
        "datePublished": "2026-03-03",
        "url": "https://paper.example/1",
        "mainEntityOfPage": f"{SITE}/sources/report/",
    }
    assert nodes[f"{API}/actors/act_paper/"]["@type"] == "NewsMediaOrganization"


def test_the_list_of_statements_is_of_claims():
    nodes = nodes_of(statements_written("jsonld", *statements_of(entry())))

    assert nodes[f"{API}/statements/?topic=transport"]["dataFeedElement"] == [
        {"@id": f"{API}/statements/sta_said/"}
    ]
    assert nodes[f"{API}/statements/sta_said/"]["@type"] == "Claim"


def test_quoted_words_are_a_quotation_with_our_translation():
    claim = claim_of(
        statement(
            quote={"text": "So ist es.", "language": "de", "translation": "So it is."}
        )
    )

    assert claim["hasPart"] == {
        "@id": f"{API}/statements/sta_said/#quotation",
        "@type": "Quotation",
        "text": "So ist es.",
        "inLanguage": "de",
        "creator": {"@id": f"{API}/actors/act_agency/"},
        "workTranslation": {
            "@type": "Quotation",
            "text": "So it is.",
            "inLanguage": "en",
        },
    }


def test_who_is_unnamed_has_no_name():
    one = statement(speaker=None, described_as="a spokeswoman", described_number="one")
    several = statement(
        speaker=None, described_as="officials", described_number="several"
    )

    assert claim_of(one)["author"] == {
        "@type": "Person",
        "description": "a spokeswoman",
    }
    assert "author" not in claim_of(several)


def test_who_is_silent_claims_nothing():
    claim = claim_of(statement(kind="no_response"))

    assert "author" not in claim
    assert claim["about"] == [
        {"@id": f"{API}/events/eve_opened/"},
        {"@id": f"{API}/actors/act_agency/"},
    ]


def test_whom_a_speaker_speaks_for_is_said():
    agency = actor("ministry", "The Ministry", "government")

    claim = claim_of(statement(on_behalf_of=agency))

    assert claim["sourceOrganization"] == {"@id": f"{API}/actors/act_ministry/"}


def test_what_was_corrected_says_so_and_by_what():
    truth = statement("truth")

    claim = claim_of(corrected(truth, slug="wrong"))

    assert claim["creativeWorkStatus"] == "corrected"
    assert claim["correction"] == [f"{API}/statements/{truth['id']}/"]


def test_copies_carry_a_statement_too_and_a_credit_is_a_citation():
    wire = source("wire", kind="wire", published="2026-03-02")
    copy = source("copy", published="2026-03-04")
    cited = [citation(via=wire, origin=wire, read_in=copy, copies=[copy])]

    nodes = read(entry(statements=[statement(citations=cited)]))

    assert nodes[f"{API}/statements/sta_said/"]["appearance"] == [
        {"@id": f"{API}/sources/sou_report/"},
        {"@id": f"{API}/sources/sou_copy/"},
    ]
    assert nodes[f"{API}/sources/sou_report/"]["citation"] == [
        {"@id": f"{API}/sources/sou_wire/"}
    ]
    assert nodes[f"{API}/sources/sou_wire/"]["@type"] == "NewsArticle"


def test_of_two_reports_of_one_day_neither_is_the_first():
    cited = [citation(), citation(source=source("second"))]

    assert "firstAppearance" not in claim_of(statement(citations=cited))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "press_release"}, {"@type": "Article"}),
        ({"kind": "post"}, {"@type": "SocialMediaPosting"}),
        ({"kind": "dataset"}, {"@type": "Dataset"}),
        ({"kind": "document"}, {"@type": "DigitalDocument"}),
        ({"kind": "interview"}, {"@type": "CreativeWork"}),
        ({"status": "retracted"}, {"creativeWorkStatus": "retracted"}),
        (
            {"production": "ai_generated"},
            {
                "digitalSourceType": {
                    "@id": "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
                }
            },
        ),
        ({"title": None, "label": "Ours"}, {"name": "Ours"}),
    ],
)
def test_a_report_is_called_what_it_is(fields, expected):
    cited = [citation(source=source(**fields))]

    node = read(entry(statements=[statement(citations=cited)]))[
        f"{API}/sources/sou_report/"
    ]

    assert expected.items() <= node.items()


def test_a_report_without_a_date_has_none():
    cited = [citation(source=source(published=None))]

    nodes = read(entry(statements=[statement(citations=cited, first_reported=None)]))

    assert "datePublished" not in nodes[f"{API}/sources/sou_report/"]


def test_what_is_named_often_is_there_once():
    text = written("jsonld", entry(), entry("second"))

    assert text.count('"@type":"NewsArticle"') == 1
    assert '"ClaimReview"' not in text
    assert FORMATS["jsonld"].content_type == "application/ld+json"
