"""A mention of a molecule or of a class of drugs → the molecules that a drug so described acts on.

Between linking and relations; `kg.extract.natures` and `kg.extract.mechanisms` ask it.
"""

from __future__ import annotations

import re
from typing import Final

from kg.extract import genes
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind, Mention

#: Behind a molecule: it marks the patients or the tumour, or is a part of the drug that binds nothing.
_MARKER: Final = Pattern(
    r"-containing\b|"
    r"[-\s]*(?:(?:positive|negative)(?!\s+allosteric)|mutant|mutat\w+|express\w+|amplif\w+|alter\w+|altered|low\b|high\b"
    r"|driven|deficient|dependent|deleted|deletions?"
    r"|wild-?type|rearrang\w+|fusions?|variants?|resistan\w+|related|associated|co-?stimulatory|signal\w+|transgene|like\b|binding\s+protein|\+|\*\d)"
    r"|(?:\s+type\s+\w+)?\s+(?:(?:extracellular|ligand[- ]binding)\s+domain|Fc\b|fusion)",
    re.IGNORECASE,
)
#: Before a molecule: it is what the drug makes or is made of.
_PRODUCT: Final = Pattern(
    r"(?<![\w-])(?:encod\w+|expressing|deliver\w+|copy\s+of|version\s+of|form\s+of|prodrugs?\s+of"
    r"|formulation\s+of|recombinant|domains?\s+of"
    r"|replac\w+)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)


_AGAINST_CHANGED: Final = Pattern(
    r"\b(?:target|inhibit|silenc|degrad|correct|edit|block)(?:e?s|ing|e)?\s+(?:(?!patients|with\b|in\b|harbo|tumou?rs)[\w-]+\s+){0,6}$"
)
_BINDS: Final = Pattern(
    r"\b(?:binds?|binding\s+to|targets?|targeting|against|directed|blocks?|recogni[sz]es)\b"
)


#: "selective for TYK2 over *JAK1 and JAK2*", "with no activity against *ITK*"
_SPARED: Final = Pattern(
    r"\b(?:(?:selectiv\w+|specific\w*|prefer\w+)\b[^.;]{0,40}\b(?:over|versus|vs\.?)|spar(?:es|ing)"
    r"|(?:no|little|minimal|negligible|weak)\s+(?:\w+\s+)?(?:activity|effect|affinity|inhibition)\s+(?:against|on|for|at|of)"
    r"|without\s+(?:affect|inhibit|block|activat|hitt|touch)\w*|(?:,|\b(?:but|and))\s+not)"
    r"\s+(?:(?:[\w-]+,?|and|or)\s+){0,3}$",
    re.IGNORECASE,
)


def is_marker(sentence: LinkedSentence, thing: Mention) -> bool:
    """Whether a molecule selects patients, is a part of the drug or its product, or is what the drug leaves alone.

    Hits: "*HER2*-positive"; "encodes *IL-12*"; "*activin* receptor type IIB extracellular domain"; "spares *ITK*".
    Near misses: "an LNP-delivered editor of *HSD17B13*"; "an *IL-12*-targeting antibody".
    """
    at = thing.start - sentence.start
    if _SPARED.search(sentence.text, max(0, at - 90), at):
        return True
    mark = _MARKER.match(sentence.text, thing.end - sentence.start)
    if mark is not None:
        # "designed to target a broad range of KRAS mutations", "blocks TSLP signaling"
        changed = re.search(r"(?:mutations?|variants?|signal\w+)$", mark[0], re.IGNORECASE)
        return changed is None or _AGAINST_CHANGED.search(sentence.text, max(0, at - 60), at) is None
    product = _PRODUCT.search(sentence.text, max(0, at - 60), at)
    if product is None or sentence.text.endswith("anti-", 0, at):
        return False  # "an mRNA encoding an anti-CD19 receptor"
    bound = product[0].startswith("domain") and _BINDS.search(sentence.text, max(0, at - 90), at)
    return not bound  # "binds to the extracellular domain of B7-H3"


def meant(document: LinkedDocument, sentence: LinkedSentence, thing: Mention) -> tuple[Entity, ...]:
    """The molecules that a mention of one means: itself or its receptor, and those that share its name.

    Hits: "the *CGRP* (…) receptor" (its receptor); "*GIP*/GLP-1 receptor agonist"; "*JAK1*/2"; "*FGFR1*-3".
    """
    return (_itself(document, sentence, thing), *_siblings(document, sentence, thing))


_RECEPTOR: Final = Pattern(r"\)?\s*(?:\([^()]{1,30}\)\s*)?[Rr]eceptors?\b")
#: "GCG/GLP-1 receptor", "amylin and calcitonin receptors", "GLP-1, GIP and amylin receptors".
_SHARED_RECEPTOR: Final = Pattern(
    r"(?:\s*(?:/|,\s*(?:and\s+)?|and\s+|&\s*)[\w-]{2,16}(?:\s\([\w-]+\))?){1,3}\s+[Rr]eceptors?\b"
)


#: "a GLP-1/GIP/*glucagon* triple agonist": what is like a hormone acts on its receptor.
_AGONIST: Final = Pattern(
    r"(?:\s*/\s*[\w-]{2,16}){0,3}\s+(?:(?:dual|triple|tri|co|multi|receptor|long-acting|oral|peptide)-?\s*){0,3}-?agonists?\b"
)


def _itself(document: LinkedDocument, sentence: LinkedSentence, thing: Mention) -> Entity:
    """The molecule of a mention: its receptor where that word follows, or follows others that share it."""
    if "receptor" in thing.text.casefold():
        return thing.entity
    end = thing.end - sentence.start
    named = thing.entity.label if thing.entity.concept else " ".join(thing.text.split())
    before = sentence.text[max(0, thing.start - sentence.start - 20) : thing.start - sentence.start]
    if _RECEPTOR.match(sentence.text, end) or before.endswith(("receptor for ", "receptors for ")):
        return _receptor_of(document, named, thing.entity) or Entity(Kind.TARGET, f"{named} receptor")
    if _SHARED_RECEPTOR.match(sentence.text, end) or _AGONIST.match(sentence.text, end):
        return _receptor_of(document, named, thing.entity) or thing.entity
    return thing.entity


def _receptor_of(document: LinkedDocument, named: str, molecule: Entity) -> Entity | None:
    """The receptor of a molecule, where vocabulary or genes have one."""
    for name in (named, *molecule.names):
        listed = document.targets_named(f"{name} receptor")
        if listed:
            return listed[0]
    return _of_gene(f"{named} receptor")


def _of_gene(name: str) -> Entity | None:
    """The product of the gene of a name; None where no gene is called so."""
    gene = genes.named(name)
    if gene is None:
        return None
    return Entity(Kind.TARGET, name, (gene.symbol, gene.name, *gene.others), keys=(gene.code,))


_SIBLING: Final = Pattern(
    r"(?:/|(?<=\d[A-Z])\s+and\s+)(\d[A-Z]?|[A-Z]|[α-ω]|alpha|beta|gamma|delta|epsilon)(?![\w])"
)
_NUMBERED: Final = Pattern(r"-([2-9])(?![\w])")  # "FGFR1-3"
_LAST: Final = Pattern(r"(?:\d[A-Z]?|[A-Z]|[α-ω]|alpha|beta|gamma|delta|epsilon)$")


def _siblings(document: LinkedDocument, sentence: LinkedSentence, thing: Mention) -> tuple[Entity, ...]:
    """The further molecules of "JAK1/2", "IL-17A/F", "interleukin-17A and F", "FGFR1-3"."""
    end = thing.end - sentence.start
    lasts: list[str] = []
    while len(lasts) < 3 and (more := _SIBLING.match(sentence.text, end)):
        lasts.append(more[1])
        end = more.end()
    span = _NUMBERED.match(sentence.text, end) if not lasts and thing.text[-1:].isdigit() else None
    if span is not None:
        lasts = [str(n) for n in range(int(thing.text[-1]) + 1, int(span[1]) + 1)]
    found: list[Entity] = []
    for last in lasts:
        name = _LAST.sub("", thing.text) + last
        listed = document.targets_named(name)
        gene = _of_gene(name) if not listed else None
        found += listed or ((gene,) if gene is not None else ())
    return tuple(found)


_QUALITY: Final = Pattern(
    r"^(?:(?:selective|dual|oral|potent|covalent|irreversible|reversible|allosteric|bivalent|macrocyclic|highly|long-acting"
    r"|short-acting|inverse|partial|full|(?:brain|CNS)-penetrant|mutant(?:-selective)?|peripherally[\s-]restricted|peripheral"
    r"|gut-restricted|liver-targeted|(?:first|second|third|next)-generation|(?:first|best)-in-class|small[\s-]molecule"
    r"|[A-Z]+-cooperative|non-?covalent|central|systemic|topical|inhaled|positive|negative"
    r"|non-?steroidal|pan)[\s-]+)+"
)
_CLASS_OF: Final = Pattern(
    r"anti-(?P<anti>.+?)[-\s]+(?:monoclonal\s+)?(?:antibod(?:y|ies)|therap(?:y|ies)|agents?|mAbs?"
    r"|treatments?)"
    r"|(?P<target>.+?)(?:-selective)?[-\s]+(?:(?:co-?)?agonist|(?:(?:inverse|partial|full)\s+)?agonist|antagonist|inhibitor|blocker"
    r"|(?:(?:positive|negative)\s+)?(?:allosteric\s+)?modulator|activator|degrader|opener|stabili[sz]er|silencer|potentiator)s?",
    re.IGNORECASE,
)
#: What a class may call the work of a molecule: "NaV1.8 *pain signal* inhibitor", "capsid *assembly* modulator".
_PATHWAY: Final = Pattern(
    r"\s+(?:pain\s+)?(?:signal(?:l?ing)?|pathway|tyrosine\s+kinase|enzyme|assembly|fusion|polymeri[sz]ation)$",
    re.IGNORECASE,
)
#: A family that goes by capitals: "JAK inhibitor", "pan-RAF inhibitor", "RAS(ON) inhibitor".
_FAMILY: Final = Pattern(r"(?=.{2,8}$)[A-Z][A-Z0-9]+(?:/[A-Z0-9]+)?")
#: A molecule or a family of them that no list has, by its last word: "endothelin receptor", "orexin-2 receptor".
_BY_ITS_HEAD: Final = Pattern(
    r"(?!(?:viral|bacterial|tyrosine|serine|cell|protein|multi|lipid|dual|triple)\b)(?:[\w/α-ω-]+\s){1,3}"
    r"(?:receptors?|channels?|transporters?|co-?transporters?|exchangers?|integrins?|[a-z]{2,}ase)",
    re.IGNORECASE,
)
#: What many molecules are called: which one is meant says the word before, which is none of the class's name.
_COMMON_HEAD: Final = frozenset(
    (
        "kinase",
        "protease",
        "polymerase",
        "capsid",
        "reductase",
        "synthase",
        "receptor",
        "channel",
        "transporter",
        "integrase",
    )
)
_BEFORE: Final = Pattern(
    r"(?<![\w-])(?!(?:an?|the|our|its|oral|novel|selective|potent|dual|multi|tyrosine|serine|and|or|of|with|small|viral|bacterial)\b)"
    r"[\w/α-ω-]+\s$"
)


def of_class(document: LinkedDocument, thing: Mention) -> tuple[Entity, ...]:
    """What a class of drugs acts on, where its name says so.

    Hits: "factor B inhibitor"; "endothelin A (ETA) receptor antagonist"; "JAK inhibitor"; "Rho *kinase inhibitor*".
    Near misses: "kinase inhibitor"; "checkpoint inhibitor".
    """
    printed = re.sub(r"\s*\([^()]*\)", "", " ".join(thing.text.split()))
    for name in dict.fromkeys((printed, *thing.entity.names)):
        named = _CLASS_OF.fullmatch(_QUALITY.sub("", name))
        if named is None:
            continue
        words = _PATHWAY.sub("", named["target"] or named["anti"])
        if words.casefold() in _COMMON_HEAD:
            return _told_before(document, thing, words)
        found = _listed(document, words)
        if found:
            return found
        if name != printed:
            return ()  # another name would say more than the text does
        if _FAMILY.fullmatch(words) or _BY_ITS_HEAD.fullmatch(words):
            return (Entity(Kind.TARGET, words),) if not _is_qualified(document, thing) else ()
    return ()


def _listed(document: LinkedDocument, words: str) -> tuple[Entity, ...]:
    """The molecules that vocabulary or genes have under a name."""
    gene = None
    listed = document.targets_named(words)
    if not listed:
        gene = _of_gene(words)
    return listed or ((gene,) if gene is not None else ())


def _told_before(document: LinkedDocument, thing: Mention, words: str) -> tuple[Entity, ...]:
    """What a class of a common word acts on, by the word before it: "*main protease* inhibitor"."""
    before = _BEFORE.search(document.text, max(0, thing.start - 40), thing.start)
    return _listed(document, f"{before[0].strip()} {words}") if before is not None else ()


def _is_qualified(document: LinkedDocument, thing: Mention) -> bool:
    """Whether the word before a class names its members: "M1/M4 *muscarinic receptor agonist*"."""
    return (
        re.search(r"[A-Z][\w.]*\d[\w.]*\s$", document.text[max(0, thing.start - 20) : thing.start])
        is not None
    )


_CALLED_A_LOAD: Final = Pattern(r"payload|warhead|conjugat|\bADCs?\b|linke[rd]|toxin|armed")


def of_load(document: LinkedDocument, sentence: LinkedSentence, thing: Mention) -> tuple[Entity, ...]:
    """What a drug acts on that is itself of a class which conjugates carry too: "AB-1, an oral *STING agonist*"."""
    if thing.entity.kind is not Kind.PAYLOAD or _CALLED_A_LOAD.search(sentence.text) is not None:
        return ()
    return of_class(document, thing)
