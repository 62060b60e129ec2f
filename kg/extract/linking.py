"""Mentions → linked entities: one `Entity` for all mentions of a thing inside one release."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.extract import genes
from kg.extract.abbreviations import Definition
from kg.extract.document import Layout, Section, SectionKind, Sentence
from kg.extract.entities import Drugs
from kg.extract.focus import is_partner
from kg.extract.frames import frame
from kg.extract.inn import is_established, is_inn
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.occurrences import single_spaced
from kg.extract.organizations import Organizations, without_legal_form
from kg.extract.patterns import Pattern
from kg.extract.people import People
from kg.extract.release_dates import published
from kg.model import Concept, Entity, Kind, Mention, Release, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class _Span:
    """A candidate: where, what, and how sure its form makes us."""

    start: int
    end: int
    entity: Entity
    rank: int = 0  # the lower wins among candidates of equal length


class Linker:
    """Links the candidates of a document; keeps the vocabulary between documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._concepts = vocabulary.by_curie()
        self._target_names = {
            name.casefold(): curie
            for curie, concept in self._concepts.items()
            if concept.kind is Kind.TARGET
            for name in (*concept.alt, concept.label)
        }
        self._entities: dict[str, Entity] = {}

    def __call__(self, release: Release, doc: Doc) -> LinkedDocument:
        """All mentions of a release, linked."""
        layout: Layout = doc.user_data["layout"]
        text = layout.text
        defined: list[Definition] = doc.user_data["definitions"]
        spans = [_Span(s.start_char, s.end_char, self._concept(s.kb_id_), 1) for s in doc.spans["vocabulary"]]
        vocabulary_at = {(s.start, s.end): s.entity for s in spans}
        drugs = Drugs.read(text, doc, defined, vocabulary_at)
        organizations = Organizations.read(text, layout, doc, defined, vocabulary_at, drugs)
        spans += self._targets_of(doc)
        spans += _diseases_of(doc)
        names: dict[str, Entity] = dict(_abbreviations(text, defined, spans))
        for more in (drugs.by_name, organizations.by_name, People.read(doc).by_name):
            names |= more
        rank = {Kind.PERSON: 0, Kind.ORGANIZATION: 2}
        spans += [_Span(s, e, entity, rank.get(entity.kind, 1)) for s, e, entity in _occurrences(text, names)]
        spans += [_Span(s, e, entity, 3) for s, e, entity in drugs.spans]
        return _assemble(release, layout, spans, organizations, drugs, self._concepts, self._target_names)

    def _targets_of(self, doc: Doc) -> list[_Span]:
        """The molecules that the vocabulary does not list: one entity for each gene, else for each name."""
        printed: dict[str, dict[str, None]] = defaultdict(dict)  # in the order of the text
        found: list[tuple[Span, genes.Gene | None]] = []
        for span in doc.spans["targets"]:
            gene = genes.named(span.text)
            found.append((span, gene))
            if gene is not None:
                printed[gene.symbol][_without_bracket(span.text)] = None
        out: list[_Span] = []
        for span, gene in found:
            names = (span.text,) if gene is None else (span.text, gene.symbol, gene.name, *gene.others)
            known = (self._target_names.get(name.casefold()) for name in names)
            curie = next((c for c in known if c is not None), None)
            if curie is not None:
                entity = self._concept(curie)
            elif gene is not None:
                label, *alt = dict.fromkeys((*printed[gene.symbol], gene.symbol, gene.name, *gene.others))
                entity = Entity(Kind.TARGET, label, tuple(alt), keys=(gene.code,))
            else:
                entity = _unlisted_target(span.text)
            out.append(_Span(span.start_char, span.end_char, entity, 2))
        return out

    def _concept(self, curie: str) -> Entity:
        entity = self._entities.get(curie)
        if entity is None:
            entity = self._entities[curie] = Entity.from_concept(self._concepts[curie])
        return entity


def _without_bracket(name: str) -> str:
    """A name without what stands in brackets in it: "interleukin-6 (IL-6) receptor"."""
    return " ".join(re.sub(r"\s*\([^()]*\)", "", name).split()) or name


