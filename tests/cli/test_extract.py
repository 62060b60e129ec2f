"""`kg extract`: facts without a graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import build as build_module
from tests import facts as given
from tests.cli.running import fails, kg


def test_extract_explained(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--explain` prints lines for people, without styles in a pipe."""
    shown = (("r1.txt", "bold"), ("  a headline", "")), ()
    monkeypatch.setattr(build_module, "explained_text", lambda releases, **_: iter(shown))
    assert kg("extract", sources, "--explain").stdout == "r1.txt  a headline\n\n"


def test_extract_prints_the_lines_of_facts(sources: Path, extractor: None) -> None:
    """Without a data directory."""
    lines = [json.loads(line) for line in kg("extract", sources / "r1.txt").stdout.splitlines()]
    assert {line["rel"] for line in lines} == {fact.relation for fact in given.ALL}


def test_extract_of_what_cannot_be_read(tmp_path: Path) -> None:
    """One line, exit code 2."""
    (tmp_path / "empty.txt").touch()
    fails(kg("extract", tmp_path / "empty.txt"), r"empty\.txt: is empty")
    fails(kg("extract", tmp_path / "missing.txt"), r"missing\.txt: no such file")
