"""A query can take down its own worker, and nothing else."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from kg.snapshots import Snapshots
from server.query_jobs import Job, QueryFailed, Reason
from server.query_workers import QueryPool
from server.settings import Settings
from tests.server.conftest import HOSTILE, lives

SETTINGS = Settings(query_timeout=1, query_memory=512 * 1024**2, query_workers=2, query_slice=0.2)


@contextmanager
def pool_of(settings: Settings) -> Iterator[QueryPool]:
    pool = QueryPool(settings)
    try:
        yield pool
    finally:
        pool.close()


@pytest.fixture(scope="module")
def pool() -> Iterator[QueryPool]:
    with pool_of(SETTINGS) as pool:
        yield pool


@pytest.fixture(scope="module")
def path(data: Path) -> str:
    return str(Snapshots(data).current().dataset_path)


def ask(pool: QueryPool, path: str, query: str = "ASK {}", **more: object) -> bytes:
    job = replace(Job(query, path, results="json", graph="nt"), **more)  # type: ignore[arg-type]
    answer = pool.run(job)
    try:
        return answer.read()
    finally:
        answer.close()


def failure(pool: QueryPool, path: str, query: str, **more: object) -> QueryFailed:
    with pytest.raises(QueryFailed) as caught:
        ask(pool, path, query, **more)
    return caught.value


def test_a_result(pool: QueryPool, path: str) -> None:
    """A short result is complete when `run` returns, and its length is known."""
    answer = pool.run(Job("SELECT (1 AS ?x) {}", path, results="csv"))
    assert answer.head.form == "select"
    assert (answer.length, answer.read()) == (6, b"x\r\n1\r\n")
    answer.close()


def test_the_deadline(pool: QueryPool, path: str) -> None:
    """A query that would run for an hour is ended at its deadline; the next one is answered."""
    started = time.monotonic()
    error = failure(pool, path, HOSTILE)
    assert error.reason is Reason.TIMEOUT
    assert "1 s" in str(error)
    assert time.monotonic() - started < 2
    assert ask(pool, path)


def test_deep_nesting(pool: QueryPool, path: str) -> None:
    """A stack overflow ends the worker, not the server."""
    error = failure(pool, path, "SELECT (" + "STR(" * 20000 + "1" + ")" * 20000 + " AS ?x) {}")
    assert error.reason in (Reason.NESTING, Reason.MEMORY)
    assert ask(pool, path)


def test_the_memory_limit(path: str) -> None:
    """A query that gathers too much is ended; the message names the limit."""
    with pool_of(replace(SETTINGS, query_timeout=20, query_memory=320 * 1024**2)) as pool:
        error = failure(pool, path, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i")
        assert error.reason is Reason.MEMORY
        assert "320 MiB" in str(error)
        assert ask(pool, path)


def test_a_syntax_error_has_its_place(pool: QueryPool, path: str) -> None:
    """Line and column travel from the worker to the client."""
    error = failure(pool, path, "SELECT * {\n ?s ?p }")
    assert (error.reason, error.line) == (Reason.SYNTAX, 2)
    assert error.column is not None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX a: <http://127.0.0.1:9/> ASK { SERVICEa:b {} }",
    ],
)
def test_federation_is_refused(pool: QueryPool, path: str, query: str) -> None:
    """SERVICE is refused before it is evaluated."""
    assert failure(pool, path, query).reason is Reason.REFUSED


@pytest.mark.parametrize(
    "query", ["LOAD <http://127.0.0.1:9/>", "INSERT DATA { <a:a> <a:b> <a:c> }", "CLEAR ALL"]
)
def test_updates_are_no_queries(pool: QueryPool, path: str, query: str) -> None:
    """LOAD and all of SPARQL Update is a syntax error in a query."""
    assert failure(pool, path, query).reason is Reason.SYNTAX


def test_a_control_character_in_xml(pool: QueryPool, path: str) -> None:
    """A result that XML cannot hold is refused in XML, and given in JSON."""
    query = 'SELECT ("\\u0001" AS ?x) {}'
    assert failure(pool, path, query, results="xml").reason is Reason.FORMAT
    assert json.loads(ask(pool, path, query))["results"]["bindings"][0]["x"]["value"] == "\x01"


def test_a_predicate_that_xml_cannot_name(pool: QueryPool, path: str) -> None:
    """RDF/XML is refused where it would have an element without a name."""
    query = "CONSTRUCT { <a:a> <http://x/1> 1 } WHERE {}"
    assert failure(pool, path, query, graph="rdf").reason is Reason.FORMAT
    assert b"<http://x/1>" in ask(pool, path, query)


def test_no_acceptable_format(pool: QueryPool, path: str) -> None:
    """Which formats fit is known only once the form of the query is."""
    assert failure(pool, path, "CONSTRUCT WHERE { ?s ?p ?o }", graph=None).reason is Reason.NOT_ACCEPTABLE
    assert ask(pool, path, "ASK {}", graph=None)


def test_a_long_result_is_streamed(path: str) -> None:
    """More than the buffer holds leaves before it is complete, and arrives whole."""
    with pool_of(replace(SETTINGS, buffer=1000, query_timeout=10)) as pool:
        answer = pool.run(Job("SELECT * { ?s ?p ?o }", path, results="json"))
        assert json.loads(answer.read())["results"]["bindings"]
        assert answer.length == answer.size > 100_000
        answer.close()


def test_a_streamed_result_that_fails_is_broken_off(path: str) -> None:
    """What comes after the first bytes and fails raises; it never looks finished."""
    with pool_of(replace(SETTINGS, buffer=1000)) as pool:
        answer = pool.run(Job("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", path, results="csv"))
        with pytest.raises(QueryFailed, match="ended after 1 s"):
            answer.read()
        answer.close()
        assert ask(pool, path)


def test_too_large_a_result(path: str) -> None:
    """A result over the limit ends the query."""
    with pool_of(replace(SETTINGS, max_result=10_000)) as pool:
        assert failure(pool, path, "SELECT * { ?s ?p ?o }").reason is Reason.TOO_LARGE


def test_a_client_that_goes_away_frees_the_worker(path: str) -> None:
    """A closed answer ends its query before the deadline."""
    with pool_of(replace(SETTINGS, buffer=1000, query_timeout=30, query_workers=1)) as pool:
        answer = pool.run(Job("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", path, results="csv"))
        assert pool.at_work() == 1
        answer.close()
        _wait_for(lambda: pool.at_work() == 0)


def test_rows_for_the_page(pool: QueryPool, path: str) -> None:
    """The query page gets a table, cut at its limit."""
    table = json.loads(ask(pool, path, "SELECT ?s ?x { ?s ?p ?o }", rows=3))
    assert (len(table["rows"]), table["more"], table["columns"]) == (3, True, ["s", "x"])
    assert table["rows"][0][0]["type"] == "uri"
    assert table["rows"][0][1] is None
    assert json.loads(ask(pool, path, "ASK { ?s ?p ?o }", rows=3)) == {"boolean": True}


def test_a_worker_killed_while_idle_is_replaced(pool: QueryPool, path: str) -> None:
    """What the system or an operator kills does not cost a query."""
    ask(pool, path)
    for pid in pool.pids():
        os.kill(pid, signal.SIGKILL)
        _wait_for(lambda pid=pid: not lives(pid))  # type: ignore[misc]  # it is gone, and still there to be reaped
    assert ask(pool, path)


def test_a_lost_nursery_is_replaced(path: str) -> None:
    """Neither the workers that are there nor those to come depend on the process that they were forked from."""
    with pool_of(replace(SETTINGS, query_workers=1)) as pool:
        ask(pool, path)
        worker = pool.pids()[0]
        nursery = int(Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(nursery, signal.SIGKILL)
        assert ask(pool, path)
        os.kill(worker, signal.SIGKILL)
        _wait_for(lambda: not lives(worker))
        assert ask(pool, path)
        assert worker not in pool.pids()


def test_cheap_queries_stay_fast(path: str) -> None:
    """While forty hostile queries run and wait, most cheap ones are answered long before the hostile ones end."""
    with pool_of(replace(SETTINGS, query_timeout=3)) as pool:
        flood = [threading.Thread(target=_ignore, args=(pool, path)) for _ in range(40)]
        for thread in flood:
            thread.start()
        took = []
        while any(thread.is_alive() for thread in flood) and len(took) < 40:
            started = time.monotonic()
            with suppress(QueryFailed):  # busy
                ask(pool, path)
            took.append(time.monotonic() - started)
        for thread in flood:
            thread.join()
    assert sorted(took)[len(took) // 2] < 1.5


def test_a_full_queue_is_busy(path: str) -> None:
    """With every place taken and no room to wait, the answer comes at once: busy."""
    with pool_of(replace(SETTINGS, query_workers=1, query_queue=0, query_slice=5)) as pool:
        hostile = threading.Thread(target=_ignore, args=(pool, path))
        hostile.start()
        _wait_for(lambda: pool.at_work() == 1)
        started = time.monotonic()
        error = failure(pool, path, "ASK {}")
        assert error.reason is Reason.BUSY
        assert time.monotonic() - started < 0.5
        hostile.join()


def test_closing_leaves_no_process(path: str) -> None:
    """Idle and busy workers end with the pool."""
    with pool_of(SETTINGS) as pool:
        hostile = threading.Thread(target=_ignore, args=(pool, path))
        hostile.start()
        _wait_for(lambda: len(pool.pids()) >= 2)
        pids = pool.pids()
    hostile.join()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def _ignore(pool: QueryPool, path: str) -> None:
    with pytest.raises(QueryFailed):
        ask(pool, path, HOSTILE)


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within ten seconds"
        time.sleep(0.02)
