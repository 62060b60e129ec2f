"""The spaCy pipeline: tokenizer and components of this project, assembled from `config.cfg`.

Importing spaCy takes a second, so everything here is made inside `load`; nothing is registered on import.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.extract.disease_names import DiseaseFinder
from kg.extract.document import read_layout
from kg.extract.drug_names import DrugFinder
from kg.extract.mentions import VocabularyMatcher
from kg.extract.names import OrganizationFinder
from kg.extract.patterns import Pattern
from kg.extract.people import PersonFinder
from kg.extract.targets import TargetFinder
from kg.model import Release, Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_CONFIG: Final = Path(__file__).with_name("config.cfg")
_TOKEN: Final = Pattern(r"[^\W_]+|\S|\s+")


_PAIR: Final = Pattern(r"([A-Z][A-Za-z0-9]*[0-9A-Z])(x)([A-Z][A-Za-z0-9]+)$")


def _tokens(text: str) -> Iterator[str]:
    """Runs of letters and digits, of blanks, and single characters; "CD19xCD3" is three tokens."""
    for token in _TOKEN.findall(text):
        pair = _PAIR.match(token) if "x" in token else None
        if pair is None:
            yield token
        else:
            yield from pair.groups()


class WordTokenizer:
    """Runs of letters and digits, single other characters, runs of blanks.

    spaCy's own English rules keep "N.J." or "iodine-131" in one piece in some places and not in others; the
    lexicons need boundaries that depend on the characters alone.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenise; the tokens joined give the text back, character for character."""
        from spacy.tokens import Doc  # noqa: PLC0415

        words: list[str] = []
        spaces: list[bool] = []
        for token in _tokens(text):
            if token[0] == " " and words and not spaces[-1]:
                spaces[-1] = True
                token = token[1:]  # noqa: PLW2901 - what is left of a longer blank is a token of its own
                if not token:
                    continue
            words.append(token)
            spaces.append(False)
        return Doc(self.vocab, words, spaces)

    def to_disk(self, path: Path, **_: object) -> None:
        """Nothing to save: it has no state."""

    def from_disk(self, path: Path, **_: object) -> WordTokenizer:  # noqa: ARG002
        """Nothing to load."""
        return self


@cache
def _register() -> None:
    """Make tokenizer and components known to spaCy, once."""
    from spacy.language import Language  # noqa: PLC0415
    from spacy.util import registry  # noqa: PLC0415

    def make_tokenizer() -> object:
        return lambda nlp: WordTokenizer(nlp.vocab)

    registry.tokenizers("releasekg.WordTokenizer.v1", func=make_tokenizer)

    @Language.factory("rkg_vocabulary")
    def make_vocabulary(nlp: Language, name: str) -> VocabularyMatcher:  # noqa: ARG001 - spaCy passes both
        return VocabularyMatcher()

    @Language.factory("rkg_drugs")
    def make_drugs(nlp: Language, name: str) -> DrugFinder:  # noqa: ARG001 - spaCy passes both
        return DrugFinder()

    @Language.factory("rkg_diseases")
    def make_diseases(nlp: Language, name: str) -> DiseaseFinder:  # noqa: ARG001 - spaCy passes both
        return DiseaseFinder()

    @Language.factory("rkg_targets")
    def make_targets(nlp: Language, name: str) -> TargetFinder:  # noqa: ARG001 - spaCy passes both
        return TargetFinder()

    @Language.factory("rkg_organizations")
    def make_organizations(nlp: Language, name: str) -> OrganizationFinder:  # noqa: ARG001 - spaCy passes both
        return OrganizationFinder()

    @Language.factory("rkg_people")
    def make_people(nlp: Language, name: str) -> PersonFinder:  # noqa: ARG001 - spaCy passes both
        return PersonFinder()


def load(vocabulary: Vocabulary) -> Language:
    """The pipeline, its vocabulary matcher filled."""
    from spacy import util  # noqa: PLC0415

    _register()
    nlp = util.load_model_from_config(util.load_config(_CONFIG), auto_fill=True)
    matcher = nlp.get_pipe("rkg_vocabulary")
    assert isinstance(matcher, VocabularyMatcher)
    matcher.initialize(vocabulary)
    return nlp


def read(nlp: Language, release: Release) -> Doc:
    """A release as a spaCy Doc whose character offsets are those of the stored text.

    The structure stands in `doc.user_data["layout"]`; candidate mentions in `doc.spans`.
    """
    layout = read_layout(release.text)
    doc = nlp.make_doc(layout.text)
    doc.user_data["layout"] = layout
    return nlp(doc)
