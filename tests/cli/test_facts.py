"""`kg facts`: JSON lines, filters, days."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests import facts as given
from tests.cli.running import KG, ROOT, fails, kg


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


def test_facts_are_utf_8_in_any_locale(data: Path) -> None:
    """Data is bytes; the terminal's encoding has no say."""
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "KG_DATA": str(data)}
    run = subprocess.run([*KG, "facts"], capture_output=True, env=env, check=True, cwd=ROOT)
    assert len(run.stdout.decode().splitlines()) == len(given.ALL)


@pytest.mark.parametrize("day", ["yesterday", "2018-13", "2018-02-99", ""])
def test_as_of_no_day(day: str, data: Path) -> None:
    """The three forms are told."""
    fails(kg("facts", "--as-of", day, data=data), "a day is needed")
