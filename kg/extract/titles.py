"""The grammar of titles: how they begin and end, what may stand in and beside them, what hangs on the printed form."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.patterns import Pattern
from kg.extract.people import CREDENTIAL, TITLE_WORD
from kg.model import Entity, Kind

CREDENTIALS: Final = rf"(?:(?:, ?| )(?-i:{CREDENTIAL})(?![\w]))*"
HONORIFICS: Final = (
    r"(?:(?:associate |assistant )?professor |(?:dr|prof|mr|ms|mrs|sir|dame)\.? (?:(?:dr|med|rer|nat)\.? )*)?"
)
OTHER: Final = "{disease}|{platform}|{drug_class}|{payload}|{target}|{treatment}|{endpoint}|{drug}"
_IN_TITLE: Final = (
    r"(?:(?!,? (?:and|but) (?:an?|is|was|has|have|had|also|currently|previously|former|formerly|will|who|"
    r"most|before|since) )"
    rf"(?:[^\"\ue000-\ue0ff;:.()|@+]|{OTHER}|{{organization}}(?= (?:at|of) (?:the )?{{organization}})|\.(?=\w)"
    rf"|(?-i:\(\"?[A-Z&]{{2,6}}\"?\))(?=,? and |, (?-i:[A-Z]))))"
)
_NAMED_CHAIR: Final = (
    r"(?:[A-ZÀ-Þ][\w.'’-]*,? (?:and |& )?){1,7}(?:Distinguished |Endowed |Research )?(?:Professor|Chair)\b"
)
TITLE: Final = rf"(?P<title>(?-i:{TITLE_WORD}|{_NAMED_CHAIR}){_IN_TITLE}{{0,110}}?)"
PLACE: Final = r"(?P<of>{organization|agency})"
#: Before a place; in "Professor of Pediatrics, Newborn Medicine at Foo University" the first is none.
AT_PLACE: Final = (
    r"(?:(?:,? in (?:the |its |our )?(?-i:[A-Z]|[\ue000-\ue0ff]|division |department |section |school |faculty "
    rf"|institute "
    rf")[^,.;:\"]{{2,80}}?)?"
    r",? (?:of|at|for|with|to),?(?: (?:the (?:venture )?(?:fund|investor|firm|company|charity|non-?profit"
    r"|organi[sz]ation|association|patient group"
    rf"|patient organi[sz]ation)|(?:its |our |alliance |{{organization}}(?:'s|') )*partner,?))? |, (?!(?:the "
    r")?{organization} (?:at|of) (?:the )?{organization}))(?:the )?"
    rf"{PLACE}(?!'s?\b|' | at (?:the )?{{organization}})"
)
#: Where a title ends that no organisation follows.
ENDS: Final = (
    r"(?= ?[\".;:()|]| [–-] (?-i:[a-z])|,? (?:effective|said|says|stated|added|commented|noted|explained|"
    r"succeeding|replacing|following|follows|succeeds|replaces|reports|commented|adds|notes|explains|continued"
    r"|concluded"
    r"|after|until|when|where|while|since|before|because|bringing|responsible|reporting|"
    r"overseeing|leading|based|starting"
    r"|beginning|on|in|from|will|who|to|has|is|was|had|were|are|led|leads|brings|joins|joined|by|"
    r"as (?:of|an?|the|its|our)\b|at which|takes?|took|becomes?"
    r"|and (?:earlier|before|previously|later|then|former|formerly|prior|will|member|a|an|is|was|has|have|had"
    r"|also|who|as|worked|led|helped|oversaw|managed|"
    r"built|contributed|held|spent"
    rf"|played|supported|responsible|remain|remains|serve|become|continue|continues|take|takes|elected"
    r"|re-elected|appointed|named|join|joined|joins)|but|with (?:immediate )?effect|at the end of|at (?:the|its"
    rf"|our) (?:\d{{4}} )?(?:annual"
    rf"|extraordinary|general|[AE]GM))\b"
    rf"|, (?-i:[\"a-z])(?!nd )|,? and {HONORIFICS}{{person}}|, {HONORIFICS}{{person}}|$)"
)
TITLE_NOUN: Final = Pattern(
    r"\b(?:officers?|chief executive|chief|board|advis[eo]rs?|president|CEO|CFO|CMO|CSO|COO|CTO|"
    r"CBO|CCO|CDO|CIO|SVP|EVP|VP|head"
    r"|directors?|co-?founders?|founders?|chair(?:man|woman|person|s)?|professor|investigators?|"
    r"managers?|partners?|scientist"
    r"|commissioner|secretary|lead|physician|\w+ologists?|\w+iatrist|\w+iatrician|surgeon|"
    r"neurosurgeon|consultant|members?|dean|academician|président|directeur|geschäftsführer(?:in)?"
    r"|counsel|fellow|coordinator|treasurer|trustee|representative|minister|provost|observer|"
    r"owner|leader|supervisor|specialist|lecturer|nurse|practitioner|geneticist|pharmacist|internist"
    r"|intensivist|obstetrician"
    r"|chancellor|rector|researcher|controller|comptroller|strategist|editor|an(?:a)?esthetist|dentist"
    r"|optometrist|statistician"
    r"|biostatistician|clinician|allergist|(?:bio)?chemist|\w+-in-chief|executive)\b",
    re.IGNORECASE,
)
#: What goes on after a title: "Chief Medical Officer *after serving as …*", "Chief Executive Officer*Date*: …".
_AFTER_TITLE: Final = Pattern(
    r",?\s+at\s+(?:the|its|our)\s+(?:\d{4}\s+)?(?:[Aa]nnual|[Ee]xtraordinary|[Gg]eneral|[Mm]eeting)\b.*$|"
    r",?\s+(?:with\s+(?:immediate\s+)?effect|(?:at|by|from|until)\s+the\s+(?:end|beginning|start)\s+of"
    r"|from\s+\d)\b.*$|"
    r",?\s+(?:after|before|while|where|since|when|appeared|bring(?:s|ing)|following|replacing|"
    r"succeeding|responsible|reporting"
    r"|overseeing|leading|effective|until|who|is|are|was|were|has|have|will|joins?|today"
    r"|for\s+an?\s+(?:\w+\s+)?(?:term|period))\b.*$"
    r"|,?\s+and\s+(?:(?:Announc|Report|Provid|Appoint|Nam|Expand|Promot|Welcom|Add|Strengthen|Join|Elect|Outlin"
    r"|Highlight|Updat"
    r"|Receiv|Complet|Present|Establish|Launch|Enter|Initiat|Clos|Rais|Secur|Advanc)e?s\s+[A-Z0-9]|Dr\b|Prof\b"
    r"|Mr\b|Ms\b).*$"
    r"|(?<=Officer)[A-Z][a-z].*$|(?<=C[EFMSO]O)[A-Z][a-z].*$|(?<=President)[A-Z][a-z].*$"
    r"|(?<=Director)[A-Z][a-z].*$|,?\s+"
    r"(?:Tel|Phone|T|\+?\d{2,})[\s.:-].*$"
)
#: A sentence about an appointment rather than a title: "board appointed".
NO_TITLE: Final = Pattern(
    r"\b(?:appoint(?:s|ed)|names|named|elect(?:s|ed)|announce[sd]?|hire[sd]?|welcome[sd]?|comprises|consists"
    r"|includes)\b",
    re.IGNORECASE,
)
#: Posts of doctors and scholars, who are no firm's: nobody's post unless the place is told.
ACADEMIC: Final = Pattern(
    r"\b(?:professor|physician|surgeon|specialist|lecturer|academician|dean|co-director"
    r"|(?:division|department|section) of|\w+ologist|\w+iatrist|\w+iatrician)\b",
    re.IGNORECASE,
)
#: "President of the patient organisation Foo": of another body, whose name nothing tells to be one.
ELSEWHERE: Final = Pattern(
    r"\bof\s+(?:the|an?)\s+(?:[\w-]+\s+){0,3}?(?:organi[sz]ation|association|foundation|charity|society"
    r"|federation)\b",
    re.IGNORECASE,
)
#: Parts that people play in a study: nobody's post unless the place is told.
IN_STUDY: Final = Pattern(
    r"(?:\b(?:investigators?|author|co-?author|co-?ordinator|chair(?:man|woman|person)? of the "
    r"(?:[\w-]+ ){0,4}committee)\b.*)",
    re.IGNORECASE,
)
_LOOSE_END: Final = Pattern(
    r"\s+(?:of|at|for|from|and|the|a|an|to|in|on|Tel|Phone|Telephone|E-?mail|Mobile|T|P|E|M)$"
)
_ARTICLE: Final = Pattern(r"^(?:(?:an?|the)\s+)?(?:(?:study|trial)'s\s+)?", re.IGNORECASE)
#: "Professor of Oncology at Charité": a place of work that nothing else tells to be an organisation.
_AT_UNKNOWN: Final = Pattern(
    r",?\s+at\s+(?:the\s+)?(?P<of>[A-ZÀ-Þ][\w.'’&-]*(?:(?:\s+(?:of|for|and|de|di|du|the|&|–|-|und|la)){0,2}"
    r"\s+[A-ZÀ-Þ][\w.'’&-]*){0,8})(?:\s+(?:in|and)\s+.*)?$"
)
#: "Professor of Cardiology, Université de Lille".
_AFTER_COMMA: Final = Pattern(
    r",\s+(?P<of>(?:[A-ZÀ-Þ][\w.'’-]*\s+(?:(?:of|for|de|di|du|the|la)\s+){0,2}){0,5}"
    r"(?:Hospital|University|Hôpital|Universit\w+|Clínic\w?|Clinic|Institut\w*|Klinik\w*|Charité|"
    r"College|School)"
    r"(?:\s+(?:(?:of|for|de|di|du|the|la)\s+){0,2}[A-ZÀ-Þ][\w.'’-]*){0,5})$"
)
#: "co-founder of Calyx": what a firm's officers are officers of.
_OF_UNKNOWN: Final = Pattern(
    r"(?P<title>.*\b(?:Officer|CEO|CFO|CMO|CSO|COO|President|founder|Founder|Partner|Chairman|"
    r"Chairwoman))\s+of\s+"
    r"(?P<of>[A-ZÀ-Þ][\w'’&-]*(?:\s+[A-ZÀ-Þ][\w'’&-]*){0,3})$"
)
#: "president of Saiyu Soka hospital": the kind of place in small letters.
_OF_SMALL: Final = Pattern(
    r"(?P<title>.*?)\s+(?:of|at|from)\s+(?:the\s+)?(?P<of>[A-ZÀ-Þ][\w'’-]*(?:\s+[A-ZÀ-Þ][\w'’-]*){0,4}\s+"
    r"(?:(?:university|general|children's)\s+)?(?:hospital|university|clinic|institute|medical\s+cent(?:er|re)"
    r"|cancer\s+cent(?:er|re)))"
    r"(?:[\s,].*)?$"
)
#: "lead clinical operations as Vice President": the title behind what is to be done.
_DOES_AS: Final = Pattern(r"^leads?\s+(?:[\w'’-]+\s+){1,8}?as\s+(?=[A-Z])")
_NO_FIRM: Final = Pattern(
    r"\b(?:Clinical|Medical|Research|Development|Oncology|Operations|Business|Global|Corporate|"
    r"Europe|America|Asia|North|US|U\.S|Head"
    r"|Board|Directors|Medicine|Finance|Science|Strategy)\b"
)
BOARD: Final = (
    r"(?-i:(?:[Bb]oard of [Dd]irectors|[Ss]upervisory [Bb]oard|(?:[Ss]cientific|[Cc]linical|[Mm]edical"
    r"|[Ss]trategic)(?: "
    r"(?:and|&) (?:[Ss]cientific|[Cc]linical|[Mm]edical))?"
    r" [Aa]dvisory (?:[Bb]oard|[Cc]ommittee|[Cc]ouncil)|[Ee]xecutive [Bb]oard|[Mm]anagement [Bb]oard|[Bb]oard "
    r"of [Mm]anagement|"
    r"[Bb]oard of [Tt]rustees|[Bb]oard))"
)


def settled_title(printed: str, organization: Entity | None) -> tuple[str, Entity | None]:
    """A title without what hangs on it, and the place that it names itself where nothing else tells it."""
    title = _AFTER_TITLE.sub("", " ".join(printed.split()).strip(" ,"))
    while _LOOSE_END.search(title):
        title = _LOOSE_END.sub("", title)
    title = _ARTICLE.sub("", _DOES_AS.sub("", title.strip(" ,–-")))
    if organization is None:
        small = _OF_SMALL.fullmatch(title)
        if small is not None:
            return small["title"], Entity(Kind.ORGANIZATION, small["of"])
        elsewhere = _AT_UNKNOWN.search(title) or _AFTER_COMMA.search(title)
        if elsewhere is not None:
            return title[: elsewhere.start()].strip(" ,"), Entity(
                Kind.ORGANIZATION, elsewhere["of"].strip(" .")
            )
        firm = _OF_UNKNOWN.fullmatch(title)
        if firm is not None and not _NO_FIRM.search(firm["of"]):
            return firm["title"], Entity(Kind.ORGANIZATION, firm["of"])
    return title, organization
