"""The graph from Python: `kg.open("data").query(…)` into dicts, pandas or rdflib."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.errors import InputError, QueryError
from kg.fact_view import facts
from kg.namespaces import PREFIXES
from kg.snapshots import Snapshot, Snapshots
from kg.store import Dataset, QueryResult, Term

if TYPE_CHECKING:
    import pandas
    import rdflib

_XSD: Final = PREFIXES["xsd"]
#: What a value is in Python; an IRI is a str, so are texts and dates that are not a whole day.
PythonValue = str | int | float | bool | Decimal | date | None


def open_graph(data: str | PathLike[str] = "data") -> Graph:
    """Open the published graph of a data directory.

    Raises:
        NoSnapshot: nothing has been built there yet.
        StoreError: the snapshot is corrupt.
    """
    snapshot = Snapshots(Path(data)).current()
    return Graph(snapshot, snapshot.open())


def extract_facts(text: str, *, name: str = "text") -> list[dict[str, Any]]:
    """What a release's text states, as the lines of `kg facts`.

    Args:
        text: the whole release; offsets in the lines count its characters.
        name: what the lines call the release.

    Raises:
        InputError: the text is empty.
    """
    from kg.build import read_facts  # noqa: PLC0415 - spaCy and the rest are needed here alone
    from kg.model import Release  # noqa: PLC0415

    if not text.strip():
        raise InputError(f"{name}: is empty")
    return [line.as_json() for line in read_facts([Release(name, name, text)])]


@dataclass(frozen=True, slots=True)
class Graph:
    """A published graph, open for reading.

    Attributes:
        snapshot: which one; its manifest has counts and versions.
    """

    snapshot: Snapshot
    _dataset: Dataset

    def query(self, sparql: str) -> Answer:
        """Evaluate SPARQL; the project's prefixes need no declaration.

        Raises:
            QueryError: the query is malformed; carries line and column.
        """
        return Answer(self._dataset.query(sparql, prefixes=PREFIXES))

    def facts(self, *, release: str | None = None, entity: str | None = None) -> list[dict[str, Any]]:
        """The lines of `kg facts`, of one release or about one thing (its IRI)."""
        return [line.as_json() for line in facts(self._dataset, release=release, entity=entity)]

    def __len__(self) -> int:
        """Distinct triples."""
        return self.snapshot.manifest.triples


class Answer:
    """The answer to a query, to be read once: rows of a SELECT, the truth of an ASK, the graph of a CONSTRUCT."""

    def __init__(self, result: QueryResult) -> None:
        self._result = result

    def __bool__(self) -> bool:
        """The truth of an ASK.

        Raises:
            QueryError: the query was no ASK.
        """
        if not isinstance(self._result, ox.QueryBoolean):
            raise QueryError("only the answer to an ASK query is true or false")
        return bool(self._result)

    def __iter__(self) -> Iterator[dict[str, PythonValue]]:
        """The rows of a SELECT, each with every variable, None where it is unbound.

        Raises:
            QueryError: the query was no SELECT.
        """
        rows = self._rows()
        names = [variable.value for variable in rows.variables]
        for row in rows:
            yield {name: _python(row[name]) for name in names}

    def to_pandas(self) -> pandas.DataFrame:
        """The rows of a SELECT as a frame.

        Raises:
            QueryError: the query was no SELECT.
            InputError: pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - optional
        except ImportError as error:
            raise InputError("pandas is not installed: pip install pandas") from error
        return pd.DataFrame(list(self), columns=[variable.value for variable in self._rows().variables])

    def to_rdflib(self) -> rdflib.Graph:
        """The graph of a CONSTRUCT or DESCRIBE.

        Raises:
            QueryError: the query was neither.
        """
        import rdflib  # noqa: PLC0415 - a third of a second

        if not isinstance(self._result, ox.QueryTriples):
            raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
        graph = rdflib.Graph()
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        content = ox.serialize(self._result, format=ox.RdfFormat.N_TRIPLES)
        return graph.parse(data=content, format="nt")

    def _rows(self) -> ox.QuerySolutions:
        if not isinstance(self._result, ox.QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        return self._result


def _python(term: Term | None) -> PythonValue:
    if term is None or isinstance(term, ox.Triple):
        return None if term is None else str(term)
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return term.value
    try:
        match term.datatype.value.removeprefix(_XSD):
            case "integer":
                return int(term.value)
            case "decimal":
                return Decimal(term.value)
            case "double" | "float":
                return float(term.value)
            case "boolean":
                return {"true": True, "1": True, "false": False, "0": False}[term.value]
            case "date":
                return date.fromisoformat(term.value)
    except (ValueError, InvalidOperation, KeyError):
        return term.value  # ill-typed, or a date with a time zone: as it is written
    return term.value
