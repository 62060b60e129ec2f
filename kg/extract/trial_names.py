"""Linked sentences → the names of trials: what stands in capitals beside "trial", "study" or a phase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.values import terms
from kg.model import Kind

REGISTRY = Pattern(
    r"\bNCT\s?\d{8}\b|\bISRCTN\s?\d{8}\b|\bCTR\s?\d{8}\b|\b(?:DRKS|UMIN|KCT|TCTR|SLCTR|PACTR)\s?\d{7,15}\b"
    r"|\b20\d\d-\d{6}-\d{2}(?:-\d\d)?\b|\bChiCTR\d{10}\b|\bACTRN\d{14}\b"
    r"|\bjRCT\w?\d{9,10}\b"
)
NAME = Pattern(
    r"(?<![\w-])(?P<name>(?:[A-Z]{1,2}-[A-Z]{3,}|[A-Z]{3,}[a-z]?[A-Za-z0-9]*|[A-Z][a-z]+[A-Z][A-Za-z]+"
    r"|[A-Z]{2,}[a-z]{2,}\d+|i[A-Z]{2,}[a-z]{2,}|[a-z]{1,2}[A-Z]{3,}(?=-\d)|[A-Z]{1,2}\d{2,4}[A-Z]{3,}"
    r"|[A-Z]{1,3}[a-z]{1,2}[A-Z]{3,}[A-Za-z0-9]*)"
    r"(?:-(?:[A-Z][A-Za-z0-9]{0,14}|\d{1,4}[A-Z]{0,3})){0,3}(?:\s\d{1,4}(?!\d|[.,]\d|\s*(?:mg|patients|%)))?)"
    r"(?![\w-])"
)
_NAME_BEFORE_TRIAL = Pattern(
    r"[\"”'’]?\s*(?:[™®]\s*)?(?:\((?:[^()]{0,160})\)\s*)?(?:(?:,|\s[-–—])\s*(?:a|an|its|the|our|two|three|both|identical|[A-Z]\w+['’]s)\s+"
    r"(?:[\w/,'’-]+\s+){0,8}?|is\s+(?:a|an|the|our|its|one\s+of|part\s+of|[A-Z][\w-]+['’]s)\s+(?:[\w/,-]+\s+){0,8}?"
    r"|(?:clinical\s+|pivotal\s+|registrational\s+|global\s+|extension\s+|Phase\s+\S+\s+|research\s+){0,2}?)"
    r"(?:(?i:phase)\s+[\dI]|(?:(?i:clinical\s+)?(?i:trials?|study|studies|programme|program)\b))"
    # "ASPEN-1 (atopic dermatitis): The two Phase 3 trials", "BIRCH (alopecia areata): Phase 2a enrolment"
    r"|\s*(?:\([^()]{2,80}\))?:\s+(?:(?:[Tt]he|[Aa]n?|[Tt]wo|[Oo]ur|[Ii]ts|[Bb]oth|[Gg]lobal|[Rr]andomi[sz]ed"
    r"|[Pp]ivotal|[Oo]ngoing|replicate|identical)\s+){0,3}"
    r"(?i:phase)\s+[\dI]"
    r"|(?<=-\d)\s?\|\s?(?:[^|]*\|\s?)?(?i:phase)\s[\dI]"
    r"|:\s+(?:[Aa]n?\s+|[Tt]he\s+)?(?:[\w/,-]+\s+){0,6}?(?i:phase)\s+[\dI](?:[^\s]|\s(?!and\b))*?\s+(?i:trial"
    r"|study)\s+(?:of|with|evaluating"
    r"|comparing|testing|investigating|assessing)\b"
)
_TRIAL_BEFORE_NAME = Pattern(
    r"(?:\b(?:trials?|stud(?:y|ies)|programme|program)\b,?\s*(?:\(|to\s+be\s+called|called|or|(?:which\s+is\s+"
    r"|to\s+be\s+)?(?:named|known\s+as|dubbed|titled)"
    r"|referred\s+to\s+as|[-–—])?\s*[\"'(]?"
    r"|\bphase\s+[\dIVab/]+,?\s*[\"“‘'(]?"
    r"|\b(?:trial|study)\b[^.;]{0,90},\s+(?:called|named|known\s+as|dubbed|titled|which\s+is\s+called)\s+(?:the\s+)?[\"“‘'(]?)$",
    re.IGNORECASE,
)
#: Words that lost the blank between them: "StudyThe"
_RUN_TOGETHER: Final = Pattern(
    r"(?:Trials?|Study|Studies|Phase|Data|Results?|Patients?|Program|Drug|Therapies|Therapy|About|Disorder"
    r"|Disease|Candidate)[A-Z]"
)
_SECOND_WORD: Final = Pattern(
    r"\s(?!NCT|IND\b|II|IV\b|SC\b)([A-Z]{3,}(?![\w-])(?=\s+(?i:(?:clinical\s+|pivotal\s+){0,2}(?:trial|study)\b))"
    r"|[A-Z]{2,}(?=,\s+(?:an?|its|the|our)\s+(?:[\w/,-]+\s+){0,5}?(?:[Pp]hase|[Tt]rial|[Ss]tudy)\b))"
)
_CODE: Final = Pattern(r"[A-Z]{2,4}[- ]?\d{2,6}[A-Z]?")


@lru_cache(maxsize=256)  # each sentence is asked for four times: twice by each set of rules
def _like_names(text: str) -> tuple[re.Match[str], ...]:
    """Whatever has the form of a trial's name."""
    return tuple(NAME.finditer(text))


