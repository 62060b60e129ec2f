"""`kg`: data on stdout, talk on stderr, exit codes, and one line for whatever goes wrong."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import IO

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg import build as build_module
from kg import cli
from kg.cli import main
from kg.model import Vocabulary
from kg.namespaces import PREFIXES, PROJECT, Minter, expand
from kg.ontology import ontology_quads, vocabulary_quads
from kg.quads import release_quads
from kg.reasoning import infer
from kg.resolution import resolve
from kg.snapshots import Manifest, ReleaseRecord, Snapshots
from tests import facts as given

ROOT = Path(__file__).parent.parent
KG = [sys.executable, "-c", "from kg.cli import main; main()"]
FACTS = {given.RELEASE.id: given.ALL}


CONCEPTS = {
    "agency:fda",
    "designation:orphan-drug",
    "disease:multiple-myeloma",
    "disease:lymphoma",
    "phase:2",
}
CONCEPTS |= {"regulatory-status:granted", "modality:asserted", "modality:hypothetical"}
CONCEPTS |= {"platform:drug-conjugate"}  # an axiom names it, so that it is inferred


@pytest.fixture(scope="module")
def vocabulary() -> list[ox.Quad]:
    """The concepts that the facts speak of: the whole vocabulary would be inferred over and checked in each test."""
    everything: dict[str, list[ox.Quad]] = {}
    for quad in vocabulary_quads():
        everything.setdefault(str(quad.subject), []).append(quad)
    waiting = [str(ox.NamedNode(expand(curie))) for curie in CONCEPTS]
    found: list[ox.Quad] = []
    while waiting:
        about = everything.pop(waiting.pop(), [])
        found += about
        waiting += [str(quad.object) for quad in about]
    return found


@pytest.fixture(autouse=True)
def small_vocabulary(vocabulary: list[ox.Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for what the commands load."""
    monkeypatch.setattr("kg.ontology.vocabulary_quads", lambda used=(): iter(vocabulary))
    monkeypatch.setattr(build_module, "vocabulary_quads", lambda used=(): iter(vocabulary))
    monkeypatch.setattr(build_module, "load_vocabulary", lambda: Vocabulary(()))


