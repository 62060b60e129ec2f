"""`kg.rdf_files`: every format is read, and what is none is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.rdf_files import read_rdf
from tests.shacl_examples import shapes_in


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return shapes_in(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "a.ttl",
            b"@prefix x: <http://e/> .\nx:a x:b\n  x:c x:d .",
            r"a\.ttl:3:7: no valid Turtle: A dot is expected",
        ),
        ("a.ttl", b"The FDA has granted a designation.", r"a\.ttl:1:1: no valid Turtle"),
        ("a.ttl", b"\x00\x01\xff", r"a\.ttl:1:1: no valid Turtle"),
        ("a.ttl", b"# nothing\n", r"a\.ttl:1: holds no RDF statement"),
        ("a.nt", b"<http://e/a> <http://e b> <http://e/c> .", r"a\.nt:1:14: no valid N-Triples"),
        ("a.rdf", b"<rdf:RDF\n><a></b></rdf:RDF>", r"a\.rdf:2:\d+: no valid RDF/XML"),
        ("a.xml", b"<html><body/></html>", r"a\.xml:1:1: no valid RDF/XML"),
        ("a.jsonld", b'{\n"@id": }', r"a\.jsonld:2:\d+: no valid JSON-LD"),
        ("a.jsonld", b'{"a": 1}', r"a\.jsonld:1: holds no RDF statement"),
        ("a.csv", b"a,b", r"a\.csv: not a known extension"),
        ("a.owl", b"@prefix x: <http://e/> .\nx:a x:b .", r"a\.owl:2:\d+: no valid Turtle"),
    ],
)
def test_a_file_that_is_no_rdf(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """File, line and column, then why."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read_rdf(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    """The system's reason, in one line."""
    with pytest.raises(InputError, match=r"missing\.ttl: No such file"):
        read_rdf(tmp_path / "missing.ttl")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", b"<a> <b> <c> ."),
        ("a.trig", b"<urn:g> { <a> <b> <c> }"),
        ("a.nq", b"<urn:a> <urn:b> <urn:c> <urn:g> ."),
        ("a.owl", b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
                  b'<rdf:Description rdf:about="urn:a"><b xmlns="urn:">c</b></rdf:Description></rdf:RDF>'),
        ("a.owl", b"<urn:a> <urn:b> <urn:c> ."),
        ("A.JSONLD", b'{"@id": "urn:a", "urn:b": "c"}'),
    ],
)  # fmt: skip
def test_every_format_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    """The extension tells the format; .owl is looked into."""
    path = tmp_path / name
    path.write_bytes(content)
    assert len(read_rdf(path)) == 1


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    """`_:b` in one file is not `_:b` in another."""
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_text("_:b <urn:p> <urn:o> .\n")
    assert len({read_rdf(tmp_path / name)[0].subject for name in ("a.nt", "b.nt")}) == 2
