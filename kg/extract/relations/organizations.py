"""Organisations: ticker, headquarters, role, collaboration, funding, supplier, owner, org_fact, pipeline_program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.closing import filings, press_contacts, risks
from kg.extract.company_figures import figures
from kg.extract.frames import pattern
from kg.extract.headquarters import headquarters
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.milestones import milestones
from kg.extract.modality import modality
from kg.extract.ownership import owners
from kg.extract.partnerships import collaborations
from kg.extract.patterns import Pattern
from kg.extract.roles import roles
from kg.extract.statements import statement
from kg.extract.technologies import technologies
from kg.extract.terms_of_office import dated
from kg.extract.values import money
from kg.model import Entity, Fact, Kind, Value


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """What the release says of organisations."""
    yield from _tickers(document)
    yield from headquarters(document)
    yield from dated(document, roles(document))
    for sentence in document.statements():
        yield from _funding(document, sentence)
        yield from _suppliers(document, sentence)
        yield from _owners(document, sentence)
        yield from _employees_as_owners(document, sentence)
        yield from _descriptions(document, sentence)
        yield from figures(document, sentence)
    yield from collaborations(document)
    yield from _programs(document)
    yield from technologies(document)
    yield from milestones(document)
    yield from filings(document)
    yield from risks(document)
    yield from press_contacts(document)


# --- ticker ---------------------------------------------------------------------------------------------


def _tickers(document: LinkedDocument) -> Iterator[Fact]:
    """Hits: "Acme, Inc. (Nasdaq: ACME)"; "Acme (TSX: ACM; NASDAQ: ACME)"."""
    seen: set[tuple[Entity, str]] = set()
    for organization, ticker, start, _ in document.tickers:
        if (organization, ticker) in seen:
            continue
        seen.add((organization, ticker))
        sentence = next(s for s in document.sentences if s.start <= start < s.end)
        yield statement(
            document, sentence, "organizations.ticker", "ticker", organization, ticker, confidence=0.99
        )


# --- funding --------------------------------------------------------------------------------------------

_GRANT: Final = r"(?:grants?|awards?|funding|contracts?|financial support)"
_MONEY: Final = r"(?:\\?[A-Z]{0,3}[$€£¥]|(?:USD|EUR|GBP|CHF|DKK|SEK|NOK|JPY|CNY|RMB|AUD|CAD) ?)\d[\d.,]*"
_FUNDER: Final = "{organization|agency}"
_AUX: Final = r"(?:has |have |had |will |today |also |previously |recently |agreed to |committed to )*"
_FUNDING: Final = (
    # C receives … grant … from F
    pattern(
        rf"(?P<to>{{organization}})[^.;]{{0,80}}?\b(?:receiv\w+|award\w*|secur\w+|granted|"
        rf"obtain\w*|won|wins)\b[^.;]{{0,120}}?\b{_GRANT}\b[^.;]{{0,80}}?"
        rf"\b(?:from|by|through|with) (?:the )?(?P<from>{_FUNDER})"
    ),
    # C awarded $25 million by F
    pattern(
        rf"(?P<to>{{organization}})[^.;]{{0,60}}?\b(?:awarded|granted|receives?|received) "
        rf"[^.;]{{0,30}}?{_MONEY}[^.;]{{0,60}}?\b(?:by|from) (?:the )?(?P<from>{_FUNDER})"
    ),
    # F awarded C a $5 million grant; F will provide C up to $5 million
    pattern(
        rf"(?P<from>{_FUNDER}) {_AUX}(?:award\w*|grant\w*|provid\w+|commit\w*|contribut\w+) "
        rf"(?P<to>{{organization}})?[^.;]{{0,60}}?(?:{_MONEY}[^.;]{{0,40}}?\b{_GRANT}\b|(?:up to |"
        rf"an additional |approximately )?{_MONEY}|\b{_GRANT}\b)"
        rf"(?:[^.;]{{0,40}}?\bto (?P<to2>{{organization}}))?"
    ),
    # supported by a … grant from F
    pattern(
        r"\b(?:supported|funded|financed)(?: in part)? (?:by|through|with)(?: "
        rf"an?)?[^.;]{{0,80}}?\b(?:{_GRANT}\b[^.;]{{0,60}}?\bfrom )?(?:the )?(?P<from>{_FUNDER})"
    ),
)
_PURPOSE: Final = Pattern(
    r"\b(?:to (?:help )?(?:fund|support|advance|finance|develop|accelerate|conduct|complete)|for) "
    r"(?!up to|the first|a total)[^.;,]{8,160}"
)


def _funding(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "Acme will receive approximately $2 million in a non-dilutive grant from the National Cancer Institute";
    "CARB-X awarded Acme a $5 million grant".
    Near misses: "the FDA has granted Acme an orphan drug designation"; "milestone payments from Pfizer".
    """
    if not re.search(
        rf"\b(?:{_GRANT}|funded|supported|financed|award\w*|provid\w+)\b", sentence.text, re.IGNORECASE
    ):
        return
    for number, form in enumerate(_FUNDING):
        for match in form.finditer(sentence.frame):
            funder = sentence.mention(match, "from").entity
            to = next(
                (match.start(g) and g for g in ("to", "to2") if g in match.re.groupindex and match[g]), None
            )
            recipient = sentence.mention(match, to).entity if to else document.organization_of(sentence)
            between = sentence.frame[match.start() : match.end()]
            if (
                recipient is None
                or recipient == funder
                or re.search(
                    r"collaborat|licen[sc]|milestone|royalt|designation|approval|clearance|patent", between
                )
            ):
                continue
            if any(m.entity.kind is Kind.DESIGNATION for m in sentence.at(match.start(), match.end())):
                continue
            if number == 3 and not re.search(rf"\b{_GRANT}\b|funded", between):
                continue
            amounts = money(sentence.text)
            qualifiers: dict[str, Value | tuple[Value, ...] | None] = {}
            if amounts:
                near = min(
                    amounts, key=lambda a: min(abs(a.start - match.start()), abs(a.start - match.end()))
                )
                qualifiers = {
                    "amount": near.amount,
                    "currency": near.currency,
                    "approx": True if near.approximate else None,
                }
            elif number == 3:
                continue
            purpose = _PURPOSE.search(sentence.text, sentence.text.find(" ", match.start("from")))
            if purpose:
                qualifiers["purpose"] = " ".join(purpose[0].split())
            how = modality(sentence.text, match.start("from"), match.end("from"))
            yield statement(
                document,
                sentence,
                "organizations.funding",
                "funding",
                funder,
                recipient,
                qualifiers,
                modality=how,
                confidence=0.9,
            )
            return


