"""The process that workers are forked from: what it forks is a worker like any other, and told apart when it ends."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.snapshots import Snapshots
from server.query_jobs import DATA, END, Job
from server.query_nursery import Nursery, NurseryLost
from server.worker_processes import Gone, WorkerProcess


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery(1024**3, 30)
    yield nursery
    nursery.close()


@pytest.fixture
def worker(nursery: Nursery) -> Iterator[WorkerProcess]:
    worker = WorkerProcess(nursery)
    yield worker
    worker.dispose()


def evaluate(worker: WorkerProcess, data: Path, query: str) -> bytes:
    worker.send(Job(query, str(Snapshots(data).current().dataset_path), results="json"))
    out = b""
    while (frame := worker.receive()) is None or frame[0] != END:
        out += frame[1] if frame is not None and frame[0] == DATA else b""
    return out


def test_a_worker(worker: WorkerProcess, data: Path) -> None:
    """It becomes ready and answers."""
    assert worker.wait_until_ready(str(Snapshots(data).current().dataset_path))
    assert b"true" in evaluate(worker, data, "ASK {}")


def test_a_dataset_that_is_not_there(worker: WorkerProcess) -> None:
    """A dataset that cannot be opened beforehand is no reason not to be ready."""
    assert worker.wait_until_ready("/nowhere")


def test_workers_share_no_random_numbers(nursery: Nursery, data: Path) -> None:
    """Two of them do not make the same UUIDs."""
    found = set()
    for _ in range(2):
        worker = WorkerProcess(nursery)
        worker.wait_until_ready()
        found.add(evaluate(worker, data, "SELECT (STRUUID() AS ?x) (RAND() AS ?y) {}"))
        worker.dispose()
    assert len(found) == 2


def test_one_that_was_killed(worker: WorkerProcess, data: Path) -> None:
    """It hangs up, and its exit code is known."""
    worker.wait_until_ready()
    os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(Gone):
        evaluate(worker, data, "ASK {}")
    assert "memory" in str(worker.cause_of_death(1024))


def test_without_it() -> None:
    """When it has gone nothing can be forked, and what was forked can still be ended."""
    nursery = Nursery(1024**3, 30)
    worker = WorkerProcess(nursery)
    worker.wait_until_ready()
    nursery.close()
    with pytest.raises(NurseryLost):
        WorkerProcess(nursery)
    worker.dispose()
