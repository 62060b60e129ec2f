"""releasekg: drug-development press releases in, a validated, evidence-carrying knowledge graph out.

import kg
g = kg.open("data")                     the graph that `kg build --data data` published
for row in g.query("SELECT …"): …       rows as dicts; .to_pandas(), .to_rdflib()
kg.extract_facts(text)                  what a release's text states
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.python import extract_facts
    from kg.python import open_graph as open  # noqa: A004 - `kg.open`, as `gzip.open`

__all__ = ["__version__", "extract_facts", "open"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The public functions, imported when they are first used: `kg --help` needs none of them."""
    if name in ("open", "extract_facts"):
        from kg import python  # noqa: PLC0415

        return {"open": python.open_graph, "extract_facts": python.extract_facts}[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
