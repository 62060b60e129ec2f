"""Sentences → who holds which post at which organisation, now or before.

Between linking and relations.  Posts are told behind a name (`post_chains`) or beside it (`posts_beside`); here they
are put together: of which of several people, who leaves, who is succeeded, the fullest title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.extract.careers import careers
from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.listings import NAME_LABEL
from kg.extract.patterns import Pattern
from kg.extract.post_chains import WORKPLACE, posts_added, posts_behind, posts_of_pronoun
from kg.extract.posts import Post
from kg.extract.posts_beside import BESIDE_NAME, board_posts, post_beside
from kg.extract.statements import statement
from kg.extract.titles import ACADEMIC, CREDENTIALS, ELSEWHERE, HONORIFICS, IN_STUDY
from kg.model import Entity, Fact, Kind, Modality

#: What may stand between two people of whom one thing is said.
_COORDINATED: Final = pattern(
    rf"{CREDENTIALS}(?: of {{organization}}| of (?-i:[A-Z])[\w' ]{{2,40}}?)?(?:,? \([^()]*\))?"
    rf"(?:, [^,;.\"]{{3,90}}?)?"
    rf"(?:,|,? and|,? as well as|;) {HONORIFICS}"
)
_LEAVES: Final = Pattern(
    r"\b(?:will|has|have|is|plans? to|intends? to|decided to)?\s*\b(?:leav(?:e|es|ing)|left|retir"
    r"(?:e|es|ed|ing)|depart(?:s|ed|ing)?"
    r"|resign(?:s|ed|ing)?|step(?:s|ped|ping)?\s+down|stood\s+down|stands\s+down|"
    r"not\s+stand\s+for\s+re-election)\b",
    re.IGNORECASE,
)
_OPENS_WITH_PRONOUN: Final = Pattern(r"\s*(?:She|He|They)\b")


def roles(document: LinkedDocument) -> Iterator[Fact]:
    """Every post that a release tells, one title for a person at an organisation.

    Hits: "Jane Doe, M.D., Ph.D., chief medical officer of Acme"; 'said Jane Doe, our CEO.'; "Jane Doe (CEO)"; "Jane Doe
    joined as Chief Financial Officer"; "Chief Executive Officer Jane Doe"; "Ann Roe of Foo and Bob Low join the Board";
    "Jane Doe, formerly CFO of Foo" (historical); "She succeeds Ann Roe" (historical).
    Near misses: "Acme, president"; "reports to the Chief Executive Officer"; "Jane Doe of Acme" gives a role
    without title.
    """
    told: list[tuple[Post, LinkedSentence]] = []
    last: tuple[Entity, int] | None = None
    appointed = ""  # the last post at the issuer that was told: the one in which somebody is succeeded
    sheets = [  # where, over the text, the particulars of each of its firms begin: "Listed company name: Acme K.K."
        (s.start, s.of_kind(Kind.ORGANIZATION)[0].entity)
        for s in document.sentences
        if s.section.kind in _ON_TOP and NAME_LABEL.match(s.text) and s.of_kind(Kind.ORGANIZATION)
    ]
    for sentence in _sentences(document):
        people = sentence.of_kind(Kind.PERSON)
        posts: list[Post] = []
        if people:
            posts = list(_posts(document, sentence, appointed))
            whose = [
                firm for start, firm in sheets if start <= sentence.start and sentence.section.kind in _ON_TOP
            ]
            if len(sheets) > 1 and whose:
                posts = [
                    replace(p, organization=whose[-1]) for p in posts if p.organization == document.issuer
                ]
            if len(people) == 1:
                told_here = {p.organization for p in posts}
                added = posts_added(sentence, people[0])
                posts += [
                    p for p in added if p.organization not in told_here and p.organization != document.issuer
                ]
            if _GOES_ON.search(sentence.text, people[-1].end - sentence.start):
                posts += posts_of_pronoun(sentence, people[-1].entity)
        elif last is not None and not sentence.in_quote and sentence.sentence.paragraph - last[1] in (0, 1):
            posts = list(posts_of_pronoun(sentence, last[0]))
        if not sentence.in_quote:
            posts += [
                p
                for p in careers(sentence, last[0] if last is not None else None)
                if p.organization != document.issuer
            ]
        told += [(post, sentence) for post in posts]
        here = (p.title for p in posts if p.organization == document.issuer and not p.former and p.title)
        appointed = next(here, appointed)
        if people and not sentence.in_quote and not _OPENS_WITH_PRONOUN.match(sentence.text):
            last = (people[0].entity, sentence.sentence.paragraph)
    yield from _facts(document, told)


_ON_TOP: Final = (SectionKind.METADATA, SectionKind.SUBHEADLINE, SectionKind.HEADLINE)
#: "Jane Doe joined as CMO; she was previously …".
_GOES_ON: Final = Pattern(r";\s+(?:before\s+that,?\s+|previously,?\s+)?(?:she|he)\b")


def _sentences(document: LinkedDocument) -> Iterator[LinkedSentence]:
    """Sentences that may tell posts: statements, what stands above the text, lists of boards at the end."""
    for sentence in document.sentences:
        kind = sentence.section.kind
        if kind in (SectionKind.CONTACTS, SectionKind.METADATA, SectionKind.SOURCE):
            if _LIST_LABEL.search(sentence.text) or (
                kind is SectionKind.METADATA and sentence.of_kind(Kind.PERSON)
            ):
                yield sentence
        elif kind is SectionKind.BODY and sentence.text.startswith("Representative:"):
            continue  # in the particulars of a partner
        elif kind is not SectionKind.BOILERPLATE and kind is not SectionKind.DATELINE:
            yield sentence


_LIST_LABEL: Final = Pattern(r"\b(?:[Bb]oard|Directors?|Management|Geschäftsführer|Vorstand)\b[^:.]{0,40}:")


def _posts(document: LinkedDocument, sentence: LinkedSentence, appointed: str) -> Iterator[Post]:
    """The posts that a sentence tells of the people whom it names; `appointed` is the post told of before."""
    boards = list(board_posts(sentence))
    found: list[Post] = [*boards]
    listed = {post.person for post in boards}
    for rule, form in BESIDE_NAME:
        for match in form.finditer(sentence.frame):
            post = post_beside(sentence, rule, match)
            if post is not None and post.person not in listed:
                found.append(post)
    found += _told_behind(sentence, found)
    found = list(_handed_over(document, sentence, found))
    leaves = _LEAVES.search(sentence.text)
    for post in found:
        if post.organization is None and (
            IN_STUDY.search(post.title)
            or (_OF_CLINIC.match(post.title) and _INVESTIGATOR.search(sentence.text))
            or ELSEWHERE.search(post.title)
            or (ACADEMIC.search(post.title) and not _is_institution(document))
        ):
            continue
        if (
            post.organization is not None
            and post.title == "member"
            and _SOCIETY.search(post.organization.label)
        ):
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
            yield Post(person, document.organization_of(sentence), "", True, "left")


#: "head of Nuclear Medicine, Foo, and coordinating investigator": a clinic's, though nothing tells its name to be one.
_OF_CLINIC: Final = Pattern(
    r"(?:[Hh]ead|[Cc]hief|[Cc]hair\w*|[Dd]irector) of (?:the )?(?:[A-Z][\w-]+ ){0,2}(?:\w+ology|Medicine"
    r"|Surgery|\w+iatrics|Psychiatry)\b"
)
_INVESTIGATOR: Final = Pattern(r"\band\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}investigator\s+(?:of|in|for|on)\b")
_SOCIETY: Final = Pattern(r"\b(?:Society|Association|Academy|College|Fellowship)\b")


def _told_behind(sentence: LinkedSentence, beside: list[Post]) -> Iterator[Post]:
    """The posts told behind the names, one chain for each, what is said of several people for each of them.

    Args:
        sentence: where they are told.
        beside: the posts told beside the names already.
    """
    titled = {(p.person, p.former) for p in beside if p.rule in ("before-name", "possessive", "of-bracket")}
    parts = {p.person: p.title for p in beside if p.organization is None and IN_STUDY.search(p.title)}
    for chain in _chains(sentence):
        part = next((p.title for p in chain if p.organization is None and IN_STUDY.search(p.title)), "")
        for post in chain:
            if post.rule == "with" and not post.title:
                # "of Foo Hospital, investigator of the trial"; "Principal investigator Ann Roe of Foo Hospital"
                yield replace(post, title=part or parts.get(post.person, ""))
            elif (
                post.organization is None
                and (post.person, post.former) in titled
                and post.rule == "of-issuer"
            ):
                continue  # a title before the name says where; one behind it may be of anything
            else:
                yield post


def _chains(sentence: LinkedSentence) -> Iterator[list[Post]]:
    people = sentence.of_kind(Kind.PERSON)
    chains: list[list[Post]] = []
    for number, mention in enumerate(people):
        stop = people[number + 1].start - sentence.start if number + 1 < len(people) else len(sentence.text)
        chain = list(posts_behind(sentence, mention, stop))
        chains.append(chain)
        if not chain:
            continue
        for earlier in range(number - 1, -1, -1):
            gap = sentence.frame[
                people[earlier].end - sentence.start : people[earlier + 1].start - sentence.start
            ]
            if not _COORDINATED.fullmatch(gap):
                break
            chains[earlier] += [
                replace(post, person=people[earlier].entity, rule="shared") for post in chain if post.plural
            ]
    yield from chains


def _is_institution(document: LinkedDocument) -> bool:
    """Whether it is a university or hospital that speaks, whose doctors and professors need no place."""
    return document.issuer is not None and WORKPLACE.search(document.issuer.label) is not None


def _leaves(sentence: LinkedSentence, person: Entity, leaves: re.Match[str]) -> bool:
    """Whether it is this person who leaves: the last one named before the verb."""
    before = [m for m in sentence.of_kind(Kind.PERSON) if m.end <= sentence.start + leaves.start()]
    return bool(before) and before[-1].entity == person


#: "Bob Low has stepped down", "Bob Low retired from the Board": a post of his is over, whichever it was.
_LEFT: Final = pattern(
    rf"(?P<person>{{person}}){CREDENTIALS},? (?:who )?(?:(?:has|have|will|is|recently|also) )*"
    r"(?:stepp(?:ed|ing) down|steps? down|retir(?:ed|es|ing|e)|resign(?:ed|s|ing)?|left|leaves|"
    r"leaving|depart(?:ed|s|ing)|declin(?:ed|es) re-?election"
    r"|not (?:be )?(?:stand|seek)(?:ing)?(?: for)? re-?election)"
    r"(?: from (?:it|the (?:board(?: of directors)?|company|post|role)|(?:its|our|{organization}'s) board(?: of "
    r"directors)?))?(?= "
    r"?[.,;]| (?:at|in|on|after|to|effective)\b)"
)
_SUCCEEDED_BY: Final = pattern(rf"\b(?:succeeded|replaced) by {HONORIFICS}(?P<person>{{person}})")
_SUCCEEDS: Final = pattern(
    r"\b(?:succeed(?:s|ed|ing)?|replac(?:e|es|ed|ing)|takes over from|took over from|follows) "
    r"(?:(?:(?:the|its|our|interim|outgoing|long-?time|current|former|acting|founding) )*"
    r"(?:C[EFMSOBT]O|chief [a-z]+ officer|president|chair\w*|(?:co-)?founder)(?: and C[EFMSOBT]O)?,? )?"
    rf"{HONORIFICS}(?P<person>{{person}})"
)
#: "succeeding Ann Roe, who becomes Chair": what follows is no post that she left.
_GOES_ON_AS: Final = Pattern(
    r",\s+who\s+(?:(?:will|has|is|now)\s+)*(?:transition|remain|continu|becom|mov|assum|tak|stay|serve"
    r"|been\s+(?:named|appointed))"
)


def _handed_over(document: LinkedDocument, sentence: LinkedSentence, found: Iterable[Post]) -> Iterator[Post]:
    """The posts, those of people who are succeeded as past: "Ann Roe succeeds Bob Low as CEO" (CEO now: Ann Roe)."""
    before: dict[Entity, Entity | None] = {}
    for match in _SUCCEEDS.finditer(sentence.frame):
        earlier = [m.entity for m in sentence.of_kind(Kind.PERSON) if m.end <= sentence.start + match.start()]
        if _GOES_ON_AS.match(sentence.text, match.end()):
            continue
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
    document: LinkedDocument, sentence: LinkedSentence, found: Iterable[Post], appointed: str
) -> Iterator[Post]:
    """Whose post was taken over: "She succeeds Ann Roe"; the title stays open where the sentence has none."""
    for match in _SUCCEEDED_BY.finditer(sentence.frame):
        person = sentence.mention(match, "person").entity
        title = next(
            (p.title for p in found if p.organization in (None, document.issuer) and p.person != person), ""
        )
        if title and not any(p.person == person and p.title for p in found):
            yield Post(person, document.organization_of(sentence), title, False, "succeeded")
    for match in _SUCCEEDS.finditer(sentence.frame):
        person = sentence.mention(match, "person").entity
        if document.issuer is None or any(p.person == person for p in found):
            continue
        title = next(
            (p.title for p in found if p.organization in (None, document.issuer) and not p.former), appointed
        )
        yield Post(person, document.organization_of(sentence), title, True, "succeeded")


# --- facts ----------------------------------------------------------------------------------------------

_UNSURE: Final = frozenset({"with", "before-name", "shared", "succeeded", "led", "board-list", "career"})


def _facts(document: LinkedDocument, told: list[tuple[Post, LinkedSentence]]) -> Iterator[Fact]:
    """One title for each person, organisation and time: the fullest told; a former post is none that is held now."""
    titles: dict[tuple[Entity, str, bool], str] = {}
    begun = {(p.person, p.organization.label) for p, _ in told if p.new and p.organization is not None}
    for post, _ in told:
        assert post.organization is not None
        key = (post.person, post.organization.label, post.former)
        if key[:2] in begun and not (post.new or post.former):
            continue
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
