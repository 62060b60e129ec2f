"""Whose a drug is by where it stands or what it is called, where no sentence says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from kg.extract.document import Section, SectionKind
from kg.extract.focus import is_partner
from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.organizations import INSTITUTION
from kg.extract.own_drugs import (
    COMES_FROM,
    ISOTOPE,
    NOT_OWN,
    SHARED,
    Ownership,
    is_branded,
    is_common,
    is_new,
    is_others,
    letters_of_codes,
    may_be_own,
)
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind, Mention


def of_the_section(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """A drug that a sentence under "About Acme" begins with, where nobody else is named in it."""
    out: list[Ownership] = []
    for sentence in document.of_section(SectionKind.ABOUT):
        topic = document.topics.get(sentence.section)
        drugs = sentence.of_kind(Kind.DRUG)
        if topic is None or topic.kind is not Kind.ORGANIZATION or not drugs or NOT_OWN.search(sentence.text):
            continue
        if _OF_A_DISEASE.search(sentence.section.topic) or _describes_a_disease(document, sentence):
            continue
        others = {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)} - {topic}
        if others:
            continue
        of_work = _WORK.search(sentence.text) is not None
        for drug in drugs if of_work else drugs[:1]:
            opens = drug.start - sentence.start < 6
            if drug.entity in known or not may_be_own(document, drug.entity):
                continue
            if opens or (of_work and not is_others(sentence, drug)):
                known = known | {drug.entity}
                out.append(Ownership(topic, drug.entity, sentence, "about", 0.8))
    return out


#: What a company's section says of its own work.
_WORK: Final = Pattern(
    r"\b(?:(?:lead|clinical|product|drug|vaccine)\s+(?:[\w-]+\s+){0,2}?(?:candidates?|program(?:me)?s?|assets?"
    r"|products?)"
    r"|pipeline|portfolio|(?:is|are)\s+(?:currently\s+)?in\s+(?:a\s+)?[Pp]hase|developing|advancing|[Pp]hase\s+[1-3])\b"
)
#: "About SCN2A-DEE": what the section is about goes by capitals, as companies do.
_OF_A_DISEASE: Final = Pattern(
    r"\b(?:disease|disorder|syndrome|cancer|infection|deficiency)\b", re.IGNORECASE
)
_IS_A_DISEASE: Final = Pattern(
    r"\b(?:is|are)\s+(?:an?|the|one\s+of)\s+(?:[\w-]+,?\s+){0,6}?(?:disease|disorder|syndrome|condition|cancer|epilepsy"
    r"|infection|tumou?r|lymphoma|leuk\w+|dystrophy|myopathy|neuropathy)\b"
)


def _describes_a_disease(document: LinkedDocument, sentence: LinkedSentence) -> bool:
    """Whether the section of a sentence opens with what a disease is."""
    opening = next((s for s in document.sentences if s.section is sentence.section), sentence)
    return _IS_A_DISEASE.search(opening.text) is not None


def of_the_series(document: LinkedDocument, found: Sequence[Ownership]) -> list[Ownership]:
    """Codes of a series: made of an owner's own letters ("SLR-101" of Solara), or of those of another drug of theirs.

    Near misses: a sentence that tells of a sale or a control; letters that drugs of two owners share.
    """
    if document.issuer is None:
        return []
    known = {o.drug for o in found if o.rule not in SHARED}
    heads: dict[str, set[Entity]] = {}
    for own in found:
        for head in letters_of_codes(own.drug):
            if own.rule not in SHARED:
                heads.setdefault(head, set()).add(own.organization)
    out: list[Ownership] = []
    twins = {
        ISOTOPE.sub("", own.drug.label): own.organization for own in found if ISOTOPE.match(own.drug.label)
    }
    # "LAVO-1266" of "LAVO Therapeutics"
    named = {
        m.entity.label.split()[0].casefold(): m.entity
        for s in document.statements()
        for m in s.of_kind(Kind.ORGANIZATION)
        if m.entity.label.split()[0].isupper() and len(m.entity.label.split()[0]) > 3
    }
    stem = re.sub(r"\W", "", document.issuer.label).casefold()
    for sentence in document.statements():
        for mention in sentence.of_kind(Kind.DRUG):
            namesake = named.get(mention.entity.label.split("-")[0].casefold())
            if namesake is not None:
                out.append(Ownership(namesake, mention.entity, sentence, "series", 0.75))
            if mention.entity in known or is_others(sentence, mention):
                continue
            twin = twins.get(ISOTOPE.sub("", mention.entity.label))
            if twin is not None:
                known.add(mention.entity)
                out.append(Ownership(twin, mention.entity, sentence, "series", 0.8))
                continue
            for head in letters_of_codes(mention.entity):
                owners = heads.get(head, set())
                if len(owners) > 1 and document.issuer in owners and _spells(stem, head):
                    owners = {document.issuer}
                if len(owners) == 1:
                    owner, confidence = next(iter(owners)), 0.8
                elif not owners and _spells(stem, head):
                    owner, confidence = document.issuer, 0.7
                else:
                    continue
                known.add(mention.entity)
                out.append(Ownership(owner, mention.entity, sentence, "series", confidence))
                break
    return out


_ACQUISITION: Final = pattern(
    r"(?:\bacquir(?:e|es|ed|ing)|\bacquisition of|\bmerge with|\bbuys?"
    r"|\btake over) (?:all [\w ]{3,40} of |the outstanding shares of )?"
    r"(?P<org>{organization})"
)


def of_the_target(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """Coded drugs of a release on an acquisition are the bought company's, where nothing else is said.

    They are the buyer's too once it has been closed.  Near miss: a code of the buyer's own letters.
    """
    titles = [*document.of_section(SectionKind.HEADLINE, SectionKind.SUBHEADLINE)]
    bought = next((s.mention(m, "org").entity for s in titles for m in _ACQUISITION.finditer(s.frame)), None)
    if bought is None or bought == document.issuer:
        return []
    own_letters = re.sub(r"\W", "", document.issuer.label).casefold() if document.issuer is not None else ""
    first = next(document.of_section(SectionKind.BODY), None)
    closed = any(_CLOSED.search(s.text) for s in (*titles, *((first,) if first is not None else ())))
    out: list[Ownership] = []
    for sentence in document.statements():
        for mention in sentence.of_kind(Kind.DRUG):
            if (
                mention.entity in known
                or not letters_of_codes(mention.entity)
                or is_others(sentence, mention)
            ):
                continue
            if any(_spells(own_letters, head) for head in letters_of_codes(mention.entity)):
                continue  # a code of the buyer's
            known.add(mention.entity)
            out.append(Ownership(bought, mention.entity, sentence, "target", 0.8))
            if closed and document.issuer is not None:
                out.append(Ownership(document.issuer, mention.entity, sentence, "target", 0.75))
    return out


#: The deal is done: what was bought is the buyer's.
_CLOSED: Final = Pattern(
    r"\b(?:complet(?:es?|ed|ion)|clos(?:es?|ed|ing)|finali[sz](?:es?|ed)"
    r"|consummat\w+)\b[^.;]{0,40}?\b(?:acquisition|merger|transaction)\b"
    r"|\bhas acquired\b|\bacquisition\b[^.;]{0,60}?\b(?:was|has been|is) (?:completed|closed)\b",
    re.IGNORECASE,
)


def _spells(name: str, head: str) -> bool:
    """Whether the letters of a code are letters of a name, in order, and begin like it."""
    letters = iter(name)
    return head[0].casefold() == name[:1] and all(c.casefold() in letters for c in head)


_DEAL: Final = Pattern(
    r"\b(?:acqui\w+|merge\w*|licen[cs]\w+|collaborat\w+|partner\w*|supply|agreement|distribut\w+|sale"
    r"|divest\w*|rights)\b",
    re.IGNORECASE,
)


_OF_A_CAREER: Final = Pattern(
    r"\b(?:s?he|his|her|joins?|joined|formerly|previously|led(?!\s+(?:by|to)\b))\b", re.IGNORECASE
)


#: Who tells of drugs of others.
_SOCIETY: Final = Pattern(
    r"\b(?:Association|Society|Federation|League|Council|Congress|Universit\w+|Institut\w*|Foundation|Hospital"
    r"|College|Academy"
    r"|Agency|Capital|Partners|Research\s+UK)\b"
)


def of_the_issuer(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """The drug that a release is mainly about is its issuer's where nothing says whose and no deal is the news.

    Near misses: a release on a licence or an acquisition; a drug said to be another's; one named once beside
    another, or in somebody's career.
    """
    issuer, drug = document.issuer, document.subject
    if issuer is None or drug is None or drug in known or not may_be_own(document, drug):
        return []
    if _SOCIETY.search(issuer.label):
        return []  # the society whose congress it is
    if (is_common(drug) and not is_branded(drug)) or _DEAL.search(document.headline):
        return []
    places = [s for s in document.statements() if any(m.entity == drug for m in s.of_kind(Kind.DRUG))]
    if not places:
        return []
    first = places[0]
    at = next(m.start for m in first.of_kind(Kind.DRUG) if m.entity == drug) - first.start
    # what is said behind it ("versus placebo") tells of how it was tested
    told_of_others = NOT_OWN.search(_TOGETHER.sub("", first.text[:at])) is not None
    if len(places) == 1:
        told_of_others = (
            told_of_others
            or _OF_A_CAREER.search(first.text) is not None
            or _SOLD.search(first.text, at) is not None
        )
        if not told_of_others and NOT_OWN.search(first.text) is not None:
            # "Acme announced that ABC-1, together with …"; "a Phase 3 trial comparing ABC-1 with placebo"
            spoken = any(m.entity == issuer for m in first.of_kind(Kind.ORGANIZATION))
            told_of_others = not spoken and _TRIAL_OF.search(first.text, 0, at) is None
    if told_of_others:
        return []
    beside = [m for m in first.of_kind(Kind.DRUG) if m.entity != drug]
    strangers = [m for m in beside if not is_common(m.entity) and not is_partner(first, m)]
    others = {
        m.entity
        for m in first.of_kind(Kind.ORGANIZATION)
        if m.entity != issuer and not INSTITUTION.search(m.entity.label)
    }
    index = document.index(first)
    before = document.sentences[index - 1] if index else first
    same_paragraph = before.sentence.paragraph == first.sentence.paragraph
    own_news = not others and (
        any(m.entity == issuer for m in first.of_kind(Kind.ORGANIZATION))
        or _OWN_NEWS.search(first.text) is not None
        or (same_paragraph and _OF_A_TRIAL.search(before.text) is not None)
    )
    if len(places) == 1 and (strangers or not (own_news or (letters_of_codes(drug) and not beside))):
        return []
    return [Ownership(issuer, drug, places[0], "issuer", 0.7)]


#: "the *combination of* ABC-1 and …": nothing is said of whose it is
_TOGETHER: Final = Pattern(r"\bcombination\s+of\b")
_OF_A_TRIAL: Final = Pattern(r"\b(?:trial|study|[Pp]hase\s+[1-4I])\b")
_TRIAL_OF: Final = Pattern(
    r"\b(?:trial|study)\s+(?:of|with|evaluat\w+|compar\w+|test\w+|investigat\w+|assess\w+)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_SOLD: Final = Pattern(
    r"\b(?:sold|sale\s+of|divest\w*|transferred|licen[sc]ed\s+to|partner's|competit\w+|trade\s?marks?)\b",
    re.IGNORECASE,
)
#: What a company tells of its own drug: what it announces, and what agencies and trials did with it.
_OWN_NEWS: Final = Pattern(
    r"\b(?:announce[sd]?|reported|developing|INDs?|CTA|A?NDA|s[NB][DL]A|BLA|MAA|PDUFA|[Dd]esignations?"
    r"|[Pp]hase\s+[1-4I]|trials?|stud(?:y|ies)"
    r"|approv(?:es|ed|als?)|authori[sz](?:es|ed|ation)|licensed|registration|register(?:s|ed)?|clear(?:s|ed|ance)"
    r"|opinion|[Ll]etter"
    r"|(?:regulatory|priority)\s+review|(?:orphan|[Ff]ast\s+[Tt]rack)\s+status|[Aa]pplication"
    r"|provisional\s+determination"
    r"|[Aa]dvisory\s+[Cc]ommittee|user\s+fee|ARTG)\b"
)
#: "Acme (Nasdaq: ACME) and Foo Inc. (NYSE: FOO) today announced that the FDA has …"
_ANNOUNCE_TOGETHER: Final = pattern(
    r"(?:^|[-–—|] | I )[^\w\ue000-\ue0ff]*(?P<first>{organization})(?: \([^()]*\))*"
    r"(?P<more>(?:, {organization}(?: \([^()]*\))*){0,3})(?:, [^.;]{3,240}?)?,? and "
    r"(?:its (?:[\w-]+ ){0,3}?partner,? )?(?P<second>{organization})(?: \([^()]*\))*(?:, [^.;]{3,160}?)?,?"
    r" (?:today )?(?:jointly )?"
    r"(?:announced?|reported?|confirmed)\b(?! [^.]{0,60}\bwith \b)"
)


def of_the_announcers(document: LinkedDocument) -> list[Ownership]:
    """A drug whose news two companies announce together is both companies', unless the news is a deal.

    Near misses: "Acme and Foo today announced a collaboration on ABC-1"; a company and a university.
    """
    drug = document.subject
    if drug is None:
        return []
    for sentence in document.of_section(SectionKind.BODY):
        match = _ANNOUNCE_TOGETHER.search(sentence.frame)
        if match is None:
            continue
        if _DEAL.search(sentence.text) or all(m.entity != drug for m in sentence.of_kind(Kind.DRUG)):
            return []
        both = [sentence.mention(match, group).entity for group in ("first", "second")]
        both += [m.entity for m in sentence.at(*match.span("more")) if m.entity.kind is Kind.ORGANIZATION]
        return [
            Ownership(own, drug, sentence, "announcers", 0.8)
            for own in both
            if not INSTITUTION.search(own.label)
        ]
    return []


#: "a clinical collaboration to evaluate ABC-1 in combination with pembrolizumab"
_EVALUATED: Final = pattern(
    r"\b(?:to|will|which|that|evaluating|combining|combination of) (?:jointly |further |clinically )?"
    r"(?:(?:evaluat|stud|test|investigat|assess|explor|examin|combin)\w* )?"
    r"(?:(?!with\b|plus\b)(?:[\w/,-]+|{target}[\w-]*|{platform}|{drug_class}) ){0,9}?(?P<drug>{drug})"
)
_TOGETHER_WITH: Final = Pattern(
    r"\b(?:clinical|combination|supply|research)\b[^.;]{0,40}\b(?:collaborat\w+|agreement|partnership)\b",
    re.IGNORECASE,
)


def of_the_combination(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """A drug that a company will try together with another's is that company's, where no other is said to have it.

    Hit: "Acme announced a clinical collaboration with Foo to evaluate AB-1 in combination with pembrolizumab".
    Near misses: "to evaluate Foo's AB-1"; an established drug.
    """
    issuer = document.issuer
    out: list[Ownership] = []
    if issuer is None or _SOCIETY.search(issuer.label):
        return out
    for sentence in document.of_section(SectionKind.HEADLINE, SectionKind.SUBHEADLINE, SectionKind.BODY):
        deal = _TOGETHER_WITH.search(sentence.text) if sentence.of_kind(Kind.DRUG) else None
        match = _EVALUATED.search(sentence.frame, deal.end()) if deal is not None else None
        if match is None:
            continue
        drug = sentence.mention(match, "drug").entity
        if drug not in known and not is_common(drug):
            known = known | {drug}
            out.append(Ownership(issuer, drug, sentence, "combination", 0.75))
    return out


#: What a release reports that tells of all of a company's work.
_UPDATE: Final = Pattern(
    r"\b(?:quarter|half[- ]year|full[- ]year|year[- ]end|interim|annual|financial|fiscal|(?:business|corporate"
    r"|pipeline) (?:update|highlights))\b.{0,60}\b(?:results?|reports?|update|highlights)\b"
    r"|\b(?:results?|reports?|update) .{0,40}\b(?:quarter|half[- ]year|full[- ]year|fiscal year)\b",
    re.IGNORECASE | re.DOTALL,
)


def of_own_news(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """New drugs of which a release tells what companies tell of their own are the issuer's, where nobody else is named.

    In the report of a quarter or year it is enough that a drug is named twice or opens a line.
    Hits: "The FDA cleared the IND for AB-2 in May"; "AB-2: Phase 2 data expected in Q4".
    Near misses: an established drug; one sold, compared to, or named beside another company.
    """
    issuer = document.issuer
    if issuer is None or _SOCIETY.search(issuer.label) or _BOUGHT.search(document.headline):
        return []
    body = next(document.of_section(SectionKind.BODY), None)
    update = _UPDATE.search(f"{document.headline} {body.text if body is not None else ''}") is not None
    told: dict[Entity, list[tuple[LinkedSentence, bool]]] = {}
    for sentence in document.of_section(SectionKind.BODY, SectionKind.ABOUT):
        mentions = sentence.of_kind(Kind.DRUG)
        topic = document.topics.get(sentence.section, issuer)
        others = any(m.entity != issuer for m in sentence.of_kind(Kind.ORGANIZATION))
        for mention in mentions:
            if mention.entity in known or is_common(mention.entity) or topic not in (issuer, mention.entity):
                continue
            if others or is_others(sentence, mention):
                known = known | {mention.entity}
                continue
            signed = update and document.text[mention.end : mention.end + 1] in ("®", "™")
            news = (signed or is_new(mention.entity)) and (
                topic == mention.entity or _is_news(sentence, mention)
            )
            told.setdefault(mention.entity, []).append((sentence, news))
    parts = {word for own in known for name in own.names if " " in name for word in name.split()}
    return [
        Ownership(issuer, drug, places[0][0], "update", 0.7)
        for drug, places in told.items()
        if drug not in known
        and drug.label not in parts
        and (
            any(news for _, news in places)
            or (update and (len({s.start for s, _ in places}) > 1 or any(_opens(s, drug) for s, _ in places)))
        )
    ]


def _is_news(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether a sentence tells of a drug what its owner tells: an application for it, a trial of it, what it did."""
    at, end = mention.start - sentence.start, mention.end - sentence.start
    before = sentence.text[max(0, at - 70) : at]
    if is_partner(sentence, mention) or _BACKGROUND.search(sentence.text):
        return False
    if _WORK_ON.search(before):
        return True
    return _SUBJECT_OF.search(before) is not None and _DID.match(sentence.text, end) is not None


