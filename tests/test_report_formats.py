"""`kg.report_formats`: what CI services read, held to the formats' own definitions."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pyoxigraph as ox
import pytest

from kg.findings import Finding, Report, Severity
from kg.namespaces import expand
from kg.places import Place
from kg.report_formats import WRITERS

SCHEMA = Path(__file__).parent / "conformance" / "sarif-schema-2.1.0.json"
#: The schemas of Ant (windyroad/JUnit-Schema) and Jenkins (jenkinsci/xunit-plugin, junit-10.xsd), which disagree.
JUNIT_SCHEMAS = [Path(name) for name in os.environ.get("RELEASEKG_JUNIT_XSD", "").split(os.pathsep) if name]
NO_SCHEMA = pytest.param(Path(), marks=pytest.mark.skip(reason="RELEASEKG_JUNIT_XSD names no schemas"))
NASTY = 'Add <it> & "mend": 100%,\nor 添加\x00.'


def finding(severity: Severity, **more: Any) -> Finding:
    iri = f"https://e.x/{severity.name}?a=1&b=<2>".replace("<2>", "2")
    values: dict[str, Any] = {
        "focus": ox.NamedNode(iri),
        "path": "rkg:unit",
        "value": ox.Literal("mg\x01 <b>"),
        "shape": expand("rkgs:DoseShape"),
        "constraint": expand("sh:InConstraintComponent"),
        "severity": severity,
        "message": NASTY,
        "anchor": iri,
    }
    return Finding(**values | more)


IN_FILE = finding(
    Severity.VIOLATION,
    place=Place("my data/graph,1.ttl", 12, 3),
    release="r1",
    sentence="The dose is “25”.",
    said=Place("r1.txt", 4, 5),
)
IN_RELEASE = finding(Severity.WARNING, release="r1", sentence="One.", said=Place("seeds/r1.txt", 1, 2))
NOWHERE = finding(Severity.INFO, focus=ox.BlankNode("b"), anchor=None, value=None, path=None, message="")
REPORT = Report((IN_FILE, IN_RELEASE, NOWHERE), 100)
EMPTY = Report((), 100)


def written(format_: str, report: Report = REPORT, fail_on: Severity = Severity.VIOLATION) -> str:
    return WRITERS[format_](report, fail_on=fail_on)


# --- SARIF: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ -------------------------------------------------


@pytest.mark.parametrize("report", [REPORT, EMPTY], ids=["findings", "none"])
def test_sarif_is_valid(report: Report) -> None:
    """Against the official schema, formats of IRIs included."""
    log = json.loads(written("sarif", report))
    jsonschema.Draft4Validator(json.loads(SCHEMA.read_text())).validate(log)


def test_sarif_places() -> None:
    """The file first, the sentence as a related place; a file's name is an IRI reference."""
    first, second, third = json.loads(written("sarif"))["runs"][0]["results"]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20data/graph%2C1.ttl"},
        "region": {"startLine": 12, "startColumn": 3},
    }
    assert first["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "r1.txt"
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 2}
    assert "physicalLocation" not in third["locations"][0]
    assert [r["level"] for r in (first, second, third)] == ["error", "warning", "note"]