@lru_cache(maxsize=2)  # two sets of rules ask for the same release
def trial_names(document: LinkedDocument) -> tuple[str, ...]:
    """The names of trials: what stands in capitals beside "trial", "study" or a phase, somewhere in the release.

    Hits: "the Phase 3 EMBARK-2 trial"; "AURELIA, a Phase 2b, double-blind trial"; "a Phase 3 trial, MERIDIAN-3,".
    Near misses: "the AB-101 Phase 2 trial" (a drug's code); "the FDA"; "NSCLC trial".
    """
    out: dict[str, None] = {}
    lines: dict[str, None] = {}
    never_given = _never_given(document)
    issuer = document.issuer
    for sentence in document.statements():
        text = sentence.text
        if text.isupper():
            continue
        taken = [
            (m.start - sentence.start, m.end - sentence.start, m.entity.kind)
            for m in sentence.mentions
            if m.entity.concept or m.entity.kind in (Kind.DRUG, Kind.AGENCY)
        ]
        for found in _like_names(text):
            name = found["name"]
            sure = _stands_with_registry(text, found.start(), found.end())
            free = name in never_given or sure  # "MOSAIC-1" is no drug's code, whoever takes it for one
            if len(name) < 4 or name.upper() in _not_names() or (_CODE.fullmatch(name) and not free):
                continue
            # "in lichen planus (BRIAR)": no short form of the disease, whoever takes it for one
            aside = bool(
                _ASIDE_ENDS.match(text, found.end()) or _GOES_ON.match(text, found.end())
            ) and _in_aside(name, text[max(0, found.start() - 180) : found.start()])
            if any(
                a <= found.start()
                and found.end() <= b
                and not sure
                and not (free and kind is Kind.DRUG)
                and not (kind is Kind.TARGET and _is_between(text, found.start(), found.end()))
                and not (aside and kind is Kind.DISEASE and b - a == len(name))
                for a, b, kind in taken
            ):
                continue
            if REGISTRY.match(name) or _RUN_TOGETHER.match(name) or (issuer and name in issuer.names):
                continue
            second = _SECOND_WORD.match(text, found.end())
            if (
                second
                and not any(a <= second.start(1) < b for a, b, kind in taken if kind is not Kind.DISEASE)
                and second[1] not in _not_names()
            ):
                out[f"{name} {second[1]}"] = None  # "the ADAPT SERON study"
                continue
            if _is_named(text, found.start(), found.end()):
                out[_UNSIGNED.sub("", name)] = None
        line = _OF_LINE.match(text)
        if line is not None and not any(
            m.entity.kind is Kind.DRUG and m.start < sentence.start + line.end() for m in sentence.mentions
        ):
            lines.setdefault(line["name"], None)
        for found in _NUMBERED.finditer(text):
            out[found[0]] = None
        for found in _CODED.finditer(text) if "tudy" in text or "rial" in text or "hase" in text else ():
            if not REGISTRY.match(found[0]) and _is_named(text, found.start(), found.end()):
                out[found[0]] = None
        for found in _TITLED.finditer(text) if "tudy" in text or "rial" in text else ():
            low, high = found.span("name")
            named = found["name"].upper() not in _not_names() and not any(
                a < high and low < b for a, b, _ in taken
            )
            if named and not terms(found["name"], "nationalities"):
                out[found["name"]] = None
    if len(lines) > 1 or programme_of(next(iter(lines), "")) in {programme_of(name) for name in out}:
        out |= dict.fromkeys(name for name in lines if name.upper() not in _not_names())
    out |= dict.fromkeys(_numbered_by_code(document))
    out |= dict.fromkeys(_numbered_alike(document))
    stems = {programme_of(name) for name in out}
    for sentence in document.statements():
        for found in reversed(_like_names(sentence.text)):
            name = found["name"]
            if programme_of(name) in stems and programme_of(name) != name:
                out[name] = None  # a sister of a known name: "EMBARK-1 and EMBARK-2"
            if (extended := _EXTENDED.fullmatch(name)) and extended["of"] in out:
                out[name] = None  # "EMBARK-OLE"
            listed = _LISTED.match(sentence.text, found.end())  # "MERIDIAN and ZENITH, two Phase 3 trials"
            if listed and listed["next"] in out and _may_be_name(sentence, found):
                out[name] = None
            followed = _AND_NEXT.match(sentence.text, found.end()) if name in out else None
            last = NAME.match(sentence.text, followed.start("next")) if followed else None
            if last and _may_be_name(sentence, last):  # "trials (CLARIFY [NCT01234567] and AMPLIFY)"
                out[last["name"]] = None
    return tuple(sorted(out, key=lambda n: (-len(n), n)))


