"""Sentences → who holds which post at which organisation, now or before.

Between linking and relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.people import CREDENTIAL, TITLE_WORD
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Modality

_CREDENTIALS: Final = rf"(?:(?:, ?| )(?-i:{CREDENTIAL})(?![\w]))*"
_OTHER: Final = "{disease}|{platform}|{drug_class}|{payload}|{target}|{treatment}|{endpoint}"
_IN_TITLE: Final = rf"(?:[^\"\ue000-\ue0ff;:.()]|{_OTHER}|\.(?=\w))"
_TITLE: Final = rf"(?P<title>(?-i:{TITLE_WORD}){_IN_TITLE}*?)"
_HON: Final = r"(?:Dr\.? |Prof\.? |Professor |Mr\.? |Ms\.? )?"
_ITS: Final = r"(?:the company's |our |its |the |a |an |new |to |{organization}(?:'s|') )*"
_ENDS: Final = (
    r"(?= ?[.\";:(]|,? (?:effective|said|stated|added|commented|noted|and (?:will|member|a member)|on|"
    r"in|from|will|who|to)\b|, (?-i:[\"a-z])(?!nd )| and {person}|$)"
)
_SHORT_TITLE: Final = rf"(?P<title>(?-i:{TITLE_WORD}){_IN_TITLE}{{0,90}}?)"
_AT: Final = r"(?:,? (?:of|at|for|with|from),? (?:the )?|, )"
_ROLE: Final = (
    # "Mr. Feldt previously served as Senior Vice President, Finance, at Acme" · "Jane Doe, formerly CSO of Acme"
    (
        "former",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:(?:who|was|has|had|is|served|worked|most "
            rf"recently|previously|formerly|until \d{{4}}|before that|,) ?)*"
            rf"(?:previously|formerly|most recently|until \d{{4}},?|was|served)(?: (?:served|"
            rf"worked|was|held))?(?: (?:as|the|its|an?|roles? of|position of))* {_TITLE}{_AT}"
            rf"(?P<of>{{organization|agency}})"
        ),
    ),
    (
        "former-joins",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:joins|joined) (?:{{organization}}|us|the "
            rf"company) from (?P<of>{{organization}})(?:, an? [^,.;]{{3,60}})?,? where (?:she|he|"
            rf"they) (?:was|served as|held|were) (?:the )?{_SHORT_TITLE}(?= (?:and (?:worked|led|"
            r"was|helped))|[.;,])"
        ),
    ),
    (
        "of",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},?(?: and)? (?:who is |is |currently |serves |"
            rf"as |the company's |our |its |the |{{organization}}'s? )*{_TITLE}{_AT}"
            rf"(?P<of>{{organization|agency}})"
        ),
    ),
    (
        "of-issuer",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:who is |is |as |the company's |our |its |"
            rf"the |(?P<of>{{organization}})(?:'s|') )*{_SHORT_TITLE}{_ENDS}"
        ),
    ),
    (
        "before-colon",
        pattern(
            rf"(?P<of>{{organization}})(?:,? [\w.&-]+){{0,3}}? \((?:[^()]{{0,90}}?[,;] )?(?P<title>"
            rf"(?-i:{TITLE_WORD})[^:;()\ue000-\ue0ff]{{0,60}}?): {_HON}(?P<person>{{person}})"
        ),
    ),
    # "appointed Ann Roe as Chief Medical Officer and Bob Low as Chief Financial Officer"
    ("also", pattern(rf"\band {_HON}(?P<person>{{person}}){_CREDENTIALS},? as {_ITS}{_SHORT_TITLE}{_ENDS}")),
    # "strengthened the Board of Directors with the appointment of Ann Roe"
    (
        "board-with",
        pattern(
            r"\b(?P<title>Board of Directors|Supervisory Board|Scientific Advisory Board) with "
            rf"the (?:appointments?|additions?|elections?) of {_HON}(?P<person>{{person}})"
        ),
    ),
    ("parenthesis", pattern(rf"(?P<person>{{person}}){_CREDENTIALS} \({_SHORT_TITLE}\)")),
    (
        "possessive",
        pattern(
            rf"(?P<of>{{organization}})(?:'s|') (?:new )?(?P<title>"
            rf"(?-i:{TITLE_WORD})[^\"\ue000-\ue0ff;:.()]{{0,70}}?),? {_HON}(?P<person>{{person}})"
        ),
    ),
    (
        "appointed",
        pattern(
            r"\b(?:appoint(?:s|ed|ment of)|named|names|promot(?:ed|ion of)|hir(?:ed|ing of)) "
            rf"{_HON}(?P<person>{{person}}){_CREDENTIALS},? (?:as|to|to the (?:role|position) of) "
            rf"{_ITS}{_SHORT_TITLE}(?:{_ENDS}|(?= (?:of|at) ))"
        ),
    ),
    (
        "joined",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:has |have |was |were |been |will |is )*"
            r"(?:joined|join|joins|appointed|promoted|named|becomes?|serves?|continues?|remain)"
            rf"(?: with)?(?: {{organization}}| the company| us)?(?: as| to)?,? {_ITS}{_SHORT_TITLE}"
            rf"(?:{_ENDS}|(?= (?:of|at) ))"
        ),
    ),
    (
        "before-name",
        pattern(
            r"(?:^|[^\w] ?|\b(?:to|by|and|that|our|its|the|company's) )(?P<title>(?-i:(?:Chief|"
            r"President|Managing Director|CEO|CFO|Chair|Founder|Executive|Senior|Vice)\b)"
            rf"(?:[^\"\ue000-\ue0ff;:.,()]){{0,70}}?) {_HON}(?P<person>{{person}})"
        ),
    ),
    (
        "board",
        pattern(
            r"(?P<person>{person})(?: of {organization})?(?: and {person}(?: of "
            r"{organization})?)? (?:has |have |been |were |was |will )*(?:elected|appointed|"
            r"joins?|joined|named) (?:to )?(?:the |its |our )?(?P<title>(?:Board of Directors|"
            r"Supervisory Board|Scientific Advisory Board|Board))(?: of (?:the company|"
            r"(?P<of>{organization})))?"
        ),
    ),
    (
        "board-second",
        pattern(
            r"{person}(?: of {organization})? and (?P<person>{person})(?: of {organization})? "
            r"(?:has |have |been |were |was |will )*(?:elected|appointed|joins?|joined|named) "
            r"(?:to )?(?:the |its |our )?(?P<title>(?:Board of Directors|Supervisory Board|"
            r"Scientific Advisory Board|Board))(?: of (?:the company|(?P<of>{organization})))?"
        ),
    ),
    (
        "with",
        pattern(
            rf"(?P<person>{{person}}){_CREDENTIALS},? (?:of|from) (?:the )?(?P<of>{{organization}})"
            r"(?P<title>)"
        ),
    ),
)
_FORMER: Final = frozenset({"former", "former-joins"})
#: "Professor of Oncology at Charité": a place of work that nothing else tells to be an organisation.
_AT_UNKNOWN: Final = re.compile(
    r"(?P<title>(?:(?!\b(?:of|at)\s+[A-Z][\w-]+\s+and\b|\sat\s).)+?),?\s+at\s+(?:the\s+)?"
    r"(?P<of>[A-ZÀ-Þ][^,;.]{2,60})$"
)
#: What goes on after a title: "Chief Medical Officer *after serving as …*", "Chief Executive Officer*Date*: …".
_AFTER_TITLE: Final = re.compile(
    r",?\s+(?:after|before|while|where|since|when|appeared|bring(?:s|ing)|following|replacing|"
    r"succeeding|responsible|reporting|overseeing|leading)\b.*$"
    r"|(?<=Officer)[A-Z][a-z].*$|(?<=President)[A-Z][a-z].*$|(?<=Director)[A-Z][a-z].*$"
)
_TITLE_NOUN: Final = re.compile(
    (
        r"\b(?:officer|chief executive|board|advis[eo]r|president|CEO|CFO|CMO|CSO|COO|CTO|CBO|CCO|CDO|"
        r"SVP|EVP|VP|head|director|founder|chair(?:man|woman|person)?|professor|investigator|manager|"
        r"partner|scientist|commissioner|secretary|lead|physician|\w+ologist|surgeon|consultant|"
        r"member)\b"
    ),
    re.IGNORECASE,
)


def roles(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "Jane Doe, M.D., Ph.D., chief medical officer of Acme"; 'said Jane Doe, our CEO.'; "Jane Doe (CEO)";
    "Jane Doe joined as Chief Financial Officer"; "Chief Executive Officer Jane Doe";
    "Ms. Doe was, until 2023, CCO of Foo" (historical).
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
                (
                    r"\bwill (?:leave|retire|depart|step down)|\bhas (?:retired|left|resigned|"
                    r"departed)|\bstepp(?:ed|ing) down"
                ),
                sentence.text,
            )
            how = Modality.HISTORICAL if former or (leaves and rule == "before-name") else Modality.ASSERTED
            done.add((person, former))
            yield statement(
                document, sentence, f"role.{rule}", "role", person, of, {"title": title or None},
                modality=how, confidence=0.8 if rule in ("with", "before-name", "board", "board-second") else 0.95,
            )  # fmt: skip


_HELD: Final = (
    r"(?:was|were|served|held|worked)(?: most recently| previously)?"
    r"(?: (?:as|the|an?|its|positions? (?:of|as)|roles? (?:of|as|including)|titles? of))*"
)
_PRONOUN_POST: Final = pattern(
    r"(?:^|[,;] |that |there,? |which )(?:she|he)\b,? (?:has |had |most recently |previously |"
    rf"also |then |earlier )*{_HELD} {_TITLE}{_AT}(?P<of>{{organization|agency}})"
)
_PRONOUN_NOW: Final = pattern(
    r"(?:^|[,;] )(?:she|he)\b,? (?:is|currently serves as|serves as)(?: (?:also|currently|an?|"
    rf"the))* {_TITLE}{_AT}(?P<of>{{organization|agency}})"
)
_NEXT_POST: Final = pattern(
    r",? (?:and|as well as|followed by)(?: (?:as|before that|later|previously|earlier|was|served|"
    rf"held|the|an?))* (?P<title>(?-i:{TITLE_WORD}){_IN_TITLE}{{0,70}}?) (?:of|at|for|with) (?:the "
    rf")?(?P<of>{{organization|agency}})"
)


def posts_of_pronouns(document: LinkedDocument) -> Iterator[Fact]:
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
                yield statement(
                    document, sentence, "role.pronoun", "role", last[0], of, {"title": title},
                    modality=Modality.ASSERTED if now else Modality.HISTORICAL, confidence=0.85,
                )  # fmt: skip
            match = _NEXT_POST.match(sentence.frame, match.end())
        if people:
            last = (people[-1].entity if len(people) == 1 else people[0].entity, paragraph)
