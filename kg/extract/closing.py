"""The end of a release → the filings that it cites, the particular risks that it names, whom to ask.

Between linking and relations.  Forward-looking statements state nothing else: what they say of every company alike
("the ability to raise capital") is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.people import PERSON_NAME
from kg.model import Entity, Fact, Kind, Modality

_FILING: Final = Pattern(
    r"\bForm\s+(?:10-K|10-Q|20-F|40-F)\s+for\s+the\s+(?:fiscal\s+)?(?:year|quarter|quarterly\s+period|period)\s+ended"
    r"\s+[A-Z][a-z]+\s+\d{1,2},\s+\d{4}"
)


def filings(document: LinkedDocument) -> Iterator[Fact]:
    """Hits: "our Form 10-K for the year ended December 31, 2017". Near misses: "our annual reports"; "Form 8-K"."""
    if document.issuer is None:
        return
    for sentence in document.of_section(SectionKind.BOILERPLATE, SectionKind.BODY, SectionKind.ABOUT):
        for found in _FILING.finditer(sentence.text):
            yield Fact(
                "cited_filing",
                document.issuer,
                " ".join(found[0].split()),
                confidence=0.95,
                evidence=(document.evidence(sentence, "organizations.filing"),),
            )


_RISKS: Final = Pattern(
    r"\b(?:factors|risks|uncertainties)\b[^.]{0,160}?\b(?:include|including|such\s+as)\b", re.IGNORECASE
)
_OPENING: Final = Pattern(
    r"^(?:(?:and|or|but|not|limited|to|among|others|the|our|its|uncertainties|risks|risk|related|relating|associated|with"
    r"|regarding|of|that)\b[\s:]*)+",
    re.IGNORECASE,
)
#: What makes a risk one of this company.
_PARTICULAR: Final = (Kind.DRUG, Kind.REGULATORY_ACTION, Kind.ORGANIZATION, Kind.PLATFORM)


def risks(document: LinkedDocument) -> Iterator[Fact]:
    """The members of a list of risks that name a drug, a partner, a right.

    Hits: "factors … include … uncertainties related to the disruptions at our sole source supplier of AB-1, …, the
    volatile market for priority review vouchers".
    Near misses: "the FDA review process"; "competition from other companies".
    """
    if document.issuer is None:
        return
    for sentence in document.of_section(SectionKind.BOILERPLATE):
        listed = _RISKS.search(sentence.text)
        if listed is None:
            continue
        for item in re.finditer(r"[^,;]+", sentence.text[listed.end() :]):
            low, high = listed.end() + item.start(), listed.end() + item.end()
            named = [
                m
                for m in sentence.at(low, high)
                if m.entity.kind in _PARTICULAR and not _is_self(document, m.text)
            ]
            words = _OPENING.sub("", " ".join(item[0].split())).rstrip(" .")
            if named and 2 <= len(words.split()) <= 20:
                yield Fact(
                    "risk_factor",
                    document.issuer,
                    words,
                    modality=Modality.HYPOTHETICAL,
                    confidence=0.8,
                    evidence=(document.evidence(sentence, "organizations.risk"),),
                )


def _is_self(document: LinkedDocument, words: str) -> bool:
    names = document.issuer.names if document.issuer else ()
    return words.casefold() in {"the company", "our company", *(name.casefold() for name in names)}


_NAME: Final = PERSON_NAME.replace(r"\s", "[ ]")  # a name does not go on in the next line
_CONTACT: Final = Pattern(
    rf"(?:^|\n|:[ ]+)[ ]*(?P<name>{_NAME})"
    r"(?=[ \r]*(?:,|\n|$|[ ]{2,}|[ ]\+?\(?\d|[ ](?:Phone|Tel)\b|[ ][\w.+-]+@))"
)
_NO_NAME: Final = Pattern(
    r"\b(?:Inc|Corp|Ltd|LLC|PLC|Relations?|Partners?|Investors?|Media|Press|Contacts?|Communications?|Communication|Group"
    r"|Strateg\w+|Therapeutics|Pharma\w*|Bio\w*|Officer|Director|President|Affairs|Securities|Notes|Phone|Tel|Source)\b"
)
_PHONE: Final = Pattern(r"\+?\s?\(?\d[\d\s().-]{6,}\d")
_EMAIL: Final = Pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def press_contacts(document: LinkedDocument) -> Iterator[Fact]:
    """Whom the release names under "Contacts", with the firm, the number and the address that stand with the name.

    Near misses: the agency that the person works for; a company that bears a person's name.
    """
    if document.issuer is None:
        return
    organizations = {m.text.casefold(): m.entity for m in document.mentions(Kind.ORGANIZATION)}
    for section in document.sections:
        if section.kind is not SectionKind.CONTACTS:
            continue
        text = document.release.text[section.start : section.end]  # as printed: lines are what tells names
        found = [
            m
            for m in _CONTACT.finditer(text)
            if not _NO_NAME.search(m["name"]) and m["name"].casefold() not in organizations
        ]
        for number, match in enumerate(found):
            end = found[number + 1].start() if number + 1 < len(found) else len(text)
            sentence = _sentence_at(document, section.start + match.start("name"))
            phone, email = _PHONE.search(text, match.end(), end), _EMAIL.search(text, match.end(), end)
            if sentence is None or (phone is None and email is None):
                continue
            low, high = (
                section.start + match.start("name"),
                section.start + max(m.end() for m in (phone, email) if m is not None),
            )
            reached = min(m.start() for m in (phone, email) if m is not None)
            before = found[number - 1].end() if number else 0
            firm = _firm(text[match.end() : reached], organizations) or _firm(
                _line_before(text[before : match.start("name")]), organizations
            )
            yield Fact(
                "press_contact",
                document.issuer,
                Entity(Kind.PERSON, " ".join(match["name"].split())),
                confidence=0.85,
                evidence=(document.evidence_at(low, high, "organizations.contact", sentence),),
            ).with_qualifiers(
                {
                    "phone": phone[0].strip() if phone else None,
                    "email": email[0] if email else None,
                    "firm": firm,
                }
            )


#: What a contact's post or department is called, and a firm alone is not.
_DEPARTMENT: Final = Pattern(
    r"\b(?:Investors?|Relations?|Media|Press|Contacts?|Communications?|Corporate|Public|Global|Affairs|and|of|for|the"
    r"|Enquir\w+|Inquir\w+|Further|Information|Business|Development|Marketing|Finance|Company|US|U\.S\.|Europe)\b|[&:/]",
    re.IGNORECASE,
)
_POST: Final = Pattern(
    r"\b(?:Officer|President|Director|Head|Manager|Secretary|Chair\w*|Counsel|Analyst|Lead|Specialist|Associate|VP|SVP|C[A-Z]O"
    r"|Tel|Phone|Fax|Mobile|Email|E-mail)\b",
    re.IGNORECASE,
)
_FIRM: Final = Pattern(
    r"\b(?:Inc|LLC|LLP|Ltd|plc|Group|Partners|Communications?|Kommunikation|Relations|Advisors?|Advisory|PR|IR|Strateg\w+"
    r"|Associates|Agency|Consult\w+|Services|Presse)\.?$"
)
_MOST_WORDS: Final = 6


def _line_before(text: str) -> str:
    """The last line that is not empty; nothing where it has a number or an address, which is another contact's."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines and not re.search(r"[\d@]", lines[-1]) else ""


def _firm(text: str, organizations: Mapping[str, Entity]) -> Entity | None:
    """The first firm among words parted by commas and lines.

    Hits: "LHA Investor Relations"; ", Fathom Communications,"; "JQA Partners, Inc.".
    Near misses: "Investor Relations"; "VP Corporate Communications"; "Head of Media Relations".
    """
    for part in re.split(r"[,;|\n]|[ ]{2,}", text):
        words = " ".join(part.split()).strip(" .:-–")
        if _POST.search(words) or re.search(r"[\d@]", words) or len(words.split()) > _MOST_WORDS:
            continue
        own = " ".join(_DEPARTMENT.sub(" ", words).split()).strip(" -–")
        known = organizations.get(own.casefold()) or organizations.get(words.casefold())
        if known is not None:
            return known
        if own[:1].isupper() and _FIRM.search(words):
            return Entity(Kind.ORGANIZATION, words)
    return None


def _sentence_at(document: LinkedDocument, at: int) -> LinkedSentence | None:
    return next((s for s in document.sentences if s.start <= at < s.end), None)