@pytest.fixture(scope="module")
def data(vocabulary: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the hand-made facts published."""
    folder = tmp_path_factory.mktemp("data")
    with Snapshots(folder).draft() as draft:
        draft.dataset.bulk_add(ontology_quads())
        draft.dataset.bulk_add(vocabulary)
        draft.dataset.bulk_add(release_quads(given.RELEASE, resolve(FACTS)[given.RELEASE.id], Minter()))
        draft.dataset.bulk_add(infer(draft.dataset).quads)
        releases = [ReleaseRecord(given.RELEASE.id, given.RELEASE.sha256)]
        draft.publish(Manifest.of(draft.dataset, base=PROJECT, releases=releases, facts=len(given.ALL)))
    return folder


def kg(*args: str | Path, data: Path | None = None, stdin: str | None = None) -> Result:
    """Run a command in this process."""
    extra = [] if data is None else ["--data", str(data)]
    return CliRunner().invoke(main, [*map(str, args), *extra], input=stdin, catch_exceptions=False)


def fails(result: Result, message: str, exit_code: int = 2) -> None:
    """One line on stderr, nothing on stdout."""
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert re.fullmatch(rf"Error: [^\n]*{message}[^\n]*\n", result.stderr), result.stderr


# --- help and usage ---------------------------------------------------------------------------------------


def test_help_imports_nothing_heavy() -> None:
    """`kg --help` answers at once because no library of a command is loaded for it."""
    heavy = {"spacy", "pyshacl", "rdflib", "owlrl", "flask", "rich", "pyoxigraph", "pandas", "gunicorn"}
    code = (
        "import sys\nfrom kg.cli import main\n"
        "try:\n    main(['--help'])\nfinally:\n    print(*sys.modules, file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert heavy & set(run.stderr.split()) == set()
    assert "serve" in run.stdout


def test_help_tells_commands_and_exit_codes() -> None:
    """Every command, also those that join, and what each exit code means."""
    result = kg("--help")
    assert result.exit_code == 0
    for word in (
        "build",
        "facts",
        "extract",
        "explain",
        "validate",
        "query",
        "diff",
        "export",
        "serve",
        "up",
        "Exit codes",
    ):
        assert word in result.stdout


@pytest.mark.parametrize("command", ["build", "facts", "extract", "explain", "validate", "query", "export"])
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    """Good enough to need no manual."""
    result = kg(command, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Examples?:\n +kg {command}", result.stdout)


def test_version() -> None:
    """Name and version."""
    assert kg("--version").stdout.startswith("releasekg, version ")


@pytest.mark.parametrize(
    "args",
    [
        ["build"],
        ["unknown"],
        ["query"],
        ["query", "ASK {}", "--file", "q.rq"],
        ["export", "--graph", "r1", "--with", "ontology"],
        ["export", "--format", "parquet"],
        ["build", "x", "--keep", "0"],
    ],
)
def test_wrong_usage_exits_2(args: list[str]) -> None:
    """Could not tell, with a hint at --help."""
    result = kg(*args)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def _entry(value: str) -> dict[str, EntryPoint]:
    return {"extra": EntryPoint(name="extra", value=value, group="kg.commands")}


def test_a_command_can_join(monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the entry-point group, without `kg` knowing it."""
    monkeypatch.setattr(cli, "_joined", lambda: _entry("tests.test_cli:joined"))
    assert "extra" in kg("--help").stdout
    assert kg("extra").stdout == "joined\n"


@click.command(short_help="Joins.")
def joined() -> None:
    """For the test above."""
    click.echo("joined")


def test_a_command_that_cannot_be_loaded_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken plug-in is named when it is called, and `kg --help` works."""
    monkeypatch.setattr(cli, "_joined", lambda: _entry("no_such_module:command"))
    assert "(cannot be loaded)" in kg("--help").stdout
    fails(kg("extra"), r"extra \(no_such_module:command\) cannot be loaded")


# --- nothing built, corrupt, in use -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "args", [["facts"], ["query", "ASK {}"], ["validate"], ["export"], ["export", "-o", "never.ttl"]]
)
def test_nothing_built_yet(args: list[str], tmp_path: Path) -> None:
    """One line that says what to run."""
    fails(kg(*args, data=tmp_path / "missing"), "nothing has been built here yet: run `kg build")
    assert not Path("never.ttl").exists()


def test_a_corrupt_snapshot(tmp_path: Path) -> None:
    """One line with the remedy."""
    with Snapshots(tmp_path).draft() as draft:
        snapshot = draft.publish(Manifest.of(draft.dataset, base=PROJECT))
    next(snapshot.dataset_path.glob("MANIFEST-*")).write_bytes(b"")
    fails(kg("facts", data=tmp_path), "the snapshot is corrupt.*kg build")


def test_two_builds_at_once(tmp_path: Path, sources: Path, extractor: None) -> None:
    """The second is refused, the first goes on."""
    with Snapshots(tmp_path / "data").draft():
        fails(kg("build", sources, data=tmp_path / "data"), "another build is at work here")


def test_the_environment_names_the_data_directory(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KG_DATA does what --data does."""
    monkeypatch.setenv("KG_DATA", str(data))
    assert kg("facts").exit_code == 0


# --- build ------------------------------------------------------------------------------------------------


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the language pipeline: every release states the hand-made facts."""
    monkeypatch.setattr(build_module, "_extract", lambda releases, vocabulary, *, cache=None, track: FACTS)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    (folder / "r1.txt").write_text(given.TEXT)
    return folder


def test_build_publishes_and_sums_up(tmp_path: Path, sources: Path, extractor: None) -> None:
    """stdout stays empty; stderr says what was read and published."""
    result = kg("build", sources, data=tmp_path / "data")
    assert (result.exit_code, result.stdout) == (0, "")
    snapshot = Snapshots(tmp_path / "data").current()
    assert re.match(r"Read 1 release: 8 facts, [\d,]+ triples; conforms", result.stderr)
    assert f"Published {snapshot.id}" in result.stderr


def test_build_names_what_it_leaves_out(tmp_path: Path, sources: Path, extractor: None) -> None:
    """An unreadable release is a warning and the build goes on."""
    (sources / "empty.txt").touch()
    (sources / "binary.txt").write_bytes(bytes(range(256)) * 8)
    result = kg("build", sources, data=tmp_path / "data")
    assert result.exit_code == 0
    assert re.search(r"Warning: .*empty\.txt: is empty: left out", result.stderr)
    assert re.search(r"Warning: .*binary\.txt: .*: left out", result.stderr)
    assert "Read 1 release, 2 left out" in result.stderr


def test_a_file_name_that_is_not_utf_8(tmp_path: Path, sources: Path, extractor: None) -> None:
    """It would be the release's id, so the release is left out."""
    try:
        (sources / os.fsdecode(b"\xff.txt")).write_text(given.TEXT)
    except OSError:
        pytest.skip("the file system refuses such names itself")
    result = kg("build", sources, data=tmp_path / "data")
    assert result.exit_code == 0
    assert "not UTF-8; rename it: left out" in result.stderr


def test_build_strict_stops_at_an_unreadable_release(tmp_path: Path, sources: Path, extractor: None) -> None:
    """Exit code 2, and what was published stays."""
    kg("build", sources, data=tmp_path / "data")
    before = Snapshots(tmp_path / "data").current_id()
    (sources / "empty.txt").touch()
    fails(kg("build", "--strict", sources, data=tmp_path / "data"), r"empty\.txt: is empty")
    assert Snapshots(tmp_path / "data").current_id() == before


def test_build_withholds_what_does_not_conform(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning with the place; with --strict exit code 1, the findings above the error, nothing published."""
    facts = (replace(given.TICKER, object="no ticker at all"),)
    monkeypatch.setattr(
        build_module, "_extract", lambda releases, vocabulary, *, cache=None, track: {"r1": facts}
    )
    result = kg("build", sources, data=tmp_path / "withheld")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "ticker of Example Therapeutics withheld" in result.stderr
    result = kg("build", sources, "--strict", data=tmp_path / "data")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "VIOLATION" in result.stderr
    assert result.stderr.splitlines()[-1].startswith(
        "Error: the graph does not conform, nothing was published"
    )
    fails(kg("facts", data=tmp_path / "data"), "nothing has been built here yet")


@pytest.mark.parametrize(
    ("path", "message"), [("missing", "missing: no such file or folder"), ("empty", "empty: no release here")]
)
def test_build_of_nothing(tmp_path: Path, path: str, message: str) -> None:
    """A missing path and an empty folder are named."""
    (tmp_path / "empty").mkdir()
    fails(kg("build", tmp_path / path, data=tmp_path / "data"), message)


@pytest.mark.parametrize("base", ["https://example.org", "not an IRI/"])
def test_build_with_a_base_that_makes_no_iris(base: str, tmp_path: Path, sources: Path) -> None:
    """Told before anything is read."""
    fails(kg("build", sources, "--base", base, data=tmp_path / "data"), f"--base {base}: ")


def test_build_into_a_place_that_cannot_be_written(tmp_path: Path, sources: Path, extractor: None) -> None:
    """The data directory is a file."""
    (tmp_path / "data").touch()
    fails(kg("build", sources, data=tmp_path / "data"), "data")


# --- facts, extract ---------------------------------------------------------------------------------------


def test_facts_are_json_lines(data: Path) -> None:
    """One object a line, nothing else on stdout."""
    lines = [json.loads(line) for line in kg("facts", data=data).stdout.splitlines()]
    assert len(lines) == len(given.ALL)
    assert {line["rel"] for line in lines} == {fact.relation for fact in given.ALL}
    for line in lines:
        evidence = line["evidence"]
        assert given.TEXT[evidence["start"] : evidence["end"]] == evidence["text"]


def test_facts_of_one_release_or_about_one_thing(data: Path) -> None:
    """The two filters."""
    assert kg("facts", "--release", "r1", data=data).stdout == kg("facts", data=data).stdout
    about = [
        json.loads(line) for line in kg("facts", "--entity", "agency:fda", data=data).stdout.splitlines()
    ]
    assert {line["rel"] for line in about} == {"designation", "approval"}
    fails(kg("facts", "--release", "r9", data=data), "r9: no such release in .*; there are r1")
    fails(kg("facts", "--entity", "not an IRI", data=data), "not an IRI: no IRI")


def test_extract_explained(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--explain` prints lines for people, without styles in a pipe."""
    shown = (("r1.txt", "bold"), ("  a headline", "")), ()
    monkeypatch.setattr(build_module, "explained_text", lambda releases, **_: iter(shown))
    assert kg("extract", sources, "--explain").stdout == "r1.txt  a headline\n\n"


# --- explain ----------------------------------------------------------------------------------------------


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


def test_facts_are_utf_8_in_any_locale(data: Path) -> None:
    """Data is bytes; the terminal's encoding has no say."""
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "KG_DATA": str(data)}
    run = subprocess.run([*KG, "facts"], capture_output=True, env=env, check=True, cwd=ROOT)
    assert len(run.stdout.decode().splitlines()) == len(given.ALL)


def test_extract_prints_the_lines_of_facts(sources: Path, extractor: None) -> None:
    """Without a data directory."""
    lines = [json.loads(line) for line in kg("extract", sources / "r1.txt").stdout.splitlines()]
    assert {line["rel"] for line in lines} == {fact.relation for fact in given.ALL}


def test_extract_of_what_cannot_be_read(tmp_path: Path) -> None:
    """One line, exit code 2."""
    (tmp_path / "empty.txt").touch()
    fails(kg("extract", tmp_path / "empty.txt"), r"empty\.txt: is empty")
    fails(kg("extract", tmp_path / "missing.txt"), r"missing\.txt: no such file")


# --- validate ---------------------------------------------------------------------------------------------


@pytest.fixture
def exported(data: Path, tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    assert kg("export", "-o", path, data=data).exit_code == 0
    return path


def test_the_published_graph_conforms(data: Path) -> None:
    """Exit code 0 and the verdict on stdout."""
    result = kg("validate", data=data)
    assert result.exit_code == 0, result.stdout
    assert "\nconforms: " in result.stdout


def test_an_exported_file_conforms_by_itself(exported: Path) -> None:
    """Ontology and vocabulary need not be in the file."""
    result = kg("validate", exported)
    assert result.exit_code == 0, result.stdout


def test_a_file_broken_by_hand(exported: Path) -> None:
    """Exit code 1; node, shape, remedy and sentence are named."""
    broken = re.sub(r"\n    rkg:unit [^\n]*", "", exported.read_text())
    exported.write_text(broken)
    result = kg("validate", exported)
    assert result.exit_code == 1
    assert f"{PROJECT}id/dosing-regimen/" in result.stdout
    assert "VIOLATION" in result.stdout
    assert re.search(r"remedy +\S.*unit", result.stdout)
    assert re.search(r"sentence +EX-101 \([^)]*:\d+:\d+\)", result.stdout)


def test_a_file_that_is_no_rdf(tmp_path: Path) -> None:
    """Exit code 2; file and line are named."""
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix x: <http://e/> .\nx:a x:b x:c\nx:d x:e x:f .\n")
    fails(kg("validate", path), r"broken\.ttl:3:\d+: no valid Turtle")
    fails(kg("validate", tmp_path / "missing.ttl"), r"missing\.ttl: No such file")


def test_formats_of_the_report(exported: Path) -> None:
    """JSON parses, Turtle is SHACL's report."""
    exported.write_text(re.sub(r"\n    rkg:unit [^\n]*", "", exported.read_text()))
    as_json = kg("validate", exported, "--format", "json")
    assert (as_json.exit_code, json.loads(as_json.stdout)["conforms"]) == (1, False)
    quads = list(ox.parse(kg("validate", exported, "--format", "turtle").stdout, format=ox.RdfFormat.TURTLE))
    assert any(q.object == ox.NamedNode(expand("sh:ValidationReport")) for q in quads)


@pytest.mark.parametrize(
    ("severity", "fail_on", "exit_code"), [("Warning", "violation", 0), ("Warning", "warning", 1)]
)
def test_own_shapes_and_the_severity_that_fails(
    exported: Path, tmp_path: Path, severity: str, fail_on: str, exit_code: int
) -> None:
    """--shapes replaces ours; --fail-on chooses what counts."""
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        f"@prefix sh: <{PREFIXES['sh']}> . @prefix rkg: <{PREFIXES['rkg']}> .\n"
        f"rkg:S a sh:NodeShape ; sh:targetClass rkg:Drug ; sh:severity sh:{severity} ; sh:nodeKind sh:Literal ."
    )
    result = kg("validate", exported, "--shapes", shapes, "--fail-on", fail_on)
    assert result.exit_code == exit_code, result.stdout


@pytest.fixture
def broken(exported: Path) -> Path:
    exported.write_text(re.sub(r"\n    rkg:unit [^\n]*", "", exported.read_text()))
    return exported


def test_reports_for_services_beside_the_text(broken: Path, tmp_path: Path) -> None:
    """Any number of files in any format, while the terminal shows text; each finding has its line."""
    reports = {
        name: tmp_path / name for name in ("sarif", "junit", "gitlab", "html", "github", "json", "turtle")
    }
    options = [f"--report={name}={path}" for name, path in reports.items()]
    result = kg("validate", broken.parent, *options)
    assert result.exit_code == 1
    assert "VIOLATION" in result.stdout
    assert all(path.stat().st_size for path in reports.values())
    line = next(
        n
        for n, text in enumerate(broken.read_text().splitlines(), 1)
        if "dosing-regimen" in text and text[0] == "<"
    )
    results = json.loads(reports["sarif"].read_text())["runs"][0]["results"]
    region = results[0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": line, "startColumn": 1}
    assert f"::error file={broken},line={line},col=1," in kg("validate", broken, "--format", "github").stdout


def test_a_report_of_no_known_format(broken: Path) -> None:
    """Told before anything is checked."""
    fails(kg("validate", broken, "--report", "pdf=x.pdf"), "--report pdf=x.pdf: FORMAT=FILE is needed")


def test_a_baseline_lets_known_findings_pass(broken: Path, tmp_path: Path) -> None:
    """Written once, then only new findings fail."""
    known = tmp_path / "known.json"
    assert kg("validate", broken, "--write-baseline", known).exit_code == 0
    result = kg("validate", broken, "--baseline", known)
    assert result.exit_code == 0, result.stdout
    assert "known from the baseline" in result.stdout
    broken.write_text(broken.read_text().replace('    rkg:ticker "', '    rkg:ticker " '))
    again = kg("validate", broken, "--baseline", known)
    assert (again.exit_code, "ticker" in again.stdout, "rkg:unit" in again.stdout) == (1, True, False)
    fails(kg("validate", broken, "--baseline", tmp_path / "none.json"), r"none\.json: No such file")


def test_severities_of_ones_own(broken: Path, tmp_path: Path) -> None:
    """A profile makes violations warnings."""
    profile = tmp_path / "severities.toml"
    profile.write_text('[severity]\n"sh:MinCountConstraintComponent" = "warning"\n')
    result = kg("validate", broken, "--severities", profile)
    assert (result.exit_code, "WARNING" in result.stdout) == (0, True), result.stdout


def test_a_typo_in_a_shape(exported: Path, tmp_path: Path) -> None:
    """Exit code 2, with the place."""
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:s> a sh:NodeShape ; sh:targetClas <urn:c> ."
    )
    fails(
        kg("validate", exported, "--shapes", shapes),
        r"shapes\.ttl:2:26: SHACL has no sh:targetClas, did you mean",
    )


def test_files_with_what_follows_from_them(tmp_path: Path) -> None:
    """--infer checks what OWL 2 RL adds too: whoever develops a drug is an organisation."""
    path, shapes = tmp_path / "g.ttl", tmp_path / "s.ttl"
    path.write_text(f"@prefix rkg: <{PREFIXES['rkg']}> .\n<urn:a> rkg:develops <urn:b> .")
    shapes.write_text(
        f"@prefix sh: <{PREFIXES['sh']}> . @prefix rkg: <{PREFIXES['rkg']}> .\n"
        "rkg:S a sh:NodeShape ; sh:targetClass rkg:Organization ; sh:nodeKind sh:Literal ."
    )
    assert kg("validate", path, "--shapes", shapes).exit_code == 0
    result = kg("validate", path, "--shapes", shapes, "--infer")
    assert (result.exit_code, f"{path}:2:1" in result.stdout) == (1, True), result.stdout


# --- query ------------------------------------------------------------------------------------------------

SELECT = "SELECT ?drug ?name { ?drug a rkg:Drug ; skos:prefLabel ?name }"


def test_a_table_for_people(data: Path) -> None:
    """Aligned, IRIs shortened, the count on stderr; our prefixes need no declaration."""
    result = kg(
        "query", "SELECT ?a ?n { ?d rkg:hasDesignation ?x . ?x rkg:agency ?a BIND(1 AS ?n) }", data=data
    )
    assert result.stdout == "a           n\n----------  -\nagency:fda  1\n"
    assert result.stderr == "(1 row)\n"


def test_csv_and_json(data: Path) -> None:
    """Machine formats are complete."""
    rows = list(csv.DictReader(io.StringIO(kg("query", SELECT, "--format", "csv", data=data).stdout)))
    assert rows == [{"drug": PROJECT + "id/drug/ex-101", "name": "EX-101"}]
    raw = json.loads(kg("query", SELECT, "--format", "json", data=data).stdout)
    assert raw["results"]["bindings"][0]["name"]["value"] == "EX-101"


def test_ask(data: Path) -> None:
    """true or false, and JSON."""
    assert kg("query", "ASK { ?d a rkg:Drug }", data=data).stdout == "true\n"
    assert json.loads(kg("query", "ASK {}", "--format", "json", data=data).stdout)["boolean"] is True


def test_construct_is_turtle(data: Path) -> None:
    """A graph is written as one, the same bytes each time."""
    query = "CONSTRUCT WHERE { ?d rkg:hasDesignation ?x }"
    result = kg("query", query, data=data)
    assert len(list(ox.parse(result.stdout, format=ox.RdfFormat.TURTLE))) == 1
    assert result.stdout == kg("query", query, data=data).stdout


@pytest.mark.parametrize(
    ("query", "format_", "message"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "gives a graph; choose turtle"),
        ("SELECT * {}", "turtle", "gives no graph; choose table"),
        ("ASK {}", "csv", "cannot hold"),
    ],
)
def test_a_format_that_does_not_fit(data: Path, query: str, format_: str, message: str) -> None:
    """The message names those that do."""
    fails(kg("query", query, "--format", format_, data=data), message)


