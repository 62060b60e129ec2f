"""Candidates for names of organisations → the names in them: where each begins and ends, and which are none.

Between `kg.extract.firm_words` and `kg.extract.names`, which finds the candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract.exchanges import exchange
from kg.extract.firm_words import (
    INSTITUTION,
    LEGAL_FORM,
    NAME_WORD,
    ORGANIZATION_TAIL,
    known_organizations,
    name_openers,
    no_organizations,
    place_names,
)
from kg.extract.lexicon import table
from kg.extract.occurrences import occurrences
from kg.extract.patterns import Pattern

#: A part of an organisation, unless it is a ministry.
DEPARTMENT: Final = Pattern(
    r"(?:Department|Division|Section|Unit)\s+of\s+(?!(?:the\s+)?(?:Health|Defen[cs]e|Veterans|"
    r"Energy|Agriculture|Justice|Commerce))"
)
_FIRM_WORD: Final = Pattern(rf"\b(?:{ORGANIZATION_TAIL}|{INSTITUTION}|{LEGAL_FORM})\b|^[A-Z]{{2,}}$")


def names_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the names of a candidate stand: none, one, or the two that it joins.

    Hits: "today Acme Therapeutics", without "today"; "Acme and Foo Therapeutics", with "Acme" elsewhere.
    Near misses: "Data Monitoring Committee"; "Centre for Probe Development and Commercialization".
    """
    start, end = _trimmed(text, start, end)
    if not _is_no_name(text, start, end):
        yield from _apart(text, start, end)


