"""Doc → candidate names of organisations, known by their form and by what stands around them.

A component of the pipeline, as those of `kg.extract.mentions`; spans in `doc.spans["organizations"]`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.extract.bare_names import bare_names
from kg.extract.document import Layout, SectionKind
from kg.extract.exchanges import VENUE
from kg.extract.firm_words import (
    INSTITUTION,
    LEGAL_FORM,
    NAME_WORD,
    ORGANIZATION_TAIL,
    known_organizations,
    name_openers,
    no_organizations,
)
from kg.extract.listings import NAME_LABEL
from kg.extract.name_bounds import DEPARTMENT, is_persons, names_in
from kg.extract.patterns import Pattern
from kg.model import Kind

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick
    from spacy.tokens import Doc

#: The first word may begin with a number or small letters: "4D Molecular", "89bio", "vTv".
_FIRST: Final = (
    rf"(?:{NAME_WORD}|\d{{1,3}}[A-Za-z][a-z]*|(?!(?:m|si|mi|t|sa|sh)RNA|mAbs?\b)[a-z]{{1,3}}[A-Z][\w&'.+-]*)"
)
_NAME: Final = (
    rf"{_FIRST}(?:(?:\s+|\s*&\s*|\s+and\s+(?={NAME_WORD}(?:\s+{NAME_WORD}){{0,2}}\s+{ORGANIZATION_TAIL}\b))"
    rf"(?:{NAME_WORD}|\([A-Z][a-z]{{3,12}}\)(?=\s+[A-Z][a-z]))){{0,5}}"
)

_LEGAL: Final = Pattern(
    rf"(?<!\w)(?<!\w-)({_FIRST}(?:(?:\s+|\s*&\s*|\s+and\s+(?=Development\b))(?:{NAME_WORD}|\([A-Z][a-z]{{3,12}}\))){{0,5}}?)"
    r",?\s+"
    rf"{LEGAL_FORM}(?:\.|\b)(?![\w-])"
)
_ENDS_AS_INSTITUTION: Final = Pattern(rf"{INSTITUTION}$")
#: What a hospital's name goes on with: "Saltmarsh University *Cancer Institute and Hospital*".
_SCIENCE_UNIVERSITY: Final = Pattern(
    r"(?<!\w)(?:[A-ZÀ-Þ][\w-]+\s+){1,4}Health\s+(?:(?:&|and)\s+)?Sciences?\s+(?:University|Cent(?:er|re))(?![\w-])"
)
_MORE_OF_INSTITUTION: Final = Pattern(
    r"(?:\s+(?:of\s+(?!the\b))?[A-Z][a-z]+){0,2}\s+(?:Hospital|Institute|Cent(?:er"
    r"|re))(?:\s+and\s+(?:Hospital|Institute))?(?![\w-])"
)
#: "St. Paul's Hospital", "Mount Zion Medical Center": the dot and the genitive belong to the name.
_SAINT: Final = Pattern(
    r"(?<!\w)(?:St\.?|Saint|Mount|Mt\.)\s+[A-ZÀ-Þ][\w-]+(?:'s)?(?:\s+[A-Z][a-z]+(?:'s)?){0,2}?\s+"
    r"(?:Hospital|Medical\s+Cent(?:er|re)|University|Clinic|Institute)(?![\w-])"
)
#: "Peking University People's Hospital", "Brigham and Women's Hospital", "Children's Hospital of Foo".
_OF_PEOPLE: Final = Pattern(
    r"(?<!\w)(?:[A-ZÀ-Þ][\w.-]+\s+(?:and\s+)?){0,4}(?:Children|Women|People|King|Queen|Men|Infant)'s\s+"
    r"(?:and\s+(?:Women|Children)'s\s+)?(?:[A-Z][a-z]+\s+){0,3}?(?:Hospital|Medical\s+Cent(?:er|re)|Health"
    r"|Institute|Clinic)"
    r"(?:\s+(?:of|at)\s+(?:the\s+)?[A-ZÀ-Þ][\w-]+(?:\s+[A-ZÀ-Þ][\w-]+){0,2}|\s+[A-ZÀ-Þ][a-z]+(?=,))?(?![\w-])"
)
_CLINIC_OF_TOWN: Final = Pattern(
    r"(?<!\w)University\s+(?:(?:Medical|Heart|Cancer|Eye|Children's|Skin)\s+)?(?:Hospitals?|Cent(?:er|re)"
    r"|Clinic)(?:\s+of)?\s+[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?(?![\w-])"
)
#: "YatiriBio", "VentiRx": a name of two parts in one word.
_IN_ONE_WORD: Final = Pattern(
    r"(?<![\w-])[A-Z][a-z]{2,}(?:Bio|Biotech|BioTech|Pharma|PharmaTech|Therapeutics|Dx|Rx|Tx|Onc|Genomics"
    r"|Biologics)(?![\w-])"
)
_TAILED: Final = Pattern(
    rf"(?<!\w)(?<!\w-){_FIRST}\s+(?:&\s+)?(?:{NAME_WORD}\s+(?:&\s+)?){{0,4}}?{ORGANIZATION_TAIL}(?:\s+(?:{ORGANIZATION_TAIL}|System"
    rf"|Network))?\b"
    r"(?!\s+[Aa]nnounces?\s+of)"
)
#: A place of work does not go on with the next post: "University of Foo, and Principal Investigator".
_NO_POST: Final = (
    r"(?!(?:Principal|Lead|Chief|Chair\w*|Director|Head|Professor|Member|Co-\w+|President|Senior|"
    r"Investigator|Vice|Dr)\b)"
)
#: Behind a comma also "Scientific Director", "Associate Professor".
_NO_RANK: Final = (
    r"(?!(?:Scientific|Medical|Clinical|Executive|Deputy|General|Managing|Associate|Assistant|Attending)\b)"
)
_OF: Final = Pattern(
    rf"(?<!\w)(?<!\w-)(?:{NAME_WORD}\s+){{0,4}}{INSTITUTION}\s+(?:of|for|on)\s+(?:the\s+)?{NAME_WORD}(?:(?:\s+"
    rf"|,\s+{_NO_RANK}(?=[^,;.()]{{2,40}}(?:,\s[^,;.()]{{2,40}})?,?\s+(?:and|&)\s+[A-Z])|\s+and\s+"
    rf"|\s+of\s+(?:the\s+)?|\s*&\s*|,\s+and\s+){_NO_POST}{NAME_WORD}){{0,6}}"
)
_SMALL_TAIL: Final = (
    r"(?:bio|pharma|therapeutics|biotech|biosciences?|oncology|genetics|genomics|health|medicines?|labs?"
    r"|biologics)"
)
_TICKER_NAME: Final = Pattern(
    rf"(?<!\w)(?<!\w-)({_NAME}(?:,?\s+{LEGAL_FORM}\.?)?)[™®]?(?:\s*\(publ\))?,?\s*(?:\"[^\"]+\"\s*)?"
    rf"(?:\(\"[^()]{{1,60}}\)\s*)?[(\[](?=[^()\[\]]{{0,60}}?{VENUE}[^()\[\]:]{{0,60}}[:：])"
)
#: "Acme (Galashiels, Scotland; *CEO:* Ann Roe)": who has a head or a head office is a firm.
_HEADS: Final = Pattern(
    rf"(?<!\w)(?<!\w-)({_NAME}(?:,?\s+{LEGAL_FORM}\.?)?)\s?[(\[](?=[^()\[\]\"]{{0,80}}?"
    r"\b(?:CEO|[Pp]resident|Chairman|[Hh]ead\s*[Oo]ffice|[Hh]eadquarters?)\b[^()\[\]:;]{0,30}:)"
)
#: "IVERIC bio, Inc. (Nasdaq: …", "argenx SE (Euronext: …": a name of small letters with its listing.
_SMALL_NAME: Final = Pattern(
    r"(?<![\w.-])((?!(?:and|the|of|with|by|company|companies|for|from|to|its|our|an?|partner|group|firm|biotech)\b)"
    rf"(?:(?:\d{{0,2}}[a-z][\w-]+|{NAME_WORD}(?:\s+{NAME_WORD})?)(?:\s+{_SMALL_TAIL}){{1,2}}(?:,?\s+{LEGAL_FORM}\.?)?"
    rf"|\d{{0,2}}[a-z][\w-]+,?\s+{LEGAL_FORM}\.?"
    rf"|[a-z]{{1,3}}[A-Z][\w-]+(?:\s+{NAME_WORD}){{0,2}}?\s+{ORGANIZATION_TAIL}(?:,?\s+{LEGAL_FORM}\.?)?))"
    rf"[™®]?(?:\s*\(publ\))?\s*[(\[](?=[^()\[\]]{{0,60}}?{VENUE}[^()\[\]:]{{0,60}}[:：])"
)
_HEADLINE_VERB: Final = (
    r"(?:Announces?|Reports?|Receives?|Enters?|Initiates?|Completes?|Presents?|Provides?|Signs?"
    r"|Extends?|Expands?|Submits?|Doses?|Launch(?:es)?|"
    r"Appoints?|Secures?|Acquires?|Licenses?|Files?|Publish(?:es)?|Begins?|Starts?|Granted|Awarded"
    r"|Wins?|Collaborates?|Partners?|Forms?|Establish(?:es)?|"
    r"Highlights?|Gains?|Closes?|Raises?|Names?|Advances?|Selects?|Obtains?|Achieves?|Shares?"
    r"|Showcases?|Unveils?|Agrees?|Join|Joins|Buys|Inks|Strikes|Opts|Exercises|(?:In|Out|Sub)-?[Ll]icenses|Sells"
    r"|Divests|Terminates|Regains|Amends|Commences|Welcomes"
    r"|Hires|Promotes|Elects|Engages|Finali[sz]es|Nominates|Prices|Teams|Updates|Strengthens|Concludes|Resumes"
    r"|Introduces"
    r"|Discontinues|Withdraws|Reaffirms|Outlines|Transfers|Merges|Broadens|Deepens|Amended|Divested|Acquired|Buying"
    r"|to\s+(?:Present|Acquire|Collaborate|Develop|Host|Participate|Report|Initiate|Buy|Merge|License|Sell"
    r"|Receive|Announce"
    r"|Co-?[Dd]evelop|Supply|Distribute))"
)
_LAZY_NAME: Final = _NAME.removesuffix("{0,5}") + "{0,5}?"
_HEADLINE: Final = Pattern(
    rf"({_LAZY_NAME})(?:(?:\s+and\s+|,\s+)({_LAZY_NAME}))?\s+(?:[Tt]oday\s+"
    rf"|Jointly\s+)?(?i:{_HEADLINE_VERB})\b"
)
_LEADER: Final = Pattern(
    rf"(?:(?:together|along|jointly)\s+with\s+(?:[\w-]+\s+){{0,4}}?"
    rf"|and\s+(?:its\s+partner\s+)?)({_NAME})(?:,?\s+(?:today|jointly))*\s+announced?\b"
)
#: "LONDON, ": a dateline without a date.
_CITY: Final = Pattern(r"[A-ZÀ-Þ. ]{3,},\s+(?=[A-Z][a-z])")
_ISSUER: Final = Pattern(
    rf"(?:\"?)({_NAME}(?:,?\s+{LEGAL_FORM}\.?)?)[™®]?\s*(?:\(|,|today\b|announced?s?\b|has\b|will\b"
    rf"|reported\b|and\s+(?={NAME_WORD}))"
)
_PARTNER: Final = Pattern(
    r"(?:(?:collaborat\w+|agreements?|agreed|partner(?:ship|ed|ing)?|alliance|deal|licen[sc]ed?"
    r"|joint venture|acquired|co-?develop\w*|merger|grants?|awards?|funding|contract)"
    r"(?:\s+(?:agreement|deal|rights|award|contract))?(?:\s+(?:signed|made|concluded|reached|entered\s+into|dated"
    r"|existing))?"
    r"\s+(?:with|by|from|between)|"
    r"(?:(?:pharmaceutical|biotechnology|biotech|pharma|biopharmaceutical|biopharma)\s+(?:company"
    r"|group|giant)|specialist|supplier|manufacturer|partner|licensee|distributor|developer))"
    rf"\s+(?:[Tt]he\s+)?({_NAME})(?!\s+(?:group|company|firm|team)\b)|\b(?:by|from|with)\s+"
    rf"({_NAME})\s+under\s+(?:an?|the|its|our)\b"
)
#: Verbs whose other party is an organisation: "discovered by Foo", "licensed … to Foo", "Foo, which Acme acquired".
_PARTY: Final = (
    Pattern(
        r"\b(?:discovered|invented|manufactured|distributed|promoted|marketed|commerciali[sz]ed|"
        r"acquired|originated|developed|supplied|filled|made|sold)"
        rf"(?:\s+in\s+(?:the\s+)?[A-Z][\w .,]{{2,40}}?)?\s+(?:by|at)\s+(?:its\s+partner\s+)?(?:the\s+)?({_NAME})"
    ),
    Pattern(
        r"\b(?:licen[sc]ed|out-licen[sc]ed|sublicen[sc]ed|granted|sold|sells|divested|assigned|"
        r"transferred|returned|contract|rights)\b"
        rf"[^.;\"]{{0,80}}?\s(?:to|from)\s+(?:the\s+)?({_NAME})(?=\s+(?:for|in|on|under|and|as|of|"
        r"upon)\b|[,.;(]|\s*$)"
    ),
    Pattern(
        rf"\b(?:entrusted|outsourced|returned)\s+(?:to|by)\s+({_NAME})(?=\s+(?:for|in|on|under|and|of"
        rf"|when)\b|[,.;(]|\s*$)"
    ),
    Pattern(
        rf"\b(?:granted|gave|licen[sc]ed|awarded)\s+(?:to\s+)?({_NAME})[^.;\"]{{0,40}}?\s(?:rights|"
        r"licen[sc]e|an?\s+(?:exclusive\s+)?option)\b"
    ),
    Pattern(
        rf"({_NAME}),?\s+(?:(?:to|from|with)\s+)?(?:which|whom)\s+[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?\s+"
        r"(?:has\s+|had\s+)?(?:acquired|bought|licen[sc]ed|granted|signed|entered)\b"
    ),
    Pattern(
        rf"\b[Ww]ith\s+(?:the\s+)?({_NAME}),\s+[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?\s+(?:has\s+)?(?:entered|"
        r"signed|agreed|formed)\b"
    ),
    Pattern(
        rf"\b(?:subsidiary|division|affiliate|spin-?(?:out|off))\s+of\s+(?:the\s+)?({_NAME})(?=\s+[a-z(]|[,.;]|\s*$)"
    ),
    Pattern(rf"\b(?:partner|member)\s+of\s+the\s+(?:venture\s+)?(?:fund|investor)\s+({_NAME})(?=,)"),
    # "at Foo, with which it entered into an agreement"
    Pattern(
        rf"\b(?:at|by|from|with|to)\s+({_NAME}),\s+(?:with|from|to)\s+(?:which|whom)\s+(?:it|we"
        rf"|the\s+[Cc]ompany)\s+(?:has\s+|had\s+)?"
        r"(?:entered|signed|agreed|works?|worked|licen[sc]ed|granted)\b"
    ),
    # "comes from Foo, where she was Vice President"
    Pattern(rf"\bfrom\s+({_NAME}),\s+where\s+(?:she|he)\s"),
    # "the Foo acquisition", "the acquired Foo portfolio"
    Pattern(
        r"\b(?:[Tt]he|[Oo]ur|[Ii]ts)\s+(?:recent\s+|recently\s+)?"
        r"(?:acquired\s+([A-Z][a-z]{3,})\s+(?:portfolio|business|products|assets)"
        r"|([A-Z][a-z]{3,})\s+(?:acquisition|merger))\b"
    ),
    Pattern(
        rf"(?<![\w-])({_NAME})\s+has\s+been\s+(?:appointed|named|granted)\s+(?:as\s+)?(?:the\s+|"
        r"an?\s+)?(?:exclusive|distributor|licen[sc]ee)"
    ),
)
#: Names that begin with the kind of thing: "Laboratorios Almansa", "Instituto Rocha", "Université de Lille".
_HEADED: Final = Pattern(
    r"(?<![\w-])(?:Laboratorios?|Laboratoires?|Laboratórios?|Grupo|Groupe|Gruppo|Instituto|"
    r"Institut|Istituto|Compagnie|Academisch\s+Ziekenhuis|Universitair\s+Ziekenhuis|Ziekenhuis|UZ|UMC"
    r"|Uniklinik(?:um)?|Universitätsklinikum"
    r"|Universitätsspital|Kantonsspital|Inselspital|Krankenhaus|Szpital|IRCCS|Ospedali|Hospices|Instytut|Centro"
    r"|Universit(?:é|à|ät|at|eit|as)"
    r"|Universidade?|Klinikum|Hôpital|Hospital|Ospedale|Clínica|Clinique|Karolinska"
    r"|Centre\s+[Hh]ospitalier(?:\s+[Uu]niversitaire)?|CHU|Policlinico|Azienda|Fondazione|Fundació?n?)(?:\s+(?:de|"
    r"da|do|di|du|des|della|of|la|le|der|for))*"
    rf"(?:\s+(?:de\s+l|d)'|\s+(?:rechts\s+der\s+|am\s+|an\s+der\s+|im\s+)?){NAME_WORD}"
    rf"(?:\s+(?:(?:(?:de|da|do|di|du|des|of|la|las|los|del|della|dei|den|der|te|zu)\s+){{1,2}}"
    rf"|(?:de\s+)?[dl]')?{NAME_WORD}){{0,3}}"
)


@cache
def _known() -> AhoCorasick:
    """An automaton of the names of well-known organisations."""
    from ahocorasick_rs import AhoCorasick  # noqa: PLC0415  # with the first release, as spaCy

    return AhoCorasick(sorted(known_organizations()))


_NO_END: Final = Pattern(r"[\w-]|'[a-rt-z]")


#: "WHO Functional Class II", "WHO grade 3".
_WHO_CLASS: Final = Pattern(
    r"WHO\s+(?:[Ff]unctional|FC|[Cc]lass|[Gg]rade|[Pp]erformance|[Cc]riteria|[Gg]roup|[Ss]tage)\b"
)


def _known_places(text: str) -> list[tuple[int, int]]:
    """Where well-known organisations are named, the longest name from left to right."""
    hits = _known().find_matches_as_indexes(text, overlapping=True)
    places: list[tuple[int, int]] = []
    for start, end in sorted(((start, end) for _, start, end in hits), key=lambda hit: (hit[0], -hit[1])):
        before = text[max(0, start - 2) : start]
        joined = before[-1:] == "-" and (before[:1].isalnum() or before[:1] == "_")
        if (places and start < places[-1][1]) or joined or before[-1:].isalnum() or before[-1:] == "_":
            continue
        if _NO_END.match(text, end) is None and _WHO_CLASS.match(text, start) is None:
            places.append((start, end))
    return places


@dataclass(slots=True)
class OrganizationFinder:
    """Finds organisations by legal form, naming word, ticker, place in the release, or because everybody knows them.

    Hits: "Acme Therapeutics, Inc."; "Centre for Probe Development and Commercialization"; "Acme (Nasdaq: ACME)";
    "Acme and Foo Announce …"; "collaboration with Foo"; "Source: Acme"; "About Acme" over "Acme is a company".
    Near misses: "Phase 3 Study"; "About Rhabdomyosarcoma"; "Data Monitoring Committee".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates of one document."""
        layout: Layout = doc.user_data["layout"]
        found: set[tuple[int, int]] = set()
        owners = _owners(layout.text, (span.start_char for span in doc.spans["drugs"]))
        for start, end in chain(_organizations(layout), owners):
            found.update(names_in(layout.text, start, end))
        if layout.first(SectionKind.DATELINE) is None:  # cut out of its page: the issuer may be named barely
            begun = {layout.text[start:end].split()[0] for start, end in found}
            found.update(bare_names(layout.text, begun | name_openers() | no_organizations()))
        doc.spans["organizations"] = [
            span
            for start, end in sorted(found)
            if (span := doc.char_span(start, end, label=Kind.ORGANIZATION.value, alignment_mode="expand"))
        ]
        return doc


def _is_set_as_title(text: str) -> bool:
    """Whether most longer words of a line have capitals; "Dosing took place at Foo Hospital" is set as a sentence."""
    words = re.findall(r"(?<![\w-])[A-Za-z][a-z]{3,}", text)
    return sum(word[0].islower() for word in words) * 2 < len(words) or len(words) < 4


#: "Micronax's blinatumomab", "Acme's lead candidate ABC-1"; whose name a disease or protein bears owns none.
_OWNER: Final = Pattern(
    rf"(?<![\w-])({NAME_WORD}(?:\s+{NAME_WORD}){{0,2}})'s\s+(?:(?!disease\b|syndrome\b)[\w-]+\s+){{0,3}}$"
)
_NO_OWNER: Final = Pattern(
    r"(?:.*\s)?(?:Alzheimer|Parkinson|Crohn|Huntington|Hodgkin|Bruton|Cushing|Sj[oö]gren|Beh[cç]et|Graves|Alport"
    r"|Duchenne|Lynch"
    r"|Compan(?:y|ies)|Group|Corporation|Partner|Sponsor|Today|Yesterday|Year|Week|Month|World|Nation|America"
    r"|Europe|Children"
    r"|Women|Men|People|Patient|Dr\.?\s.*|Agency|Government|FDA|EMA|It|He|She|Who|What|That|There|Let|Here"
    r"|Society|Court)",
    re.DOTALL,
)


def _owners(text: str, drugs: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Who is named with a genitive right before a drug."""
    for start in drugs:
        low = max(0, start - 80, text.rfind("\n", 0, start) + 1)
        if "'s " not in text[low:start]:
            continue
        match = _OWNER.search(text, low, start)
        if match is None or _NO_OWNER.fullmatch(match[1]):
            continue
        # "About ARC-520 Arrowhead's candidate ARC-520": a heading without a stop
        last = max((at for at, c in enumerate(match[1]) if c.isdigit()), default=-1)
        begin = match.start(1) + (match[1].find(" ", last) + 1 if last >= 0 else 0)
        yield begin, match.end(1)