def test_a_query_from_a_file_or_a_pipe(data: Path, tmp_path: Path) -> None:
    """--file, and - for standard input."""
    path = tmp_path / "q.rq"
    path.write_text("ASK {}")
    assert kg("query", "--file", path, data=data).stdout == "true\n"
    assert kg("query", "-f", "-", data=data, stdin="ASK {}").stdout == "true\n"
    path.write_bytes(b"ASK {} # \xff")
    fails(kg("query", "--file", path, data=data), r"q\.rq: not UTF-8 text, at byte 9")
    fails(kg("query", "--file", tmp_path / "missing.rq", data=data), r"missing\.rq: No such file")


def test_a_malformed_query(data: Path) -> None:
    """Line and column, one line."""
    fails(
        kg("query", "SELECT * {\n ?s x:p ?o }", data=data), "line 2, column 5: the prefix x: is not declared"
    )


def test_questions_that_come_with_the_graph(data: Path) -> None:
    """Listed by name; each of them runs by its name; an unknown one is told."""
    names = [line.split()[0] for line in kg("query", "--list").stdout.splitlines()]
    for name in names:
        result = kg("query", name, data=data)
        assert result.exit_code == 0, f"{name}: {result.stderr}"
    fails(kg("query", "no-such-question", data=data), "no question of this name; `kg query --list`")


