"""The ontology's documentation as a page of the server, and as a folder of files that any web server can serve.

The diagram of the core classes is laid out by Graphviz, which a running server need not have: it is made once, by
`python -m server.ontology_documentation`, and kept with the code; a test tells when the ontology has moved on.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import kg
from kg.documentation import Documentation, core_diagram, documentation
from kg.errors import CheckError, InputError
from kg.namespaces import PREFIXES, compact
from kg.ontology import ontology_quads
from server.negotiation import GRAPHS

_STATIC: Final = Path(__file__).parent / "static"
DIAGRAM: Final = _STATIC / "core-classes.svg"
_DIGEST: Final = re.compile(r"<!-- made from ([0-9a-f]{64}) -->")


@cache
def read_documentation() -> Documentation:
    """The documentation of the ontology that this version comes with; read once."""
    return documentation()


@cache
def diagram() -> Markup:
    """The diagram of the core classes, as SVG to put into a page."""
    # Made by us from our own ontology.
    return Markup(DIAGRAM.read_text(encoding="utf-8"))  # noqa: S704


def is_up_to_date(svg: str) -> bool:
    """Whether a diagram was made from the ontology as it is."""
    found = _DIGEST.search(svg)
    return found is not None and found[1] == _digest(core_diagram())


def write_diagram(path: Path = DIAGRAM) -> None:
    """Lay the diagram out with Graphviz.

    Raises:
        CheckError: Graphviz is not there, or fails.
    """
    program = shutil.which("dot")
    if program is None:
        raise CheckError("the diagram is laid out by Graphviz: install it (Debian: apt-get install graphviz)")
    dot = core_diagram()
    done = subprocess.run([program, "-Tsvg"], input=dot, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CheckError(f"dot: {' '.join(done.stderr.split())}")
    path.write_text(_embedded(done.stdout, _digest(dot)), encoding="utf-8")


def write_site(folder: Path) -> tuple[Path, ...]:
    """Write `index.html` and the ontology in every RDF format into a folder, which is made.

    Returns:
        The files.

    Raises:
        InputError: the folder cannot be written.
    """
    environment = Environment(
        loader=PackageLoader("server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["short"] = compact
    described = read_documentation()
    page = environment.get_template("ontology_static.html").render(
        documentation=described,
        diagram=diagram(),
        # A style sheet of ours, in an element whose text is not markup.
        style=Markup((_STATIC / "style.css").read_text(encoding="utf-8")),  # noqa: S704
        href=lambda iri: f"#{described.terms[iri].anchor}" if iri in described.terms else iri,
        query_href=lambda _: "",
        formats=GRAPHS,
        version=kg.__version__,
    )
    contents = {"index.html": page.encode()} | {
        f"ontology.{format_.name}": _serialized(format_.rdf) for format_ in GRAPHS if format_.rdf is not None
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return tuple(folder / name for name in contents)


def _serialized(format_: ox.RdfFormat) -> bytes:
    quads = list(ontology_quads())
    if format_.supports_datasets:
        body = ox.serialize(quads, format=format_, prefixes=PREFIXES)
    else:
        body = ox.serialize((quad.triple for quad in quads), format=format_, prefixes=PREFIXES)
    assert body is not None
    return body


def _digest(dot: str) -> str:
    return hashlib.sha256(dot.encode()).hexdigest()


def _embedded(svg: str, digest: str) -> str:
    """What Graphviz writes, made to stand in a page: in the colours of the text, as wide as it has to be."""
    start = svg.index("<svg")
    body = re.sub(r"<!--.*?-->\n?", "", svg[start:], flags=re.DOTALL)
    body = body.replace('stroke="black"', 'stroke="currentColor"').replace(
        'fill="black"', 'fill="currentColor"'
    )
    body = body.replace("<text ", '<text fill="currentColor" ').replace("xlink:href", "href")
    body = re.sub(r"<title>[^<]*</title>\n?", "", body)  # each would be a tooltip with an internal name
    body = re.sub(r' xlink:title="[^"]*"', "", body)
    body = body.replace("<svg ", '<svg role="img" aria-label="Core classes and their properties" ', 1)
    return f"<!-- made from {digest} -->\n{body}"


if __name__ == "__main__":
    try:
        write_diagram()
    except CheckError as error:
        sys.exit(str(error))
