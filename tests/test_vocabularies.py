"""Vocabularies of the user's own: what is taken from OBO, OWL and SKOS, what is dropped, what builds make of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.build import read_facts
from kg.cli import main
from kg.errors import InputError, VocabularyError
from kg.model import Concept, Kind, Release
from kg.namespaces import expand
from kg.ontology import ImportedVocabulary, load_vocabulary, vocabulary_quads
from kg.vocabularies import import_vocabulary, list_vocabularies, load_imported, remove_vocabulary

OBO = """format-version: 1.2
data-version: 2026-01
! a comment

[Term]
id: MINE:0001
name: Quellborn syndrome
synonym: "Quellborn-Meyer \\"nerve\\" disease" EXACT [PMID:1]
synonym: "bad nerves" RELATED []
synonym: "QB" EXACT []
xref: MONDO:0012345 {source="MONDO:equivalentTo"}
xref: MESH:D000001
is_a: MINE:0002 {source="x"} ! rare nerve disease

[Term]
id: MINE:0002
name: rare nerve disease
synonym: "disease" EXACT []

[Term]
id: MINE:0003
name: old thing
is_obsolete: true

[Typedef]
id: part_of
name: part of
"""

SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix x: <https://acme.example/terms/> .
@prefix rkg: <https://w3id.org/releasekg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
x:scheme a skos:ConceptScheme ; owl:versionInfo "7" ; skos:prefLabel "Our terms" .
x:a a skos:Concept ; skos:prefLabel "Quellin receptor"@en, "Quellin-Rezeptor"@de ; skos:altLabel "QLNR1"@en-GB ;
    skos:hiddenLabel "Quelin receptor" ; skos:broader x:b ; skos:exactMatch <http://purl.obolibrary.org/obo/NCIT_C1> .
x:b a skos:Concept, rkg:Platform ; skos:prefLabel "Quellin platform"@en .
x:c a skos:Concept ; skos:prefLabel "nur deutsch"@de .
"""

OWL = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
  xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:oio="http://www.geneontology.org/formats/oboInOwl#">
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MINE_0001"><rdfs:label>Quellborn syndrome</rdfs:label>
  <oio:hasExactSynonym>Quellborn-Meyer disease</oio:hasExactSynonym>
  <rdfs:subClassOf rdf:resource="http://purl.obolibrary.org/obo/MINE_0002"/></owl:Class>
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MINE_0002"><rdfs:label>rare nerve disease</rdfs:label></owl:Class>
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MINE_0003"><rdfs:label>gone</rdfs:label>
  <owl:deprecated>true</owl:deprecated></owl:Class></rdf:RDF>"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def concepts(data: Path) -> dict[str, Concept]:
    return {c.curie: c for vocabulary in load_imported(data) for c in vocabulary.concepts}


def test_obo(tmp_path: Path) -> None:
    """Label, exact synonyms, hierarchy and equivalents are taken, and what is dropped is counted."""
    summary = import_vocabulary(write(tmp_path, "mine.obo", OBO), tmp_path)
    assert (summary.concepts, summary.names, summary.obsolete, summary.hopeless) == (2, 3, 1, 2)
    assert summary.source == "mine.obo (2026-01)"
    found = concepts(tmp_path)
    assert found["disease:quellborn-syndrome"] == Concept(
        "disease:quellborn-syndrome",
        Kind.DISEASE,
        "Quellborn syndrome",
        ('Quellborn-Meyer "nerve" disease',),
        broader=("disease:rare-nerve-disease",),
        codes=("obo:MINE_0001", "MONDO:0012345"),
    )


def test_owl(tmp_path: Path) -> None:
    """OWL classes give the same as the OBO terms that they stand for."""
    import_vocabulary(write(tmp_path, "mine.owl", OWL), tmp_path)
    found = concepts(tmp_path)
    assert set(found) == {"disease:quellborn-syndrome", "disease:rare-nerve-disease"}
    assert found["disease:quellborn-syndrome"].alt == ("Quellborn-Meyer disease",)
    assert found["disease:quellborn-syndrome"].broader == ("disease:rare-nerve-disease",)


def test_skos(tmp_path: Path) -> None:
    """SKOS concepts have their English names; a class of the project says the kind, else the user does."""
    summary = import_vocabulary(write(tmp_path, "t.ttl", SKOS), tmp_path, kind=Kind.TARGET)
    assert (summary.concepts, summary.unnamed, summary.source) == (2, 1, "t.ttl (7)")
    found = concepts(tmp_path)
    assert found["target:quellin-receptor"].alt == ("QLNR1",)
    assert found["target:quellin-receptor"].hidden == ("Quelin receptor",)
    assert found["target:quellin-receptor"].codes == ("https://acme.example/terms/a", "NCIT:C1")
    assert found["platform:quellin-platform"].kind is Kind.PLATFORM


