"""`Report` → the formats that CI services show: JUnit XML, SARIF, GitHub annotations, GitLab code quality, HTML.

A finding's place is the RDF file that was checked; for a snapshot, that has none, the release's sentence.  Text, JSON
and Turtle are the report's own (`kg.findings`).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from kg import __version__
from kg.findings import Finding, Report, Severity
from kg.namespaces import PROJECT, compact
from kg.places import Place

_SARIF_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_SARIF_LEVEL: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_GITLAB: Final = {Severity.VIOLATION: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets).
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_VALUE: Final = 200
#: GitLab wants a file for every finding; a node that stands nowhere is put here.
_NOWHERE: Final = Place("graph", 1, 1)


def junit(report: Report, *, fail_on: Severity) -> str:
    """JUnit XML that is valid by the schemas of both Ant and Jenkins: a suite for each shape, a case for each finding.

    A finding as bad as `fail_on` is a failure, a milder one passes, with its text in the output of its suite; a report
    without findings is one passing case, because some services take an empty file for a broken run.  Neither schema has
    room for files and lines but the text.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault(finding.shape, []).append(finding)
    suites = [
        _suite(number, compact(shape), [_case(finding, fail_on) for finding in findings], findings, fail_on)
        for number, (shape, findings) in enumerate(groups.items())
    ]
    if not suites:
        case = '    <testcase classname="kg.validate" name="the graph conforms" time="0"/>\n'
        suites.append(_suite(0, "kg validate", [case], (), fail_on))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{"".join(suites)}</testsuites>\n'


def _suite(
    number: int, name: str, cases: Sequence[str], findings: Sequence[Finding], fail_on: Severity
) -> str:
    mild = [finding for finding in findings if finding.severity.value < fail_on.value]
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return (
        f'  <testsuite id="{number}" name={_attribute(name)} package="shapes" hostname="localhost" timestamp="{now}"'
        f' tests="{len(cases)}" failures="{len(findings) - len(mild)}" errors="0" skipped="0" time="0">\n'
        f"    <properties/>\n{''.join(cases)}"
        f"    <system-out>{_xml_text(chr(10).join(map(_placed, mild)))}</system-out>\n    <system-err/>\n"
        "  </testsuite>\n"
    )


def _case(finding: Finding, fail_on: Severity) -> str:
    name = " ".join(filter(None, (compact(_focus(finding)), finding.path, _value(finding))))
    start = (
        f"    <testcase classname={_attribute(compact(finding.shape))}"
        f' name={_attribute(name or compact(finding.shape))} time="0"'
    )
    if finding.severity.value < fail_on.value:
        return f"{start}/>\n"
    place = _place(finding)
    message = finding.message if place is None else f"{place}: {finding.message}"
    kind = compact(finding.constraint)
    return (
        f"{start}>\n      <failure message={_attribute(message)} type={_attribute(kind)}>"
        f"{_xml_text(_placed(finding))}</failure>\n    </testcase>\n"
    )


def _placed(finding: Finding) -> str:
    place = _place(finding)
    return f"{_details(finding)}\n" + ("" if place is None else f"Place: {place}\n")


