"""The invented releases of `bench/synthetic.py` are what benches and tests take them for."""

from __future__ import annotations

from pathlib import Path

from bench import synthetic
from kg.fact_view import facts
from kg.findings import Severity
from kg.snapshots import Snapshots
from kg.validation import validate


def test_size_and_prefix() -> None:
    """About 200 quads each, and release n is the same however many are asked for."""
    all_quads = list(synthetic.quads(releases=100))
    assert 15_000 < len(all_quads) < 25_000
    last = list(synthetic.quads(releases=1, first=99))
    assert all_quads[-len(last) :] == last


def test_things_are_shared_between_releases() -> None:
    """Companies, drugs and trials come back: triples of several graphs are one in the default graph."""
    all_quads = list(synthetic.quads(releases=100))
    assert len({quad.triple for quad in all_quads}) < 0.95 * len(all_quads)


def test_a_published_snapshot_is_a_graph_like_any_other(tmp_path: Path) -> None:
    """It can be opened, read back as facts, and breaks no shape."""
    synthetic.publish(tmp_path, releases=8)
    dataset = Snapshots(tmp_path).current().open()
    relations = {fact.relation for fact in facts(dataset)}
    assert {"develops", "trial", "designation", "drug_platform"} <= relations
    violations = [f.message for f in validate(dataset).findings if f.severity is Severity.VIOLATION]
    assert violations == []
