"""Precision, recall, qualifiers and traps, on facts made by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluation import evaluate, load_gold, load_lines


def fact(rel: str, s: str, o: str, **more: Any) -> dict[str, Any]:
    return {"release": "r1", "rel": rel, "s": s, "o": o, "q": {}, **more}


def score(
    want: list[dict[str, Any]], have: list[dict[str, Any]], negatives: list[dict[str, Any]] | None = None
):
    relations = {f["rel"] for f in [*want, *have]}
    return evaluate(
        {"r1": {"id": "r1", "facts": want, "negatives": negatives or []}}, have, relations=relations
    )


def test_agreement_is_perfect() -> None:
    """The same facts score one."""
    facts = [fact("develops", "Acme", "A-1"), fact("ticker", "Acme", "NASDAQ:ACM")]
    result = score(facts, facts)
    assert (result.total.f1, result.macro_f1) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("gold", "guess"),
    [
        (fact("develops", "Acme Pharma, Inc.", "A-1"), fact("develops", "Acme Pharma", "A 1")),
        (fact("trial", "A-1", "1/2"), fact("trial", "A-1", "Phase I/II")),
        (fact("dose", "A-1", "25.0 mCi/m2"), fact("dose", "A-1", "25 mCi/m²")),
        (fact("result", "A-1", "ORR 83.6%"), fact("result", "A-1", "orr 83.60 percent")),
        (fact("collaboration", "Acme", "Bolt"), fact("collaboration", "Bolt", "Acme")),
        (fact("role", "Jo Li", "Acme", s_alt=["Joanna Li"]), fact("role", "Joanna Li", "Acme Inc")),
        (fact("release_date", "", "2024-01-01"), fact("release_date", "r1", "2024-01-01")),
    ],
)
def test_names_and_numbers_are_normalised(gold: dict[str, Any], guess: dict[str, Any]) -> None:
    """Spelling, units, roman phases, direction of a symmetric relation make no difference."""
    assert score([gold], [guess]).total.f1 == 1.0


def test_a_miss_and_a_spurious_fact_are_counted_and_named() -> None:
    """Both sides of an error show up as mistakes."""
    result = score([fact("develops", "Acme", "A-1")], [fact("develops", "Acme", "B-2")])
    assert (result.total.precision, result.total.recall) == (0.0, 0.0)
    assert {(m.kind, m.object) for m in result.mistakes} == {("missed", "A-1"), ("spurious", "B-2")}


def test_hopes_are_left_out() -> None:
    """A hypothetical prediction is neither right nor wrong."""
    result = score([], [fact("approval", "A-1", "lymphoma", modality="hypothetical")])
    assert result.total.false_positives == 0


def test_optional_facts_count_neither_way() -> None:
    """An optional gold fact may be found or not."""
    optional = fact("role", "Jo Li", "PR Agency", optional=True)
    assert score([optional], []).total.false_negatives == 0
    assert score([optional], [optional]).total.false_positives == 0


def test_designations_of_one_drug_are_told_apart() -> None:
    """Two designations of one kind are two facts; one prediction does not cover both."""
    two = [
        fact("designation", "A-1", "orphan drug", q={"indication": "glioma"}),
        fact("designation", "A-1", "orphan drug", q={"indication": "sarcoma"}),
    ]
    assert score(two, two[:1]).total.false_negatives == 1
    assert score(two, two).qualifiers == {"designation.indication": (2, 2)}


def test_qualifiers_are_scored_over_matched_facts() -> None:
    """A wrong agency is a qualifier error; an alternative value is right."""
    gold = fact(
        "designation", "A-1", "PRIME", q={"agency": "EMA", "agency_alt": ["European Medicines Agency"]}
    )
    right = fact("designation", "A-1", "PRIME", q={"agency": "European Medicines Agency"})
    wrong = fact("designation", "A-1", "PRIME", q={"agency": "FDA"})
    assert score([gold], [right]).qualifier_accuracy == 1.0
    assert score([gold], [wrong]).qualifier_accuracy == 0.0
    assert score([gold], [wrong]).total.f1 == 1.0


def test_traps() -> None:
    """A trap is fallen into when predicted as stated, not when predicted as a hope, and not if gold says it."""
    trap = fact("approval", "A-1", "lymphoma", q={"status": "approved"})
    said = fact("approval", "A-1", "lymphoma", q={"status": "approved"})
    assert score([], [said], [trap]).trapped == 1
    assert score([], [{**said, "modality": "hypothetical"}], [trap]).trapped == 0
    assert score([], [{**said, "q": {"status": "submitted"}}], [trap]).trapped == 0
    assert score([said], [said], [trap]).traps == 0


def test_a_release_is_scored_for_what_it_was_annotated_for() -> None:
    """Predictions outside "relations" are not spurious."""
    gold = {"r1": {"id": "r1", "facts": [], "relations": ["ticker"]}}
    facts = [fact("develops", "Acme", "A-1")]
    assert evaluate(gold, facts, relations=["ticker", "develops"]).total.false_positives == 0


def test_gold_is_read_from_a_folder(tmp_path: Path) -> None:
    """Each JSON file is one release."""
    (tmp_path / "r1.json").write_text(json.dumps({"id": "r1", "facts": []}), encoding="utf-8")
    assert list(load_gold(tmp_path)) == ["r1"]


def test_bad_gold_is_named_with_its_line(tmp_path: Path) -> None:
    """A syntax error in gold names file and line; an empty folder is an error too."""
    with pytest.raises(InputError, match="no gold"):
        load_gold(tmp_path)
    (tmp_path / "r1.json").write_text('{"id": "r1",\n "facts": [}', encoding="utf-8")
    with pytest.raises(InputError, match=r"r1\.json:2: not JSON"):
        load_gold(tmp_path)


def test_lines_are_read_back(tmp_path: Path) -> None:
    """What `kg facts` prints can be scored later; a broken line is named."""
    path = tmp_path / "facts.jsonl"
    path.write_text(json.dumps(fact("ticker", "A", "B")) + "\n\n", encoding="utf-8")
    assert len(load_lines(path)) == 1
    path.write_text('{"rel": "ticker"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"facts\.jsonl:1: a fact needs"):
        load_lines(path)
    with pytest.raises(InputError, match="cannot be read"):
        load_lines(tmp_path / "nowhere.jsonl")


def test_the_table_shows_mistakes() -> None:
    """Relations, totals and as many mistakes as asked for."""
    result = score([fact("develops", "Acme", "A-1")], [fact("develops", "Acme", "B-2")])
    text = result.as_text(errors=1)
    assert "missed: r1  'Acme' -> 'A-1'" in text
    assert "micro F1 0.000" in text
    assert json.loads(result.as_json())["relations"]["develops"]["false_positives"] == 1
