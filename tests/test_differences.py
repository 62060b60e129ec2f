"""`kg.differences`: what was added, withdrawn and changed, told and as a patch."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.differences import Difference, compare, in_words, open_side
from kg.errors import InputError
from kg.model import Fact
from kg.namespaces import PROJECT, Minter
from kg.quads import release_quads
from kg.rdf_writing import write
from kg.resolution import resolve
from kg.snapshots import Manifest, Snapshots
from tests import facts as given
from tests.used_vocabulary import used_vocabulary_quads

DATA = Path("no-data")
LATER = replace(
    given.DESIGNATION,
    qualifiers=(*given.DESIGNATION.qualifiers[:1], ("date", "2024-03-02"), *given.DESIGNATION.qualifiers[2:]),
)


@pytest.fixture(autouse=True)
def small_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each side is read with the concepts that it uses: the whole vocabulary would be most of the time."""
    monkeypatch.setattr("kg.differences.vocabulary_quads", used_vocabulary_quads)


def quads(facts: Sequence[Fact]) -> list[ox.Quad]:
    return list(release_quads(given.RELEASE, resolve({"r1": tuple(facts)})["r1"], Minter()))


def rdf(path: Path, facts: Sequence[Fact]) -> str:
    format_ = "turtle" if path.suffix == ".ttl" else "nquads"
    with path.open("wb") as out:
        write(quads(facts), format_, out)
    return str(path)


def snapshot(data: Path, facts: Sequence[Fact]) -> str:
    with Snapshots(data).draft() as draft:
        draft.dataset.bulk_add(quads(facts))
        return draft.publish(Manifest.of(draft.dataset, base=PROJECT)).id


def diff(before: str, after: str, **options: object) -> Difference:
    return compare(open_side(before, DATA), open_side(after, DATA), **options)  # type: ignore[arg-type]


def test_the_same_is_no_difference(tmp_path: Path) -> None:
    """False, and says so."""
    one = rdf(tmp_path / "1.nq", given.ALL)
    difference = diff(one, one)
    assert not difference
    assert difference.as_text() == "no difference\n"
    assert difference.as_patch() == "TX .\nTC .\n"


@pytest.mark.parametrize("suffix", ["ttl", "nq"])
def test_added_withdrawn_changed(tmp_path: Path, suffix: str) -> None:
    """Each fact in words with its sentence; a changed one with what it was."""
    one = rdf(tmp_path / f"1.{suffix}", [given.TICKER, given.DESIGNATION, given.HOPE])
    two = rdf(tmp_path / f"2.{suffix}", [given.TRIAL, LATER, given.HOPE])
    difference = diff(one, two)
    assert [line["rel"] for line in difference.added] == ["trial"]
    assert [line["rel"] for line in difference.withdrawn] == ["ticker"]
    assert [(c.after["rel"], c.fields) for c in difference.changed] == [("designation", ("q",))]
    text = difference.as_text()
    assert text.startswith("r1\n  - ticker: Example Therapeutics → NASDAQ:EXMP\n      “NASDAQ: EXMP”\n")
    assert "      date: 2024-03-01 → 2024-03-02\n      “the FDA has granted" in text
    assert "  + trial: EX-101 → 2 (indications lymphoma, multiple myeloma, enrollment 40)\n" in text
    assert re.search(r"\nfacts: 1 added, 1 withdrawn, 1 changed; triples: \d+ added, \d+ removed\n$", text)
    raw = json.loads(difference.as_json())
    assert (raw["same"], len(raw["added"]), raw["changed"][0]["fields"]) == (False, 1, ["q"])


@pytest.mark.parametrize("suffix", ["ttl", "nq"])
def test_the_patch_makes_the_first_the_second(tmp_path: Path, suffix: str) -> None:
    """Its rows, applied to the first file, give the second one's statements."""
    one = rdf(tmp_path / f"1.{suffix}", given.ALL[:5])
    two = rdf(tmp_path / f"2.{suffix}", [LATER, *given.ALL[2:]])
    rows = diff(one, two).as_patch().splitlines()
    assert (rows[0], rows[-1]) == ("TX .", "TC .")
    before, after = (set(ox.parse(path=path)) for path in (one, two))
    for row in rows[1:-1]:
        (quad,) = ox.parse(row[2:], format=ox.RdfFormat.N_QUADS)
        if row[0] == "D":
            before.remove(quad)
        else:
            assert row[0] == "A"
            before.add(quad)
    assert before == after


