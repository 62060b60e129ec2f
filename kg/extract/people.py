"""Doc → candidate names of people, known by their honorifics, degrees and posts.

A component of the pipeline, as those of `kg.extract.mentions`; spans in `doc.spans["people"]`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.extract.document import Layout, SectionKind
from kg.extract.firm_words import ORGANIZATION_TAIL, known_organizations
from kg.extract.lexicon import table
from kg.extract.occurrences import occurrences
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

CREDENTIAL: Final = (
    r"(?:M\.?\s?D\.?(?:-Ph\.?D\.?)?|Ph\.?\s?D\.?|Pharm\.?\s?D\.?|D\.?\s?Phil\.?|Sc\.?\s?D\.?|M\.?B\.?A\.?"
    r"|M\.?P\.?H\.?"
    r"|M\.?B\.?,?\s?(?:Ch\.?B|B\.?Chir|B\.?Ch|B\.?S)\.?|B\.?Med\.?Sc\.?|D\.?Sc\.?|Dr\.?\s?(?:Sc|rer"
    r"|med)\.?(?:\s?nat\.?)?"
    r"|M\.?S\.?N\.?|B\.?S\.?N\.?|APRN|CRNP|FNP(?:-BC|-C)?|NP(?:-C)?|PA-C|BCPS|BCOP|MSCR|DMD|FNLA|MACP|MACR"
    r"|Ch\.?B\.?|B\.?Chir\.?"
    r"|B\.?S\.?|A\.?B\.?|Sc\.?M\.?|M\.?Eng\.?|D\.?Eng\.?|MRes|FRS|MPA|BEc|BCom|BComm|MCom|FCA|DTM&H|HDR"
    r"|F[A-Z]{7,8}|F\.(?:[A-Z]\.){2,5}"
    r"|M\.?Sc\.?|M\.?S\.?|B\.?Sc\.?|M\.?B\.?B\.?S\.?|MBChB|MB|BCh|BChir|"
    r"D\.?V\.?M\.?|J\.?D\.?|LL\.?M\.?|C\.?P\.?A\.?|C\.?F\.?A\.?|R\.?N\.?|D\.?O\.?|O\.?D\.?|FACP|FACC"
    r"|FACS|FRCP\w*|FRCSC?|FASCO|FAHA|FAAN|FAAP|FACR|FACE|FACOG|FAAD|FESC|FASN|FIDSA|CM|MHS|MHSc|MSCE"
    r"|MSCI|EMBA|DNP|RPh|DrPH|FRCPC|F\.?R\.?C\.?P\.?|F[A-Z]{3,6}|MS[A-Z]{1,3}|MH[A-Z]|MPP|MTR|MRC\w+"
    r"|DrPH|Dr\.?\s?P\.?H\.?|Pharm\.?\s?D\.?|B\.?A\.?|DSc|MPharm|Ed\.?D\.?|CFP|ACA|MRCP|M\.?A\.?|Dr\.?"
    r"|Prof\.?|Jr\.?|Sr\.?|II|III|F(?:Med|RC|AC|RAN|RSB|HM)[A-Za-z]{1,6}|FRSE?|MRCPath|MRPharmS|MMedSci?"
    r"|BMedSci?|MMed|MMSc|M\.?\s?Phil\.?|DMSci?|BMBS|BM\s?BCh|MDCM|MSPH|MHA|BPharm|DABT|RAC|PMP|Esq\.?"
    r"|M\.?F\.?A\.?|MSN|MSW|D\.?M\.?D\.?|D\.?D\.?S\.?|Psy\.?D\.?|S\.?M\.?|MEng|BEng|LL\.?B\.?|CMA|ACCA|AO|OAM"
    r"|OBE|CBE|MBE|KBE|GAICD"
    r"|HonFBPhS|Dipl\.?-\w+\.?)"
)
HONORIFIC: Final = (
    r"(?:(?:(?:Associate\s+|Assistant\s+|Adjunct\s+)?[Pp]rofessor|(?:Dr|Prof|Mr|Ms|Mrs|Mx|PD|Sir|"
    r"Dame|Lord|Lady|Herr|Frau)\.?)"
    r"\s+(?:(?:Dr|med|rer|nat|h\.\s?c|Sir|Dame)\.?\s+){0,3})"
)
_UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŶŸŹŻŽȘȚ"
_LOWER: Final = (
    "a-zßà-öø-ÿāăąćčďđēėęěğģīįıķĺļľłńņňōőœŕřśşšţťūůűųŷźżžșțơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
)
_GIVEN: Final = rf"[{_UPPER}][{_LOWER}'’]+(?:-[{_UPPER}]?[{_LOWER}]+)*"
_NAME_WORD: Final = (
    rf"(?:{_GIVEN}|[{_UPPER}]\.(?:\s?[{_UPPER}]\.)?"
    rf"|(?:Mc|Mac|Fitz|[{_UPPER}]['’]|De|Du|Le|La|Van|Di|Da)[{_UPPER}][{_LOWER}]+(?:-[{_UPPER}][{_LOWER}]+)?"
    rf"|[{_UPPER}]{{2,}}(?=\s*,))"
)
_PARTICLE: Final = (
    r"(?:van\s+der?|van|von(?:\s+der)?|zu|de\s+la|de|der|du|la|le|di|da|dos|del|bin|el|al|ten"
    r"|ter|af|Ó|Ní|Uí|Nic|Ben|Abu|dela|den)"
)
PERSON_NAME: Final = (
    rf"{_NAME_WORD}(?:\s+(?:\"[A-Z]\w+\"|\([A-Z][a-z]+\)|{_PARTICLE}\s+{_NAME_WORD}|d'{_GIVEN}"
    rf"|{_NAME_WORD}|[{_UPPER}]\s+{_GIVEN})){{1,3}}"
)
#: A name with a part in capitals, as Asia and France write the family's: "GAO Wenhui", "Patrick LAU".
_NAME_WITH_CAPITALS: Final = (
    rf"(?:{_GIVEN}\s+(?:{_GIVEN}\s+)?[{_UPPER}]{{2,}}(?:-[{_UPPER}]{{2,}})?|[{_UPPER}]{{2,}}\s+{_GIVEN}"
    rf"(?:\s+{_GIVEN})?)"
)
TITLE_WORD: Final = (
    r"(?:[Cc]hief|[Jj]oint(?=\s+[A-Z])|"
    r"[Dd]ivision|[Pp]resident|[Vv]ice|CEO|CFO|CMO|CSO|COO|CTO|CBO|CCO|CDO|SVP|EVP|VP"
    r"|[Hh]ead|[Dd]irectors?|[Cc]o-?[Ff]ounders?|[Ff]ounders?|[Ll]eading(?=\s+(?:[Pp]rincipal|[Ii]nvestigator))"
    r"|[Cc]hair(?:man|woman|person)?|"
    r"[Pp]rofessor|[Ii]nvestigator|[Pp]rincipal|[Ll]ead|[Gg]eneral|[Mm]anag(?:ing|er)|[Ee]xecutive"
    r"|[Ss]enior|[Gg]lobal|[Gg]roup|[Ii]nterim|[Aa]cting|[Rr]otating|[Ii]mmediate|[Ss]cientific|[Mm]edical|"
    r"[Aa]ssistant|[Aa]ssociate|[Cc]linical|[Cc]o-?[Cc]hair|[Pp]artner|[Ss]cientist|[Cc]ommissioner"
    r"|[Mm]ember|[Cc]orporate|[Dd]eputy|[Aa]ttending|[Cc]onsultant|[Pp]hysician|[A-Za-z]+ologist"
    r"|[Ss]urgeon|[Ss]ecretary|[Mm]inister|[Rr]epresentative|[Ii]ndependent|[Nn]on-?[Ee]xecutive|"
    r"[Aa]dvis[eo]r"
    r"|[Cc]oordinat(?:or|ing)|[Nn]ational|[Ss]upervisory|[Bb]oard|[Aa]dvisory|[Ff]ounding|"
    r"[Tt]reasurer|[Dd]ean|[Pp]rovost"
    r"|[Cc]ounsel|[Pp]aid|[Tt]rial|[Ss]tudy|[Ss]ite|[Rr]egional|[Pp]ediatrician|[Pp]aediatrician|"
    r"[Nn]eurosurgeon|[Ff]ellow"
    r"|[Oo]perating|[Pp]rogram(?:me)?|[Cc]ountry|[Aa]rea|[Bb]usiness|[Ff]ranchise|[Ww]orldwide|"
    r"[Tt]herapeutic|[Tt]eam|[Uu]nit|[Ss]taff"
    r"|[Rr]eader|[Ll]ecturer|[Rr]esearch|[Dd]istinguished|[Tt]ranslational|[Cc]o-(?:CEO|[Ll]ead|"
    r"[Dd]irector|[Pp]resident|[Ii]nvestigator|[Pp]rincipal)"
    r"|[Vv]enture|[Oo]perations|[Pp]ortfolio|[Tt]echnical|[Cc]ommercial|[Rr]egulatory|"
    r"[Dd]evelopment|[Dd]iscovery|[Ii]nternational|[Pp]ast"
    r"|[Ii]naugural|[Nn]urse|[Pp]harmacist|[Ll]egal|[Cc]ompany|[Ss]ection|[Ss]ub-?[Ii]nvestigator|"
    r"[Pp]atient|[Vv]ice-\w+|[Dd]irector-\w+"
    r"|Président(?:-Directeur)?|Directeur|Directrice|Geschäftsführer(?:in)?|[Aa]cademician|[Mm]embers"
    r"|[Vv]isiting|[Aa]djunct|[Ee]meritus|[Oo]wner|[Tt]rustee|[A-Z][a-z]+-[Ii]n-[Cc]hief|[Ff]ull|[Hh]onorary"
    r"|[Cc]linician|[A-Za-z]+iatrist|[Cc]hancellor|[Rr]ector|[Gg]eneticist|[Rr]esearcher|[Ss]trategic|EVP"
    r"|[Cc]ontroller"
    r"|(?:Finance|Sales|Marketing|Quality|Manufacturing|Technology|Science|Human|People|Safety"
    r"|Programme)(?=\s+[A-Z]))"
    r"(?![a-z])"
)
_SAID: Final = (
    r"(?:said|says|stated|states|added|adds|commented|comments|noted|notes|explained|explains|remarked"
    r"|continued|concluded|according\s+to|reported|announced|emphasi[sz]ed)"
)
_PEOPLE: Final = (
    # "said EC Huh, Ph.D."
    Pattern(rf"\b{_SAID}\s+([{_UPPER}]{{2}}\s+{_GIVEN})(?=,\s+(?:{CREDENTIAL}|{TITLE_WORD})(?!\w))"),
    Pattern(
        rf"\b{_SAID}\s+{HONORIFIC}?({PERSON_NAME})(?=\s*[,.]|\s+(?:of|at|from|Jr\.?|Sr\.?|I{{2,3}})(?!\w))"
    ),
    Pattern(
        rf"\b{_SAID}\s+(?:the\s+)?(?:[\w'-]+\s+){{0,8}}?(?:[Oo]fficer|[Ee]xecutive|CEO|CFO|CMO|CSO|COO|[Pp]resident"
        rf"|[Dd]irector|[Cc]hair\w*|[Hh]ead[\w\s]{{0,30}}?|[Ff]ounder"
        rf"|[Ii]nvestigator),?\s+{HONORIFIC}?({PERSON_NAME})"
    ),
    Pattern(
        rf"(?<!\w)(?<!\w-)({PERSON_NAME})\s*,\s*(?:{CREDENTIAL}\s*,?\s*)*(?:(?:the|an?|its|our|"
        r"former|formerly|currently|previously"
        r"|now|most\s+recently|who\s+(?:is|was|has\s+served\s+as|served\s+as)|appointed|named|promoted\s+to|hired|as|"
        rf"[\w-]+'s)\s+)*{TITLE_WORD}\b"
    ),
    # "Jane Doe will continue to serve as Chairman"
    Pattern(
        rf"(?:^|(?<=[.;:•\"]\s)|(?<=-\s)|(?<=\band\s)|(?<=\bare\s))({PERSON_NAME})"
        rf"(?:\s*,\s*{CREDENTIAL})*,?\s+(?:[a-z]+\s+){{1,7}}"
        rf"(?:(?:[A-Z][\w'-]+\s+){{0,3}}(?:in\s+\d{{4}}\s+)?as\s+(?:[a-z]+\s+){{0,3}})?(?:Chief|"
        r"President|CEO|CFO|CMO|CSO|COO|Chair\w*|Vice"
        rf"|Director|Head\s+of|Senior|Executive|Managing|General\s+Manager|Board|Scientific\s+Advisory)\b"
    ),
    Pattern(rf"(?<!\w)(?<!\w-)({PERSON_NAME})\s*,\s*{CREDENTIAL}(?![\w])"),
    Pattern(
        r"\b(?:[Aa]ppoint(?:ed|s|ments?\s+of)|[Nn]am(?:ed|es|ing)|[Pp]romot(?:ed|es|ions?\s+of)|[Hh]ir(?:ed|es)"
        r"|[Ee]lect(?:ed|s)"
        rf"|[Ww]elcom(?:es?|ed|ing)|[Tt]hank(?:s|ed))\s+{HONORIFIC}?({PERSON_NAME})"
        r"(?=\s*[,.]|\s+(?:as|to|for|C[EFMSOBT]O|Chief|President|Chair\w*)\b)"
    ),
    Pattern(
        rf"\band\s+{HONORIFIC}?({PERSON_NAME})(?:\s*,\s*{CREDENTIAL})*,?\s+as\s+(?:its\s+|our\s+"
        rf"|the\s+)?{TITLE_WORD}"
    ),
    # "named Jane Doe CFO and Bob Low COO"
    Pattern(rf"\band\s+({PERSON_NAME})(?=\s+(?:C[EFMSOBT]O|Chief\s+[A-Z]\w+\s+Officer|President)\b)"),
    Pattern(rf"\b{HONORIFIC}({PERSON_NAME})"),
    Pattern(rf"\b{HONORIFIC}({_NAME_WITH_CAPITALS})(?![\w-])"),
    Pattern(
        r"\b(?:succeed(?:s|ed|ing)?|replac(?:es|ed|ing)|elect(?:s|ed|ion\s+of)|joined\s+by|"
        r"led\s+by|headed\s+by"
        r"|founded\s+by|chaired\s+by|nominated?|addition\s+of|founders?|(?:is|are|remains|"
        rf"will\s+be)(?=\s+{HONORIFIC}?"
        rf"{PERSON_NAME}(?:,?\s+{CREDENTIAL}|\s+as\s)))\s+{HONORIFIC}?({PERSON_NAME})(?=\s*[,.;(]|\s+[a-z])"
    ),
    Pattern(
        rf"(?:^|(?<=[.;:•\"]\s)|(?<=-\s)|(?<=\band\s)|(?<=,\s)|(?<=Meeting\s))({PERSON_NAME})"
        rf"(?:\s*,\s*{CREDENTIAL})*,?\s+"
        r"(?:(?:has|have|was|were|had|been|will|is|who|also|recently)\s+)*"
        r"(?:took\s+office|takes?\s+office|took\s+over|takes\s+over|re-elected|step(?:s|ped|"
        r"ping)?\s+down|retires?|retired"
        r"|resign(?:s|ed)|succeeds|succeeded|formerly|previously|assumes?|assumed|stands?\s+down|"
        r"stood\s+down|declined|did\s+not\s+stand|is\s+not\s+standing|not\s+stand(?=\s+for)|not\s+seek(?=ing)?"
        r"|not\s+be\s+standing|(?:takes?|took)\s+up)\b"
    ),
    Pattern(
        rf"(?<=\band\s)({PERSON_NAME})(?=\s+(?:of|from)\s+[A-Z][^,.;\"]{{2,60}}?\s+(?:will\s+)?"
        r"(?:join|have|were|take)\b)"
    ),
    Pattern(
        rf"(?:^|(?<=[.;:•,\"]\s))({PERSON_NAME})(?:\s*,\s*{CREDENTIAL})*,?\s+(?:is|was|serves\s+as|"
        r"remains)\s+(?:the\s+|its\s+|our\s+"
        rf"|an?\s+)?{TITLE_WORD}"
    ),
    # "By order of the Board Acme Limited Wei Zhang Chairman"
    Pattern(
        rf"\b(?:[Bb]oard|Limited|Ltd\.?|Inc\.?|plc|PLC|AG|Corp\.?)\s+({PERSON_NAME})(?=\s+(?:Executive\s+"
        rf"|Non-[Ee]xecutive\s+)?"
        r"(?:Chairman|Chairwoman|Chief\s|Director|Company\s+Secretary|President))"
    ),
    # "Jane Doe: "We are glad""
    Pattern(rf"(?:^|(?<=\"\s))({PERSON_NAME})(?:\s*,\s*{CREDENTIAL})*(?:,\s*[^:\"]{{4,90}})?:\s+\""),
    # "where Professor Jane Doe led the study" is known by the honorific; here "Promoted Jane Doe, M.D., to"
    Pattern(
        rf"\b(?:Promoted|Appointed|Hired|Named|Welcomed|Added|Elected)\s+{HONORIFIC}?({PERSON_NAME})(?=,?\s+(?:to"
        rf"|as)\b|,)"
    ),
    # "Jane Doe | Chief Executive Officer"; "Jane Doe – Chief Executive Officer"
    Pattern(rf"(?:^|\n|(?<=:\s))\s*({PERSON_NAME})\s+[|–-]\s+{TITLE_WORD}"),
    Pattern(
        r"\b(?:Officer|C[A-Z]O|Chief\s+Executive(?!\s+Officer)|President|Chair(?:man|woman|person)?|[Ff]ounder"
        r"|Director|Secretary|Treasurer"
        rf"|Counsel|Head of [A-Z][\w&]*(?: [A-Z][\w&]*){{0,2}})(?:\s\(\"?[A-Z]{{2,5}}\"?\))?,?\s+"
        rf"{HONORIFIC}?({PERSON_NAME})(?=\s*(?:[,.;(]|$)|\s+(?:said|says|stated|added|comment\w+"
        r"|retires|retired|steps|joins|noted|(?:co-)?founded"
        rf"|leads|led|joined|holds|will"
        r"|has|is|was|and|who|to)\b)"
    ),
    Pattern(
        rf"(?<![\w-])({PERSON_NAME})(?:\s*,\s*{CREDENTIAL})*,?\s+(?:(?:has|have|was|were|been|will"
        r"|is)\s+)*(?:joined|joins?|appointed|promoted|becomes?|elected|named|chairs|serves?|"
        r"served|hired|nominated|takes?\s+(?:over|up|the\s+helm|office))\b"
    ),
    Pattern(
        rf"(?<![\w-])({PERSON_NAME})\s+and\s+{PERSON_NAME}\s+(?:(?:has|have|were|been|will|are)\s+)*(?:join"
        r"|(?:re-)?elected|(?:re-)?appointed|promoted|remain|retire|resign|step)"
    ),
    Pattern(rf"(?<![\w-])({PERSON_NAME})\s+\((?:{TITLE_WORD})"),
    # "(Head Office: Osaka; President and CEO: Ana Mori)"
    Pattern(
        rf"(?:^|[(\[,;.])\s*(?:\d{{4}}\s)?{TITLE_WORD}[^:;()\[\]\n]{{0,60}}?:\s+{HONORIFIC}?({PERSON_NAME})"
        r"(?=\s*[,;()\]]|\s+(?:Representative|President|Chief|Chairman|Chair|CEO|Director)\b)"
    ),
)
_DEGREES: Final = Pattern(
    r"(?:,?\s+(?:M\.?\s?D|Ph\.?\s?D|Pharm\.?\s?D|M\.?B\.?A|MBBS|MPH|MSc|DPhil|FR[A-Z]{1,5}|FA[A-Z]{2,4})\.?)+$"
)
#: What stands before a name with a capital and is none: "Appointed Jane Doe", "Neurologist Jane Doe".
_BEFORE_NAME: Final = Pattern(
    r"(?:(?:Appointed|Appoints|Named|Names|Promoted|Hired|Welcomed|Welcomes|Added|Said|Elects?|"
    r"Elected|Lawyer|Surgeon|Investigator|Author|Commissioner|Secretary|Minister|Senator|Congress(?:wo)?man|Governor"
    r"|Brigadier|Major|General|Colonel|Captain|Lieutenant|Admiral|(?:Co-)?[Ff]ounders?|Chairman|Chairwoman"
    r"|Entrepreneur|Pharmacist|Biologist|Chemist"
    rf"|Scientist|Veteran|Physician|Investor|[A-Z][a-z]+(?:ologist|iatrist|ician))\s+)*{HONORIFIC}?"
)
_NOT_PERSON: Final = Pattern(
    r"\b(?:Malignanc(?:y|ies)|Representative|Hematologic|Hematology|Haematology|Neurology|Immunology|Cardiology|Surgery"
    r"|Corporation|Incorporated|Limited|Appoints|Announces|Names|Promotes|Reports|Inc|Corp|Ltd|Phase"
    r"|Therapeutics|Pharma\w*|Bio\w*"
    r"|University|Institute|Hospital|Center|Centre|Cancer|Medical|Clinical|Company|The|Drug|Disease|"
    r"Executive|Officer|President|Chief|Director|Vice|Senior|Professor|Head|Global|Oncology|Sciences"
    r"|Foundation|Group|Orphan|Fast|Designation|Trial|Study|"
    r"Managing|Partner|Principal|Investor|Relations|Chair|Board|Advisor|United|States|New York|January"
    r"|February|March|April|June|July|August|September|October|November|December|Finance|"
    r"Corporate|Business|Development|Operations|Affairs|Commercial|Regulatory|Strategy"
    r"|Communications|Marketing|Manufacturing|Quality|Research|Legal|Technology|Internal|External|"
    r"Both|Each|These|"
    r"This|Our|Its|We"
    r"|[SE]?VP|C[EFMSOBTIDA]O|Senator|Congress(?:wo)?man|Governor|Ambassador|Army|Navy|Force|Offices|Managers"
    r"|Advisors|Analysts|Shareholders|Stockholders|Members|Opinion|Key|North|South|America|Europe|Asia|Pacific"
    r"|Africa|EMEA|Americas|Under|After|Before|With|Since|For|In|At|On|As|By|From|Additional|Under|All|Dr|Mr"
    r"|Ms|Mrs|Prof"
    rf"|{ORGANIZATION_TAIL})\b"
)
#: A list of people behind a label: "Executive Board: Dr. Ann Roe (CEO), Bob Low".
_BOARD_LIST: Final = Pattern(
    r"\b(?:[Bb]oard(?: of (?:Directors|Management))?|Management|Directors?|Officers?|"
    r"Geschäftsführer|Vorstand)\s*:\s*"
    r"(?P<list>[^|\n;:]{5,200})"
)
_NAMED: Final = Pattern(rf"\s*{HONORIFIC}?(?P<name>{PERSON_NAME})\s*(?:\([^()]*\))?\.?\s*")
#: What stands before a firm's name rather than a person's.
_OF_PLACE: Final = Pattern(r"(?<!ment)(?<!ments)(?<!ion)(?<!ions)(?<!ring)(?<!rship)\s(?:of|at|from)\s+$")
#: Without one of these no sentence tells of a person.
_TELLS: Final = Pattern(
    rf"\b(?:{TITLE_WORD}|{_SAID}|Dr|Prof|Mr|Ms|Mrs|Mx|Sir|Dame|Herr|Frau|[Aa]ppoint\w*|[Nn]am(?:ed|"
    r"es)|[Pp]romot\w+|[Hh]ir\w+"
    r"|[Ww]elcom\w+|[Jj]oin\w*|[Ee]lect\w*|[Ss]ucceed\w*|[Rr]eplac\w+|[Rr]etire\w*|[Rr]esign\w*|"
    r"[Ff]ound\w*|[Ll]ed|stepp?\w*"
    r"|[Cc]hairs?|[Ss]erve[sd]?|Ph\.?D|M\.?D)\b"
)


@dataclass(slots=True)
class PersonFinder:
    """Finds people who are quoted, appointed or given a title.

    Hits: 'said Jim Caruso, president'; "John Friend, M.D., chief medical officer"; "Dr. Ana de la Cruz";
    "Mr. Patrick LAU"; "Executive Board: Dr. Ann Roe (CEO), Bob Low".
    Near misses: "Cellectar Biosciences, president"; "said the Chief Executive Officer".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates of one document."""
        layout: Layout = doc.user_data["layout"]
        found: set[tuple[int, int]] = set()
        firms = {" ".join(span.text.split()) for span in doc.spans.get("organizations", ())}
        for sentence in layout.sentences:
            kind = sentence.section.kind
            if kind in _TOLD_IN and _TELLS.search(sentence.text):
                named = (
                    (start, end)
                    for start, end in chain(_known_by_name(sentence.text), _people(sentence.text))
                    if not _bears(sentence.text[start:end], firms)
                )
                spans = chain(named, _listed(sentence.text))
            elif kind in _LISTED_IN:
                spans = chain(_listed(sentence.text))
            else:
                continue
            found |= {(sentence.start + start, sentence.start + end) for start, end in spans}
        doc.spans["people"] = [
            span
            for start, end in sorted(found)
            if (span := doc.char_span(start, end, label=Kind.PERSON.value, alignment_mode="expand"))
        ]
        return doc


_TOLD_IN: Final = (
    SectionKind.METADATA,
    SectionKind.BODY,
    SectionKind.ABOUT,
    SectionKind.HEADLINE,
    SectionKind.SUBHEADLINE,
)
_LISTED_IN: Final = (SectionKind.CONTACTS, SectionKind.BOILERPLATE, SectionKind.SOURCE)


@cache
def _given_names() -> frozenset[str]:
    """The names of `lexicon/given_names.tsv`."""
    return frozenset(row["name"] for row in table("given_names"))


#: A given name that everybody knows and a family name, no longer name around them ("Peter MacCallum Cancer Centre").
_FULL_NAME: Final = Pattern(
    rf"(?<![\w-])(?<![A-Z][\w.]\s)(?P<given>[{_UPPER}][{_LOWER}]+)(?:-[{_UPPER}][{_LOWER}]+)?"
    rf"(?:\s+[{_UPPER}]\.?)?"
    rf"(?:\s+{_PARTICLE})?\s+{_NAME_WORD}(?:-[{_UPPER}][{_LOWER}]+)?(?![\w-])(?!\s+(?!MD|PhD|Jr|Sr|II|CFA|"
    rf"CPA|MBA)[{_UPPER}]|\s+&|'s\s+[{_UPPER}])"
)


def _known_by_name(text: str) -> Iterator[tuple[int, int]]:
    for match in _FULL_NAME.finditer(text):
        if (
            match["given"] in _given_names()
            and not _NOT_PERSON.search(match[0])
            and match[0] not in known_organizations()
        ):
            yield match.span()


def _bears(name: str, firms: set[str]) -> bool:
    """Whether a firm bears a person's name: "Pierre Fabre", "Eli Lilly and Company"."""
    return any(firm == name or firm.startswith(f"{name} ") for firm in firms)


