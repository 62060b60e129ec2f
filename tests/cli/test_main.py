"""`kg`: help, wrong usage, commands that join, and one line for whatever goes wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest

from kg import cli
from kg.namespaces import PROJECT
from kg.snapshots import Manifest, Snapshots
from tests.cli.running import ROOT, fails, kg


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
    monkeypatch.setattr(cli, "_joined", lambda: _entry("tests.cli.test_main:joined"))
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


def test_the_environment_names_the_data_directory(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KG_DATA does what --data does."""
    monkeypatch.setenv("KG_DATA", str(data))
    assert kg("facts").exit_code == 0