#: A line of a list that opens with a name: "HORIZON 3: type 2 diabetes; recruiting", "BIRCH (vitiligo): 63 patients"
_OF_LINE: Final = Pattern(
    r"\W{0,4}(?P<name>[A-Z][A-Z]{3,}[A-Za-z]*(?:-[A-Z0-9]{1,6})?(?:\s\d{1,3})?)(?:\s(?:and|&)\s(?:\d{1,3}|[A-Z]{4,}[\w-]*))?\s*(?:\([^()]*\)\s*)?(?::|[–—]|\s-)\s"
    r"[^\n]{0,240}?\b(?:recruit\w*|enrol\w*|patients|participants|subjects|randomi[sz]\w+|versus|placebo|[Pp]hase|adults|children|ongoing|read-?out|dos(?:ed|ing))\b"
)
#: Before the name of a trial: "was randomised in CALM-AP", "recruitment to MERIDIAN"
_TAKEN_INTO: Final = Pattern(
    r"\b(?:(?:patients?|participants?|subjects?|volunteers?|persons?|people|adults|children)\s+(?:(?:has|have|had|was|were|been|now|already)\s+){1,3}"
    r"(?:randomi[sz]ed|enrol?led|dosed|treated|recruited|included|screened|vaccinated)\s+(?:in|into|to|on)|(?:enrol?lment|recruitment|randomi[sz]ation)\s+(?:in|to|into|of|for))"
    r"\s+(?:the\s+|its\s+)?$",
    re.IGNORECASE,
)
#: A name in small letters: "the Phase 3 Horizon study"; never in a title, whose words all begin so.
_TITLED: Final = Pattern(
    r"\b[Pp]hase\s+(?:[1-4]|I{1,3}V?)[ab]?(?:/(?:[1-4]|I{1,3}V?)[ab]?)?\s+(?:clinical\s+|pivotal\s+|global\s+)?"
    r"[\"“']?(?P<name>[A-Z][a-z]{3,}(?:-\d{1,2})?)[\"”']?\s+(?:clinical\s+)?(?:trial|study)\b"
)
_REGISTERED: Final = Pattern(
    r"\s*\(\s*(?:NCT|EudraCT|EU[ -]?CT|ISRCTN|ClinicalTrials|[nN]\s?=|jRCT|ACTRN|CTR\d|ChiCTR|DRKS|"
    r"(?:[\w-]+\s+)?Phase\s)"
    r"|,\s+Phase\s+[\dI]"
)
_DOES: Final = Pattern(
    r"\s+(?:has\s+|have\s+|had\s+)?(?:enrol?led|randomi[sz]ed|recruited|met\s+(?:its|the|all|both)"
    r"|did\s+not\s+meet|failed\s+to\s+meet"
    r"|remains\s+ongoing|will\s+enrol|is\s+(?:currently\s+)?(?:enrolling|recruiting|fully\s+enrolled))\b"
    r"|(?:,\s+(?:in|with|for)\s+[^,.;]{3,60},)?\s+(?:was|is\s+being|has\s+been|had\s+been)\s+(?:stopped"
    r"|terminated|discontinued|halted|paused|suspended)\b"
)
_IN_ASIDE: Final = Pattern(
    r"\b(?:trials?|stud(?:y|ies)|phase\s(?:[1-4]"
    r"|I{1,3}V?)[ab]?(?:/[1-4I]{1,3}[ab]?)?(?=\s[a-z]))\b(?P<gap>[^.;()]{0,90})[(\[]\s*[\"“']?$",
    re.IGNORECASE,
)
_ASIDE_ENDS: Final = Pattern(r"[\"”']?\s*[)\]]|,\s*[nN]\s?=|\s\[NCT")
_GOES_ON: Final = Pattern(
    r"\s*(?:trial|study)?\s*[;,]\s*(?:[A-Z]{2,6}\s?\d|\d|(?i:recruiting|phase|target|n\s?=))"
)
_APPOSED: Final = Pattern(r"\b(?:trial|study)\s+(?:of|in|with|for)\b[^.;]{0,110},\s*$", re.IGNORECASE)
#: A trial by its number under a drug's or a company's code: "XB101-301", "DMD114044"
_CODED: Final = Pattern(r"(?<![\w-])(?:[A-Z]{2,6}-?\d{2,6}-[A-Z]?\d{2,4}|(?!NCT)[A-Z]{2,5}\d{6})(?![\w-])")
_NUMBERED: Final = Pattern(r"(?<![\w-])Study\s(?:\d{2,4}[A-Z]?|[A-Z]{1,3}-?\d{2,4})(?![\w-])")


