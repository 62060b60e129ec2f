"""Candidate names of organisations → entities: which names of a release are one organisation, and whose release it is.

What is joined here is joined on grounds that the release itself gives; across releases `kg.resolution` decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import DamerauLevenshtein

from kg.extract.abbreviations import Definition
from kg.extract.bare_names import spoken_of
from kg.extract.document import Layout, SectionKind, Sentence
from kg.extract.entities import Drugs, drug_key
from kg.extract.exchanges import Listing
from kg.extract.firm_words import LEGAL_FORM, ORGANIZATION_TAIL, known_organizations
from kg.extract.grouping import Groups
from kg.extract.lexicon import table
from kg.extract.listings import NAME_LABEL, tickers_after, tickers_in_prose, tickers_on_top
from kg.extract.occurrences import occurrences, occurs
from kg.extract.patterns import Pattern
from kg.extract.people import CREDENTIAL
from kg.model import Entity, Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_QUOTED_ALIAS: Final = Pattern(
    r"\s*(?:,\s*)?\((?:[^()\"']{0,40})((?:(?:the\s+|or\s+|hereinafter\s+|"
    r"together\s+)*[\"'][^\"']{2,30}[\"'](?:,?\s+(?:or|and)\s+)?)+)\)"
)
_LEGAL_BEHIND: Final = Pattern(rf"(?:,?\s+{LEGAL_FORM}\.?)?(?:\s*\([^()\"']*\))?")
#: What learns, cures or gives rather than sells.
INSTITUTION: Final = Pattern(
    r"\b(?:University|Organi[sz]ation|Institutes?|Cent(?:er|re)s?|Hospitals?|Foundation|School|College|Department|"
    r"Society|Association|Academy|Agency|Council|Coalition|Fund|Ministry|Group|Clinic|Network|"
    r"Consortium|Bank|Authority|Commission|Trust|Alliance)\b"
)


@cache
def _weak_stems() -> frozenset[str]:
    """The words of `lexicon/weak_stems.tsv`."""
    return frozenset(row["word"] for row in table("weak_stems"))


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
        codes_at = {s for s, e, _ in drugs.spans if any(c.isdigit() for c in text[s:e])}
        vocabulary_names = {" ".join(text[s:e].split()).casefold() for s, e in vocabulary_at}
        places: list[tuple[int, int, str]] = []
        for span in doc.spans["organizations"]:
            name = " ".join(span.text.split())
            if name.casefold() in vocabulary_names or drug_key(name) in drug_names:
                continue
            if span.start_char in codes_at:
                continue  # "granted AB-101 Regenerative Medicine Advanced Therapy"
            glued = 4 if re.match(r"(?:19|20)\d\d[A-Z]", name) else 0  # "May 3, 2021Acme SE today"
            places.append((span.start_char + glued, span.end_char, name[glued:]))
        groups = Groups()
        cores: dict[str, str] = {}
        for _, _, name in places:
            core = known_organizations().get(without_legal_form(name), without_legal_form(name))
            cores[name] = core
            groups.root(core)
        _join_spellings(groups, set(cores.values()))
        listed = [(cores[name], x) for _, end, name in places for x in tickers_after(text, end)]
        tickers_of: dict[str, list[str]] = {}
        for core, listing in listed:
            tickers_of.setdefault(core, []).append(listing.ticker)
        known = {
            x.ticker for _, x in listed
        }  # whose they are brackets tell better than what stands before in prose
        listed += [(cores[n], x) for n, x in tickers_in_prose(text, places) if x.ticker not in known]
        by_ticker: dict[str, str] = {}
        for core, listing in listed:
            groups.join(by_ticker.setdefault(listing.ticker, core), core)
        stems = {core: _stem(core) for core in set(cores.values())}
        _join_stems(groups, stems, Counter(cores[name] for _, _, name in places), set(tickers_of))
        for core in stems:
            bare = re.sub(r"\s+\([A-Z][a-z]+\)", "", core)
            if bare != core and bare in stems:
                groups.join(core, bare)  # "Acme (Suzhou) Biopharma"
        _join_beginnings(groups, places, cores)
        aliases = _aliases(text, places, defined, cores)
        for core, short in ((core, short) for core, shorts in aliases.items() for short in shorts):
            if short in stems:
                groups.join(core, short)  # "Acme Therapeutics plc ('Acme')", and "Acme" elsewhere
        _join_misspellings(groups, stems, tickers_of)
        issuer_name = _issuer_name(layout, places, listed, cores, groups)
        if issuer_name:
            labels = [m.end() for m in NAME_LABEL.finditer(text, 0, 3000)]
            sheets = [(start, cores[name]) for start, _, name in places if start in labels]
            for x in tickers_on_top(layout):
                if x.ticker not in by_ticker:  # of two firms' particulars, those over it are its firm's
                    listed.append(
                        (max((s for s in sheets if s[0] < x.start), default=(0, issuer_name))[1], x)
                    )
        organizations = cls()
        domains = _domains(text)
        counts = Counter(name for _, _, name in places)
        for group in groups:
            entity, names = _organization(group, text, cores, stems, counts, domains, tickers_of, aliases)
            for name in names:
                if name in known_organizations() or not re.fullmatch(CREDENTIAL, name):
                    organizations.by_name.setdefault(name, entity)
            if issuer_name in group:
                organizations.issuer = entity
        for core, x in listed:
            organizations.tickers.append((organizations.by_name[core], x.ticker, x.start, x.end))
        return organizations


def without_legal_form(name: str) -> str:
    """A company's name without "Inc.", "GmbH & Co. KG" and the like."""
    bare = re.sub(rf",?\s+{LEGAL_FORM}\.?$", "", name, flags=re.IGNORECASE).strip(" ,")
    return f"{bare} Co." if bare.endswith("&") else bare  # "Merck & Co., Inc."


