"""A graph as text, the way `kg.turtle` writes it."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pyoxigraph as ox

from kg.turtle import write_turtle


def turtle(quads: Iterable[ox.Quad]) -> str:
    """Turtle, the same text for the same triples; graph names are left out.

    Blank nodes keep their labels: pass them through `kg.store.canonical` first.
    """
    out = io.BytesIO()
    write_turtle(quads, out)
    return out.getvalue().decode()


def trig(quads: Iterable[ox.Quad]) -> str:
    """TriG, the same text for the same quads; as `turtle`, the graphs by their IRIs, the default one first."""
    out = io.BytesIO()
    write_turtle(quads, out, with_graphs=True)
    return out.getvalue().decode()