_WITH_REGISTRY: Final = Pattern(
    r"\s*(?:trial|study)?\s*[;,(]\s*(?:EudraCT\s|EU[ -]?CT\s|(?:[\w,. ]{2,40},\s+)?(?=NCT))"
)


def _stands_with_registry(text: str, start: int, end: int) -> bool:
    """Whether an identifier of a registry follows a name: no disease has one, a drug only as what a trial is of."""
    found = _WITH_REGISTRY.match(text, end)
    if found is None or not REGISTRY.match(text, found.end()):
        return False
    before = text[max(0, start - 120) : start]
    opened = found[0].lstrip().startswith("(")
    return not _STUDIED.search(before) if opened else bool(_IN_ASIDE.search(before))


_STUDIED: Final = Pattern(
    r"\b(?:of|with|evaluating|testing|studying|assessing|investigating|for|plus|comparing|candidate|drug"
    r"|and)\s+(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)


def _is_named(text: str, start: int, end: int) -> bool:
    """Whether the words around a name make it a trial's."""
    before = text[max(0, start - 180) : start]
    return bool(
        _NAME_BEFORE_TRIAL.match(text, end)
        or _TRIAL_BEFORE_NAME.search(before[-130:])
        or (_TAKEN_INTO.search(before[-90:]) and not _PLACE.fullmatch(text, start, end))
        or _REGISTERED.match(text, end)
        or _DOES.match(text, end)
        or (_GOES_ON.match(text, end) and _IN_ASIDE.search(before))
        or (_ASIDE_ENDS.match(text, end) and _in_aside(text[start:end], before))
        or (text[end : end + 1] == "," and _APPOSED.search(before))
    )


_PLACE: Final = Pattern(r"(?:EMEA|APAC|LATAM|MENA|USA|DACH|BENELUX)")


def _in_aside(name: str, before: str) -> bool:
    """Whether a parenthesis that holds only a name is about a trial: "a study in adults (STORMFRONT)".

    Near miss: "a trial in non-small cell lung cancer (NSCLC)", whose letters begin the words before.
    """
    aside = _IN_ASIDE.search(before)
    if aside is None:
        return False
    words = re.findall(r"\w+", aside["gap"])
    initials = "".join(word[0] for word in words).casefold()
    letters = "".join(c for c in name if c.isupper()).casefold()
    short_form = bool(words) and (letters[:2] in initials or letters in initials)
    return not words or (len(letters) >= 4 and not short_form and not _may_shorten(letters, words))


def _may_shorten(letters: str, words: list[str]) -> bool:
    """Whether letters may be picked out of words: the first begins a word, the others follow in order."""
    for index, word in enumerate(words):
        if word[0].casefold() == letters[0]:
            rest = iter("".join(words[index:]).casefold())
            if all(letter in rest for letter in letters):
                return True
    return False


_LISTED: Final = Pattern(rf"(?:,?\s+and|,)\s+(?P<next>{NAME.pattern.replace('?P<name>', '')})")
_AND_NEXT: Final = Pattern(
    rf"(?:\s*[\[(][^()\[\]]*[\])]\d?)?,?\s+and\s+(?P<next>{NAME.pattern.replace('?P<name>', '')})"
    r"(?=\s?[,)\[(]|\s+(?i:trials|studies)\b)"
)
#: A trial that goes on from another: "EMBARK-OLE"
EXTENSION: Final = Pattern(r"-(?:OLE?|LTE|LTS|LT|EXT|EXTEND|EXTENSION|X)(?:TM)?$")
_EXTENDED: Final = Pattern(r"(?P<of>.+)-(?:OLE?|LTE|LTS|LT|EXT|EXTEND|EXTENSION|X)")


def _is_between(text: str, start: int, end: int) -> bool:
    """Whether a phase and "trial" stand around what may be a gene too: "the Phase 2 VISTA trial"."""
    before = text[max(0, start - 40) : start]
    return bool(
        (_PHASE_BEFORE.search(before) and _TRIAL_BEHIND.match(text, end))
        or _PHASE_OF_TRIAL_BEFORE.search(before)
    )


_PHASE_BEFORE: Final = Pattern(r"\b[Pp]hase\s+[\dIVab/]+\s+$")
_TRIAL_BEHIND: Final = Pattern(r"[™®]?\s+(?:(?:clinical|pivotal|registrational)\s+)?(?:trial|study)\b")
_PHASE_OF_TRIAL_BEFORE: Final = Pattern(
    r"\b[Pp]hase\s+[\dIVab/]+\s+(?:clinical\s+)?(?:trial|study)(?:,?\s+(?:called|named))?,?\s+$"
)


def _numbered_alike(document: LinkedDocument) -> Iterator[str]:
    """Names that only a number tells apart, beside words on trials: "two trials, POLARIS-1 in adults and POLARIS-2".

    Near misses: "FGFR-1 and FGFR-2", "ABC-101 and ABC-102", "AXIN1".
    """
    for sentence in document.statements():
        if not _OF_TRIALS.search(sentence.text):
            continue
        alike: dict[str, set[str]] = {}
        for found in _ALIKE.finditer(sentence.text):
            if found["stem"] not in _not_names() and not any(
                m.start < found.end() + sentence.start
                and found.start() + sentence.start < m.end
                and m.entity.kind not in (Kind.DISEASE, Kind.ORGANIZATION)
                for m in sentence.mentions
            ):
                alike.setdefault(found["stem"], set()).add(found[0])
        for names in alike.values():
            if len(names) > 1:
                yield from sorted(names)


_OF_TRIALS: Final = Pattern(r"\b(?:phase|trials?|stud(?:y|ies)|program(?:me)?)\b", re.IGNORECASE)
_ALIKE: Final = Pattern(
    r"(?<![\w-])(?P<stem>(?=[A-Z]*[AEIOUY])[A-Z]{5,})[- ](?:\d{1,2}|[IV]{1,3})(?![\w-])(?!\s(?:mg|mcg)\b)"
)


def _may_be_name(sentence: LinkedSentence, found: re.Match[str]) -> bool:
    low, high = found.start() + sentence.start, found.end() + sentence.start
    return (
        len(found["name"]) >= 4
        and found["name"].upper() not in _not_names()
        and not any(m.start < high and low < m.end for m in sentence.mentions)
    )


def _numbered_by_code(document: LinkedDocument) -> Iterator[str]:
    """Trials that are numbered under their drug's code: "XB-101-305, a Phase III trial of XB-101"."""
    text = document.text
    for code in {m.text for m in document.mentions(Kind.DRUG) if _CODE.fullmatch(m.text)}:
        if f"{code}-" not in text:
            continue
        for found in _NUMBER_OF_TRIAL.finditer(text):
            if text.endswith(code, 0, found.start()):
                yield f"{code}{found[0]}"


_NUMBER_OF_TRIAL: Final = Pattern(r"-\d{2,4}(?![\w-])")


def _never_given(document: LinkedDocument) -> frozenset[str]:
    """Names taken for drugs' that stand beside "trial" or "study" and that no words treat as a drug's."""
    text = document.text
    drugs = {m.text for m in document.mentions(Kind.DRUG)}
    out = set()
    for name in drugs | {found["name"] for found in _like_names(text) if _CODE.fullmatch(found["name"])}:
        if not _LIKE_A_TRIAL.fullmatch(name):
            continue
        masked = text.replace(name, _ANY)
        if any(_BESIDE.in_paragraphs(masked)) and not any(_GIVEN.in_paragraphs(masked)):
            out.add(name)
    return frozenset(out) if drugs - out else frozenset()


#: Stands for the name that is asked about, so that one pattern does for all.
_ANY: Final = "\ue000"
_LIKE_A_TRIAL: Final = Pattern(r"[A-Z][A-Za-z]{3,}-\d{1,2}|[A-Z][A-Za-z]{4,}-\d{3}|[A-Z]{5,}")
_BESIDE: Final = Pattern(
    r"(?<![\w-])\ue000[®™]?\s+(?:[Pp]hase\s+\S+\s+)?(?:\w+\s+)?(?:trials?|study|studies"
    r"|and\s+[\w-]+\s+(?:\w+\s+)?(?:trials|studies))\b"
    r"|\b(?:trial|study|program|programme),?\s*\(?\ue000(?![\w-])"
    r"|\b(?:trials|studies)\b[^.;\ue000]{0,60},\s*(?:[A-Z][\w-]+\s+and\s+)?\ue000(?:\s+and\s+[A-Z]|\s*[,(])"
    r"|(?<![\w-])\ue000\s+is\s+an?\s+[^.]{0,80}?\b(?:trial|study)\b"
    r"|(?<![\w-])\ue000,\s+(?:an?|its|the|our)\s+(?:[\w/,-]+\s+){0,8}?(?i:phase|trial|study)\b"
)
#: Words that treat a name as a drug's.
_GIVEN: Final = Pattern(
    r"\b(?:with|evaluating|receive[sd]?|plus|candidate,?|dosed|mg|testing|designation\s+(?:for|to)|granted"
    r"|approval\s+of|doses?\s+of"
    r"|treatment\s+with|develop\w*|infusion\s+of)\s+\ue000(?![\w-])"
    r"|\b(?:trial|study|trials|studies|evaluation|development|data|safety|efficacy)\s+(?:of|for|with"
    r"|evaluating)\s+\ue000(?![\w-])"
    r"|(?<![\w-])\ue000(?:\s*\(|\s+is|,)\s*(?:an?\s+)?(?:[\w-]+\s+){0,4}?(?:inhibitor|antibody|vaccine"
    r"|agonist|candidate|therapy|conjugate)"
    r"|(?<![\w-])\ue000(?:'s)?\s+(?:may|binds|targets|inhibits|has\s+(?:the\s+potential|shown"
    r"|been\s+granted|received)|was\s+(?:granted|well|safe)"
    r"|monotherapy|treatment|therapy|doses?|infusion|mg)\b"
)


def programme_of(name: str) -> str:
    """What the trials of one programme share: "EMBARK-2" → "EMBARK"."""
    return re.sub(r"(?:[- ]?\d{1,3}|[- ](?:I{1,3}|IV|[A-F]))$", "", name)


def names_in(
    text: str, names: tuple[str, ...], start: int = 0, end: int | None = None
) -> list[tuple[int, int, str]]:
    """Where the names of trials stand in a text, the longest first where one contains another."""
    out: list[tuple[int, int, str]] = []
    stop = len(text) if end is None else end
    for name in names:
        low = text.find(name, start, stop)
        while low >= 0:
            high = low + len(name)
            if _stands_alone(text, low, high) and not any(a < high and low < b for a, b, _ in out):
                out.append((low, high, name))
            low = text.find(name, high, stop)
    return sorted(out)


#: A trademark sign set small and lost: "the HARBORTM study".
_UNSIGNED: Final = Pattern(r"(?<=[A-Z0-9]{5})TM$")


def _stands_alone(text: str, low: int, high: int) -> bool:
    """Whether a stretch is no part of a longer word or code; a sign set small and lost is none of it."""
    if text.startswith("TM", high):
        high += 2
    before, after = text[low - 1 : low], text[high : high + 1]
    return not (before.isalnum() or (before in ("-", "_") and before)) and not (
        after.isalnum() or (after in ("-", "_") and after)
    )


@cache
def _not_names() -> frozenset[str]:
    return frozenset(row["word"] for row in table("not_trial_names"))
