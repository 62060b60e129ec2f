"""Linked sentences → the active moiety of a drug: what a prodrug becomes, what a salt is of.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract.frames import pattern
from kg.extract.inn import is_inn
from kg.extract.lexicon import table
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Modality

_WHAT: Final = r"(?P<what>{drug|payload})"
_NOUN: Final = (
    "moiety|metabolite|(?:pharmaceutical )?ingredient|substance|component|form|drug|compound|parent"
)
_ACTIVE: Final = rf"active (?:{_NOUN})"
_TOLD: Final = (
    # ABC-1 is an oral prodrug of X; ABC-1, a deuterated form of X
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,? (?:is |was )?(?:an?|the|our|its) (?:[\w-]+,? ){0,6}?"
        r"(?:pro-?drug|ester|salt|deuterated (?:form|version|analog(?:ue)?))(?: form)? of (?:the )?(?:[\w-]+ ){0,4}?"
        + _WHAT
    ),
    # ABC-1 is converted in the liver to its active metabolite, X
    pattern(
        r"(?P<drug>{drug})(?:(?!{drug})[^.;]){0,80}?\b(?:converted|metaboli[sz]ed|hydroly[sz]ed|cleaved|activated)\b"
        r"(?:(?!{drug})[^.;]){0,60}?\b(?:in)?to (?:its |the |an )?(?:[\w-]+,? ){0,4}?" + _WHAT
    ),
    # X, the active moiety of ABC-1; X is the active ingredient in ABC-1
    pattern(
        _WHAT + rf"(?: \([^()]*\))?,? (?:is |are )?(?:the |its |an )?{_ACTIVE} (?:of|in) (?P<drug>{{drug}})"
    ),
    # the active moiety of ABC-1 is X; the active ingredient in ABC-1, X
    pattern(rf"\b{_ACTIVE} (?:of|in) (?P<drug>{{drug}})(?: is|,) (?:the )?" + _WHAT),
    # ABC-1 and its active metabolite X; ABC-1 contains the active ingredient X
    pattern(
        rf"(?P<drug>{{drug}})(?:'s|’s|')?(?: contains| has|,? and)?(?: the| its| an)? {_ACTIVE},? (?:is )?"
        + _WHAT
    ),
)
_CONTRASTED: Final = pattern(r"\b(?:unlike|instead of|rather than|compared|versus|than|not)\b")


def moieties(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What does the work of a drug, where a sentence tells.

    Hits: "ABC-1 is an oral prodrug of treprostinil"; "ABC-1, which is converted in the liver to its active metabolite,
    gemcitabine"; "fingolimod, the active moiety of ABC-1".
    Near misses: "ABC-1 contains two active ingredients"; "the prodrug ABC-1"; "unlike prodrugs of tenofovir, ABC-1 …".
    """
    if not _SIGN.search(sentence.text) or not sentence.of_kind(Kind.DRUG):
        return
    for form in _TOLD:
        for match in form.finditer(sentence.frame):
            drug, what = sentence.mention(match, "drug").entity, sentence.mention(match, "what").entity
            low, high = sorted((match.start("drug"), match.start("what")))
            if drug == what or _CONTRASTED.search(sentence.frame, low, high):
                continue
            how = modality(sentence.text, match.start("what"), match.end("what"))
            yield _fact(document, sentence, "drugs.moiety", drug, what.label, how=how)


_SIGN: Final = Pattern(
    r"\b(?:pro-?drug|ester|salt|deuterated|converted|metaboli[sz]ed|hydroly[sz]ed|cleaved|activated|active)\b",
    re.IGNORECASE,
)


def moieties_of_names(document: LinkedDocument) -> Iterator[Fact]:
    """What a two-part name is a salt or a prodrug of: "fingolimod hydrochloride" has the active moiety fingolimod.

    Near misses: "trastuzumab deruxtecan" (a conjugate); "Acme acetate" (no nonproprietary name).
    """
    told: set[tuple[Entity, str]] = set()
    for sentence in document.statements():
        for mention in sentence.of_kind(Kind.DRUG):
            behind = _NEXT.match(sentence.text, mention.end - sentence.start)
            for name in (mention.text, mention.text + behind[0] if behind else ""):
                moiety = _without_ending(name)
                if moiety is not None and (mention.entity, moiety) not in told:
                    told.add((mention.entity, moiety))
                    yield _fact(document, sentence, "drugs.moiety-of-name", mention.entity, moiety)


_NEXT: Final = Pattern(r"\s[a-z]+(?![\w-])")


def _without_ending(name: str) -> str | None:
    """The nonproprietary name that a name adds a salt or a group to; None where it does not."""
    first, _, last = name.rpartition(" ")
    if last.casefold() not in _endings() or " " in first or not is_inn(first):
        return None
    return first.casefold()


@cache
def _endings() -> frozenset[str]:
    return frozenset(row["word"] for row in table("moiety_endings"))


def _fact(
    document: LinkedDocument,
    sentence: LinkedSentence,
    rule: str,
    drug: Entity,
    moiety: str,
    *,
    how: Modality = Modality.ASSERTED,
) -> Fact:
    return statement(
        document, sentence, rule, "active_moiety", drug, Entity(Kind.ACTIVE_MOIETY, moiety),
        modality=Modality.ASSERTED if how is Modality.PLANNED else how, confidence=0.9,
    )  # fmt: skip
