"""Queries at work are seen and ended, those of other processes too."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kg.snapshots import Snapshots
from server.query_jobs import Job, QueryFailed, Reason
from server.query_workers import QueryPool
from server.running_queries import RunningQueries
from tests.server.conftest import HOSTILE
from tests.server.test_query_workers import SETTINGS


def test_own_queries() -> None:
    """A query is listed from its beginning to its end, and is told of its cancellation."""
    running = RunningQueries()
    first, second = running.enter("ASK {}", "a"), running.enter("ASK { ?s ?p ?o }", "b")
    assert [(q.id, q.query, q.client) for q in running.all()] == [
        (first, "ASK {}", "a"),
        (second, "ASK { ?s ?p ?o }", "b"),
    ]
    assert running.cancel(second)
    assert (running.is_cancelled(first), running.is_cancelled(second)) == (False, True)
    running.leave(second)
    assert [q.id for q in running.all()] == [first]
    assert not running.cancel(second)


def test_queries_of_other_processes(tmp_path: Path) -> None:
    """Long queries are seen and cancelled across processes; nothing is left of them."""
    here, there = RunningQueries(tmp_path), RunningQueries(tmp_path)
    there._number = iter(range(1000, 2000))  # type: ignore[assignment]  # two processes have two ids
    quick, slow = here.enter("quick", "a"), here.enter("slow", "a")
    here.tell(slow)
    assert [q.query for q in there.all()] == ["slow"]
    assert not there.cancel(quick)
    assert there.cancel(slow)
    assert here.is_cancelled(slow)
    here.leave(slow)
    assert there.all() == ()
    assert list(tmp_path.iterdir()) == []


def test_what_a_dead_process_left(tmp_path: Path) -> None:
    """Queries of a process that was killed are swept."""
    dead, here = RunningQueries(tmp_path), RunningQueries(tmp_path)
    dead.tell(dead.enter("slow", "a"))
    assert here.all(alive=lambda pid: False) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("id_", ["", "../x", "1", "1-2-3", "1-2/../../etc", "9-9"])
def test_no_such_query(tmp_path: Path, id_: str) -> None:
    """What is no id, or nobody's, cancels nothing and touches no file."""
    assert not RunningQueries(tmp_path).cancel(id_)
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_query_ends_at_once(data: Path) -> None:
    """Its worker is killed long before the deadline, and its client is told why."""
    path = str(Snapshots(data).current().dataset_path)
    pool = QueryPool(replace(SETTINGS, query_timeout=30))
    failures: list[QueryFailed] = []

    def ask() -> None:
        with pytest.raises(QueryFailed) as caught:
            pool.run(Job(HOSTILE, path, results="json"), client="x")
        failures.append(caught.value)

    thread = threading.Thread(target=ask)
    try:
        thread.start()
        deadline = time.monotonic() + 20
        while not (running := pool.running.all()):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert (running[0].query, running[0].client) == (HOSTILE, "x")
        assert pool.running.cancel(running[0].id)
        thread.join(10)
    finally:
        pool.close()
    assert [failure.reason for failure in failures] == [Reason.CANCELLED]
    assert pool.running.all() == ()
