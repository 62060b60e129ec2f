"""The extractor as a whole: on releases of invented firms, on the seeds, on noise."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import Extractor
from kg.model import Fact, Release
from kg.releases import find_releases, read_release
from kg.resources import data_folder
from kg.schema import RELATIONS
from tests.extract.conftest import qualifiers, show

EXAMPLES = Path(__file__).parent / "examples"
#: Relations that the examples are annotated for, in full.
ANNOTATED = frozenset(
    [
        "release_date",
        "headline",
        "ticker",
        "headquarters",
        "role",
        "develops",
        "drug_alias",
        "drug_class",
        "drug_platform",
        "drug_payload",
        "drug_target",
        "drug_indication",
        "combination",
        "designation",
        "approval",
        "regulatory_action",
        "collaboration",
        "funding",
        "supplier",
        "owner",
        "org_fact",
        "pipeline_program",
    ]
)


def row(fact: Fact) -> list[object]:
    told = {
        k: (int(v) if k == "amount" else v)
        for k, v in qualifiers(fact).items()
        if k not in ("purpose", "population", "line")
    }  # type: ignore[call-overload]
    return [fact.relation, show(fact.subject), show(fact.object), told, fact.modality.value]


@pytest.mark.parametrize("name", sorted(p.stem for p in EXAMPLES.glob("*.txt")))
def test_examples(extractor: Extractor, name: str) -> None:
    """Every fact of an invented release, and no other."""
    facts = extractor.extract(read_release(EXAMPLES / f"{name}.txt"))
    found = [row(f) for f in facts if f.relation in ANNOTATED]
    expected = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    key = lambda r: json.dumps(r, sort_keys=True)  # noqa: E731
    assert sorted(found, key=key) == sorted(expected, key=key)


def test_evidence_is_the_exact_text_and_qualifiers_are_the_schema_s(extractor: Extractor) -> None:
    """Of every fact of every seed."""
    for path in find_releases([data_folder("seeds")]):
        release = read_release(path)
        facts = extractor.extract(release)
        assert len(facts) > 20
        for fact in facts:
            assert fact.evidence
            for evidence in fact.evidence:
                assert release.text[evidence.start : evidence.end] == evidence.text
                assert evidence.rule
            for slot, _ in fact.qualifiers:
                RELATIONS[fact.relation].slot(slot)


def test_reading_twice_gives_the_same(extractor: Extractor) -> None:
    """Nothing of one release is left for the next."""
    releases = [read_release(p) for p in find_releases([data_folder("seeds")])]
    first = [extractor.extract(r) for r in releases]
    assert [extractor.extract(r) for r in reversed(releases)] == first[::-1]


def test_a_hope_is_no_approval(extractor: Extractor) -> None:
    """It is kept as a hypothesis."""
    text = "Acme News Today\n\nBOSTON, May 4, 2021 -- If AC-101 is approved by the FDA for asthma, Acme Therapeutics may receive a voucher.\n"
    facts = [f for f in extractor.extract(Release("r", "r.txt", text)) if f.relation == "approval"]
    assert [f.modality.value for f in facts] == ["hypothetical"]


def test_a_hope_for_either_of_two_diseases_is_two(extractor: Extractor) -> None:
    """Each disease of the list has its own hypothesis."""
    text = "Acme News Today\n\nBOSTON, May 4, 2021 -- If AC-101 is approved by the FDA for either asthma or gout, Acme Therapeutics may receive a voucher.\n"
    facts = [f for f in extractor.extract(Release("r", "r.txt", text)) if f.relation == "approval"]
    assert {(show(f.object), f.modality.value) for f in facts} == {
        ("asthma", "hypothetical"),
        ("gout", "hypothetical"),
    }


WORDS = st.sampled_from(
    [
        "Acme",
        "Therapeutics,",
        "Inc.",
        "(Nasdaq:",
        "ACME)",
        "FDA",
        "granted",
        "AC-101",
        "Phase",
        "2",
        "trial",
        "of",
        "in",
        "patients",
        "with",
        "asthma",
        "the",
        "company",
        "CLR",
        "131",
        "(",
        ")",
        '"',
        ".",
        ",",
        ";",
        "/",
        "-",
        "™",
        "\n",
        "\n\n",
        "About",
        "Source:",
        "Dr.",
        "Jane",
        "Doe",
        "CEO",
        "said",
        "million",
        "$5",
        "2021",
        "May",
        "4,",
        "--",
        "orphan",
        "drug",
        "designation",
        "\ue003",
        "\ue0ff",
        "µ",
        "é",
        "漢",
        "\x0b",
        "\u2028",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_it(extractor: Extractor, text: str) -> None:
    """Whatever is read, evidence is an exact slice of it."""
    for fact in extractor.extract(Release("r", "r.txt", text)):
        for evidence in fact.evidence:
            assert text[evidence.start : evidence.end] == evidence.text
