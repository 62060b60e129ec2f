"""Text → names of drugs that are words, in no list: known by standing where only drugs do, "a trial of osanetant".

Used by `kg.extract.drug_names`, beside `kg.extract.slot_names`, whose names show it by a digit or a hyphen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import cache
from typing import Final

from kg.extract.drug_codes import DRUG_NOUN
from kg.extract.firm_words import LEGAL_FORM, ORGANIZATION_TAIL
from kg.extract.genes import by_symbol
from kg.extract.lexicon import table
from kg.extract.patterns import Pattern

#: In small letters ("osanetant"), with a capital ("Otravex"), in capitals ("GVAX"), of several kinds ("HuMax-CD38").
_WORD: Final = Pattern(
    r"(?<![\w@./-])(?:[a-z]{7,18}|[A-Z][a-z]{4,16}|[A-Z]{4,14}|[A-Z]{2,6}\d{2,4}[A-Za-z]?"
    r"|[A-Z][a-z]+[A-Z][A-Za-z]*(?:-[A-Z][A-Z0-9]*)?"
    r"|[A-Z][A-Z0-9]{1,5}-[A-Z][A-Z0-9]{1,5}(?:-[A-Z0-9]{2,5})?)(?![\w@/]|-(?!treated)|\.[a-z])"
)
_ITS: Final = (
    r"(?:(?:the\s+)?(?:[Cc]ompany's|[A-Z]\w+'s|its|our)\s+(?:[a-z][\w/-]*\s+){0,3}?)?(?:either\s+|single-agent\s+|oral\s+"
    r"|intravenous\s+|subcutaneous\s+|inhaled\s+)?"
)
#: Before a name: what only drugs have or undergo.
_ONLY_DRUGS: Final = Pattern(
    r"\b(?:(?:[Dd]esignations?|[Ss]tatus)\s+(?:\([\w\s-]{2,20}\)\s+)?(?:to|for)"
    r"|(?:IND|CTA|s?NDA|s?BLA|MAA|[Aa]pplications?)\)?\s+(?:for|of)"
    r"|(?:[Aa]pprovals?|[Rr]egistration|[Ll]aunch)\s+(?:of|for)"
    r"|(?:[Tt]rials?|(?<!\bto )[Ss]tud(?:y|ies))\s+(?:\([^()]*\)\s+)?(?:of|with|evaluating"
    r"|investigating|testing|assessing|comparing)"
    r"|\b[Pp]hase\s+[\w/]+\s+(?:[\w-]+\s+){0,3}?(?:data|results)\s+(?:for|on|with)"
    r"|(?:[Tt]reated|[Tt]reatment|dosed|dosing)\s+with|[Rr]oyalt(?:y|ies)\s+(?:on|from)|(?:[Dd]oses?|[Aa]dministration|[Ee]fficacy|[Tt]olerability|[Pp]harmacokinetics)\s+of"
    r"|(?:[Nn]et\s+|product\s+)?[Ss]ales\s+of|[Pp]rescriptions\s+(?:of|for)"
    r"|(?:product|drug|lead|clinical|development)\s+(?:[\w-]+\s+){0,2}?(?:candidates?|assets?|compounds?|drugs?|medicines?|product),?"
    rf"(?:\s+(?:is|called|named))?)\s+{_ITS}$|\d\s?(?:mg|mcg|µg)(?:/kg)?\s+(?:of\s+)?$"
)
#: Before a name: what may be said of other things too.
_PERHAPS_DRUGS: Final = Pattern(
    r"\b(?:(?:data|results)\s+(?:of|for|on|with|from)|approved|registered|authori[sz]ed|launch(?:ed|es)?|markets|sells"
    r"|files?|filed|filing|submit(?:s|ted|ting)?|reject(?:s|ed)|refused|withdrew|receiv(?:ed?|es|ing)|taking|safety\s+(?:and\s+efficacy\s+)?of|effects?\s+of|(?:[Dd]evelopment|[Cc]ommerciali[sz]ation|[Uu]se|[Pp]otential|[Ss]upply)\s+of"
    r"|compar(?:es?|ed|ing)|(?:medicine|brand|product)\s+is|(?:pipeline|portfolio|franchise)\s+(?:\w+\s+){0,3}?(?:headed|led)\s+by"
    r"|patients\s+on|evaluat(?:e|es|ed|ing)|study(?:ing)?|studied|advanc(?:e|es|ing)|develop(?:ing|s)?|nominated|selected"
    r"|rights\s+(?:to|in|for)|licen[sc](?:e|es|ed|ing)(?:\s+for)?|patents?\s+(?:covering|on|for|protecting)"
    rf"|randomi[sz]ed\s+to|combination\s+of|versus|plus|{DRUG_NOUN})\s+{_ITS}$|[A-Za-z]'s\s+$"
)
#: Before a name that is no word of the language: what is told of drugs.
_TOLD_OF: Final = Pattern(
    r"\b(?:(?:data|results)\s+(?:on|with|supporting)|launch(?:ed|es)?|markets|sells|sale\s+of|rights\s+(?:to|in)"
    r"|licen[sc](?:e|es|ed|ing)(?:\s+for)?|patents?(?:\s+[\w-]+){0,4}\s+(?:covering|on|for|protecting)|nominated|selected"
    r"|[Dd]evelop(?:ing|s|ment\s+of)|[Cc]ommerciali[sz](?:e|ing|ation\s+of)|effects?\s+of|webcast\s+on"
    rf"|(?:[Mm]ost\s+advanced|[Ll]ead\s+\w+|candidate|program(?:me)?)\s+is)\s+{_ITS}$|[A-Za-z]'s\s+(?:\([^()]{{3,40}}\)\s+)?$"
    r"|^\W*$"
)
_NEAR: Final = 110  # characters
_OPENS_ITEM: Final = Pattern(r"[ \t]*(?:[-•*·–▪●]|o)\s+")
#: Behind a name that opens an item of a list: the state of its programme.
_PROGRAM: Final = Pattern(
    r"\s?[®™]?\s*(?:\([^()\n]{3,80}\)\s*)?(?::|\s[–—-])\s(?=[^\n]{0,80}?\b(?:[Pp]hase\s+[\dI]|[Pp]re-?clinical|INDs?\b|CTAs?\b|NDA\b|BLA\b"
    r"|[Dd]osing|[Ff]irst\s+(?:patient|participant)))"
)
#: Between a name and a disease: "X *for* asthma", "X *was approved in Japan in 2019 for the treatment of* asthma".
_FOR_DISEASE: Final = Pattern(
    r"\s?[®™]?(?:\s*\([^()]{2,60}\))?[,:]?\s+(?:(?P<approved>(?:is|was|has\s+been|had\s+been)\s+(?:\w+\s+)?"
    r"(?:approved|authori[sz]ed|licensed|registered|indicated))\s+"
    r"|(?:received|won|gained|obtained|has|have|been|granted|under\s+review|accepted)\s+)?(?:[\w.-]+\s+){0,6}?"
    r"(?:for|in|to\s+treat|against)\s+(?:(?!its\b|our\b|an?\b)[\w-]+\s+){0,5}"
)
_BARE: Final = Pattern(r"[A-Z]{4,14}|[A-Z]{2,6}\d{2,4}[A-Za-z]?")
_HEADS_ITEM: Final = Pattern(r"\s?[®™]?\s*(?:\([^()]{3,60}\)\s*)?(?::|\s[–—-])\s")
_KNOWN_AS: Final = r"\s?[®™]?\s*(?:\([^()]{2,60}\))?"
#: Behind a name: that it is a drug.
_IS_A_DRUG: Final = Pattern(
    rf"{_KNOWN_AS}(?:,|\s+is)\s+(?:an?|its|our|the\s+[Cc]ompany's|[A-Z]\w+'s)\s+"
    r"(?:(?!that\b|which\b|of\b|for\b|in\b|to\b|by\b|on\b|with\b|trial\b|study\b|company\b|target\b|platform\b|firm\b)[\w/'-]+,?\s+){0,8}?"
    rf"{DRUG_NOUN}(?=\s+(?:for|that|in|with|to|being|designed|which|candidate|against|used|approved|indicated|of|given)\b|[,.;(]|\s\()"
    r"|\s?[®™]?\s+\(?\d[\d.,]*\s?(?:mg|mcg|µg|IU|mg/kg)\b|-treated\b"
)
#: Behind a name with a capital: in which form it is sold.
_SOLD_AS: Final = Pattern(
    r"\s?[®™]?\s+(?:(?:oral|nasal|prolonged-release|extended-release|film-coated|dispersible|chewable|subcutaneous|intravenous|topical)\s+)?"
    r"(?:tablets?|capsules?|solution|injections?|spray|syrup|cream|gel|ointment|inhaler|suspension|monotherapy|infusions?|sachets?)\b"
)
_DID: Final = Pattern(
    rf"{_KNOWN_AS}\s+(?:met\b|significantly|demonstrated|reduced|achieved|improved|lowered|showed|was\s+(?:generally\s+|well|safe|administered"
    r"|given|associated|granted|approved)|has\s+(?:been\s+)?(?:granted|received|demonstrated|shown)|targets|inhibits|blocks|binds|versus"
    r"|vs\.?|plus|monotherapy|tablets?|capsules?|injection|arm\b|group\b|(?:or|and|to)\s+placebo|in\s+(?:patients|adults|combination)"
    r"|for\s+the\s+(?:treatment|prevention))"
)
#: Behind a name in small letters; behind an adjective stands its noun.
_ENDS: Final = Pattern(
    r"\s?[™®,.;:()]|\s\(|-treated|\s*$|\s*\n|\s+(?:for|in|as|at|and|or|plus|versus|vs|alone|was|is|are|were|has|had|have|met|with|to|on|by|from|after"
    r"|over|than|under|will|may|can|at|into|during|while|once|twice|every|monotherapy|treatment|\d\S*|oral|nasal|ophthalmic|topical|inhal\w+|tablets?"
    r"|capsules?|injections?|infusions?|cream|gel|spray|solution|suspension|versus|group|arm|demonstrated|significantly|reduced|reduces|improved"
    r"|improves|achieved|showed|shows|lowered|meets|targets|inhibits|blocks|binds|autoleucel|[a-z]+vec|[a-z]+tecan|[a-z]+tin|[a-z]+cel|sodium"
    r"|hydrochloride|acetate|mesylate|tosylate|maleate|fumarate|citrate|phosphate|sulfate|bromide|chloride|alfa|beta|pegol)\b"
)
#: Words before a common noun.
_DETERMINER: Final = Pattern(
    r"\b(?:[Tt]he|[Aa]n?|[Nn]o|[Aa]ny|[Ee]ach|[Tt]his|[Tt]hese|[Tt]hose|[Ee]very|[Mm]ore|[Ll]ess|[Ss]uch|[Vv]ery|[Mm]ost|[Mm]any|[Ff]ewer|[Tt]otal|to|can|may|who)\s+$"
)
_OF_A_DRUG: Final = Pattern(
    r"[\s-]+(?:arms?|groups?|patients|doses?|dosing|cohorts?|treat\w*|program\w*|trials?|stud(?:y|ies)|tablets?|capsules?|injection|NDA|BLA|IND|plus|\d)\b"
)
#: Behind a capitalised word that is no drug: of firms, people, places, trials and diseases.
_NO_DRUG: Final = Pattern(
    rf"'s?\s+(?:[Dd]isease|[Ss]yndrome|[Ll]ymphoma)|\s+(?:{ORGANIZATION_TAIL}|{LEGAL_FORM})(?![\w-])|,?\s+{LEGAL_FORM}(?![\w-])"
    r"|\s+(?:[Tt]rials?|[Ss]tud(?:y|ies)|[Rr]egistry|STUDY|TRIAL|[Ss]yndromes?|[Dd]iseases?|[Dd]isorders?|[Vv]irus(?:es)?|[Ii]nfections?|[Cc]ells?"
    r"|[Pp]latform|[Tt]echnology|[Ii]ndication|[Gg]uidelines?|[Cc]riteria|[Ss]cores?|[Ss]cale|announced?|announces|today|said|says|will\s+(?:pay|receive|be\s+responsible|make"
    r"|fund|lead)|mutations?|receptors?|inhibitors?|positive|negative|expression|levels?|antibod\w+|and\s+[A-Z]\w+\s+(?:today|announced?))\b"
    r"|\s*\((?:[A-Z][A-Za-z]+\s?:|the\s+\"|\")|-(?:positive|negative|mutant|based|derived|like)|,\s+[A-Z][a-z]+[.,]|\s+[A-Z][a-z]{2,}|\s+of\b"
    r"|\s+(?:19|20)\d\d\b|,\s+(?:an?|the|its|our)\s+(?:[\w/-]+\s+){0,6}?(?:trial|study)\b"
)


@cache
def _plain() -> frozenset[str]:
    return frozenset(row["word"] for row in table("plain_words"))


def word_names(
    text: str, known: Set[str], taken: Iterable[tuple[int, int]], diseases: Iterable[int], common: Pattern
) -> Iterator[tuple[int, int]]:
    """Every place of the words that are told to be names of drugs.

    Hits: "a Phase 2 trial of osanetant in menopause"; "Otravex tablets were launched"; "ensifentazole 3 mg daily".
    Near misses: "a trial of exercise"; "treated with the vehicle"; "the approval of Kelvane's application".

    Args:
        text: of the release.
        known: words that are names of something else, or drugs that are known otherwise.
        taken: where the vocabulary's names stand.
        diseases: where diseases begin.
        common: a pattern of the endings that ordinary words have.
    """
    starts = {start for start, _ in taken}
    ill = sorted(diseases)
    points: dict[str, int] = defaultdict(int)
    against: set[str] = set()
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    unlikely: dict[str, bool] = {}
    for match in _WORD.in_paragraphs(text):
        word, (start, end) = match[0], match.span()
        no_name = unlikely.get(word)
        if no_name is None:
            low = word.lower()
            no_name = unlikely[word] = (
                word in known
                or word.rstrip("0123456789") in known
                or low in _plain()
                or (word.islower() and word.endswith("s"))
                or common.search(low) is not None
            )
        if no_name or start in starts:
            continue
        insulin = 8 if text.endswith("insulin ", 0, start) else 0  # "insulin degludec"
        places[word].append((start - insulin, end))
        line = text.rfind("\n", 0, start) + 1
        before = text[max(line, start - 70) : start]
        small = word[0].islower()
        if small:
            if not _ENDS.match(text, end):
                continue
            if _DETERMINER.search(before) and not _OF_A_DRUG.match(text, end):
                against.add(word)
                continue
        elif _NO_DRUG.match(text, end):
            against.add(word)
            continue
        if (
            _ONLY_DRUGS.search(before)
            or _IS_A_DRUG.match(text, end)
            or (not small and _SOLD_AS.match(text, end))
        ):
            points[word] += 2
        elif _PERHAPS_DRUGS.search(before):
            points[word] += 1
        if _BARE.fullmatch(word) and (told := _TOLD_OF.search(before)) is not None:
            if told[0].strip(" -–—•*·▪●'s") or _HEADS_ITEM.match(text, end):
                points[word] += 1
            points[word] += told[0][:1].isalpha()
        if _DID.match(text, end):
            points[word] += 1
        if word in points or not small:
            at = bisect_left(ill, end)
            between = text[end : ill[at]] if at < len(ill) and ill[at] < end + _NEAR else ""
            found = _FOR_DISEASE.fullmatch(between) if between else None
            if found is not None and found["approved"] and not before.endswith("and "):
                points[word] += 2
            elif not word.isupper():  # names of trials are in capitals, and trials are in diseases too
                points[word] += found is not None
                points[word] += (
                    _OPENS_ITEM.fullmatch(before) is not None and _PROGRAM.match(text, end) is not None
                )
    for word, total in points.items():
        if total < 2 or word in against:
            continue
        if word.isupper() and (by_symbol(word) is not None or (len(word) < 7 and f"({word})" in text)):
            continue  # a gene; "multiple myeloma (RRMM)"
        yield from places[word]
        if word.islower():
            yield from places.get(word.capitalize(), ())
