"""Text → names of drugs that their form gives away: with an isotope, with a hyphen, short codes, brands in capitals.

Used by `kg.extract.drug_names`, which knows codes and nonproprietary names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import Final

from kg.extract import genes
from kg.extract.drug_codes import DRUG_NOUN
from kg.extract.inn import is_inn
from kg.extract.patterns import Pattern

# --- isotopes -------------------------------------------------------------------------------------------

_SYMBOL: Final = r"(?:Lu|Ac|I|Y|Ga|Pb|Cu|Zr|At|Tb|In|Tc|F|Ra|Th|Bi|Re|Ho|Sm|Sc)"
#: "225Ac-PSMA I&T", "[212Pb]VMT-α-NET", "[68Ga]Ga-FAPI-46", "Lu-177-PNT2002", "131I-omburtamab"
_RADIO_NAME: Final = Pattern(
    rf"(?<![\w\]-])(?:\[\s?\d{{2,3}}m?-?{_SYMBOL}\s?\][-\s]?(?:{_SYMBOL}[-\s])?|\d{{2,3}}m?-?{_SYMBOL}-"
    rf"|{_SYMBOL}-?\d{{2,3}}m?-)"
    r"(?!label|radiolabel|based|conjugat|emit|contain|target|PET\b|SPECT\b|chloride|DOTA-?peptide"
    r"|PSMA[- ]?(?:PET|target|direct)|anti-|radioligand|therap|isotope|payload|treat)"
    r"(?:[A-Z][A-Za-z0-9]*|[a-z]{5,})(?:-(?:α|[A-Z0-9][A-Za-z0-9]*|[a-z]{5,}|[a-z]{2,4}[A-Z]\w*))*"
    r"(?:&T\b)?(?:\s(?:I&T|tetraxetan|vedotin|oxodotreotide))?"
)
#: "lutetium (177Lu) vipivotide tetraxetan", "copper Cu 64 dotatate", "flotufolastat F 18"
_RADIO_INN: Final = Pattern(
    r"(?<![\w-])(?:[Ll]utetium|[Cc]opper|[Gg]allium|[Ii]ndium|[Tt]echnetium|[Zz]irconium|[Aa]ctinium|[Ii]odine|[Ii]obenguane)\s"
    rf"(?:\(?\[?(?:{_SYMBOL}[\s-]?\d{{2,3}}m?|\d{{2,3}}m?{_SYMBOL})\]?\)?\s)[a-z]{{6,}}(?:\s[a-z]{{6,}}tan)?(?![\w-])"
)


#: "iobenguane I 131", "Flotufolastat F 18": a name with its isotope behind it.
_INN_RADIO: Final = Pattern(
    r"(?<![\w-])(?!(?i:iodi[nd]e|sodium|isotopes?|radio\w*|nuclides?|with|using|contain\w*|label\w*|emitt\w*|bearing|carrying|attached"
    r"|chelated|lutetium|gallium|copper|fluorine|yttrium|indium|technetium|actinium|astatine|phase|group|factor|figure|table|vitamin"
    r"|patients?|activity)\b)[A-Za-z][a-z]{6,}(?<!ed)(?<!ing)\s(?:I[\s-]1(?:23|24|25|31)|F[\s-]18|Ga[\s-]68|Lu[\s-]177|Y[\s-]90|Cu[\s-]6[147]"
    r"|In[\s-]111|C[\s-]11|Tc[\s-]99m|Ac[\s-]225|At[\s-]211|Pb[\s-]212|Zr[\s-]89)(?![\w-])"
)
#: "DehydraTECH-tirzepatide": a technology and what it is used on.
_CARRIED_INN: Final = Pattern(
    r"(?<![\w-])(?!(?:IV|SC|IM|IT|US|EU|UK|PO|II|III|PRE|NON|ANTI)-)[A-Z](?=\w*[A-Z])[A-Za-z]+-([a-z]{7,})(?![\w-])"
)


@lru_cache(2)  # asked for twice of one release
def radio_names(text: str) -> frozenset[tuple[int, int]]:
    """Names that begin with an isotope.

    Hits: "225Ac-PSMA I&T"; "131I-omburtamab"; "lutetium (177Lu) vipivotide tetraxetan"; "iobenguane I 131".
    Near misses: "177Lu-labelled"; "68Ga-PSMA PET"; "I-127-CLR 1404" (a code, which goes on).
    """
    return frozenset(_radio_names(text))


def _radio_names(text: str) -> Iterator[tuple[int, int]]:
    for match in _RADIO_NAME.in_paragraphs(text):
        if re.search(r"[A-Za-z]-?\d$", match[0]) and text[match.end() : match.end() + 1].isdigit():
            continue
        yield match.span()
    for match in _CARRIED_INN.in_paragraphs(text):
        if is_inn(match[1]):
            yield match.span()
    for form in (_RADIO_INN, _INN_RADIO):
        for match in form.in_paragraphs(text):
            yield match.span()


# --- hyphens --------------------------------------------------------------------------------------------

#: "del-desiran", "zevor-cel", "sac-TMT", "Dato-DXd", "T-DM1"
_SHORTENED: Final = Pattern(
    r"(?<![\w-])(?:(?P<head>[A-Za-z][a-z]{1,6})-(?P<tail>[a-z]{3,12})|[A-Za-z][A-Za-z0-9]{0,6}-(?:DXd|Dxd)|[Tt]-DM1)(?![\w-])"
)
#: What stands before a hyphen in ordinary words.
_COMMON_HEAD: Final = frozenset(
    (
        "anti", "non", "pre", "post", "co", "re", "un", "de", "bi", "multi", "pan", "semi", "self", "sub",
        "super", "ultra", "inter", "intra", "trans", "pro", "off", "on", "in", "out", "up", "over", "one",
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "low", "high", "long",
        "short", "well", "half", "all", "first", "second", "third", "late", "early", "mid", "new", "near",
        "nab", "peg", "mono", "poly", "auto", "allo", "radio", "chemo", "immuno", "micro", "nano", "macro",
        "neo", "bio", "end", "site", "case", "dose", "drug", "cell", "gene", "tumor", "time", "open",
        "follow", "best", "real", "world", "point", "year", "week", "month", "day", "single", "double",
        "triple", "quad",
    )
)  # fmt: skip


def shortened_names(text: str) -> Iterator[tuple[int, int]]:
    """Short forms with a hyphen: by their stem, then others that share their first half.

    Hits: "del-desiran" and, beside it, "del-brax"; "Dato-DXd".
    Near misses: "anti-siran"; "del-brax" alone.
    """
    found: list[re.Match[str]] = []
    heads: set[str] = set()
    for match in _SHORTENED.in_paragraphs(text):
        head, tail = match["head"], match["tail"]
        if head is None:
            yield match.span()
            continue
        if head.lower() in _COMMON_HEAD:
            continue
        if is_inn("xxxx" + tail) and 3 < len(tail) < 9:
            heads.add(head.lower())
            yield match.span()
        else:
            found.append(match)
    for match in found:
        if match["head"].lower() in heads and len(match["tail"]) < 8:
            yield match.span()


# --- short codes ----------------------------------------------------------------------------------------

_SHORT_CODE: Final = Pattern(
    r"(?<![\w@.-])(?<![^A-Z0-9]/)(?:[A-Z]{2,5}\d{2,4}-ADC|[A-Z]{2,5}\d{2}|(?:CT|AL|AT|ADA|ABL|AD|AP|DR|BY|CAD|CA|AC)\d{3,5}|[A-Z]\d{3,4}|[A-Z]{1,3}\d-\d{3,5}|[A-Z]{2,5}['’]\d{3}"
    r"|(?:Ad|ChAd)[A-Za-z]*\d{1,2}\.[A-Z0-9]+(?:\.[A-Z0-9]+)*)(?![\w]|-\d|\.\d|%)"
)
#: Behind a short code: what it is, in apposition.
_IS_A_DRUG: Final = Pattern(
    r"\s*(?:\((?:[^()]|\([^()]*\)){1,60}\))?\s*(?:(?:,|is|was)\s+(?:also\s+)?(?:an?|our|its|the\s+[Cc]ompany's|[A-Z]\w+'s)"
    r"|are(?:\s+both|\s+two)?)\s+"
    r"(?:(?!receptor|antigen|protein\b(?!\s+vaccine)|marker|biomarker|enzyme|gene\b|ligand|trial|study|company|that\b|which\b"
    r"|of\b|for\b|in\b|to\b|by\b|on\b|with\b|expressed|member|strain|variant|subtype|target\b)"
    rf"(?:[\w'®™/α-ω-]|\.(?=\d))+,?\s+){{0,8}}?{DRUG_NOUN}\b(?!\s+(?:target|trial|study))"
)
_INN_BEHIND: Final = Pattern(r"\s*[(,]\s*([a-z]{7,})(?:\s([a-z]{6,}))?\s*[),;]")
_OTHER_CODE: Final = Pattern(r"(?<![\w-])[A-Za-z]{1,6}-?\d{3,5}(?:/|\s\()$")  # "mRNA-4157/V940"
_NOT_SHORT_CODE: Final = Pattern(
    r"(?:CD|IL|HLA|TLR|CCR|FGF|BRD|MAP|CDK|HER|DLL|PD|ICD|Q|FY|H|ISO|IFN|TNF|MUC|GPC|COVID|AMG(?=\d{2}$)|STAT|SMAD|TIM|LAG)\d"
)


def short_codes(text: str) -> Iterator[tuple[int, int]]:
    """Codes too short to be told by their form, where the text says that they are drugs; then wherever printed.

    Hits: "HLX22 is an anti-HER2 antibody"; "V116, an investigational pneumococcal conjugate vaccine".
    Near misses: "CD38 is a protein"; "A549 cells"; "B7 is a ligand".
    """
    known: set[str] = set()
    places: list[re.Match[str]] = []
    for match in _SHORT_CODE.in_paragraphs(text):
        code = match[0]
        if _NOT_SHORT_CODE.match(code) or genes.by_symbol(code) is not None:
            continue
        places.append(match)
        if code in known:
            continue
        inn = _INN_BEHIND.match(text, match.end())
        told = (
            code.endswith("-ADC")
            or _OTHER_CODE.search(text, max(0, match.start() - 14), match.start())
            or _IS_A_DRUG.match(text, match.end())
        )
        if told or (inn is not None and (is_inn(inn[1]) or is_inn(inn[2] or ""))):
            known.add(code)
    yield from (match.span() for match in places if match[0] in known)


# --- technologies and brands ----------------------------------------------------------------------------

_WORD_BEHIND: Final = Pattern(
    r"[®™]?\s(?P<word>(?:h?[A-Z][A-Z0-9]{1,5}(?:-\d[a-z]?)?|TLR7/8 Agonist))(?![\w-])"
)


def made_with(text: str, technologies: Set[str]) -> Iterator[tuple[int, int]]:
    """Drugs called by the technology that they are made with and a word in capitals: "TransCon *PTH*".

    Near miss: "the TransCon technologies".
    """
    for name in technologies:
        places: dict[str, list[tuple[int, int]]] = {}
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            word = _WORD_BEHIND.match(text, end)
            if word is not None and not text[start - 1 : start].isalnum():
                places.setdefault(word["word"], []).append((start, word.end()))
            start = text.find(name, end)
        if any(len(spans) > 1 or _TOLD_AS_DRUG.match(text, spans[0][1]) for spans in places.values()):
            for spans in places.values():
                yield from spans


_TOLD_AS_DRUG: Final = Pattern(
    rf"\s*(?:\([^()]*\))?,?\s+(?:is|was|in|for|an?|and|demonstrated|met)\s+(?:[\w-]+\s+){{0,8}}?(?:{DRUG_NOUN}|pro-?drug|program(?:me)?|Phase|patients|trial)\b"
)
#: "BREVAIR (formoterol/ciclesonide)": what two or three drugs in one are called, behind its name.
_OF_SEVERAL: Final = Pattern(
    r"(?<=[\w®™])\s*\((?P<all>[a-z]{6,}(?:\s[a-z]{6,})?(?:(?:\s?[/+]\s?|-|\s+and\s+|\s+plus\s+|,\s+(?:and\s+)?)[a-z]{6,}(?:\s[a-z]{6,})?){1,3})"
    r"(?=[\s,;)])"
)
_JOINED: Final = Pattern(r"\s?[/+]\s?|-|\s+and\s+|\s+plus\s+|,\s+(?:and\s+)?")


def names_of_several(text: str) -> Iterator[tuple[int, int]]:
    """Joint nonproprietary names in brackets behind the name of the one drug that holds them all.

    Hits: "BREVAIR (*formoterol/ciclesonide*)"; "AXS-05 (*dextromethorphan-bupropion*)".
    Near miss: "chemotherapy (carboplatin and paclitaxel)".
    """
    for match in _OF_SEVERAL.in_paragraphs(text):
        before = text[max(0, match.start() - 20) : match.start()].split()
        if not before or not re.match(r"[A-Z]", before[-1]):
            continue
        known = sum(any(is_inn(word) for word in part.split()) for part in _JOINED.split(match["all"]))
        if known > (0 if "/" in match["all"] else 1):
            yield match.span("all")


#: What medicines come as, behind their names.
PRESENTATIONS: Final = (
    r"(?:[Tt]ablets?|[Cc]aplets?|[Cc]apsules?|(?:for\s+)?[Ii]njections?|[Ss]olution|[Ss]uspension|[Ss]prays?"
    r"|[Cc]reams?|[Gg]el|[Oo]intment|[Ll]otion"
    r"|[Ff]oam|[Pp]atch(?:es)?|[Pp]owder|[Ff]ilm|[Ii]mplants?|[Dd]rops|[Ss]yrup|[Gg]ranules|[Ll]ozenges?"
    r"|[Ss]uppositor(?:y|ies)|[Ii]nhaler|[Ee]mulsion)"
)
_HOW_MADE: Final = (
    r"(?:(?:[Ee]xtended|[Dd]elayed|[Ss]ustained|[Ii]mmediate|[Pp]rolonged|[Mm]odified)[- ][Rr]elease|ER|XR|DR|ODT"
    r"|(?:[Oo]ro)?[Dd]ispersible|[Oo]rally"
    r"|[Dd]isintegrating|[Oo]ral|[Ii]ntravenous|[Ss]ubcutaneous|[Nn]asal|[Oo]phthalmic|[Tt]opical|[Tt]ransdermal"
    r"|[Ii]nhalation|[Ii]ntranasal|[Ss]ublingual"
    r"|[Cc]hewable|[Vv]aginal|[Oo]tic|[Ll]yophili[sz]ed|[Ff]ilm-?[Cc]oated|[Hh]ydrochloride|HCl|[Ss]odium"
    r"|[Pp]otassium|[Cc]alcium|[Mm]aleate|[Ff]umarate|[Ss]uccinate|[Tt]artrate"
    r"|[Mm]esylate|[Tt]osylate|[Pp]hosphate|[Ss]ul(?:f|ph)ate|[Aa]cetate|[Cc]itrate|[Bb]romide|[Hh]ydrobromide"
    r"|[Pp]ropionate|[Vv]alerate|[Bb]esylate)"
)
#: "approval for *Nadrolol* Tablets USP", "its ANDA for *levobunitrol* ophthalmic solution"
_PRESENTED: Final = Pattern(
    r"\b(?:(?:ANDAs?|s?NDAs?|BLAs?|MAAs?|[Aa]pplications?|[Aa]pprovals?|[Cc]learance|[Rr]egistration"
    r"|[Aa]uthori[sz]ation|[Nn]od|[Ll]etter|[Vv]ersions?|[Ll]aunch)\)?"
    r"\s+(?:for|of|to\s+(?:market|sell|manufacture\s+and\s+market))|(?:[Aa]pproved|[Aa]pproves|[Ll]aunche[sd]"
    r"|[Mm]arkets?|[Cc]ommerciali[sz]es|[Cc]leared|[Ii]ntroduces|['’]s))\s+"
    r"(?:(?:its|the|our|generic|[Gg]eneric\s+version\s+of)\s+){0,2}"
    rf"(?P<name>(?!{PRESENTATIONS}\b"
    rf"|{_HOW_MADE}\b)[A-Za-z][a-z]{{5,}})\s+(?:{_HOW_MADE}\s+(?:and\s+)?){{0,4}}{PRESENTATIONS}(?![\w-])"
)


def presented_names(text: str) -> Iterator[str]:
    """Names by the form in which they are sold, where leave to sell them is told of.

    Hits: "approval for Nadrolol Tablets USP, 20 mg"; "ANDA for levobunitrol ophthalmic solution".
    Near misses: "approval for oral tablets"; "approved tablets".
    """
    for match in _PRESENTED.in_paragraphs(text):
        if not _NO_NAME.search(match["name"]):
            yield match["name"]


#: Words that tell what tablets or sprays there are.
_NO_NAME: Final = Pattern(
    r"(?:tion|ment|ing|ed|ness|ity|ous|ive|able|ible|ical|ular|ional|[tnrsdm]al|ly|eal|ar|ic|generic|combin\w+"
    r"|single|double|vaccine|placebo|steroid|antibiotic|insulin"
    r"|ready|water|strength|sterile|biosimilar|product|medicine|therapy|treatment|hormone)$",
    re.IGNORECASE,
)