def terms(*terms: tuple[str, ...]) -> str:
    out = "format-version: 1.2\n"
    for number, (name, *synonyms) in enumerate(terms):
        out += f"\n[Term]\nid: X:{number}\nname: {name}\n" + "".join(
            f'synonym: "{s}" EXACT []\n' for s in synonyms
        )
    return out


def test_ambiguous_names(tmp_path: Path) -> None:
    """A synonym of two terms names neither; one that is another term's label names that one."""
    text = terms(("alphitis", "shared name"), ("betitis", "Shared Name", "Alphitis"))
    summary = import_vocabulary(write(tmp_path, "a.obo", text), tmp_path)
    assert summary.ambiguous == 3
    assert [(c.label, c.alt) for c in concepts(tmp_path).values()] == [("alphitis", ()), ("betitis", ())]


def test_hopeless_names(tmp_path: Path) -> None:
    """Plain English, one or two letters, bare numbers and whole sentences are no names; the next name takes over."""
    text = terms(("Cold", "rhinoviral coryza", "CC", "ALL", "123", "x" * 200))
    summary = import_vocabulary(write(tmp_path, "a.obo", text), tmp_path)
    assert (summary.hopeless, summary.long) == (4, 1)
    assert [c.label for c in concepts(tmp_path).values()] == ["rhinoviral coryza"]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            "a.obo",
            "format-version: 1.2\n[Term]\nid: X:1\nthis is no tag\n",
            "line 4: 'this is no tag' is no 'tag: value'",
        ),
        ("a.obo", "[Term]\nname: x\n", "line 2: 'name' before the id"),
        ("a.obo", "[Term]\n\n[Term]\nid: X:1\n", r"line 1: a \[Term\] without id"),
        (
            "a.obo",
            "[Term]\nid: X:1\nsynonym: none EXACT\n",
            "line 3: a synonym needs its text in double quotes",
        ),
        ("a.obo", "[Term\nid: X:1\n", "line 1: .*bracket is not closed"),
        ("a.obo", "format-version: 1.2\n", "no term in it"),
        ("a.obo", terms(("the",)), "none of 1 terms has a usable English name"),
        ("a.ttl", "<a> a .\n", "line 1"),
        ("a.ttl", "", "no term in it"),
        ("a.owl", "<rdf:RDF", "a.owl: "),
        ("a.csv", "x", "the format is told by the suffix"),
    ],
)
def test_malformed(tmp_path: Path, name: str, text: str, reason: str) -> None:
    """A file that is not what it should be is one line with file, line and remedy; nothing is written."""
    with pytest.raises(InputError, match=reason) as error:
        import_vocabulary(write(tmp_path, name, text), tmp_path)
    assert str(error.value).startswith(str(tmp_path / name))
    assert "\n" not in str(error.value)
    assert list_vocabularies(tmp_path) == ()


def test_not_utf8(tmp_path: Path) -> None:
    """Neither is a file in another encoding a traceback."""
    (tmp_path / "a.obo").write_bytes("[Term]\nid: X:1\nname: Sjögren\n".encode("cp1252"))
    with pytest.raises(InputError, match="is not UTF-8"):
        import_vocabulary(tmp_path / "a.obo", tmp_path)


def test_replace_list_remove(tmp_path: Path) -> None:
    """A vocabulary of the same name is replaced; one removed is gone; a strange name is refused."""
    file = write(tmp_path, "a.obo", terms(("alphitis",)))
    import_vocabulary(file, tmp_path)
    write(tmp_path, "a.obo", terms(("betitis",), ("gammitis",)))
    import_vocabulary(file, tmp_path)
    assert [(s.name, s.concepts) for s in list_vocabularies(tmp_path)] == [("a", 2)]
    with pytest.raises(InputError, match="choose one with --name"):
        import_vocabulary(file, tmp_path, name="../a")
    with pytest.raises(InputError, match=r"no such vocabulary .* there are: a"):
        remove_vocabulary(tmp_path, "b")
    remove_vocabulary(tmp_path, "a")
    assert load_imported(tmp_path) == ()


@pytest.mark.parametrize("damage", ["", "{}", '#{"format": 99}', "#[]"])
def test_damaged_head(tmp_path: Path, damage: str) -> None:
    """A file that no import wrote is named, with the remedy."""
    import_vocabulary(write(tmp_path, "a.obo", terms(("alphitis",))), tmp_path)
    (tmp_path / "vocabularies" / "a.tsv").write_text(damage)
    for read in (load_imported, list_vocabularies):
        with pytest.raises(VocabularyError, match=r"a\.tsv: .*import"):
            read(tmp_path)


