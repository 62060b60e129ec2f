"""The exceptions of the project, cut by what the caller can do about them.

    ReleaseKgError                something we can explain in one line; `str()` is that line
    ├── InputError                a file or argument is wrong: names file, line and remedy
    │   └── UnreadableRelease     one release cannot be read: the build reports it and goes on
    ├── VocabularyError           ontology or vocabulary is inconsistent with the code or itself
    ├── QueryError                a SPARQL query is wrong (syntax, with line and column) or refused
    ├── StoreError                the snapshot is missing, corrupt or in use
    │   └── NoSnapshot            nothing has been built in this data directory yet
    ├── PublishRefused            the new snapshot does not conform or is inconsistent; the old one stays
    └── CheckError                validation or inference could not be carried out at all

Non-conformance and inconsistency are *results*, not errors; `PublishRefused` is raised only where a
build was asked to publish a graph that has them.
"""

from __future__ import annotations

from typing import ClassVar


class ReleaseKgError(Exception):
    """Base of every error that is explained to the user in one line.

    Attributes:
        exit_code: what the command line exits with.
    """

    exit_code: ClassVar[int] = 2


class InputError(ReleaseKgError):
    """A file, directory or argument is wrong; the message names it, the line if known, and the remedy."""


class UnreadableRelease(InputError):
    """One release cannot be read; the build reports it and goes on unless `--strict`."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class VocabularyError(ReleaseKgError):
    """Ontology, vocabulary or shapes disagree with the code, or with themselves."""


class QueryError(ReleaseKgError):
    """A SPARQL query is malformed or asks for what is refused."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class StoreError(ReleaseKgError):
    """The store or a snapshot is missing, corrupt or in use."""


class NoSnapshot(StoreError):
    """Nothing has been published in this data directory yet."""


class PublishRefused(ReleaseKgError):
    """The new snapshot does not conform or is inconsistent; what was published before stays.

    Attributes:
        details: the whole report as text, for whoever has to mend it.
        report: the `kg.findings.Report` where it does not conform.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, details: str = "", report: object = None) -> None:
        super().__init__(message)
        self.details = details
        self.report = report


class CheckError(ReleaseKgError):
    """Validation or inference could not be carried out."""
