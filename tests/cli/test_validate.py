"""`kg validate`: the published graph and files, reports, baselines, severities, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.namespaces import PREFIXES, PROJECT, expand
from tests.cli.running import fails, kg


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
