"""Linked mentions → the arms of a trial: what its participants are dealt out to, and what each arm is there for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract import values
from kg.extract.focus import same, unique
from kg.extract.linked import LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.animals import animal_studies
from kg.extract.relations.studies.context import Context, evidence_of, statement_modality
from kg.model import Entity, Fact, Kind

#: were randomized; will be randomly assigned in a 2:1 ratio; randomised 309 patients 2:1; assigned to
_DEALT: Final = Pattern(
    r"\b(?:re-?)?(?:randomi[sz](?:ed|es|e|ing)|(?:randomly\s+)?(?:assigned|allocated)|assigns|allocates)\b",
    re.IGNORECASE,
)
_RATIO: Final = Pattern(r"(?<![\d:])\d{1,2}(?::\d{1,2}){1,6}(?![\d:])")
#: Between the verb, or the ratio, and the first arm.
_TO: Final = Pattern(
    r"(?:\)|,|\s|\bin\b|\ban?\b|\bratio\b|\bfashion\b|\bbasis\b|\bdouble[- ]blind(?:ed)?\b|\bfor\s+treatment\b)*"
    r"\b(?:to\s+(?:be\s+(?:given|treated\s+with)\s+|(?:receive|treatment\s+with|switch\s+to|one\s+of\s+\w+\s+arms:?)\s+)?"
    r"|to\s+receive\s+|receiving\s+|between\s+)(?:either\s+|a\s+single\s+[\w-]+\s+dose\s+of\s+)?",
    re.IGNORECASE,
)
_FAR: Final = 260  # characters from the verb to its ratio: the patients are described between them
_NEAR: Final = 60
_END: Final = Pattern(
    r"[;:]|\.(?:\s|$)|\s+for\s+(?:(?:up\s+to|at\s+least)\s+)?(?:\d+|\w+)\s+(?:weeks?|months?|days?|years?)\b"
    r"|,?\s+(?:on\s+top\s+of|in\s+addition\s+to|added\s+to|each\b|who\b|which\b|until\b|through\s|stratified\b|across\b"
    r"|followed\s+by|and\s+(?:were|was|will|stratified|followed|treated|had)\b|as\s+(?:an\s+)?add-on|both\s+with)",
    re.IGNORECASE,
)
#: "with placebo", in a list of combinations, belongs to the arm; "and" joins drugs of one arm unless a control follows
_BETWEEN: Final = Pattern(
    r"\s*,\s*(?:or|and)\s+(?:to\s+)?|\s*,\s*(?!\s*(?:given|as|every|once|twice|daily|weekly|by|self|injected|taken|then)\b)"
    r"|\s+or\s+(?:to\s+)?|\s+versus\s+|\s+vs\.?\s+|\s+and\s+(?:to\s+)?(?=(?:matching\s+)?(?:placebo|sham|vehicle)\b)",
    re.IGNORECASE,
)
_CONTROLS: Final = (
    (
        "placebo-comparator",
        r"(?:matching\s+)?(?P<name>placebo|vehicle|sham(?:\s+(?:procedure|injection|control))?)\b",
    ),
    (
        "active-comparator",
        r"(?P<name>(?:standard[- ]of[- ]care|standard\s+(?:therapy|treatment)|best\s+supportive\s+care|usual\s+care"
        r"|(?:investigator|physician)['’]?s?['’]?\s+choice|(?:standard\s+)?chemotherapy))\b",
    ),
    (
        "no-intervention",
        r"(?P<name>observation|no\s+treatment|(?:deferred|delayed)\s+treatment|wait(?:ing)?[- ]list)\b",
    ),
)
_CONTROL: Final = tuple((kind, Pattern(words, re.IGNORECASE)) for kind, words in _CONTROLS)
#: in the placebo group; the ABC-1 arm
_NAMED: Final = Pattern(
    r"\b(?P<name>placebo|vehicle|sham|standard[- ]of[- ]care)[- ](?:control(?:led)?\s+)?(?:arm|group)s?\b",
    re.IGNORECASE,
)
_ARM: Final = Pattern(r"[™®]?[- ](?:treatment\s+)?(?:arm|group)\b")
_SIGN: Final = Pattern(r"\b(?:re-?)?random|\b(?:assigned|assigns|allocat\w+|arms?|groups?)\b", re.IGNORECASE)
_INTERVENTIONS: Final = (Kind.DRUG, Kind.TREATMENT)


@dataclass(frozen=True, slots=True)
class _Arm:
    """One arm as a sentence tells it.

    Attributes:
        start, end: of the words in the sentence.
        names: of what is given, in the order of the text.
        given: drugs and treatments.
        doses: in normal form.
        control: the kind of arm that something given instead of a drug makes it; empty where there is none.
    """

    start: int
    end: int
    names: tuple[str, ...] = ()
    given: tuple[Entity, ...] = ()
    doses: tuple[str, ...] = ()
    control: str = ""

    @property
    def name(self) -> str:
        """What is given, in short: "ABC-1 40 mg", "placebo plus docetaxel", "standard of care"."""
        if len(self.names) == 1 and not self.control:
            return " ".join((*self.names, " + ".join(self.doses))).rstrip()
        return " plus ".join(self.names)


def arm_facts(context: Context) -> Iterator[Fact]:
    """Every arm that participants are dealt out to, and those that are called so.

    Hits: "were randomized 1:1:1 to ABC-1 40 mg, ABC-1 80 mg or placebo"; "randomised 2:1 to receive ABC-1 plus
    docetaxel or docetaxel alone"; "in the placebo group".
    Near misses: "randomized Phase 3 trial of ABC-1"; "was assigned to Acme"; "a 1:1 format"; groups of mice.
    """
    told = [sentence for sentence in context.sentences() if _SIGN.search(sentence.text)]
    of_animals = {s.start for study in (animal_studies(context) if told else ()) for s in study}
    for sentence in told:
        subject = context.focus.drug(sentence)
        if subject is None or subject.kind is not Kind.DRUG or sentence.start in of_animals:
            continue
        arms = [*_dealt(sentence)]
        own = next(
            (d for a in arms for d in a.given if d.kind is Kind.DRUG and context.focus.is_own(d)), subject
        )
        if not any(same(drug, own) for arm in arms for drug in arm.given):
            arms = []  # a trial of something else
        if not arms and not context.in_table(sentence.start):
            arms = [*_named(sentence, own)]
        for arm in arms:
            yield Fact(
                "trial_arm",
                own,
                arm.name,
                modality=statement_modality(sentence.text, arm.start, arm.end),
                confidence=0.85,
                evidence=evidence_of(context, sentence, "arm"),
            ).with_qualifiers(
                {
                    "kind": context.document.concept(f"arm-kind:{_kind(arm, own)}"),
                    "given": arm.given,
                    "dose": arm.doses,
                    "trial": context.trial(sentence, own),
                }
            )


def _kind(arm: _Arm, own: Entity) -> str:
    if any(same(drug, own) for drug in arm.given):
        return "experimental"
    return arm.control or "active-comparator"


def _dealt(sentence: LinkedSentence) -> Iterator[_Arm]:
    """The arms of the first list in a sentence to which participants are dealt out; two of them at the least."""
    text = sentence.text
    for verb in _DEALT.finditer(text):
        ratio = _RATIO.search(text, verb.end(), verb.end() + _FAR)
        start = _TO.match(text, ratio.end()) if ratio else None
        if start is None:
            start = next(
                (
                    m
                    for at in re.finditer(r"\s(?=to\s|between\s)", text[: verb.end() + _NEAR])
                    if at.start() >= verb.end() and (m := _TO.match(text, at.start()))
                ),
                None,
            )
        if start is None:
            continue
        end = _END.search(text, start.end())
        arms = _listed(sentence, start.end(), end.start() if end else len(text))
        if len(arms) > 1:
            yield from arms
            return


def _listed(sentence: LinkedSentence, start: int, end: int) -> list[_Arm]:
    """The arms between two offsets into a sentence; a dose without a drug is of the drug named last, or next."""
    cuts = [start]
    for between in _BETWEEN.finditer(sentence.text, start, end):
        cuts += [between.start(), between.end()]
    cuts.append(end)
    parts = [_part(sentence, low, high) for low, high in zip(cuts[::2], cuts[1::2], strict=True)]
    arms: list[_Arm] = []
    for index, part in enumerate(parts):
        if part.control or part.given:
            arms.append(part)
        elif part.doses:
            others = [*reversed(arms), *parts[index + 1 :]]
            drugs = next((other.given for other in others if other.given and not other.control), ())
            if drugs:
                arms.append(_Arm(part.start, part.end, tuple(d.label for d in drugs), drugs, part.doses))
    return arms


def _part(sentence: LinkedSentence, start: int, end: int) -> _Arm:
    """What one member of a list of arms says is given."""
    text = sentence.text[start:end]
    mentions = [m for m in sentence.at(start, end) if m.entity.kind in _INTERVENTIONS]
    found = [
        dose for dose in values.doses(text) if text[: dose.start].rstrip()[-1:] != "("
    ]  # "7.4 GBq (200 mCi)"
    doses = tuple(dict.fromkeys(dose.quantity.text for dose in found))
    given = unique(mention.entity for mention in mentions)
    places = {mention.start - sentence.start - start: mention.entity.label for mention in mentions}
    control = ""
    for kind, words in _CONTROL:
        other = words.search(text)
        if other:
            control = kind
            # what the vocabulary knows as a treatment goes by its name there
            inside = [at for at in places if other.start() <= at < other.end()]
            if not inside:
                places[other.start("name")] = _plain(other["name"])
            break
    names = tuple(dict.fromkeys(places[at] for at in sorted(places)))
    return _Arm(start, end, names, given, doses, control)


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())


def _named(sentence: LinkedSentence, own: Entity) -> Sequence[_Arm]:
    """The arms that a sentence calls so: "the placebo group", "the ABC-1 arm"."""
    kinds = dict.fromkeys(("placebo", "vehicle", "sham"), "placebo-comparator")
    found = [
        _Arm(m.start(), m.end(), (name,), (), (), kinds.get(name, "active-comparator"))
        for m in _NAMED.finditer(sentence.text)
        for name in [_plain(m["name"])]
    ]
    for mention in sentence.of_kind(Kind.DRUG):
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if same(mention.entity, own) and _ARM.match(sentence.text, high):
            found.append(_Arm(low, high, (mention.entity.label,), (mention.entity,)))
    return list({arm.name: arm for arm in found}.values())
