"""Linked mentions → what diseases are, and figures of them: incidence, prevalence, survival, shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract import values
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.model import Entity, Fact, Kind, Modality


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """Every figure that a release gives of a disease, and what it calls it."""
    seen: set[tuple[str, str]] = set()
    for sentence in document.statements():
        yield from _descriptions(document, sentence)
        for figure in _figures(sentence):
            subject = _subject(document, sentence, figure)
            if subject is None:
                continue
            text = f"{figure.kind} {figure.value}"
            if (subject.label, text) in seen:
                continue
            seen.add((subject.label, text))
            kind = modality(sentence.text, figure.start, figure.end)
            if kind in (Modality.HYPOTHETICAL, Modality.NEGATED):
                continue
            yield Fact(
                "disease_fact",
                subject,
                text,
                confidence=0.9 if _is_section_of(sentence, subject) else 0.75,
                evidence=(document.evidence(sentence, f"diseases.{figure.rule}"),),
            ).with_qualifiers(
                {
                    "kind": figure.kind,
                    "value": figure.number,
                    "unit": figure.unit or None,
                    "approx": True if figure.approximate else None,
                    "comparator": figure.sign or None,
                    "population": _population(sentence.text, figure),
                    "country": _country(sentence.text, figure),
                }
            )


_KIND_OF_DISEASE: Final = (
    r"(?:diseases?|disorders?|conditions?|syndromes?|cancers?|tumou?rs?|malignanc(?:y|ies)|neoplasms?|sarcomas?"
    r"|carcinomas?|leuka?emias?|lymphomas?|infections?|illness(?:es)?|blindness|disability)"
)
_KIND: Final = (
    rf"(?P<kind>(?:[a-z][\w/-]*,?\s+){{0,7}}?{_KIND_OF_DISEASE}(?:\s+of\s+[\w-]+(?:\s+origin)?)?"
    r"(?:\s+(?:in|among)\s+(?:the\s+)?[\w-]+(?:\s+(?:States|Kingdom|population))?)?)"
    r"(?=\s*(?:[,.;:]|$|\b(?:accounting|characteri[sz]ed|that|which|affecting|caused|with|resulting|and|where|for)\b))"
)
_NAMED: Final = r"[™®]?(?:\s*\([^()]*\))?"
_DESCRIBED: Final = (
    Pattern(rf"{_NAMED},\s+(?:an?|the)\s+{_KIND}"),
    Pattern(rf"{_NAMED}(?:,\s+[^,.;]{{3,80}},)?\s+is\s+(?:an?|the)\s+{_KIND}"),
)


def _descriptions(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What a disease is called: its kind, origin or rank.

    Hits: "rhabdomyosarcoma, a rare pediatric cancer"; "RMS, a malignant tumor of mesenchymal origin, is the most common
    soft tissue sarcoma in children".
    Near misses: "glioma, a phase 2 trial"; "glioma is not a rare disease"; "lymphoma, the company's lead indication".
    """
    for mention in sentence.of_kind(Kind.DISEASE):
        for form in _DESCRIBED:
            found = form.match(sentence.text, mention.end - sentence.start)
            if found is None or modality(sentence.text, found.start("kind"), found.end()).is_claim_only:
                continue
            yield Fact(
                "disease_description",
                mention.entity,
                " ".join(found["kind"].split()),
                confidence=0.85,
                evidence=(document.evidence(sentence, "diseases.description"),),
            )


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure.

    Attributes:
        start, end: offsets of the whole statement in the sentence.
        at: offset of the number.
        kind: what is measured ("incidence", "five-year survival").
        value: number and unit as shown ("4.5 per million", "64%").
        number, unit: apart.
        rule: last part of the rule's name.
    """

    start: int
    end: int
    at: int
    kind: str
    value: str
    number: str
    unit: str
    rule: str
    sign: str = ""
    approximate: bool = False


_PEOPLE = (
    r"(?:people|persons|patients|individuals|men|women|children|adults|americans|europeans|males|females"
    r"|boys|girls|infants|newborns|births|live\s+births|cases)"
)
_NUMBER = r"(?P<n>\d[\d,]*(?:\.\d+)?(?:\s(?:thousand|million|billion))?)"
_RANGE = rf"{_NUMBER}(?:\s?(?:-|–|to)\s?(?P<high>\d[\d,]*(?:\.\d+)?(?:\s(?:thousand|million|billion))?))?"
_SOFT = (
    r"(?:(?:about|approximately|around|roughly|nearly|over|more\s+than|at\s+least|up\s+to|an\s+estimated"
    r"|estimated\s+(?:at|to\s+be)|as\s+many\s+as|fewer\s+than|less\s+than|almost|some|between)\s+)*"
)
_PER: Final = Pattern(
    rf"\b(?P<kind>(?:annual\s+|yearly\s+|estimated\s+|worldwide\s+|global\s+|birth\s+)*(?:incidence"
    rf"|prevalence))\b(?P<gap>[^.;]{{0,60}}?)\b{_SOFT}"
    rf"(?P<value>{_RANGE}\s+(?:(?:new\s+)?(?:cases?|{_PEOPLE})\s+)?(?:per|in(?:\s+every)?|out\s+of)\s+"
    rf"(?:every\s+)?(?P<base>\d[\d,]*(?:\s(?:million|thousand))?|million)(?:\s+(?P<who>{_PEOPLE}"
    rf"|population))?)",
    re.IGNORECASE,
)
_AFFECTS: Final = Pattern(
    rf"\b(?:affect(?:s|ing|ed)?|impact(?:s|ing)?)\s+{_SOFT}(?P<value>(?:{_RANGE}\s+"
    rf"(?:[\w-]+\s+){{0,2}}?{_PEOPLE}|one\s+in\s+(?:every\s+)?\d[\d,]*(?:\s+{_PEOPLE})?|1\s+in\s+"
    rf"(?:every\s+)?\d[\d,]*(?:\s+(?:live\s+)?{_PEOPLE})?))",
    re.IGNORECASE,
)
_LIVING: Final = Pattern(
    rf"\b(?P<value>{_RANGE}\s+(?:[\w-]+\s+){{0,2}}?{_PEOPLE})\s+(?:[\w.,\s]{{0,40}}?)(?:are\s+(?:living"
    rf"|affected|diagnosed)|live|have|suffer(?:ing)?|living|were\s+diagnosed|will\s+be\s+diagnosed"
    rf"|diagnosed)\b",
    re.IGNORECASE,
)
_NEW_CASES: Final = Pattern(
    rf"\b{_RANGE}\s+(?:new\s+)(?:[\w-]+\s+){{0,3}}?(?:cases|diagnoses|patients)\b[^.;]{{0,70}}?\b"
    rf"(?:each\s+year|every\s+year|per\s+year|annually|in\s+(?:19|20)\d\d|a\s+year|yearly)\b"
    rf"|\b(?P<n2>\d[\d,]*)\s+(?:[\w-]+\s+){{0,2}}?{_PEOPLE}\s+(?:[\w.,\s]{{0,40}}?)(?:are|were"
    rf"|will\s+be)\s+(?:newly\s+)?diagnosed\b[^.;]{{0,60}}?\b(?:each\s+year|every\s+year|per\s+year"
    rf"|annually|in\s+(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_DEATHS: Final = Pattern(
    rf"\b{_RANGE}\s+(?:[\w-]+\s+){{0,2}}?deaths\b(?:[^.;]{{0,50}}?\b(?:each\s+year|every\s+year|per\s+year"
    rf"|annually|in\s+(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_SHARE_OF: Final = Pattern(
    r"\b(?:account(?:s|ing|ed)?\s+for|represent(?:s|ing)?|compris(?:es|ing)|mak(?:es|ing)\s+up|constitut"
    r"(?:es|ing)|caus(?:es|ing))\s+"
    rf"{_SOFT}(?P<value>[\w.,\s%/-]{{1,40}}?(?:%|percent|per\s+cent|thirds?|half|quarters?|fifth))\s+of\s+"
    rf"(?:all\s+|the\s+)?(?P<what>[\w\s-]{{3,60}}?)(?=\s*(?:[.,;(]|$|\bin\b|\band\b|\bworldwide\b"
    rf"|\beach\b))",
    re.IGNORECASE,
)
_YEARS: Final = r"(?:five|ten|two|three|one|5|10|2|3|1)[- ]year"
_SURVIVAL_BEFORE: Final = Pattern(
    rf"(?P<value>\d[\d.]*\s?(?:%|percent))\s+(?P<kind>(?:overall\s+)?{_YEARS}\s+(?:overall\s+|relative\s+"
    rf"|event-free\s+)?survival(?:\s+rates?)?)",
    re.IGNORECASE,
)
_SURVIVAL_AFTER: Final = Pattern(
    rf"(?P<kind>{_YEARS}\s+(?:overall\s+|relative\s+|event-free\s+)?survival"
    rf"(?:\s+rates?)?)\b[^.;%]{{0,60}}?\b(?:of|is|was|remains|at|to|are)\s+{_SOFT}(?P<value>\d[\d.]*\s?"
    rf"(?:%|percent))",
    re.IGNORECASE,
)
_MEDIAN: Final = Pattern(
    r"\b(?P<kind>(?:median|mean|average)\s+(?:(?:overall|progression[- ]free|event[- ]free|disease[- ]free"
    r"|relapse[- ]free)\s+)?(?:survival|life\s+expectancy|age(?:\s+(?:at|of)\s+(?:diagnosis|onset))?"
    r"|duration\s+of\s+response))\b"
    rf"(?P<gap>[^.;]{{0,80}}?)\b(?:is|of|was|are|being)\s+{_SOFT}(?P<value>(?:\d[\d.]*|[a-z]+(?:-[a-z]+)?)"
    rf"(?:\s?(?:-|–|to)\s?\d+)?\s+(?:years?|months?|weeks?|days?))",
    re.IGNORECASE,
)
_SHARE_WHO: Final = Pattern(
    rf"(?P<value>\d[\d.]*\s?(?:%|percent|per\s+cent)|(?:one|two|three)[- ](?:third|quarter|fifth|half)s?"
    rf"|half)\s*(?:of\s+(?:all\s+|the\s+|these\s+|those\s+)?(?:[\w-]+\s+){{0,3}}?{_PEOPLE}\s+"
    rf"(?:with\s+[\w\s()-]{{3,50}}?\s+)?)?"
    r"(?P<predicate>(?:experienc(?:e|es|ing)|develop(?:s|ing)?|are|have|will|do|relaps(?:e|ing)|progress"
    r"(?:ing)?|present(?:ing)?|suffer(?:ing)?|respond(?:ing)?|carry|harbor(?:ing)?|die|dying|fail"
    r"(?:ing)?)\b[^.;,\[(]{0,70})",
    re.IGNORECASE,
)


_OF_TRIAL: Final = Pattern(
    r"\b(?:trial|study|enrol\w+|treated\s+with|dosed|arm|cohort|Phase\s+[\dI])\b|\b[nN]\s?="
)


def _figures(sentence: LinkedSentence) -> Iterator[_Figure]:
    text = sentence.text
    for found in _PER.finditer(text):
        kind = re.sub(r"^(?:annual|yearly|estimated)\s+", "", " ".join(found["kind"].casefold().split()))
        base = {"1 million": "million", "1,000,000": "million"}.get(
            found["base"].casefold(), found["base"].casefold()
        )
        number = found["n"] + (f"-{found['high']}" if found["high"] else "")
        unit = f"cases per {base}" + (" per year" if "annual" in found["kind"].casefold() else "")
        yield _figure(text, found, kind, f"{number} per {base}", number, unit=unit, rule=kind.split()[-1])
    for found in _AFFECTS.finditer(text):
        value = " ".join(found["value"].split())
        printed = re.search(
            r"\d[\d,]*(?:\.\d+)?(?:\s(?:million|thousand|billion))?(?:\s?[-–]\s?\d[\d,]*)?", value
        )
        if printed:
            ratio = " in " in value
            number, unit = (value, "") if ratio else (printed[0], "people")
            yield _figure(text, found, "prevalence", value, number, unit=unit, rule="prevalence")
    for found in _NEW_CASES.finditer(text):
        group = "n" if found["n"] else "n2"
        number = found[group]
        value = f"{number} per year"
        yield _figure(
            text, found, "new cases", value, number, unit="cases per year", rule="incidence", group=group
        )
    taken = [(m.start(), m.end()) for p in (_NEW_CASES, _AFFECTS) for m in p.finditer(text)]
    of_trial = bool(sentence.of_kind(Kind.DRUG)) or bool(_OF_TRIAL.search(text))
    for found in _LIVING.finditer(text):
        if not of_trial and not any(a < found.end() and found.start() < b for a, b in taken):
            value = " ".join(found["value"].split())
            yield _figure(text, found, "prevalence", value, found["n"], unit="people", rule="prevalence")
    for found in _DEATHS.finditer(text):
        value = f"{found['n']} per year"
        yield _figure(
            text, found, "deaths", value, found["n"], unit="deaths per year", rule="mortality", group="n"
        )
    for found in _SHARE_OF.finditer(text):
        if share := _share(found["value"]):
            yield _shared(text, found, f"share of {' '.join(found['what'].split())}", share, rule="share")
    for pattern in (_SURVIVAL_BEFORE, _SURVIVAL_AFTER):
        for found in pattern.finditer(text):
            if of_trial:
                break
            if share := _share(found["value"]):
                kind = re.sub(r"\s+rates?$", "", " ".join(found["kind"].casefold().split()))
                yield _shared(text, found, kind, share, rule="survival")
    for found in _MEDIAN.finditer(text):
        for length in values.durations(found["value"])[: 0 if of_trial else 1]:
            kind = " ".join(found["kind"].casefold().split())
            number, unit = length.quantity.text.split(" ", 1)
            yield _figure(text, found, kind, length.quantity.text, number, unit=unit, rule="survival")
    covered = [
        (m.start(), m.end()) for p in (_SHARE_OF, _SURVIVAL_AFTER, _SURVIVAL_BEFORE) for m in p.finditer(text)
    ]
    for found in _SHARE_WHO.finditer(text):
        share = _share(found["value"])
        if share is None or of_trial or any(a <= found.start() < b for a, b in covered):
            continue
        if predicate := _predicate(found["predicate"]):
            yield _shared(text, found, predicate, share, rule="share")


def _figure(
    text: str,
    found: re.Match[str],
    kind: str,
    value: str,
    number: str,
    *,
    unit: str,
    rule: str,
    group: str = "value",
) -> _Figure:
    at = found.start(group)
    sign, approximate = values.comparator(text, at)
    return _Figure(found.start(), found.end(), at, kind, value, number, unit, rule, sign, approximate)


def _shared(text: str, found: re.Match[str], kind: str, share: str, *, rule: str) -> _Figure:
    """A figure that is a share: "64%", "1/3"."""
    return _figure(text, found, kind, share, share.rstrip("%"), unit="%" if "%" in share else "", rule=rule)


def _share(printed: str) -> str | None:
    """ "40 percent" → "40%", "at least one-third" → "1/3"."""
    shares = values.percentages(printed)
    if shares:
        return shares[0].quantity.text
    half = re.fullmatch(r"\s*half\s*", printed, re.IGNORECASE)
    fraction = next(values.fractions("half of" if half else printed), None)
    return fraction.quantity.text if fraction else None


def _predicate(words: str) -> str | None:
    """ "experiencing disease progression or relapse" → what it says of a share of the patients."""
    phrase = " ".join(words.split())
    copula = re.match(r"(?:are|will\s+be)\s+(?:estimated\s+to\s+be\s+)?", phrase, re.IGNORECASE)
    if copula:
        rest = phrase[copula.end() :]
        return f"share {rest}" if rest else None
    rest = re.sub(
        r"^(?:will\s+)?(?:experienc\w+|develop\w*|have|suffer\w*(?:\s+from)?|present\w*\s+with|carry"
        r"|harbor\w*)\s+(?:a\s+|an\s+|the\s+)?",
        "",
        phrase,
        flags=re.IGNORECASE,
    )
    return rest or None


def _subject(document: LinkedDocument, sentence: LinkedSentence, figure: _Figure) -> Entity | None:
    """The disease that a figure is of: the sentence's own before it, else the one that the section is about.

    Near miss: "accounting for 40% of childhood sarcomas": the whole that a share is of is not the subject.
    """
    topic = _topic(document, sentence)
    before = [
        m
        for m in sentence.of_kind(Kind.DISEASE)
        if m.end - sentence.start <= figure.at and m.entity.label.casefold() not in ("cancer", "disease")
    ]
    near = [m for m in before if m.start - sentence.start >= figure.start] or before
    inside = [
        m
        for m in sentence.of_kind(Kind.DISEASE)
        if figure.at <= m.start - sentence.start < figure.end + 60
        and re.search(
            r"\b(?:with|of|from|by)\s+(?:[\w-]+\s+){0,3}$", sentence.text[: m.start - sentence.start]
        )
    ]
    if topic is not None:
        return (
            topic
            if not before
            or any(m.entity == topic for m in before)
            or not _other_subject(sentence, before[0].entity)
            else before[0].entity
        )
    if figure.kind.startswith("share of") or figure.rule != "share":
        if near:
            return near[0].entity
        if inside and figure.rule in ("prevalence", "incidence", "mortality"):
            return inside[0].entity
    return None


def _other_subject(sentence: LinkedSentence, entity: Entity) -> bool:
    """Whether a sentence begins with another disease than its section's."""
    first = sentence.of_kind(Kind.DISEASE)[0]
    return first.entity == entity and first.start - sentence.start < 12