def _stem(core: str) -> str:
    """The distinctive part of a company's name: "Acme" of "Acme Therapeutics"; empty for institutions."""
    if INSTITUTION.search(core):
        return ""
    core = re.sub(r"\s+\([A-Z][a-z]+\)", "", core)
    core = _GENERAL_HEAD.sub("", core)
    stem = re.sub(
        rf"(?:\s+(?:{ORGANIZATION_TAIL}|International|USA|US|America|Europe|&))+$", "", core
    ).strip()
    if len(stem) < 3 or stem.casefold() in _weak_stems():
        return ""
    return stem


#: "Gruppo Acme", "Laboratório Farmacêutico Acme"
_GENERAL_HEAD: Final = Pattern(
    r"^(?:Gruppo|Grupo|Groupe|Laborat[oó]rios?|Laboratoires?)\s+(?:Farmac[eê]utico\s+|Pharmaceutiques?\s+)?(?=[A-ZÀ-Þ][\w-]{3,})"
)
#: What a firm's name may end with or not: "Acme Biotherapeutics Group".
_WHOLE: Final = Pattern(r"\s+(?:Group|Holdings?)$", re.IGNORECASE)


def _join_spellings(groups: Groups, cores: Iterable[str]) -> None:
    """Join names that differ in capitals ("ACME PHARMA", over the text) or in "Group" and "Holding" only."""
    first: dict[str, str] = {}
    for core in sorted(cores):
        bare = _WHOLE.sub("", core)
        folded = (bare if " " in bare else core).casefold()
        if len(folded) > 5 or folded == core.casefold():
            groups.join(first.setdefault(folded, core), core)


def _join_stems(
    groups: Groups, stems: dict[str, str], counts: Mapping[str, int], listed: Container[str]
) -> None:
    """Join names with one distinctive part: "Acme", "Acme Pharma" and "Acme Pharmaceuticals".

    Near miss: "Acme Pharma" and "Acme Diagnostics" may be sisters; the bare "Acme" is then the one that is listed, or
    else spoken of more often, and the other one's part is taken out of `stems`: it is no name of it.
    """
    by_stem: dict[str, list[str]] = defaultdict(list)
    for core in sorted(stems, key=lambda c: (c not in listed, -counts.get(c, 0), -len(c), c)):
        if stems[core]:
            by_stem[stems[core].casefold()].append(core)
    for core, stem in stems.items():
        if not stem and core.casefold() in by_stem:
            by_stem[core.casefold()].append(core)  # a bare name too short to be sure of by itself
    for stem, cores in by_stem.items():
        with_tail = [core for core in cores if core.casefold() != stem]
        for index, core in enumerate(with_tail):
            kin = next((other for other in with_tail[:index] if _alike(other, core, len(stem))), None)
            if kin is not None:
                groups.join(kin, core)
        for core in cores:
            if core.casefold() == stem and (core != cores[0] or _are_kin(groups, with_tail)):
                groups.join(with_tail[0] if with_tail else cores[0], core)
        for core in with_tail:
            if _GENERAL_HEAD.match(core):  # "Gruppo Acme" and "Acme Farmaceutici"
                groups.join(next((c for c in cores if not _GENERAL_HEAD.match(c)), cores[0]), core)
        for core in with_tail[1:]:
            if groups.root(core) != groups.root(with_tail[0]):
                stems[core] = ""