def _unlisted_target(printed: str) -> Entity:
    """A molecule that neither vocabulary nor genes know: "retinoic acid receptor alpha (RARα)" by both its names."""
    words = " ".join(printed.split()).replace("microRNA-", "miR-")
    bare = _without_bracket(words)
    short = re.search(r"\(([\wα-ω.-]+)\)", words)
    return Entity(Kind.TARGET, bare, (short[1],) if short is not None else ())


def _diseases_of(doc: Doc) -> Iterator[_Span]:
    """The diseases that the vocabulary does not list: one entity for each name, however its words begin."""
    label: dict[str, str] = {}
    for span in doc.spans["diseases"]:
        name = _disease_name(span)
        known = label.setdefault(name.casefold(), name)
        if sum(c.isupper() for c in name) < sum(c.isupper() for c in known):
            label[name.casefold()] = name  # not as titles print it
    for span in doc.spans["diseases"]:
        name = label[_disease_name(span).casefold()]
        yield _Span(span.start_char, span.end_char, Entity(Kind.DISEASE, name), 2)


def _disease_name(span: Span) -> str:
    """Its words without a short form in brackets: "Group B Streptococcus (GBS) disease"."""
    return " ".join(re.sub(r"\s*\([^()]*\)", "", span.text).split())


def as_kind(entity: Entity, kind: Kind) -> Entity:
    """The same name as another kind of thing: a payload that is given as a drug."""
    return (
        entity
        if entity.kind is kind
        else Entity(kind, entity.label, entity.alt, entity.hidden, keys=entity.keys)
    )


def _occurrences(text: str, names: Mapping[str, Entity]) -> Iterator[tuple[int, int, Entity]]:
    """Every place where one of some names is printed, the longest from left to right, also with a plural "s"."""
    plain, origin = single_spaced(text)
    found = sorted(
        ((at, -end, name) for name in names for at, end in _free_places(plain, name)),
        key=lambda place: place[:2],
    )
    last = 0
    for at, minus_end, name in found:
        if at >= last:
            last = -minus_end
            yield (
                (at, last, names[name]) if origin is None else (origin[at], origin[last - 1] + 1, names[name])
            )


def _free_places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands by itself: no letter, digit or slash before it, no letter, digit or "-1" behind it."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if text[end : end + 1] == "s" and not _is_of_word(text[end + 1 : end + 2]):
            end += 1
        before = text[max(0, at - 2) : at]
        joined = before[-1:] == "-" and _is_of_word(before[:-1])
        if (
            not joined
            and before[-1:] != "/"
            and not _is_of_word(before[-1:])
            and not _is_of_word(text[end : end + 1])
            and not (text[end : end + 1] == "-" and text[end + 1 : end + 2].isdigit())
        ):
            yield at, end
        at = text.find(name, at + 1)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _abbreviations(text: str, defined: Iterable[Definition], spans: Iterable[_Span]) -> dict[str, Entity]:
    """Short forms that the text defines for vocabulary concepts."""
    ends: dict[int, _Span] = {}
    for span in spans:
        known = ends.get(span.end)
        if known is None or span.start < known.start:
            ends[span.end] = span
    out: dict[str, Entity] = {}
    for definition in defined:
        named = ends.get(definition.long_end)
        if named is None or len(definition.short) < 2:
            continue
        # "relapsed or refractory (R/R)" defines no disease: the short form must be that of the name's words.
        if definition.long_start < definition.long_end and definition.long_start > named.start:
            continue
        # "vaccine candidate (TAK-003)" gives the code of one
        if named.entity.kind is Kind.PLATFORM and any(c.isdigit() for c in definition.short):
            continue
        # "International Conference on Malignant Lymphoma (ICML)" is no lymphoma
        if re.search(r"\s(?:on|of|for)\s+(?:[\w-]+\s+){0,2}$", text[definition.long_start : named.start]):
            continue
        out.setdefault(definition.short, named.entity)
    return out


