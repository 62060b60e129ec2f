"""Candidate names → entities: which names of a release are one drug, one organisation, one person.

What is joined here is joined on grounds that the release itself gives; across releases `kg.resolution` decides.
"""

# ruff: noqa: E501 - patterns are read whole

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import DamerauLevenshtein

from kg.extract.abbreviations import Definition
from kg.extract.document import Layout, SectionKind
from kg.extract.drug_names import is_inn
from kg.extract.names import CREDENTIAL, LEGAL_FORM, ORGANIZATION_TAIL, known_organizations
from kg.model import Entity, Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc


class _Groups:
    """Names joined into groups (a union-find over strings)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        parent = self._parent.setdefault(name, name)
        while parent != self._parent[parent]:
            parent = self._parent[parent]
        self._parent[name] = parent
        return parent

    def join(self, one: str, other: str) -> None:
        self._parent[self.root(other)] = self.root(one)

    def __iter__(self) -> Iterable[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for name in self._parent:
            groups[self.root(name)].append(name)
        return iter(groups.values())


# --- drugs ----------------------------------------------------------------------------------------------

_TO_ALIAS: Final = re.compile(
    r"[™®]?\s*(?:[(\[]\s*|\)?,\s+)(?:(?:also|formerly|previously|originally)\s+(?:known|referred\s+to|named|called)?\s*(?:as|to\s+as)?|known\s+(?:formerly|previously|also)\s+as|(?:IV|SC|INN|generic):|marketed\s+as|generic\s+name:?|"
    r"brand\s+name:?|known\s+as|or|now\s+(?:called|known\s+as))?\s*\"?$"
    r"|[™®]?\s+is\s+(?:approved|marketed|sold|available|commerciali[sz]ed)(?:\s+in\s+(?:the\s+)?[\w. ]{2,20}?)?\s+(?:as|under\s+the\s+(?:brand|trade)\s+name)\s+$"
)
_CODED: Final = re.compile(r"[A-Z][A-Za-z]{1,5}[-\s]?[A-Z]?\d{2,6}[A-Z]?")
_PLAIN_PARENTHESIS: Final = re.compile(r"[™®]?\s*[(\[]\s*\"?$")
_PAYLOAD_BEFORE: Final = re.compile(
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
        groups = _Groups()
        printed: dict[str, Counter[str]] = defaultdict(Counter)
        for _, _, name in places:
            key = drug_key(name)
            groups.root(key)
            printed[key][name] += 1
        given: list[tuple[str, str, int, int]] = []
        for (start, end, name), (next_start, next_end, next_name) in pairwise(places):
            between = text[end:next_start]
            if between == "/" and _CODED.fullmatch(name) and _CODED.fullmatch(next_name):
                groups.join(drug_key(name), drug_key(next_name))  # "BQN123/XB-101": two firms' codes
                given.append((name, next_name, start, next_end))
                continue
            if len(between) > 70 or not _TO_ALIAS.match(between):
                continue
            plain = bool(_PLAIN_PARENTHESIS.match(between))
            branded = "®" in between or "™" in between
            if plain and not branded and not re.match(r"[™®]?\"?\s*[)\],;/\[]", text[next_end:]):
                continue
            if between.strip().startswith(",") and between.strip() == ",":
                continue
            if drug_key(name) == drug_key(next_name) or _are_two_things(
                text, start, name, next_name, vocabulary_at.get((start, end))
            ):
                continue
            groups.join(drug_key(name), drug_key(next_name))
            given.append((name, next_name, start, next_end))
        drugs = cls()
        entity_of: dict[str, Entity] = {}
        for group in groups:  # type: ignore[attr-defined]
            names: Counter[str] = Counter()
            for key in group:
                names += printed[key]
            label = max(names, key=lambda n: (names[n], not n.isupper(), -places_index(places, n)))
            if is_inn(label.split()[0]) and len(group) == 1:
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


def _drug_places(
    text: str, doc: Doc, vocabulary_at: Mapping[tuple[int, int], Entity]
) -> list[tuple[int, int, str]]:
    """(start, end, name) of the candidates, longest first where they overlap; numbers completed from the code before."""
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
        name = re.sub(r"(?<=[a-z])TM$", "", " ".join(text[start:end].split()))  # a sign set small and lost
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
    if is_inn(name.rsplit(maxsplit=1)[-1]) and is_inn(other.rsplit(maxsplit=1)[-1]):
        return True
    if known is not None and known.kind is Kind.PAYLOAD:
        return True
    return (
        is_inn(name)
        and bool(re.search(r"\d", other))
        and bool(_PAYLOAD_BEFORE.search(text[max(0, start - 90) : start]))
    )


# --- organisations --------------------------------------------------------------------------------------

EXCHANGES: Final = (
    r"NASDAQ|Nasdaq|NYSE|OTC\w*|TSX-?V?|ASX|LSE|AIM|Euronext|SIX|XICE|TSE|TYO|TOKYO|TASE|HKEX|SEHK|HKG|KOSDAQ|KRX|KOSPI|FSE|XETRA|Xetra|BSE|NSE|CSE|SSE|SZSE|STO|OMX|Frankfurt(?:\s+Stock\s+Exchange)?|Paris|"
    r"OSE|BME|MTA|Oslo\s+B[øo]rs|Tokyo\s+Stock\s+Exchange|Hong\s+Kong\s+Stock\s+Exchange"
)
TICKER: Final = re.compile(
    rf"\b({EXCHANGES})((?:,?\s+[A-Z][A-Za-z]+){{0,4}})\s*[:：]\s*([A-Z0-9][A-Z0-9.\-]{{0,7}})(?![\w])"
)
_QUOTED_ALIAS: Final = re.compile(
    r"\s*(?:,\s*)?\((?:[^()\"]{0,40})((?:(?:the\s+|or\s+|hereinafter\s+|together\s+)*\"[^\"]{2,30}\"(?:,?\s+(?:or|and)\s+)?)+)\)"
)
_INSTITUTION: Final = re.compile(
    r"\b(?:University|Institutes?|Cent(?:er|re)s?|Hospitals?|Foundation|School|College|Department|Society|Association|Academy|Agency|Council|Coalition|Fund|Ministry|Group|Clinic|Network|Consortium|Bank|Authority|Commission|Trust|Alliance)\b"
)
_WEAK_STEMS: Final = frozenset(
    [
        "national",
        "american",
        "european",
        "international",
        "first",
        "new",
        "advanced",
        "global",
        "general",
        "united",
        "royal",
        "central",
        "western",
        "eastern",
        "northern",
        "southern",
        "pacific",
        "atlantic",
        "clinical",
        "medical",
        "cancer",
        "oncology",
        "precision",
        "life",
        "health",
        "the",
        "drug",
        "bio",
        "gene",
        "cell",
        "immune",
        "summit",
        "harbor",
    ]
)


@dataclass(slots=True)
class Organizations:
    """The organisations of one release.

    Attributes:
        by_name: every printed name → the organisation.
        issuer: whose release it is.
        tickers: (organisation, "NASDAQ:ACME", start, end of the parenthesis' content).
    """

    by_name: dict[str, Entity] = field(default_factory=dict)
    issuer: Entity | None = None
    tickers: list[tuple[Entity, str, int, int]] = field(default_factory=list)

    @classmethod
    def read(  # noqa: PLR0917 - the stages before, in their order
        cls,
        text: str,
        layout: Layout,
        doc: Doc,
        defined: Iterable[Definition],
        vocabulary_at: Mapping[tuple[int, int], Entity],
        drugs: Drugs,
    ) -> Organizations:
        """Group the candidate names of a document into organisations."""
        drug_names = {drug_key(n) for _, _, e in drugs.spans for n in e.names}
        vocabulary_names = {" ".join(text[s:e].split()).casefold() for s, e in vocabulary_at}
        places: list[tuple[int, int, str]] = []
        for span in doc.spans["organizations"]:
            name = " ".join(span.text.split())
            if name.casefold() in vocabulary_names or drug_key(name) in drug_names:
                continue
            places.append((span.start_char, span.end_char, name))
        groups = _Groups()
        cores: dict[str, str] = {}
        for _, _, name in places:
            core = known_organizations().get(without_legal_form(name), without_legal_form(name))
            cores[name] = core
            groups.root(core)
        ticker_of: dict[str, str] = {}
        tickers: list[tuple[str, str, int, int]] = []
        for _, end, name in places:
            for ticker, t_start, t_end in _tickers_after(text, end):
                tickers.append((cores[name], ticker, t_start, t_end))
                ticker_of.setdefault(cores[name], ticker)
        for name, ticker, start, end in _tickers_in_prose(text, places):
            if (cores[name], ticker) not in {(core, known) for core, known, _, _ in tickers}:
                tickers.append((cores[name], ticker, start, end))
        by_ticker: dict[str, str] = {}
        for core, ticker, _, _ in tickers:
            groups.join(by_ticker.setdefault(ticker, core), core)
        stems = {core: _stem(core) for core in set(cores.values())}
        by_stem: dict[str, str] = {}
        for core in sorted(stems, key=len, reverse=True):
            if stems[core]:
                groups.join(by_stem.setdefault(stems[core].casefold(), core), core)
        for core in stems:
            fuller = by_stem.get(core.casefold())
            if fuller is not None and fuller != core:
                groups.join(fuller, core)
        for core in stems:
            bare = re.sub(r"\s+\([A-Z][a-z]+\)", "", core)
            if bare != core and bare in stems:
                groups.join(core, bare)  # "Acme (Suzhou) Biopharma"
        _join_misspellings(groups, stems, ticker_of)
        issuer_name = _issuer_name(layout, places, tickers, cores)
        organizations = cls()
        domains = _domains(text)
        counts = Counter(name for _, _, name in places)
        aliases = _aliases(text, places, defined, cores)
        for group in groups:  # type: ignore[attr-defined]
            entity, names = _organization(group, text, cores, stems, counts, domains, ticker_of, aliases)
            for name in names:
                if not re.fullmatch(CREDENTIAL, name):
                    organizations.by_name.setdefault(name, entity)
            if issuer_name in group:
                organizations.issuer = entity
        for core, ticker, start, end in tickers:
            organizations.tickers.append((organizations.by_name[core], ticker, start, end))
        return organizations


def without_legal_form(name: str) -> str:
    """A company's name without "Inc.", "GmbH & Co. KG" and the like."""
    return re.sub(rf",?\s+{LEGAL_FORM}\.?$", "", name, flags=re.IGNORECASE).strip(" ,")


def _stem(core: str) -> str:
    """The distinctive part of a company's name: "Acme" of "Acme Therapeutics"; empty for institutions."""
    if _INSTITUTION.search(core):
        return ""
    core = re.sub(r"\s+\([A-Z][a-z]+\)", "", core)
    stem = re.sub(
        rf"(?:\s+(?:{ORGANIZATION_TAIL}|International|USA|US|America|Europe|&))+$", "", core
    ).strip()
    if len(stem) < 3 or stem.casefold() in _WEAK_STEMS:
        return ""
    return stem


_LISTED: Final = re.compile(rf"(?:,?\s+{LEGAL_FORM}\.?)?[™®]?(?:\s*\(publ\))?")
_PARENTHESIS: Final = re.compile(r"\s*,?\s*(?:\"[^\"]+\"\s*)?\(([^()]*(?:\([^()]*\))?[^()]*)\)")
_CODE: Final = re.compile(
    r"\b(?:Stock\s+)?Code\s*:\s*(?P<code>\d{4,5})(?P<hong_kong>\.HK)?(?:\s*,\s*(?P<tokyo>TSE|Tokyo))?",
    re.IGNORECASE,
)
_HONG_KONG: Final = re.compile(r"(?<![\w.])(\d{3,5})\.HK\b")
#: Exchanges that are printed under more than one name.
_EXCHANGE: Final = {
    "FSE": "XETRA", "FRANKFURT": "XETRA", "FRANKFURT STOCK EXCHANGE": "XETRA", "SEHK": "HKEX",
    "HONG KONG STOCK EXCHANGE": "HKEX", "TYO": "TSE", "TOKYO STOCK EXCHANGE": "TSE", "SIX SWISS EXCHANGE": "SIX",
    "PARIS": "EURONEXT", "TSX-V": "TSXV", "TOKYO": "TSE", "HKG": "HKEX", "STO": "NASDAQ STOCKHOLM",
    "NEW YORK STOCK EXCHANGE": "NYSE", "LONDON STOCK EXCHANGE": "LSE", "TORONTO STOCK EXCHANGE": "TSX",
    "NASDAQ GLOBAL SELECT MARKET": "NASDAQ", "NASDAQ GLOBAL MARKET": "NASDAQ", "NASDAQ CAPITAL MARKET": "NASDAQ",
    "NASDAQ STOCK MARKET": "NASDAQ", "AUSTRALIAN SECURITIES EXCHANGE": "ASX",
}  # fmt: skip
_OMX_SHORT: Final = {"STO": "STOCKHOLM", "CPH": "COPENHAGEN", "HEL": "HELSINKI"}
_OMX_CITIES: Final = ("Copenhagen", "Stockholm", "Helsinki")


def _tickers_after(text: str, end: int) -> Iterable[tuple[str, int, int]]:
    """The tickers in the parentheses that follow a name: ("NASDAQ:ACME", start, end).

    Hits: "(TSX: ACM; NASDAQ: ACME)"; '("Acme") (Nasdaq Stockholm: ACM)'; "(TSXV:ACM)(OTCQB:ACMF)".
    """
    listed = _LISTED.match(text, end)
    position = listed.end() if listed else end
    if open_ := _IN_OPEN_TEXT.match(text, position):  # "Acme plc, Nasdaq: ACME ("Acme"), a …"
        found = TICKER.match(text, open_.end())
        assert found is not None
        exchange = " ".join(f"{found[1]} {found[2]}".split()).upper()
        yield f"{_EXCHANGE.get(exchange, exchange)}:{found[3].rstrip('.')}", found.start(), found.end()
        return
    for _ in range(4):
        match = _PARENTHESIS.match(text, position)
        if match is None:
            return
        for found in TICKER.finditer(text, match.start(1), match.end(1)):
            exchange = " ".join(found[1].split()).upper()
            extra = " ".join(found[2].replace(",", " ").split()).upper()
            exchange = _EXCHANGE.get(exchange, exchange)
            if exchange == "OMX":
                exchange = next((f"NASDAQ {city}".upper() for city in _OMX_CITIES if city in text), "NASDAQ")
            if exchange in ("NASDAQ", "OMX") and extra in _OMX_SHORT:
                exchange, extra = f"NASDAQ {_OMX_SHORT[extra]}", ""
            shared = re.search(rf"\b({EXCHANGES})\s*(?:,|/|and|&)\s*$", text[match.start(1) : found.start()])
            if extra == "CODE":
                extra = ""
            if (
                shared is None
                and extra
                and _EXCHANGE.get(extra, extra) != exchange
                and re.fullmatch(EXCHANGES, extra, re.IGNORECASE)
            ):
                yield f"{exchange}:{found[3].rstrip('.')}", found.start(), found.end()
                exchange, extra = extra, ""  # "(NYSE, TSX: ACM)"
            elif shared is not None:  # "(NYSE and TSX: ACM)"
                other = shared[1].upper()
                yield f"{_EXCHANGE.get(other, other)}:{found[3].rstrip('.')}", found.start(), found.end()
            if extra and not re.match(
                r"(?:GLOBAL|CAPITAL|SELECT|GS|GM|CM|STOCK|MARKET|SWISS|PRIME|REGULATED|FIRST NORTH)", extra
            ):
                exchange = f"{exchange} {extra}"
            yield f"{exchange}:{found[3].rstrip('.').removesuffix('.HK')}", found.start(), found.end()
        listed_in_asia = False
        if code := _CODE.search(text, match.start(1), match.end(1)):
            exchange = "TSE" if code["tokyo"] else "HKEX" if code["hong_kong"] or "Hong Kong" in text else ""
            if exchange:
                listed_in_asia = True
                yield f"{exchange}:{code['code']}", code.start(), code.end()
        bare = None if listed_in_asia else _HONG_KONG.search(text, match.start(1), match.end(1))
        if bare and not re.search(r":\s*$", text[match.start(1) : bare.start()]):
            yield f"HKEX:{bare[1]}", bare.start(), bare.end()
        position = match.end()


_IN_OPEN_TEXT: Final = re.compile(rf",\s+(?={TICKER.pattern}\s*(?:[(,]|\.\s|\n))")
_LISTED_ON: Final = re.compile(
    r"\b(?:listed|traded|quoted|trades?)\s+on\s+(?:the\s+)?(?P<exchange>[A-Z][\w.]*(?:\s+[A-Z]\w*){0,4}?(?:\s+\([A-Z]+\))?)"
    r"\s+(?:under\s+the\s+(?:ticker\s+|trading\s+)?symbol\s+|\((?:ticker:?\s+|symbol:?\s+)?)\"?(?P<symbol>[A-Z][A-Za-z0-9.-]{1,8})\"?(?=[\s).,;])"
)


def _tickers_in_prose(
    text: str, places: Iterable[tuple[int, int, str]]
) -> Iterable[tuple[str, str, int, int]]:
    """Listings told in words: (name, "NYSE:ACM", start, end), the name being the last one before.

    Hit: "Acme's ADRs are listed on the New York Stock Exchange (ACM)".  Near miss: "listed on the website (see below)".
    """
    for match in _LISTED_ON.finditer(text):
        named = [name for start, end, name in places if match.start() - 260 < start and end <= match.start()]
        exchange = re.sub(r"\s+\([A-Z]+\)$", "", " ".join(match["exchange"].split())).upper()
        exchange = _EXCHANGE.get(exchange, exchange)
        if named and re.match(rf"(?:{EXCHANGES})\b", exchange, re.IGNORECASE):
            yield named[-1], f"{exchange}:{match['symbol'].upper().rstrip('.')}", match.start(), match.end()


def _join_misspellings(groups: _Groups, stems: Mapping[str, str], ticker_of: Mapping[str, str]) -> None:
    """Join names that differ by a letter or two ("Cellectar", "Cellestar"), unless their tickers differ."""
    known = [(core, stem) for core, stem in sorted(stems.items()) if len(stem) >= 6]
    for index, (core, stem) in enumerate(known):
        for other, other_stem in known[index + 1 :]:
            if stem[0] != other_stem[0] or stem.casefold() == other_stem.casefold():
                continue
            if abs(len(stem) - len(other_stem)) > 2 or " " in stem or " " in other_stem:
                continue
            tail, other_tail = core[len(stem) :], other[len(other_stem) :]
            if tail and other_tail and tail != other_tail:
                continue
            one, two = ticker_of.get(core), ticker_of.get(other)
            if one and two and one != two:
                continue
            distance = DamerauLevenshtein.distance(stem.casefold(), other_stem.casefold())
            if distance <= 2 and distance / max(len(stem), len(other_stem)) <= 0.23:
                groups.join(core, other)


def _domains(text: str) -> Counter[str]:
    """Names of web domains and of mail domains that the release prints."""
    found = re.findall(
        r"(?:www\.|https?://(?:www\.)?|@(?:[\w-]+\.)?)([\w-]+)\.(?:com|net|org|bio|de|fr|ch|co|eu|io|health|[a-z]{2,3})\b",
        text,
    )
    return Counter(re.sub(r"[\W_]", "", d).casefold() for d in found)


def _aliases(
    text: str, places: Iterable[tuple[int, int, str]], defined: Iterable[Definition], cores: Mapping[str, str]
) -> dict[str, set[str]]:
    """Short names that the text itself gives: (CPDC), ("Acme"), (the "Company" or "Acme")."""
    out: dict[str, set[str]] = defaultdict(set)
    shorts = {d.long_end: d for d in defined}
    for _, end, name in places:
        definition = shorts.get(end)
        if definition is not None and (
            definition.short[0].upper() == name[0].upper() or definition.long_start < definition.long_end
        ):
            out[cores[name]].add(definition.short)
        legal = re.compile(rf"(?:,?\s+{LEGAL_FORM}\.?)?(?:\s*\([^()\"]*\))?").match(text, end)
        quoted = _QUOTED_ALIAS.match(text, legal.end() if legal else end)
        if quoted:
            for short in re.findall(r"\"([^\"]+)\"", quoted[1]):
                short = short.strip(" ,.")  # noqa: PLW2901
                if (
                    short.casefold() not in ("company", "the company", "we", "us", "our")
                    and short[:1].isupper()
                ):
                    out[cores[name]].add(short)
    return out


def _organization(  # noqa: PLR0917 - what is known of the group, gathered in `read`
    group: list[str],
    text: str,
    cores: Mapping[str, str],
    stems: Mapping[str, str],
    counts: Counter[str],
    domains: Counter[str],
    ticker_of: Mapping[str, str],
    aliases: Mapping[str, set[str]],
) -> tuple[Entity, set[str]]:
    """One organisation, and every name to look for in the text."""
    names = {name for name, core in cores.items() if core in group} | set(group)
    weight: Counter[str] = Counter()
    for name, core in cores.items():
        if core in group:
            weight[core] += counts[name]

    bare = {core: re.sub(r"[\W_]", "", stems.get(core) or core).casefold() for core in group}
    spelled: Counter[str] = (
        Counter()
    )  # by the release's own web and mail domains; the longest that fits counts
    for domain, count in domains.items():
        fitting = [
            c
            for c in sorted(group)
            if bare[c] and (domain.startswith(bare[c]) or (len(domain) > 4 and bare[c].startswith(domain)))
        ]
        longest = max((len(bare[c]) for c in fitting), default=0)
        for core in fitting:
            if len(bare[core]) == longest:
                spelled[core] += count

    best_stem: Counter[str] = Counter()
    for core in group:
        best_stem[(stems.get(core) or core).casefold()] += weight[core] + 100 * spelled[core]
    right = max(sorted(best_stem), key=lambda s: best_stem[s])
    spelled_right = sorted(c for c in group if (stems.get(c) or c).casefold() == right)
    # The name that it gives itself: over an "About …" section, with its ticker or legal form.
    own = {c for n, c in cores.items() if n != c or c in ticker_of} | {
        c for c in group if re.search(rf"(?:About|ABOUT|Source:)\s+{re.escape(c)}\b", text)
    }
    label = max(
        spelled_right,
        key=lambda c: (c in own, min(len(c.split()), 6) if c in own else weight[c], weight[c], c),
    )
    alt, hidden, searched = set[str](), set[str](), set[str]()
    for name in names:
        core = cores.get(name, name)
        wrong = (
            core in stems
            and (stems[core] or core).casefold() != right
            and core not in known_organizations().values()
        )
        (hidden if wrong else alt).add(name)
        searched.add(name)
        stem = stems.get(core, "")
        if stem and stem != core and re.search(rf"(?<![\w-]){re.escape(stem)}(?![\w-])", text):
            (hidden if wrong else alt).add(stem)
            searched.add(stem)
        if stem == core:
            for short in _beginnings(core, text):
                (hidden if wrong else alt).add(short)
                searched.add(short)
    for core in group:
        alt |= aliases.get(core, set())
        searched |= aliases.get(core, set())
    keys = tuple(sorted({f"ticker:{ticker_of[c]}" for c in group if c in ticker_of}))
    entity = Entity(
        Kind.ORGANIZATION,
        label,
        tuple(sorted(alt - {label})),
        tuple(sorted(hidden - alt - {label})),
        keys=keys,
    )
    return entity, searched | {label}


def _beginnings(core: str, text: str) -> Iterable[str]:
    """The longest beginning of a name that stands alone somewhere: "Marlin Bay" of "Marlin Bay Immunology".

    A single word counts only where it is no word of the language: it never stands in small letters.
    """
    words = core.split(" ")
    for count in range(len(words) - 1, 0, -1):
        short = " ".join(words[:count])
        alone = rf"(?<![\w-]){re.escape(short)}(?:'s?(?!\w)|\s+(?=[a-z(])|[,.;:\"]|$)"
        if (
            len(short) <= 3
            or short.casefold() in _WEAK_STEMS
            or words[count - 1] in ("of", "and", "&", "for")
        ):
            continue
        if not re.search(alone, text):
            continue
        if count > 1 or not re.search(rf"(?<![\w-]){re.escape(short.lower())}(?![\w-])", text):
            yield short
            return


def _issuer_name(
    layout: Layout,
    places: list[tuple[int, int, str]],
    tickers: list[tuple[str, str, int, int]],
    cores: Mapping[str, str],
) -> str:
    """Core name of the organisation whose release it is: who announces, who is listed, who is the source."""
    order = (SectionKind.BODY, SectionKind.SOURCE, SectionKind.HEADLINE)
    for kind in order:
        first = next((s for s in layout.sentences if s.section.kind is kind), None)
        if first is None:
            continue
        inside = sorted(
            (start, -end, name) for start, end, name in places if first.start <= start < first.end
        )
        listed = [core for core, _, start, _ in tickers if first.start <= start < first.end]
        if inside and kind is SectionKind.BODY and inside[0][0] - first.start > 60 and listed:
            return listed[0]
        if inside:
            return cores[inside[0][2]]
    return ""


# --- people ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class People:
    """The people of one release; `by_name` holds full names and, with their honorific, last names."""

    by_name: dict[str, Entity] = field(default_factory=dict)

    @classmethod
    def read(cls, doc: Doc) -> People:
        """Group the candidates of a document into people."""
        people = cls()
        for span in doc.spans["people"]:
            name = " ".join(span.text.split())
            if name not in people.by_name:
                entity = Entity(Kind.PERSON, name)
                people.by_name[name] = entity
                last = name.split()[-1]
                for honorific in ("Dr.", "Mr.", "Ms.", "Mrs.", "Prof.", "Professor"):
                    people.by_name.setdefault(f"{honorific} {last}", entity)
        return people