def _are_kin(groups: Groups, names: Sequence[str]) -> bool:
    """Whether there are names and all of them are one firm's."""
    return len({groups.root(name) for name in names}) == 1


def _alike(one: str, other: str, stem: int) -> bool:
    """Whether what follows the distinctive part says the same: "Pharma" and "Pharmaceuticals", "Bio" and "Biotech"."""
    tails = [re.sub(r"[\W_]", "", name[stem:]).casefold() for name in (one, other)]
    short, long = sorted(tails, key=len)
    return long.startswith(short.rstrip("s")[:5])


def _join_beginnings(
    groups: Groups, places: Iterable[tuple[int, int, str]], cores: Mapping[str, str]
) -> None:
    """Join a short name with the longer one that begins with it: "Meridale" with "Meridale Cardiometabolics".

    Near misses: "National" and "National Institutes …"; a well-known firm's name; a beginning of two firms' names.
    """
    known = known_organizations()
    distinct = sorted({cores[name] for _, _, name in places})
    for short in distinct:
        if short in known or short in known.values() or len(short) < 4 or short.casefold() in _weak_stems():
            continue
        longer = {
            groups.root(c): c for c in distinct if c.startswith(f"{short} ") and not INSTITUTION.search(c)
        }
        others = [core for root, core in longer.items() if root != groups.root(short)]
        if len(others) == 1 and not INSTITUTION.search(short):
            groups.join(others[0], short)


def _join_misspellings(
    groups: Groups, stems: Mapping[str, str], tickers_of: Mapping[str, Sequence[str]]
) -> None:
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
            one, two = tickers_of.get(core), tickers_of.get(other)
            if one and two and one[0] != two[0]:
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
        legal = _LEGAL_BEHIND.match(text, end)
        quoted = _QUOTED_ALIAS.match(text, legal.end() if legal else end)
        if quoted:
            for short in re.findall(r"[\"']([^\"']+)[\"']", quoted[1]):
                short = short.strip(" ,.")  # noqa: PLW2901 - the same name, bare
                if (
                    short.casefold() not in ("company", "the company", "we", "us", "our")
                    and short[:1].isupper()
                ):
                    out[cores[name]].add(short)
    return out


_HEADS: Final = ("About", "ABOUT", "Source:")


