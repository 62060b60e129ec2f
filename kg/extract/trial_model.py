"""A trial and the places where a release speaks of it, as the stages around `kg.extract.trials` pass them on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kg.extract.focus import unique
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.model import Entity, Evidence, Fact, Kind, Modality, Value

#: Phases of `ontology/vocabulary.ttl` that are printed otherwise than they are called there.
_PHASE_CURIES: Final = {"0": "early-1", "2b/3": "2-3", "1b/3": "1-3"}


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where a release speaks of a trial.

    Attributes:
        sentence: where.
        start, end: offsets in the sentence of the stretch that is about this trial.
        at: offset in the sentence of the phase itself.
        phase: as in `values.phase`.
        drug: the studied drug.
        named: whether the sentence itself names that drug.
        another: whether it is said to be another trial than the one before ("a second Phase 1 study").
        status: as in the vocabulary's `trial-status`; None where nothing is said.
        modality: asserted, or hypothetical or negated where no trial is claimed.
        indications: the diseases studied.
        details: (qualifier, value) pairs.
        date: when it is to begin, or began.
        sponsor: who conducts it, where that is said to be another than the release's issuer.
    """

    sentence: LinkedSentence
    start: int
    end: int
    at: int
    phase: str
    drug: Entity
    named: bool
    another: bool
    status: str | None
    modality: Modality
    indications: tuple[Entity, ...]
    details: tuple[tuple[str, Value], ...]
    date: str | None = None
    sponsor: Entity | None = None

    def detail(self, name: str) -> tuple[Value, ...]:
        """The values of one qualifier."""
        return tuple(v for n, v in self.details if n == name)


@dataclass(slots=True)
class Trial:
    """References that speak of one trial.

    Attributes:
        references: where it is spoken of.
        inferred: its diseases where no reference names one: those of its drug around it.
    """

    references: list[Reference] = field(default_factory=list)
    inferred: tuple[Entity, ...] = ()

    @property
    def drug(self) -> Entity:
        """The studied drug."""
        return self.references[0].drug

    @property
    def phase(self) -> str:
        """Its phase, as in `values.phase`; "pivotal" where it has no number."""
        return next((r.phase for r in self.references if r.phase != "pivotal"), "pivotal")

    @property
    def indications(self) -> tuple[Entity, ...]:
        """The diseases studied, each once."""
        return unique(i for r in self.references for i in r.indications)

    @property
    def status(self) -> str | None:
        """The state that its references tell; an end outweighs a course, a course outweighs a plan."""
        found = [r.status for r in self.references if r.status]
        for status in ("terminated", "suspended", "recruiting", "completed", "active", "planned"):
            if status in found and not (status == "completed" and self._goes_on()):
                return status
        return None

    def _goes_on(self) -> bool:
        """Whether it is called ongoing, and over only by what came out so far."""
        ongoing = any(
            r.status == "active"
            and (_ONGOING.search(r.sentence.text[max(0, r.at - 60) : r.at]) or _STILL.search(r.sentence.text))
            for r in self.references
        )
        return ongoing and not any(
            r.status == "completed" and _OVER.search(r.sentence.text) for r in self.references
        )

    def details(self, name: str) -> tuple[Value, ...]:
        """The values of one qualifier, each once."""
        return tuple(dict.fromkeys(v for r in self.references for v in r.detail(name)))

    def _tacit_status(self) -> str:
        """A trial whose results are told without a word that it goes on is over; else it goes on."""
        texts = [r.sentence.text for r in self.references]
        if any(_GOING_ON.search(text) for text in texts):
            return "active"
        if all(_WILL_TEST.search(text) for text in texts):
            return "planned"
        late = not self.phase.startswith(("0", "1"))
        told = any(
            _RESULTS_OF.search(text)
            or _LOOKED_BACK.match(text if self.phase.startswith("1/") else _BRACKETED.sub("", text))
            or (late and _CONDUCTED.search(text))
            for text in texts
        )
        return "completed" if told else "active"

    def fact(self, document: LinkedDocument) -> Fact:
        """The trial as a statement with all its evidence."""
        first = self.references[0]
        # a trial that is spoken of without a word on its state goes on, as far as the release tells
        status = self.status or (None if first.modality.is_claim_only else self._tacit_status())
        dates = [r.date for r in self.references if r.date]
        kind = first.modality if first.modality.is_claim_only else Modality.ASSERTED
        if kind is Modality.ASSERTED and status == "planned":
            kind = Modality.PLANNED
        elif kind is Modality.ASSERTED and status in ("completed", "terminated"):
            kind = Modality.HISTORICAL
        qualifiers: dict[str, Value | tuple[Value, ...] | None] = {
            "indications": self.indications or self.inferred,
            "status": Entity(Kind.TRIAL_STATUS, status, concept=f"trial-status:{status}") if status else None,
            "date": max(dates, key=len) if dates else None,
        }
        for name in ("population", "country", "design", "combination"):
            qualifiers[name] = self.details(name)
        for name in ("nct", "name", "enrollment", "sites"):
            qualifiers[name] = next(iter(self.details(name)), None)
        identifiers = map(str, self.details("nct"))
        qualifiers["nct"] = next((i for i in identifiers if i.startswith("NCT")), qualifiers["nct"])
        ranked = sorted(self.references, key=lambda r: (not r.named, -len(r.indications), -len(r.details)))
        evidence: dict[tuple[int, int], Evidence] = {}
        for reference in ranked:
            sentence = reference.sentence
            rule = f"studies.trial.{reference.status or 'mentioned'}"
            evidence.setdefault((sentence.start, sentence.end), document.evidence(sentence, rule))
        return Fact(
            "trial",
            self.drug,
            phase_entity(self.phase),
            modality=kind,
            confidence=0.95 if any(r.named for r in self.references) else 0.8,
            evidence=tuple(evidence.values()),
        ).with_qualifiers({k: v for k, v in qualifiers.items() if v not in ((), None)})


