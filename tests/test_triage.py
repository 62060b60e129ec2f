"""`kg.triage`: severities of one's own, and findings that are known."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.findings import Finding, Report, Severity
from kg.namespaces import expand
from kg.rdf_files import read_rdf
from kg.triage import read_profile, without_known, write_baseline
from kg.validation import validate

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rkg: <https://w3id.org/releasekg/ontology#> .
rkg:S a sh:NodeShape ; sh:targetClass rkg:Drug ; sh:property rkg:S-name, rkg:S-code .
rkg:S-name a sh:PropertyShape ; sh:path rkg:name ; sh:minCount 1 ; sh:message "name it" .
rkg:S-code a sh:PropertyShape ; sh:path rkg:code ; sh:pattern "^[A-Z]" ; sh:message "upper case" .
"""
DATA = (
    "<urn:d> a <https://w3id.org/releasekg/ontology#Drug> ; <https://w3id.org/releasekg/ontology#code> 'x' ."
)


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES)
    return path


def profile(tmp_path: Path, text: str) -> dict[str, Severity | None]:
    path = tmp_path / "severities.toml"
    path.write_text(text)
    return read_profile(path)


def finding(focus: str, message: str = "m") -> Finding:
    node = ox.NamedNode(focus)
    return Finding(node, "rkg:name", None, expand("rkg:S"), "c", Severity.VIOLATION, message, anchor=focus)


def test_a_profile_changes_severities(tmp_path: Path, shapes: Path) -> None:
    """Of a shape, or of a kind of constraint; what is ignored is no finding."""
    severities = profile(
        tmp_path, '[severity]\n"rkg:S-name" = "info"\n"sh:PatternConstraintComponent" = "ignore"\n'
    )
    data = tmp_path / "d.ttl"
    data.write_text(DATA)
    plain = validate(read_rdf(data), shapes=[shapes])
    report = validate(read_rdf(data), shapes=[shapes], severities=severities)
    assert [f.severity for f in plain.findings] == [Severity.VIOLATION, Severity.VIOLATION]
    assert [(f.shape, f.severity) for f in report.findings] == [(expand("rkg:S-name"), Severity.INFO)]
    assert report.conforms


def test_a_shape_goes_before_its_kind_of_constraint(tmp_path: Path, shapes: Path) -> None:
    """The narrower decision wins."""
    severities = {expand("rkg:S-name"): Severity.WARNING, expand("sh:MinCountConstraintComponent"): None}
    data = tmp_path / "d.ttl"
    data.write_text(DATA)
    report = validate(read_rdf(data), shapes=[shapes], severities=severities)
    assert [f.severity for f in report.findings] == [Severity.VIOLATION, Severity.WARNING]


def test_a_name_that_is_no_shape_is_an_error(tmp_path: Path, shapes: Path) -> None:
    """A misspelt name would silently change nothing."""
    for name in ("rkg:T", "sh:MinCuntConstraintComponent"):
        with pytest.raises(InputError, match=re.escape(name)):
            validate([], shapes=[shapes], severities={expand(name): None})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("severity = 1", r"one table, \[severity\]"),
        ('[severity]\n"rkg:S" = "fatal"', "'fatal': choose one of violation, warning, info, ignore"),
        ("[severity]\n\nx", "no valid TOML.*"),
    ],
)
def test_a_profile_that_is_none(tmp_path: Path, text: str, reason: str) -> None:
    """Told in one line, with the file's name."""
    with pytest.raises(InputError, match=reason) as error:
        profile(tmp_path, text)
    assert "severities.toml: " in str(error.value)


def test_a_baseline_hides_what_it_knows(tmp_path: Path) -> None:
    """Only new findings are left; the words of a message may change."""
    path = tmp_path / "known.json"
    write_baseline(Report((finding("urn:a"), finding("urn:b")), 9), path)
    report = without_known(Report((finding("urn:a", "other words"), finding("urn:c")), 9), path)
    assert [f.focus.value for f in report.findings] == ["urn:c"]
    assert (report.known, report.gone) == (1, 1)
    assert "1 known from the baseline; 1 of the baseline mended" in report.summary()


def test_a_known_finding_hides_one(tmp_path: Path) -> None:
    """A second one like it is new."""
    path = tmp_path / "known.json"
    write_baseline(Report((finding("urn:a"),)), path)
    assert len(without_known(Report((finding("urn:a"), finding("urn:a", "m2"))), path).findings) == 1


def test_a_baseline_is_made_for_git(tmp_path: Path) -> None:
    """One finding a line, in an order of their own; valid JSON, also when there is none."""
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    found = (finding("urn:a"), finding("urn:b"), finding("urn:c"))
    write_baseline(Report(found), one)
    write_baseline(Report(found[::-1]), two)
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_text().splitlines()) == 3 + 2
    write_baseline(Report(()), one)
    assert json.loads(one.read_text())["findings"] == []


@pytest.mark.parametrize("text", ["", "[]", '{"format": 2, "findings": []}', '{"format": 1}'])
def test_a_file_that_is_no_baseline(tmp_path: Path, text: str) -> None:
    """Told in one line, with the file's name."""
    path = tmp_path / "known.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"known\.json: "):
        without_known(Report(()), path)
