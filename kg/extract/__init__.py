"""Release → facts: document structure, mentions, linking, relations, in that order."""

from __future__ import annotations

from kg.extract import pipeline
from kg.extract.confidence import calibrated
from kg.extract.consequences import with_consequences
from kg.extract.linked import LinkedDocument
from kg.extract.linking import Linker
from kg.extract.merging import merged
from kg.extract.relations import RULES
from kg.extract.therapy_lines import TherapyLines
from kg.model import Fact, Release, Vocabulary


class Extractor:
    """Reads what a release states; a pure function of release and vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nlp = pipeline.load(vocabulary)
        self._link = Linker(vocabulary)
        self._lines = TherapyLines(vocabulary)

    def read(self, release: Release) -> LinkedDocument:
        """The release with its structure and linked mentions, before any rule has run."""
        return self._link(release, pipeline.read(self._nlp, release))

    def extract(self, release: Release) -> tuple[Fact, ...]:
        """The facts of one release, each with its evidence and the confidence that its rule has earned."""
        return calibrated(self.uncalibrated(release))

    def uncalibrated(self, release: Release) -> tuple[Fact, ...]:
        """The same with the confidence that the rules themselves write, by which `kg.calibration` tells them apart."""
        document = self.read(release)
        stated = (fact for facts in RULES for fact in facts(document))
        return tuple(map(self._lines, merged(with_consequences(stated))))
