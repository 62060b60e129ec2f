"""What one phase says of several trials at once → each with its own: of two drugs, in two diseases, of two sizes.

Between `kg.extract.trial_references`, which reads a phase, and `kg.extract.trials`, which tells trials apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.focus import Focus, same
from kg.extract.linked import LinkedSentence
from kg.extract.patients import described
from kg.extract.patterns import Pattern
from kg.extract.trial_details import indications_in, registry_details
from kg.extract.trial_model import Reference
from kg.extract.trial_sizes import SUBJECTS, size_details
from kg.extract.values import populations
from kg.model import Entity, Kind

_COUNTED: Final = {w: n for n, w in enumerate(("two", "three", "four", "five"), 2)} | {"both": 2}
#: "*two* registrational Phase 3", "three separate"
_SEVERAL: Final = Pattern(
    r"\b(?P<count>two|three|four|five|both|[2-5])\s+(?!of\b|new\s+patients)(?:[\w,/-]+\s+){0,6}$",
    re.IGNORECASE,
)
_TRIALS: Final = Pattern(r"[\s,]*(?:[\w/-]+[\s,]+){0,4}?(?:trials|studies)\b", re.IGNORECASE)
_ONE_EACH: Final = Pattern(
    r"\bone\b[^.;]{3,120}?\b(?:and|,)\s+(?:one|another|a\s+second|the\s+other|a\s+third)\b", re.IGNORECASE
)
#: "*one* in 320 adults with CIDP and *the other* in 150 with MMN"
_EACH_ONE: Final = Pattern(
    r"\b(?:one|another|the\s+(?:other|first|second|third)|a\s+(?:second|third|further\s+one)|a\s+similar\s+one)\s+"
    r"(?:(?:trial|study|one)\s+)?(?:in|for|with|evaluating|among|will\s+be\s+in|is\s+in)\b",
    re.IGNORECASE,
)
_NUMBERS: Final = Pattern(
    r"(?<![\w.,-])(?P<list>\d[\d,]*(?:,\s+\d[\d,]*)*,?\s+and\s+\d[\d,]*)\s+(?:(?!\d)[\w/-]+\s+){0,4}?"
    + SUBJECTS
    + r"\b",
    re.IGNORECASE,
)
_NEXT_DRUG: Final = Pattern(
    r"[®™]?(?:\s*\([^()]*\))?\s*(?:,|,?\s+and|,?\s+as\s+well\s+as|\s*&)\s+(?:(?:its|our|the)\s+)?"
)
#: Behind a list of drugs that are each studied
_EACH_IS: Final = Pattern(
    r"[®™]?(?:\s*\([^()]*\))?,?\s*(?:are|were|have|both|each|entered|advanced|remain|continue|progressed)\b",
    re.IGNORECASE,
)
_TOGETHER: Final = Pattern(r"\b(?:combin\w+|together|doublet|regimen|cocktail|co-?admin\w+)\b", re.IGNORECASE)


def each_apart(
    focus: Focus, sentence: LinkedSentence, reference: Reference, phase_end: int
) -> Iterator[Reference]:
    """The trials that a phase tells of where it tells of several, else the one.

    Hits: "AB-1 and AB-2 are in Phase 2 trials in 60 and 90 patients, respectively"; "two Phase 2 trials, in asthma and
    COPD"; "Phase 2 trials: one in asthma and one in COPD".
    Near misses: "a Phase 2 trial of AB-1 and AB-2"; "two Phase 2 trials in patients with asthma"; "the combination of
    AB-1 and AB-2 is in a Phase 2 trial".
    """
    text = sentence.text
    drugs = _side_by_side(focus, sentence, reference)
    if len(drugs) > 1:
        sizes = respective_sizes(text[phase_end:], len(drugs))
        alone = len(reference.indications) == len(drugs) and "respectively" in text
        for index, drug in enumerate(drugs):
            own = [d for d in reference.details if d[0] != "enrollment" or not sizes]
            yield replace(
                reference,
                drug=drug,
                indications=(reference.indications[index],) if alone else reference.indications,
                details=(*own, ("enrollment", sizes[index])) if sizes else tuple(own),
            )
        return
    parts = _parts(sentence, reference, phase_end)
    if parts:
        yield from parts
        return
    diseases = reference.indications
    if len(diseases) > 1 and _TRIALS.match(text, phase_end) and _are_apart(text, reference, phase_end):
        sizes = respective_sizes(text[phase_end:], len(diseases))
        for index, disease in enumerate(diseases):
            own = [d for d in reference.details if d[0] != "enrollment"]
            size = [("enrollment", sizes[index])] if sizes else []
            yield replace(reference, indications=(disease,), details=(*own, *size))
        return
    yield reference


def _parts(sentence: LinkedSentence, reference: Reference, phase_end: int) -> list[Reference]:
    """The trials that are told one by one, each in its disease; none where one of them has no disease of its own."""
    text = sentence.text
    starts = [found.start() for found in _EACH_ONE.finditer(text, phase_end)]
    if not starts:
        return []
    ends = [*starts[1:], len(text)]
    several = _TRIALS.match(text, phase_end) is not None
    own = [] if several else [reference]
    if several and len(starts) < 2:
        return []
    common = tuple(
        d for d in reference.details if d[0] not in ("enrollment", "population", "name", "nct", "sites")
    )
    for start, end in zip(starts, ends, strict=True):
        diseases = indications_in(sentence, start, end)
        if not diseases or (not several and any(same(d, e) for d in diseases for e in reference.indications)):
            return []
        told = [
            *size_details(text, start, end),
            *(("population", population) for population in populations(text[start:end])),
        ]
        own.append(replace(reference, indications=diseases, details=(*common, *told)))
    return own


def _end_of_list(text: str, start: int) -> int:
    found = _ENDS_LIST.search(text, start)
    return found.start() if found else len(text)


_ENDS_LIST: Final = Pattern(
    r",\s+(?:which|both|each|all|were|are|is|has|have)\b|\.\s|\)\s+(?:are|were|have|is)\b"
)
_PLURAL: Final = Pattern(r"[\s,]*(?:[\w/-]+[\s,]+){0,5}?(?:trials|studies|program(?:me)?)\b", re.IGNORECASE)
#: Between two names that share what follows them.
_JOINED: Final = Pattern(
    r"[™®]?(?:\s*[(\[][^()\[\]]*[)\]])?[\s,;]*(?:and|or|&)?\s*(?:the\s+)?", re.IGNORECASE
)


def named_apart(
    focus: Focus,
    sentence: LinkedSentence,
    reference: Reference,
    phase_end: int,
    named: Sequence[tuple[int, int, str]],
) -> list[Reference]:
    """The trials of a list, each with what its own words tell; none where the names share what follows them.

    Hits: "two Phase 3 trials, NORTH-1 in 500 adults with asthma and NORTH-2 in adolescents".
    Near misses: "Phase 3 trials NORTH-1 and NORTH-2 in asthma"; "the Phase 3 trial NORTH-1 follows NORTH-0".
    """
    text = sentence.text
    if len(named) < 2 or not _PLURAL.match(text, phase_end):
        return []
    ends = [*(start for start, _, _ in named[1:]), _end_of_list(text, named[-1][1])]
    stretches = [(high, end) for (_, high, _), end in zip(named, ends, strict=True)]
    if any(_JOINED.fullmatch(text, low, high) for low, high in stretches[:-1]):
        return []
    first = indications_in(sentence, phase_end, named[0][0])
    common = tuple(
        d
        for d in reference.details
        if d[0] not in ("enrollment", "population", "name", "nct", "sites", "country")
    )
    shared = tuple(("population", population) for population in populations(text[phase_end : named[0][0]]))
    out: list[Reference] = []
    told_any = False
    for (_, _, name), (low, high) in zip(named, stretches, strict=True):
        diseases = indications_in(sentence, low, high)
        told = [
            *registry_details(text[:high], low, high),
            *size_details(text, low, high),
            *(("population", p) for p in (*populations(text[low:high]), *described(text[low:high]))),
        ]
        told_any = told_any or bool(diseases) or any(d[0] in ("population", "enrollment") for d in told)
        drugs = [m.entity for m in sentence.of_kind(Kind.DRUG) if low <= m.start - sentence.start < high]
        own = [d for d in drugs if focus.is_own(d)]
        out.append(
            replace(
                reference,
                drug=own[0] if own and not any(same(d, reference.drug) for d in own) else reference.drug,
                indications=diseases or first or (out[-1].indications if out else ()),
                details=(*common, *shared, ("name", name), *told),
            )
        )
    return out if told_any else []


def _are_apart(text: str, reference: Reference, phase_end: int) -> bool:
    """Whether the diseases of a phase are those of as many trials."""
    several = _SEVERAL.search(text, max(0, reference.at - 70), reference.at)
    if several is not None:
        word = several["count"].lower()
        return (_COUNTED.get(word) or int(word)) == len(reference.indications)
    if len(reference.indications) == 2 and _ONE_EACH.search(text, phase_end, reference.end) is not None:
        return True
    # "Phase 2 trials of AB-1 in asthma and COPD"; a basket of cancers is one trial's
    return (
        len(reference.indications) in (2, 3)
        and _IN_DISEASES.match(text, phase_end) is not None
        and not any(_WIDE.fullmatch(disease.label) for disease in reference.indications)
        and not reference.detail("name")
    )


#: What a trial in many diseases is told to be in
_WIDE: Final = Pattern(
    r"(?:(?:advanced|solid|ha?ematologic(?:al)?|blood|metastatic|[BT][- ]cell|myeloid|lymphoid|rare|autoimmune"
    r"|inflammatory)\s+)*"
    r"(?:cancers?|tumou?rs?|malignanc(?:y|ies)|neoplasms?|lymphomas?|leuka?emias?|disorders?|diseases?)",
    re.IGNORECASE,
)
_IN_DISEASES: Final = Pattern(
    r"\s+(?:clinical\s+)?(?:trials|studies)\s+(?:of\s+[\w-]+(?:\s*\([^()]*\))?\s+)?(?:are\s+(?:[\w-]+\s+){1,2})?(?:in|for)\s+(?!patients|people|adults|\d)",
    re.IGNORECASE,
)


def respective_sizes(text: str, count: int) -> tuple[int, ...]:
    """As many numbers of participants as there are trials: "655 and 641 patients"; none where they are not as many."""
    for found in _NUMBERS.finditer(text):
        numbers = [int(n.replace(",", "")) for n in re.findall(r"\d{1,3}(?:,\d{3})+|\d+", found["list"])]
        if len(numbers) == count and min(numbers) > 2:
            return tuple(numbers)
    return ()


def sized(references: Sequence[Reference], text: str) -> Iterable[Reference]:
    """References to named trials, each with its own of the numbers that a text tells of all."""
    sizes = respective_sizes(text, len(references)) if len(references) > 1 else ()
    if not sizes:
        return references
    return [
        replace(r, details=(*(d for d in r.details if d[0] != "enrollment"), ("enrollment", n)))
        for r, n in zip(references, sizes, strict=True)
    ]


def _side_by_side(focus: Focus, sentence: LinkedSentence, reference: Reference) -> tuple[Entity, ...]:
    """The drugs of the list that is the subject: "*AB-1* and *AB-2* are in Phase 2 trials"."""
    drugs = [m for m in sentence.of_kind(Kind.DRUG) if m.end - sentence.start <= reference.at]
    if len(drugs) < 2:
        return (reference.drug,)
    offset = sentence.start
    first = next((i for i, m in enumerate(drugs) if same(m.entity, reference.drug)), None)
    if first is None:
        return (reference.drug,)
    while first and _NEXT_DRUG.fullmatch(
        sentence.text[drugs[first - 1].end - offset : drugs[first].start - offset]
    ):
        first -= 1
    listed = [drugs[first]]
    for mention in drugs[first + 1 :]:
        gap = sentence.text[listed[-1].end - offset : mention.start - offset]
        if same(mention.entity, listed[-1].entity):
            listed[-1] = mention  # "AB-1 (aboctinib)"
        elif _NEXT_DRUG.fullmatch(gap) and focus.is_own(mention.entity):
            listed.append(mention)
        else:
            break
    behind = sentence.text[listed[-1].end - offset : reference.at]
    if (
        len(listed) < 2
        or not _EACH_IS.match(behind)
        or ";" in behind
        or _TOGETHER.search(sentence.text[: reference.end])
    ):
        return (reference.drug,)
    return tuple(m.entity for m in listed)