# --- supplier, owner ------------------------------------------------------------------------------------

_SUPPLIER: Final = (
    pattern(
        r"({organization})(?: \([^()]*\))?,? (?:which is |who is |is |as )?(?:the |our |a |its |"
        r"{organization}'s? )*"
        r"(?P<how>sole|exclusive|primary|single|sole source|sole-source|preferred|commercial)? ?"
        r"(?:source )?(?:supplier|manufacturer|provider) (?:of|for) (?:the )?({drug})"
    ),
    pattern(
        r"({organization}) (?:will |currently |exclusively )*(?P<how>exclusively)? ?(?:supply|"
        r"supplies|manufactures|manufacture) ({drug})"
    ),
)


def _suppliers(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "the Centre for X (CX), the sole supplier of the ABC 1"; "Lonza manufactures ABC-1"."""
    for form in _SUPPLIER:
        for match in form.finditer(sentence.frame):
            supplier, drug = sentence.mention(match, 1).entity, sentence.mention(match, 3).entity
            if supplier == document.issuer:
                continue
            how = (match["how"] or "").lower().replace("exclusively", "exclusive") or None
            yield statement(
                document, sentence, "organizations.supplier", "supplier", supplier, drug, {"exclusivity": how},
                modality=modality(sentence.text, match.start(3), match.end(3)),
            )  # fmt: skip


_OWNER: Final = (
    pattern(
        r"(?P<held>{organization}) is (?P<share>[\d.,]+ ?(?:%|percent|per cent))[- ]owned by "
        r"(?:the )?(?P<owner>{organization})"
    ),
    pattern(
        r"(?P<owner>{organization}) (?:owns|holds|has) (?:an? |about |approximately )?"
        r"(?P<share>[\d.,]+ ?(?:%|percent|per cent)) (?:stake |interest |of the (?:shares|"
        r"capital) )?(?:in|of) (?P<held>{organization})"
    ),
    pattern(
        r"(?P<held>{organization}),? (?:\([^()]*\),? )?(?:is )?an? (?P<share>wholly[- ]owned) "
        r"subsidiary of (?P<owner>{organization})"
    ),
)


def _owners(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "Acme is 86 percent-owned by the Acme Foundation"; "Acme, a wholly owned subsidiary of Foo"."""
    for form in _OWNER:
        for match in form.finditer(sentence.frame):
            share = match["share"].lower()
            value = "100%" if share.startswith("wholly") else re.sub(r"\s*(?:percent|per cent|%)", "%", share)
            owner, held = sentence.mention(match, "owner").entity, sentence.mention(match, "held").entity
            yield statement(document, sentence, "organizations.owner", "owner", owner, held, {"share": value})


_OWNED_BY_STAFF: Final = pattern(
    r"(?P<held>{organization}) is [^.;]{0,30}?owned (?:by [^;]{0,120}?\b)?by (?:its|their) (?:own "
    r")?employees\b"
)


def _employees_as_owners(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "Acme is 86 percent-owned by the Acme Foundation, and secondarily by its own employees".
    Near misses: "Acme is owned by Foo, and its employees number 200".
    """
    for match in _OWNED_BY_STAFF.finditer(sentence.frame):
        held = sentence.mention(match, "held").entity
        employees = Entity(Kind.ORGANIZATION, f"{held.label} employees")
        yield statement(
            document, sentence, "organizations.owner.employees", "owner", employees, held, confidence=0.85
        )


# --- descriptions -----------------------------------------------------------------------------------------

_DESCRIBED: Final = pattern(
    r"(?P<org>{organization})(?:,? inc\.?| ltd\.?| plc)?(?:,? ?\([^()]*\))*(?:,? is|,)? an? "
    r"(?P<what>(?:[\w-]+,? ){1,7}?"
    r"(?:company|firm|biotech|organi[sz]ation|manufacturer|foundation))\b(?!'s)"
)


def _descriptions(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What kind of organisation it calls itself.

    Hits: "Acme Therapeutics (Nasdaq: ACME), a clinical-stage biopharmaceutical company focused on …";
    "Acme is a biotech".
    Near misses: "Acme and Bolt, a Delaware company's subsidiary"; "licensed to Acme, a transaction that the company …".
    """
    for match in _DESCRIBED.finditer(sentence.frame):
        what = " ".join(sentence.text[match.start("what") : match.end("what")].split())
        if re.search(r"\b(?:that|which|who|the|subsidiary|transaction)\b", what):
            continue
        yield statement(
            document, sentence, "organizations.description",
            "org_description", sentence.mention(match, "org").entity, what,
            confidence=0.85,
        )  # fmt: skip


# --- pipeline -------------------------------------------------------------------------------------------

_PRECLINICAL: Final = (
    pattern(
        r"\b(?:pre-?clinical|ind[- ]enabling|discovery)(?:[- ]stage)? [^.;]{0,80}?\(?(?P<first>{drug})"
        r"(?P<rest>(?:(?:,| and| or|, and| &) (?:{drug}))*)"
    ),
    pattern(
        r"(?P<first>{drug})\)?(?P<rest>(?:(?:,| and|, and) {drug})*),? (?:\([^()]*\),? )?(?:is |are |"
        r"which is |our |its )?(?:an? |in |the )?(?:\w+ )?pre-?clinical(?:[- ]stage)?(?: product| "
        r"drug| development)*"
    ),
)
_CLINICAL: Final = Pattern(
    r"\b(?:phase\s+(?:[1-4]|I{1,3}|IV)[ab]?|clinical (?:stud(?:y|ies)|trials?)|first-in-human)\b",
    re.IGNORECASE,
)
_STUDIED: Final = pattern(
    r"({drug})[^.;]{0,120}?\bphase (?:[1-4]|i{1,3}v?)[ab]?\b|\bphase (?:[1-4]|"
    r"i{1,3}v?)[ab]?\b[^.;]{0,120}?({drug})"
)


def _programs(document: LinkedDocument) -> Iterator[Fact]:
    """The stage of each drug that is somebody's own.

    Hits: "CLR 131 is in a Phase 2 clinical study"; "preclinical programs (AB-1 and AB-2)";
    "(AB-1), a preclinical stage product candidate".
    """
    owner_of = owners(document)
    stages: dict[Entity, tuple[str, LinkedSentence]] = {}
    for sentence in document.statements():
        if sentence.in_quote:
            continue
        for form in _PRECLINICAL:
            for match in form.finditer(sentence.frame):
                for mention in sentence.at(match.start("first"), match.end("rest")):
                    if mention.entity.kind is Kind.DRUG:
                        stages.setdefault(mention.entity, ("preclinical", sentence))
        if _CLINICAL.search(sentence.text):
            for match in _STUDIED.finditer(sentence.frame):
                mention = sentence.mention(match, 1 if match[1] else 2)
                stage, _ = stages.get(mention.entity, ("", sentence))
                if stage != "clinical":
                    stages[mention.entity] = ("clinical", sentence)
    for drug, (stage, sentence) in stages.items():
        owner = owner_of.get(drug)
        if owner is not None:
            yield statement(
                document, sentence, "organizations.program", "pipeline_program", owner[0], drug,
                {"stage": document.concept(f"development-stage:{stage}")}, confidence=0.9,
            )  # fmt: skip
