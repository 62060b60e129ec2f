"""References → the clinical trials that a release speaks of, each once, however often it is mentioned.

A mention is a phase ("a Phase 2 study of AB-1 in glioma"), a trial's name ("EMBARK-2") or "the study"; mentions
are placed by name, drug, phase, disease and by whether they speak of a plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.extract import values
from kg.extract.document import SectionKind
from kg.extract.focus import Focus, identity, same, unique
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patients import described, who_has
from kg.extract.patterns import Pattern
from kg.extract.sole_diseases import SoleDiseases
from kg.extract.trial_continuations import continuation
from kg.extract.trial_details import (
    NO_INDICATION,
    aside_details,
    indications_in,
    is_generic,
    purposes,
    registry_details,
    status_of_subject,
)
from kg.extract.trial_model import Reference, Trial
from kg.extract.trial_names import REGISTRY, names_in, programme_of, trial_names
from kg.extract.trial_places import joined, place
from kg.extract.trial_references import references_in, sisters
from kg.extract.trial_shares import respective_sizes
from kg.extract.trial_siblings import sibling, state_in_list
from kg.extract.trial_sizes import size_details
from kg.extract.trial_tables import described_trials
from kg.model import Entity, Kind, Mention, Modality, Value


def find_trials(document: LinkedDocument, focus: Focus) -> list[Trial]:
    """Every trial of a drug that the release speaks of, each once."""
    names = trial_names(document)
    tabled = described_trials(document, focus, names)
    found = [
        (s, tabled.get(s.start) or list(references_in(document, focus, s, names)))
        for s in document.statements()
    ]
    of_name = {str(n): r.drug for _, refs in found for r in refs if r.named for n in r.detail("name")}
    found = list(_with_titles(focus, _with_names_before(found, names), names))
    trials: list[Trial] = []
    placed_at: dict[int, list[Trial]] = {}
    for sentence, references in found:
        placed: list[Trial] = []
        for reference in references:
            known = [of_name[str(n)] for n in reference.detail("name") if str(n) in of_name]
            if known and not reference.named:
                reference = replace(reference, drug=known[0])  # noqa: PLW2901
            if focus.is_foreign(reference.drug):
                continue
            placed.append(place(reference, trials, placed))
        if placed:
            placed_at[sentence.start] = placed
    main = _main_trial(trials)
    last: tuple[object, int, list[Trial]] = (None, -1, [])
    for sentence, _ in found:
        paragraph = sentence.sentence.paragraph
        here = [t for t in placed_at.get(sentence.start, []) if not t.references[0].modality.is_claim_only]
        if here:
            last = (sentence.section, paragraph, here)
            continue
        for reference in sisters(sentence, names, trials):
            trials.append(Trial([reference]))
        named = _of_names(sentence.text, names, trials)
        titled = _of_title(document, focus, sentence, trials)
        carried = (
            last[2]
            if last[0] == sentence.section
            else main
            if _ABOUT_TRIAL.match(sentence.section.topic) or not last[2]
            else []
        )
        for trial, size in zip(
            group := named or carried, respective_sizes(sentence.text, len(group)), strict=False
        ):
            if len(group) > 1 and not trial.details("enrollment"):
                trial.references.append(_adding(sentence, trial, [("enrollment", size)]))
        if len(group) > 1 and _EACH_WILL.search(sentence.text):
            sizes = [d for d in size_details(sentence.text, 0, len(sentence.text)) if d[0] == "enrollment"]
            for trial in group if sizes else ():
                if not trial.details("enrollment"):
                    trial.references.append(_adding(sentence, trial, sizes))
        if len(named) > 1:
            places = [d for d in size_details(sentence.text, 0, len(sentence.text)) if d[0] == "country"]
            for trial in named if places else ():
                trial.references.append(_adding(sentence, trial, places))
            for trial in named:
                told = _aside(sentence, trial)
                if told is not None:
                    trial.references.append(told)
        more = continuation(sentence, named or titled or carried, sure=bool(named) or last[1] == paragraph)
        if more is not None:
            (named or titled or carried)[0].references.append(more)
        if named:
            last = (sentence.section, paragraph, named)
    _name_the_nameless(focus, found, names, trials)
    kept = joined(trials)
    _infer_indications(document, focus, kept)
    _infer_populations(document, kept)
    return kept


#: "Each will randomise 720 patients", "Each of the trials will include"
_EACH_WILL: Final = Pattern(
    r"\b(?:each|both)\s+(?:(?:one|trial|study)\s+|of\s+(?:the|them|these)\s+(?:(?:two|three)\s+)?(?:trials\s+|studies\s+)?)?(?:will|is\s+to|are\s+to|plans?\s+to|aims?\s+to|enrol|randomi|includ)",
    re.IGNORECASE,
)


def _with_titles(
    focus: Focus,
    told_so_far: Iterable[tuple[LinkedSentence, list[Reference]]],
    names: tuple[str, ...],
) -> Iterator[tuple[LinkedSentence, list[Reference]]]:
    """With a reference to the trial whose phase only a title tells: "About the Phase 1/2 LIFT Trial"."""
    found = list(told_so_far)
    titles = {s.section.title for s, references in found if references}
    phases = {r.phase for _, references in found for r in references}
    for sentence, references in found:
        topic, text = sentence.section.topic, sentence.text
        told = values.phases(topic) if topic and sentence.section.title not in titles else ()
        if (
            len(told) != 1
            or told[0].phase in phases
            or not re.search(r"\b(?:trial|study)\b", topic, re.IGNORECASE)
        ):
            yield sentence, references
            continue
        titles.add(sentence.section.title)
        drug = focus.named_in(topic) or focus.drug(sentence)
        called = names_in(topic, names)
        if drug is None or (called and not names_in(text, (called[0][2],))):
            yield sentence, references
            continue
        details: list[tuple[str, Value]] = [("name", called[0][2])] if called else []
        details += registry_details(text, 0, len(text)) + size_details(text, 0, len(text))
        details += [("population", p) for p in (*values.populations(text), *described(text))]
        about = Reference(
            sentence=sentence,
            start=0,
            end=len(text),
            at=0,
            phase=told[0].phase,
            drug=drug,
            named=False,
            another=False,
            status=status_of_subject(text, tuple(name for _, _, name in called)),
            modality=Modality.ASSERTED,
            indications=indications_in(sentence, 0, len(text)),
            details=tuple(details),
        )
        yield sentence, [about, *references]


#: "This study was designed as a Phase 2a trial", "The trial is a Phase 3": the one that the sentence before names
_THIS_IS: Final = Pattern(
    r"\W*(?:This|The|It)\b(?:\s+(?:[\w-]+\s+){0,3}?(?:study|trial))?\s+(?:is|was)\s+(?:an?|designed|the)\b",
    re.IGNORECASE,
)


#: "Both phase III trials will include", "The event-driven phase III study compares"
_BOTH_ARE: Final = Pattern(
    r"\W*(?:(?:Both|The|These|Each)\s+(?:of\s+)?(?:the\s+)?(?:(?:two|three|four)\s+)?(?:[\w/,-]+\s+){0,5}?(?:trials|studies|trial|study)\s+"
    r"(?:will|are|were|is|compares?|evaluates?|tests?|enrol\w*|include[sd]?|investigates?|assess\w*|plans?|aims?|randomi[sz]e[sd]?|ha(?:s|ve)|each)\b)"
)


def _with_names_before(
    found: list[tuple[LinkedSentence, list[Reference]]], names: tuple[str, ...]
) -> Iterator[tuple[LinkedSentence, list[Reference]]]:
    """References to "this study" with the name and identifier that the sentence before gives it."""
    before: LinkedSentence | None = None
    told_before = False
    for sentence, references in found:
        if (
            len(references) == 1
            and before is not None
            and not told_before
            and before.sentence.paragraph == sentence.sentence.paragraph
            and not references[0].detail("name")
            and (_THIS_IS.match(sentence.text) or _BOTH_ARE.match(sentence.text))
        ):
            called = names_in(before.text, names)
            more: list[tuple[str, Value]] = registry_details(before.text, 0, len(before.text))
            if len(called) == 1:
                more.append(("name", called[0][2]))
            if len(called) > 1 and _BOTH_ARE.match(sentence.text):
                yield (
                    sentence,
                    [
                        replace(references[0], details=(*references[0].details, ("name", c[2])))
                        for c in called
                    ],
                )
                before, told_before = sentence, True
                continue
            if len(called) < 2 and more:
                first = references[0]
                over = _COMPLETED.search(before.text) is not None and first.status is None
                told = replace(
                    first, details=(*first.details, *more), status="completed" if over else first.status
                )
                yield sentence, [told]
                before, told_before = sentence, True
                continue
        yield sentence, references
        before, told_before = sentence, bool(references)


_COMPLETED: Final = Pattern(
    r"\b(?:completion\s+of|completed|concluded|results\s+(?:from|of))\b", re.IGNORECASE
)


def _infer_indications(document: LinkedDocument, focus: Focus, trials: list[Trial]) -> None:
    """Where a trial in patients names no disease: that around it, of the drug's other trials, of the drug."""
    silent = [
        t for t in trials if not t.indications and not _HEALTHY & set(map(str, t.details("population")))
    ]
    for trial in silent:
        trial.inferred = _indications_around(document, focus, trial)
    sole = SoleDiseases(document)
    for trial in silent:
        if not trial.inferred:
            trial.inferred = _indications_of_drug(trial, trials)
        if not trial.inferred and (disease := sole.of(trial.drug)):
            trial.inferred = (disease,)


