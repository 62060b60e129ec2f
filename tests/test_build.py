"""The whole flow on small releases of our own: what is published, what is reported, what is refused."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from bench import synthetic
from kg import build as build_module
from kg.build import BuildReport, build
from kg.changes import Changes
from kg.errors import InputError, NoSnapshot, PublishRefused, UnreadableRelease
from kg.export import export
from kg.fact_view import FactLine, facts
from kg.findings import Report
from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, REPORT_GRAPH, VOCABULARY_GRAPH, Minter
from kg.reasoning import Inconsistency, Inference, Reasoner
from kg.snapshots import Snapshots
from kg.store import Dataset
from tests.used_vocabulary import build_with_used_vocabulary, with_used_vocabulary

FIRST = """March 4, 2024

Norvane Therapeutics Receives Orphan Drug Designation for NVT-210 in Glioma

BOSTON, March 4, 2024 (GLOBE NEWSWIRE) -- Norvane Therapeutics, Inc. (Nasdaq: NVNT), a clinical-stage company, today
announced that the U.S. Food and Drug Administration (FDA) has granted orphan drug designation to NVT-210 for the
treatment of glioma.

"If NVT-210 is approved, it may change how glioma is treated," said Dana Reyes, chief executive officer of Norvane.

About Norvane Therapeutics

Norvane Therapeutics is developing NVT-210, an antibody-drug conjugate, in a Phase 2 trial in patients with glioma.
"""
SECOND = """April 9, 2024

Norvarne Therapeutics Doses First Patient in Phase 2 Trial of NVT-210

BOSTON, April 9, 2024 (GLOBE NEWSWIRE) -- Norvarne Therapeutics (Nasdaq: NVNT) today announced that the first patient
has been dosed in its Phase 2 trial of NVT-210 in patients with glioma.
"""
#: Of the build that many tests look at.
BASE = "https://example.org/graph/"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test builds itself has little of the vocabulary; the build that many tests look at has all of it."""
    build_with_used_vocabulary(monkeypatch)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return write_sources(tmp_path)


