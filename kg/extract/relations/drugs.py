"""Drugs: who develops them, other names, what they are made of and act on, indications, combinations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.carriers import carriers
from kg.extract.deal_developers import of_the_deals
from kg.extract.frames import pattern
from kg.extract.indications import indications, of_subject, shared, without_umbrellas
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.linkers import linkers
from kg.extract.linking import as_kind
from kg.extract.mechanisms import targets
from kg.extract.modality import modality
from kg.extract.moieties import moieties, moieties_of_names
from kg.extract.natures import natures, natures_of_makers, without_parts
from kg.extract.ownership import ownerships
from kg.extract.patterns import Pattern
from kg.extract.payloads import natures_of_loads, payloads
from kg.extract.pronouns import resolved
from kg.extract.statements import statement
from kg.model import Fact, Kind, Mention, Modality


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """What the release says that its drugs are and what they are for."""
    owned = ownerships(document)
    owned += tuple(of_the_deals(document, owned))
    for own in owned:
        yield statement(
            document, own.sentence, f"drugs.develops.{own.rule}", "develops", own.organization, own.drug,
            confidence=own.confidence,
        )  # fmt: skip
    yield from _aliases(document)
    sentences = [(spoken, resolved(document, spoken)) for spoken in document.statements()]
    told = [fact for _, sentence in sentences for fact in natures(document, sentence)]
    carried = tuple(payloads(document))
    whose = {own.drug for own in owned if own.rule != "maker"} | {document.subject}
    told += natures_of_loads(document, [f for f in carried if f.subject in whose], told)
    yield from without_parts(document, told, {fact.subject for fact in carried if fact.subject is not None})
    told_of = {f.subject for f in told if f.relation == "drug_platform" and f.subject is not None}
    issuers = {own.drug for own in owned if own.organization == document.issuer}
    yield from natures_of_makers(document, told_of, issuers)
    treated: list[Fact] = []
    for _, sentence in sentences:
        in_it = list(indications(document, sentence))
        treated += (*in_it, *shared(sentence, in_it, issuers))
    yield from without_umbrellas([*treated, *of_subject(document, treated)])
    for spoken, sentence in sentences:
        yield from linkers(document, sentence)
        yield from moieties(document, sentence)
        yield from targets(document, sentence)
        yield from _combinations(document, spoken)
    yield from carriers(document, (sentence for _, sentence in sentences))
    yield from moieties_of_names(document)
    yield from carried


def _aliases(document: LinkedDocument) -> Iterator[Fact]:
    """Hits: "Keytruda (pembrolizumab)"; "ABC-1, formerly known as XYZ-9". Near miss: "paclitaxel (CLR 1602-PTX)"."""
    for alias in document.aliases:
        sentence = next(
            (s for s in document.statements() if s.start <= alias.start and alias.end <= s.end), None
        )
        if sentence is not None:
            yield statement(document, sentence, "drugs.alias", "drug_alias", alias.drug, alias.name)


# --- combination ----------------------------------------------------------------------------------------

_PARTNER: Final = "(?:{drug|treatment|payload}|{drug_class}(?! {drug}))"
_PARTNERS: Final = (
    rf"(?P<with>{_PARTNER}(?:(?:,| and| or|, and| plus|/|\+) ?(?:an? )?(?:[\w-]+ ){{0,2}}?{_PARTNER}){{0,4}})"
)
_TO_PARTNER: Final = (
    r"(?:(?:[\w,-]+|{organization}(?:'s|')|{drug_class}|{target}|{platform}|the company's) ){0,6}?"
)
_COMBINED: Final = (
    pattern(
        rf"(?P<drug>{{drug}})[^.;]{{0,120}}?\b(?:combin(?:ed|ation)(?: therapy| treatment)?|together"
        rf"|concomitantly|administered) with {_TO_PARTNER}{_PARTNERS}"),
    pattern(
        rf"(?P<drug>{{drug}}) (?:plus|\+|and|with) (?:(?:low|standard|high)[- ]dose |oral "
        rf"|weekly )?{_PARTNERS} (?:combination|in patients|arm|regimen|for the treatment)"),
    pattern(
        rf"\bcombination of (?P<drug>{{drug}})(?: \([^()]*\))?(?:, [^,;.]{{3,70}},)?,? (?:and|with"
        rf"|plus) {_TO_PARTNER}{_PARTNERS}"),
    pattern(rf"(?P<drug>{{drug}}) plus (?:[\w,-]+ ){{0,3}}?{_PARTNERS}"),
    pattern(
        rf"\bin addition to (?:the )?(?P<drug>{{drug}})[^.;]{{0,80}}?\breceiv\w+ (?:[\w,./-]+ "
        rf"){{0,6}}?{_PARTNERS}"),
)  # fmt: skip
_BARE_COMBINED: Final = pattern(rf"\bin combination with {_TO_PARTNER}{_PARTNERS}")
_PHASE: Final = Pattern(
    r"\bphase\s+((?:[1-4]|I{1,3}V?)[ab]?(?:\s?/\s?(?:[1-4]|I{1,3})[ab]?)?)\b", re.IGNORECASE
)


def _combinations(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What a drug is given with.

    Hits: "a second Phase 1 study in combination with external beam radiation"; "ABC-1 plus pembrolizumab in patients";
    "In addition to the CLR 131 infusion(s), MM patients will receive 40 mg oral dexamethasone".
    Near misses: "phospholipid ethers are combined with cytotoxic payloads" (no drug); "ABC-1 versus docetaxel".
    """
    if not re.search(
        r"\b(?:combin\w+|plus|together|addition|concomitantly|regimen)\b|\+", sentence.text, re.IGNORECASE
    ):
        return
    for form in (*_COMBINED, _BARE_COMBINED):
        for match in form.finditer(sentence.frame):
            drug = (
                sentence.mention(match, "drug").entity
                if form is not _BARE_COMBINED
                else document.drug_of(sentence)
            )
            if drug is None:
                continue
            phases = [p for p in _PHASE.finditer(sentence.text) if p.start() < match.end()]
            trial = _arabic(phases[-1][1]) if phases else _section_phase(sentence)
            how = modality(sentence.text, match.start("with"), match.end("with"))
            if how is Modality.PLANNED and _RECEIVE.search(sentence.text, match.start(), match.end("with")):
                how = Modality.ASSERTED  # what patients "will receive" is how the trial is
            given = [m.entity for m in _treated(sentence, match)]
            for mention in sentence.at(match.start("with"), match.end("with")):
                partner = mention.entity
                if partner.kind in (Kind.PAYLOAD, Kind.DRUG_CLASS):
                    partner = as_kind(
                        partner, Kind.TREATMENT if partner.kind is Kind.DRUG_CLASS else Kind.DRUG
                    )
                if partner.kind in (Kind.DRUG, Kind.TREATMENT) and partner != drug:
                    yield statement(
                        document,
                        sentence,
                        "drugs.combination",
                        "combination",
                        drug,
                        partner,
                        {"trial": trial, "indication": given[0] if len(given) == 1 else None},
                        modality=how,
                        confidence=0.9,
                    )


