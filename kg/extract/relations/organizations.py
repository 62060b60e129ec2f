"""Organisations: ticker, headquarters, role, collaboration, funding, supplier, owner, org_fact, pipeline_program."""

# ruff: noqa: E501 - patterns are read whole

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract.closing import filings, press_contacts, risks
from kg.extract.document import FULL_DATE, SectionKind
from kg.extract.frames import pattern
from kg.extract.lexicon import table
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.milestones import milestones
from kg.extract.modality import modality
from kg.extract.names import CREDENTIAL, TITLE_WORD
from kg.extract.ownership import owners
from kg.extract.values import comparator, dates, money, numbers
from kg.model import Entity, Fact, Kind, Mention, Modality, Value


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """What the release says of organisations."""
    yield from _tickers(document)
    yield from _headquarters(document)
    yield from _posts_of_pronouns(document)
    for sentence in document.statements():
        yield from _roles(document, sentence)
        yield from _funding(document, sentence)
        yield from _suppliers(document, sentence)
        yield from _owners(document, sentence)
        yield from _employees_as_owners(document, sentence)
        yield from _descriptions(document, sentence)
        yield from _figures(document, sentence)
    yield from _collaborations(document)
    yield from _programs(document)
    yield from milestones(document)
    yield from filings(document)
    yield from risks(document)
    yield from press_contacts(document)


def _fact(  # noqa: PLR0917 - the parts of a fact in the order in which it is said
    document: LinkedDocument,
    sentence: LinkedSentence,
    rule: str,
    relation: str,
    subject: Entity,
    object_: Entity | str,
    qualifiers: dict[str, Value | tuple[Value, ...] | None] | None = None,
    *,
    modality: Modality = Modality.ASSERTED,
    confidence: float = 0.95,
) -> Fact:
    fact = Fact(
        relation,
        subject,
        object_,
        modality=modality,
        confidence=confidence,
        evidence=(document.evidence(sentence, f"organizations.{rule}"),),
    )
    return fact.with_qualifiers(qualifiers or {})


# --- ticker ---------------------------------------------------------------------------------------------


def _tickers(document: LinkedDocument) -> Iterator[Fact]:
    """Hits: "Acme, Inc. (Nasdaq: ACME)"; "Acme (TSX: ACM; NASDAQ: ACME)"."""
    seen: set[tuple[Entity, str]] = set()
    for organization, ticker, start, _ in document.tickers:
        if (organization, ticker) in seen:
            continue
        seen.add((organization, ticker))
        sentence = next(s for s in document.sentences if s.start <= start < s.end)
        yield _fact(document, sentence, "ticker", "ticker", organization, ticker, confidence=0.99)


# --- headquarters ---------------------------------------------------------------------------------------

_PLACE_WORD: Final = r"[A-ZÀ-Þ][\w.'’-]*"
_PLACE: Final = rf"{_PLACE_WORD}(?:[ ](?:(?:de|of|am|upon|la|the|do|da)[ ])?{_PLACE_WORD}){{0,3}}(?:,[ ]{_PLACE_WORD}(?:[ ](?:of[ ])?{_PLACE_WORD}){{0,2}}){{0,2}}"
_SEATED: Final = (
    pattern(
        rf"({{organization}})(?:,| \([^()]*\))*,? (?:which |that )?(?:(?:is|are|was|has|have|been|always|globally|currently|now) )*"
        rf"(?:a |an |the )?(?:[\w,-]+ ){{0,12}}?(?:headquartered|based|located|with (?:its )?(?:global )?headquarters) in (?P<place>(?-i:(?:the )?{_PLACE}))"
    ),
    pattern(
        rf"({{organization}})'?s? (?:global |corporate |u\.s\. )*headquarters (?:is|are) (?:located )?in (?P<place>(?-i:{_PLACE}))"
    ),
)


@cache
def _states() -> dict[str, dict[str, str]]:
    return {form.casefold(): row for row in table("states") for form in row.values()}


def place(printed: str) -> Entity:
    """A place as a dateline prints it: "MADISON, Wis." is Madison, Wisconsin.

    The label keeps the words with capitals put right; other ways to write the state are alternative names.
    """
    parts = [" ".join(p.split()) for p in printed.strip(" ,.;-").split(",")]
    parts = [
        _title(p) if p.isupper() and p.count(".") < 2 and (index == 0 or len(p) > 3) else p
        for index, p in enumerate(filter(None, parts))
    ]
    if printed.rstrip().endswith(".") and f"{parts[-1]}.".casefold() in _states():
        parts[-1] += "."
    alt = {parts[0]} if len(parts) > 1 else set[str]()
    state = _states().get(parts[1].casefold()) if len(parts) > 1 else None
    if state is not None:
        for form in state.values():
            alt.add(", ".join([parts[0], form]))
    label = ", ".join(parts)
    return Entity(Kind.PLACE, label, alt=tuple(sorted(alt - {label})))


def _title(name: str) -> str:
    small = {"of", "de", "la", "am", "upon", "the", "do", "da"}
    words = [w if w in small else w.capitalize() for w in name.lower().split(" ")]
    return re.sub(r"([-'.])([a-z])", lambda m: m[1] + m[2].upper(), " ".join(words))


def dateline_places(dateline: str) -> list[str]:
    """The places of a dateline.

    Hits: "MADISON, Wis. and CASTRES, France, Oct. 10, 2017 (GLOBE NEWSWIRE) --" has two;
    "MAINZ, Germany, and NEW YORK, NY, USA, 3 May 2021 -" too.  Near miss: "June 6, 2018 --" has none.
    """
    words = re.sub(FULL_DATE + r".*$", "", dateline, flags=re.IGNORECASE)
    words = re.split(r"\s*(?:--|—|–|\(|/\s*\w+\s*(?:newswire|wire)| - )", words, flags=re.IGNORECASE)[0]
    pieces = re.split(r",?\s+(?:and|AND|&)\s+|\s*[;&]\s*|\s+/\s+", words)
    out = [p.strip(" ,-") for p in pieces]
    return [
        p
        for p in out
        if re.match(r"[^\W\d_]", p)
        and not re.fullmatch(r"(?:for immediate release|.*\d.*)", p, re.IGNORECASE)
    ]


