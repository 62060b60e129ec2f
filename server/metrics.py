"""What is counted, for Prometheus; the processes of one server count together, in a folder from `kg serve`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import REGISTRY, Collector

from kg.errors import StoreError
from server.query_jobs import Reason

if TYPE_CHECKING:
    from server.query_workers import QueryPool
    from server.response_cache import ResponseCache
    from server.site import Site

#: Names the folder in which the processes count together; read by prometheus_client when it is imported.
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

disable_created_metrics()  # type: ignore[no-untyped-call]  # a series more for each, which nobody asks for

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

_REQUESTS: Final = Counter(
    "releasekg_requests", "Requests answered, by what answered them.", ["handler", "method", "status"]
)
_REQUEST_SECONDS: Final = Histogram(
    "releasekg_request_seconds", "Seconds until a response was sent.", ["handler"], buckets=_SECONDS
)
_QUERIES: Final = Counter("releasekg_queries", "Queries, by how they ended.", ["outcome"])
_QUERY_SECONDS: Final = Histogram(
    "releasekg_query_seconds",
    "Seconds until the result of a query was there, by its form.",
    ["form"],
    buckets=_SECONDS,
)
_KILLS: Final = Counter("releasekg_worker_kills", "Query workers that were ended, by the reason.", ["reason"])
_RUNNING: Final = Gauge("releasekg_queries_running", "Queries at work.", multiprocess_mode="livesum")
_WAITING: Final = Gauge(
    "releasekg_queries_waiting", "Queries that wait for a place.", multiprocess_mode="livesum"
)
_WORKERS: Final = Gauge("releasekg_query_workers", "Query workers that live.", multiprocess_mode="livesum")
_CACHE: Final = Counter(
    "releasekg_cache_requests",
    "Requests that a kept response could answer, and whether one did.",
    ["outcome"],
)
_KEPT: Final = Gauge("releasekg_cache_bytes", "What kept responses take.", multiprocess_mode="livesum")
_WRITES: Final = Counter("releasekg_writes", "Writes, by their kind and how they ended.", ["kind", "outcome"])

#: Failures at which the worker of the query is gone.
_FATAL: Final = frozenset(
    {Reason.TIMEOUT, Reason.MEMORY, Reason.NESTING, Reason.CRASH, Reason.CANCELLED, Reason.TOO_LARGE}
)


def count_request(handler: str, method: str, status: int, seconds: float) -> None:
    """A response was sent."""
    _counter(_REQUESTS, handler, method, status).inc()
    _histogram(_REQUEST_SECONDS, handler).observe(seconds)


def count_query(form: str, seconds: float) -> None:
    """A query has a result; `form` as in `Head`."""
    _counter(_QUERIES, "ok").inc()
    _histogram(_QUERY_SECONDS, form).observe(seconds)


def count_failure(reason: Reason) -> None:
    """A query has none, or not all of it."""
    _QUERIES.labels(reason).inc()
    if reason in _FATAL:
        _KILLS.labels(reason).inc()


def count_cache(outcome: str) -> None:
    """A request that may be answered from what was kept was ("hit"), or was not ("miss")."""
    _counter(_CACHE, outcome).inc()


def count_write(kind: str, outcome: str) -> None:
    """A write was carried out ("ok", "unchanged"), or refused."""
    _WRITES.labels(kind, outcome).inc()


def look_at(pool: QueryPool, cache: ResponseCache) -> None:
    """Note how much the pool has to do, and how much is kept; from time to time, not with every query."""
    _RUNNING.set(pool.at_work())
    _WAITING.set(pool.waiting())
    _WORKERS.set(len(pool.pids()))
    _KEPT.set(cache.taken)


# The library looks a child up under a lock, by its labels made into text; there are few of them.
@lru_cache(maxsize=1024)
def _counter(family: Counter, *labels: object) -> Counter:
    return family.labels(*labels)


@lru_cache(maxsize=256)
def _histogram(family: Histogram, *labels: object) -> Histogram:
    return family.labels(*labels)


def exposition(site: Site, cache: ResponseCache) -> bytes:
    """Everything that is counted, in the text format of Prometheus."""
    look_at(site.pool, cache)
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Ours())
    registry.register(_Snapshot(site))
    return generate_latest(registry)


class _Ours(Collector):
    """What this process counts, without what others register with the library."""

    def collect(self) -> Iterable[Metric]:
        return (metric for metric in REGISTRY.collect() if metric.name.startswith("releasekg_"))


class _Snapshot(Collector):
    """What is published."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def collect(self) -> Iterable[Metric]:
        up = GaugeMetricFamily("releasekg_snapshot_readable", "Whether the published snapshot can be read.")
        try:
            snapshot = self._site.graph().snapshot
        except StoreError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        info = GaugeMetricFamily(
            "releasekg_snapshot_info", "Which snapshot is published.", labels=["snapshot"]
        )
        info.add_metric([snapshot.id], 1)
        yield info
        manifest = snapshot.manifest
        for name, text, number in (
            ("triples", "Distinct triples that are published.", manifest.triples),
            ("releases", "Releases that are published.", len(manifest.releases)),
            ("warnings", "Warnings of the validation.", manifest.validation.warnings),
        ):
            gauge = GaugeMetricFamily(f"releasekg_snapshot_{name}", text)
            gauge.add_metric([], number)
            yield gauge


def forget(pid: int) -> None:
    """A process of the server has ended: what it had at work is no more."""
    if os.environ.get(FOLDER):
        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]
