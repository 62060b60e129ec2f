"""Pipes, full disks and Ctrl-C, whatever the command."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.running import KG, ROOT, kg


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


def test_a_bar_where_somebody_looks(data: Path, tmp_path: Path) -> None:
    """On a terminal an export shows how far it is; the file is the same."""
    ours, theirs = pty.openpty()
    command = [*KG, "export", "-o", str(tmp_path / "x.ttl"), "--data", str(data)]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(command, cwd=ROOT, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # Linux's way of saying that the other end is closed
            while chunk := os.read(ours, 4096):
                shown += chunk
    os.close(ours)
    assert process.returncode == 0
    assert b"Exporting" in shown
    assert b"100%" in shown
    assert kg("export", "-o", tmp_path / "y.ttl", data=data).stderr.startswith("Wrote")
    assert (tmp_path / "x.ttl").read_bytes() == (tmp_path / "y.ttl").read_bytes()


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

    # A shell starts what runs in its background deaf to Ctrl-C, and so would these be if the tests were run there.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield start
    signal.signal(signal.SIGINT, before)
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
