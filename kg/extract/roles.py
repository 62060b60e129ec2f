"""Sentences → who holds which post at which organisation, now or before.

Between linking and relations.  What a sentence says of a person is read as a chain of posts: connecting words, a
title, an organisation, and again ("Jane Doe, formerly CFO of Foo, joins as Chief Executive Officer").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.people import CREDENTIAL, TITLE_WORD
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Mention, Modality


@dataclass(frozen=True, slots=True)
class _Post:
    """A post as a sentence tells it.

    Attributes:
        person: who.
        organization: where; None where the sentence leaves it to be understood.
        title: as printed; empty where only the place is told.
        former: whether it is said to be past.
        rule: which rule read it.
        plural: whether it may be said of several people at once ("join the Board", "as Directors").
    """

    person: Entity
    organization: Entity | None
    title: str
    former: bool
    rule: str
    plural: bool = False


# --- grammar --------------------------------------------------------------------------------------------

_CREDENTIALS: Final = rf"(?:(?:, ?| )(?-i:{CREDENTIAL})(?![\w]))*"
_HON: Final = (
    r"(?:(?:associate |assistant )?professor |(?:dr|prof|mr|ms|mrs|sir|dame)\.? (?:(?:dr|med|rer|nat)\.? )*)?"
)
_OTHER: Final = "{disease}|{platform}|{drug_class}|{payload}|{target}|{treatment}|{endpoint}|{drug}"
_IN_TITLE: Final = (
    r"(?:(?!,? (?:and|but) (?:an?|is|was|has|have|had|also|currently|previously|formerly|will|who|"
    r"most|before|since) )"
    rf"(?:[^\"\ue000-\ue0ff;:.()|@+]|{_OTHER}|\.(?=\w)))"
)
_NAMED_CHAIR: Final = (
    r"(?:[A-ZÀ-Þ][\w.'’-]*,? (?:and |& )?){1,7}(?:Distinguished |Endowed |Research )?(?:Professor|Chair)\b"
)
_TITLE: Final = rf"(?P<title>(?-i:{TITLE_WORD}|{_NAMED_CHAIR}){_IN_TITLE}{{0,110}}?)"
_OF: Final = r"(?P<of>{organization|agency})"
_AT: Final = (
    rf"(?:(?:,? in (?:the |its |our )?(?-i:[A-Z])[^,.;:\"]{{2,50}}?)?,? (?:of|at|for|with|"
    rf"to|from),? (?:the )?|, ){_OF}"
)
#: Where a title ends that no organisation follows.
_ENDS: Final = (
    r"(?= ?[\".;:()|]| [–-] (?-i:[a-z])|,? (?:effective|said|says|stated|added|commented|noted|explained|"
    r"succeeding|replacing|following"
    r"|after|until|when|where|while|since|before|because|bringing|responsible|reporting|"
    r"overseeing|leading|based|starting"
    r"|beginning|on|in|from|will|who|to|has|is|was|had|were|are|led|leads|brings|joins|joined|by|"
    r"as of|at which"
    r"|and (?:will|member|a|an|is|was|has|have|had|also|who|as|worked|led|helped|oversaw|managed|"
    r"built|contributed|held|spent"
    rf"|played|supported|responsible|remain|remains|serve|become|continue|continues|take)|but)\b"
    rf"|, (?-i:[\"a-z])(?!nd )|,? and {_HON}{{person}}|, {_HON}{{person}}|$)"
)
_WORDS: Final = (
    r"steps? down|stepped down|stepping down|stands? down|retires?|retired|retiring|resigns?|"
    r"resigned|leaves?|leaving|departs?"
    r"|departing|relinquish\w*|hands? over|handed over|shares?|and|who|that|is|are|was|were|has|"
    r"have|had|been|be|being|also|currently|now|as|serves?|"
    r"served|serving|acts?|acted|acting"
    r"|will|continues?|continued|remains?|becom(?:e|es|ing)|became|joins?|joined|joining|"
    r"(?:re-)?appointed|named|promoted"
    r"|(?:re-)?elected|hired|nominated|proposed|made|at present|at the time|most recently|"
    r"recently|last|first|previously|"
    r"formerly|former|ex|then|later"
    r"|before that|prior to that|earlier|until (?:[a-z]+ )?\d{4}|since (?:[a-z]+ )?\d{4}"
    r"|from (?:[a-z]+ )?\d{4} (?:to|until|through) (?:[a-z]+ )?\d{4}"
    r"|between \d{4} and \d{4}|in (?:[a-z]+ )?\d{4}|for (?:[\w-]+ ){1,2}years"
    r"|\(\d{4} ?[–-] ?(?:\d{4}|present)\)|took office|takes office|(?:took|takes|taking) (?:over|"
    r"on|up)|assumes?|assumed"
    r"|positions?|posts?|roles?|titles?|office|duties|capacity|seat|seats|including|to|with|of|in|"
    r"on|us|the team"
    r"|our|its|the|a|an|new|their|his|her|the company|the company's|works?|worked|working|"
    r"employed|held|holds?|holding"
    r"|chairs(?= (?:the|its|our|{organization}))|chaired|heads(?= (?:the|its|our|{organization}))|"
    r"sits|sat|effective(?:ly)?|immediately|today|where|which|she|he|they|both|respected|renowned"
    r"|co|senior (?:leadership )?(?=positions?|roles?)|leadership (?=positions?|roles?)"
    r"|permanent|newly[- ]created|having|in addition to"
    r"|brings? (?:[\w,'-]+ ){3,22}?(?=(?:most recently|previously|formerly|including|having|where)\b)"
)
#: What may stand between a person, or the post before, and a title.
_LINK: Final = (
    rf"(?P<link>(?:,? ?\(?(?:\b(?:{_WORDS})(?![\w'])|{{organization}}(?:'s?)?|{{agency}}|"
    r"(?-i:[A-Z][\w-]+'s))\)?)*,? ?)"
)
_SEGMENT: Final = (
    pattern(
        rf"{_LINK}(?P<title>(?-i:CEO|CFO|CMO|CSO|COO|President|(?:[Cc]hief [A-Z]?\w+ )?Officer|"
        rf"Chair\w*)) {_OF}{_ENDS}"
    ),
    pattern(rf"{_LINK}{_TITLE}{_AT}"),
    pattern(rf"{_LINK}{_TITLE}{_ENDS}"),
)
#: "Jane Doe of Foo University": a place without a title.
_OF_PLACE: Final = pattern(
    rf"(?:,? (?:of|from|at|with) (?:the )?{_OF}| \((?:the )?(?P<in>{{organization}})(?:, [\w .,]{{2,40}})?\))"
)
#: "Jane Doe, MD, Foo University Hospital, said": only what is a place of work by its words.
_AFTER_NAME: Final = pattern(rf", (?:the )?{_OF}")
_WORKPLACE: Final = re.compile(
    r"\b(?:Universit|Universid|Hospital|Hôpital|Clinic|Klinik|Institut|Cent(?:er|re)\b|College|"
    r"School|Charité|Karolinska|Infirmary)"
)
#: "Dr. Jane Doe of Marblehead": a place that nothing else tells to be one.
_OF_STRANGER: Final = re.compile(
    r",?\s+(?:of|from)\s+[A-ZÀ-Þ][\w'-]+(?:\s+[A-ZÀ-Þ][\w'-]+){0,2}(?=,?\s+(?:will|has|have|"
    r"joins?|joined|was|were|is|takes?|chairs)\b)"
)
#: "Dr. Jane Doe, who treated the first patient at Foo Hospital".
_WHO_DID: Final = pattern(
    r",? who (?:has |is |was )?(?:led|leads|leading|treated|treats|enrolled|conducted|presented|"
    r"runs|directs|heads|chairs|practi[cs]es|works?|worked)\b"
    rf"[^.;\"\ue000-\ue0ff]{{0,60}}? (?:at|of) (?:the )?{_OF}"
)
#: "joins from Foo, where she was Vice President".
_FROM: Final = pattern(
    rf"(?:,? (?:and )?(?:(?:who|she|he|has|most recently|previously) )*(?:joins?|joined|comes?|came|moved?)"
    rf"(?: {{organization}}| us| the company)?)?(?: (?:on|in) [^,.;\"\ue000-\ue0ff]{{4,18}})? from "
    rf"(?:the )?{_OF}(?:, "
    rf"(?:an?|the) [^,.;]{{3,60}})?,? where "
    r"(?:she|he|they)(?: has| had| most recently| last| also| first)* (?:was|were|served(?: most "
    r"recently)? as|held|had been|worked as)"
    rf"(?: the| an?| positions? (?:of|as|including)| roles? (?:of|as|including))* {_TITLE}{_ENDS}"
)
#: "of Hospital Clínic de Barcelona": by its words a place of work, though nothing else tells of it.
_INSTITUTION: Final = re.compile(
    r",?\s+(?:of|from|at)\s+(?:the\s+)?(?P<of>(?:[A-ZÀ-Þ][\w.'’-]*\s+(?:(?:of|for|de|di|du|the|"
    r"la)\s+){0,2}){0,5}"
    r"(?:Hospital|University|Hôpital|Universit\w+|Clínic\w?|Clinic|Institut\w*|Klinik\w*|Charité|"
    r"College|Centre|Center|School)"
    r"(?:\s+(?:(?:of|for|de|di|du|the|la)\s+){0,2}[A-ZÀ-Þ][\w.'’-]*){0,5})"
)
#: "held positions at Foo and Bar".
_HELD_AT: Final = pattern(
    r",? ?(?:(?:and|who|she|he|has|had|also|prior to th(?:is|at)|before th(?:is|at)|previously|"
    r"formerly|earlier in (?:her|his) career|"
    r"before that|before joining"
    r" {organization},?|prior to (?:that|joining {organization}),?),? )*"
    r"(?:held|spent|worked|served in|worked in|began (?:her|his) career|started (?:her|his) career)\b"
    r"(?:(?!\b(?:where|was)\b)[^.;\"\ue000-\ue0ff]){0,90}? (?:at|with|for|in) (?:the )?"
    r"(?P<of>{organization})(?P<more>(?:(?:, and|,| and|, as well as) (?:the )?{organization})*)"
)
_WHERE: Final = pattern(
    rf"(?: \([^()]*\))?,? where (?:she|he|they)(?: has| had| most recently| last| also| first| later)* "
    rf"(?:was|were|served(?: most recently)? as|held|had been|worked as|led)"
    rf"(?: the| an?| positions? (?:of|as|including)| roles? (?:of|as|including))* {_TITLE}{_ENDS}"
)
_AS: Final = pattern(rf" as (?:an? |the |its )?{_TITLE}{_ENDS}")
#: A title, once the chain has come to it, that is none of the person: "reports to the Chief Executive Officer".
_FORMER: Final = re.compile(
    r"\b(?:previously|formerly|former|ex|until|prior|earlier|last|most recently|before|had been|"
    r"held|worked|then)\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(r"\b(?:was|were|served|acted|chaired|sat|headed)\b", re.IGNORECASE)
_TODAY: Final = re.compile(
    r"\b(?:(?:re-)?appointed|named|promoted|(?:re-)?elected|hired|nominated|has (?:also )?"
    r"(?:served|been)|have (?:served|been)"
    r"|joined|took (?:office|over|on)|takes|since|became|has also)\b",
    re.IGNORECASE,
)
_TITLE_NOUN: Final = re.compile(
    r"\b(?:officers?|chief executive|chief|board|advis[eo]rs?|president|CEO|CFO|CMO|CSO|COO|CTO|"
    r"CBO|CCO|CDO|CIO|SVP|EVP|VP|head"
    r"|directors?|co-?founders?|founders?|chair(?:man|woman|person|s)?|professor|investigators?|"
    r"managers?|partners?|scientist"
    r"|commissioner|secretary|lead|physician|\w+ologists?|\w+iatrist|\w+iatrician|surgeon|"
    r"neurosurgeon|consultant|members?|dean"
    r"|counsel|fellow|coordinator|treasurer|trustee|representative|minister|provost|observer|"
    r"owner|supervisor|specialist|lecturer)\b",
    re.IGNORECASE,
)
#: What goes on after a title: "Chief Medical Officer *after serving as …*", "Chief Executive Officer*Date*: …".
_AFTER_TITLE: Final = re.compile(
    r",?\s+(?:after|before|while|where|since|when|appeared|bring(?:s|ing)|following|replacing|"
    r"succeeding|responsible|reporting"
    r"|overseeing|leading|effective|until|who|is|are|was|were|has|have|will|joins?|today"
    r"|for\s+an?\s+(?:\w+\s+)?(?:term|period))\b.*$"
    r"|,?\s+and\s+(?:[A-Z][a-z]+s\s+(?!and\b)[A-Z0-9]|Dr\b|Prof\b|Mr\b|Ms\b).*$"
    r"|(?<=Officer)[A-Z][a-z].*$|(?<=President)[A-Z][a-z].*$|(?<=Director)[A-Z][a-z].*$|,?\s+"
    r"(?:Tel|Phone|T|\+?\d{2,})[\s.:].*$"
)
#: A sentence about an appointment rather than a title: "board appointed".
_NO_TITLE: Final = re.compile(
    r"\b(?:appoint(?:s|ed)|names|named|elect(?:s|ed)|announce[sd]?|hire[sd]?|welcome[sd]?)\b"
)
#: Parts that people play in a study: nobody's post unless the place is told.
_IN_STUDY: Final = re.compile(
    r"(?:\b(?:investigators?|author|co-?author|co-?ordinator|chair(?:man|woman|person)? of the "
    r"(?:[\w-]+ ){0,4}committee)\b.*)",
    re.IGNORECASE,
)
_LOOSE_END: Final = re.compile(
    r"\s+(?:of|at|for|and|the|a|an|to|in|on|Tel|Phone|Telephone|E-?mail|Mobile|T|P|E|M)$"
)
#: "Professor of Oncology at Charité": a place of work that nothing else tells to be an organisation.
_AT_UNKNOWN: Final = re.compile(
    r",?\s+at\s+(?:the\s+)?(?P<of>[A-ZÀ-Þ][\w.'’&-]*(?:(?:\s+(?:of|for|and|de|di|du|the|&|–|-|und|la)){0,2}"
    r"\s+[A-ZÀ-Þ][\w.'’&-]*){0,8})(?:\s+(?:in|and)\s+.*)?$"
)
#: "Professor of Cardiology, Université de Lille".
_AFTER_COMMA: Final = re.compile(
    r",\s+(?P<of>(?:[A-ZÀ-Þ][\w.'’-]*\s+(?:(?:of|for|de|di|du|the|la)\s+){0,2}){0,5}"
    r"(?:Hospital|University|Hôpital|Universit\w+|Clínic\w?|Clinic|Institut\w*|Klinik\w*|Charité|"
    r"College|School)"
    r"(?:\s+(?:(?:of|for|de|di|du|the|la)\s+){0,2}[A-ZÀ-Þ][\w.'’-]*){0,5})$"
)
#: "co-founder of Calyx": what a firm's officers are officers of.
_OF_UNKNOWN: Final = re.compile(
    r"(?P<title>.*\b(?:Officer|CEO|CFO|CMO|CSO|COO|President|founder|Founder|Partner|Chairman|"
    r"Chairwoman))\s+of\s+"
    r"(?P<of>[A-ZÀ-Þ][\w'’&-]*(?:\s+[A-ZÀ-Þ][\w'’&-]*){0,3})$"
)
_NO_FIRM: Final = re.compile(
    r"\b(?:Clinical|Medical|Research|Development|Oncology|Operations|Business|Global|Corporate|"
    r"Europe|America|Asia|North|US|U\.S|Head"
    r"|Board|Directors|Medicine|Finance|Science|Strategy)\b"
)
_SHARED: Final = re.compile(r"\b(?:join|have|were|are|will|as|take|sit)\b", re.IGNORECASE)
_ALONE: Final = re.compile(r"\b(?:joins|has|was|is|takes|serves|becomes)\b", re.IGNORECASE)
#: What may stand between two people of whom one thing is said.
_COORDINATED: Final = pattern(
    rf"{_CREDENTIALS}(?: of {{organization}}| of (?-i:[A-Z])[\w' ]{{2,40}}?)?(?:,? \([^()]*\))?"
    rf"(?:, [^,;.\"]{{3,90}}?)?"
    rf"(?:,|,? and|,? as well as|;) {_HON}"
)
_LEAVES: Final = re.compile(
    r"\b(?:will|has|have|is|plans? to|intends? to|decided to)?\s*\b(?:leav(?:e|es|ing)|left|retir"
    r"(?:e|es|ed|ing)|depart(?:s|ed|ing)?"
    r"|resign(?:s|ed|ing)?|step(?:s|ped|ping)?\s+down|stood\s+down|stands\s+down|"
    r"not\s+stand\s+for\s+re-election)\b",
    re.IGNORECASE,
)


# --- posts told beside the name --------------------------------------------------------------------------

_BOARD: Final = (
    r"(?-i:(?:Board of Directors|Supervisory Board|(?:Scientific|Clinical|Medical|Strategic)(?: "
    r"and (?:Scientific|Clinical|Medical))?"
    r" Advisory (?:Board|Committee|Council)|Executive Board|Management Board|Board of Management|"
    r"Board of Trustees|Board))"
)
_TITLE_BEFORE: Final = (
    r"(?P<title>(?-i:(?:Chief|President|Managing Director|CEO|CFO|CMO|CSO|COO|Chair|Founder|"
    r"Executive|Senior|Vice|Co-[Ff]ounder"
    r"|Co-Principal|Principal|Lead|Head|Director|Interim|Medical|Scientific|General)\b|chief "
    r"(?:executive|scientific|medical|financial)|"
    r"president\b|(?:associate |assistant )?professor\b|(?:lead|principal|study|chief|"
    r"co-?ordinating|trial) (?:investigator|author))"
    r"(?:[^\"\ue000-\ue0ff;:.,()]|, (?=(?-i:[A-Z]))){0,70}?)"
)
_BESIDE: Final = (
    # "Acme (Head Office: Osaka; President: Ana Mori)"
    (
        "before-colon",
        pattern(
            rf"(?P<of>{{organization}})(?:,? [\w.&-]+){{0,3}}? \((?:[^()]{{0,90}}?[,;] )?"
            rf"(?P<title>(?-i:{TITLE_WORD})[^:;()\ue000-\ue0ff]{{0,60}}?): {_HON}(?P<person>{{person}})"
        ),
    ),
    # "Chairman of the Supervisory Board: Prof. Ulrich Dorn"
    (
        "label",
        pattern(
            rf"(?:^|[|•] |; )(?P<title>(?-i:{TITLE_WORD})[^:;()\"\ue000-\ue0ff]{{0,60}}?): {_HON}"
            rf"(?P<person>{{person}})"
        ),
    ),
    # "strengthened the Board of Directors with the appointment of Ann Roe"
    (
        "board-with",
        pattern(
            rf"\b(?P<title>{_BOARD}) (?:with|by|through) (?:the )?(?:appointments?|additions?|"
            r"elections?|appointing|adding|electing)"
            rf" (?:of )?{_HON}(?P<person>{{person}})"
        ),
    ),
    ("parenthesis", pattern(rf"(?P<person>{{person}}){_CREDENTIALS} \({_TITLE}\)")),
    (
        "possessive",
        pattern(
            rf"(?P<of>{{organization}})(?:'s|') (?:new |current |incoming )?(?P<title>"
            rf"(?-i:{TITLE_WORD})[^\"\ue000-\ue0ff;:.()]{{0,70}}?),?"
            rf" {_HON}(?P<person>{{person}})"
        ),
    ),
    # "Its chief executive is Ann Roe"
    (
        "is",
        pattern(
            rf"(?:\b(?:its|our|their|the company's|the) |(?P<of>{{organization}})(?:'s|') )(?:new |"
            rf"current )?{_TITLE}"
            rf"(?: of (?:the )?(?P<of2>{{organization}}))? (?:is|remains|will be) {_HON}"
            rf"(?P<person>{{person}})"
        ),
    ),
    # "five patients at Foo Hospital, led by Professor Ann Roe"; "treated at Foo Hospital in Bonn by Dr. Ann Roe"
    (
        "led",
        pattern(
            rf"\bat (?:the )?{_OF}(?: in [\w ,]{{3,30}}?)?,? (?:and )?(?:(?:was |were )?(?:led|"
            r"headed|directed|conducted|treated|run) )?"
            rf"(?:by|under) (?P<title>{_HON}){_HON}(?P<person>{{person}})"
        ),
    ),
    (
        "before-name",
        pattern(
            r"(?:^|[^\w] ?|\b(?:to|by|and|that|our|its|the|company's|said|says|added|with|from|"
            rf"new) ){_TITLE_BEFORE} {_HON}"
            rf"(?P<person>{{person}})"
        ),
    ),
)
_PROFESSOR: Final = re.compile(r"\b((?:[Aa]ssociate |[Aa]ssistant )?[Pp]rofessor|Prof\.)\s+(?:Dr\.?\s+)*$")
_TITLE_OF_BOARD: Final = re.compile(r"(?:the|its|our)\s+", re.IGNORECASE)


_OPENS_WITH_PRONOUN: Final = re.compile(r"\s*(?:She|He|They)\b")


def roles(document: LinkedDocument) -> Iterator[Fact]:
    """Every post that a release tells, one title for a person at an organisation.

    Hits: "Jane Doe, M.D., Ph.D., chief medical officer of Acme"; 'said Jane Doe, our CEO.'; "Jane Doe (CEO)"; "Jane Doe
    joined as Chief Financial Officer"; "Chief Executive Officer Jane Doe"; "Ann Roe of Foo and Bob Low join the Board";
    "Jane Doe, formerly CFO of Foo" (historical); "She succeeds Ann Roe" (historical).
    Near misses: "Acme, president"; "reports to the Chief Executive Officer"; "Jane Doe of Acme" gives a role
    without title.
    """
    told: list[tuple[_Post, LinkedSentence]] = []
    last: tuple[Entity, int] | None = None
    appointed = ""  # the last post at the issuer that was told: the one in which somebody is succeeded
    for sentence in _sentences(document):
        people = sentence.of_kind(Kind.PERSON)
        posts: list[_Post] = []
        if people:
            posts = list(_posts(document, sentence, appointed))
        elif last is not None and not sentence.in_quote and sentence.sentence.paragraph - last[1] in (0, 1):
            posts = list(_posts_of_pronoun(sentence, last[0]))
        told += [(post, sentence) for post in posts]
        here = (p.title for p in posts if p.organization == document.issuer and not p.former and p.title)
        appointed = next(here, appointed)
        if people and not sentence.in_quote and not _OPENS_WITH_PRONOUN.match(sentence.text):
            last = (people[0].entity, sentence.sentence.paragraph)
    yield from _facts(document, told)


def _sentences(document: LinkedDocument) -> Iterator[LinkedSentence]:
    """Sentences that may tell posts: statements, what stands above the text, lists of boards at the end."""
    for sentence in document.sentences:
        kind = sentence.section.kind
        if kind in (SectionKind.CONTACTS, SectionKind.METADATA, SectionKind.SOURCE):
            if _LIST_LABEL.search(sentence.text) or (
                kind is SectionKind.METADATA and sentence.of_kind(Kind.PERSON)
            ):
                yield sentence
        elif kind is not SectionKind.BOILERPLATE and kind is not SectionKind.DATELINE:
            yield sentence


_LIST_LABEL: Final = re.compile(
    r"\b(?:[Bb]oard|Directors?|Management|Geschäftsführer|Vorstand)\b[^:.]{0,40}:"
)


def _posts(document: LinkedDocument, sentence: LinkedSentence, appointed: str) -> Iterator[_Post]:
    """The posts that a sentence tells of the people whom it names; `appointed` is the post told of before."""
    people = sentence.of_kind(Kind.PERSON)
    boards = list(_board_list(sentence))
    found: list[_Post] = [*boards]
    listed = {post.person for post in boards}
    for rule, form in _BESIDE:
        for match in form.finditer(sentence.frame):
            post = _beside(sentence, rule, match)
            if post is not None and post.person not in listed:
                found.append(post)
    chains: dict[int, list[_Post]] = {}
    for number, mention in enumerate(people):
        stop = people[number + 1].start - sentence.start if number + 1 < len(people) else len(sentence.text)
        chain = list(_chain(sentence, mention, stop))
        chains[number] = chain
        if chain:
            for earlier in range(number - 1, -1, -1):
                gap = sentence.frame[
                    people[earlier].end - sentence.start : people[earlier + 1].start - sentence.start
                ]
                if not _COORDINATED.fullmatch(gap):
                    break
                for post in chain:
                    if post.plural:
                        chains[earlier].append(replace(post, person=people[earlier].entity, rule="shared"))
    beside = {(p.person, p.former) for p in found if p.rule in ("before-name", "possessive")}
    for chain in chains.values():
        part = next((p.title for p in chain if p.organization is None and _IN_STUDY.search(p.title)), "")
        for post in chain:
            if post.rule == "with" and not post.title:
                found.append(replace(post, title=part))  # "of Foo Hospital, investigator of the trial"
                continue
            # a title before the name says where; one behind it may be of anything
            if (
                post.organization is None
                and (post.person, post.former) in beside
                and post.rule == "of-issuer"
            ):
                continue
            found.append(post)
    found = list(_handed_over(document, sentence, found))
    leaves = _LEAVES.search(sentence.text)
    for post in found:
        if post.organization is None and _IN_STUDY.search(post.title):
            continue
        organization = post.organization or document.organization_of(sentence)
        gone = (
            leaves is not None
            and not post.former
            and post.organization in (None, document.issuer)
            and _leaves(sentence, post.person, leaves)
        )
        if organization is not None:
            yield replace(post, organization=organization, former=post.former or gone)
    yield from _succeeded(document, sentence, found, appointed)
    for match in _LEFT.finditer(sentence.frame):
        person = sentence.mention(match, "person").entity
        if document.issuer is not None and not any(p.person == person for p in found):
            yield _Post(person, document.organization_of(sentence), "", True, "left")


def _leaves(sentence: LinkedSentence, person: Entity, leaves: re.Match[str]) -> bool:
    """Whether it is this person who leaves: the last one named before the verb."""
    before = [m for m in sentence.of_kind(Kind.PERSON) if m.end <= sentence.start + leaves.start()]
    return bool(before) and before[-1].entity == person


#: "Bob Low has stepped down", "Bob Low retired from the Board": a post of his is over, whichever it was.
_LEFT: Final = pattern(
    rf"(?P<person>{{person}}){_CREDENTIALS},? (?:who )?(?:(?:has|have|will|is|recently|also) )*"
    r"(?:stepp(?:ed|ing) down|steps? down|retir(?:ed|es|ing|e)|resign(?:ed|s|ing)?|left|leaves|"
    r"leaving|depart(?:ed|s|ing))"
    r"(?: from (?:it|the (?:board|company|post|role)|(?:its|our) board(?: of directors)?))?(?= "
    r"?[.,;]| (?:at|in|on|after|to|effective)\b)"
)
_SUCCEEDS: Final = pattern(
    r"\b(?:succeed(?:s|ed|ing)?|replac(?:e|es|ed|ing)|takes over from|took over from|follows) "
    rf"{_HON}(?P<person>{{person}})"
)


def _handed_over(
    document: LinkedDocument, sentence: LinkedSentence, found: Iterable[_Post]
) -> Iterator[_Post]:
    """The posts, those of people who are succeeded as past: "Ann Roe succeeds Bob Low as CEO" (CEO now: Ann Roe)."""
    before: dict[Entity, Entity | None] = {}
    for match in _SUCCEEDS.finditer(sentence.frame):
        earlier = [m.entity for m in sentence.of_kind(Kind.PERSON) if m.end <= sentence.start + match.start()]
        before[sentence.mention(match, "person").entity] = earlier[-1] if earlier else None
    posts = list(found)
    holders = {p.person for p in posts if p.organization in (None, document.issuer) and not p.former}
    for post in posts:
        here = post.organization in (None, document.issuer) and not post.former
        if post.person not in before or not here:
            yield post
            continue
        yield replace(post, former=True)
        successor = before[post.person]
        if successor is not None and successor not in holders and post.rule in ("of", "of-issuer"):
            yield replace(post, person=successor)


def _succeeded(
    document: LinkedDocument, sentence: LinkedSentence, found: Iterable[_Post], appointed: str
) -> Iterator[_Post]:
    """Whose post was taken over: "She succeeds Ann Roe"; the title stays open where the sentence has none."""
    for match in _SUCCEEDS.finditer(sentence.frame):
        person = sentence.mention(match, "person").entity
        if document.issuer is None or any(p.person == person for p in found):
            continue
        title = next(
            (p.title for p in found if p.organization in (None, document.issuer) and not p.former), appointed
        )
        yield _Post(person, document.organization_of(sentence), title, True, "succeeded")


def _beside(sentence: LinkedSentence, rule: str, match: re.Match[str]) -> _Post | None:
    """A post told right beside a name."""
    groups = match.re.groupindex
    of = next((g for g in ("of", "of2") if g in groups and match[g]), None)
    organization = sentence.mention(match, of).entity if of else None
    person = sentence.mention(match, "person")
    title = " ".join(sentence.text[match.start("title") : match.end("title")].split())
    if _NO_TITLE.search(title) or re.search(
        r"\b(?:and|or|with|to|as|(?<!chaired )(?<!led )(?<!headed )by)$", title
    ):
        return None
    if rule == "led":
        title = re.sub(r"^(?:Dr|Prof|Mr|Ms|Mrs)\b.*$", "", title).strip()
        return _Post(person.entity, organization, title, False, rule)
    title, organization = _settled(title, organization)
    if (
        not _TITLE_NOUN.search(title)
        or len(title) > 120
        or _NO_TITLE.search(title)
        or title == "Representative"
    ):
        return None
    if rule == "before-name":
        if re.fullmatch(r"(?:associate |assistant )?professor", title, re.IGNORECASE):
            return None  # "Professor Jane Doe of …": the chain has it with its place
        before = sentence.text[max(0, match.start("title") - 40) : match.start("title")]
        named = sentence.of_kind(Kind.ORGANIZATION)
        near = [m for m in named if 0 <= match.start("title") - (m.end - sentence.start) <= 3]
        if near and organization is None:
            organization = near[-1].entity  # "Acme CEO Jane Doe", "Acme's President Jane Doe"
        former = bool(re.search(r"\b(?:former|ex-?|previous)\s*$", before, re.IGNORECASE))
        return _Post(person.entity, organization, title, former, rule)
    return _Post(person.entity, organization, title, False, rule)


def _board_list(sentence: LinkedSentence) -> Iterator[_Post]:
    """Members of a board listed behind its name: "Executive Board: Ann Roe (CEO), Bob Low"."""
    for match in _BOARD_LABEL.finditer(sentence.frame):
        group = match.lastgroup or "title"
        label = " ".join(sentence.text[match.start(group) : match.end(group)].split())
        end = len(sentence.frame)
        for stop in ("|",) if group == "title" else ("|", ";"):
            at = sentence.frame.find(stop, match.end())
            end = at if 0 <= at < end else end
        for mention in sentence.at(match.end(), end):
            if mention.entity.kind is Kind.PERSON:
                own = re.match(r"\s*\(([^()]{2,60})\)", sentence.text[mention.end - sentence.start :])
                title = own[1] if own and _TITLE_NOUN.search(own[1]) else label
                yield _Post(mention.entity, None, title, False, "board-list")


_BOARD_LABEL: Final = pattern(
    rf"(?P<title>{_BOARD}) (?:members |now |will |currently )*(?:are|includes?|consists? of|"
    r"comprises?|is composed of|is comprised of)"
    rf":? |\bjoining (?:the|our|{{organization}}'s) (?P<joined>{_BOARD}|board(?: of directors)?) (?:are|is) |"
    r"(?P<label>(?-i:(?:(?:Executive|Management|Supervisory|Advisory|Scientific|Non-[Ee]xecutive|Managing) )*"
    r"(?:Board(?: of (?:Directors|Management))?|Management|Directors?|Geschäftsführer|Vorstand))) ?: "
)


def _chain(sentence: LinkedSentence, mention: Mention, stop: int) -> Iterator[_Post]:
    """The posts told behind a name, one after the other, up to the next name."""
    frame, person = sentence.frame, mention.entity
    position = mention.end - sentence.start
    credentials = _BEHIND_NAME.match(frame, position)
    position = credentials.end() if credentials else position
    before = sentence.text[: mention.start - sentence.start]
    professor = _PROFESSOR.search(before)
    former = bool(_BEFORE_JOINING.search(before[-90:]))
    for step in range(6):
        if step == 0:
            place, position = _place(sentence, position, stop)
            if place is not None:
                title = professor[1].replace("Prof.", "Professor") if professor else ""
                yield _Post(person, place, title, False, "with")
                continue
        moved = _FROM.match(frame, position, stop)
        if moved is not None:
            title, organization = _settled(
                sentence.text[moved.start("title") : moved.end("title")],
                sentence.mention(moved, "of").entity,
            )
            if _TITLE_NOUN.search(title):
                yield _Post(person, organization, title, True, "from")
            position = moved.end()
            continue
        held = _HELD_AT.match(frame, position, stop)
        if held is not None:
            posts, position = _held(sentence, person, held, stop)
            yield from posts
            former = True
            continue
        post, end = _segment(sentence, person, position, stop, former=former)
        if post is None:
            return
        former = post.former and end > position
        yield post
        position = end


def _place(sentence: LinkedSentence, position: int, stop: int) -> tuple[Entity | None, int]:
    """The place of work told right behind a name, and where the words for it end."""
    frame, text = sentence.frame, sentence.text
    place = _OF_PLACE.match(frame, position, stop)
    if place is not None:
        return sentence.mention(place, "of" if place["of"] else "in").entity, place.end()
    place = _AFTER_NAME.match(frame, position, stop)
    if place is not None and _WORKPLACE.search(text[place.start("of") : place.end("of")]):
        return sentence.mention(place, "of").entity, place.end()
    place = _WHO_DID.match(frame, position, stop)
    if place is not None and _WORKPLACE.search(text[place.start("of") : place.end("of")]):
        return sentence.mention(place, "of").entity, place.end()
    named = _INSTITUTION.match(text, position, stop)
    if named is not None:
        return Entity(Kind.ORGANIZATION, named["of"]), named.end()
    stranger = _OF_STRANGER.match(text, position, stop)
    return None, stranger.end() if stranger else position


#: "Prior to joining Acme, Jane Doe served …": all that follows is past.
_BEFORE_JOINING: Final = re.compile(
    r"\b(?:[Pp]rior\s+to|[Bb]efore|[Pp]reviously|[Ee]arlier)\b[^.;\"]{0,70}?,?\s+(?:(?:Dr|Prof|Mr|"
    r"Ms|Mrs)\.?\s+)?$"
)
_BEHIND_NAME: Final = pattern(rf"{_CREDENTIALS}(?: ?\([^()]{{1,40}}\))?(?:, (?:aged? )?\d\d\b)?")


def _held(
    sentence: LinkedSentence, person: Entity, held: re.Match[str], stop: int
) -> tuple[list[_Post], int]:
    """Former places, and where they end: "held positions at Foo and Bar, where she was Vice President" (at Bar)."""
    places = [m for m in sentence.at(held.start("of"), held.end()) if m.entity.kind is Kind.ORGANIZATION]
    title, end = "", held.end()
    where = _WHERE.match(sentence.frame, end, stop) or _AS.match(sentence.frame, end, stop)
    if where is not None:
        told, _ = _settled(sentence.text[where.start("title") : where.end("title")], None)
        if _TITLE_NOUN.search(told):
            title, end = told, where.end("title")
    return [_Post(person, p.entity, title if p is places[-1] else "", True, "held") for p in places], end


def _segment(
    sentence: LinkedSentence, person: Entity, position: int, stop: int, *, former: bool
) -> tuple[_Post | None, int]:
    """The next post of a chain, and where it ends."""
    best: re.Match[str] | None = None
    for form in _SEGMENT:
        match = form.match(sentence.frame, position)
        if match is None or match.end("title") > stop:
            continue
        if best is None or match.end("title") < best.end("title"):
            best = match
    if best is None:
        return None, position
    link = sentence.text[best.start("link") : best.end("link")]
    mention = next((m for m in sentence.of_kind(Kind.PERSON) if m.entity == person), None)
    before = sentence.text[: mention.start - sentence.start] if mention is not None else ""
    if (
        not link.strip()
        and sentence.text[position : position + 1] not in ",("
        and position
        and best.start("link") == best.end("link")
    ):
        return None, position
    if link.isspace() and not (_SIGNATURE.fullmatch(sentence.text) or _NAMED_TO.search(before)):
        return None, position
    organization: Entity | None = None
    if "of" in best.re.groupindex:
        organization = sentence.mention(best, "of").entity
    else:
        inside = [
            m for m in sentence.at(best.start("link"), best.end("link")) if m.entity.kind is Kind.ORGANIZATION
        ]
        if inside:
            organization = inside[-1].entity
    title, organization = _settled(sentence.text[best.start("title") : best.end("title")], organization)
    if not _TITLE_NOUN.search(title) or len(title) > 120 or title == "partner":
        return None, position
    today = bool(_TODAY.search(link))
    past = bool(_FORMER.search(link)) or (bool(_PAST.search(link)) and not today)
    if (
        former
        and not today
        and not re.search(r"\b(?:is|now|currently|joins?|becomes?|serves)\b", link, re.IGNORECASE)
    ):
        past = True
    plural = bool(_SHARED.search(link)) and not _ALONE.search(link)
    if plural:
        title = re.sub(r"(?<!of )\b([Dd]irector|[Mm]ember|[Aa]dvisor|[Oo]bserver|[Cc]hair)s$", r"\1", title)
    rule = "former" if past else "of" if organization is not None else "of-issuer"
    return _Post(person, organization, title, past, rule, plural), max(best.end("title"), best.end())


#: "Acme names Jane Doe Chief Medical Officer": no word between.
_NAMED_TO: Final = re.compile(
    r"\b(?:[Nn]ame[sd]?|[Aa]ppoint(?:s|ed|ing)?|[Ee]lect(?:s|ed)?|[Mm]ade|[Pp]romote[sd]?|"
    r"[Hh]ire[sd]?)\s+(?:(?:Dr|Prof|Mr|Ms|Mrs)\.?\s+)*$"
)
_SIGNATURE: Final = re.compile(r"[^.,;]{5,120}|[^.;]{5,90}")


def _settled(printed: str, organization: Entity | None) -> tuple[str, Entity | None]:
    """A title without what hangs on it, and the place that it names itself where nothing else tells it."""
    title = _AFTER_TITLE.sub("", " ".join(printed.split()).strip(" ,"))
    while _LOOSE_END.search(title):
        title = _LOOSE_END.sub("", title)
    title = title.strip(" ,–-")
    if organization is None:
        elsewhere = _AT_UNKNOWN.search(title) or _AFTER_COMMA.search(title)
        if elsewhere is not None:
            return title[: elsewhere.start()].strip(" ,"), Entity(
                Kind.ORGANIZATION, elsewhere["of"].strip(" .")
            )
        firm = _OF_UNKNOWN.fullmatch(title)
        if firm is not None and not _NO_FIRM.search(firm["of"]):
            return firm["title"], Entity(Kind.ORGANIZATION, firm["of"])
    return title, organization


# --- posts told of a pronoun -----------------------------------------------------------------------------

_PRONOUN: Final = pattern(
    r"(?:^|(?<=[,;:]\s)|(?<=that\s)|(?<=joining\s))(?:(?:previously|before that|prior to that|"
    r"earlier|most recently|until \d{4}|formerly"
    r"|in this role|before joining {organization}(?: in \d{4})?|prior to joining {organization}"
    r"(?: in \d{4})?|before (?:this|"
    r"{organization})"
    r"|prior to (?:this|{organization})|there|at {organization}"
    r"|earlier in (?:her|his) career|from \d{4} to \d{4}|before),? )*(?:she|he)\b"
)
_OPENS_BEFORE: Final = re.compile(
    r"\b(?:previously|before|prior|earlier|until|formerly|from\s+\d{4}\s+to)\b", re.IGNORECASE
)


def _posts_of_pronoun(sentence: LinkedSentence, person: Entity) -> Iterator[_Post]:
    """Posts told of "she" or "he", who is the last person named in the paragraph or the one before.

    Hit: "Previously, she was Senior Vice President of Clinical Research at Foo and Medical Director at Bar."
    A post told in the present is held now: "She is Professor of Medicine at Foo University".
    Near miss: "Foo was the firm at which they met".
    """
    subject = _PRONOUN.search(sentence.frame)
    if subject is None:
        return
    former = bool(_OPENS_BEFORE.search(subject[0]))
    position, stop = subject.end(), len(sentence.frame)
    for _ in range(5):
        moved = _FROM.match(sentence.frame, position)
        if moved is not None:
            title, organization = _settled(
                sentence.text[moved.start("title") : moved.end("title")],
                sentence.mention(moved, "of").entity,
            )
            if _TITLE_NOUN.search(title):
                yield _Post(person, organization, title, True, "pronoun")
            return
        held = _HELD_AT.match(sentence.frame, position)
        if held is not None:
            posts, position = _held(sentence, person, held, stop)
            yield from (replace(p, rule="pronoun") for p in posts)
            former = True
            continue
        post, end = _segment(sentence, person, position, stop, former=former)
        if post is None or post.organization is None:
            return
        yield replace(post, former=post.former or former, rule="pronoun")
        former, position = former or post.former, end


# --- facts ----------------------------------------------------------------------------------------------

_UNSURE: Final = frozenset({"with", "before-name", "shared", "succeeded", "led", "board-list"})


def _facts(document: LinkedDocument, told: list[tuple[_Post, LinkedSentence]]) -> Iterator[Fact]:
    """One title for each person, organisation and time: the fullest told; a former post is none that is held now."""
    titles: dict[tuple[Entity, str, bool], str] = {}
    for post, _ in told:
        assert post.organization is not None
        key = (post.person, post.organization.label, post.former)
        if len(post.title) > len(titles.get(key, "")):
            titles[key] = post.title
    for post, sentence in told:
        assert post.organization is not None
        key = (post.person, post.organization.label, post.former)
        title = {"title": titles.get(key) or None}
        yield statement(
            document, sentence, f"organizations.role.{post.rule}", "role", post.person, post.organization, title,
            modality=Modality.HISTORICAL if post.former else Modality.ASSERTED,
            confidence=0.8 if post.rule in _UNSURE else 0.95,
        )  # fmt: skip