_AS_LOAD: Final = Pattern(
    r"(?:-(?:based|derived|containing|bearing|loaded|conjugated))?\s+(?:(?:derivative|analog|analogue)s?\s+)?"
    r"(?:payload|warhead|ADC|PDC|antibody[- ]drug|conjugate)s?\b"
    r"|\s+(?:derivative|analog|analogue)s?\b"
)
_HAD: Final = Pattern(r"\b(?:in|for|of|with|living\s+with|people\s+with|patients\s+with|treat)\s+$")
_COMPANY: Final = Pattern(
    r"\b(?:the|our) company\b(?! that| which)|\bthe (?-i:Group|Issuer|Corporation)\b(?! (?-i:[A-Z0-9])| of\b| that\b)",
    re.IGNORECASE,
)
_COMPANY_DEFINED: Final = Pattern(r"\([^()]{0,60}\"(?:the )?Company\"")
_GIVEN_AS_PAYLOAD: Final = Pattern(
    r"(?:\bpayloads?\b|\bloaded with\b|\bencapsulat\w+|\bliposomes?\b"
    r"|\bdeliver(?:y|s|ing)?\b(?: of)?|\bconjugat\w+|\blinked to|\bcarr(?:y|ies|ying)\b"
    r"|\bradioisotope|\breleas(?:es|ing)\b|\bwarheads?\b|\blinkers?\b|\bloads?\b|\barmed with\b)[^.;]{0,70}$"
    r"|\b(?:(?:topoisomerase|tubulin|microtubule|polymerase)\s+(?:I\s+|II\s+)?(?:inhibitor|disruptor)"
    r"|toxin|cytotoxin|cytotoxic\s+(?:agent|drug)"
    r"|isotope|radionuclide|warhead)\s+$",
    re.IGNORECASE,
)


def _assemble(  # noqa: PLR0917 - the stages before, in their order
    release: Release,
    layout: Layout,
    spans: list[_Span],
    organizations: Organizations,
    drugs: Drugs,
    concepts: Mapping[str, Concept],
    target_names: Mapping[str, str],
) -> LinkedDocument:
    text = layout.text
    spans.sort(key=lambda s: (s.start, s.end))
    titled = _topics(layout, spans)
    spans += _company_words(layout, titled, organizations.issuer)
    spans.sort(key=lambda s: (s.start, s.end))
    starts = [s.start for s in spans]
    sentences = []
    for sentence in layout.sentences:
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        inside = [s for s in spans[low:high] if s.end <= sentence.end]
        chosen = _without_echoes(
            text,
            _choose(
                text,
                sentence,
                [s for s in inside if not _is_pair(text, s, inside) and not _takes_agency(text, s, inside)],
            ),
        )
        mentions = tuple(Mention(s.start, s.end, release.text[s.start : s.end], s.entity) for s in chosen)
        sentences.append(LinkedSentence(sentence, mentions, frame(sentence.text, sentence.start, mentions)))
    day, where = published(layout)
    headline = layout.first(SectionKind.HEADLINE)
    return LinkedDocument(
        release,
        text,
        layout.sections,
        tuple(sentences),
        issuer=organizations.issuer,
        published=day,
        published_at=where,
        headline=" ".join(release.text[headline.start : headline.end].split()) if headline else "",
        subject=_subject(sentences),
        topics=titled,
        headings=_headings(sentences),
        aliases=tuple(drugs.aliases),
        tickers=tuple(organizations.tickers),
        concepts=concepts,
        target_names=target_names,
    )


def _is_pair(text: str, span: _Span, others: list[_Span]) -> bool:
    """Whether a candidate is two diseases with a slash between: "myeloma/lymphoma"."""
    slash = text.find("/", span.start, span.end)
    if span.entity.kind is not Kind.DISEASE or slash < 0:
        return False
    kinds = (Kind.DISEASE,)
    return any(o.start == span.start and o.end == slash and o.entity.kind in kinds for o in others) and any(
        o.start == slash + 1 and o.end == span.end and o.entity.kind in kinds for o in others
    )


#: What agencies do, as headlines put it behind their names
_ACTS: Final = Pattern(
    r"\s+(?:Accepts?|Approv(?:es|al)|Grants?|Clears?|Clearance|Lifts?|Places|Removes|Issues|Awards|Assigns|Validates"
    r"|Recommends|Extends|Authori[sz]es|Designates|Sets|Denies|Rejects|Acceptance|Files)\b",
    re.IGNORECASE,
)