#: "Enters *Into Agreement To Acquire* Lava Therapeutics", where a sentence repeats the title.
_IN_TITLE_CASE: Final = Pattern(
    r".*\b(?:Into|To\s+(?:Acquire|Develop|Advance|Support|Expand)|Acquires?|Enters|Agreement(?:\s+[Ww]ith)?|"
    r"Collaboration\s+[Ww]ith|Receives?|Appoints|Signs)\s+(?=[A-Z])",
    re.DOTALL,
)
#: "Acme Bio Acme Bio": the picture's caption and the title under it.
_TWICE: Final = Pattern(r"(\w.{6,60}?)\s*\1(?=\W|$)", re.DOTALL)
#: "European Hematology Association": a word of the name.
_OF_EUROPE: Final = Pattern(
    r"European\s+(?:(?:[A-Z][\w-]+|and|of|for|the|&)\s+){0,5}?(?:Society|Association|Organi[sz]ation|Alliance"
    r"|Academy|League"
    r"|Federation|Council|Institute|Consortium|Network|Fund|Bank|Foundation|College|Congress|Hospital|University)\b"
)
#: "Acme Media Relations Acme Investor Relations": departments of one firm.
_RELATIONS: Final = Pattern(
    r"\s+(?:Media|Investor|Public|External|Global)\s+(?:Relations|Communications)\b.*$"
    r"|\s+(?:Corporate\s+)?Communications\s+and\b.*$",
    re.DOTALL,
)
#: "March Biosciences": what is left without the month would be no name.
_MONTH: Final = Pattern(r"March|April|May|June|July|August")
_ONLY_TAIL: Final = Pattern(rf"{ORGANIZATION_TAIL}(?:,?\s+{LEGAL_FORM}\.?)?")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A candidate without the words around it that are not part of a name."""
    name = text[start:end]
    while True:
        word = re.match(r"([^\s,]+)[\s,]+", name)
        if (
            word is None
            or (word[1] == "European" and _OF_EUROPE.match(name))
            or not (
                (
                    word[1].rstrip(".,") in name_openers()
                    and not (_MONTH.fullmatch(word[1]) and _ONLY_TAIL.fullmatch(name, word.end()))
                )
                or word[1] in ("of", "for", "and", "the", "&", "on")
                or word[1].endswith(("-based", "-listed"))
                or (word[1].endswith("'s") and word[1][:-2].casefold() in place_names())
            )
        ):
            break
        start += word.end()
        name = text[start:end]
    title = _IN_TITLE_CASE.match(name)
    if title is not None:
        start += title.end()
        name = text[start:end]
    relations = _RELATIONS.search(name)
    if relations is not None and not _is_agency(text, name, name[: relations.start()]):
        name = name[: relations.start()]
        end = start + len(name)
    twice = _TWICE.match(name)
    if twice is not None:
        start += twice.end() - len(twice[1])
        name = text[start:end]
    name = name.rstrip(" ,;")
    if name.endswith("'s"):
        name = name[:-2]
    return start, start + len(name)


def _is_agency(text: str, name: str, rest: str) -> bool:
    """Whether it is a firm for public relations, not a firm's department: "LHA Investor Relations".

    What stands before is no firm that the text speaks of.
    """
    return text.count(rest) == text.count(name)


#: A word that opens a sentence or tells of a people: "Unfortunately, …", "licensed Asian rights".
_NO_FIRM: Final = Pattern(
    r"[A-Z][a-z]{5,}ly|(?:Asian|European|American|Japanese|Chinese|Korean|African|Australian|Canadian)"
)
#: Departments: "Head of Global Product Management", "Vice President of Corporate Communications".
_OFFICE: Final = Pattern(
    r"(?:Global|Corporate|Product|Portfolio|Program|Project|Alliance|Business|Risk|Data|Clinical"
    r"|Regulatory|Commercial|Supply|Brand"
    r"|Strategic|Medical)(?:\s+[A-Z][a-z]+){0,2}?\s+(?:Management|Communications|Technology|Sciences?|Medicines)"
    r"|(?:Clinical\s+)?(?:Laboratory|Internal|Nuclear|Emergency|Respiratory|Family|Intensive\s+Care)\s+Medicine"
)
_STATE_BEHIND: Final = Pattern(r",\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\b")
#: "4D Molecular Therapeutics", "89bio, Inc."
_NUMBERED: Final = Pattern(r"\d{1,3}[A-Za-z]\w*[\s,]")


def _is_no_name(text: str, start: int, end: int) -> bool:
    """Whether what is left of a candidate names something else: a place, a department, a drug, a committee."""
    name = text[start:end]
    bare = re.sub(r"\s+", " ", name).casefold().rstrip(".")
    if (
        len(bare) < 3
        or "   " in name
        or bare in no_organizations()
        or name.rstrip(".") in name_openers()
        or not (name[0].isalpha() or _NUMBERED.match(name))
    ):
        return True
    if _OFFICE.fullmatch(name):
        return True
    if _NO_FIRM.fullmatch(name) and name not in known_organizations():
        return True
    if re.fullmatch(r"[A-Z]{1,6}-?\d{2,}\w*", name):
        return True  # a drug's code
    if (
        bare in place_names()
        or DEPARTMENT.match(name)
        or re.search(r"(?<!Health)(?<!State)\sDepartment$", name)
    ):
        return True
    behind = _STATE_BEHIND.match(text, end)
    if behind is not None and behind[1].casefold() in place_names() and not _FIRM_WORD.search(name):
        return True  # "Salt Lake City, Utah"
    if exchange(name) is not None and name not in known_organizations():
        return True
    if re.fullmatch(ORGANIZATION_TAIL, name):
        return True  # "Professor of Genetics"
    return bool(
        re.search(
            r"\b(?:Chief|Officer|Phase|Trial|Study|Studies|Form|Act|Designation|Announces?|Committee|Drug Application"
            rf"|Breakthrough|Orphan(?!\s.*\b(?:{LEGAL_FORM}|{ORGANIZATION_TAIL})\.?$)|Conference|Meeting|Congress|Symposium)\b"
            # "Acme All In With Plasma Therapeutics", of a title
            r"|\s(?:With|Into|From|Its|Is|Are|Has|Will)\s"
            # "Nadrolol Tablets USP"
            r"|\s(?:Tablets?|Capsules?|Injection|Ointment|Cream|Gel|Suspension|Syrup|Granules|(?:Nasal|Oral"
            r"|Sublingual) Spray"
            r"|(?:Oral|Ophthalmic|Topical|Nasal|Otic|Inhalation) Solution|Eye Drops)(?:\s+USP)?$",
            name,
        )
    )


_TWO_UNIVERSITIES: Final = Pattern(r"([^,]+?\sUniversity)\s+and\s+(?:the\s+)?([^,]+\sUniversity)")
#: "Foo Pharma and Bar Therapeutics": each by itself a firm's name.
_FIRM_TAIL: Final = Pattern(rf"\w\s+{ORGANIZATION_TAIL}(?:,?\s+{LEGAL_FORM}\.?)?$")
_WITH_FORM: Final = Pattern(rf"\s{LEGAL_FORM}\.?$")
#: What follows a name that is not the first part of a longer one.
_ALONE: Final = Pattern(r"'s?\s|[,;:.]?\s+(?!and\b|&)[a-z]|\s*[(,]")
#: As the first part of a firm's full name too: "Acme Therapeutics".
_BY_ITSELF: Final = Pattern(rf"{_ALONE.pattern}|,?\s+(?:{ORGANIZATION_TAIL}|{LEGAL_FORM})\b(?!\s+and\b)")


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A candidate, or the two names that it joins where the first also stands alone or everybody knows it.

    Hits: "Acme and Foo Therapeutics", with "Acme" elsewhere; "Acme AG and Foo Therapeutics".
    Near miss: "Centre for Probe Development and Commercialization".
    """
    end = _end_of_institution(text, start, end)
    joined = re.fullmatch(r"((?:[A-ZÀ-Þ][\w&'.-]*\s+){0,2}[A-ZÀ-Þ][\w&'.-]*)\s+and\s+(.+)", text[start:end])
    if (two := _TWO_UNIVERSITIES.fullmatch(text[start:end])) is not None:
        yield start, start + two.end(1)
        yield start + two.start(2), end
        return
    if joined is None or re.search(
        r"\b(?:of|for|on)\b|\b(?:Company|Sons|Associates)$|\sResearch\s+and\s+Development\b", joined[0]
    ):
        yield start, end
        return
    first = joined[1]
    alone = (
        _WITH_FORM.search(first)
        or (_FIRM_TAIL.search(first) and _FIRM_TAIL.search(joined[2]))
        or any(
            not text[:at].endswith(("and ", "& ")) and _BY_ITSELF.match(text, at + len(first))
            for at in occurrences(text, first)
        )
    )
    if first in known_organizations() or alone:
        yield start, start + joined.end(1)
        yield start + joined.start(2), end
    else:
        yield start, end