# --- diff -------------------------------------------------------------------------------------------------


def test_diff_exit_codes(data: Path, exported: Path, tmp_path: Path) -> None:
    """0 the same, 1 differ, 2 could not tell."""
    assert kg("diff", data, exported).exit_code == 0
    other = tmp_path / "other.ttl"
    other.write_text(exported.read_text().replace('"NASDAQ:EXMP"', '"NYSE:EXMP"'))
    result = kg("diff", "1", other, "--format", "json", data=data)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["same"] is False
    assert kg("diff", exported, other, "--format", "patch").stdout.startswith("TX .\nD <")
    fails(kg("diff", exported, tmp_path / "none.ttl"), r"none\.ttl: No such file")
    fails(kg("diff", "12", exported, data=data), "no file 12, and 12: no snapshot of")


# --- export -----------------------------------------------------------------------------------------------


def test_the_extension_tells_the_format(data: Path, tmp_path: Path) -> None:
    """-o graph.nq is N-Quads; the summary goes to stderr."""
    result = kg("export", "-o", tmp_path / "graph.nq", data=data)
    assert (result.exit_code, result.stdout) == (0, "")
    count = len((tmp_path / "graph.nq").read_text().splitlines())
    assert f"Wrote {count:,} statements" in result.stderr


def test_export_adds_graphs_on_demand(data: Path) -> None:
    """By default what the releases state; --with adds the others."""
    plain = kg("export", "--format", "nquads", data=data).stdout
    more = kg("export", "--format", "nquads", "--with", "ontology, inferred", data=data).stdout
    assert "graph/ontology" not in plain
    assert {line.split()[-2] for line in more.splitlines()} == {
        f"<{PROJECT}{name}>" for name in ("id/release/r1", "graph/ontology", "graph/inferred")
    }


