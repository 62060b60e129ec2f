"""Carries out one write that the server hands over: `python -m kg.update_job`, JSON in, JSON out.

The server itself imports neither the language pipeline nor the reasoner; `server.writing` is the other end.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from kg.errors import (
    CheckError,
    InputError,
    NoSnapshot,
    PublishRefused,
    QueryError,
    StoreError,
    VocabularyError,
)


def carry_out(job: dict[str, Any]) -> dict[str, Any]:
    """Carry out a write.

    Args:
        job: "data", "expected", "keep", "kind" ("update", "graph", "releases") and the attributes of that change
            (`kg.updates`).

    Returns:
        The attributes of `kg.updates.Written`; or "error", naming the kind of failure, with "message", "line" and
        "column", or with the validation report as "report" (JSON), "text" and "turtle".
    """
    from kg.updates import Changed, NotWritable, write  # noqa: PLC0415 - pySHACL takes a second to import

    try:
        done = write(Path(job["data"]), _change(job), expected=job["expected"], keep=job["keep"])
    except PublishRefused as error:
        return {"error": "refused", "message": str(error), "text": error.details, **_report(error)}
    except QueryError as error:
        return {"error": "syntax", "message": str(error), "line": error.line, "column": error.column}
    except Changed as error:
        return {"error": "changed", "message": str(error)}
    except NotWritable as error:
        return {"error": "not-writable", "message": str(error)}
    except InputError as error:
        return {"error": "input", "message": str(error)}
    except NoSnapshot as error:
        return {"error": "no-snapshot", "message": str(error)}
    except (StoreError, VocabularyError, CheckError) as error:
        return {"error": "store", "message": str(error)}
    except MemoryError:
        return {"error": "memory", "message": "the write needs more memory than its limit"}
    return {name: getattr(done, name) for name in done.__slots__}


def _change(job: dict[str, Any]) -> Any:
    from kg.updates import Document, GraphWrite, ReleaseFiles, SparqlUpdate  # noqa: PLC0415

    if job["kind"] == "update":
        return SparqlUpdate(job["text"], tuple(job["using"]), tuple(job["using_named"]))
    if job["kind"] == "releases":
        return ReleaseFiles(tuple(map(Path, job["paths"])), replace=job["replace"], strict=job["strict"])
    documents = job["documents"]
    if documents is not None:
        documents = tuple(Document(Path(d["path"]), d["media_type"], d["base"]) for d in documents)
    return GraphWrite(job["graph"], documents, replace=job["replace"], present=job["present"])


def _report(error: PublishRefused) -> dict[str, Any]:
    import pyoxigraph as ox  # noqa: PLC0415

    from kg.findings import Report  # noqa: PLC0415
    from kg.namespaces import PREFIXES  # noqa: PLC0415

    if not isinstance(error.report, Report):
        return {}
    triples = [quad.triple for quad in error.report.quads()]
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert turtle is not None
    return {"report": json.loads(error.report.as_json()), "turtle": turtle.decode()}


def main() -> None:
    """Read a job from standard input, answer on standard output; "memory" and "seconds" of the job limit it."""
    job = json.load(sys.stdin)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing printed by a library may get into the answer
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(job["seconds"])
    with answer:
        json.dump(carry_out(job), answer)


if __name__ == "__main__":
    main()