def test_another_object_read_from_the_same_words_is_a_change(tmp_path: Path) -> None:
    """Not one fact less and one more."""
    one = rdf(tmp_path / "1.nq", [given.DESIGNATION])
    other = replace(
        given.DESIGNATION, object=replace(given.ORPHAN, label="fast track", concept="designation:fast-track")
    )
    (change,) = diff(one, rdf(tmp_path / "2.nq", [other])).changed
    assert change.fields == ("o",)


def test_a_new_name_is_told_once(tmp_path: Path) -> None:
    """The facts about the thing are the same."""
    one = rdf(tmp_path / "1.ttl", given.ALL)
    two = tmp_path / "2.ttl"
    two.write_text(Path(one).read_text().replace('skos:prefLabel "EX-101" ', 'skos:prefLabel "EX 101" '))
    difference = diff(one, str(two))
    assert difference.renamed == ((f"{PROJECT}id/drug/ex-101", "EX-101", "EX 101"),)
    assert not difference.added + difference.withdrawn
    assert "  ~ name: EX-101 → EX 101\n" in difference.as_text()


def test_a_snapshot_and_the_turtle_made_of_it(tmp_path: Path) -> None:
    """The same, though Turtle does not say which release a triple is of."""
    snapshot(tmp_path / "data", given.ALL)
    path = rdf(tmp_path / "1.ttl", given.ALL)
    assert not diff(str(tmp_path / "data"), path)
    assert diff(str(tmp_path / "data"), rdf(tmp_path / "2.ttl", given.ALL[1:])).withdrawn


def test_snapshots_are_named_by_id_or_number(tmp_path: Path) -> None:
    """Of the data directory given, or by their own folder."""
    ids = [snapshot(tmp_path, facts) for facts in (given.ALL[1:], given.ALL)]
    for before, after in (ids, ["1", "2"], [str(tmp_path / "snapshots" / ids[0]), str(tmp_path)]):
        difference = compare(open_side(before, tmp_path), open_side(after, tmp_path))
        assert [line["rel"] for line in difference.added] == ["ticker"]
    with pytest.raises(InputError, match=f"^no file 7, and 7: no snapshot of .*{ids[0]}, {ids[1]}"):
        open_side("7", tmp_path)


def test_files_of_facts(tmp_path: Path) -> None:
    """Facts alone are compared; a patch cannot be made."""
    path = rdf(tmp_path / "1.nq", given.ALL)
    lines = tmp_path / "1.jsonl"
    lines.write_text("\n".join(json.dumps(line) for line in open_side(path, DATA).lines))
    assert not diff(path, str(lines))
    with pytest.raises(InputError, match="file of facts"):
        diff(path, str(lines)).as_patch()
    lines.write_text('{"release": "r1"}\n')
    with pytest.raises(InputError, match=r"1\.jsonl:1: no line of `kg facts`"):
        open_side(str(lines), DATA)


def test_what_may_be_ignored(tmp_path: Path) -> None:
    """By the names of the fields, or by looking at one release alone."""
    surer = replace(given.DESIGNATION, confidence=0.5)
    one, two = rdf(tmp_path / "1.nq", [given.DESIGNATION]), rdf(tmp_path / "2.nq", [surer])
    assert diff(one, two).changed[0].fields == ("confidence",)
    assert not diff(one, two, ignore=["confidence"])
    assert not diff(one, two, release="r2")
    with pytest.raises(InputError, match="--ignore taste: there are s, o, q"):
        diff(one, two, ignore=["taste"])


def test_files_without_facts(tmp_path: Path) -> None:
    """Any RDF has triples to compare; blank nodes do not differ by their labels."""
    one, two = tmp_path / "1.ttl", tmp_path / "2.ttl"
    one.write_text("<urn:a> <urn:p> [ <urn:q> 1 ], 2 .")
    two.write_text("<urn:a> <urn:p> 3, [ <urn:q> 1 ] .")
    text = diff(str(one), str(two)).as_text()
    assert re.findall(r"^  ([+-]) urn:a urn:p \"(\d)", text, re.MULTILINE) == [("-", "2"), ("+", "3")]
    assert text.endswith("facts: the same; triples: 1 added, 1 removed\n")


def test_a_fact_in_words() -> None:
    """Modality first where it is not asserted; lists joined."""
    line = {"rel": "trial", "s": "A", "o": "2", "q": {"country": ["US", "UK"]}, "modality": "planned"}
    assert in_words(line) == "trial: A → 2 (planned, country US, UK)"