def test_sarif_rules_are_the_shapes() -> None:
    """Each result points to its rule by number and name."""
    run = json.loads(written("sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == ["rkgs:DoseShape"] * 3


# --- JUnit --------------------------------------------------------------------------------------------------

#: What the schemas of Ant and of Jenkins both allow: element → (parent, required attributes of either, elements below).
JUNIT: dict[str, tuple[str | None, set[str], str]] = {
    "testsuites": (None, set(), r"(testsuite )+"),
    "testsuite": (
        "testsuites",
        {"id", "name", "package", "hostname", "timestamp", "tests", "failures", "errors", "skipped", "time"},
        r"properties (testcase )*system-out system-err ",
    ),
    "properties": ("testsuite", set(), ""),
    "testcase": ("testsuite", {"name", "classname", "time"}, r"(failure )?"),
    "failure": ("testcase", {"type", "message"}, ""),
    "system-out": ("testsuite", set(), ""),
    "system-err": ("testsuite", set(), ""),
}


@pytest.mark.parametrize("report", [REPORT, EMPTY], ids=["findings", "none"])
def test_junit_has_the_common_structure(report: Report) -> None:
    """Known elements in their order below known ones, their attributes and no other, counts that are right."""
    root = ET.fromstring(written("junit", report))
    parents: dict[ET.Element, str | None] = {root: None}
    parents |= {child: parent.tag for parent in root.iter() for child in parent}
    for element, parent in parents.items():
        expected, attributes, below = JUNIT[element.tag]
        assert parent == expected
        assert set(element.attrib) == attributes
        assert re.fullmatch(below, "".join(f"{child.tag} " for child in element))
    for number, group in enumerate(root.iter("testsuite")):
        assert int(group.attrib["id"]) == number
        assert int(group.attrib["tests"]) == len(list(group.iter("testcase"))) > 0
        assert int(group.attrib["failures"]) == len(list(group.iter("failure")))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", group.attrib["timestamp"])


@pytest.mark.parametrize("report", [REPORT, EMPTY], ids=["findings", "none"])
@pytest.mark.parametrize("schema", JUNIT_SCHEMAS or [NO_SCHEMA])
def test_junit_is_valid(report: Report, schema: Path) -> None:
    """By the schemas themselves, where they are found."""
    xmlschema = pytest.importorskip("xmlschema")
    xmlschema.XMLSchema(str(schema)).validate(written("junit", report))


@pytest.mark.parametrize(("fail_on", "failures"), [("violation", 1), ("warning", 2), ("info", 3)])
def test_junit_fails_where_the_command_does(fail_on: str, failures: int) -> None:
    """A finding milder than --fail-on is a passing case, its text in the output of the suite."""
    root = ET.fromstring(written("junit", fail_on=Severity[fail_on.upper()]))
    assert len(list(root.iter("failure"))) == failures
    assert len(list(root.iter("testcase"))) == 3
    output = "".join(text.text or "" for text in root.iter("system-out"))
    assert output.count("Node: ") == 3 - failures


def test_junit_places() -> None:
    """In the message and in the text, for there is no attribute for it."""
    failure = next(ET.fromstring(written("junit")).iter("failure"))
    assert failure.attrib["message"].startswith("my data/graph,1.ttl:12:3: Add <it>")
    assert "Place: my data/graph,1.ttl:12:3\n" in (failure.text or "")


# --- GitHub, GitLab, HTML -----------------------------------------------------------------------------------


def test_github_commands() -> None:
    """One line a finding; what would end a property or the line is escaped; the last line is for people."""
    first, second, third, last = written("github").splitlines()
    assert first.startswith(
        '::error file=my data/graph%2C1.ttl,line=12,col=3,title=rkgs%3ADoseShape::Add <it> & "mend": 100%25,%0Aor'
    )
    assert second.startswith("::warning file=seeds/r1.txt,line=1,col=2,")
    assert third.startswith("::notice title=rkgs%3ADoseShape::sh:InConstraintComponent")
    assert last == REPORT.summary()


def test_gitlab_code_quality() -> None:
    """What https://docs.gitlab.com/ci/testing/code_quality/ asks for; fingerprints are unique."""
    issues = json.loads(written("gitlab", Report((IN_FILE, IN_FILE, IN_RELEASE, NOWHERE))))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 4
    assert [issue["severity"] for issue in issues] == ["major", "major", "minor", "info"]
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] > 0
    assert json.loads(written("gitlab", EMPTY)) == []


class Page(HTMLParser):
    """Remembers tags and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Told by the parser."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Told by the parser."""
        self.text += data


def test_the_page_shows_every_finding() -> None:
    """As text, never as markup; nothing is loaded from elsewhere."""
    page = Page(written("html"))
    assert page.tags.count("tr") == 3 + 3
    assert "SHACL report: failed" in page.text
    assert "my data/graph,1.ttl:12:3" in page.text
    assert "Add <it>" in page.text
    assert not {"it", "b", "script", "link", "img"} & set(page.tags)
    assert "passed" in Page(written("html", EMPTY)).text