def test_export_of_an_unknown_graph(data: Path, tmp_path: Path) -> None:
    """Named, and no file is left behind."""
    fails(kg("export", "--graph", "r9", "-o", tmp_path / "x.ttl", data=data), "r9: no such graph")
    fails(kg("export", "--with", "everything", data=data), "--with everything: there are ontology")
    assert list(tmp_path.iterdir()) == []


def test_export_into_a_missing_folder(data: Path, tmp_path: Path) -> None:
    """The system's reason, one line."""
    fails(kg("export", "-o", tmp_path / "no" / "x.ttl", data=data), r"no/x\.ttl: No such file or directory")


# --- pipes and signals ------------------------------------------------------------------------------------


def test_a_closed_pipe_is_quiet(data: Path) -> None:
    """`kg facts | head -1`: no complaint."""
    script = f"{' '.join(map(_quoted, KG))} export --format ntriples --with ontology,vocabulary | head -1"
    env = {**os.environ, "KG_DATA": str(data)}
    run = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, env=env, check=True, cwd=ROOT
    )
    assert run.stdout.count("\n") == 1
    assert run.stderr == ""


def _quoted(text: str) -> str:
    return f"'{text}'"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(data: Path) -> None:
    """No traceback where the output cannot be written."""
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [*KG, "facts", "--data", str(data)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=ROOT,
        )
    assert run.returncode == 2
    assert run.stderr == "Error: output: No space left on device\n"


