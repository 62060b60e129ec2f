"""Candidate names of organisations → entities: which names of a release are one organisation, and whose release it is.

What is joined here is joined on grounds that the release itself gives; across releases `kg.resolution` decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import DamerauLevenshtein

from kg.extract.abbreviations import Definition
from kg.extract.document import Layout, SectionKind
from kg.extract.entities import Drugs, drug_key
from kg.extract.grouping import Groups
from kg.extract.listings import tickers_after, tickers_in_prose
from kg.extract.names import CREDENTIAL, LEGAL_FORM, ORGANIZATION_TAIL, known_organizations
from kg.model import Entity, Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_QUOTED_ALIAS: Final = re.compile(
    r"\s*(?:,\s*)?\((?:[^()\"]{0,40})((?:(?:the\s+|or\s+|hereinafter\s+|"
    r"together\s+)*\"[^\"]{2,30}\"(?:,?\s+(?:or|and)\s+)?)+)\)"
)
_INSTITUTION: Final = re.compile(
    r"\b(?:University|Institutes?|Cent(?:er|re)s?|Hospitals?|Foundation|School|College|Department|"
    r"Society|Association|Academy|Agency|Council|Coalition|Fund|Ministry|Group|Clinic|Network|"
    r"Consortium|Bank|Authority|Commission|Trust|Alliance)\b"
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
        groups = Groups()
        cores: dict[str, str] = {}
        for _, _, name in places:
            core = known_organizations().get(without_legal_form(name), without_legal_form(name))
            cores[name] = core
            groups.root(core)
        ticker_of: dict[str, str] = {}
        tickers: list[tuple[str, str, int, int]] = []
        for _, end, name in places:
            for ticker, t_start, t_end in tickers_after(text, end):
                tickers.append((cores[name], ticker, t_start, t_end))
                ticker_of.setdefault(cores[name], ticker)
        for name, ticker, start, end in tickers_in_prose(text, places):
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
        for group in groups:
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


def _join_misspellings(groups: Groups, stems: Mapping[str, str], ticker_of: Mapping[str, str]) -> None:
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
        r"(?:www\.|https?://(?:www\.)?|@(?:[\w-]+\.)?)([\w-]+)\.(?:com|net|org|bio|de|fr|ch|co|eu|"
        r"io|health|[a-z]{2,3})\b",
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