_SOURCE: Final = Pattern(r"[Ss](?:ource|OURCE)\s*:?\s+(?!text\b|material\b|data\b)(.+?)[\s.]*$")


def _organizations(layout: Layout) -> Iterator[tuple[int, int]]:
    text = layout.text
    known = _known_places(text)
    first_body = True
    for sentence in layout.sentences:
        kind = sentence.section.kind
        low, high = sentence.start, sentence.end
        if kind is SectionKind.METADATA:
            label = NAME_LABEL.match(text, low, high)
            if match := _LEGAL.match(text, label.end() if label else low, high):
                yield match.span()  # "ACME HOLDINGS LIMITED (Stock Code: 2387)", over the text
        if kind in (SectionKind.BOILERPLATE, SectionKind.METADATA, SectionKind.DATELINE):
            continue
        if kind is SectionKind.SOURCE:
            match = _SOURCE.match(text, low, high)
            if match and len(match[1]) < 90 and ";" not in match[1]:  # of two firms none is the source
                yield match.span(1)
            continue
        for match in _LEGAL.finditer(text, low, high):
            # "MES SA" is a cell line: a form that is a word or two letters needs a name in small letters.
            if not match[1].isupper() or match[0].endswith((".", "Inc", "Ltd", "LLC", "PLC", "plc", "GmbH")):
                yield match.span()
        for match in _TICKER_NAME.finditer(text, low, high):
            if not (
                _OF_FIRM.search(text, max(low, match.start() - 40), match.start())
                and _TOWN.fullmatch(match[1])
            ):
                yield match.span(1)
        for match in _SMALL_NAME.finditer(text, low, high):
            yield match.span(1)
        if any(word in sentence.text for word in ("CEO:", "resident:", "hairman:", "ffice:", "uarters:")):
            for match in _HEADS.finditer(text, low, high):
                yield match.span(1)
        title = kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE) and _is_set_as_title(sentence.text)
        if not title:  # where every word is in capitals these would find too much
            for match in chain(_TAILED.finditer(text, low, high), _institutions(text, low, high)):
                more = (
                    _MORE_OF_INSTITUTION.match(text, match.end(), high)
                    if _ENDS_AS_INSTITUTION.search(match[0])
                    else None
                )
                yield match.start(), more.end() if more else match.end()
            for match in (*_CLINIC_OF_TOWN.finditer(text, low, high), *_SAINT.finditer(text, low, high)):
                yield match.span()
            for match in _IN_ONE_WORD.finditer(text, low, high):
                yield match.span()
            for match in _SCIENCE_UNIVERSITY.finditer(text, low, high):
                yield match.span()
            if "'s " in text[low:high]:
                for match in _OF_PEOPLE.finditer(text, low, high):
                    yield match.span()
            for match in _PARTNER.finditer(text, low, high):
                yield match.span(1) if match[1] else match.span(2)
            for match in _LEADER.finditer(text, low, high):
                yield match.span(1)
            for pattern in _PARTY:
                for match in pattern.finditer(text, low, high):
                    yield match.span(match.lastindex or 1)
            for match in _HEADED.finditer(text, low, high):
                yield match.span()
        if kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE) and (
            match := _HEADLINE.match(text, low, high)
        ):
            for group in (1, 2):
                if match[group] and not is_persons(match[group]):
                    owner = match[group].find("'s ")  # "Acme's ABC-1 Granted …"
                    yield match.start(group), match.end(group) if owner < 0 else match.start(group) + owner
        if kind is SectionKind.BODY and first_body:
            first_body = False
            if match := _ISSUER.match(text, low, high):
                place = _CITY.match(text, low, high)
                if place is not None and (second := _ISSUER.match(text, place.end(), high)):
                    match = second  # "LONDON, Acme plc, …" without a date
                if not is_persons(match[1]):
                    yield match.span(1)
        at = bisect_left(known, (low, 0))
        while at < len(known) and known[at][1] <= high:
            yield known[at]
            at += 1
    for section in layout.sections:
        if section.kind is SectionKind.ABOUT and section.topic:
            yield from _about(layout, section.topic, section.start, section.end)