def _headquarters(document: LinkedDocument) -> Iterator[Fact]:
    """From the dateline: as many places as announcers, one each; else all are the issuer's."""
    found: list[tuple[Entity, Entity, LinkedSentence, str]] = []
    for sentence in document.of_section(SectionKind.DATELINE):
        places = dateline_places(sentence.text)
        owners = _announcers(document)
        for number, printed in enumerate(places):
            if owners:
                owner = owners[number] if len(owners) == len(places) else owners[0]
                found.append((owner, place(printed), sentence, "dateline"))
    for sentence in document.of_section(SectionKind.BODY, SectionKind.ABOUT):
        for form in _SEATED:
            for match in form.finditer(sentence.frame):
                name = sentence.text[match.start("place") : match.end("place")].removeprefix("the ")
                owner = sentence.mention(match, 1).entity
                found.append((owner, place(name), sentence, "stated"))
    for owner, where, sentence, rule in found:
        # "Boston" and "Boston, Massachusetts" are one place; the fuller name wins, the dateline's before others.
        same = [
            p for o, p, _, _ in found if o == owner and p.label.split(",")[0] == where.label.split(",")[0]
        ]
        label = next((p.label for p in same if "," in p.label), where.label)
        alt = {n for p in same for n in p.names} - {label}
        merged = Entity(Kind.PLACE, label, alt=tuple(sorted(alt)))
        yield _fact(document, sentence, f"headquarters.{rule}", "headquarters", owner, merged, confidence=0.9)


def _announcers(document: LinkedDocument) -> list[Entity]:
    """Who announces, in the order of the first sentence: the issuer, and others up to the verb."""
    if document.issuer is None:
        return []
    out = [document.issuer]
    first = next(iter(document.of_section(SectionKind.BODY)), None)
    if first is not None:
        verb = re.search(r"\b(?:announce[sd]?|report(?:ed|s)?|today)\b", first.text)
        for mention in first.of_kind(Kind.ORGANIZATION):
            if verb is not None and mention.end <= first.start + verb.start() and mention.entity not in out:
                out.append(mention.entity)
    return out


# --- role -----------------------------------------------------------------------------------------------

_CREDENTIALS: Final = rf"(?:(?:, ?| )(?-i:{CREDENTIAL})(?![\w]))*"
_OTHER: Final = "{disease}|{platform}|{drug_class}|{payload}|{target}|{treatment}|{endpoint}"
_IN_TITLE: Final = rf"(?:[^\"\ue000-\ue0ff;:.()]|{_OTHER}|\.(?=\w))"
_TITLE: Final = rf"(?P<title>(?-i:{TITLE_WORD}){_IN_TITLE}*?)"
_HON: Final = r"(?:Dr\.? |Prof\.? |Professor |Mr\.? |Ms\.? )?"
_ITS: Final = r"(?:the company's |our |its |the |a |an |new |to |{organization}(?:'s|') )*"
_ENDS: Final = r"(?= ?[.\";:(]|,? (?:effective|said|stated|added|commented|noted|and (?:will|member|a member)|on|in|from|will|who|to)\b|, (?-i:[\"a-z])(?!nd )| and {person}|$)"
_SHORT_TITLE: Final = rf"(?P<title>(?-i:{TITLE_WORD}){_IN_TITLE}{{0,90}}?)"
_AT: Final = r"(?:,? (?:of|at|for|with|from),? (?:the )?|, )"
_ROLE: Final = (
    # "Mr. Feldt previously served as Senior Vice President, Finance, at Acme" · "Jane Doe, formerly CSO of Acme"
    (
        "former",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:(?:who|was|has|had|is|served|worked|most recently|previously|formerly|until \d{{4}}|before that|,) ?)*"
            rf"(?:previously|formerly|most recently|until \d{{4}},?|was|served)(?: (?:served|worked|was|held))?(?: (?:as|the|its|an?|roles? of|position of))* {_TITLE}{_AT}(?P<of>{{organization|agency}})"
        ),
    ),
    (
        "former-joins",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:joins|joined) (?:{{organization}}|us|the company) from (?P<of>{{organization}})(?:, an? [^,.;]{{3,60}})?,? where (?:she|he|they) (?:was|served as|held|were) (?:the )?{_SHORT_TITLE}(?= (?:and (?:worked|led|was|helped))|[.;,])"
        ),
    ),
    (
        "of",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},?(?: and)? (?:who is |is |currently |serves |as |the company's |our |its |the |{{organization}}'s? )*{_TITLE}{_AT}(?P<of>{{organization|agency}})"
        ),
    ),
    (
        "of-issuer",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:who is |is |as |the company's |our |its |the |(?P<of>{{organization}})(?:'s|') )*{_SHORT_TITLE}{_ENDS}"
        ),
    ),
    (
        "before-colon",
        pattern(
            rf"(?P<of>{{organization}})(?:,? [\w.&-]+){{0,3}}? \((?:[^()]{{0,90}}?[,;] )?(?P<title>(?-i:{TITLE_WORD})[^:;()\ue000-\ue0ff]{{0,60}}?): {_HON}(?P<person>{{person}})"
        ),
    ),
    # "appointed Ann Roe as Chief Medical Officer and Bob Low as Chief Financial Officer"
    ("also", pattern(rf"\band {_HON}(?P<person>{{person}}){_CREDENTIALS},? as {_ITS}{_SHORT_TITLE}{_ENDS}")),
    # "strengthened the Board of Directors with the appointment of Ann Roe"
    (
        "board-with",
        pattern(
            rf"\b(?P<title>Board of Directors|Supervisory Board|Scientific Advisory Board) with the (?:appointments?|additions?|elections?) of {_HON}(?P<person>{{person}})"
        ),
    ),
    ("parenthesis", pattern(rf"(?P<person>{{person}}){_CREDENTIALS} \({_SHORT_TITLE}\)")),
    (
        "possessive",
        pattern(
            rf"(?P<of>{{organization}})(?:'s|') (?:new )?(?P<title>(?-i:{TITLE_WORD})[^\"\ue000-\ue0ff;:.()]{{0,70}}?),? {_HON}(?P<person>{{person}})"
        ),
    ),
    (
        "appointed",
        pattern(
            rf"\b(?:appoint(?:s|ed|ment of)|named|names|promot(?:ed|ion of)|hir(?:ed|ing of)) {_HON}(?P<person>{{person}}){_CREDENTIALS},? (?:as|to|to the (?:role|position) of) {_ITS}{_SHORT_TITLE}(?:{_ENDS}|(?= (?:of|at) ))"
        ),
    ),
    (
        "joined",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:has |have |was |were |been |will |is )*(?:joined|join|joins|appointed|promoted|named|becomes?|serves?|continues?|remain)(?: with)?(?: {{organization}}| the company| us)?(?: as| to)?,? {_ITS}{_SHORT_TITLE}(?:{_ENDS}|(?= (?:of|at) ))"
        ),
    ),
    (
        "before-name",
        pattern(
            rf"(?:^|[^\w] ?|\b(?:to|by|and|that|our|its|the|company's) )(?P<title>(?-i:(?:Chief|President|Managing Director|CEO|CFO|Chair|Founder|Executive|Senior|Vice)\b)(?:[^\"\ue000-\ue0ff;:.,()]){{0,70}}?) {_HON}(?P<person>{{person}})"
        ),
    ),
    (
        "board",
        pattern(
            r"(?P<person>{person})(?: of {organization})?(?: and {person}(?: of {organization})?)? (?:has |have |been |were |was |will )*(?:elected|appointed|joins?|joined|named) (?:to )?(?:the |its |our )?(?P<title>(?:Board of Directors|Supervisory Board|Scientific Advisory Board|Board))(?: of (?:the company|(?P<of>{organization})))?"
        ),
    ),
    (
        "board-second",
        pattern(
            r"{person}(?: of {organization})? and (?P<person>{person})(?: of {organization})? (?:has |have |been |were |was |will )*(?:elected|appointed|joins?|joined|named) (?:to )?(?:the |its |our )?(?P<title>(?:Board of Directors|Supervisory Board|Scientific Advisory Board|Board))(?: of (?:the company|(?P<of>{organization})))?"
        ),
    ),
    (
        "with",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:of|from) (?:the )?(?P<of>{{organization}})(?P<title>)"
        ),
    ),
)
_FORMER: Final = frozenset({"former", "former-joins"})
#: "Professor of Oncology at Charité": a place of work that nothing else tells to be an organisation.
_AT_UNKNOWN: Final = re.compile(
    r"(?P<title>(?:(?!\b(?:of|at)\s+[A-Z][\w-]+\s+and\b|\sat\s).)+?),?\s+at\s+(?:the\s+)?(?P<of>[A-ZÀ-Þ][^,;.]{2,60})$"
)
#: What goes on after a title: "Chief Medical Officer *after serving as …*", "Chief Executive Officer*Date*: …".
_AFTER_TITLE: Final = re.compile(
    r",?\s+(?:after|before|while|where|since|when|appeared|bring(?:s|ing)|following|replacing|succeeding|responsible|reporting|overseeing|leading)\b.*$"
    r"|(?<=Officer)[A-Z][a-z].*$|(?<=President)[A-Z][a-z].*$|(?<=Director)[A-Z][a-z].*$"
)
_TITLE_NOUN: Final = re.compile(
    r"\b(?:officer|chief executive|board|advis[eo]r|president|CEO|CFO|CMO|CSO|COO|CTO|CBO|CCO|CDO|SVP|EVP|VP|head|director|founder|chair(?:man|woman|person)?|professor|investigator|manager|partner|scientist|commissioner|secretary|lead|physician|\w+ologist|surgeon|consultant|member)\b",
    re.IGNORECASE,
)


