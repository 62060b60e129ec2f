"""`kg explain`: the sentences and rules behind things and triples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.namespaces import PROJECT
from tests.cli.running import fails, kg


@pytest.mark.parametrize("drug", ["drug/ex-101", f"{PROJECT}id/drug/ex-101"])
def test_explain_a_thing(drug: str, data: Path) -> None:
    """Its statements with file, line, column; by IRI or by path below the base."""
    result = kg("explain", drug, data=data)
    assert result.exit_code == 0
    assert "designation  EX-101 → orphan drug" in result.stdout
    assert "  r1.txt:1:53  asserted 0.97  test.rule\n" in result.stdout


def test_explain_a_triple(data: Path) -> None:
    """The rule and its premises of an inferred one; a literal object by its text."""
    organization = "organization/example-therapeutics"
    inferred = kg("explain", "drug/ex-101", "rkg:developedBy", organization, data=data)
    assert inferred.exit_code == 0
    assert "inferred by prp-inv2: rkg:developedBy owl:inverseOf rkg:develops" in inferred.stdout
    literal = kg("explain", organization, "rkg:ticker", "NASDAQ:EXMP", data=data)
    assert "r1.txt:1:23  asserted 1" in literal.stdout


def test_explain_what_is_not_there(data: Path) -> None:
    """Exit code 1; where it is hoped, that is said, with the sentence."""
    fails(kg("explain", "drug/none", data=data), "id/drug/none: not in the graph", 1)
    wrong = kg("explain", "drug/ex-101", "rkg:ticker", "NASDAQ:NONE", data=data)
    fails(wrong, "drug/ex-101 rkg:ticker NASDAQ:NONE: not in the graph", 1)
    lines = map(json.loads, kg("facts", data=data).stdout.splitlines())
    assert any(line["rel"] == "approval" for line in lines)
    hope = "marketing-application/ex-101-lymphoma-fda"
    result = kg("explain", "drug/ex-101", "rkg:hasMarketingApplication", hope, data=data)
    assert (result.exit_code, "EX-101 may be approved for lymphoma." in result.stdout) == (1, True)
    assert result.stderr.endswith("not in the graph, only said to be hypothetical\n")


def test_explain_misused(data: Path, tmp_path: Path) -> None:
    """Exit code 2: half a triple, no IRI, nothing built."""
    assert kg("explain", "drug/ex-101", "rkg:develops", data=data).exit_code == 2
    fails(kg("explain", "not an IRI", data=data), "not an IRI: no IRI")
    fails(kg("explain", "drug/ex-101", data=tmp_path / "missing"), "nothing has been built here yet")