#: "Acme Co., Ltd. of *Seoul* (KOSDAQ: …)": a firm's town.
_OF_FIRM: Final = Pattern(
    rf"(?:\b(?:{LEGAL_FORM}|{ORGANIZATION_TAIL})\.?,?\s+(?:of|from)|\b(?:based|headquartered)\s+in)\s+$|\s{LEGAL_FORM}\.?,\s+$"
)
_TOWN: Final = Pattern(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[ -][A-ZÀ-Þ][a-zà-ÿ]+)?")


def _institutions(text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """Names such as "University of Foo"; behind "Department of Bar," the search begins anew."""
    while (match := _OF.search(text, low, high)) is not None:
        comma = match[0].find(",") if DEPARTMENT.match(match[0]) else -1
        if comma < 0:
            yield match
        low = match.end() if comma < 0 else match.start() + comma


_COMPANY: Final = Pattern(
    r"\b(?:compan(?:y|ies)|headquartered|employees|founded in|non-?profit|organi[sz]ation|subsidiary"
    r"|institute|university|foundation|"
    r"we are|pharmaceutical group|group of|biotech|leader in|dedicated to|committed to)\b"
)


def _about(layout: Layout, topic: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The heading of an "About …" section whose text speaks of an organisation."""
    bare = re.sub(rf",?\s+{LEGAL_FORM}\.?$", "", re.sub(r"\s*[™®]|\s*\([^()]*\)", "", topic)).strip()
    if not re.match(r"[A-ZÀ-Þa-z][\w.&' -]*$", bare) or len(bare.split()) > 7 or not bare[:1].isalpha():
        return
    opening = layout.text[start : min(end, start + 700)]
    position = opening.find(bare)
    legal = re.search(rf"{LEGAL_FORM}\.?$", topic)
    if not legal and (position < 0 or not _COMPANY.search(opening)):
        return
    if not legal and re.match(
        r"\s*(?:[™®]|\([^()]*\))*,?\s*(?:is|are)\s+(?:an?\s+)?(?:[\w-]+\s+){0,5}?(?:disease|disorder"
        r"|condition|cancer|tumor|investigational|syndrome|drug|vaccine|antibody|inhibitor|therapy)",
        opening[position + len(bare) :],
    ):
        return
    for match in re.finditer(rf"(?<!\w)(?<!\w-){re.escape(bare)}(?![\w])", layout.text[start:end]):
        yield start + match.start(), start + match.end()
        return