#: Before a drug: "the IND for", "a Phase 2 study of", "data on", "a different program,"
_WORK_ON: Final = Pattern(
    r"\b(?:(?:INDs?|CTAs?|s?A?NDAs?|s?BLAs?|MAAs?|[Aa]pplications?|trials?|stud(?:y|ies)|[Dd]ata|[Rr]esults|[Dd]evelopment"
    r"|designation|approval|programs?|programmes?|[Ll]aunch|[Dd]osing|[Ee]nrol\w+|nominat\w+|select\w+|discontinu\w+"
    r"|[Ii]nitiat\w+|[Dd]osed)\b(?:\s+\([^()]*\))?\s+(?:(?:in|by|from|to)\s+[\w.]+\s+)?(?:of|for|on|with|evaluating)"
    r"|(?:candidate|compound|program|programme|asset|product|molecule|vaccine|antibody|therapy|project)s?,?"
    r"|[Tt]he\s+(?:first|second|third|other|latter),\s+for|nominated|selected|discontinued|introduced|advanc\w+|evaluating)\s+(?:(?:its|our|the|a)\s+)?$"
)
_SUBJECT_OF: Final = Pattern(r"(?:^|[.;:,\n]|\b(?:and|that|while|[Ii]n\s+\w+|[Tt]he))\W*$")
#: Behind it: "met its primary endpoint", "is under review", ": Phase 2 data".
_DID: Final = Pattern(
    r"[™®]?(?:\s\([^()]*\))?(?:\s*[:–—|]|\s-\s|,?\s+(?:(?:is|was|has|have|had|been|also|recently|will|remains|now)"
    r"\s+)*(?:met|achiev\w+|showed|demonstrated|reduced|under\s+review|granted|received|receive|designated|approved"
    r"|authori[sz]ed|submitted|well\s+tolerated|enter(?:ed|s)?|advanc\w+|passed|complet\w+|holds|in\s+(?:a\s+)?(?:[Pp]hase"
    r"|preclinical|clinical|development)|on\s+track|expected|being|continu\w+|discontinued|launched|protected|progress\w+)"
    r"|,?\s+(?:our|its)\b)"
)