#: "University of Foo, *and Bar Health*"; "University of Foo *and SEQUEL* investigator": another name begins.
_NEXT_NAME: Final = Pattern(
    rf",?\s+and\s+(?:[A-Z]{{4,}}\b|(?:{NAME_WORD}\s+){{1,3}}{ORGANIZATION_TAIL}\b|{NAME_WORD}\s+{INSTITUTION}\b)"
)
#: Behind a comma: "With the University of Foo, *Acme is studying* …", where the firm stands alone elsewhere.
_SPEAKS: Final = Pattern(
    rf"(?:,?\s+{LEGAL_FORM}\b|\s+{ORGANIZATION_TAIL}\b|'s\b|\s+(?:has|will|today|announced?s?)\b)"
)


def _end_of_institution(text: str, start: int, end: int) -> int:
    """Where the name of a university or the like ends: before another name, which may follow without a stop."""
    name = text[start:end]
    if " of " not in name:
        return end
    following = _NEXT_NAME.search(name)
    if following is not None:
        return start + following.start()
    article = name.find(", The ")
    if article > 0:
        return start + article
    country = name.find(", ")
    if country > 0 and re.split(r",| and ", name[country + 2 :])[0].strip().casefold() in place_names():
        return start + country
    head, comma, tail = name.rpartition(", ")
    if comma and any(
        not text[:at].endswith(f"{head}, ") and _SPEAKS.match(text, at + len(tail))
        for at in occurrences(text, tail)
    ):
        return start + len(head)
    return end


def is_persons(name: str) -> bool:
    """Whether a name that opens a title or text is a person's: "Helen Marchetti joins"; "Emeka Nwachukwu said"."""
    words = name.split()
    return words[0] in _given_names() and len(words) <= 3 and not _FIRM_WORD.search(name)


@cache
def _given_names() -> frozenset[str]:
    """The names of `lexicon/given_names.tsv`."""
    return frozenset(row["name"] for row in table("given_names"))
