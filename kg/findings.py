"""What validation finds, as plain values: a report with its findings, and it as text, JSON and RDF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.namespaces import PREFIXES, REPORT_GRAPH, compact, digest, expand
from kg.places import Place, locate

_LONGEST_VALUE: Final = 200


class Severity(Enum):
    """How bad a finding is; the values are ordered."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @property
    def iri(self) -> str:
        """SHACL's name of it."""
        return f"{PREFIXES['sh']}{self.name.capitalize()}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a shape objects to.

    Attributes:
        focus: the node that was checked.
        path: the property, as a CURIE or a SPARQL path of CURIEs; None where the node itself is at fault.
        value: the value at fault, if it is one value.
        shape: IRI of the shape, or of the named shape around it.
        constraint: IRI of the kind of constraint ("…shacl#MinCountConstraintComponent").
        severity: as the shape says.
        message: what to do about it.
        release: id of a release that speaks of the focus node, if one does.
        sentence: the words it does so with.
        said: where these words begin: the release's file as it was named when read, line, column.
        anchor: IRI of the focus node, or of the nearest named node that leads to it.
        place: where the anchor stands in the RDF file that was checked; None for a snapshot.
    """

    focus: ox.NamedNode | ox.BlankNode | ox.Literal
    path: str | None
    value: ox.NamedNode | ox.BlankNode | ox.Literal | None
    shape: str
    constraint: str
    severity: Severity
    message: str
    release: str | None = None
    sentence: str | None = None
    said: Place | None = None
    anchor: str | None = None
    place: Place | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same finding in another run: places, wording and blank nodes' labels do not count."""
        value = "" if self.value is None or isinstance(self.value, ox.BlankNode) else str(self.value)
        focus = self.anchor or ("" if isinstance(self.focus, ox.BlankNode) else str(self.focus))
        return digest("\n".join((focus, self.path or "", value, self.shape, self.constraint)))


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found, the worst first, then by shape and node.

    Attributes:
        findings: everything that a shape objects to, of any severity.
        triples: size of what was checked, the ontology not counted.
        known: number of findings left out because a baseline knows them (`kg.triage`).
        gone: number of findings of the baseline that are no more.
    """

    findings: tuple[Finding, ...]
    triples: int = 0
    known: int = 0
    gone: int = 0

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos are allowed."""
        return self.conforms_at(Severity.VIOLATION)

    def conforms_at(self, severity: Severity) -> bool:
        """Whether nothing as bad as this, or worse, was found."""
        return all(finding.severity.value < severity.value for finding in self.findings)

    def count(self, severity: Severity) -> int:
        """Number of findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def summary(self) -> str:
        """One line."""
        verdict = "conforms" if self.conforms else "does not conform"
        counts = [f"{self.count(s)} {s.name.lower()}" for s in reversed(Severity) if self.count(s)]
        found = ", ".join(f"{text}{'' if text.startswith('1 ') else 's'}" for text in counts)
        known = f"; {self.known:,} known from the baseline" if self.known else ""
        gone = f"; {self.gone:,} of the baseline mended, write it anew" if self.gone else ""
        return f"{verdict}: {found or 'no findings'} in {self.triples:,} triples{known}{gone}"

    def with_sources(self, folder: Path) -> Report:
        """The same with the release files named as they lie in a folder."""
        return replace(
            self,
            findings=tuple(
                f if f.said is None else replace(f, said=replace(f.said, file=str(folder / f.said.file)))
                for f in self.findings
            ),
        )

    def located(self, files: Sequence[Path]) -> Report:
        """The same with the places in the RDF files that were checked.

        A node without a name, and without a named one that leads to it, stands at the start of the first file.
        """
        places = locate(files, {f.anchor for f in self.findings if f.anchor is not None})
        start = Place(str(files[0]), 1, 1)
        return replace(
            self,
            findings=tuple(
                replace(f, place=start if f.anchor is None else places.get(f.anchor, start))
                for f in self.findings
            ),
        )

    def as_text(self) -> str:
        """For people: grouped by shape, under each finding the remedy and the release's sentence."""
        out = []
        group = None
        sizes = Counter((finding.severity, finding.shape) for finding in self.findings)
        for finding in self.findings:
            if group != (finding.severity, finding.shape):
                group = (finding.severity, finding.shape)
                out.append(f"{finding.severity.name} {compact(finding.shape)} ({sizes[group]})\n")
            out.append(f"  {_plain(finding.focus)}\n")
            if finding.path is not None:
                out.append(f"    path      {finding.path}\n")
            if finding.value is not None and finding.value != finding.focus:
                out.append(f"    value     {_cut(_plain(finding.value))}\n")
            out.append(f"    remedy    {finding.message}\n")
            if finding.place is not None:
                out.append(f"    place     {finding.place}\n")
            if finding.sentence is not None:
                out.append(f"    sentence  {_cut(finding.sentence)} ({finding.said or finding.release})\n")
            out.append("\n")
        return "".join(out) + self.summary() + "\n"

    def as_json(self) -> str:
        """One object, the findings under "findings"."""
        raw = {
            "conforms": self.conforms,
            "triples": self.triples,
            "counts": {s.name.lower(): self.count(s) for s in reversed(Severity)},
            "known": self.known,
            "gone": self.gone,
            "findings": [
                {
                    "severity": finding.severity.name.lower(),
                    "focus": _plain(finding.focus),
                    "path": finding.path,
                    "value": None if finding.value is None else _plain(finding.value),
                    "shape": finding.shape,
                    "constraint": finding.constraint,
                    "message": finding.message,
                    "release": finding.release,
                    "sentence": finding.sentence,
                    "said": _place_as_json(finding.said),
                    "place": _place_as_json(finding.place),
                    "fingerprint": finding.fingerprint,
                }
                for finding in self.findings
            ],
        }
        return json.dumps(raw, indent=2, ensure_ascii=False) + "\n"

    def quads(self) -> Iterator[ox.Quad]:
        """The report in SHACL's own terms, in the graph of reports, without blank nodes.

        `sh:conforms` is SHACL's: true only where nothing at all was found.  A path that is more than one property
        would need blank nodes and is left out.  See https://www.w3.org/TR/shacl/#validation-report.
        """
        graph, report = ox.NamedNode(REPORT_GRAPH), ox.NamedNode(REPORT_GRAPH + "#report")

        def quad(
            subject: ox.NamedNode, predicate: str, object_: ox.NamedNode | ox.BlankNode | ox.Literal
        ) -> ox.Quad:
            return ox.Quad(subject, ox.NamedNode(expand(predicate)), object_, graph)

        yield quad(report, "rdf:type", ox.NamedNode(expand("sh:ValidationReport")))
        yield quad(report, "sh:conforms", ox.Literal(not self.findings))
        for finding in self.findings:
            content = "\n".join(map(str, (finding.focus, finding.path, finding.value, finding.shape)))
            result = ox.NamedNode(f"{REPORT_GRAPH}#{digest(content + finding.constraint + finding.message)}")
            yield quad(report, "sh:result", result)
            yield quad(result, "rdf:type", ox.NamedNode(expand("sh:ValidationResult")))
            yield quad(result, "sh:focusNode", finding.focus)
            yield quad(result, "sh:sourceShape", ox.NamedNode(finding.shape))
            yield quad(result, "sh:sourceConstraintComponent", ox.NamedNode(finding.constraint))
            yield quad(result, "sh:resultSeverity", ox.NamedNode(finding.severity.iri))
            yield quad(result, "sh:resultMessage", ox.Literal(finding.message))
            if finding.value is not None:
                yield quad(result, "sh:value", finding.value)
            if finding.path is not None and (iri := _iri_of_path(finding.path)) is not None:
                yield quad(result, "sh:resultPath", ox.NamedNode(iri))


def order(finding: Finding) -> tuple[int, str, str, str, str, str, str]:
    """The worst first, then by shape and node."""
    return (
        -finding.severity.value,
        finding.shape,
        str(finding.focus),
        finding.path or "",
        str(finding.value),
        finding.message,
        finding.constraint,  # "from 0 to 1" is one message of two constraints
    )


def _iri_of_path(path: str) -> str | None:
    if path.startswith(("^", "(")) or path.endswith(("*", "+", "?")):
        return None
    prefix, colon, local = path.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else path


def _place_as_json(place: Place | None) -> dict[str, str | int] | None:
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else term.value


def _cut(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def one_line(text: object) -> str:
    """Line breaks and runs of spaces become a space."""
    return " ".join(str(text).split())
