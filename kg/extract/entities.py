"""Candidate names → entities: which names of a release are one drug.

What is joined here is joined on grounds that the release itself gives; across releases `kg.resolution` decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.extract.abbreviations import Definition
from kg.extract.grouping import Groups
from kg.extract.inn import is_inn
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc


# --- drugs ----------------------------------------------------------------------------------------------

_SIGN: Final = r"\s?(?:[™®]|\((?:R|TM)\))?"
#: "OSTEVIA® *Subcutaneous Injection 5 mg* (generic name: …": what is sold, between its names.
_PRESENTATION: Final = (
    r"(?:\s+(?:(?:[Ss]ubcutaneous|[Ii]ntravenous|[Ii]ntravitreal|[Ss]ubretinal|[Ii]ntrathecal|[Ii]ntramuscular|[Ii]ntradermal"
    r"|[Nn]asal|[Oo]phthalmic|[Tt]ransdermal|[Ee]xtended-[Rr]elease|[Dd]elayed-[Rr]elease|[Pp]re-?filled|[Ss]yringes?|[Ll]yophili[sz]ed"
    r"|[Pp]atch(?:es)?|[Gg]ranules|[Ee]ye|[Dd]rops|[Vv]ials?|[Pp]en|[Kk]it|[Ll]otion|[Ii]mplant|ER|XR|SR|PF|IV|SC"
    r"|[Oo]ral|[Tt]opical|[Ff]or|[Ii]njections?|[Ii]nj|[Tt]ablets?"
    r"|[Cc]apsules?|[Cc]ream"
    r"|[Gg]el|[Ss]olution|[Ss]uspension|[Ss]pray|[Ii]nfusion|[Ff]oam|[Oo]intment|[Pp]owder|and|m[gL]"
    r"|mcg|µg)\b\.?|\d[\d.,]*%?),?){0,8}"
)
_TO_ALIAS: Final = Pattern(
    rf"{_SIGN}{_PRESENTATION},?\s*(?:[(\[]\s*|\)?,\s+|;\s+(?=development\s+code|code))(?:(?:also|formerly"
    r"|previously|originally)\s+(?:known|identified|designated|"
    r"referred\s+to|named|called)?\s*(?:as|to\s+as)?|aka|a\.k\.a\.|known\s+(?:formerly|previously|also)\s+as|"
    r"(?:IV|SC|generic):|INN:?|marketed\s+as|(?:known\s+as|under)\s+(?:(?:study|the)\s+)(?:drug|(?:code|trade|brand)\s+name)|(?:generic|nonproprietary)\s+name:?"
    r"|(?:(?:development|R&D|product|project|study|research|internal|company|compound)\s+)?code(?:\s+(?:name|number))?:?"
    r"|(?:development|research|product|trade)\s+name:?|"
    r"brand\s+name:?|known\s+as|or|now(?:\s+(?:called|known\s+as|named))?)?\s*\"?$"
    rf"|{_SIGN}\s+(?:(?:is|was|has|been|will|be|therefore|being)\s+){{1,3}}(?:approved|marketed|sold|available"
    r"|commerciali[sz]ed|developed)(?:\s+(?:in|by)\s+[\w., ]{2,40}?)?\s+"
    r"(?:as|under\s+the\s+(?:brand|trade|code)\s+name)\s+$"
)
_PRESENTED: Final = Pattern(_PRESENTATION)
_OR: Final = Pattern(r",?\s+(?:or|and)\s+(?:as\s+)?|[,;]\s+(?:as\s+)?|/", re.IGNORECASE)
_CODED: Final = Pattern(r"[A-Za-z]{1,6}[-\s]?[A-Z]?\d{2,6}[A-Z]?")
_PLAIN_PARENTHESIS: Final = Pattern(rf"{_SIGN}\s*[(\[]\s*\"?$")
_PAYLOAD_BEFORE: Final = Pattern(
    r"(?:payloads?|deliver(?:y|s|ing)?(?:\s+of)?|conjugat\w+|linked|such\s+as|loaded)[^.;]{0,60}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Alias:
    """One place where the text gives a drug another name."""

    drug: Entity
    name: str
    start: int
    end: int


@dataclass(slots=True)
class Drugs:
    """The drugs of one release.

    Attributes:
        spans: (start, end, entity) of every candidate that counts.
        by_name: short forms that the text defines ("T-DXd").
        aliases: places where another name is given.
    """

    spans: list[tuple[int, int, Entity]] = field(default_factory=list)
    by_name: dict[str, Entity] = field(default_factory=dict)
    aliases: list[Alias] = field(default_factory=list)

    @classmethod
    def read(
        cls,
        text: str,
        doc: Doc,
        defined: Iterable[Definition],
        vocabulary_at: Mapping[tuple[int, int], Entity],
    ) -> Drugs:
        """Group the candidates of a document into drugs."""
        places = _drug_places(text, doc, vocabulary_at)
        groups = Groups()
        printed: dict[str, Counter[str]] = defaultdict(Counter)
        for _, _, name in places:
            key = drug_key(name)
            groups.root(key)
            printed[key][name] += 1
        for key in [k for k in printed if k.endswith("alfa") and k.removesuffix("alfa") in printed]:
            groups.join(key, key.removesuffix("alfa"))
        given: list[tuple[str, str, int, int]] = []
        told = 0  # where the last name ends that a bracket gives with words, "aka AB-1"
        for (start, end, name), (next_start, next_end, next_name) in pairwise(places):
            between = text[end:next_start]
            if between == "/" and _CODED.fullmatch(name) and _CODED.fullmatch(next_name):
                groups.join(drug_key(name), drug_key(next_name))  # "BQN123/XB-101": two firms' codes
                given.append((name, next_name, start, next_end))
                continue
            if told == end and _OR.fullmatch(between) and _CODED.fullmatch(next_name):
                groups.join(drug_key(name), drug_key(next_name))  # "zeta (formerly AB-1 or XY-2)"
                given.append((name, next_name, start, next_end))
                told = next_end
                continue
            if len(between) > 70 or not _TO_ALIAS.match(between):
                continue
            plain = bool(_PLAIN_PARENTHESIS.match(between))
            branded = re.search(r"[®™]|\((?:R|TM)\)", between) is not None or text[:end].endswith(
                ("TM", "tm")
            )
            if plain and not branded and not re.match(r"[™®]?\"?\s*[)\],;/\[]", text[next_end:]):
                continue
            if between.rstrip().endswith(", or") and not re.match(r"[™®]?\s*[,)]", text[next_end:]):
                continue  # "120 mg of AB-1, or zeta as control"
            bare = re.sub(r"[®™()\s]", "", _PRESENTED.sub("", between))
            if bare in ("", ",") and not plain and "(" not in re.sub(r"\((?:R|TM)\)", "", between):
                continue  # "TYVELO® (sintarimab injection), BYVARO® (…": the next of a list
            if drug_key(name) == drug_key(next_name) or _are_two_things(
                text, start, name, next_name, vocabulary_at.get((start, end))
            ):
                continue
            groups.join(drug_key(name), drug_key(next_name))
            given.append((name, next_name, start, next_end))
            told = 0 if plain else next_end
        drugs = cls()
        entity_of: dict[str, Entity] = {}
        for group in groups:
            names: Counter[str] = Counter()
            for key in group:
                names += printed[key]
            label = max(names, key=lambda n: (names[n], not n.isupper(), -places_index(places, n)))
            if is_inn(label.split()[0]) and len(group) == 1 and not re.search(r"[A-Z]", label[1:]):
                label = label[0].lower() + label[1:]
            entity = Entity(Kind.DRUG, label, alt=tuple(sorted({n for n in names if n != label})))
            entity_of |= dict.fromkeys(group, entity)
        drugs.spans = [(start, end, entity_of[drug_key(name)]) for start, end, name in places]
        drugs.aliases = [
            Alias(entity_of[drug_key(a)], b if entity_of[drug_key(a)].label != b else a, s, e)
            for a, b, s, e in given
        ]
        ends = {end: entity for _, end, entity in drugs.spans}
        starts = {end: start for start, end, _ in drugs.spans}
        for definition in defined:
            entity_ = ends.get(definition.long_end)
            if (
                entity_ is not None
                and drug_key(definition.short) not in entity_of
                and definition.short[0].lower() == text[starts[definition.long_end]].lower()
                and (definition.short_start, definition.short_end) not in vocabulary_at
                and ("-" in definition.short or _is_short_for(definition.short, entity_))
            ):
                drugs.by_name[definition.short] = entity_
        return drugs


def _is_short_for(short: str, drug: Entity) -> bool:
    """Whether a definition's capitals are letters of a drug's name, in order: "efruxifermin (EFX)"."""
    letters = iter(drug.label.casefold())
    return re.fullmatch(r"[A-Z]{3,6}", short) is not None and all(c.casefold() in letters for c in short)


def places_index(places: list[tuple[int, int, str]], name: str) -> int:
    """Offset of the first place where a name is printed."""
    return next(start for start, _, n in places if n == name)


def drug_key(name: str) -> str:
    """What spellings of one drug's name share: letters and digits ("CLR 131", "CLR-131", "CLR131")."""
    return re.sub(r"[\W_]+", "", name).casefold()