def test_damaged_line(tmp_path: Path) -> None:
    """So is one that was cut off."""
    import_vocabulary(write(tmp_path, "a.obo", terms(("alphitis",))), tmp_path)
    path = tmp_path / "vocabularies" / "a.tsv"
    path.write_text(path.read_text()[:-4])
    with pytest.raises(VocabularyError, match=r"a\.tsv: line 2: damaged"):
        load_imported(tmp_path)


def imported(*given: Concept) -> ImportedVocabulary:
    return ImportedVocabulary("mine", "mine.obo (1)", given)


def test_united_by_label_and_by_code() -> None:
    """An imported concept that is a known one, by label or code, gives it its names and codes."""
    by_label = Concept(
        "disease:mm-x", Kind.DISEASE, "Multiple Myeloma", ("Kahler-Weiss disease",), codes=("obo:M_1",)
    )
    by_code = Concept("disease:x", Kind.DISEASE, "myelomatosis of Weiss", codes=("DOID:9538",))
    known = load_vocabulary(imported(by_label, by_code)).by_curie()["disease:multiple-myeloma"]
    assert {"Kahler-Weiss disease", "myelomatosis of Weiss"} <= set(known.alt)
    assert "obo:M_1" in known.codes
    assert known.label == "multiple myeloma"


def test_known_names_keep_their_meaning() -> None:
    """No import takes a name from a concept of the project, nor an agency's abbreviation for a disease."""
    taker = Concept("disease:y", Kind.DISEASE, "yttritis", ("multiple myeloma", "EMA"), codes=("obo:M_2",))
    assert load_vocabulary(imported(taker)).by_curie()["disease:y"].alt == ()


def test_another_thing_of_the_same_name() -> None:
    """Where codes of one authority differ, one name does not make two things one."""
    other = Concept(
        "disease:mm-y", Kind.DISEASE, "multiple myeloma", ("Weiss disease",), codes=("DOID:0000001",)
    )
    found = load_vocabulary(imported(other)).by_curie()
    assert "Weiss disease" not in found["disease:multiple-myeloma"].alt
    assert "disease:mm-y" not in found


def test_quads() -> None:
    """A used concept is written with its broader ones, exact matches and source; an unused one is not."""
    narrow = Concept(
        "disease:n", Kind.DISEASE, "nexitis", broader=("disease:w",), codes=("https://a.example/n",)
    )
    wide = Concept("disease:w", Kind.DISEASE, "wexitis", codes=("MONDO:1",))
    unused = Concept("disease:u", Kind.DISEASE, "uxitis", codes=("MONDO:2",))
    quads = list(vocabulary_quads(["disease:n"], imported(narrow, wide, unused)))
    of = {(q.predicate.value, q.object.value) for q in quads if q.subject.value == expand("disease:n")}
    assert {
        (expand("skos:exactMatch"), "https://a.example/n"),
        (expand("skos:broader"), expand("disease:w")),
        (expand("dcterms:source"), "mine.obo (1)"),
        (expand("skos:prefLabel"), "nexitis"),
    } <= of
    subjects = {q.subject.value for q in quads}
    assert expand("disease:w") in subjects
    assert expand("disease:u") not in subjects


def test_names_are_found_in_releases(tmp_path: Path) -> None:
    """A disease that only the import knows is the indication that a release states."""
    runner = CliRunner()
    file = str(write(tmp_path, "mine.obo", OBO))
    done = runner.invoke(main, ["vocab", "import", file, "--data", str(tmp_path)])
    assert done.exit_code == 0
    assert "Imported mine" in done.stderr
    listed = runner.invoke(main, ["vocab", "list", "--data", str(tmp_path)])
    assert listed.stdout == "mine\t2\t3\tmine.obo (2026-01)\n"
    text = (
        "Acme Receives Orphan Drug Designation\n\nBOSTON, March 4, 2021 (GLOBE NEWSWIRE) -- Acme Therapeutics, Inc. "
        "today announced that the FDA has granted orphan drug designation to ACM-204 for the treatment of "
        "Quellborn syndrome.\n"
    )
    lines = [line.as_json() for line in read_facts([Release("r", "r.txt", text)], data=tmp_path)]
    designation = next(line for line in lines if line["rel"] == "designation")
    assert designation["q"]["indication"] == "Quellborn syndrome"
    assert runner.invoke(main, ["vocab", "remove", "mine", "--data", str(tmp_path)]).exit_code == 0
    wrong = runner.invoke(main, ["vocab", "import", file, "--kind", "song", "--data", str(tmp_path)])
    assert wrong.exit_code == 2
    assert "--kind song: there are agency" in wrong.stderr
