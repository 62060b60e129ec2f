"""Runs commands for the tests, in this process or as one of its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from kg.cli import main
from tests import facts as given

ROOT = Path(__file__).parent.parent.parent
KG = [sys.executable, "-c", "from kg.cli import main; main()"]
FACTS = {given.RELEASE.id: given.ALL}


def kg(*args: str | Path, data: Path | None = None, stdin: str | None = None) -> Result:
    """Run a command in this process."""
    extra = [] if data is None else ["--data", str(data)]
    return CliRunner().invoke(main, [*map(str, args), *extra], input=stdin, catch_exceptions=False)


def fails(result: Result, message: str, exit_code: int = 2) -> None:
    """One line on stderr, nothing on stdout."""
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert re.fullmatch(rf"Error: [^\n]*{message}[^\n]*\n", result.stderr), result.stderr