_BOUGHT: Final = Pattern(r"\bacqui(?:re|sition)|\bmerge|\btakeover", re.IGNORECASE)
#: What a career, a market or a field is told of.
_BACKGROUND: Final = Pattern(
    r"\b(?:s?he|his|her|joins?|joined|formerly|previously|career|decade|years?\s+at|existing|currently\s+(?:approved|available|used)|other\s+drugs|competit\w+|such\s+as|generics?)\b",
    re.IGNORECASE,
)


def _opens(sentence: LinkedSentence, drug: Entity) -> bool:
    """Whether a drug opens a line of a list, or is what a heading is about."""
    first = next(iter(sentence.of_kind(Kind.DRUG)))
    return first.entity == drug and (
        _BULLET_ONLY.fullmatch(sentence.text, 0, first.start - sentence.start) is not None
    )


_BULLET: Final = Pattern(r"[-–—•*·▪●]|o\s")
#: A heading over what a company works on or sells, and one that says whose it is instead.
_PIPELINE: Final = Pattern(
    r"\b(?:pipeline|portfolio|program(?:me)?s?|products?|candidates|medicines|R&D|research and development"
    r"|clinical development)\b",
    re.IGNORECASE,
)
_OF_OTHERS: Final = Pattern(r"\b(?:partner\w*|licen[sc]\w+|collaborat\w+|competi\w+)\b", re.IGNORECASE)