def _roles(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "Jane Doe, M.D., Ph.D., chief medical officer of Acme"; 'said Jane Doe, our CEO.'; "Jane Doe (CEO)";
    "Jane Doe joined as Chief Financial Officer"; "Chief Executive Officer Jane Doe"; "Ms. Doe was, until 2023, CCO of Foo" (historical).
    Near misses: "Acme, president"; "Jane Doe of Acme" gives a role without title.
    """
    if not sentence.of_kind(Kind.PERSON):
        return
    done: set[tuple[Entity, bool]] = set()
    for rule, form in _ROLE:
        for match in form.finditer(sentence.frame):
            person = sentence.mention(match, "person").entity
            former = rule in _FORMER
            title = " ".join(sentence.text[match.start("title") : match.end("title")].split()).strip(" ,")
            title = _AFTER_TITLE.sub("", title)
            title = re.sub(r"\s+(?:of|at|for|and|Tel|Phone|Telephone|E-?mail|Mobile|T|P|E|M)$", "", title)
            if (person, former) in done or len(title) > 120:
                continue
            if rule != "with" and not _TITLE_NOUN.search(title):
                continue
            if rule == "with" and (person, True) in done:
                continue
            of = (
                sentence.mention(match, "of").entity
                if "of" in form.groupindex and match["of"]
                else document.organization_of(sentence)
            )
            elsewhere = _AT_UNKNOWN.match(title) if not ("of" in form.groupindex and match["of"]) else None
            if elsewhere is not None:
                title, of = elsewhere["title"], Entity(Kind.ORGANIZATION, elsewhere["of"].strip())
            if of is None:
                continue
            leaves = re.search(
                r"\bwill (?:leave|retire|depart|step down)|\bhas (?:retired|left|resigned|departed)|\bstepp(?:ed|ing) down",
                sentence.text,
            )
            how = Modality.HISTORICAL if former or (leaves and rule == "before-name") else Modality.ASSERTED
            done.add((person, former))
            yield _fact(
                document, sentence, f"role.{rule}", "role", person, of, {"title": title or None},
                modality=how, confidence=0.8 if rule in ("with", "before-name", "board", "board-second") else 0.95,
            )  # fmt: skip


_HELD: Final = (
    r"(?:was|were|served|held|worked)(?: most recently| previously)?"
    r"(?: (?:as|the|an?|its|positions? (?:of|as)|roles? (?:of|as|including)|titles? of))*"
)
_PRONOUN_POST: Final = pattern(
    rf"(?:^|[,;] |that |there,? |which )(?:she|he)\b,? (?:has |had |most recently |previously |also |then |earlier )*{_HELD} {_TITLE}{_AT}(?P<of>{{organization|agency}})"
)
_PRONOUN_NOW: Final = pattern(
    rf"(?:^|[,;] )(?:she|he)\b,? (?:is|currently serves as|serves as)(?: (?:also|currently|an?|the))* {_TITLE}{_AT}(?P<of>{{organization|agency}})"
)
_NEXT_POST: Final = pattern(
    rf",? (?:and|as well as|followed by)(?: (?:as|before that|later|previously|earlier|was|served|held|the|an?))* (?P<title>(?-i:{TITLE_WORD}){_IN_TITLE}{{0,70}}?) (?:of|at|for|with) (?:the )?(?P<of>{{organization|agency}})"
)


def _posts_of_pronouns(document: LinkedDocument) -> Iterator[Fact]:
    """Former posts told of "she" or "he", who is the last person named in the paragraph or the one before.

    Hit: "Previously, she was Senior Vice President of Clinical Research at Foo and Medical Director at Bar."
    A post told in the present is held now: "She is Professor of Medicine at Foo University".
    Near miss: "Foo was the firm at which they met".
    """
    last: tuple[Entity, int] | None = None
    for sentence in document.statements():
        paragraph = sentence.sentence.paragraph
        people = sentence.of_kind(Kind.PERSON)
        now = _PRONOUN_NOW.search(sentence.frame)
        match = now or _PRONOUN_POST.search(sentence.frame)
        while (
            match is not None
            and last is not None
            and not people
            and not sentence.in_quote
            and paragraph - last[1] in (0, 1)
        ):
            title = _AFTER_TITLE.sub(
                "", " ".join(sentence.text[match.start("title") : match.end("title")].split())
            ).strip(" ,")
            of = sentence.mention(match, "of").entity
            if _TITLE_NOUN.search(title) and of != document.issuer:
                yield _fact(
                    document, sentence, "role.pronoun", "role", last[0], of, {"title": title},
                    modality=Modality.ASSERTED if now else Modality.HISTORICAL, confidence=0.85,
                )  # fmt: skip
            match = _NEXT_POST.match(sentence.frame, match.end())
        if people:
            last = (people[-1].entity if len(people) == 1 else people[0].entity, paragraph)


# --- funding --------------------------------------------------------------------------------------------

_GRANT: Final = r"(?:grants?|awards?|funding|contracts?|financial support)"
_MONEY: Final = r"(?:\\?[A-Z]{0,3}[$€£¥]|(?:USD|EUR|GBP|CHF|DKK|SEK|NOK|JPY|CNY|RMB|AUD|CAD) ?)\d[\d.,]*"
_FUNDER: Final = "{organization|agency}"
_AUX: Final = r"(?:has |have |had |will |today |also |previously |recently |agreed to |committed to )*"
_FUNDING: Final = (
    # C receives … grant … from F
    pattern(
        rf"(?P<to>{{organization}})[^.;]{{0,80}}?\b(?:receiv\w+|award\w*|secur\w+|granted|obtain\w*|won|wins)\b[^.;]{{0,120}}?\b{_GRANT}\b[^.;]{{0,80}}?"
        rf"\b(?:from|by|through|with) (?:the )?(?P<from>{_FUNDER})"
    ),
    # C awarded $25 million by F
    pattern(
        rf"(?P<to>{{organization}})[^.;]{{0,60}}?\b(?:awarded|granted|receives?|received) [^.;]{{0,30}}?{_MONEY}[^.;]{{0,60}}?\b(?:by|from) (?:the )?(?P<from>{_FUNDER})"
    ),
    # F awarded C a $5 million grant; F will provide C up to $5 million
    pattern(
        rf"(?P<from>{_FUNDER}) {_AUX}(?:award\w*|grant\w*|provid\w+|commit\w*|contribut\w+) (?P<to>{{organization}})?[^.;]{{0,60}}?(?:{_MONEY}[^.;]{{0,40}}?\b{_GRANT}\b|(?:up to |an additional |approximately )?{_MONEY}|\b{_GRANT}\b)"
        rf"(?:[^.;]{{0,40}}?\bto (?P<to2>{{organization}}))?"
    ),
    # supported by a … grant from F
    pattern(
        rf"\b(?:supported|funded|financed)(?: in part)? (?:by|through|with)(?: an?)?[^.;]{{0,80}}?\b(?:{_GRANT}\b[^.;]{{0,60}}?\bfrom )?(?:the )?(?P<from>{_FUNDER})"
    ),
)
_PURPOSE: Final = re.compile(
    r"\b(?:to (?:help )?(?:fund|support|advance|finance|develop|accelerate|conduct|complete)|for) (?!up to|the first|a total)[^.;,]{8,160}"
)


def _funding(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "Acme will receive approximately $2 million in a non-dilutive grant from the National Cancer Institute";
    "CARB-X awarded Acme a $5 million grant".
    Near misses: "the FDA has granted Acme an orphan drug designation"; "milestone payments from Pfizer".
    """
    if not re.search(
        rf"\b(?:{_GRANT}|funded|supported|financed|award\w*|provid\w+)\b", sentence.text, re.IGNORECASE
    ):
        return
    for number, form in enumerate(_FUNDING):
        for match in form.finditer(sentence.frame):
            funder = sentence.mention(match, "from").entity
            to = next(
                (match.start(g) and g for g in ("to", "to2") if g in form.groupindex and match[g]), None
            )
            recipient = sentence.mention(match, to).entity if to else document.organization_of(sentence)
            between = sentence.frame[match.start() : match.end()]
            if (
                recipient is None
                or recipient == funder
                or re.search(
                    r"collaborat|licen[sc]|milestone|royalt|designation|approval|clearance|patent", between
                )
            ):
                continue
            if any(m.entity.kind is Kind.DESIGNATION for m in sentence.at(match.start(), match.end())):
                continue
            if number == 3 and not re.search(rf"\b{_GRANT}\b|funded", between):
                continue
            amounts = money(sentence.text)
            qualifiers: dict[str, Value | tuple[Value, ...] | None] = {}
            if amounts:
                near = min(
                    amounts, key=lambda a: min(abs(a.start - match.start()), abs(a.start - match.end()))
                )
                qualifiers = {
                    "amount": near.amount,
                    "currency": near.currency,
                    "approx": True if near.approximate else None,
                }
            elif number == 3:
                continue
            purpose = _PURPOSE.search(sentence.text, sentence.text.find(" ", match.start("from")))
            if purpose:
                qualifiers["purpose"] = " ".join(purpose[0].split())
            how = modality(sentence.text, match.start("from"), match.end("from"))
            yield _fact(
                document,
                sentence,
                "funding",
                "funding",
                funder,
                recipient,
                qualifiers,
                modality=how,
                confidence=0.9,
            )
            return


# --- supplier, owner ------------------------------------------------------------------------------------

_SUPPLIER: Final = (
    pattern(
        r"({organization})(?: \([^()]*\))?,? (?:which is |who is |is |as )?(?:the |our |a |its |{organization}'s? )*"
        r"(?P<how>sole|exclusive|primary|single|sole source|sole-source|preferred|commercial)? ?(?:source )?(?:supplier|manufacturer|provider) (?:of|for) (?:the )?({drug})"
    ),
    pattern(
        r"({organization}) (?:will |currently |exclusively )*(?P<how>exclusively)? ?(?:supply|supplies|manufactures|manufacture) ({drug})"
    ),
)


def _suppliers(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "the Centre for X (CX), the sole supplier of the ABC 1"; "Lonza manufactures ABC-1"."""
    for form in _SUPPLIER:
        for match in form.finditer(sentence.frame):
            supplier, drug = sentence.mention(match, 1).entity, sentence.mention(match, 3).entity
            if supplier == document.issuer:
                continue
            how = (match["how"] or "").lower().replace("exclusively", "exclusive") or None
            yield _fact(
                document, sentence, "supplier", "supplier", supplier, drug, {"exclusivity": how},
                modality=modality(sentence.text, match.start(3), match.end(3)),
            )  # fmt: skip


_OWNER: Final = (
    pattern(
        r"(?P<held>{organization}) is (?P<share>[\d.,]+ ?(?:%|percent|per cent))[- ]owned by (?:the )?(?P<owner>{organization})"
    ),
    pattern(
        r"(?P<owner>{organization}) (?:owns|holds|has) (?:an? |about |approximately )?(?P<share>[\d.,]+ ?(?:%|percent|per cent)) (?:stake |interest |of the (?:shares|capital) )?(?:in|of) (?P<held>{organization})"
    ),
    pattern(
        r"(?P<held>{organization}),? (?:\([^()]*\),? )?(?:is )?an? (?P<share>wholly[- ]owned) subsidiary of (?P<owner>{organization})"
    ),
)


def _owners(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "Acme is 86 percent-owned by the Acme Foundation"; "Acme, a wholly owned subsidiary of Foo"."""
    for form in _OWNER:
        for match in form.finditer(sentence.frame):
            share = match["share"].lower()
            value = "100%" if share.startswith("wholly") else re.sub(r"\s*(?:percent|per cent|%)", "%", share)
            owner, held = sentence.mention(match, "owner").entity, sentence.mention(match, "held").entity
            yield _fact(document, sentence, "owner", "owner", owner, held, {"share": value})


_OWNED_BY_STAFF: Final = pattern(
    r"(?P<held>{organization}) is [^.;]{0,30}?owned (?:by [^;]{0,120}?\b)?by (?:its|their) (?:own )?employees\b"
)


def _employees_as_owners(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "Acme is 86 percent-owned by the Acme Foundation, and secondarily by its own employees".
    Near misses: "Acme is owned by Foo, and its employees number 200".
    """
    for match in _OWNED_BY_STAFF.finditer(sentence.frame):
        held = sentence.mention(match, "held").entity
        employees = Entity(Kind.ORGANIZATION, f"{held.label} employees")
        yield _fact(document, sentence, "owner.employees", "owner", employees, held, confidence=0.85)


# --- descriptions -----------------------------------------------------------------------------------------

_DESCRIBED: Final = pattern(
    r"(?P<org>{organization})(?:,? inc\.?| ltd\.?| plc)?(?:,? ?\([^()]*\))*(?:,? is|,)? an? (?P<what>(?:[\w-]+,? ){1,7}?"
    r"(?:company|firm|biotech|organi[sz]ation|manufacturer|foundation))\b(?!'s)"
)


def _descriptions(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What kind of organisation it calls itself.

    Hits: "Acme Therapeutics (Nasdaq: ACME), a clinical-stage biopharmaceutical company focused on …"; "Acme is a biotech".
    Near misses: "Acme and Bolt, a Delaware company's subsidiary"; "licensed to Acme, a transaction that the company …".
    """
    for match in _DESCRIBED.finditer(sentence.frame):
        what = " ".join(sentence.text[match.start("what") : match.end("what")].split())
        if re.search(r"\b(?:that|which|who|the|subsidiary|transaction)\b", what):
            continue
        yield _fact(
            document, sentence, "description", "org_description", sentence.mention(match, "org").entity, what,
            confidence=0.85,
        )  # fmt: skip


# --- figures --------------------------------------------------------------------------------------------

_YEAR: Final = re.compile(
    r"\b(?:in|for|of|during)\s+(?:fiscal\s+(?:year\s+)?|FY\s*)?((?:19|20)\d\d)\b", re.IGNORECASE
)
_EMPLOYEES: Final = re.compile(
    r"(?:employ(?:s|ing)?|counts|has|have|with|team of|workforce of)\s+(?P<words>[^.;]{0,40}?)\s*(?:employees|people|staff|colleagues|associates)\b(?!\s+living)|(?P<words2>(?:\w+\s+){0,2}[\d,]+)\s+employees\b",
    re.IGNORECASE,
)
_REVENUE: Final = re.compile(
    r"\b(?:in\s+)?(?:annual\s+|total\s+|net\s+|consolidated\s+)*(?:revenues?|sales|turnover)\b", re.IGNORECASE
)
_EARNED: Final = re.compile(
    r"\b(?:generat\w+|report\w+|had|has|achiev\w+|record\w+|post\w+|total\w+|reach\w+|earn\w+|with|of|were|was|realiz\w+)\b",
    re.IGNORECASE,
)
_SPEND: Final = re.compile(r"\b(?:R&D|research and development)\b", re.IGNORECASE)
_SPENT: Final = re.compile(r"\b(?:dedicat\w+|invest\w*|spen[dt]\w*|devot\w+|allocat\w+)\b", re.IGNORECASE)
_SHARE: Final = re.compile(
    r"(?:of which\s+)?(?P<share>[\d.,]+)\s*(?:%|percent|per cent)\s+(?:came|comes|is|was|were|generated|derived|stem\w*)\s+(?:from|by)\s+(?:its\s+|the\s+)?(?P<what>[\w -]{3,40}?)\s*(?:business(?:es)?|division|sales|unit|segment|operations)\b",
    re.IGNORECASE,
)
_COUNTRIES: Final = re.compile(
    r"\b(?P<what>subsidiaries|offices|distribut\w+|presence|operat\w+|affiliates|present|active|available|marketed)\b(?P<gap>[^.;]{0,50}?)\bin\s+(?P<words>(?:over|more than|approximately|about|some|nearly)?\s*[\d,]+)\s+countries\b",
    re.IGNORECASE,
)


def _figures(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "generated 2,282 million euros in revenues"; "counts more than 13,000 employees"; "offices in 47 countries".

    Near misses: "60 percent of patients"; "expected sales of the market".
    """
    if sentence.section.kind is not SectionKind.ABOUT:
        return
    organizations = sentence.of_kind(Kind.ORGANIZATION)
    topic = document.topics.get(sentence.section)
    if topic is None or topic.kind is not Kind.ORGANIZATION:
        return
    subject = organizations[0].entity if organizations else topic
    text = sentence.text
    year_match = _YEAR.search(text)
    year = int(year_match[1]) if year_match else None

    def figure(kind: str, value: str, unit: str, sign: str, approximate: bool) -> Fact:
        words = " ".join(filter(None, [kind, value, unit]))
        qualifiers: dict[str, Value | tuple[Value, ...] | None] = {
            "kind": kind, "value": value, "unit": unit or None, "comparator": sign or None,
            "approx": True if approximate else None, "year": year,
        }  # fmt: skip
        return _fact(document, sentence, "figure", "org_fact", subject, words, qualifiers, confidence=0.9)

    for amount in money(text):
        around = text[max(0, amount.start - 60) : amount.end + 45]
        if _SPEND.search(around) and _SPENT.search(around):
            yield figure("R&D spend", str(amount.amount), amount.currency, amount.sign, amount.approximate)
        elif _REVENUE.search(around) and _EARNED.search(text):
            yield figure("revenue", str(amount.amount), amount.currency, amount.sign, amount.approximate)
    if _REVENUE.search(text):
        tail = text
        for match in re.finditer(
            r"(?:^|,|\band\b)\s*(?:of which\s+)?(?P<share>[\d.,]+)\s*(?:%|percent|per cent)\s+(?:(?:came|comes|derived|is|was)\s+)?from\s+(?:its\s+|the\s+)?(?P<what>[\w-]+(?: [\w-]+){0,3}?)\s+(?:business(?:es)?|division|sales|unit|segment|operations)\b",
            tail,
        ):
            yield figure(f"{match['what']} revenue share", match["share"], "%", "", False)
    for match in _EMPLOYEES.finditer(text):
        words = match["words"] or match["words2"] or ""
        for number in numbers(words):
            if number.value >= 2 and number.value == number.value.to_integral_value():
                sign, approximate = comparator(text, match.start() + match[0].find(number.printed))
                yield figure(
                    "employees",
                    str(int(number.value)),
                    "",
                    number.sign or sign,
                    number.approximate or approximate,
                )
                break
    for match in _COUNTRIES.finditer(text):
        what = match["what"].lower()
        kind = (
            "subsidiaries"
            if what in ("subsidiaries", "offices", "affiliates")
            else "distribution"
            if what.startswith("distribut")
            else "presence"
        )
        for number in numbers(match["words"]):
            sign, approximate = comparator(text, match.start("words") + match["words"].find(number.printed))
            kind_text = f"countries with {kind}"
            yield figure(
                kind_text,
                str(int(number.value)),
                "countries",
                number.sign or sign,
                number.approximate or approximate,
            )


# --- collaboration --------------------------------------------------------------------------------------

_KINDS: Final = (
    # the first that fits wins: the more telling word before the general one
    ("acquisition", r"\bacqui(?:re[sd]?|sition|ring)\b(?! of (?:data|images|rights|exclusive))|\bto be acquired\b|\btakeover\b"),
    ("merger", r"\b(?:reverse )?merg(?:er|e[sd]?|ing)\b"),
    ("joint-venture", r"\bjoint venture\b"),
    ("option", r"\boption (?:and licen[sc]e|agreement)\b"),
    ("clinical-collaboration", r"\bclinical (?:trial |study |research |development )?(?:collaboration|partnership)|\bclinical trial collaboration"),
    ("licence", r"\b(?:sub)?licen[sc](?:e|es|ed|ing)\b(?! application)"),
    ("co-development", r"\bco-?develop\w*|\bjoint(?:ly)? develop\w*"),
    ("supply", r"\bsuppl(?:y|ies|ied) (?:agreement|collaboration)\b|\bsupply\b"),
    ("manufacturing", r"\bmanufactur\w+ (?:agreement|partnership|collaboration|services)"),
    ("distribution", r"\bdistribution (?:agreement|rights|partnership)"),
    ("commercialization", r"\b(?:co-)?(?:commerciali[sz]ation|promotion) (?:agreement|partnership|collaboration)"),
    ("research-collaboration", r"\b(?:research|discovery)(?: and (?:development|option|discovery))? (?:collaboration|agreement|partnership|alliance|program)|\bcollaborat\w+ (?:to|on) (?:research|discover|explore)"),
)  # fmt: skip
_KIND_PATTERNS: Final = tuple((curie, re.compile(form, re.IGNORECASE)) for curie, form in _KINDS)
_BOND: Final = r"(?:collaborat\w+|partnership|partner(?:s|ed|ing)?|alliance|agreements?|deal|joint venture|licen[sc]\w+|acqui\w+|merg\w+|joint forces)"
_TOGETHER: Final = (
    # A and B announce … collaboration
    pattern(rf"({{organization}})(?: \([^()]*\))?(?:,(?:[^.;\"]|\((?:the )?\"[\w ]+\"\)){{0,160}}?)?,? (?:and|together with|along with|jointly with) (?:[\w-]+ ){{0,5}}?({{organization}})(?: \([^()]*\))?,?(?: [\w-]+){{0,6}}? (?:announc\w*|enter\w*|sign\w*|extend\w*|expand\w*|form\w*|agree\w*|establish\w*|partner|collaborate|join)\b[^.;\"]{{0,160}}?\b{_BOND}"),
    pattern(rf"({{organization}}) and ({{organization}}) (?:[\w-]+ ){{0,3}}?{_BOND}"),
    # A … collaboration with B
    pattern(rf"({{organization}})[^.;\"]{{0,200}}?\b{_BOND}(?: [\w-]+){{0,5}}? (?:with|between (?:the company|{{organization}}) and) (?:[\w,-]+ ){{0,5}}?({{organization}})"),
    pattern(rf"\b{_BOND} (?:[\w-]+ )?between ({{organization}}) and ({{organization}})"),
    # A acquires B; A licensed … from/to B
    pattern(r"({organization})(?: \([^()]*\))? (?:(?:has|have|had|will|today|announced|that|it|agreed|to|an agreement|completed|the|entered|into|definitive|a) ){0,8}(?:acquir(?:e|es|ed|ing)|acquisition of) (?:[\w-]+ ){0,4}?({organization})"),
    pattern(r"({organization})[^.;\"]{0,140}?\b(?:in-?licensed|out-?licensed|licen[sc]ed|licen[sc]e|rights)\b[^.;\"]{0,120}?\b(?:from|to) (?:[\w-]+ ){0,3}?({organization})"),
)  # fmt: skip
#: "made by our partner B under a supply agreement", "provided by B under a … agreement".
_UNDER: Final = pattern(
    rf"\b(?:by|from|with|our|its|the company's) (?:(?:partner|licensee|collaborator|distributor|manufacturer|supplier),? )?({{organization}})[^.;]{{0,50}}?\bunder (?:an?|the|its|our) (?:[\w'-]+ ){{0,4}}?{_BOND}"
)
_WORKING: Final = pattern(
    r"\b(?:working|works|development|created|co-?developed|discovered|developed|collaborating|partnering) (?:together |jointly |closely )?with (?:the )?({organization})"
)
_HOLDS: Final = pattern(
    r"({organization})(?: \([^()]*\))?,? (?:which )?(?:holds?|has|owns) (?:an? |the )?(?:exclusive |commercial |worldwide )*(?:licen[sc]e|rights)\b"
)
_PARTNERED: Final = pattern(
    r"\b(?:our|its|the company's) (?:[\w-]+ ){0,3}?(?:partner|licensee|collaborator|distributor)s?,? ({organization})"
)
_LICENSED: Final = pattern(r"\blicen[sc]ed (?:[\w-]+ ){0,3}?(?:to|from) (?:[\w-]+ ){0,3}?({organization})")
_PARTNER_OF: Final = pattern(
    r"({organization})(?:'s|') (?:[\w-]+ ){0,4}?(?:partner|licensee|collaborator)(?: (?:in|for) [\w, ]{2,40}?)?,? ({organization})"
)
#: "our collaboration with B", "in collaboration with B", where nobody else is named.
_WITH: Final = pattern(
    rf"\b(?:our|its|the company's|their|in|this|a|an|ongoing|[\w-]+) (?:[\w-]+ ){{0,4}}?{_BOND}(?: agreement)? with (?:[\w-]+ ){{0,4}}?({{organization}})"
)
_DISMISSED: Final = re.compile(
    r"\b(?:investor\s+relations|royalty\s+(?:financing|agreement)|loan\s+agreement|credit\s+(?:facility|agreement)|underwrit\w+|"
    r"book-?running|placement\s+agent|purchase\s+agreement\s+with\s+(?:certain\s+)?(?:institutional\s+)?investors)\b",
    re.IGNORECASE,
)


def _collaborations(document: LinkedDocument) -> Iterator[Fact]:
    """Who works with whom, the kind decided over all sentences about the two.

    Hits: "Acme and Foo Extend Collaboration"; "a license agreement with Foo"; "Acme acquired Foo".
    Near misses: "has collaborated with the FDA"; "collaborative R&D efforts"; "works with Foo to …".
    """
    found: dict[frozenset[str], list[tuple[LinkedSentence, Mention, Mention, int]]] = {}
    for sentence in document.statements():
        if not re.search(rf"{_BOND}|\bwith\b|\brights\b", sentence.text, re.IGNORECASE) or _DISMISSED.search(
            sentence.text
        ):
            continue
        pairs: list[tuple[Mention, Mention, int]] = []
        for form in (*_TOGETHER, _PARTNER_OF):
            for match in form.finditer(sentence.frame):
                pairs.append((sentence.mention(match, 1), sentence.mention(match, 2), match.start(2)))
        if not pairs and document.issuer is not None:
            for match in (
                *_WITH.finditer(sentence.frame),
                *_LICENSED.finditer(sentence.frame),
                *_UNDER.finditer(sentence.frame),
                *_PARTNERED.finditer(sentence.frame),
                *_WORKING.finditer(sentence.frame),
                *_HOLDS.finditer(sentence.frame),
            ):
                partner = sentence.mention(match, 1)
                own = document.organization_of(sentence)
                if own is not None:
                    pairs.append((Mention(partner.start, partner.start, "", own), partner, match.start(1)))
        for one, other, at in pairs:
            if one.entity != other.entity and not _is_adviser(other.entity) and not _is_adviser(one.entity):
                key = frozenset((one.entity.label, other.entity.label))
                found.setdefault(key, []).append((sentence, one, other, at))
    for mentions in found.values():
        yield from _collaboration(document, mentions)


def _is_adviser(entity: Entity) -> bool:
    return bool(
        re.search(
            r"\b(?:Investor|Relations|Communications|LLP|Securities|Exchange Commission)\b",
            " ".join(entity.names),
        )
    )


def _collaboration(
    document: LinkedDocument, mentions: list[tuple[LinkedSentence, Mention, Mention, int]]
) -> Iterator[Fact]:
    kind = next((c for c, form in _KIND_PATTERNS if any(form.search(s.text) for s, *_ in mentions)), None)
    generic = any(
        re.search(r"\bcollaborat|\bresearch\b|\bdiscover", s.text, re.IGNORECASE) for s, *_ in mentions
    )
    if kind is None and generic:
        kind = "research-collaboration"
    paragraphs = {s.sentence.paragraph for s, *_ in mentions}
    upfront = next(
        (
            m
            for s in document.statements()
            if s.section.kind is not SectionKind.ABOUT or s.sentence.paragraph in paragraphs
            for m in money(s.text)
            if re.search(
                r"up-?front (?:cash )?(?:payment|fee|consideration)",
                s.text[max(0, m.start - 60) : m.end + 40],
                re.IGNORECASE,
            )
        ),
        None,
    )
    for number, (sentence, one, other, at) in enumerate(mentions):
        if number and sentence is mentions[0][0]:
            continue
        qualifiers: dict[str, Value | tuple[Value, ...] | None] = {
            "kind": document.concept(f"collaboration-kind:{kind}") if kind else None,
            "date": _announced(document, sentence),
        }
        amounts = [a for a in money(sentence.text) if not re.match(r"\s+per\b", sentence.text[a.end :])]
        best = upfront
        if best is None or kind == "acquisition":
            best = max(amounts, key=lambda a: a.amount, default=None)
        if best is not None:
            qualifiers |= {"amount": best.amount, "currency": best.currency}
        purpose = re.search(
            r"\b(?:to (?:develop|co-?develop|discover|research|evaluate|explore|commerciali[sz]e|advance|identify|design)|for (?:the )?(?:development|discovery|commerciali[sz]ation|research|manufactur\w+))\b[^.;]{8,200}",
            sentence.text,
            re.IGNORECASE,
        )
        if purpose:
            qualifiers["purpose"] = " ".join(purpose[0].split()).strip(" ,")
        how = modality(sentence.text, at, at + 1)
        subject = one.entity if other.entity != document.issuer or kind == "acquisition" else other.entity
        partner = other.entity if subject is one.entity else one.entity
        yield _fact(
            document,
            sentence,
            "collaboration",
            "collaboration",
            subject,
            partner,
            qualifiers,
            modality=how,
            confidence=0.9,
        )


_ANNOUNCES: Final = re.compile(r"\b(?:today|announces?)\b", re.IGNORECASE)


def _announced(document: LinkedDocument, sentence: LinkedSentence) -> str | None:
    """The date that a sentence gives an event: its own, or the release's where it announces."""
    for found in dates(sentence.text, on=document.published):
        if document.published is None or found.iso <= document.published[: len(found.iso)]:
            return found.iso
    title = sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
    return (
        document.published
        if title or (_ANNOUNCES.search(sentence.text) and sentence.section.kind is SectionKind.BODY)
        else None
    )


# --- pipeline -------------------------------------------------------------------------------------------

_PRECLINICAL: Final = (
    pattern(r"\b(?:pre-?clinical|ind[- ]enabling|discovery)(?:[- ]stage)? [^.;]{0,80}?\(?(?P<first>{drug})(?P<rest>(?:(?:,| and| or|, and| &) (?:{drug}))*)"),
    pattern(r"(?P<first>{drug})\)?(?P<rest>(?:(?:,| and|, and) {drug})*),? (?:\([^()]*\),? )?(?:is |are |which is |our |its )?(?:an? |in |the )?(?:\w+ )?pre-?clinical(?:[- ]stage)?(?: product| drug| development)*"),
)  # fmt: skip
_CLINICAL: Final = re.compile(
    r"\b(?:phase\s+(?:[1-4]|I{1,3}|IV)[ab]?|clinical (?:stud(?:y|ies)|trials?)|first-in-human)\b",
    re.IGNORECASE,
)
_STUDIED: Final = pattern(
    r"({drug})[^.;]{0,120}?\bphase (?:[1-4]|i{1,3}v?)[ab]?\b|\bphase (?:[1-4]|i{1,3}v?)[ab]?\b[^.;]{0,120}?({drug})"
)


def _programs(document: LinkedDocument) -> Iterator[Fact]:
    """The stage of each drug that is somebody's own.

    Hits: "CLR 131 is in a Phase 2 clinical study"; "preclinical programs (AB-1 and AB-2)";
    "(AB-1), a preclinical stage product candidate".
    """
    owner_of = owners(document)
    stages: dict[Entity, tuple[str, LinkedSentence]] = {}
    for sentence in document.statements():
        if sentence.in_quote:
            continue
        for form in _PRECLINICAL:
            for match in form.finditer(sentence.frame):
                for mention in sentence.at(match.start("first"), match.end("rest")):
                    if mention.entity.kind is Kind.DRUG:
                        stages.setdefault(mention.entity, ("preclinical", sentence))
        if _CLINICAL.search(sentence.text):
            for match in _STUDIED.finditer(sentence.frame):
                mention = sentence.mention(match, 1 if match[1] else 2)
                stage, _ = stages.get(mention.entity, ("", sentence))
                if stage != "clinical":
                    stages[mention.entity] = ("clinical", sentence)
    for drug, (stage, sentence) in stages.items():
        owner = owner_of.get(drug)
        if owner is not None:
            yield _fact(
                document, sentence, "program", "pipeline_program", owner[0], drug,
                {"stage": document.concept(f"development-stage:{stage}")}, confidence=0.9,
            )  # fmt: skip