_RECEIVE: Final = Pattern(
    r"\b(?:patients|participants|subjects|they)\s+(?:will\s+)(?:also\s+)?receive\b", re.IGNORECASE
)
#: MM patients will receive …; … with ABC-2 for head and neck cancer
_PATIENTS_OF: Final = pattern(r"{disease} (?:patients|participants|subjects) (?:will |also |may )*receiv")
_PARTNER_FOR: Final = pattern(
    r" (?:for|in)(?: the treatment of)?(?: (?:adult |pediatric )?patients with)? (?:(?:advanced"
    r"|metastatic|recurrent|relapsed|refractory|or) ){0,3}?{disease}(?! or| and|,)"
)


def _treated(sentence: LinkedSentence, match: re.Match[str]) -> list[Mention]:
    """The disease of those who get the combination, where the words beside it say so."""
    found = _PATIENTS_OF.search(sentence.frame, match.start(), match.end()) or _PARTNER_FOR.match(
        sentence.frame, match.end("with")
    )
    return [m for m in sentence.at(*found.span()) if m.entity.kind is Kind.DISEASE] if found else []


def _section_phase(sentence: LinkedSentence) -> str | None:
    found = _PHASE.search(sentence.section.title)
    return _arabic(found[1]) if found else None


def _arabic(phase: str) -> str:
    out = re.sub(r"\s", "", phase)
    for roman, digit in (("III", "3"), ("II", "2"), ("IV", "4"), ("I", "1")):
        out = re.sub(rf"(?i)(?<![a-z]){roman}(?![iv])", digit, out)
    return out.lower()