def _infer_populations(document: LinkedDocument, trials: list[Trial]) -> None:
    """Where the trials of a drug, all of one phase and disease, do not tell whom they take in: those who have it."""
    for trial in trials:
        diseases = trial.indications or trial.inferred
        if (
            len(diseases) != 1
            or trial.details("population")
            or any(
                t.phase != trial.phase
                or [*map(identity, t.indications or t.inferred)] != [identity(diseases[0])]
                for t in trials
                if same(t.drug, trial.drug)
            )
        ):
            continue
        for sentence in document.statements():
            listed = [m for m in sentence.of_kind(Kind.DISEASE) if same(m.entity, diseases[0])]
            told = who_has(document, sentence, listed[:1])[0] if listed else ()
            if told:
                trial.references.append(_adding(sentence, trial, [("population", p) for p in told]))
                break


def _indications_of_drug(trial: Trial, trials: list[Trial]) -> tuple[Entity, ...]:
    """The one disease that all other trials of the drug are in."""
    others = [(*t.indications, *t.inferred) for t in trials if t is not trial and same(t.drug, trial.drug)]
    found = unique(e for diseases in others for e in diseases)
    return found if len(found) == 1 else ()


def _aside(sentence: LinkedSentence, trial: Trial) -> Reference | None:
    """What a sentence that names several trials tells of one of them, in the parenthesis behind its name."""
    details = next((d for n in trial.details("name") if (d := aside_details(sentence.text, str(n)))), [])
    return _adding(sentence, trial, details) if details else None


