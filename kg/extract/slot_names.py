"""Text → names of drugs of any form, known by standing where only drugs stand: "designation to PBKR03 for …".

Used by `kg.extract.drug_names`, after the names that their form gives away (`kg.extract.drug_codes`,
`kg.extract.drug_forms`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.drug_codes import DRUG_NOUN
from kg.extract.genes import by_symbol
from kg.extract.patterns import Pattern
from kg.extract.trial_columns import drugs_in_cells

#: A letter and a digit ("V114", "5F9"), a capital inside ("NurOwn"), parts with a hyphen ("D-Fi", "AAV8-RPE65").
_NAME: Final = (
    r"(?P<name>(?!(?:COVID|SARS|Covid|Phase|Part|Cohort|Grade|Stage|Type|Group|Arm|Day|Week|Month|Year|Form|Class)\b)"
    r"(?!(?:ONCE|TWICE|NON|NEXT|FIRST|BEST|LONG|SHORT|LATE|EARLY|OPEN|DOUBLE|PLACEBO|HEAD|REAL|HIGH|LOW|ALL|SINGLE"
    r"|FULL|WELL)-[A-Z]{3})"
    r"(?:(?=[A-Za-z-]{0,8}\d)[A-Za-z][A-Za-z0-9]*(?:[-.&][A-Za-z0-9&]+)*"
    r"|\d{1,3}[A-Z][A-Za-z]?\d[A-Za-z0-9-]*|\d[A-Z]-\d{2,}"
    r"|[A-Z][a-z]+[A-Z][A-Za-z0-9]+(?:-[A-Z0-9]\w*)*"
    r"|[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)+|[A-Z]{2,5}-[a-z]{1,3}[A-Z][A-Z0-9]+)(?![\w-]))"
)
#: Words between a slot and the name: "designation to *its lead product candidate* D-Fi".
_ITS: Final = (
    r"(?:(?:the\s+)?(?:[Cc]ompany['’]s|[A-Z]\w+['’]s|its|our|an?|the)\s+)?"
    rf"(?:(?:[a-z][\w/-]*,?\s+){{0,5}}?(?:{DRUG_NOUN}|program(?:me)?),?\s+)?"
)
#: Slots that only a drug fills, by what stands before it.
_ONLY_DRUGS: Final = (
    # "Orphan Drug Designation to …", "Fast Track status for …"
    rf"\b(?:[Dd]esignations?|[Ss]tatus)\s+(?:\([\w\s-]{{2,20}}\)\s+)?(?:to|for|on|of)\s+{_ITS}",
    # "IND application for …", "BLA for …", "Notice of Compliance for …"
    rf"\b(?:IND|CTA|s?NDA|s?BLA|MAA|[Aa]pplication|Notice\s+of\s+Compliance)\)?\s+(?:for|of)\s+{_ITS}",
    # "has approved …", "marketing authorisation for …", "has registered …"
    r"\b(?:(?:[Aa]pprove[ds]|[Rr]egister(?:ed|s)|[Aa]uthori[sz]e[ds]|[Cc]lear(?:ed|s)|licen[sc]ed(?!\s\S+['’]s)"
    r"|[Oo]kay(?:ed|s))"
    r"(?:\s+for\s+(?:marketing|sale))?|[Aa]pprove|(?:[Aa]pproval|[Aa]uthori[sz]ation|[Rr]egistration"
    r"|[Cc]learance)\s+(?:of|for|to)"
    r"|(?:[Ii]ndication|[Ll]abel|[Rr]eview|[Ll]etter|[Oo]pinion)\s+(?:of|for)|[Oo]pinion\s+on|to\s+designate)\s+"
    rf"{_ITS}",
    # "FDA clears …", as titles have it
    r"\b(?:FDA|EMA|MHRA|EC|NMPA|PMDA|MHLW|CHMP|TGA|Commission|Canada)\s+(?:[Rr]ejects|[Gg]rants|[Bb]acks"
    r"|[Rr]ecommends|[Oo]Ks)\s+",
    # "granted Breakthrough Therapy Designation to Acme's (Nasdaq: ACME) …", "has awarded …"
    r"\b[Dd]esignations?\s+to\s+(?:[A-Z][\w,.]*\s+){1,4}?(?:[A-Z][\w.]*)['’]s?\s+(?:\([A-Za-z ]+:\s?\w+\)\s+)?",
    r"\b(?:granted|awarded|designated|admitted|accepted)\s+"
    r"(?=\S+\s(?:\([^()]{2,60}\)\s)?(?:an?\s+)?(?:Orphan|orphan|Fast|fast|Breakthrough|breakthrough|PRIME|RMAT"
    r"|Innovation|Rare|Priority|SAKIGAKE|as\s+an?\s|(?:in)?to\s))",
    # "Phase 1/2 clinical trial of …", "Phase 2 data on …"
    r"\b[Pp]hase\s+[\dIViabAB/]+\s+(?:[\w-]+,?\s+){0,5}?(?:[Tt]rials?|[Ss]tud(?:y|ies)|data|results)\s+"
    rf"(?:of|with|on|from|evaluating|investigating|testing|assessing|for)\s+{_ITS}",
    # "product candidate, …"
    r"\b(?:product|drug|lead|clinical|vaccine|therapeutic|investigational|development)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:candidates?|assets?|compounds?|therap(?:y|ies)|vaccines?|drugs?|medicines?|program(?:me)?s?)(?:,"
    r"|:)?\s+(?:called\s+|named\s+)?",
    # "dosed with …", "treatment with …"
    rf"\b(?:[Tt]reat(?:ed|ment)|therapy|dosed|dosing|injected|infused|vaccinated|immuni[sz]ed)\s+with\s+{_ITS}",
    # "royalties on …", "pipeline headed by …", "comparing …"
    rf"\b(?:[Rr]oyalt(?:y|ies)\s+(?:on|from|for)|(?:[Nn]et|[Pp]roduct)\s+sales\s+(?:of|from|for)"
    rf"|(?:[Pp]ipeline|[Pp]ortfolio|[Ff]ranchise)\s+(?:[\w-]+\s+){{0,3}}?(?:headed|led|anchored)\s+by"
    rf"|(?:medicine|brand|product)\s+is|compar(?:es?|ed|ing))\s+{_ITS}",
    # "is developing …", "the development of …"
    rf"\b(?:(?:is|are|company)\s+(?:currently\s+)?(?:developing|evaluating|advancing)|(?:commerciali[sz]ation"
    rf"|rights)\s+(?:of|to))\s+{_ITS}",
)
_STRONG: Final = (
    *(Pattern(slot + _NAME) for slot in _ONLY_DRUGS),
    # "X, an oral inhibitor", "X is the company's lead candidate"
    Pattern(
        rf"(?<![\w./-]){_NAME}\s?[®™]?\s*(?:\([^()]{{2,60}}\))?(?:,|\s+is)\s+(?:an?|its|our|the\s+[Cc]ompany['’]s)\s+"
        r"(?:(?!that\b|which\b|of\b|for\b|in\b|to\b|by\b|on\b|with\b|trial\b|study\b|company\b|target\b|platform\b)"
        rf"[\w/-]+,?\s+){{0,8}}?{DRUG_NOUN}\b(?!\s+(?:target|trial|study|platform|company))"
    ),
    # "X vaccine", "X CXCR4 program", "X in combination with"
    Pattern(
        rf"(?<![\w./-]){_NAME}\s?[™®]?\s+(?:vaccines?|monotherapy|infusions?|tablets?|capsules?|injections?|candidate"
        r"|[A-Z][A-Z0-9-]{1,6}\s+program(?:me)?|for\s+the\s+(?:treatment|prevention)|in\s+combination\s+with"
        r"|versus\s+placebo)\b"
    ),
    # "X 50 mg", "licensed X from", "X was well tolerated"
    Pattern(
        rf"(?<![\w./-])(?!Q\d|[A-Z]{{4,}}-\d{{1,3}}\b|[a-z]){_NAME}\s?[®™]?,?\s+\d[\d.,]*\s?(?:mg|mcg|[µμ]g)\b"
    ),
    Pattern(rf"\b(?:licen[sc]ed|acquired|obtained)\s+{_NAME}\s+from\b"),
    Pattern(
        rf"(?<![\w./-]){_NAME}\s?[®™]?\s+(?:was|is|were|has\s+been)\s+(?:generally\s+)?(?:safe|well[- ]\s*tolerated)\b"
    ),
    # "- X (asthma): Phase 2 completed"; names of trials stand so too: "- VELA-2: Phase 3"
    Pattern(
        rf"(?:^|\n)[ \t]*(?:[-•*·–▪●]|o(?=\s))\s+(?![A-Z]{{4,}}-\d{{1,3}}\b|[Ss]tud|[Tt]rial){_NAME}\s?[®™]?\s*"
        r"(?:\([^()\n]{3,80}\)\s*)?(?::|\s[–—-])\s(?=[^\n]{0,80}?\b(?:[Pp]hase\s+[\dI]|[Pp]re-?clinical|INDs?\b"
        r"|CTAs?\b|NDA\b|BLA\b|[Dd]osing|[Ff]irst\s+(?:patient|participant)))"
    ),
    # "X has been granted Fast Track designation"
    Pattern(
        rf"(?<![\w./-]){_NAME}\s?[®™]?\s*(?:\([^()]{{2,60}}\)\s*)?(?:has\s+|have\s+|had\s+|was\s+|been\s+)*"
        r"(?:(?:granted|received|awarded|obtained|won)\s+(?:[\w.,-]+\s+){0,7}?"
        r"(?:[Dd]esignations?|[Aa]pproval|[Ss]tatus|[Aa]uthori[sz]ation|[Oo]pinion|[Cc]learance)"
        r"|(?:holds|has|had|have|carries|enjoys)\s+(?:both\s+)?(?:(?:FDA|EMA|EU|U\.S\.)\s+)?(?:[Oo]rphan|[Ff]ast"
        r"|[Bb]reakthrough|PRIME|RMAT|[Rr]are))\b"
    ),
    # "X is approved in the United States", "X was designated by the FDA", "X is under review"
    Pattern(
        rf"(?<!and )(?<![\w./-]){_NAME}\s?[®™]?\s*(?:\([^()]{{2,60}}\)\s*)?,?\s*(?:(?:is|was|are|were|has|have|been"
        rf"|now|also|currently)\s+){{1,4}}"
        r"(?:approved|authori[sz]ed|licensed|registered|designated|indicated|(?:FDA|EMA|EU)-approved|marketed"
        r"|under\s+(?:regulatory\s+|priority\s+)?review)\b"
    ),
)
#: A brand in capitals without a sign, in such a slot: "has approved LUMERIQ for", not where all is in capitals.
_IN_CAPITALS: Final = tuple(
    Pattern(
        rf"(?:{slot})(?<=[a-z,:] )(?P<name>[A-Z]{{5,}})(?=\s+(?:for|in|as|to|at|and|is|was|has)\b|\s?\(|[,.])"
    )
    for slot in _ONLY_DRUGS
)
#: What is behind a name that a trial is of: who takes part, what is given too, the end.
_TRIED: Final = (
    r"(?=\s?[®™]?(?:\s+\([^()]{2,60}\))?(?:[.,;]|\s+(?:in|for|as|versus|vs\.?|plus|and|with|or|against|on|alone"
    r"|compared|at"
    r"|monotherapy|once|twice|given|administered|among|together|to\s+treat)\b))"
)
#: A name with no more than a capital where it is no title, by what is tried: "a Phase 3 study of Vexoria in".
_CAPITALIZED: Final = (
    Pattern(
        r"\b(?:trials?|study|studies)\s+(?:\([^()]{2,60}\)\s+)?(?:of|with|on|evaluating|comparing|investigating"
        r"|testing|assessing|that\s+(?:will\s+)?compares?"
        rf"|which\s+(?:will\s+)?compares?|compares?)\s+(?P<name>(?!(?:Patients|Women|Men|Children|Adults"
        rf"|Japanese|Chinese|European|American|Oral|Vitamin)\b)[A-Z][a-z]{{4,}}|[A-Z]{{5,}}){_TRIED}"
    ),
    Pattern(
        r"(?:^|[.]\s|\n\s*)(?P<name>[A-Z][a-z]{4,}|[A-Z]{5,})\s?[®™]?\s+(?:is|was|has\s+been)\s+(?:now\s+"
        r"|currently\s+|also\s+|being\s+)*(?:studied|evaluated|tested|investigated|assessed|compared)"
        r"\s+in\s+(?:an?\s+|the\s+|two\s+|three\s+|our\s+|its\s+)?(?:[\w-]+\s+){0,3}?(?:[Pp]hase|trials?|study"
        r"|studies)\b"
    ),
)
#: What may be said of other things too; a name that stands so twice is a drug's.
_WEAK: Final = (
    Pattern(
        r"\b(?:doses?|administration|infusions?|injections?|safety|efficacy|tolerability|development|potential"
        r"|evaluation"
        rf"|pharmacokinetics|potency)\s+of\s+{_ITS}{_NAME}"
    ),
    Pattern(
        r"\b(?:receiv(?:ed|ing)|evaluat(?:e|es|ed|ing)|advanc(?:e|es|ing)|investigat(?:e|es|ing)|study|studying)\s+"
        rf"{_ITS}{_NAME}(?=\s+(?:in|as|for|at|or|and|alone|plus|versus)\b|[,.])"
    ),
    Pattern(
        rf"(?<![\w./-]){_NAME}\s?[®™]?\s+(?:is|was|has\s+been)\s+(?:being\s+|currently\s+|generally\s+|well[- ]\s*)*"
        r"(?:tolerated|administered|evaluated|studied|investigated|designed|developed|dosed)\b"
    ),
    Pattern(
        rf"(?<![\w./-]){_NAME}(?:[- ]treated\b|\s+(?:arm|dose|dosing|monotherapy|treatment|program)\b"
        r"|\s+in\s+(?:patients|adults|children)\b)"
    ),
)
#: "X for the treatment of *a disease*", "X in patients with …"
_FOR: Final = Pattern(rf"(?<![\w./-]){_NAME}\s?[®™]?\s*(?:\([^()]{{2,60}}\)\s*)?,?\s*(?:for|in)\s+")
_UP_TO_DISEASE: Final = Pattern(r"(?:[\w-]+\s+){0,8}")
_SHORTEST: Final = 3  # letters that a name in a cell has at least one more than
#: What makes the name that of a trial, a technology, a mechanism or a molecule.
_NO_DRUG_BEHIND: Final = Pattern(
    r"[™®]?[-\s]+(?:positive|negative|mutant|mutated|mutations?|expressing|expression|directed|targeted"
    r"|targeting|driven|specific|binding"
    r"|dependent|inhibit\w+|antagonis\w+|agonis\w+|blockers?|blockade|antibod\w+|degrad\w+|receptors?|pathway"
    r"|gene\b|genes|protein|proteins"
    r"|cells?\b|platform|technolog\w+|vectors?|capsids?|strains?|variants?|viruses|virus\b|infections?|scores?"
    r"|criteria|questionnaire|levels?"
    r"|(?:(?:[Pp]hase\s+[\w/]+|clinical|pivotal|registrational|extension)\s+)*(?:trial|study|studies)\b)",
)


def slot_names(
    text: str, taken: Iterable[tuple[int, int]], diseases: Iterable[int] = ()
) -> Iterator[tuple[int, int]]:
    """Every place of the names that stand where drugs do: once where nothing else may, or twice where most do.

    Hits: "orphan drug designation to PBKR03"; "a Phase 2 trial of NurOwn"; "B-VEC, a topical gene therapy".
    Near misses: "treatment with PD-1 inhibitors"; "the Phase 3 VISTA-2 trial"; "therapy with CAR-T".

    Args:
        text: of the release.
        taken: where the vocabulary's names stand, which are none.
        diseases: where diseases begin.
    """
    starts = dict(taken)
    ends = {end: start for start, end in starts.items()}
    ill = sorted(diseases)
    points: dict[str, int] = {}
    for forms, worth in ((_STRONG, 2), (_IN_CAPITALS, 2), (_CAPITALIZED, 2), (_WEAK, 1)):
        for form in forms:
            for match in form.in_paragraphs(text):
                start, end = match.span("name")
                if start in starts or ends.get(end, end) < end or _NO_DRUG_BEHIND.match(text, end):
                    continue
                points[match["name"]] = points.get(match["name"], 0) + worth
    listed = {text[s:e] for s, e in drugs_in_cells(text) if s not in starts and e - s > _SHORTEST}
    points |= dict.fromkeys(listed, 2)
    for match in _FOR.in_paragraphs(text):
        at = bisect_left(ill, match.end())
        if (
            at < len(ill)
            and _UP_TO_DISEASE.fullmatch(text, match.end(), ill[at])
            and match.start("name") not in starts
        ):
            points[match["name"]] = points.get(match["name"], 0) + 1
    places: dict[str, list[tuple[int, int]]] = {
        name: []
        for name, total in points.items()
        if total > 1 and (name in listed or not _SHORT.fullmatch(name)) and by_symbol(name) is None
    }
    for match in _PRINTED.finditer(text) if places else ():
        if match[0] in places:
            places[match[0]].append(match.span())
    for spans in places.values():
        against = sum(_NO_DRUG_BEHIND.match(text, end) is not None for _, end in spans)
        if against * 2 < len(spans):
            yield from spans


#: Whatever may be a name; all are sought in one pass, so that many names take no longer than one.
_PRINTED: Final = Pattern(r"(?<![\w-])[A-Za-z0-9]+(?:[-.&][A-Za-z0-9&]+)*(?![\w-])")
#: "B7", "2b", "Q4": of letters, weeks, quarters and phases.
_SHORT: Final = Pattern(
    r"[A-Za-z]\d|[QH][1-4]|[1-4][a-c]|[A-Z]\d{1,2}|H\d+N\d+|[IV]+[ab]?|[a-z]+\d?", re.ASCII
)