def _organization(  # noqa: PLR0917 - what is known of the group, gathered in `read`
    group: list[str],
    text: str,
    cores: Mapping[str, str],
    stems: Mapping[str, str],
    counts: Counter[str],
    domains: Counter[str],
    tickers_of: Mapping[str, Sequence[str]],
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

    given = {alias for core in group for alias in aliases.get(core, ())}  # short names
    full = [core for core in group if core not in given] or group
    best_stem: Counter[str] = Counter()
    for core in full:
        best_stem[(stems.get(core) or core).casefold()] += weight[core] + 100 * spelled[core]
    right = max(sorted(best_stem), key=lambda s: best_stem[s])

    def fits(core: str) -> bool:
        stem = (stems.get(core) or core).casefold()
        return stem == right or stem.startswith(f"{right} ") or right.startswith(f"{stem} ")

    spelled_right = sorted(c for c in full if fits(c))
    # The name that it gives itself: over an "About …" section, with its ticker or legal form.
    own = {c for n, c in cores.items() if n != c or c in tickers_of} | {
        c for c in group if any(text[:at].rstrip().endswith(_HEADS) for at in occurrences(text, c))
    }
    # the fuller form of its own name, or of one that everybody knows, where that is one word
    bases = [c for c in group if " " not in c and (c in own or c in known_organizations())]
    own |= {c for c in group if any(c.casefold().startswith(f"{base} ".casefold()) for base in bases)}
    label = max(
        spelled_right,
        key=lambda c: (
            not c.isupper() or " " not in c,
            c in own,
            min(len(c.split()), 6) if c in own else weight[c],
            weight[c],
            c,
        ),
    )
    alt, hidden, searched = set[str](), set[str](), set[str]()
    for name in names:
        core = cores.get(name, name)
        wrong = core in stems and not fits(core) and core not in {*given, *known_organizations().values()}
        (hidden if wrong else alt).add(name)
        searched.add(name)
        stem = stems.get(core, "")
        if stem and stem != core and occurs(text, stem):
            (hidden if wrong else alt).add(stem)
            searched.add(stem)
        for short in (*_beginnings(stem, text), *_without_head(core, text)):
            (hidden if wrong else alt).add(short)
            searched.add(short)
    for core in group:
        alt |= aliases.get(core, set())
        searched |= aliases.get(core, set())
    keys = tuple(sorted({f"ticker:{ticker}" for c in group for ticker in tickers_of.get(c, ())}))
    entity = Entity(
        Kind.ORGANIZATION,
        label,
        tuple(sorted(alt - {label})),
        tuple(sorted(hidden - alt - {label})),
        keys=keys,
    )
    return entity, searched | {label}


_JOINING: Final = ("of", "and", "&", "for")
_ALONE: Final = Pattern(r"'s?(?!\w)|\s+(?=[a-z(])|[,.;:\"]|$")


def _beginnings(core: str, text: str) -> Iterable[str]:
    """The longest beginning of a name that stands alone somewhere: "Marlin Bay" of "Marlin Bay Immunology".

    A single word counts only where it is no word of the language: it never stands in small letters.
    """
    words = core.split(" ")
    for count in range(len(words) - 1, 0, -1):
        short = " ".join(words[:count])
        if len(short) <= 3 or short.casefold() in _weak_stems() or words[count - 1] in _JOINING:
            continue
        ends = (at + len(short) for at in occurrences(text, short))
        if any(_ALONE.match(text, end) for end in ends) and (count > 1 or not _is_word(text, short.lower())):
            yield short
            return


_DOMAIN_END: Final = Pattern(r"\.[a-z]")


def _is_word(text: str, word: str) -> bool:
    """Whether a word is printed in small letters other than in an address: "ir.acme.com", "info@acme.com"."""
    return any(
        text[at - 1 : at] not in ("@", ".", "/") and _DOMAIN_END.match(text, at + len(word)) is None
        for at in occurrences(text, word)
    )


#: "Acme Therapeutics, Inc. ("Acme" or the "Company")": it speaks of itself.
_SELF: Final = Pattern(
    rf"(?:,?\s+{LEGAL_FORM}\.?)?(?:\s*\([^()\"]*\))*\s*,?\s*\([^()]{{0,60}}?\"?(?:the\s+)?\"?(?:Company|Corporation|Group)\b",
    re.IGNORECASE,
)


#: "Acme Rare Disease, a division of Acme Industries": the whole speaks.
_PART_OF: Final = Pattern(
    r",?\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}?(?:division|business\s+unit|unit|arm)\s+of\s+(?:the\s+)?"
)


#: "Laboratoires Castel": called "Castel" for short.
_HEADED: Final = Pattern(
    r"(?:Laborat(?:oires?|[oó]rios?)|Grupo|Groupe|Gruppo|Compagnie)\s+(?=[A-ZÀ-Þ][\w-]{3,}$)"
)


def _without_head(core: str, text: str) -> Iterable[str]:
    """The name behind a general first word, where it stands alone somewhere."""
    head = _HEADED.match(core)
    if head is not None:
        short = core[head.end() :]
        if any(not text[:at].endswith(head[0]) for at in occurrences(text, short)):
            yield short


#: Behind the name that a title begins with: "Acme AB (publ): Interim report".
_TITLE_OF: Final = Pattern(r"(?:\s+\(publ\.?\))?\s*(?::|\s[–—|-]\s)")


def _first_naming(layout: Layout, kind: SectionKind, places: list[tuple[int, int, str]]) -> Sentence | None:
    """The first sentence of a kind of section, in a body or letterhead the first of some that names an organisation."""
    sentences = list(islice((s for s in layout.sentences if s.section.kind is kind), 8))
    if kind not in (SectionKind.BODY, SectionKind.METADATA):
        return sentences[0] if sentences else None
    return next(
        (s for s in sentences if any(s.start <= start < s.end for start, _, _ in places)),
        None,
    )


#: Societies are named first for their meetings: "presented at the Annual Meeting of the Foo Society".
_OF_MEMBERS: Final = Pattern(r"\b(?:Society|Association|Congress)$")
_TODAY_MET: Final = Pattern(r"\b(?:Meeting|Congress)\b")
_TODAY: Final = Pattern(r"\btoday\b")
#: "Acme Reports Full-Year Results": whose news it is stands before the verb.
_TITLE_VERB: Final = Pattern(
    r",?(?:\s+(?:Inc|Ltd|plc|AG|SE|NV|AB|A/S|S\.A|Corp)\.?)?\s+(?:announc|report|provid|present|receiv|submit|initiat"
    r"|complet|dos|appoint|nam|enter|highlight|publish|launch|expand|secur|obtain|achiev|start|to\s+present)(?:e?s)?\b",
    re.IGNORECASE,
)


#: "By order of the Board, Acme Limited": who signs an announcement.
_SIGNED: Final = Pattern(
    r"\b(?:[Bb]y\s+order\s+of\s+the\s+[Bb]oard(?:\s+of(?:\s+directors\s+of)?)?|[Ff]or\s+and\s+on\s+behalf\s+of)\W+$"
)
_TITLE_END: Final = Pattern(r"\s+(?:[Rr]eports|[Ss]ays|[Aa]nnounces|[Ss]hows)\W*$")


#: Where the first organisation named may be the issuer: the body, the foot, the title, a letterhead.
_FIRST_NAMED: Final = (
    (SectionKind.BODY, 3), (SectionKind.SOURCE, 4), (SectionKind.HEADLINE, 1), (SectionKind.METADATA, 3),
)  # fmt: skip


def _issuer_name(
    layout: Layout,
    places: list[tuple[int, int, str]],
    listed: Iterable[tuple[str, Listing]],
    cores: Mapping[str, str],
    groups: Groups,
) -> str:
    """Core name of whose release it is: who announces, is listed, calls itself the Company, is the source.

    Each of these speaks for an organisation; the first named of the best wins.
    """
    votes: Counter[str] = Counter()
    first_named: dict[str, str] = {}

    def vote(core: str, weight: int) -> None:
        root = groups.root(core)
        first_named.setdefault(root, core)
        votes[root] += weight

    body = layout.first(SectionKind.BODY)
    for name, core in cores.items():
        # the short name, which stands for the full one of the title or letterhead
        start = layout.text.find(core, body.start) if body is not None and len(core) > 4 else -1
        if start >= 0 and not any(low < start + len(core) and start < high for low, high, _ in places):
            places = [*places, (start, start + len(core), name)]
    firsts: list[tuple[int, int]] = []
    for kind, weight in _FIRST_NAMED:
        first = _first_naming(layout, kind, places)
        if first is None:
            continue
        inside = sorted(
            (start, -end, name) for start, end, name in places if first.start <= start < first.end
        )
        for number, (_, _, name) in enumerate(inside):
            roots = [groups.root(cores[n]) for _, _, n in inside[: number + 1]]
            if roots[-1] == roots[0] or roots[-1] not in roots[:-1]:  # another counts once, however often
                vote(cores[name], weight if number == 0 else 1 if kind is SectionKind.BODY else 0)
        if kind is SectionKind.HEADLINE and inside and _TITLE_OF.match(layout.text, -inside[0][1]):
            vote(cores[inside[0][2]], 4)
        if kind is SectionKind.HEADLINE and inside and inside[0][0] == first.start:
            vote(cores[inside[0][2]], 3 if _TITLE_VERB.match(layout.text, -inside[0][1]) else 0)
        if kind is SectionKind.BODY:
            firsts.append((first.start, first.end))
            for _, end, name in inside:
                if _SELF.match(layout.text, -end):
                    vote(cores[name], 6)
            for (_, end, _), (start, _, whole) in pairwise(inside):
                if _PART_OF.fullmatch(layout.text, -end, start):
                    vote(cores[whole], 9)
    for core in {
        cores[name] for start, _, name in places if _SIGNED.search(layout.text, max(0, start - 60), start)
    }:
        vote(core, 6)
    headline = layout.first(SectionKind.HEADLINE)
    title = layout.text[headline.start : headline.end] if headline is not None else ""
    if headline is not None:
        for start, end, name in places:
            if headline.start <= start < headline.end and _TITLE_END.match(layout.text, end, headline.end):
                vote(cores[name], 4)  # "Walk Distance Improved, Acme Reports"
    for core in set(cores.values()):
        if (
            len(core) > 8
            and title[: len(core)].casefold() == core.casefold()
            and _TITLE_OF.match(title, len(core))
        ):
            vote(core, 4)  # "ACME THERAPEUTICS - AT A GLANCE"
    topics = {section.topic.casefold() for section in layout.sections if section.topic}
    for name, core in cores.items():
        if name.casefold() in topics:
            vote(core, 1)
    for core in {core for core, x in listed for start, end in firsts if start <= x.start < end}:
        vote(core, 2)
    if layout.first(SectionKind.DATELINE) is None and not any(
        _TODAY.search(layout.text, start, end) for start, end in firsts
    ):
        for name, told in spoken_of(layout.text).items():
            if name in cores:
                vote(cores[name], min(8, 2 * sum(told.values())))
    for core in set(cores.values()):
        if core and INSTITUTION.search(core) and groups.root(core) in votes:
            votes[groups.root(core)] -= (
                4 if _OF_MEMBERS.search(core) and _TODAY_MET.search(layout.text) else 2
            )
    if not votes:
        return ""
    best = max(votes.values())
    return next(first_named[root] for root in first_named if votes[root] == best)