@pytest.fixture
def running(data: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a command in a process of its own, and ends it."""
    started: list[subprocess.Popen[bytes]] = []
    pipe = subprocess.PIPE

    def start(*args: str) -> subprocess.Popen[bytes]:
        command = [*KG, *args, "--data", str(data)]
        started.append(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/wchan").exists(), reason="looks into /proc")
def test_ctrl_c_is_quiet(running: Callable[..., subprocess.Popen[bytes]]) -> None:
    """130, as shells have it, and no traceback."""
    process = running("query", "-f", "-")
    _wait_until(lambda: "pipe" in Path(f"/proc/{process.pid}/wchan").read_text())
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)  # its stdin stays open: only the signal can end it, not an empty query
    _, stderr = process.communicate()
    assert (process.returncode, stderr.strip()) == (130, b"")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_ctrl_c_ends_a_query_that_runs_away(running: Callable[..., subprocess.Popen[bytes]]) -> None:
    """Also while Oxigraph evaluates, where Python sees no signal."""
    process = running("query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")

    def evaluates() -> bool:
        ticks = int(Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11])
        return ticks / os.sysconf("SC_CLK_TCK") > 1

    _wait_until(evaluates)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert (process.returncode, stderr) == (-signal.SIGINT, b"")


# --- parts of the graph, tables, compression ---------------------------------------------------------------


def test_export_of_a_neighbourhood(data: Path) -> None:
    """From a drug one link reaches its trial by name, two the trial's diseases; evidence on demand."""
    one, two, three = (
        kg("export", "--entity", "drug/ex-101", "--depth", depth, data=data).stdout for depth in "123"
    )
    assert "rkg:enrollment" not in one
    assert "rkg:studiedIn" in one
    assert "rkg:enrollment 40" in two
    assert "NASDAQ" in two
    assert set(one.splitlines()) < set(two.splitlines()) <= set(three.splitlines())
    assert "oa:exact" not in three
    evidence = kg(
        "export", "--entity", "disease:lymphoma", "--depth", "1", "--with", "evidence", data=data
    ).stdout
    assert 'oa:exact "EX-101 is in a Phase 2 trial."' in evidence
    assert "orphan" not in evidence
    fails(
        kg("export", "--entity", "drug/none", data=data),
        "id/drug/none: nothing in the graphs chosen speaks of it",
    )


def test_export_compressed(data: Path, exported: Path, tmp_path: Path) -> None:
    """By the file's name; the same bytes each time."""
    packed = tmp_path / "graph.ttl.gz"
    assert kg("export", "-o", packed, data=data).exit_code == 0
    first = packed.read_bytes()
    assert gzip.decompress(first) == exported.read_bytes()
    assert kg("export", "-o", packed, data=data).exit_code == 0
    assert packed.read_bytes() == first


def test_export_of_tables(data: Path, tmp_path: Path) -> None:
    """One to stdout or a file, all of them into a folder."""
    text = kg("export", "--table", "designations", data=data).stdout
    assert "the FDA has granted orphan drug designation to EX-101" in text
    assert kg("export", "--format", "csv", "-o", tmp_path / "tables", data=data).exit_code == 0
    names = ["deals.csv", "designations.csv", "milestones.csv", "pipeline.csv", "trials.csv"]
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == names
    assert kg("export", "--format", "csv", data=data).exit_code == 2
    assert kg("export", "--table", "deals", "--graph", "r1", data=data).exit_code == 2


def test_export_of_a_picture(data: Path, tmp_path: Path) -> None:
    """GraphML by its extension, the whole or the neighbourhood of a thing."""
    path = tmp_path / "g.graphml"
    assert kg("export", "-o", path, data=data).exit_code == 0
    assert b"EX-101" in path.read_bytes()
    near = kg("export", "--entity", "drug/ex-101", "--depth", "1", "--format", "graphml", data=data).stdout
    assert 0 < near.count("<edge") < path.read_text().count("<edge")


@pytest.mark.parametrize(
    ("extension", "opened"), [(".gz", gzip.open), (".bz2", bz2.open), (".xz", lzma.open)]
)
def test_an_export_is_packed_by_its_extension(
    extension: str, opened: Callable[[Path], IO[bytes]], data: Path, tmp_path: Path
) -> None:
    """The content is that without compression, and the bytes are the same each time."""
    paths = [tmp_path / f"graph{number}.ttl{extension}" for number in (1, 2)]
    for path in paths:
        assert kg("export", "-o", path, data=data).exit_code == 0
    with opened(paths[0]) as file:
        assert file.read().decode() == kg("export", data=data).stdout
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_export_as_parquet(data: Path, tmp_path: Path) -> None:
    """All tables into a folder, one into a file."""
    assert kg("export", "--format", "parquet", "-o", tmp_path / "tables", data=data).exit_code == 0
    assert len(list((tmp_path / "tables").glob("*.parquet"))) == 5
    path = tmp_path / "trials.parquet"
    assert kg("export", "--table", "trials", "-o", path, data=data).exit_code == 0
    assert path.read_bytes().startswith(b"PAR1")


def test_rollback(tmp_path: Path, sources: Path, extractor: None) -> None:
    """The snapshot before is published again; before the first there is none."""
    data = tmp_path / "data"
    fails(kg("rollback", data=data), "nothing has been built here yet")
    for _ in range(2):
        assert kg("build", sources, data=data).exit_code == 0
    assert "Published 000001-" in kg("rollback", data=data).stderr
    assert Snapshots(data).current_id().startswith("000001-")
    fails(kg("rollback", data=data), "no snapshot before 000001-")
    fails(kg("rollback", "9", data=data), "9: no snapshot of")


@pytest.mark.parametrize("day", ["yesterday", "2018-13", "2018-02-99", ""])
def test_as_of_no_day(day: str, data: Path) -> None:
    """The three forms are told."""
    fails(kg("facts", "--as-of", day, data=data), "a day is needed")