def _topic(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """The disease that an "About …" section is about."""
    topic = sentence.section.topic
    if not topic:
        return None
    bare = re.sub(r"\s*\([^)]*\)", "", topic).strip().casefold()
    for mention in document.mentions(Kind.DISEASE):
        if bare in (name.casefold() for name in mention.entity.names) or mention.text.casefold() == bare:
            return mention.entity
    return None


def _is_section_of(sentence: LinkedSentence, disease: Entity) -> bool:
    return any(name.casefold() in sentence.section.topic.casefold() for name in disease.names)


_AGED: Final = Pattern(
    r"\b(?:in|among)\s+(?P<who>(?:children|adults|men|women|people|adolescents|infants|patients|males"
    r"|females)(?:\s+(?:younger|older|under|over|aged|less|above)\b[^.,;]{0,25}?\byears(?:\s+of\s+age)?)?)",
    re.IGNORECASE,
)


def _population(text: str, figure: _Figure) -> str | None:
    after = text[figure.at : figure.end + 60]
    after = re.split(r";|\.(?!\d)|\band\s+(?:more|about|approximately|\d)", after)[0]
    if aged := _AGED.search(after):
        return " ".join(aged["who"].split())
    labels = values.populations(after)
    return labels[0] if labels else None


def _country(text: str, figure: _Figure) -> str | None:
    window = re.split(r"[;]|\band\s+(?:more|about|approximately)\b", text[figure.start : figure.end + 50])[0]
    found = values.terms(window, "countries")
    return (
        found[0].label
        if found
        else ("worldwide" if re.search(r"\b(?:worldwide|globally)\b", window, re.IGNORECASE) else None)
    )
