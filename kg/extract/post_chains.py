"""What stands behind a name, or behind "she" → posts: connecting words, a title, an organisation, and again.

"Jane Doe, formerly CFO of Foo, joins as Chief Executive Officer".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.firm_words import LEGAL_FORM
from kg.extract.frames import pattern
from kg.extract.linked import LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.people import TITLE_WORD
from kg.extract.posts import Post
from kg.extract.titles import (
    AT_PLACE,
    BOARD,
    CREDENTIALS,
    ENDS,
    OTHER,
    PLACE,
    TITLE,
    TITLE_NOUN,
    settled_title,
)
from kg.model import Entity, Kind, Mention

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
    r"formerly|former|ex|then|later|ultimately|latterly|eventually|initially|subsequently|concurrently|as well as"
    r"|(?:earlier )?this (?:week|month|quarter|year|spring|summer|autumn|fall)|last (?:week|month|year"
    r"|spring|summer|autumn|fall)"
    r"|(?:in|on|since|effective|from|as of) (?:january|february|march|april|may|june|july|august|september"
    r"|october|november"
    r"|december)(?: \d{1,2})?(?:,? \d{4})?"
    r"|announced|introduced|welcomed|confirmed|chosen|selected|tapped|recruited|transition(?:s|ed|ing)?"
    r"|mov(?:es?|ed|ing)"
    r"|steps? (?:up|into)|stepped (?:up|into)|stepping (?:up|into)|led(?= {organization})|runs?(?= {organization})"
    r"|before that|prior to that|earlier|until (?:[a-z]+ )?\d{4}|since (?:[a-z]+ )?\d{4}"
    r"|from (?:[a-z]+ )?\d{4} (?:to|until|through) (?:[a-z]+ )?\d{4}"
    r"|between \d{4} and \d{4}|in (?:[a-z]+ )?\d{4}|for (?:[\w-]+ ){1,2}years"
    r"|\(\d{4} ?[–-] ?(?:\d{4}|present)\)|took office|takes office|(?:took|takes?|taking) (?:over|"
    r"on|up)|(?:took|takes?|taking)(?= the helm)|helm|assumes?|assumed"
    r"|positions?|posts?|roles?|titles?|office|duties|capacity|seat|seats|including|to|with|of|in|"
    r"on|us|the team"
    r"|our|its|the|a|an|new|their|his|her|the company|the company's|works?|worked|working|"
    r"employed|held|holds?|holding"
    r"|chairs(?= (?:the|its|our|{organization}))|chaired|heads(?= (?:the|its|our|{organization}))|"
    r"sits|sat|effective(?:ly)?|immediately|today|where|which|she|he|they|both|respected|renowned"
    r"|co|senior (?:leadership )?(?=positions?|roles?)|leadership (?=positions?|roles?)"
    r"|before this|but|decided|intends|independent (?:investor|consultant|expert)|(?:largest )?shareholder|(?:co-"
    r"|lead "
    r"|senior |first |corresponding |study )*(?:author|investigator)s?"
    r"(?: (?:of|on|for|in) (?:the|this) (?:[\w-]+ ){0,3}?(?:study|trial|publication|paper|manuscript|report))? and"
    r"|part-time|full-time|until (?:recently|now)|(?:the )?board(?: of directors)?(?= as\b)"
    r"|permanent|newly[- ]created|having|in "
    r"addition to|from (?-i:(?:[A-Z&][\w&-]*,? |of |and |the )){1,9}to"
    r"|(?:leads?|led|heads?|oversees) (?:[\w'\ue000-\ue0ff-]+ ){1,8}?as"
    r"|(?:brings?|has|have|offers)(?: [\w,'-]+){3,22}?(?=,? (?:most recently|previously|formerly)\b)"
    r"|who (?:has |had )?(?:led|headed|managed|run|been|overseen|worked|served)\b[^,.;\ue000-\ue0ff]{3,80},"
    r"(?= (?:becomes|will|has been|is|was|takes|moves)\b)"
)
#: What may stand between a person, or the post before, and a title.
_LINK: Final = (
    rf"(?P<link>(?: [|–] )?(?:,? ?\(?(?:\b(?:{_WORDS})(?![\w'])|{{organization}}(?:'s?)?|{{agency}}|"
    r"(?-i:[A-Z][\w-]+'s))\)?)*,? ?)"
)
_DOCTOR: Final = r"(?:specialist|physician|surgeon|academician|[a-z]+ologist|[a-z]+iatrist|[a-z]+iatrician)"
_SEGMENT: Final = (
    pattern(
        rf"{_LINK}(?P<title>(?-i:CEO|CFO|CMO|CSO|COO|President|(?:[Cc]hief [A-Z]?\w+ )?Officer|"
        rf"Chair\w*)) {PLACE}{ENDS}"
    ),
    # "Chair of Acme's Scientific Advisory Board"
    pattern(
        rf"{_LINK}(?P<title>(?-i:(?:[Vv]ice-|[Cc]o-)?[Cc]hair\w*|[Mm]ember) of {PLACE}(?:'s|') "
        rf"{BOARD})(?:{ENDS}|(?= and ))"
    ),
    # "president of Foo's renal and cardiovascular business units"
    pattern(
        rf"{_LINK}(?P<title>(?-i:{TITLE_WORD})[\w ]{{0,40}}? of {PLACE}(?:'s|') [\w, &-]{{2,60}}?"
        r"(?:business(?: units?)?|divisions?|units?|franchises?|operations|group|business)\b)"
    ),
    # "a transplant infectious diseases specialist at Foo Hospital"
    pattern(rf"{_LINK}(?P<title>(?:[\w-]+ |(?:{OTHER}) ){{1,4}}?{_DOCTOR}){AT_PLACE}"),
    pattern(rf"{_LINK}{TITLE}{AT_PLACE}"),
    pattern(rf"{_LINK}{TITLE}{ENDS}"),
)
#: "Jane Doe of Foo University": a place without a title.
_OF_PLACE: Final = pattern(
    r"(?:,? (?:of|from|at|with) (?:the )?"
    r"(?:(?-i:Department|Dept\.?|Division|Section|Institute|School|Faculty) (?:of|for) "
    r"[^,.;\"\ue000-\ue0ff]{3,60}, (?:the )?)?"
    rf"{PLACE}| \((?:the )?(?P<in>{{organization}})(?:, [\w .,]{{2,40}})?\))"
)
#: "Jane Doe, MD, Foo University Hospital, said": only what is a place of work by its words.
_AFTER_NAME: Final = pattern(
    r",(?: (?-i:Department|Dept\.?|Division|Section|Institute|School|Faculty|Clinic) (?:of|for) "
    r"[^,.;\"\ue000-\ue0ff]{3,60},| (?-i:[A-Z])[\w &-]{2,50} (?-i:Dept\.?|Department|Division|Unit|Service"
    r"|Clinic),)? "
    rf"(?:the )?{PLACE}"
)
WORKPLACE: Final = Pattern(
    r"\b(?:Universit|Universid|Hospital|Hôpital|Clinic|Klinik|Institut|Cent(?:er|re)\b|College|"
    r"School|Charité|Karolinska|Infirmary|IRCCS|Centro\b|Szpital|UZ\b|UMC\b)|[Zz]iekenhuis|[Kk]rankenhaus"
    r"|spital\b|klinik|sykehus|sjukhus"
)
#: "Dr. Jane Doe of Marblehead": a place that nothing else tells to be one.
_OF_STRANGER: Final = Pattern(
    r",?\s+(?:of|from)\s+[A-ZÀ-Þ][\w'-]+(?:\s+[A-ZÀ-Þ][\w'-]+){0,2}(?=,?\s+(?:will|has|have|"
    r"joins?|joined|was|were|is|takes?|chairs)\b)"
)
#: "Dr. Jane Doe, who treated the first patient at Foo Hospital".
_WHO_DID: Final = pattern(
    r",? who (?:has |is |was )?(?:led|leads|leading|treated|treats|enrolled|conducted|presented|"
    r"runs|directs|directed|heads|headed|chairs|practi[cs]es|works?|worked)\b"
    rf"(?:[^.;\"\ue000-\ue0ff]|{OTHER}|{{organization}}(?= (?:at|of) )){{0,60}}? (?:at|of) (?:the )?{PLACE}"
)
#: "joins from Foo, where she was Vice President".
_FROM: Final = pattern(
    r"(?:,? (?:and )?(?:(?:who|which she|which he|she|he|has|most recently|previously) )*"
    r"(?:joins?|joined|comes?|came|moved?|moves)"
    rf"(?: (?:to )?{{organization}}| us| the company)?)?(?: (?:on|in) [^,.;\"\ue000-\ue0ff]{{4,18}})? from "
    rf"(?:the )?{PLACE}(?:, "
    rf"(?:an?|the) [^,.;]{{3,60}})?,? where "
    r"(?:she|he|they)(?: has| had| most recently| last| also| first)* (?:was|were|been|served(?: most "
    r"recently)? as|held|had been|worked as)"
    rf"(?: the| an?| positions? (?:of|as|including)| roles? (?:of|as|including))* {TITLE}{ENDS}"
)
#: "of Hospital Clínic de Barcelona": by its words a place of work, though nothing else tells of it.
_INSTITUTION: Final = Pattern(
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
    r"(?:held|spent|worked|led|oversaw|headed|ran|managed|directed|served in|worked in|began (?:her|his) "
    r"career|started (?:her|his) career)\b"
    r"(?:(?!\b(?:where|was)\b)[^.;\"\ue000-\ue0ff]){0,90}? (?:at|with|for|in) (?:the )?"
    r"(?P<of>{organization})(?P<more>(?:(?:, and|,| and|, as well as) (?:the )?{organization})*)"
)
_WHERE: Final = pattern(
    rf"(?: \([^()]*\))?,? where (?:she|he|they)(?: has| had| most recently| last| also| first| later)* "
    rf"(?:was|were|served(?: most recently)? as|held|had been|worked as|led)"
    rf"(?: the| an?| positions? (?:of|as|including)| roles? (?:of|as|including))* {TITLE}{ENDS}"
)
_AS: Final = pattern(
    r"(?: in (?-i:[A-Z])[\w .-]{2,30}(?:, (?-i:[A-Z])[\w .]{1,20})?)?"
    r",?(?: ultimately| most recently| finally| lastly| latterly)?"
    rf" as (?:an? |the |its )?{TITLE}{ENDS}"
)
#: "held positions at Foo, including Vice President".
_INCLUDING: Final = pattern(
    rf",? including (?:(?:those|that|roles?|positions?|service|serving|time) )?(?:as |of )?(?:an? |the |its "
    rf")?{TITLE}{ENDS}"
)
#: A title, once the chain has come to it, that is none of the person: "reports to the Chief Executive Officer".
_FORMER: Final = Pattern(
    r"\b(?:previously|formerly|former|ex|until|prior|earlier|last|most recently|before|had been|"
    r"held|worked|then)\b",
    re.IGNORECASE,
)
_PAST: Final = Pattern(r"\b(?:was|were|served|acted|chaired|sat|headed)\b", re.IGNORECASE)
_TODAY: Final = Pattern(
    r"\b(?:(?:re-)?appointed|named|promoted|(?:re-)?elected|hired|nominated|has (?:also )?"
    r"(?:served|been)|have (?:served|been)"
    r"|joined|joining|announced|becomes?|took (?:office|over|on)|takes|since|became|has also)\b",
    re.IGNORECASE,
)
_SHARED: Final = Pattern(r"\b(?:join|have|were|are|will|as|take|sit)\b", re.IGNORECASE)
_ALONE: Final = Pattern(r"\b(?:joins|has|was|is|takes|serves|becomes)\b", re.IGNORECASE)
_PROFESSOR: Final = Pattern(r"\b((?:[Aa]ssociate |[Aa]ssistant )?[Pp]rofessor|Prof\.)\s+(?:Dr\.?\s+)*$")


#: "Jane Doe, whose laboratory at Foo University discovered ABC-1, is a co-founder".
_WHOSE: Final = pattern(r",? whose [^,.;\"]{3,110},")
#: "Prof. Jane Doe of Foo University, who discovered ABC-1, chairs the board".
_WHO_FOUND: Final = pattern(
    r", who (?:first |has |also )*(?:co-)?(?:discovered|invented|developed|designed|founded|described|pioneered"
    r"|identified)"
    r" [^,.;\"]{2,90},(?= (?:chairs|heads|leads|joins|serves|is|was|will|has) )"
)
#: Behind a firm's name: its legal form and its ticker.
_LISTING: Final = pattern(
    rf"(?:,? {LEGAL_FORM}\.?)?(?: \([^()\ue000-\ue0ff]*\)| \((?:now |acquired by |a |part of |formerly "
    rf"|subsequently )[^()]*\))?"
    r"(?:(?: in|,) (?-i:[A-Z])[\w.-]{2,20}(?: (?-i:[A-Z])[\w.-]{2,20})?(?:, (?-i:[A-Z])[\w. ]{1,20}?)?"
    r"(?=,? and (?!of ))|"
    r" \((?-i:[A-Z])[\w ]{2,20}\)(?=,? and ))?"
)


def posts_behind(sentence: LinkedSentence, mention: Mention, stop: int) -> Iterator[Post]:
    """The posts told behind a name, one after the other, up to the next name."""
    frame, person = sentence.frame, mention.entity
    position = mention.end - sentence.start
    credentials = _BEHIND_NAME.match(frame, position)
    position = credentials.end() if credentials else position
    aside = _WHOSE.match(frame, position, stop)
    position = aside.end() - 1 if aside else position
    before = sentence.text[: mention.start - sentence.start]
    professor = _PROFESSOR.search(before)
    former = bool(_BEFORE_JOINING.search(before[-90:]))
    for step in range(6):
        if step == 0:
            place, position = _place(sentence, position, stop)
            aside = _WHO_FOUND.match(frame, position, stop)
            position = aside.end() if aside else position
            if place is not None:
                title = professor[1].replace("Prof.", "Professor") if professor else ""
                yield Post(person, place, title, False, "with")
                listing = _LISTING.match(frame, position, stop)
                position = listing.end() if listing else position
                continue
        moved = _FROM.match(frame, position, stop)
        if moved is not None:
            title, organization = settled_title(
                sentence.text[moved.start("title") : moved.end("title")],
                sentence.mention(moved, "of").entity,
            )
            if TITLE_NOUN.search(title):
                yield Post(person, organization, title, True, "from")
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
        listing = _LISTING.match(frame, end, stop)
        position = listing.end() if listing else end


def _place(sentence: LinkedSentence, position: int, stop: int) -> tuple[Entity | None, int]:
    """The place of work told right behind a name, and where the words for it end."""
    frame, text = sentence.frame, sentence.text
    place = _OF_PLACE.match(frame, position, stop)
    if place is not None:
        return sentence.mention(place, "of" if place["of"] else "in").entity, place.end()
    place = _AFTER_NAME.match(frame, position, stop)
    if place is not None and _is_workplace(sentence, place):
        return sentence.mention(place, "of").entity, place.end()
    place = _WHO_DID.match(frame, position, stop)
    if place is not None and _is_workplace(sentence, place):
        return sentence.mention(place, "of").entity, place.end()
    named = _INSTITUTION.match(text, position, stop)
    if named is not None:
        return Entity(Kind.ORGANIZATION, named["of"]), named.end()
    stranger = _OF_STRANGER.match(text, position, stop)
    return None, stranger.end() if stranger else position


def _is_workplace(sentence: LinkedSentence, place: re.Match[str]) -> bool:
    """Whether a place is one of work by its words, or by those of its full name: "Foo" for "Foo Cancer Institute"."""
    printed = sentence.text[place.start("of") : place.end("of")]
    return (
        WORKPLACE.search(printed) is not None
        or WORKPLACE.search(sentence.mention(place, "of").entity.label) is not None
    )


#: "Prior to joining Acme, Jane Doe served …": all that follows is past.
_BEFORE_JOINING: Final = Pattern(
    r"\b(?:[Pp]rior\s+to|[Bb]efore|[Pp]reviously|[Ee]arlier)\b[^.;\"]{0,70}?,?\s+(?:(?:Dr|Prof|Mr|"
    r"Ms|Mrs)\.?\s+)?$"
)
_BEHIND_NAME: Final = pattern(rf"{CREDENTIALS}(?: ?\([^()\ue000-\ue0ff]{{1,40}}\))?(?:, (?:aged? )?\d\d\b)?")


def _held(sentence: LinkedSentence, person: Entity, held: re.Match[str], stop: int) -> tuple[list[Post], int]:
    """Former places, and where they end: "held positions at Foo and Bar, where she was Vice President" (at Bar)."""
    places = [m for m in sentence.at(held.start("of"), held.end()) if m.entity.kind is Kind.ORGANIZATION]
    title, end = "", held.end()
    where = (
        _WHERE.match(sentence.frame, end, stop)
        or _AS.match(sentence.frame, end, stop)
        or _INCLUDING.match(sentence.frame, end, stop)
    )
    if where is not None:
        told, _ = settled_title(sentence.text[where.start("title") : where.end("title")], None)
        if TITLE_NOUN.search(told):
            title, end = told, where.end("title")
    return [Post(person, p.entity, title if p is places[-1] else "", True, "held") for p in places], end


def _segment(
    sentence: LinkedSentence, person: Entity, position: int, stop: int, *, former: bool
) -> tuple[Post | None, int]:
    """The next post of a chain, and where it ends."""
    best: re.Match[str] | None = None
    for form in _SEGMENT:
        match = form.match(sentence.frame, position)
        if match is None or match.end("title") > stop or match["title"].lower() == "chief":
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
    degree = _DEGREE.search(sentence.text, max(0, position - 8), position) is not None
    if link.isspace() and not (degree or _SIGNATURE.fullmatch(sentence.text) or _NAMED_TO.search(before)):
        return None, position
    inside = [
        m for m in sentence.at(best.start("link"), best.end("link")) if m.entity.kind is Kind.ORGANIZATION
    ]
    inside = [m for m in inside if not _HOLDS_SHARES.match(sentence.text, m.end - sentence.start)]
    left = _LEFT_FOR.match(link)
    if left is not None:  # "formerly of Foo, joins as": what stands before is of the post before
        inside = [m for m in inside if m.start - sentence.start >= best.start("link") + left.end()]
        link = link[left.end() :]
    organization: Entity | None = inside[-1].entity if inside else None
    end_of_title = best.end("title")
    if "of" in best.re.groupindex:
        between = sentence.text[best.end("title") : best.start("of")]
        if organization is not None and between.strip() == "," and link.rstrip().endswith(("'s", "s'")):
            end_of_title = best.end("of")  # "Acme's Vice President of Development, Medical Sciences"
        else:
            organization = sentence.mention(best, "of").entity
    title, organization = settled_title(sentence.text[best.start("title") : end_of_title], organization)
    if (
        not TITLE_NOUN.search(title)
        or len(title) > 120
        or (title == "partner" and "of" not in best.re.groupindex)
    ):
        return None, position
    today = bool(_TODAY.search(link)) and not _FROM_ROLE.search(link)
    past = (
        bool(_FORMER.search(link))
        or bool(_FROM_ROLE.search(link))
        or (bool(_PAST.search(link)) and not today)
    )
    if (
        former
        and not today
        and not re.search(r"\b(?:is|now|currently|joins?|becomes?|serves)\b", link, re.IGNORECASE)
    ):
        past = True
    plural = bool(_SHARED.search(link)) and not _ALONE.search(link)
    if plural:
        title = re.sub(r"^((?:new |independent |non-executive )*[Mm]ember)s\b", r"\1", title)
        title = re.sub(r"(?<!of )\b([Dd]irector|[Mm]ember|[Aa]dvisor|[Oo]bserver|[Cc]hair)s$", r"\1", title)
    rule = "former" if past else "of" if organization is not None else "of-issuer"
    new = today and _NEW.search(link) is not None
    return Post(person, organization, title, past, rule, plural, new), max(best.end("title"), best.end())


#: "Foo's largest shareholder": told of the post before.
_DEGREE: Final = Pattern(r"\b(?:Ph\.?\s?D|M\.?D|MBA|Pharm\.?D|MPH)\.?$")
_HOLDS_SHARES: Final = Pattern(r"'s?\s+(?:\w+\s+)?shareholder\b")
#: "formerly of Foo, joins as Chief Technology Officer": up to the verb.
_LEFT_FOR: Final = Pattern(
    r",?\s*(?:who\s+)?(?:was\s+)?(?:formerly|previously|most\s+recently)\s+(?:of|at|with|from)\b.*?"
    r"(?=\b(?:has\s+)?(?:joins?|joined|becomes|appointed|named)\b)"
)
_NEW: Final = Pattern(
    r"\b(?:promoted|appointed|named|elected|hired|becom(?:e|es|ing)|transition\w*)\b", re.IGNORECASE
)
#: "transitions from her role as Chief Scientific Officer"
_FROM_ROLE: Final = Pattern(
    r"\bfrom\s+(?:(?:his|her|their|the)\s+)?(?:current\s+)?(?:role|position|post)s?\s+(?:as|of)\s*$"
)
#: "Acme names Jane Doe Chief Medical Officer": no word between.
_NAMED_TO: Final = Pattern(
    r"\b(?:[Nn]ame[sd]?|[Aa]ppoint(?:s|ed|ing)?|[Ee]lect(?:s|ed)?|[Mm]ade|[Pp]romote[sd]?|"
    r"[Hh]ire[sd]?)\s+(?:(?:Dr|Prof|Mr|Ms|Mrs)\.?\s+)*$|\b(?:named|appointed)\b.{5,90}\band\s+$"
)
_SIGNATURE: Final = Pattern(r"[^.,;]{5,120}|[^.;]{5,90}")


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
_OPENS_BEFORE: Final = Pattern(
    r"\b(?:previously|before|prior|earlier|until|formerly|from\s+\d{4}\s+to)\b", re.IGNORECASE
)


def posts_of_pronoun(sentence: LinkedSentence, person: Entity) -> Iterator[Post]:
    """Posts told of "she" or "he", who is the last person named in the paragraph or the one before.

    Hit: "Previously, she was Senior Vice President of Clinical Research at Foo and Medical Director at Bar."
    A post told in the present is held now: "She is Professor of Medicine at Foo University".
    Near miss: "Foo was the firm at which they met".
    """
    subject = _PRONOUN.search(sentence.frame)
    if subject is None:
        return
    starts = [(subject.end(), bool(_OPENS_BEFORE.search(subject[0])))]
    starts += [(m.start("verb"), bool(m["past"])) for m in _AND_IS.finditer(sentence.frame, subject.end())]
    told: set[tuple[Entity | None, str]] = set()
    for start, former in starts:
        for post in _posts_from(sentence, person, start, former=former):
            if (post.organization, post.title) not in told:
                told.add((post.organization, post.title))
                yield post


#: "She is a surgeon, trained at Foo, *and is* Professor at Bar".
_AND_IS: Final = Pattern(
    r",?\s+and\s+(?:(?:she|he)\s+)?(?:currently\s+|also\s+|now\s+)?(?P<verb>(?P<past>was|served\s+as"
    r"|had\s+been)|is|serves\s+as)\b"
)


def posts_added(sentence: LinkedSentence, mention: Mention) -> Iterator[Post]:
    """Posts elsewhere that a sentence on one person adds: "Jane Doe left Foo in 2024 and is a director of Bar"."""
    if mention.start - sentence.start > 12:
        return
    for match in _AND_IS.finditer(sentence.frame, mention.end - sentence.start):
        yield from _posts_from(sentence, mention.entity, match.start("verb"), former=bool(match["past"]))


def _posts_from(sentence: LinkedSentence, person: Entity, start: int, *, former: bool) -> Iterator[Post]:
    """The posts told one after the other from an offset on."""
    position, stop = start, len(sentence.frame)
    for _ in range(5):
        moved = _FROM.match(sentence.frame, position)
        if moved is not None:
            title, organization = settled_title(
                sentence.text[moved.start("title") : moved.end("title")],
                sentence.mention(moved, "of").entity,
            )
            if TITLE_NOUN.search(title):
                yield Post(person, organization, title, True, "pronoun")
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