def _takes_agency(text: str, span: _Span, others: list[_Span]) -> bool:
    """Whether an organisation is cut out of "the European *Medicines Agency for PRIME*" or is "*FDA Accepts
    Acme*'s application".
    """
    if span.entity.kind is not Kind.ORGANIZATION:
        return False
    return any(
        (other.start < span.start < other.end)
        or (
            span.start < other.start < span.end < other.end
        )  # "the *UK's Medicines* and Healthcare products …"
        or (other.start == span.start and other.end < span.end and _ACTS.match(text, other.end))
        for other in others
        if other.entity.kind is Kind.AGENCY
    )


_ECHO: Final = Pattern(
    r"(?:(?:kidney|lung|liver|heart|eye|skin|viral|virus|bacterial|genetic)\s+)?(?:diseases?|disorders?"
    r"|infections?|cancers?|tumou?rs?)",
    re.IGNORECASE,
)


def _without_echoes(text: str, spans: list[_Span]) -> list[_Span]:
    """Mentions without the general word that only ends a disease's name: "chikungunya *virus infection*"."""
    out: list[_Span] = []
    for span in spans:
        last = out[-1] if out else None
        if (
            last is not None
            and last.entity.kind is span.entity.kind is Kind.DISEASE
            and re.fullmatch(r"\)?\s+", text[last.end : span.start])
            and _ECHO.fullmatch(text[span.start : span.end])
        ):
            continue
        out.append(span)
    return out


_ACTED_ON: Final = Pattern(
    r"\b(?:target(?:s|ing)|inhibit(?:s|ing|ors?\s+of)|silenc(?:es?|ing)|block(?:s|ing)|against|bind(?:s"
    r"|ing)?(?:\s+to)?"
    r"|(?:production|synthesis|expression)\s+of|directed\s+(?:at|against|to))\s+(?:the\s+|human\s+"
    r"|exon\s+\d+\s+of\s+)*$",
    re.IGNORECASE,
)
_AS_MOLECULE: Final = Pattern(
    r"\s*(?:\(\"?[\w()-]+\"?\)\s*)?(?:genes?\b|m?RNA\b|pre-mRNA\b|messenger\b|inhibitors?\b"
    r"|antagonists?\b|[- ](?:targeting|lowering|directed)\b)"
)


def _choose(text: str, sentence: Sentence, spans: list[_Span]) -> list[_Span]:
    """The candidates that count: the longest, and of equal ones the surest kind."""
    chosen: list[_Span] = []
    for span in sorted(
        spans, key=lambda s: (s.start - s.end, s.rank, s.start, s.entity.kind, s.entity.label)
    ):
        rivals = [c for c in chosen if span.start < c.end and c.start < span.end]
        if not rivals:
            chosen.append(span)
        elif (
            len(rivals) == 1
            and (rivals[0].start, rivals[0].end) == (span.start, span.end)
            and {rivals[0].entity.kind, span.entity.kind} == {Kind.PAYLOAD, Kind.DRUG}
            and is_inn(text[span.start : span.end].rsplit(maxsplit=1)[-1])
        ):
            # A cytotoxic drug is a payload where something delivers it, and a drug where it is given.
            before = text[sentence.start : span.start]
            behind = _AS_LOAD.match(text, span.end)
            wanted = Kind.PAYLOAD if behind or _GIVEN_AS_PAYLOAD.search(before) else Kind.DRUG
            if span.entity.kind is wanted:
                chosen[chosen.index(rivals[0])] = span
        elif (
            len(rivals) == 1
            and (rivals[0].start, rivals[0].end) == (span.start, span.end)
            and {rivals[0].entity.kind, span.entity.kind} == {Kind.PAYLOAD, Kind.DISEASE}
        ):
            # "DM1" is a maytansinoid where a conjugate carries it, and myotonic dystrophy where people have it.
            before = text[sentence.start : span.start]
            load = _GIVEN_AS_PAYLOAD.search(before) or _AS_LOAD.match(text, span.end)
            wanted = Kind.PAYLOAD if load and not _HAD.search(before) else Kind.DISEASE
            if span.entity.kind is wanted:
                chosen[chosen.index(rivals[0])] = span
        elif (
            len(rivals) == 1
            and (rivals[0].start, rivals[0].end) == (span.start, span.end)
            and {rivals[0].entity.kind, span.entity.kind} == {Kind.ENDPOINT, Kind.TARGET}
        ):
            # A molecule is a target where something acts on it, and an endpoint where it is measured.
            acted_on = _ACTED_ON.search(text[sentence.start : span.start]) or _AS_MOLECULE.match(
                text, span.end
            )
            if (span.entity.kind is Kind.TARGET) == bool(acted_on):
                chosen[chosen.index(rivals[0])] = span
    return sorted(chosen, key=lambda s: s.start)