_SUFFIX: Final = Pattern(r"-[a-z]{4}$")


def _drug_places(
    text: str, doc: Doc, vocabulary_at: Mapping[tuple[int, int], Entity]
) -> list[tuple[int, int, str]]:
    """(start, end, name) of the candidates, the longest where they overlap; numbers completed from the code before."""
    spans = sorted({(s.start_char, s.end_char) for s in doc.spans["drugs"]}, key=lambda x: (x[0], -x[1]))
    out: list[tuple[int, int, str]] = []
    last_end = -1
    prefix = ""
    for start, end in spans:
        if start < last_end:
            continue
        known = vocabulary_at.get((start, end))
        if known is not None and known.kind not in (Kind.DRUG, Kind.PAYLOAD):
            continue
        # a sign set small and lost
        name = re.sub(r"(?<=[a-z])TM$|(?<=[A-Z]{3})tm$", "", " ".join(text[start:end].split()))
        suffix = _SUFFIX.search(name)
        if suffix is not None and is_inn(name[: suffix.start()].rsplit(maxsplit=1)[-1]):
            name = name[: suffix.start()]  # "bevacizumab-awwb"
        if name.isdigit():
            name = prefix + name
        else:
            head = re.match(r"(.*?[A-Za-z][\s-]?)\d+$", name)
            prefix = head[1] if head else ""
        out.append((start, end, name))
        last_end = end
    return out


def _are_two_things(text: str, start: int, name: str, other: str, known: Entity | None) -> bool:
    """Whether "A (B)" names two things: a payload and its conjugate, two drugs of a regimen.

    Hits: "delivery of chemotherapeutics such as paclitaxel (CLR 1602-PTX)"; "prednisone (dexamethasone)".
    Near misses: "Keytruda (pembrolizumab)"; "pembrolizumab (MK-3475)".
    """
    if "-" in other and name[:3].lower() == other[:3].lower():
        return False  # "delpacibart etedesiran (del-desiran)"
    if is_inn(name.rsplit(maxsplit=1)[-1]) and is_inn(other.rsplit(maxsplit=1)[-1]):
        return True
    if known is not None and known.kind is Kind.PAYLOAD:
        return True
    return (
        is_inn(name)
        and bool(re.search(r"\d", other))
        and bool(_PAYLOAD_BEFORE.search(text[max(0, start - 90) : start]))
    )
