"""Clauses that tell of a deal in whatever words → bonds: a word for a deal, the company, and another near it.

The forms of `bond_forms` and `single_bond_forms` tell who is who and go first; here is read what they have no form
for: "Foo returned all rights to AB-1", "Foo shares the costs equally with us", "the Foo collaboration".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.extract.bond_forms import NO_PARTNER
from kg.extract.bonds import Bond, is_over
from kg.extract.deal_kinds import kind_in
from kg.extract.document import SectionKind
from kg.extract.firm_words import LEGAL_FORM, ORGANIZATION_TAIL
from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.ownership import owners
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind, Mention, Modality

_THING: Final = r"{drug|platform|drug_class|target}"
#: What is told of two that have a deal, with the kind that it makes, if it makes one.
_WORDS: Final = pattern(
    # nouns
    r"\b(?:(?P<noun>collaborations?|collaborators?|partnerships?|partners?(?! (?:at|of the)\b)|partnering"
    r"|alliances?|pacts?"
    r"|(?:licen[sc]\w*|collaborat\w+|supply|distribution|development|partner\w*|option|evaluation|purchase|transfer"
    r"|manufacturing|merger|commerciali[sz]ation|marketing|promotion|research|cooperation|framework|services"
    r"|definitive"
    r"|exclusive|\d{4}|years?|global|strategic|existing|this|the|our|its|an?) (?:and [\w-]+ )?(?:agreements?"
    r"|contracts?|deals?)"
    r"|joint ventures?|CRADA|memorandum of understanding|term sheet|letter of intent"
    r"|(?:sub-?|in-|out-)?licen[sc](?:es?|ing|e[er]s?|ors?)(?! applications?)"
    r"|option (?:to|on|for|over|exercise|agreement)|options? (?=to|on|for|from|with)"
    r"|(?:sale|divestiture|divestment|disposal) of (?!voucher|shares|stock)|purchase price (?:for|of)"
    r"|(?:acquisition|takeover|buy-?out|purchase) (?:of|by|from)|acquisition|merger|tender offer|business combination"
    r"|(?:co-)?(?:promotion|commerciali[sz]ation|marketing|development|distribution|profit|global|worldwide"
    r"|exclusive|all|full"
    r"|the|[\w.-]+) rights|rights (?:to|in|for|outside|of)"
    r"|royalt(?:y|ies)|(?:up-?front|milestone|option|licen[sc]e) (?:and [\w-]+ )?(?:payments?|fees?|revenues?)"
    r"|up-?front"
    rf"|distributors?|at signing|distribution(?= (?:in|there|rights|and marketing|of (?:its |the )?{_THING}))|CDMO"
    rf"|contract manufacturer"
    r"|profits? and loss(?:es)?|costs and profits|(?:development )?costs)"
    # verbs
    r"|(?P<verb>(?:sub-?|in-|out-)?licen[sc]e[sd]?(?! (?:in|for (?:use|the treatment)|vaccines?|products?"
    r"|treatments?|therap)\b)"
    r"|(?:sub-?|in-|out-)licensing|(?:re)?acquir(?:e[sd]?|ing)(?! (?:immun|resist|data))|bought|buys?"
    r"|purchas(?:e[sd]|ing)"
    r"|sold (?!by )|divest(?:s|ed|ing)|merg(?:e[sd]?|ing) with"
    r"|partner(?:ed|s|ing)? (?:with|to)|team(?:s|ed|ing)?(?: up)? with|join(?:s|ed|ing)? forces"
    r"|collaborat(?:es?|ed|ing)|co-?(?:develop|commerciali[sz]|promot|own)\w*"
    r"|(?:is|are|be|being|remains?|solely) responsible for(?= (?:[\w-]+ ){0,4}?(?:development|commerciali[sz]"
    r"|marketing))"
    r"|assigned|jointly [a-z]+|entrusted|returned|opt(?:s|ed)? in|opted|distribut(?:es?|ed|ing)"
    r"|outsourced|contracted|(?:work|works|worked|working) (?:together )?with"
    r"|shar(?:es?|ed|ing) (?:equally |all |the |development )*(?:profits?|costs?|revenues?)"
    r"|(?:selected|select|selects|chosen|chose)(?= (?:[\ue000-\ue0ff]|the |by ))"
    rf"|(?:suppl(?:y|ies|ied|ying)|provid(?:e|es|ed|ing))(?= (?:the |its )?(?:{_THING}|companion ))))\b"
)
#: What parts two clauses, or says that somebody else is spoken of.
_BREAK: Final = Pattern(
    r"[;!?\"]|\.(?=\s)|\b(?:while|whereas|unlike|than|versus|vs|compared|such as|like|said|commented|stated|added"
    r"|according to|as well as the|but|listed|reported by|spun|formerly|now part|a subsidiary)\b",
    re.IGNORECASE,
)
#: Sentences that tell of other bonds: posts held, money raised, advice given, patents, promotion.
_BESIDE_POINT: Final = Pattern(
    r"\b(?:financing|series\s+[A-F]\b|investors?|backed\s+by|syndicate|shareholders?\s+meeting|private\s+placement"
    r"|public\s+offering|at-the-market|securities|warrants?|loan|credit\s+facility|notes\s+offering|lease[sd]?"
    r"|legal\s+(?:counsel|advis[eo]r)|financial\s+advis[eo]r|advis(?:es|ed|ing)|counsel"
    r"|prior\s+to|previously\s+(?:served|held|was|worked)|served|serves|joined|joins|career|tenure|alumn\w+"
    r"|bachelor|MBA|fellowship"
    r"|professor|director\s+of|vice\s+president|investigators?|authors?|poster|conference|congress|symposium"
    r"|webcast|fireside"
    r"|retained\s+and\s+compensated|content|paid\s+by|competit\w+|trademarks?|lawsuit|litigation|settle\w*|infring\w*"
    r"|arbitrat\w+"
    r"|marketing\s+authori[sz]ation\s+holder|standard[- ]of[- ]care|seeking|potential\s+(?:partner|licen)\w*)\b",
    re.IGNORECASE,
)
_WE: Final = Pattern(r"\b(?:we|our|ours|us|the\s+company(?:'s)?|the\s+group(?:'s)?)\b", re.IGNORECASE)
_IT: Final = Pattern(r"\bits?\b", re.IGNORECASE)
_KNOWN: Final = Pattern(r"\b(?:the|this|under|from)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
#: Who pays, rules or publishes is no partner.
_NO_PARTY: Final = Pattern(
    rf"{NO_PARTNER.pattern}|\b(?:Authority|Department|Ministry|World\s+Health|Institutes\s+of\s+Health|Agency"
    rf"|Journal|Alliance"
    r"|Board|Government|Commission|Committee|Council|Exchange|Media|News)\b|^School$|[a-z]-based$"
)
#: A post or a place before a name: "CEO of Foo", "at Foo", "Foo's subsidiary".
_POST: Final = Pattern(
    r"(?:\b(?:officer|president|director|professor|head|chair\w*|manager|founder|C[EFMSOB]O|member|analyst"
    r"|employee)s?"
    r"\s+(?:of|at|for|,)|\bsubsidiary,?|\b(?:known|listed|formerly)\s+(?:as|on)|\bpart\s+of|\bUSA,?|\bdba"
    r"|\bowned\s+by)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LEGAL: Final = Pattern(rf"^(?:,?\s*(?:&\s+)?{LEGAL_FORM}\.?,?(?![\w-]))+")
_TAIL: Final = Pattern(rf"\s{ORGANIZATION_TAIL}$")
_AFTER: Final = Pattern(
    r"'?s?\s+(?:spin-?(?:off|out)|group|subsidiary|affiliate|unit)\b|\s*(?:\([^()]*\)\s*)?,?\s*(?:a|an|our|its"
    r"|the)\s+(?:[\w-]+\s+){0,3}(?:subsidiary|affiliate|parent|shareholder|investor)\b",
    re.IGNORECASE,
)
#: Between the noun and whom it is with, no verb: "collaboration in oncology with Foo".
_PREPOSITION: Final = Pattern(
    r"(?:\W+(?!(?:is|was|are|were|will|would|has|have|had|includes?|included|allows?|provides?|positions?"
    r"|expects?)\b)[\w.'-]+){0,9}?"
    r"\W+(?:with|from|to|by|of|between|at|via|(?:is|are|was|were) (?:\w+ )?(?:with|by|to)|include|includes"
    r"|including|and)\s+(?:(?:the|its|our|partners?|licensees?"
    r"|a|an|company|then|[a-z]+-based)\s+){0,4}$|[\s:]*(?:the\s+)?$",
    re.IGNORECASE,
)
#: Between a verb and its object or who does it.
_TO_OBJECT: Final = Pattern(
    r"|[^,:()]{0,80}\s$|[^:()]{0,80}\s(?:to|from|by|with)\s+(?:the\s+)?$", re.IGNORECASE
)
#: Between a subject and its verb.
_OF_SUBJECT: Final = Pattern(
    r"(?:'s?(?:\s+[\w-]+){1,4})?(?:\s*\([^()]*\))*,?\s*(?:(?:which|who|that|has|have|had|is|are|was|were|will|be"
    r"|been|also|again|both|to|and|intends?|plans?|agreed"
    r"|decided|\w+ly)\s+){0,6}$",
    re.IGNORECASE,
)
#: Between a subject, or whose it is, and a noun.
_OF_OWNER: Final = Pattern(
    r"(?:\s*\([^()]*\))*(?:'s?)?(?:,?\s+(?:which|our|the|its|an?|is|are)\b)?(?:\s+[\w%$.'-]+){0,8}\s*$",
    re.IGNORECASE,
)
#: "Foo, a Bar company".
_OF_PARENT: Final = Pattern(r",\s+(?:a|an|part\s+of|a\s+member\s+of)\s")
#: "between Acme and Foo", the noun before.
_BETWEEN: Final = Pattern(r"[^,:;()]{0,40}\bbetween\b.*\band\s+(?:the\s+)?$", re.IGNORECASE)
#: "Foo, from which Acme": the noun behind.
_FROM_WHOM: Final = Pattern(
    r"(?:\s*\([^()]*\))*,?\s+(?:from|with|to)\s+(?:which|whom)\s+(?:the\s+)?$", re.IGNORECASE
)
_AND: Final = Pattern(
    r"(?:\s*\([^()]*\))*(?:\s*,|\s*,?\s+(?:and|&|as\s+well\s+as))\s+(?:the\s+|with\s+)*", re.IGNORECASE
)
#: As far a word for a deal may stand from whom it is with.
_REACH: Final = 90
_UNLIKELY: Final = frozenset({Modality.NEGATED, Modality.HYPOTHETICAL})


def bonds_by_words(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Bond]:
    """The bonds of the company that a sentence tells of by a word for a deal near another organisation.

    Hits: "the Foo collaboration"; "Foo returned all rights to AB-1"; "Acme chose Foo as its CDMO".
    Near misses: "Foo licensed it to Bar"; "Foo's drug is licensed in Japan"; "Jo Doe led the acquisition of Foo".
    """
    own = document.organization_of(sentence)
    if own is None or _BESIDE_POINT.search(sentence.text):
        return
    organizations = sentence.of_kind(Kind.ORGANIZATION)
    if not organizations:
        return
    of_own = _tells_of_own(sentence, own)
    seen: set[Entity] = set()
    for word in _WORDS.finditer(sentence.frame):
        at = word.start()
        if modality(sentence.text, at, at + 1) in _UNLIKELY:
            continue
        for mention in _parties(sentence, word, organizations, own):
            other = mention.entity
            if other in seen or not _may_be_party(document, sentence, mention, own):
                continue
            if not of_own and not _is_of_own(document, sentence, word, mention):
                continue
            seen.add(other)
            low, high = min(at, mention.start - sentence.start), max(word.end(), mention.end - sentence.start)
            kind = kind_in(sentence.unnamed(max(0, low - 20), high + 60))
            yield Bond(own, other, sentence, low, high, kind, is_over(sentence, low, high))


def _tells_of_own(sentence: LinkedSentence, own: Entity) -> bool:
    """Whether a sentence speaks of the company: by its name, as "we", or as "it" where it names no other before."""
    organizations = sentence.of_kind(Kind.ORGANIZATION)
    if any(m.entity == own for m in organizations) or _WE.search(sentence.text):
        return True
    pronoun = _IT.search(sentence.text)
    return pronoun is not None and pronoun.start() < organizations[0].start - sentence.start


def _is_of_own(
    document: LinkedDocument, sentence: LinkedSentence, word: re.Match[str], other: Mention
) -> bool:
    """Whether a deal told with one name alone is the company's: its drug's, or a known one ("the Foo deal")."""
    others = {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)} - {other.entity}
    if others and (len(others) > 1 or _OF_PARENT.match(sentence.text, other.end - sentence.start) is None):
        return False
    drugs = {m.entity for m in sentence.of_kind(Kind.DRUG)}
    if drugs:
        owner_of = {drug: owner for drug, (owner, _) in owners(document).items()}
        return all(
            owner_of[drug] == document.issuer if drug in owner_of else drug == document.subject
            for drug in drugs
        )
    start = other.start - sentence.start
    return sentence.section.kind is not SectionKind.ABOUT and (
        _KNOWN.search(sentence.text[: word.start()]) is not None
        or _WORDS.compiled.match(sentence.frame) is not None
        or not sentence.text[:start].strip(" -•*–")
    )


def _parties(
    sentence: LinkedSentence, word: re.Match[str], organizations: tuple[Mention, ...], own: Entity
) -> Iterator[Mention]:
    """Who a word for a deal is about: the next after it, else the last before it; two others have their own deal."""
    before = [m for m in organizations if m.end - sentence.start <= word.start() + 1]
    after = [m for m in organizations if m.start - sentence.start >= word.start()]
    noun = word["noun"] is not None
    first, last = (before[0], before[-1]) if before else (None, None)
    follows = after[0] if after else None
    others_before = last is not None and last.entity != own
    if follows is not None and follows.entity != own:
        gap = _between(sentence, word.end(), follows)
        if gap is not None and (_PREPOSITION if noun else _TO_OBJECT).fullmatch(gap):
            if not others_before or (noun and first is not None and first.entity == own):
                yield follows
                yield from _listed(sentence, after)
            return
    if follows is not None and follows.entity == own and len(after) > 1:
        gap = sentence.text[word.end() : after[1].start - sentence.start]
        if len(gap) <= _REACH and _BETWEEN.fullmatch(gap):
            yield after[1]
            return
    if last is not None and not others_before and len(before) > 1:
        gap = sentence.text[before[-2].end - sentence.start : last.start - sentence.start]
        if _FROM_WHOM.fullmatch(gap) and before[-2].entity != own:
            yield before[-2]
    if not others_before:
        return
    assert last is not None
    gap = _LEGAL.sub("", sentence.text[last.end - sentence.start : word.start()])
    if len(gap) > _REACH or _BREAK.search(gap) or not (_OF_OWNER if noun else _OF_SUBJECT).fullmatch(gap):
        return
    yield last
    # "Foo and Bar share": both
    if len(before) > 1 and before[-2].entity != own:
        between = sentence.text[before[-2].end - sentence.start : last.start - sentence.start]
        if between.strip() in {",", "and", "&"}:
            yield before[-2]


def _listed(sentence: LinkedSentence, organizations: list[Mention]) -> Iterator[Mention]:
    """Who follows the first in a list: "with Foo, *Bar and Baz*"."""
    for one, other in pairwise(organizations):
        if not _AND.fullmatch(sentence.text[one.end - sentence.start : other.start - sentence.start]):
            return
        yield other


def _between(sentence: LinkedSentence, start: int, mention: Mention) -> str | None:
    """The words from a place to a name, where both are of one clause."""
    gap = sentence.text[start : mention.start - sentence.start]
    return None if len(gap) > _REACH or _BREAK.search(gap) else gap


def _may_be_party(document: LinkedDocument, sentence: LinkedSentence, mention: Mention, own: Entity) -> bool:
    start, end = mention.start - sentence.start, mention.end - sentence.start
    label = mention.entity.label
    return (
        _NO_PARTY.search(label) is None
        and label.split()[0].casefold().removesuffix("'s") != own.label.split()[0].casefold()
        and _POST.search(sentence.text[max(0, start - 60) : start]) is None
        and _AFTER.match(sentence.text, end) is None
        and (sentence.section.kind is not SectionKind.HEADLINE or _is_named_below(document, mention.entity))
    )


def _is_named_below(document: LinkedDocument, organization: Entity) -> bool:
    """Whether a name of the headline, where each word is written as a name, is one in the text too."""
    return _TAIL.search(organization.label) is not None or any(
        m.entity == organization
        for s in document.sentences
        if s.section.kind is not SectionKind.HEADLINE
        for m in s.of_kind(Kind.ORGANIZATION)
    )
