"""A format is chosen as RFC 9110 has it, over one table."""

import pytest
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from server.negotiation import GRAPHS, HTML, PROBLEMS, RESULTS, Format, choose


def accept(header: str) -> MIMEAccept:
    return parse_accept_header(header, MIMEAccept)


@pytest.mark.parametrize("format_", [*RESULTS, *GRAPHS], ids=lambda f: f.name)
def test_every_media_type_is_found(format_: Format) -> None:
    """Each format is chosen by its registered media type, by its name, and by its media type in `format`."""
    offered = RESULTS if format_ in RESULTS else GRAPHS
    for choice in (
        choose(accept(format_.media_type), offered),
        choose(accept(""), offered, wanted=format_.name),
        choose(accept("text/nothing"), offered, wanted=format_.media_type),
    ):
        assert choice is not None
        assert choice.format is format_
        assert choice.content_type.startswith(format_.media_type)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("text/*", "csv"),
        ("text/csv;q=0.5, application/sparql-results+xml", "xml"),
        ("text/csv;q=0, text/tab-separated-values", "tsv"),
        ("application/json", "json"),
        ("application/xml;q=0.9, application/json;q=0.1", "xml"),
        ("image/png, */*;q=0.1", "json"),
    ],
)
def test_the_header_decides(header: str, expected: str) -> None:
    """Weights and wildcards count; no header means the default."""
    choice = choose(accept(header), RESULTS)
    assert choice is not None
    assert choice.format.name == expected


def test_nothing_fits() -> None:
    """A client that takes none of them gets none."""
    assert choose(accept("image/png"), RESULTS) is None
    assert choose(accept(""), RESULTS, wanted="png") is None


def test_a_client_is_answered_in_the_type_it_asked_for() -> None:
    """application/json is not answered with a type that the client does not take."""
    choice = choose(accept("application/json"), RESULTS)
    assert choice is not None
    assert choice.content_type == "application/json"


def test_a_browser_gets_a_page() -> None:
    """What browsers send means HTML, among graphs and among problems."""
    browser = accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    for offered in ((HTML, *GRAPHS), (*GRAPHS, HTML), PROBLEMS):
        choice = choose(browser, offered)
        assert choice is not None
        assert choice.format is HTML


@pytest.mark.parametrize(
    ("wanted", "expected"), [("turtle", "ttl"), ("json-ld", "jsonld"), ("xml", "rdf"), ("json", "jsonld")]
)
def test_other_names_of_formats(wanted: str, expected: str) -> None:
    """`?format=` takes the usual names too."""
    choice = choose(accept(""), GRAPHS, wanted=wanted)
    assert choice is not None
    assert choice.format.name == expected