def sarif(report: Report, *, fail_on: Severity) -> str:  # noqa: ARG001 - all formats are called alike
    """SARIF 2.1.0 for code scanning: the shapes are the rules, the release's sentence a related location.

    See https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html.
    """
    shapes = list(dict.fromkeys(finding.shape for finding in report.findings))
    rules = [
        {
            "id": compact(shape),
            "shortDescription": {
                "text": next(f.message for f in report.findings if f.shape == shape) or compact(shape)
            },
            "helpUri": shape,
        }
        for shape in shapes
    ]
    run = {
        "tool": {
            "driver": {
                "name": "releasekg",
                "semanticVersion": __version__,
                "informationUri": PROJECT,
                "rules": rules,
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, shapes.index(finding.shape)) for finding in report.findings],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    out: dict[str, Any] = {
        "ruleId": compact(finding.shape),
        "ruleIndex": rule,
        "level": _SARIF_LEVEL[finding.severity],
        "message": {"text": _details(finding)},
        "partialFingerprints": {"releasekg/v1": finding.fingerprint},
    }
    place = _place(finding)
    logical = {"fullyQualifiedName": _focus(finding)}
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if place is not None:
        location["physicalLocation"] = _physical(place)
    out["locations"] = [location]
    if finding.place is not None and finding.said is not None:
        out["relatedLocations"] = [
            {"physicalLocation": _physical(finding.said), "message": {"text": finding.sentence or ""}}
        ]
    return out


def _physical(place: Place) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": _uri(place.file)},
        "region": {"startLine": place.line, "startColumn": place.column},
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def github(report: Report, *, fail_on: Severity) -> str:  # noqa: ARG001
    """Workflow commands that GitHub Actions shows beside the lines of a change, and a last line in plain words."""
    lines = []
    for finding in report.findings:
        place = _place(finding)
        properties = {"title": compact(finding.shape)}
        if place is not None:
            properties = {"file": place.file, "line": str(place.line), "col": str(place.column)} | properties
        listed = ",".join(f"{name}={_command(value, in_property=True)}" for name, value in properties.items())
        lines.append(f"::{_GITHUB[finding.severity]} {listed}::{_command(_details(finding))}\n")
    return "".join(lines) + report.summary() + "\n"


def _command(text: str, *, in_property: bool = False) -> str:
    """Escaped as the runner reads it back."""
    for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(character, code)
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def gitlab(report: Report, *, fail_on: Severity) -> str:  # noqa: ARG001
    """GitLab's code quality report: a JSON array, every finding with a file and a line."""
    seen: dict[str, int] = {}
    issues = []
    for finding in report.findings:
        place = _place(finding) or _NOWHERE
        # Two findings of one fingerprint would be shown as one.
        number = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        issues.append(
            {
                "description": " ".join(_details(finding).split()),
                "check_name": compact(finding.shape),
                "fingerprint": finding.fingerprint + ("" if number == 1 else f"-{number}"),
                "severity": _GITLAB[finding.severity],
                "location": {"path": place.file, "lines": {"begin": place.line}},
            }
        )
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


_STYLE: Final = """body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;
color:#1b1b1b}h2{margin:2rem 0 .5rem;font-size:1.1rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc;overflow-wrap:anywhere}
q{font-style:italic}code{font-size:.9em}.violation{color:#a4001d}.warning{color:#7a4f00}.info{color:#00517a}
@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}.violation{color:#ff8a9a}.warning{color:#f2c063}
.info{color:#7cc7f2}}"""


def page(report: Report, *, fail_on: Severity) -> str:
    """One HTML page that needs nothing beside it, to keep as an artifact of a CI run."""
    verdict = "passed" if report.conforms_at(fail_on) else "failed"
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault((finding.severity, finding.shape), []).append(finding)
    sections = []
    for (severity, shape), findings in groups.items():
        name = severity.name.lower()
        rows = "".join(_row(finding) for finding in findings)
        sections.append(
            f'<h2><span class="{name}">{name}</span> <code>{html.escape(compact(shape))}</code>'
            f" ({len(findings)})</h2>\n"
            "<table><thead><tr><th>Node</th><th>Path and value</th><th>Remedy</th><th>Where</th></tr></thead>"
            f"<tbody>\n{rows}</tbody></table>\n"
        )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>SHACL report: {verdict}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>SHACL report: {verdict}</h1>\n<p>{html.escape(report.summary())}</p>\n{''.join(sections)}</body></html>\n"
    )


def _row(finding: Finding) -> str:
    focus = _focus(finding)
    shown = f"<code>{html.escape(compact(focus))}</code>"
    if focus.startswith(("http://", "https://")):
        shown = f'<a href="{html.escape(focus)}">{shown}</a>'
    value = " ".join(filter(None, (finding.path, _value(finding))))
    where = "<br>".join(
        html.escape(str(place)) for place in (finding.place, finding.said) if place is not None
    )
    sentence = "" if finding.sentence is None else f"<br><q>{html.escape(finding.sentence)}</q>"
    return (
        f"<tr><td>{shown}</td><td><code>{html.escape(value)}</code></td>"
        f"<td>{html.escape(finding.message)}{sentence}</td><td>{where}</td></tr>\n"
    )


#: Name of a format → how to write it.
WRITERS: Final[Mapping[str, Callable[..., str]]] = {
    "junit": junit,
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "html": page,
}


def _place(finding: Finding) -> Place | None:
    return finding.place or finding.said


def _focus(finding: Finding) -> str:
    return getattr(finding.focus, "value", "") if finding.anchor is None else finding.anchor


def _value(finding: Finding) -> str | None:
    if finding.value is None or finding.value == finding.focus:
        return None
    text = " ".join(finding.value.value.split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _details(finding: Finding) -> str:
    """The remedy first: services cut long messages."""
    lines = [finding.message or compact(finding.constraint), f"Node: {_focus(finding)}"]
    if finding.path is not None:
        lines.append(f"Path: {finding.path}")
    if (value := _value(finding)) is not None:
        lines.append(f"Value: {value}")
    if finding.sentence is not None:
        lines.append(f"Sentence: “{finding.sentence}” ({finding.said or finding.release})")
    return "\n".join(lines)


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _xml_text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
