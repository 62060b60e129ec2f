"""Doc → candidate names of people, known by their honorifics, degrees and posts.

A component of the pipeline, as those of `kg.extract.mentions`; spans in `doc.spans["people"]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.extract.document import Layout, SectionKind
from kg.extract.names import ORGANIZATION_TAIL
from kg.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

CREDENTIAL: Final = (
    r"(?:M\.?D\.?|Ph\.?\s?D\.?|Pharm\.?\s?D\.?|D\.?Phil\.?|Sc\.?D\.?|M\.?B\.?A\.?|M\.?P\.?H\.?"
    r"|M\.?Sc\.?|M\.?S\.?|B\.?Sc\.?|M\.?B\.?B\.?S\.?|MBChB|MB|BCh|BChir|"
    r"D\.?V\.?M\.?|J\.?D\.?|LL\.?M\.?|C\.?P\.?A\.?|C\.?F\.?A\.?|R\.?N\.?|D\.?O\.?|O\.?D\.?|FACP|FACC"
    r"|FACS|FRCP\w*|FRCSC?|FASCO|FAHA|FAAN|FAAP|FACR|FACE|FACOG|FAAD|FESC|FASN|FIDSA|CM|MHS|MHSc|MSCE"
    r"|MSCI|EMBA|DNP|RPh|DrPH|FRCPC|F\.?R\.?C\.?P\.?|F[A-Z]{3,6}|MS[A-Z]{1,3}|MH[A-Z]|MPP|MTR|MRC\w+"
    r"|DrPH|Dr\.?\s?P\.?H\.?|Pharm\.?\s?D\.?|B\.?A\.?|DSc|MPharm|Ed\.?D\.?|CFP|ACA|MRCP|M\.?A\.?|Dr\.?"
    r"|Prof\.?|Jr\.?|Sr\.?|II|III)"
)
_HONORIFIC: Final = r"(?:(?:Dr|Prof|Mr|Ms|Mrs|Professor|Sir|Dame)\.?\s+(?:Dr\.?\s+)?)"
_GIVEN: Final = r"[A-ZÀ-Þ][a-zà-ÿ'’]+(?:-[A-ZÀ-Þ]?[a-zà-ÿ]+)?"
_NAME_WORD: Final = (
    rf"(?:{_GIVEN}|[A-ZÀ-Þ]\.(?:\s?[A-ZÀ-Þ]\.)?|(?:Mc|Mac|O'|D'|De|Le|La|Van|Di)[A-ZÀ-Þ][a-zà-ÿ]+"
    rf"|[A-ZÀ-Þ]{{2,}}(?=\s*,))"
)
_PARTICLE: Final = r"(?:van\s+der?|van|von|de\s+la|de|der|du|la|le|di|da|dos|del|bin|el|al|ten|ter)"
PERSON_NAME: Final = (
    rf"{_NAME_WORD}(?:\s+(?:\"[A-Z]\w+\"|\([A-Z][a-z]+\)|{_PARTICLE}\s+{_NAME_WORD}|{_NAME_WORD})){{1,3}}"
)
TITLE_WORD: Final = (
    r"(?:[Cc]hief|[Dd]ivision|[Pp]resident|[Vv]ice|CEO|CFO|CMO|CSO|COO|CTO|CBO|CCO|CDO|SVP|EVP|VP"
    r"|[Hh]ead|[Dd]irector|[Cc]o-?[Ff]ounder|[Ff]ounder|[Cc]hair(?:man|woman|person)?|"
    r"[Pp]rofessor|[Ii]nvestigator|[Pp]rincipal|[Ll]ead|[Gg]eneral|[Mm]anag(?:ing|er)|[Ee]xecutive"
    r"|[Ss]enior|[Gg]lobal|[Gg]roup|[Ii]nterim|[Aa]cting|[Ss]cientific|[Mm]edical|"
    r"[Aa]ssistant|[Aa]ssociate|[Cc]linical|[Cc]o-?[Cc]hair|[Pp]artner|[Ss]cientist|[Cc]ommissioner"
    r"|[Mm]ember|[Cc]orporate|[Dd]eputy|[Aa]ttending|[Cc]onsultant|[Pp]hysician|[A-Za-z]+ologist"
    r"|[Ss]urgeon|[Ss]ecretary|[Mm]inister|[Rr]epresentative)(?![a-z])"
)
_SAID: Final = (
    r"(?:said|says|stated|states|added|adds|commented|comments|noted|notes|explained|explains|remarked"
    r"|continued|concluded|according\s+to|reported|announced|emphasi[sz]ed)"
)
_PEOPLE: Final = (
    re.compile(rf"\b{_SAID}\s+{_HONORIFIC}?({PERSON_NAME})(?=\s*[,.]|\s+(?:of|at|from)\b)"),
    re.compile(
        rf"\b{_SAID}\s+(?:the\s+)?(?:[\w'-]+\s+){{0,8}}?(?:[Oo]fficer|CEO|CFO|CMO|CSO|COO|[Pp]resident"
        rf"|[Dd]irector|[Cc]hair\w*|[Hh]ead[\w\s]{{0,30}}?|[Ff]ounder"
        rf"|[Ii]nvestigator),?\s+{_HONORIFIC}?({PERSON_NAME})"
    ),
    re.compile(
        rf"(?<!\w)(?<!\w-)({PERSON_NAME})\s*,\s*(?:{CREDENTIAL}\s*,?\s*)*(?:the\s+|its\s+|our\s+"
        rf"|[\w'-]+'s\s+)?{TITLE_WORD}\b"
    ),
    re.compile(rf"(?<!\w)(?<!\w-)({PERSON_NAME})\s*,\s*{CREDENTIAL}(?![\w])"),
    re.compile(
        r"\b(?:[Aa]ppoint(?:ed|s|ment\s+of)|[Nn]amed|[Pp]romot(?:ed|ion\s+of)|[Hh]ired"
        rf"|[Ww]elcomes?)\s+{_HONORIFIC}?({PERSON_NAME})(?=\s*[,.]|\s+(?:as|to)\b)"
    ),
    re.compile(
        rf"\band\s+{_HONORIFIC}?({PERSON_NAME})(?:\s*,\s*{CREDENTIAL})*,?\s+as\s+(?:its\s+|our\s+"
        rf"|the\s+)?{TITLE_WORD}"
    ),
    re.compile(rf"\b{_HONORIFIC}({PERSON_NAME})"),
    re.compile(
        r"\b(?:Officer|CEO|CFO|CMO|CSO|COO|President|Chair(?:man|woman|person)?|Founder|Director"
        rf"|Head of [A-Z][\w&]*(?: [A-Z][\w&]*){{0,2}}),?\s+"
        rf"{_HONORIFIC}?({PERSON_NAME})(?=\s*(?:[,.;(]|$)|\s+(?:said|says|stated|added|comment\w+|will"
        r"|has|is|was|and|who|to)\b)"
    ),
    re.compile(
        rf"(?<![\w-])({PERSON_NAME})(?:\s*,\s*{CREDENTIAL})*,?\s+(?:(?:has|have|was|were|been|will"
        r"|is)\s+)*(?:joined|joins?|appointed|promoted|becomes?|elected|named|chairs|serves?)\b"
    ),
    re.compile(
        rf"(?<![\w-])({PERSON_NAME})\s+and\s+{PERSON_NAME}\s+(?:(?:has|have|were|been|will)\s+)*(?:join"
        r"|elected|appointed)"
    ),
    re.compile(rf"(?<![\w-])({PERSON_NAME})\s+\((?:{TITLE_WORD})"),
    # "(Head Office: Osaka; President and CEO: Ana Mori)"
    re.compile(rf"[(,;]\s*{TITLE_WORD}[^:;()\n]{{0,60}}?:\s+{_HONORIFIC}?({PERSON_NAME})(?=\s*[,;)])"),
)
_DEGREES: Final = re.compile(r"(?:,?\s+(?:M\.\s?D|Ph\.?\s?D|Pharm\.?\s?D|M\.B\.A)\.?)+$")
_NOT_PERSON: Final = re.compile(
    r"\b(?:Appoints|Announces|Names|Promotes|Reports|Inc|Corp|Ltd|Phase|Therapeutics|Pharma\w*|Bio\w*"
    r"|University|Institute|Hospital|Center|Centre|Cancer|Medical|Clinical|Company|The|Drug|Disease|"
    r"Executive|Officer|President|Chief|Director|Vice|Senior|Professor|Head|Global|Oncology|Sciences"
    r"|Foundation|Group|Orphan|Fast|Designation|Trial|Study|"
    r"Managing|Partner|Principal|Investor|Relations|Chair|Board|Advisor|United|States|New York|January"
    r"|February|March|April|June|July|August|September|October|November|December"
    rf"|{ORGANIZATION_TAIL})\b"
)


@dataclass(slots=True)
class PersonFinder:
    """Finds people who are quoted, appointed or given a title.

    Hits: 'said Jim Caruso, president'; "John Friend, M.D., chief medical officer"; "Dr. Ana de la Cruz".
    Near misses: "Cellectar Biosciences, president"; "said the Chief Executive Officer".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates of one document."""
        layout: Layout = doc.user_data["layout"]
        found: set[tuple[int, int]] = set()
        for sentence in layout.sentences:
            if sentence.section.kind in (
                SectionKind.BODY,
                SectionKind.ABOUT,
                SectionKind.HEADLINE,
                SectionKind.SUBHEADLINE,
            ):
                for pattern in _PEOPLE:
                    for match in pattern.finditer(layout.text, sentence.start, sentence.end):
                        honorific = re.match(
                            r"(?:(?:Appointed|Appoints|Named|Names|Promoted|Hired|Welcomed|Added"
                            rf"|Said)\s+)?{_HONORIFIC}?",
                            match[1],
                        )
                        if not _NOT_PERSON.search(match[1]):
                            bare = _DEGREES.sub("", match[1])
                            found.add(
                                (
                                    match.start(1) + (honorific.end() if honorific else 0),
                                    match.start(1) + len(bare),
                                )
                            )
        doc.spans["people"] = [
            span
            for start, end in sorted(found)
            if (span := doc.char_span(start, end, label=Kind.PERSON.value, alignment_mode="expand"))
        ]
        return doc
