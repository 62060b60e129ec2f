"""What a team decided about findings: severities of its own, and a baseline of findings that it knows.

Both are files to keep beside the data in git.  A severity profile is TOML:

    [severity]
    "rkgs:ClinicalTrial-status" = "warning"       # a shape, as CURIE or IRI
    "sh:PatternConstraintComponent" = "ignore"    # or a kind of constraint; shapes go before

A baseline is JSON, written by `write_baseline`, one finding a line, so that a diff shows what was accepted.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.findings import Report, Severity
from kg.namespaces import PREFIXES, compact

FORMAT: Final = 1
_IGNORE: Final = "ignore"


def read_profile(path: Path) -> dict[str, Severity | None]:
    """Severity by IRI of shape or constraint component, None for findings to leave out (`kg.validation.validate`).

    Raises:
        InputError: it cannot be read or is no such profile; names file and, where known, line.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: no valid TOML: {error}") from error
    table = raw.get("severity")
    if not isinstance(table, dict) or raw.keys() != {"severity"}:
        raise InputError(f"{path}: a severity profile has one table, [severity]")
    allowed = [*(severity.name.lower() for severity in reversed(Severity)), _IGNORE]
    out: dict[str, Severity | None] = {}
    for name, value in table.items():
        if value not in allowed:
            raise InputError(f"{path}: {name} = {value!r}: choose one of {', '.join(allowed)}")
        prefix, colon, local = name.partition(":")
        iri = PREFIXES[prefix] + local if colon and prefix in PREFIXES else name
        out[iri] = None if value == _IGNORE else Severity[value.upper()]
    return out


def write_baseline(report: Report, path: Path) -> None:
    """Write the findings of a report, for `without_known` to leave out next time.

    Raises:
        InputError: the file cannot be written.
    """
    lines = [
        json.dumps(
            {
                "fingerprint": finding.fingerprint,
                "severity": finding.severity.name.lower(),
                "shape": compact(finding.shape),
                "focus": finding.anchor or str(finding.focus),
                "message": finding.message,
            },
            ensure_ascii=False,
        )
        for finding in report.findings
    ]
    # By fingerprint where all else is equal: blank nodes give the same line in any order.
    body = ",\n".join(
        f"  {line}" for line in sorted(lines, key=lambda line: line.partition('"severity"')[::-1])
    )
    try:
        path.write_text(
            f'{{"format": {FORMAT}, "findings": [\n{body}\n]}}\n'
            if body
            else '{"format": 1, "findings": []}\n',
            encoding="utf-8",
        )
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def without_known(report: Report, path: Path) -> Report:
    """The report without the findings that a baseline knows; one known once hides one, not its later doubles.

    Raises:
        InputError: the baseline cannot be read or is none.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise InputError(
                f"{path}: format {raw['format']!r}, where this version reads {FORMAT}; write it anew"
            )
        known = Counter(str(finding["fingerprint"]) for finding in raw["findings"])
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; make it by --write-baseline") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: no baseline ({error!r}); make it by --write-baseline") from error
    new = []
    for finding in report.findings:
        if known[finding.fingerprint]:
            known[finding.fingerprint] -= 1
        else:
            new.append(finding)
    return replace(report, findings=tuple(new), known=len(report.findings) - len(new), gone=known.total())