def _topics(layout: Layout, spans: list[_Span]) -> dict[Section, Entity]:
    """What each "About …" section is about.

    A heading is no sentence, so its names are looked up among those found in the text.
    """
    by_name: dict[str, Entity] = {}
    for span in spans:
        by_name.setdefault(" ".join(layout.text[span.start : span.end].split()).casefold(), span.entity)
        for name in span.entity.names:
            by_name.setdefault(name.casefold(), span.entity)
    drugs = {n: e for n, e in by_name.items() if e.kind is Kind.DRUG}
    out: dict[Section, Entity] = {}
    for section in layout.sections:
        topic = " ".join(re.sub(r"[™®]|\([^()]*\)", " ", section.topic).split()).casefold()
        if not topic:
            continue
        entity = next(
            (
                by_name[n]
                for n in (topic, topic.rstrip("."), topic.removesuffix("s"), without_legal_form(topic))
                if n in by_name
            ),
            None,
        )
        if entity is None:
            inside = [e for n, e in drugs.items() if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", topic)]
            entity = inside[0] if inside else None
        if entity is not None:
            out[section] = entity
    return out


def _headings(sentences: list[LinkedSentence]) -> dict[int, Entity]:
    """The drug of each paragraph under a line such as "Ozeltamig (BMB-204), bispecific T-cell engager".

    Any other line of its own ("Corporate") ends what such a line began.
    """
    out: dict[int, Entity] = {}
    current: Entity | None = None
    alone = Counter(s.sentence.paragraph for s in sentences)
    section: Section | None = None
    for sentence in sentences:
        if sentence.section is not section or sentence.section.kind not in (
            SectionKind.BODY,
            SectionKind.ABOUT,
        ):
            current, section = None, sentence.section
        text = sentence.text.strip()
        number = sentence.sentence.paragraph
        if (
            alone[number] == 1
            and len(text) < 110
            and text[-1:] not in ".!?\"':;,"
            and not re.match(r"[-–•*·]", text)
        ):
            drugs = sentence.of_kind(Kind.DRUG)
            current = drugs[0].entity if drugs and drugs[0].start - sentence.start < 25 else None
        elif current is not None:
            out[number] = current
    return out


def _company_words(
    layout: Layout, topics: Mapping[Section, Entity], issuer: Entity | None
) -> Iterator[_Span]:
    """ "The company" means whom the section is about, else who issued the release; "the Company" is always the issuer
    where the release says so: 'Acme Inc. (the "Company")'.
    """
    defined = issuer is not None and _COMPANY_DEFINED.search(layout.text) is not None
    for sentence in layout.sentences:
        topic = topics.get(sentence.section)
        about = topic if topic is not None and topic.kind is Kind.ORGANIZATION else issuer
        if about is not None:
            for match in _COMPANY.finditer(sentence.text):
                meant = issuer if defined and match[0].endswith("Company") and issuer else about
                yield _Span(sentence.start + match.start(), sentence.start + match.end(), meant, 4)


_TITLE_WEIGHT: Final = 10


def _subject(sentences: Iterable[LinkedSentence]) -> Entity | None:
    """The drug that the release is mainly about: named in the headline, else named most."""
    counts: Counter[Entity] = Counter()
    for sentence in sentences:
        weight = {SectionKind.HEADLINE: 100, SectionKind.SUBHEADLINE: 10, SectionKind.BODY: 2}.get(
            sentence.section.kind, 1
        )
        for mention in sentence.of_kind(Kind.DRUG):
            established = any(is_established(n) for n in mention.entity.names)  # a comparator or a partner
            beside = weight < _TITLE_WEIGHT and is_partner(sentence, mention, surely=True)
            counts[mention.entity] += 1 if established or beside else 3 * weight
    return max(counts, key=lambda e: counts[e]) if counts else None