#: "named Jane Doe *Chief Technology* Officer".
_TITLE_BEHIND: Final = Pattern(
    r"(?<=[a-z])\s+(?:Chief|President|Representative|Vice|Chair\w*|Executive|Senior|Head|Director|Global|General)\b.*$"
)


def _people(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _PEOPLE:
        for match in pattern.finditer(text):
            opening = _BEFORE_NAME.match(match[1])
            start = match.start(1) + (opening.end() if opening else 0)
            name = _DEGREES.sub("", text[start : match.end(1)])
            title = _TITLE_BEHIND.search(name)
            name = name[: title.start()] if title is not None else name
            if "'s" in name or _OF_PLACE.search(text[:start]):
                continue
            if len(name.split()) > 1 and not _NOT_PERSON.search(name) and name not in known_organizations():
                yield start, start + len(name)


def _listed(text: str) -> Iterator[tuple[int, int]]:
    for found in _BOARD_LIST.finditer(text):
        for item in re.finditer(r"[^,;|]+", found["list"]):
            named = _NAMED.fullmatch(item[0])
            if named is not None and not _NOT_PERSON.search(named["name"]):
                at = found.start("list") + item.start() + named.start("name")
                yield at, at + len(named["name"])


#: What stands beside a family name that is used alone: "Doe most recently served as …", "said Doe".
_BEHIND_FAMILY_NAME: Final = Pattern(
    r"\s+(?:said|says|added|adds|stated|commented|noted|joins|joined|brings|brought|succeeds|succeeded|replaces"
    r"|holds|held|earned|received|began|started|spent|will|has|had|was|is|served|serves|most\s+recently"
    r"|currently|previously|also|led|worked)\b|,\s+who\s"
)
_BEFORE_FAMILY_NAME: Final = Pattern(
    r"(?:\b(?:said|says|added|stated|commented|joining\s+\w+,)|[.!?\"]|^|\n)\s*(?:[A-Z][a-z]+ly,\s+)?$"
)


def _is_said_alone(text: str, family: str) -> bool:
    """Whether a person is called by the family name alone somewhere."""
    return len(family) > 3 and any(
        _BEHIND_FAMILY_NAME.match(text, at + len(family))
        and _BEFORE_FAMILY_NAME.search(text, max(0, at - 24), at)
        for at in occurrences(text, family)
    )


@dataclass(slots=True)
class People:
    """The people of one release; `by_name` holds full names and, with their honorific, last names."""

    by_name: dict[str, Entity] = field(default_factory=dict)

    @classmethod
    def read(cls, doc: Doc) -> People:
        """Group the candidates of a document into people: "Jane A. Doe" and "Jane Doe" are one, as is "Doe said"."""
        forms: dict[tuple[str, str], list[str]] = {}
        for span in doc.spans["people"]:
            name = " ".join(span.text.split())
            words = name.casefold().split()
            known = forms.setdefault((words[0], words[-1]), [])
            if name not in known:
                known.append(name)
        people = cls()
        text = doc.user_data["layout"].text
        bearers = Counter(last for _, last in forms)
        for names in forms.values():
            label = max(names, key=lambda n: (len(n.split()), -names.index(n)))
            entity = Entity(Kind.PERSON, label, alt=tuple(sorted(set(names) - {label})))
            people.by_name |= dict.fromkeys(names, entity)
            last = label.split()[-1]
            if bearers[last.casefold()] == 1 and _is_said_alone(text, last):
                people.by_name.setdefault(last, entity)
            for honorific in ("Dr", "Mr", "Ms", "Mrs", "Prof", "Professor", "Sir", "Dame"):
                people.by_name.setdefault(f"{honorific} {last}", entity)
                people.by_name.setdefault(f"{honorific}. {last}", entity)
        return people
