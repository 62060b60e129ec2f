"""`kg.revalidation`: the same findings as looking at everything, on many changes and many faults."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from bench import synthetic
from kg import validation
from kg.conflicts import conflict_quads
from kg.findings import Finding, Report
from kg.namespaces import PREFIXES, Minter, expand
from kg.revalidation import read_report, revalidate, rules_digest
from kg.store import Dataset
from kg.validation import validate
from tests.used_vocabulary import with_used_vocabulary

_TYPE = ox.NamedNode(expand("rdf:type"))


@pytest.fixture(scope="module")
def graph() -> tuple[ox.Quad, ...]:
    """Some releases with the vocabulary that they use, as triples."""
    stated = [*synthetic.background(), *synthetic.quads(releases=6)]
    dataset = Dataset.in_memory(with_used_vocabulary(stated))
    dataset.add(list(conflict_quads(dataset, Minter())))
    return tuple(sorted(dataset.quads(), key=str))


def damaged(graph: tuple[ox.Quad, ...], chance: random.Random, faults: int) -> set[ox.Quad]:
    """The triples after some were taken away, got another end, another type, or a second value."""
    out = set(graph)
    # A start that is no number is an error for rdflib's SUBSTR, not a finding.
    data = [q for q in graph if "/id/" in str(q.subject) and not q.predicate.value.startswith(PREFIXES["oa"])]
    for quad in chance.sample(data, faults):
        other = chance.choice(data)
        out.discard(quad)
        match chance.randrange(5):
            case 0:
                out.add(ox.Quad(quad.subject, quad.predicate, other.object))
            case 1:
                out |= {quad, ox.Quad(quad.subject, quad.predicate, ox.Literal("x\n"))}
            case 2:
                out |= {quad, ox.Quad(quad.subject, other.predicate, quad.object)}
            case 3:
                out |= {quad, ox.Quad(quad.subject, _TYPE, chance.choice(_CLASSES))}
    return out


_CLASSES = [ox.NamedNode(expand(f"rkg:{name}")) for name in ("Drug", "ClinicalTrial", "Release", "Evidence")]


def of(triples: set[ox.Quad]) -> Dataset:
    dataset = Dataset.in_memory()
    dataset.bulk_add(triples)
    return dataset


def counted(report: Report) -> Counter[Finding]:
    return Counter(report.findings)


@pytest.mark.parametrize("seed", range(2))
def test_a_change_gives_the_report_of_a_full_run(graph: tuple[ox.Quad, ...], seed: int) -> None:
    """What is validated after a change, with what was found before, is what validating everything finds."""
    chance = random.Random(seed)
    old = damaged(graph, chance, 30)
    before = validate(of(old))
    new = damaged(tuple(sorted(old, key=str)), chance, 15)
    changed = [quad.triple for quad in old ^ new]
    full = validate(of(new))
    assert before.findings
    assert full.findings != before.findings
    assert revalidate(of(new), before, changed) == full


def test_screens_pass_over_nothing(graph: tuple[ox.Quad, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """What pySHACL finds when it looks at every node, it finds when it looks at those of the screens."""
    data = of(damaged(graph, random.Random(5), 60))
    found = validate(data)
    monkeypatch.setattr(validation, "screens", lambda shapes, data: {})
    assert counted(validate(data)) == counted(found)
    assert len({finding.constraint for finding in found.findings}) > 5


def test_a_report_is_read_back_from_its_graph(graph: tuple[ox.Quad, ...]) -> None:
    """What a snapshot says of itself serves the next build."""
    old = of(damaged(graph, random.Random(7), 30))
    report = validate(old)
    old.add(report.quads())
    again = revalidate(old, read_report(old), [])
    assert again.findings == report.findings


SHAPES = f"""@prefix sh: <{PREFIXES["sh"]}> . @prefix xsd: <{PREFIXES["xsd"]}> . @prefix e: <urn:e:> .
"""


def test_the_digest_of_rules_is_that_of_their_content(tmp_path: Path) -> None:
    """Read twice the same, though blank nodes are named anew; another number is another digest."""
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    shape = "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:minCount %s ] ."
    one.write_text(SHAPES + shape % 1, "utf-8")
    other.write_text(SHAPES + shape % 2, "utf-8")
    assert rules_digest([one]) == rules_digest([one]) != rules_digest([other])