def _adding(sentence: LinkedSentence, trial: Trial, details: list[tuple[str, Value]]) -> Reference:
    """A reference that only adds details to a trial."""
    return replace(
        trial.references[0],
        sentence=sentence,
        status=None,
        indications=(),
        details=tuple(details),
        named=False,
        date=None,
    )


def _name_the_nameless(
    focus: Focus,
    found: list[tuple[LinkedSentence, list[Reference]]],
    names: tuple[str, ...],
    trials: list[Trial],
) -> None:
    """Give a name that no trial has to the only nameless trial of the drug that its sentence is about."""
    taken = {str(n) for t in trials for n in t.details("name")}
    given: dict[str, Trial] = {}
    for sentence, told in found:
        here = names_in(sentence.text, names)
        if len(here) == 1 and not told and here[0][2] in given:
            trial = given[here[0][2]]
            if (more := continuation(sentence, [trial], sure=True)) is not None:
                trial.references.append(more)
            continue
        for _, _, name in here:
            if name in taken or any(programme_of(name) == programme_of(n) for n in taken):
                continue
            drug = focus.drug(sentence)
            nameless = [
                t
                for t in trials
                if drug is not None
                and same(t.drug, drug)
                and not t.details("name")
                and not t.references[0].modality.is_claim_only
            ]
            if len(nameless) != 1:
                base = sibling(sentence, name, drug, trials)
                if base is not None:
                    taken.add(name)
                    trials.append(base)
                continue
            taken.add(name)
            given[name] = nameless[0]
            first = nameless[0].references[0]
            nameless[0].references.append(
                replace(
                    first,
                    sentence=sentence,
                    status=state_in_list(sentence.text)
                    if sentence.text.lstrip("•·*–- ").startswith(name)
                    else None,
                    indications=(),
                    details=(("name", name),),
                    named=False,
                )
            )
            more = continuation(sentence, nameless, sure=True)
            if more is not None:
                nameless[0].references.append(more)


