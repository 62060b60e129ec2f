"""`action.yml`, `.pre-commit-hooks.yaml` and docs/ci.md: what they run is run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from srsly import yaml_loads

from kg.export import export
from kg.namespaces import Minter
from kg.quads import release_quads
from kg.rdf_writing import write
from kg.resolution import resolve
from kg.snapshots import Snapshots
from tests import facts as given

ROOT = Path(__file__).parent.parent


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A user's repository with a graph in a file; `kg` on the PATH."""
    (tmp_path / "graph").mkdir()
    with (tmp_path / "graph" / "all.ttl").open("wb") as out:
        write(release_quads(given.RELEASE, resolve({"r1": given.ALL})["r1"], Minter()), "turtle", out)
    bin_ = tmp_path / ".bin"
    bin_.mkdir()
    kg = bin_ / "kg"
    kg.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from kg.cli import main; main()' \"$@\"\n")
    kg.chmod(0o755)
    return tmp_path


def spoil(repository: Path) -> None:
    path = repository / "graph" / "all.ttl"
    path.write_text(re.sub(r"\n    rkg:unit [^\n]*", "", path.read_text()))


def run(
    script: str, repository: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """In the shell and with the options that GitHub's runner takes."""
    path = f"{repository / '.bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=repository,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)} | (environment or {}),
    )


def action() -> dict[str, Any]:
    loaded = yaml_loads((ROOT / "action.yml").read_text())
    assert isinstance(loaded, dict)
    return loaded


def inputs(repository: Path, **given_: str) -> dict[str, str]:
    """The environment of the step "Check" for inputs, with the action's defaults for the others."""
    declared = action()["inputs"]
    assert given_.keys() <= {name.replace("-", "_") for name in declared}
    step = action()["runs"]["steps"][-1]
    out = {"GITHUB_STEP_SUMMARY": str(repository / "summary.md"), "GITHUB_ACTION_PATH": str(ROOT)}
    for variable, value in step["env"].items():
        name = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value)[1]  # type: ignore[index]
        out[variable] = given_.get(name.replace("-", "_"), declared[name].get("default", ""))
    return out


def check(repository: Path, **given_: str) -> subprocess.CompletedProcess[str]:
    return run(action()["runs"]["steps"][-1]["run"], repository, inputs(repository, **given_))


def test_the_action_passes(repository: Path) -> None:
    """On a graph that conforms; the summary says so."""
    result = check(repository, files="graph\n")
    assert result.returncode == 0, result.stderr
    assert "\nconforms: " in (repository / "summary.md").read_text()


def test_the_action_passes_on_our_own_graph(repository: Path, built_seeds: Path) -> None:
    """What is bundled is checked as its users check theirs: exported, and by the action."""
    path = repository / "graph" / "all.ttl"
    with path.open("wb") as out:
        export(Snapshots(built_seeds).current().open(), "turtle", out)
    result = check(repository, files="graph", fail_on="violation")
    assert result.returncode == 0, result.stdout
    spoil(repository)
    assert check(repository, files="graph").returncode == 1


def test_the_action_fails_with_annotations_and_reports(repository: Path) -> None:
    """Exit code 1, each finding beside its line, SARIF, JUnit and HTML as asked for."""
    spoil(repository)
    result = check(repository, files="graph/all.ttl", sarif="a b.sarif", junit="j.xml", html="h.html")
    assert result.returncode == 1
    assert re.search(r"^::error file=graph/all\.ttl,line=\d+,col=1,title=rkgs", result.stdout, re.MULTILINE)
    assert json.loads((repository / "a b.sarif").read_text())["runs"][0]["results"]
    assert (repository / "j.xml").stat().st_size
    assert (repository / "h.html").stat().st_size
    assert "VIOLATION" in (repository / "summary.md").read_text()


def test_the_action_takes_every_input(repository: Path) -> None:
    """Shapes, severity, profile and baseline reach the command."""
    (repository / "s.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rkg: <https://w3id.org/releasekg/ontology#> .\n"
        "rkg:S a sh:NodeShape ; sh:targetClass rkg:Drug ; sh:nodeKind sh:Literal ; sh:severity sh:Info ."
    )
    (repository / "p.toml").write_text('[severity]\n"rkg:S" = "warning"\n')
    asked = {"files": "graph", "shapes": "s.ttl", "fail_on": "warning", "severities": "p.toml"}
    assert check(repository, **asked).returncode == 1
    run("kg validate graph --shapes s.ttl --write-baseline k.json", repository)
    assert check(repository, **asked, baseline="k.json").returncode == 0
    assert check(repository, **asked, baseline="none.json").returncode == 2


def test_a_file_name_is_never_a_command(repository: Path) -> None:
    """Inputs are data; no step has them in its script."""
    result = check(repository, files='$(touch owned); "`touch owned`"')
    assert result.returncode == 2
    assert not (repository / "owned").exists()
    assert not [s for s in action()["runs"]["steps"] if "${{" in s.get("run", "")]


def test_the_action_installs_itself() -> None:
    """From the commit that the user named."""
    (install,) = (s for s in action()["runs"]["steps"] if s["name"].startswith("Install"))
    assert shlex.split(install["run"])[:4] == ["python", "-m", "pip", "install"]
    assert install["run"].endswith('"$GITHUB_ACTION_PATH"')
    assert (ROOT / "pyproject.toml").is_file()


@pytest.mark.parametrize("hook", ["kg-validate", "kg-validate-all"])
def test_the_pre_commit_hooks(repository: Path, hook: str) -> None:
    """As pre-commit calls them: the entry, then args, then the names of files that match."""
    hooks = yaml_loads((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert isinstance(hooks, list)
    (found,) = (h for h in hooks if h["id"] == hook)
    assert re.search(found["files"], "graph/all.ttl")
    assert not re.search(found["files"], "README.md")
    names = "graph/all.ttl" if found.get("pass_filenames", True) else "graph"  # args: [graph]
    assert run(f"{found['entry']} {names}", repository).returncode == 0
    spoil(repository)
    assert run(f"{found['entry']} {names}", repository).returncode == 1


def test_the_gitlab_job(repository: Path) -> None:
    """The script of docs/ci.md writes the reports that the job names as artifacts."""
    (block,) = re.findall(
        r"```yaml\n# \.gitlab-ci\.yml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text(), re.DOTALL
    )
    job = yaml_loads(block)["shacl"]  # type: ignore[index,call-overload]
    (script,) = (line for line in job["script"] if line.startswith("kg "))
    assert run(script, repository).returncode == 0
    spoil(repository)
    assert run(script, repository).returncode == 1
    issues = json.loads((repository / job["artifacts"]["reports"]["codequality"]).read_text())
    assert {issue["location"]["path"] for issue in issues} == {"graph/all.ttl"}
    assert (repository / job["artifacts"]["reports"]["junit"]).is_file()
    assert all((repository / name).is_file() for name in job["artifacts"]["paths"])


def test_the_workflow_of_the_documentation() -> None:
    """It gives the action inputs that it has, and all that it needs."""
    (block,) = re.findall(
        r"```yaml\n# \.github/[^\n]*\n(.*?)```", (ROOT / "docs" / "ci.md").read_text(), re.DOTALL
    )
    steps = yaml_loads(block)["jobs"]["shacl"]["steps"]  # type: ignore[index,call-overload]
    (step,) = (step for step in steps if "releasekg@" in step["uses"])
    declared = action()["inputs"]
    assert step["with"].keys() <= declared.keys()
    assert {name for name, input_ in declared.items() if input_.get("required")} <= step["with"].keys()