def of_the_pipeline(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """A drug that a paragraph begins with under "Pipeline update" or "Other products" is the issuer's.

    Near misses: "Partnered programs"; a paragraph that names another company; an established drug.
    """
    issuer = document.issuer
    out: list[Ownership] = []
    heading: Section | None = None
    alone = Counter(s.sentence.paragraph for s in document.sentences)
    for sentence in document.of_section(SectionKind.BODY, SectionKind.ABOUT):
        text = sentence.text.strip()
        bullet = _BULLET.match(text) is not None or (
            heading is sentence.section
            and bool(sentence.of_kind(Kind.DRUG))
            and _opens(sentence, sentence.of_kind(Kind.DRUG)[0].entity)
        )
        if (
            not bullet
            and alone[sentence.sentence.paragraph] == 1
            and len(text) < 80
            and text[-1:] not in ".!?;,)\"'"
        ):
            listed = (
                not sentence.of_kind(Kind.DRUG)
                and _PIPELINE.search(text) is not None
                and _OF_OTHERS.search(text) is None
            )
            heading = sentence.section if listed else None
            continue
        drugs = sentence.of_kind(Kind.DRUG)
        if issuer is None or heading is not sentence.section or not drugs:
            continue
        drug = drugs[0]
        others = {
            m.entity
            for m in sentence.of_kind(Kind.ORGANIZATION)
            if m.entity != issuer and not COMES_FROM.search(sentence.text[: m.start - sentence.start])
        }
        if (
            _BULLET_ONLY.fullmatch(sentence.text, 0, drug.start - sentence.start)
            and not others
            and drug.entity not in known
            and (not is_common(drug.entity) or is_branded(drug.entity))
            and NOT_OWN.search(sentence.text) is None
        ):
            known = known | {drug.entity}
            out.append(Ownership(issuer, drug.entity, sentence, "pipeline", 0.8))
    return out


#: What may stand before the first word of a paragraph: a bullet, an article.
_BULLET_ONLY: Final = Pattern(r"\W*(?:o\s+)?(?:The\s+)?")


def of_the_headline(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """The drugs of the titles are the issuer's where nothing says whose they are, and nobody is being acquired."""
    out: list[Ownership] = []
    issuer = document.issuer
    if issuer is None or re.search(r"\bacqui(?:re|sition)|\bmerge", document.headline, re.IGNORECASE):
        return out
    for sentence in document.of_section(SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        for mention in sentence.of_kind(Kind.DRUG):
            before = sentence.text[: mention.start - sentence.start]
            if mention.entity in known or is_common(mention.entity):
                continue
            if mention.entity.label.islower() and mention.entity != document.subject:
                continue  # a class of drugs or a comparator, rather than what is announced
            if (
                not re.search(
                    r"\b(?:with|plus|versus|vs\.?|and|or|'s|over|than|against|from|(?:compared|relative|superior"
                    r"|inferior|added)\s+to)"
                    r"\s+(?:[\w-]+\s+){0,3}$",
                    before,
                    re.IGNORECASE,
                )
                or mention.entity == document.subject
            ):
                known = known | {mention.entity}
                out.append(Ownership(issuer, mention.entity, sentence, "headline", 0.8))
    return out
