"""Text → codes of drugs ("CLR 131", "DS-8201a", "mRNA-1273"), told from codes of other things by what is around them.

Used by `kg.extract.drug_names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract.genes import by_symbol
from kg.extract.inn import is_inn
from kg.extract.lexicon import table
from kg.extract.patterns import Pattern


@cache
def _not_codes() -> frozenset[str]:
    """The words of `lexicon/not_drug_codes.tsv`."""
    return frozenset(row["word"] for row in table("not_drug_codes"))


_RADIO: Final = (
    r"(?:\[\s?\d{2,3}m?[A-Z][a-z]?\s?\][-\s]?(?:[A-Z][a-z]?-)?|\d{2,3}m?[A-Z][a-z]?-"
    r"|[A-Z][a-z]?-\d{2,3}-|\d{2,3}m?-?(?:Lu|Ac|I|Y|Ga|Pb|Cu|Zr|At|Tb)-)"
)
_CODE: Final = Pattern(
    rf"(?<![\w.@-])(?<![^A-Z0-9]/)(?:{_RADIO})?"
    r"(?:"
    r"[A-Z][A-Za-z]{0,5}\d?[-\s]\d{3,8}[A-Za-z]?(?:-[A-Z0-9]{1,5})?"  # CLR 131, DS-8201a, CLR 1602-PTX, mRNA-1273
    r"|[A-Z]{2,6}[-]\d{1,2}[A-Za-z]?(?:-[A-Z0-9]{1,5})?"  # XY-12
    r"|[A-Z]{2,6}\d{3,8}[A-Za-z]?\d?(?:-[A-Z0-9]{1,5})?"  # ARX788
    r"|\d{1,2}[A-Z]{2,3}\d{3,5}"  # 9MW2821
    r"|[a-z]{1,4}[A-Z]{0,3}[-]?\d{3,5}[a-z]?"  # bb2121, mRNA-1273
    r"|[A-Z]{2,4}-[A-Z]{2,6}\d{0,4}[a-z]{0,2}\d{0,2}"  # ALN-TTRsc02, AMT-UC; needs support by its context
    r"|[A-Z]{2,6}-[A-Z]?\d{2,4}[A-Z]{0,3}"
    r"|[A-Z]{3,6}-[A-Z]\d{1,3}"
    r"|[A-Z]{3}\d{2,3}[a-z]\d{0,2}"  # BNT162b2
    r"|[A-Z]-[A-Z]{2,5}\d{2,4}[A-Z]?"  # Q-CAR088
    r"|[A-Z]{2,5}-[A-Z]{1,4}-\d{1,4}"  # AVR-RD-05
    r"|[A-Z]{2,5}-[A-Z]{1,4}\d{1,4}[A-Z]\d{1,2}"  # QEO-CM04S1
    r"|(?!Vitamin|Hepatitis|Influenza|Type|Class|Grade|Group|Factor|Series|Plan)[A-Z][a-z]{3,}-[A-Z]"  # Iomab-B
    r")(?![\w]|-\d|\.\d|-(?:directed|targeted|targeting|specific|positive|negative|mutant|mutated"
    r"|expressing|dependent|driven|binding))"
)
_MORE_NUMBERS: Final = Pattern(
    r"(?:\s*,\s*|\s+and\s+|\s+or\s+|\s*/\s*|,\s+and\s+)(\d{3,5})(?![\w%.,]\d|\w|%|\s*(?:mg|patients"
    r"|people|m[lL]|days))"
)
_YEAR: Final = Pattern(r"(?:199\d|20[0-3]\d)$")
DRUG_NOUN: Final = (
    r"(?:drugs?|candidates?|compounds?|therap(?:y|ies|eutics?)|treatments?|inhibitors?|agonists?"
    r"|antagonists?|"
    r"antibod(?:y|ies)|vaccines?|conjugates?|ADCs?|PDCs?|RDCs?|molecules?|agents?|products?|biologics?"
    r"|degraders?|activators?|blockers?|"
    r"modulators?|engagers?|bispecifics?|peptides?|proteins?|enzymes?|oligonucleotides?|siRNAs?|RNAi"
    r"|CAR-?T|T[- ]cells?|"
    r"radioligands?|radiopharmaceuticals?|radioconjugates?|radiotherapeutics?|immunotoxins?|fusions?|nanobod(?:y"
    r"|ies)|editors?"
    r"|medicines?|immunotherap(?:y|ies)|chemotherap(?:y|ies|eutics?)"
    r"|biosimilars?|"
    r"formulations?|injections?|tablets?|capsules?|assets?|contraceptives?|antibiotics?|insulins?|analgesics?|opioids?"
    r"|corticosteroids?|antivirals?|antifungals?|antidepressants?|antipsychotics?|anesthetics?|anticoagulants?"
    r"|hormones?|antiepileptics?|immunosuppressants?|immunoglobulins?|toxoids?|statins?|sprays?|creams?|gels?"
    r"|ointments?|inhalers?|eye\s+drops|[Aa]nalog(?:ue)?s?|mimetics?|superagonists?|prodrugs?|potentiators?"
    r"|correctors?|openers?"
    r"|stabili[sz]ers?|stimulators?|suppressors?|silencers?|sensiti[sz]ers?|binders?|sequestrants?|mAbs?"
    r"|[mt]?RNAs?|miRNAs?|oligomers?"
    r"|ASOs?|PMOs?|aptamers?|probiotics?|phages?|radiodiagnostics?|diuretics?|anticonvulsants?"
    r"|antiemetics?|antihistamines?|antimicrobials?"
    r"|antibacterials?|psychedelics?|cannabinoids?|chelators?|antidotes?|antitoxins?|supplements?|suspensions?"
    r"|transplants?|grafts?"
    r"|TCR-?T|CAR-?NK|TILs?|NK cells?|[Tt]regs?|BiTEs?|PROTACs?|theranostics?|fillers?"
    r"|virotherap(?:y|ies)|lotions?|patch(?:es)?|foams?)"
)
BEFORE_DRUG: Final = Pattern(
    r"(?:(?:\(|\b(?:treatment with|treated with|doses? of|dosing (?:of|with)|stud(?:y|ies) (?:of|with)"
    r"|trials? (?:of|with)|evaluat(?:e|es|ed|ing)|investigat(?:e|es|ing)|compar(?:e|es|ed|ing)|tests?|giv(?:en"
    r"|ing)|assess(?:es|ing)?|"
    r"develop(?:s|ing|ment of)?|application for|designation (?:to|for)|(?:awarded|granted|given) to"
    r"|(?:approv(?:als?|ed)|opinion|authori[sz]ation) (?:of|for|on)?|candidates?,?"
    rf"|{DRUG_NOUN}(?:\s\([A-Za-z-]{{2,8}}\))?,?|safety of"
    r"|efficacy of|"
    r"received?|receiving|markets|sells|launched|commerciali[sz]es|infusions? of|administration of"
    r"|combin(?:e|ed|ing|ation) (?:of|with)"
    r"|combination with|plus|known as|aka|(?:identified|designated) as|formerly|called"
    r"|named|code:?|supply of|suppliers? of|manufacturers? of"
    rf"|treat(?:ing|s)?(?: \w+){{0,3}} with|rights to|licen[sc]e (?:to|for)|in-?licen[sc](?:e|es|ed|ing)|"
    r"data (?:for|on|from)|(?:sales|revenues?|launch|prescriptions|uptake) (?:of|for|from)"
    r"|potential (?:of|for)|studying|testing|advanc(?:e|es|ing)|assets?,?|about"
    r"|program(?:me)?s?(?:,| for)?|predecessor|successor|back-?up|follow-on))\s*(?:an? |its |our |the )?\s*)$",
    re.IGNORECASE,
)
BEHIND_DRUG: Final = Pattern(
    rf"\s*+[™®]?\s*+(?:\([^()]{{1,60}}\))?\s*+(?:,|:|[–—]|is|was|are|has|in|for)?\s*+(?:\b(?:an?|the|our|its)\b"
    rf"|[A-Z][\w-]*'s)?\s*+(?:(?:(?:[\w'®™/α-ω+-]|\.(?=\d))++|\([\w-]{{2,12}}\))[,\s]++)"
    rf"{{0,7}}?(?:{DRUG_NOUN}\b|investigational|in (?:patients"
    r"|combination|adults|children|subjects)|s?BLA\b|s?NDA\b|MAA\b|"
    r"(?:is|was|has been) (?:being |currently being |under |also |currently |well "
    r"|generally )*(?:evaluated|studied|investigated|developed|designed|designated|granted|approved"
    r"|administered|indicated|tolerated)|"
    r"for the (?:[Tt]reatment|[Pp]revention)|(?:Phase|phase)\b|utilizes|targets|binds\b|inhibits|blocks\b|delivers"
    r"|releases|carries|combines|consists\b|comprises|silences|degrades|edits\b|contains|incorporates"
    r"|employs|monotherapy|arm|dos(?:e|es|ing)|infusion|trial|stud(?:y|ies)|plus\b|cohort)"
    r"|\s*[™®]?\s*\d[\d.,]*\s?(?:mg|µg|mcg|ug|g|m[lL]|IU|mCi|MBq|GBq|vg/kg|units)\b",
)
_GIVEN: Final = Pattern(
    r"\s*[™®]?\s*(?:\([^()]{1,60}\))?\s+(?:(?:has|have|had|also|recently|previously)\s+)*(?:received"
    r"|obtained|was\s+granted|(?:been|was)\s+awarded)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:Orphan|Fast|Breakthrough|RMAT|PRIME|Priority|orphan|fast|breakthrough"
    r"|accelerated|approval|marketing|designation)"
)
_REGISTERED: Final = Pattern(
    r"(?:(?:,?|\s+(?:is|was|will\s+be),?)\s+(?:its|an?|the|our)\s+(?:(?!in\b|of\b|for\b|after\b|from\b|with\b|was\b"
    r"|is\b)[\w/-]+,?\s+){0,8}?(?:trial|study)\b)"
    r"|\s*[,(]+\s*(?:NCT|EudraCT|EU\s?CT|ISRCTN|jRCT|ACTRN|CTR\d|ClinicalTrials|ChiCTR)",
    re.IGNORECASE,
)
#: "the VELA-7 Phase 1b clinical trial of …": the study's name, not the drug's.
_STUDY_OF: Final = Pattern(
    r"[™®]?,?\s+(?:an?\s+|the\s+)?(?:(?!to\b|\w+ing\b)[\w-]+\s+){0,3}?[Pp]hase\s+[\w/]+\s+(?:[\w-]+\s+){0,4}?(?:[Tt]rial"
    r"|[Ss]tudy)\s+"
    r"(?:of|with|evaluating|investigating|assessing|testing)\b",
    re.IGNORECASE,
)
_STUDY_BEFORE: Final = Pattern(
    r"\b(?:trials?|(?<!\bto )(?<!will )study|studies)(?P<comma>\s*,)?\s*(?:called\s+|named\s+|including\s+)?\(?$",
    re.IGNORECASE,
)
TRIAL_BEHIND: Final = Pattern(
    r"\s*(?:\(?NCT\d{8}\)?\s*)?(?:[\w-]+\s+){0,3}?(?:clinical\s+)?(?:trial|study|studies)\b"
)


def codes_in(text: str) -> Iterator[tuple[int, int]]:
    """Where codes stand; one that is printed several times needs support by its context in one place only."""
    places: dict[str, list[tuple[int, int]]] = {}
    support: dict[str, int] = {}
    series: dict[str, str] = {}
    for match in _CODE.finditer(text):
        code = match[0]
        letters = re.match(rf"(?:{_RADIO})?\d{{0,2}}([A-Za-z]*)", code)
        assert letters is not None
        head = letters[1].upper()
        scale = re.fullmatch(
            r"[A-Z]-([A-Z]{2,5})\d+", code
        )  # "F-VASI75", an endpoint, beside "Q-CAR088", a drug
        if scale is not None and scale[1] in _not_codes():
            continue
        plain = re.match(rf"(?:{_RADIO})?[A-Za-z]*[\s-]?\d", code) is not None  # a number follows the letters
        number = re.search(r"\d+", code)
        # "CD-001" and "CT041" count on; no antigen, month or registry does
        counted = number is not None and number[0].startswith("0") and ("-" in code or len(number[0]) == 3)
        counted = counted or (head == "MRNA" and number is not None and len(number[0]) > 3)  # "mRNA-1345"
        key = re.sub(r"[\s-]", "", code).upper()
        if plain and head in _not_codes() and not counted:
            if _NEVER.match(head) or not _AS_CODE.fullmatch(code) or by_symbol(code) is not None:
                continue
            # "CRS-201", "GBP-2210": what the text speaks of as a drug more than once is one
            support.setdefault(key, -1 if text.count(f"{head}-") > 3 else -2)
        if number and " " in code and _YEAR.match(number[0]):
            continue
        if re.match(r"[A-Z][a-z]{2,}[\s-]", code) and not re.match(r"[A-Z][a-z]*-(?:\d{2,3}-|[A-Z]$)", code):
            continue  # "Day 100", "Suite 300", "Table 12"; but "Iomab-B"
        if sum(c.isdigit() for c in code) < 3 and by_symbol(code) is not None:
            continue  # "HIF-2a"
        if _SCALE.search(code) or (" " in code and _UNIT_BEHIND.match(text, match.end())):
            continue  # "KCCQ-CSS", a questionnaire; "LYMORA 100 mg", a name and a strength
        of_drug = _PROTOCOL.match(code)
        if of_drug is not None and text.count(of_drug[1]) > text.count(f"{of_drug[1]}-"):
            continue  # "AB-101-301" beside "AB-101": a trial of it
        if _ALLELE.match(code) or _METHOD.fullmatch(code):
            continue  # "PRAME-A02": an antigen with the HLA type that shows it
        if _CARRIED_BY.search(text, max(0, match.start() - 30), match.start()):
            continue  # "the same capsid, AAV-WM4"
        places.setdefault(key, []).append(match.span())
        # What stands in another paragraph says nothing of it.
        before = text[max(0, match.start() - 50) : match.start()].rpartition("\n")[2]
        after = text[match.end() : match.end() + 110].partition("\n")[0]
        points = 0
        given = _IS_GIVEN.match(after) is not None  # "In part 1 of the study AB-12 is given once a week"
        if _LIKE_A_TRIAL.fullmatch(code) and (
            _NAMED_TRIAL.match(after)
            or (_IN_TRIAL.search(before) and not given)
            or (_SPOKEN.fullmatch(code) and _TRIAL_OF_LIST.match(after))
        ):
            support[key] = support.get(key, 0) - 9
            series[key] = head
            continue
        study = _STUDY_BEFORE.search(before)
        if study is not None and study["comma"] and not re.match(r"\s*[,(]", after):
            study = None  # "In the Phase 2 trial, AB-101 did not …"
        if given:
            study = None
        if _REGISTERED.match(after) or _STUDY_OF.match(after) or study is not None:
            support[key] = support.get(key, 0) - 3
            series[key] = head
            continue
        if (
            TRIAL_BEHIND.match(after)
            and not re.match(r"\s*(?:[Pp]hase|hematology)", after)
            and not BEFORE_DRUG.search(before)
        ):
            points -= 1
        elif (
            given
            or _supported(code, before)
            or BEHIND_DRUG.match(after)
            or _GIVEN.match(after)
            or _is_named_too(before, after)
        ):
            points += 1
        support[key] = support.get(key, 0) + points
        series[key] = head
    # Codes of one series support each other: "CLR 131" and the control "I-127-CLR 1404".
    often = {
        key
        for key, spans in places.items()
        if support[key] == 0 and len(spans) > 1 and re.fullmatch(r"[A-Z]{2,6}\d{2,}[A-Z]?", key)
    }  # "XB101" for XB-101
    often |= {
        key
        for key, spans in places.items()
        if support[key] == 0
        and all(_PLAINLY_CODED.fullmatch(text, *span) for span in spans)
        and not any(_OF_SOMETHING_ELSE.search(text, max(0, start - 30), start) for start, _ in spans)
        and not any(_SOMETHING_ELSE.match(text, end) for _, end in spans)
        and not any(_POSTCODE.match(text, start) for start, _ in spans)
    }
    heads = {head for key, head in series.items() if (support[key] > 0 or key in often) and len(head) > 1}
    for key, spans in places.items():
        if support[key] < 0 or (support[key] == 0 and series[key] not in heads and key not in often):
            continue
        for start, end in with_their_word(text, spans):
            yield start, end
            last_digits = re.search(r"\d+$", text[start:end])
            position = end
            while last_digits and (more := _MORE_NUMBERS.match(text, position)):
                if abs(len(more[1]) - len(last_digits[0])) > 1 or (
                    _YEAR.match(more[1]) and not _YEAR.match(last_digits[0])
                ):
                    break
                yield more.span(1)
                position = more.end(1)


#: What hardly anything but a drug is called, and the words around such a code that say that it is something else.
_PLAINLY_CODED: Final = Pattern(r"[A-Z]{2,5}-(?!(?:19|20)\d\d$)\d{3,8}[A-Z]?")
_OF_SOMETHING_ELSE: Final = Pattern(
    r"\b(?:[Aa]bstracts?|[Pp]osters?|[Pp]resentations?|[Ss]essions?|[Rr]oom|[Bb]ooth|[Hh]all|[Ff]orm|[Mm]odel"
    r"|[Gg]rants?|[Pp]rotocols?|[Nn]o\.|[Nn]umbers?"
    r"|[Pp]atents?|[Ii]d|ID|IDs|#|[Cc]ode|[Rr]ule|[Cc]ontracts?|[Aa]wards?|[Dd]evices?|[Ss]ystems?|[Ss]tandards?"
    r"|[Rr]egistrations?|[Tt]rials?|[Ss]tudy)"
    r"(?:,|:|\s+(?:no\.|number|code|ID|called|named))?\s*[#(]?$"
)
_SOMETHING_ELSE: Final = Pattern(
    r"[\s-]+(?:cells?|cell\s+lines?|[Tt]rials?|[Ss]tud(?:y|ies)|mice|models?|aircraft|systems?|devices?"
    r"|platforms?|assays?|tests?|vectors?|capsids?|strains?"
    r"|isolates?|scales?|scores?|questionnaires?|receptors?|genes?|mutations?|polymorphisms?|markets?"
    r"|technolog(?:y|ies)|software)\b"
)
_POSTCODE: Final = Pattern(r"(?:DK|SE|CH|NO|FI|AT|BE|NL|DE|FR|LU|IT|ES|IS)-\d{4,5}\s+[A-Z]")
#: A nonproprietary name beside a code: "OP-1250 (palazestrant)", "palazestrant (OP-1250)", "CTX001, now …".
_NAME_BEHIND: Final = Pattern(
    r"\s*[(,]\s*(?:(?:now|also|formerly|previously)\s+(?:known\s+as\s+|called\s+|named\s+)?|INN:?\s+)?"
    r"([a-z]{7,})(?:\s([a-z]{6,}))?\s*[(),;]"
)
_NAME_BEFORE: Final = Pattern(
    r"([a-z]{7,})(?:\s([a-z]{6,}))?\s*\((?:[a-z]{2,7}-[a-z]+,\s+)?(?:formerly\s+)?$"
)


def _is_named_too(before: str, after: str) -> bool:
    """Whether a nonproprietary name stands beside a code, in brackets or before them."""
    return any(
        found is not None and (is_inn(found[1]) or (found[2] is not None and is_inn(found[2])))
        for found in (_NAME_BEHIND.match(after), _NAME_BEFORE.search(before))
    )


#: Capitals and a small number, as trials are called: "ARC-6", "STILL-1"; and what is said of trials.
_LIKE_A_TRIAL: Final = Pattern(r"[A-Z]{3,}-\d{1,2}[AB]?")
_NAMED_TRIAL: Final = Pattern(
    r"[™®]?(?:\s+and\s+[A-Z]{0,10}-\d{1,2})?\s+(?:(?:[Cc]linical|[Pp]ivotal|[Rr]egistrational|[Ee]xtension"
    r"|[Pp]hase\s+\w+)\s+)*"
    r"(?:[Tt]rials?|[Ss]tud(?:y|ies)|TRIAL|STUDY)\b(?!\s+(?:drug|medication))"
)
_IN_TRIAL: Final = Pattern(
    r"(?:\b[Pp]hase\s+[1-4I]{1,3}[ab]?(?:/[1-4I]{1,3}[ab]?)?\s+|\b(?:[Tt]rials?|[Ss]tud(?:y|ies))(?:\s+called|,)?\s+)$"
)
#: Letters that can be spoken as a word, with a small number: "ASPEN-1"; what a list says of a trial.
_SPOKEN: Final = Pattern(r"(?=[A-Z]{0,2}[AEIOUY])[A-Z]{5,}-\d")
_TRIAL_OF_LIST: Final = Pattern(
    r"(?:(?:,|\s+and)\s+[A-Z]{5,}-\d)*\s*(?:\([^()]{2,80}\))?:\s+[^.;]{0,80}?\b(?:[Pp]hase|[Tt]rials?"
    r"|[Ss]tud(?:y|ies)|[Ee]nrol\w*|[Rr]ecruit\w*)\b"
)
#: What is done with drugs and not with trials.
_IS_GIVEN: Final = Pattern(
    r"[™®]?\s+(?:(?:is|was|were|are|has|had|will|can|be|being|been|also)\s+){1,3}(?:given|administered|dosed"
    r"|infused|injected|inhaled|taken|tolerated"
    r"|well\s+tolerated|generally\s+(?:safe|well))\b"
)
_SCALE: Final = Pattern(r"-(?:NRS|CSS|OSS|TSS|VAS|QOL|ADL|COG|CDR|CGI|PGIS?|PGIC)$", re.IGNORECASE)
_UNIT_BEHIND: Final = Pattern(r"\s?(?:mg|mcg|µg|ug|m[lL]|IU|units?)\b")
_PROTOCOL: Final = Pattern(r"([A-Z]{2,6}-?\d{2,6})-[A-Z]?\d{2,3}")
#: Before a code: it is that of a vector or of a device.
_CARRIED_BY: Final = Pattern(
    r"\b(?:capsids?|vectors?|vehicles?|devices?|serotypes?|plasmids?|cell\s+lines?|strains?)(?:,|\s+called"
    r"|\s+named)?\s+$"
)
#: A bracket alone says of an abbreviation that the words before it are its long form.
_IN_A_BRACKET: Final = Pattern(r"[(]\s*$")


def _supported(code: str, before: str) -> bool:
    """Whether the words before a code speak of a drug; "chronic phase (CML-CP)" only gives an abbreviation."""
    if BEFORE_DRUG.search(before) is None:
        return False
    if any(c.isdigit() for c in code) or not _IN_A_BRACKET.search(before):
        return True
    return (
        re.search(
            rf"{DRUG_NOUN}\s*[(]\s*$|[a-z]{{3,}}(?:cel|mab|gene|vec|sen|ran)\s*[(]\s*$", before, re.IGNORECASE
        )
        is not None
    )


_ALLELE: Final = Pattern(r"^[A-Z]{4,}\d*-A\*?(?:01|02|03|11|24)$")
#: Letters of registries, laws, markets and germs, which are never those of a drug; and how a code is written.
_NEVER: Final = Pattern(
    r"(?:NCT|ISRCTN|EUDRACT|EUCT|JRCT|CTR|ACTRN|CHICTR|KCT|TCTR|PACTR|DRKS|IRAS|UTN|US|USC|CFR|CUSIP|ISIN|WKN|FY"
    r"|COVID|HLA|ICD"
    r"|ISO|SARS|H\dN|HIV|HPV|FORM|RULE|SECTION|ITEM|PHASE|COHORT|GROUP|SUITE|FLOOR|ROOM|POST|THE|AND|OR|FOR|FROM"
    r"|IN|OF|ON|TO|BY"
    r"|WITH|UNTIL|SINCE|AT|MONTH|WEEK|DAY|YEAR|WORLD|PRE|NON|MID|EARLY|LATE|ASCO|ESMO|ASH|EHA|AACR|ADA|EASD|EASL"
    r"|AASLD|ACR)$"
)
_AS_CODE: Final = Pattern(r"[A-Z]{2,5}-\d{3,5}[A-Z]?|[A-Z]{3,5}\d{3,4}[A-Z]?")
_METHOD: Final = Pattern(r"(?:PET|SPECT|RT|LC|GC|MR|NGS|MALDI|ICP|CT)-(?:CT|MRI?|PET|Q?PCR|MS|TOF|SPECT)")
_WORD_OF_CODE: Final = Pattern(
    r"[™®]?\s(?P<word>h?[A-Z][A-Z0-9]{1,5})(?!\w|-(?!treated\b|based\b|induced\b))"
)


def with_their_word(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places of a name without a number; with the word in capitals that always follows: "MVA-BN RSV"."""
    start, end = spans[0]
    if len(spans) < 2 or any(c.isdigit() for c in text[start:end]):
        return spans
    words = [_WORD_OF_CODE.match(text, end) for _, end in spans]
    if len({word and word["word"] for word in words}) > 1:
        return spans
    return [(start, word.end()) for (start, _), word in zip(spans, words, strict=True) if word] or spans
