"""Linked sentences → what joins a drug's payload to its carrier.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.statements import statement
from kg.model import Fact, Kind, Modality

_LINKER: Final = (
    # ABC-1 consists of an antibody, a cleavable linker and …; ABC-1 … linked through a cleavable tetrapeptide to …
    pattern(
        r"(?P<drug>{drug})(?:(?!{drug})[^.;]){0,220}?\b(?:via|through|with|using|uses?|utili[sz]\w+|by"
        r"|compris\w+|contain\w+|consist\w+|composed|made up|featur\w+|employ\w+|incorporat\w+|has|is)\b"
        r"(?:(?!{drug})[^.;]){0,160}?(?P<linker>{linker})(?! (?:technolog|platform|chemistr))"
    ),
    # the valine-citrulline linker of ABC-1
    pattern(r"(?P<linker>{linker})(?: technology)? (?:of|in|used in|found in) (?P<drug>{drug})"),
    # ABC-1's cleavable linker
    pattern(r"(?P<drug>{drug})(?:'s|’s|') (?:[\w-]+,? ){0,4}?(?P<linker>{linker})"),
)


def linkers(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """By which kind of linker a drug holds its payload.

    Hits: "ABC-1 is made up of an antibody, a cleavable tetrapeptide linker and …"; "an antibody linked through a
    cleavable tetrapeptide to …"; "the valine-citrulline linker of ABC-1".
    Near misses: "Acme, built on its cleavable linker technology, develops ABC-1"; "ABC-1, unlike conjugates with a
    cleavable linker, …"; "peptide linkers are cut by proteases" (no drug).
    """
    if not sentence.of_kind(Kind.LINKER):
        return
    for form in _LINKER:
        for match in form.finditer(sentence.frame):
            between = sentence.text[min(match.end("drug"), match.end("linker")) : match.start("linker")]
            if _CONTRASTED.search(between):
                continue
            how = modality(sentence.text, match.start("linker"), match.end("linker"))
            yield statement(
                document, sentence, "drugs.linker", "drug_linker",
                sentence.mention(match, "drug").entity, sentence.mention(match, "linker").entity,
                modality=Modality.ASSERTED if how is Modality.PLANNED else how, confidence=0.9,
            )  # fmt: skip


_CONTRASTED: Final = pattern(r"\b(?:unlike|instead of|rather than|compared|versus|in contrast|than|not)\b")