_ABOUT_TRIAL = Pattern(r"(?:[\w/-]+\s+){0,4}?(?:trial|study)s?$|(?:trial|study)\b", re.IGNORECASE)


def _main_trial(trials: list[Trial]) -> list[Trial]:
    """The one trial that "the trial" is where nothing nearer tells: the headline's, or the only one under way."""
    firm = [t for t in trials if not t.references[0].modality.is_claim_only]
    titles = (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
    titled = [t for t in firm if any(r.sentence.section.kind in titles for r in t.references)]
    running = [t for t in firm if t.status != "planned"]
    return next((found for found in (titled, running, firm) if len(found) == 1), [])


_HEALTHY: Final = frozenset({"healthy volunteers", "healthy adults"})


def _indications_around(document: LinkedDocument, focus: Focus, trial: Trial) -> tuple[Entity, ...]:
    """The diseases that the paragraph of a trial names for its drug, else those of the headline."""
    paragraphs = {r.sentence.sentence.paragraph for r in trial.references}
    found: list[Entity] = []
    for sentence in document.statements():
        if (
            sentence.sentence.paragraph in paragraphs
            and same(focus.drug(sentence), trial.drug)
            and not NO_INDICATION.search(sentence.text)
        ):
            found += purposes(sentence)
    if not found and same(trial.drug, document.subject):
        for sentence in document.of_section(SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
            named = sentence.of_kind(Kind.DRUG)
            if not named or any(same(m.entity, trial.drug) for m in named):
                found += purposes(sentence)
    precise = [e for e in found if not is_generic((e,))] or found
    return unique(precise) if len({identity(e) for e in precise}) == 1 else ()


def _of_names(text: str, names: tuple[str, ...], trials: list[Trial]) -> list[Trial]:
    """The trials that a sentence names."""
    found = [n for _, _, n in names_in(text, names)]
    return [
        t
        for t in trials
        if set(t.details("name")) & set(found) and not t.references[0].modality.is_claim_only
    ]


def _of_title(
    document: LinkedDocument, focus: Focus, sentence: LinkedSentence, trials: list[Trial]
) -> list[Trial]:
    """The trial that a section's title names: "About the Phase 2 Study of AB-1", "About the EMBARK Trial"."""
    topic = sentence.section.topic
    if not topic:
        return []
    phases = values.phases(topic)
    drug = focus.named_in(topic) or document.subject
    by_name = [t for t in trials if any(str(n).casefold() in topic.casefold() for n in t.details("name"))]
    by_phase = [t for t in trials if phases and t.phase == phases[0].phase and same(t.drug, drug)]
    return (by_name or by_phase)[:1]


def without_trial_names(document: LinkedDocument) -> LinkedDocument:
    """The document without those drug mentions that are trials' names or registry identifiers."""
    names = set(trial_names(document))

    def is_drug(mention: Mention) -> bool:
        return mention.entity.kind is not Kind.DRUG or not (
            mention.text in names or REGISTRY.fullmatch(mention.text)
        )

    sentences = tuple(
        replace(s, mentions=tuple(m for m in s.mentions if is_drug(m))) for s in document.sentences
    )
    subject = document.subject
    if subject is not None and (subject.label in names or REGISTRY.fullmatch(subject.label)):
        drugs = Counter(m.entity for s in sentences for m in s.of_kind(Kind.DRUG))
        subject = drugs.most_common(1)[0][0] if drugs else None
    return replace(document, sentences=sentences, subject=subject)