def write_sources(folder: Path) -> Path:
    sources = folder / "releases"
    sources.mkdir()
    (sources / "first.txt").write_text(FIRST, encoding="utf-8")
    (sources / "second.txt").write_text(SECOND, encoding="utf-8")
    (sources / "empty.txt").write_text(" \n", encoding="utf-8")
    (sources / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    (sources / "undated.txt").write_text(
        "Acme Pharma Names a Chief Scientist\n\nAcme hires.\n", encoding="utf-8"
    )
    return sources


@dataclass(frozen=True)
class Built:
    """One build, looked at by many tests."""

    sources: Path
    data: Path
    report: BuildReport
    lines: list[FactLine]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("built")
    sources = write_sources(folder)
    report = build([sources], folder / "data", base=BASE)
    return Built(sources, folder / "data", report, list(facts(Snapshots(folder / "data").current().open())))


def test_a_build_publishes_a_graph_that_conforms(built: Built) -> None:
    """Releases in, a snapshot out, with every graph in its place."""
    assert built.report.report.conforms
    graphs = set(Snapshots(built.data).current().open().graphs())
    assert {ONTOLOGY_GRAPH, VOCABULARY_GRAPH, INFERRED_GRAPH, REPORT_GRAPH} < graphs
    assert sum("/id/release/" in g for g in graphs) == built.report.read == 3
    assert len(built.lines) == built.report.facts
    [designation] = [f for f in built.lines if f.relation == "designation" and f.modality == "asserted"]
    assert (designation.s, designation.o) == ("NVT-210", "orphan drug")
    assert designation.q["agency"] == "FDA"


def test_one_company_over_both_spellings(built: Built) -> None:
    """The ticker joins what a misspelling would split."""
    assert len({f.s_iri for f in built.lines if f.relation == "ticker"}) == 1


def test_every_evidence_is_a_slice_of_its_release(built: Built) -> None:
    """Offsets point into the file as it is."""
    for line in built.lines:
        text = (built.sources / f"{line.release}.txt").read_text(encoding="utf-8")
        assert line.evidence
        for piece in line.evidence:
            assert text[piece.start : piece.end] == piece.text


def test_the_base_of_iris_is_a_setting(built: Built) -> None:
    """Instances live under the base asked for; the ontology keeps its own."""
    assert {f.s_iri.partition("/id/")[0] for f in built.lines} == {"https://example.org/graph"}
    assert Snapshots(built.data).current().manifest.base == BASE


def test_a_base_that_joins_badly_is_an_error(sources: Path, tmp_path: Path) -> None:
    """Without its slash the base would run into the path."""
    with pytest.raises(InputError, match="must end in /"):
        build([sources], tmp_path / "data", base="https://example.org")


def test_a_release_that_cannot_be_read_is_reported(built: Built) -> None:
    """The rest of the build goes on."""
    assert {Path(f.path).name for f in built.report.failed} == {"empty.txt", "binary.txt"}


def test_a_release_without_a_date_is_named(built: Built) -> None:
    """It is in the graph, and the report names it."""
    assert built.report.undated == ("undated",)


def test_order_and_hash_seed_do_not_matter(built: Built, tmp_path: Path) -> None:
    """Two builds, files in another order, another hash seed: the same bytes of Turtle."""
    other = tmp_path / "other"
    files = [str(built.sources / f"{name}.txt") for name in ("undated", "second", "first")]
    code = "import sys; from pathlib import Path; from kg.build import build; " + (
        f"build([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]), base={BASE!r})"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"}
    subprocess.run([sys.executable, "-c", code, str(other), *files], check=True, env=environment)
    exported = []
    for data in (built.data, other):
        out = tmp_path / "graph.ttl"
        with out.open("wb") as file:
            export(Snapshots(data).current().open(), "turtle", file)
        exported.append(out.read_bytes())
    assert len(exported[0]) > 5000
    assert exported[0] == exported[1]


@pytest.mark.usefixtures("small")
def test_strict_stops_at_the_first_unreadable_release(sources: Path, tmp_path: Path) -> None:
    """With `strict` nothing is published."""
    with pytest.raises(UnreadableRelease):
        build([sources], tmp_path / "data", strict=True)
    with pytest.raises(NoSnapshot):
        Snapshots(tmp_path / "data").current()


@pytest.mark.usefixtures("small")
def test_a_build_after_a_change_validates_what_changed(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Graph and report are those of a full build."""
    data = tmp_path / "data"
    build([sources / "first.txt"], data)
    text = SECOND.replace("Norvarne", "Norvane").replace("glioma", "melanoma")
    (sources / "first.txt").write_text(FIRST.replace("Boston", "Basel"), encoding="utf-8")
    (sources / "second.txt").write_text(text, encoding="utf-8")
    full = build([sources], tmp_path / "other")
    changed: list[int] = []
    real = build_module.revalidate

    def counting(dataset: Dataset, before: Report, triples: Sequence[ox.Triple]) -> Report:
        changed.append(len(triples))
        return real(dataset, before, triples)

    monkeypatch.setattr(build_module, "revalidate", counting)
    again = build([sources], data)
    assert again.report == full.report
    assert again.snapshot.manifest.content_hash == full.snapshot.manifest.content_hash
    assert len(changed) == 1
    assert 0 < changed[0] < full.triples / 2


@pytest.mark.parametrize("alone", [True, False])
def test_a_small_change_is_inferred_alone(alone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release more and one less: the graph is that of a whole inference, and what differs is known, either way."""
    stated = with_used_vocabulary([*synthetic.background(), *synthetic.quads(releases=30)])
    gone, new = synthetic.quads(releases=1, first=11), synthetic.quads(releases=1, first=30)
    changed: list[int] = []

    def noted(dataset: Dataset, before: Dataset | None, changes: Changes | None) -> Report:
        if before is not None and changes is not None:
            changed.append(len(changes.triples(before, dataset)))
        return Report(())

    monkeypatch.setattr(build_module, "_validated", noted)
    monkeypatch.setattr(build_module, "_MANY", 4 if alone else 10_000)

    def completed(quads: Iterable[ox.Quad], before: Dataset | None = None) -> Dataset:
        dataset = Dataset.in_memory(quads)
        build_module.complete(dataset, Minter(), before=before)
        return dataset

    before = completed(stated)
    later = [*{*stated, *new} - {*gone}]
    whole = completed(later)
    if alone:
        monkeypatch.delattr(build_module, "infer")
    again = completed(later, before)
    assert {*again.quads_for()} == {*whole.quads_for()} != {*before.quads_for()}
    differing = {quad.triple for quad in {*before.quads()} ^ {*whole.quads()}}
    assert changed == [len(differing)]


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    """An empty file alone publishes nothing and says why."""
    (tmp_path / "empty.txt").touch()
    with pytest.raises(InputError, match=r"empty\.txt"):
        build([tmp_path / "empty.txt"], tmp_path / "data")


@pytest.mark.usefixtures("small")
def test_a_graph_that_does_not_conform_is_not_published(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was published before stays, and the report comes with the refusal."""
    shape = tmp_path / "impossible.ttl"
    shape.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rkg: <https://w3id.org/releasekg/ontology#> .\n"
        "<https://example.org/S> a sh:NodeShape ; sh:targetClass rkg:Drug ; sh:property <https://example.org/P> .\n"
        "<https://example.org/P> a sh:PropertyShape ; sh:path rkg:platform ; sh:minCount 99 ;\n"
        '    sh:message "A drug needs 99 platforms: add them." .\n',
        encoding="utf-8",
    )
    real = build_module.validate

    def strict(data: object) -> Report:
        return real(data, shapes=[shape])  # type: ignore[arg-type]

    monkeypatch.setattr(build_module, "validate", strict)
    with pytest.raises(PublishRefused, match="99 platforms") as refused:
        build([built.sources / "first.txt"], built.data, full=True)
    assert "99 platforms" in refused.value.details
    assert Snapshots(built.data).current_id() == built.report.snapshot.id


def with_shape(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    """Let builds be checked against one more shape."""
    extra = folder / "extra.ttl"
    extra.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rkg: <https://w3id.org/releasekg/ontology#> .\n"
        "@prefix oa: <http://www.w3.org/ns/oa#> .\n" + text,
        encoding="utf-8",
    )
    real = build_module.validate

    def stricter(data: object) -> Report:
        return real(data, shapes=[extra])  # type: ignore[arg-type]

    monkeypatch.setattr(build_module, "validate", stricter)


@pytest.mark.parametrize(
    ("relation", "shape"),
    [
        (
            "ticker",
            "[] a sh:NodeShape ; sh:targetSubjectsOf rkg:ticker ; sh:property "
            '[ sh:path rkg:ticker ; sh:pattern "^NYSE:" ; sh:message "Only New York, please." ] .',
        ),
        (
            "designation",
            "[] a sh:NodeShape ; sh:targetClass rkg:RegulatoryDesignation ; sh:property "
            '[ sh:path rkg:agency ; sh:maxCount 0 ; sh:message "No agency, please." ] .',
        ),
    ],
)
@pytest.mark.usefixtures("small")
def test_a_violating_statement_is_withheld(
    relation: str, shape: str, built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is published without it; report and manifest name file, line and words, and --strict refuses."""
    source = built.sources / "first.txt"
    with_shape(monkeypatch, tmp_path, shape)
    report = build([source], tmp_path / "data")
    assert report.report.conforms
    [left] = {left.fact.relation for left in report.withheld}
    assert left == relation
    lines = list(facts(Snapshots(tmp_path / "data").current().open()))
    assert {f.relation for f in lines} >= {"release_date", "develops"}
    assert relation not in {f.relation for f in lines if f.modality == "asserted"}
    assert re.match(r"first\.txt:[35]:\d+: ", str(report.withheld[0]))
    assert report.snapshot.manifest.withheld == tuple(map(str, report.withheld))
    with pytest.raises(PublishRefused, match="please"):
        build([source], tmp_path / "strict", strict=True)


@pytest.mark.usefixtures("small")
def test_an_inconsistent_graph_is_not_published(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An inconsistency blocks publishing and is told; the reasoner is the one that was asked for."""

    def found(_: Dataset, *, reasoner: Reasoner) -> Inference:
        told = Inconsistency(
            f"{reasoner}: a drug is a person", sentences=(("first", "Jo Doe is given daily."),)
        )
        return Inference(quads=(), inconsistencies=(told,))

    monkeypatch.setattr(build_module, "infer", found)
    with pytest.raises(PublishRefused, match="owlrl: a drug is a person") as caught:
        build([built.sources / "first.txt"], tmp_path / "data", reasoner=Reasoner.OWLRL)
    assert "first: “Jo Doe is given daily.”" in caught.value.details