def phase_entity(phase: str) -> Entity:
    """The vocabulary's concept for a phase in its arabic form."""
    curie = _PHASE_CURIES.get(phase, phase.replace("/", "-"))
    return Entity(Kind.PHASE, phase, concept=f"phase:{curie}")


#: What is told of a trial that nothing says has begun: "will evaluate", "is to enrol 250 men"
_WILL_TEST = Pattern(
    r"\b(?:trial|study)\b[^.;]{0,120}?\b(?:will|is\s+to)\s+(?:(?:also|then)\s+)?(?:be\s+(?:conducted|run|carried\s+out)|evaluate|assess|test|investigate"
    r"|compare|examine|enrol?l?|recruit|randomi[sz]e|include)\b",
    re.IGNORECASE,
)
#: "EMBARK remains ongoing"
_STILL = Pattern(
    r"\b(?:remains?|is|are)\s+(?:still\s+|currently\s+)?(?:ongoing|under\s?way|in\s+progress)\b",
    re.IGNORECASE,
)
_BRACKETED = Pattern(r"\s?\([^()]*\)")
_ONGOING = Pattern(r"\b(?:ongoing|continuing)\s+(?:[\w/-]+\s+){0,4}$", re.IGNORECASE)
_OVER = Pattern(
    r"\b(?:complet\w+|concluded|top-?\s?line|final|met|ended|primary\s+(?:end\s?point|analysis))\b",
    re.IGNORECASE,
)
_RESULTS_OF = Pattern(
    r"(?<!interim )(?<!initial )(?<!preliminary )(?<!updated )(?<!early )\b(?:results|findings)\s+(?:from"
    r"|of|in)\b",
    re.IGNORECASE,
)
_GOING_ON = Pattern(
    r"\b(?:ongoing|continu(?:es|ing)|updated|interim|to\s+date|so\s+far|data\s+cut-?off|long-term|expansion"
    r"|follow-up\s+is)\b",
    re.IGNORECASE,
)
#: "In the Phase 2 trial in 121 patients, ABC-1 improved …"; not of a part that others may follow
_LOOKED_BACK = Pattern(
    r"\W*In\s+(?:[A-Z][\w-]+(?:\s\([^()]*\))?,\s+)?(?:(?:an?|the|our|its|this|two|both)\s|(?=phase))(?:(?!escalation|expansion|cohorts?\b|part\b|portion\b)[^.;])*?\bphase\b"
    r"(?:(?!escalation|expansion|cohorts?\b|part\b|portion\b|\bis\b|\bare\b|\bwill\b)(?:[^.;]|\.(?=\d)))*"
    r"\b(?:was|were|had|improved|reduced|fell|rose|reached|showed|achieved|maintained|demonstrated|cut|took|lowered"
    r"|increased|met|raised|experienced|survived|tested|led|resulted|produced|provided|gave|yielded|decreased|declined|lost|remained|brought|slowed|delayed|prolonged"
    r"|extended|restored|normali[sz]ed|doubled|halved|confirmed|suppressed|induced|shrank|kept|dropped|elicited|prevented|healed"
    r"|cleared|stabili[sz]ed|grew|gained|responded|separated|caused)\b",
    re.IGNORECASE,
)
#: What is said of late trials when they are over: who took part, and what came out, against whom.
_CONDUCTED = Pattern(
    r"\b(?:conducted\s+in|included|received|were\s+(?:treated|given|randomi[sz]ed|enrolled|studied|evaluated|tested|investigated)|was\s+(?:studied|evaluated|tested|investigated)\b|was\s+"
    r"(?:non-?inferior|superior)|met\s+its|did\s+not\s+meet"
    r"|missed|failed)\b|\b(?:cut|reduced|improved|increased|achieved|demonstrated|showed|lowered|raised|was"
    r"|were)\b[^.;]{0,120}?\d\s?(?:%|-fold|months)"
    r"[^.;]{0,80}?\b(?:versus|vs|compared|against|placebo)\b",
    re.IGNORECASE,
)
