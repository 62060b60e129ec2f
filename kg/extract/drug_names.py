"""Doc → candidate names of drugs that no vocabulary lists, known by their form and by what stands around them.

A component of the pipeline; spans in `doc.spans["drugs"]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from kg.extract.context_names import COMMON_WORD, context_names, plain_words
from kg.extract.drug_codes import BEFORE_DRUG, BEHIND_DRUG, DRUG_NOUN, TRIAL_BEHIND, codes_in, with_their_word
from kg.extract.drug_forms import (
    made_with,
    names_of_several,
    presented_names,
    radio_names,
    short_codes,
    shortened_names,
)
from kg.extract.firm_words import LEGAL_FORM, ORGANIZATION_TAIL, known_organizations
from kg.extract.inn import is_inn, known_names
from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
from kg.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BRAND: Final = Pattern(
    r"\b([A-Z][A-Za-z]{2,}?(?:[- ][A-Z0-9][\w]*)?)(?:\s?\^?(?:®|™|\(TM\)|\(R\))"
    r"|TM\b)(?!\s?[A-Z]{1,6}-?[A-Z]{0,5}\d)"
)
#: Names of technologies and of classes made with them: "the Tessera and Volant platforms", "a Tessera® that binds".
_TECHNOLOGY: Final = Pattern(
    r"(?<![\w-])([A-Z][A-Za-z]{3,}[A-Za-z0-9]*)\s?(?:[®™]|\((?:TM|R)\))?(?:(?:,|\s+and|\s+or"
    r"|,\s+and)\s+([A-Z][A-Za-z0-9]{3,})\s?(?:[®™]|\((?:TM|R)\))?)?"
    r"\s+(?:[\w-]+\s+){0,2}?(?:platforms?|technolog(?:y|ies)|engine|library|linkers?|chemistry|capsids?"
    r"|scaffolds?|conjugation)\b"
)
#: "made with Tessera(R), Acme's technology by which …"
_CALLED_TECHNOLOGY: Final = Pattern(
    r"(?<![\w-])([A-Z][A-Za-z]{3,}[A-Za-z0-9]*)\s?(?:[®™]|\((?:TM|R)\)),\s+(?:an?|its|our|the|[A-Z]\w+['’]s)\s+"
    r"(?:[\w-]+\s+){0,4}?(?:platform|technology|linker|approach|method|process)\b"
)
_CLASS_NAME: Final = Pattern(
    r"(?:\b(?:lead|first|its|our|next|other)\s+([A-Z]\w{3,})\s?[™®]\s+(?:product\s+|drug\s+|clinical\s+)?"
    r"(?:candidates?|program(?:me)?s?|molecules?|conjugates?|compounds?)\b"
    r"|\b(?:an?|two|three|several|our|its)\s+([A-Z][A-Za-z]{3,}[A-Za-z0-9]*)\s?[®™]\s*(?:that\b"
    r"|targeting\b|directed\b|against\b|(?:[\w-]+\s+){0,4}?antibod)"
    r"|\b(?:antibodies|conjugates|engagers|bispecifics|peptides|cells|degraders|molecules"
    r"|therapies)\s+\(([A-Z][A-Za-z]{3,}[A-Za-z0-9]*)\s?[®™])"
)
_BRAND_INN: Final = Pattern(
    r"\b([A-Z][A-Za-z]{3,}|[A-Z]{4,}\s[A-Z][a-z]{3,})\s?(?:[®™]|\^?\((?:R"
    r"|TM)\))?\"?\s*\(\s*([A-Za-z][a-z][\w-]{5,}(?:\s+[a-z][\w-]{4,})?)"
)
#: "has approved ZYLVEXA (tolvamarin)": only a medicine is approved under two names.
_APPROVED_NAME: Final = Pattern(
    r"\b(?:approv(?:e[ds]|als?\s+(?:of|for))|authori[sz](?:e[ds]|ations?\s+(?:of|for))"
    r"|applications?\s+(?:\([^()]{2,8}\)\s+)?for"
    r"|(?:NDA|BLA|MAA)\s+for)\s+([A-Z][A-Za-z]{3,})\s?[®™]?\s*\(\s*([a-z]{6,}(?:[\s-][a-z]{4,}){0,2})"
)
_INN_BRAND: Final = Pattern(
    r"\(\s*(?:marketed (?:as|under the (?:brand|trade) name)\s+"
    r"|brand name:?\s+)?([A-Z][A-Za-z]{3,})\s?®?\s*\)"
)
#: A brand that is all capitals or bears a sign, and what follows where it is none: "HALO® technology", "ACME® pen".
_SIGNED_NAME: Final = Pattern(
    r"(?<![\w-])([A-Z]{5,}|[A-Z][a-z]{4,})\s?\^?(?:®|\(R\)|(?<=[A-Z]{5})™|(?<=[A-Z]{5})\s™)"
    r"(?!\s*(?:[\w-]+\s+){0,2}?(?:platforms?|technolog\w+|systems?|devices?|pens?|auto-?injectors?"
    r"|inhalers?|software"
    r"|tests?|assays?|engine|library|process|chemistry|linkers?|excipients?|modifications?|approach"
    r"|database|index)\b)"
)
#: "markets Cholvada (elafinorbate)", "sales of ZELVOQ": what is sold under a name.
_SOLD_NAME: Final = Pattern(
    r"\b(?:markets?|sells?|sold|launched|commerciali[sz]es|(?:sales|launch|approval|prescriptions)\s+of"
    r"|medicines?\s+includ\w+"
    r"|products?\s+(?:are|is|includ\w+))\s+([A-Z][a-z]{4,}|[A-Z]{5,})\s*\(\s*([a-z]{7,}(?:\s"
    r"(?:[a-z]{4,}))?)\s*[),]"
)
_CODE_WORD: Final = Pattern(r"\s?[™®]?\s*\(\s*([a-z]{6,}(?:\s[a-z]{5,})?)\s*(?=[),])")
#: Between a name and its code, inside the bracket.
_KNOWN_AS: Final = (
    r"(?:(?:aka|a\.k\.a\.|(?:also|formerly|previously|now)(?:\s+(?:known|identified|referred\s+to|designated"
    r"|called|named|developed))?"
    r"(?:\s+as)?|known\s+as|(?:development\s+|product\s+)?code(?:\s+name)?:?|INN:?|development\s+name:?)\s+)?"
)
_WORD_LOW_CODE: Final = Pattern(rf"(?<![\w-])([a-z]{{7,}})\s*[™®]?\s*\(\s*{_KNOWN_AS}")
_FORMULATION: Final = (
    r"(?:extended|delayed|sustained|immediate|injection|tablets?|capsules?|ophthalmic|topical|cream"
    r"|solution|oral|release|for|powder|suspension|gel)"
)
#: "(generic name: vosoritropin; …", "(INN: senrutamig)".
_GENERIC_NAME: Final = Pattern(
    r"\b(?:[Gg]eneric|[Nn]onproprietary|[Nn]on-proprietary)\s+name:?\s+([A-Za-z][a-z]{5,}(?:\s[a-z]{5,}){0,2})\b"
    r"|\bINN:?\s+([a-z]{6,}(?:\s[a-z]{5,})?)\b"
)
_BRAND_PAREN: Final = Pattern(
    rf"(?<![\w-])([A-Z][A-Za-z]{{3,}})\s?(?:[®™]|\^?\((?:R|TM)\))\s*\(\s*(?:generic\s+name:?\s+)?([a-z]{{6,}}(?:\s"
    rf"(?!{_FORMULATION})[a-z]{{5,}})?)\b"
)
_CAPITALS_PAREN: Final = Pattern(r"(?<![\w-])([A-Z]{4,})\s\(([a-z]{7,})\)")
#: "APPROVAL FOR CHIKALYS®": in a title set in capitals the word before is none of the name.
_WORD_IN_CAPITALS: Final = Pattern(r"^(?:FOR|OF|WITH|AND|THE|ITS|BY|ON|TO|IN|FROM|AS|OUR)\s+")
#: "Antiepileptic *Agent* Inovelon®", as titles print it.
_NOUN_BEFORE: Final = Pattern(
    rf"^(?:{DRUG_NOUN}|besides|alongside|beyond|unlike|like|using|including|while|when|after|since|where|under|by|as|if"
    r"|but|also|because|although|before|during|today|now)\s+(?=[A-Z])",
    re.IGNORECASE,
)
#: Words with a capital that may stand before a code and are no name of it: "Regenerative Medicine (CLIN2-14265)".
_COMMON_NOUN: Final = Pattern(
    r"(?:Medicines?|Syndromes?|Diseases?|Disorders?|Cells?|Agonists?|Antagonists?|Inhibitors?|Antibod(?:y|ies)"
    r"|Vaccines?"
    r"|Therap(?:y|ies)|Programs?|Programmes?|Awards?|Grants?|Virus|Failure|Injury|Cancers?|Tumou?rs?|Trials?"
    r"|Study|Candidates?"
    r"|Products?|Drugs?|Compounds?|[A-Z][a-z]+(?:oma|itis|osis|emia|pathy|sclerosis))"
)
#: Words that begin a sentence: "Notably, its agonist …", "Ensuring …".
_OPENER: Final = Pattern(
    r"[A-Z][a-z]+(?:ly|ing)|However|Moreover|Meanwhile|Furthermore|Besides|Overall|Together|Therefore|Thus"
    r"|Instead|Later"
    r"|Earlier|Today|Here|While|Although|Unlike|Like|Where|When|What|Which|Whether|Cells?|Among|After|Before|During"
)
#: What is said of a substance in a bracket behind its brand: "(recombinant human insulin)".
_QUALITIES: Final = Pattern(
    r"recombinant|human(?:i[sz]ed)?|monoclonal|synthetic|inhaled|powder|dry|rabies|botulinum|inactivated"
    r"|attenuated|adsorbed"
    r"|purified|conjugated|extended|immediate|micronized|liposomal|sodium|generic|development|marketed|approved|brand"
    r"|original"
)
_WORD_CODE: Final = Pattern(
    rf"(?<![\w-])([A-Z][a-z]{{3,}}(?:-[a-z]+|[A-Z][a-z]+)?)\s?[™®]?\s*(?:Inj(?:\.|ection)\s*)?\(\s*{_KNOWN_AS}"
)
_INN_WORD: Final = Pattern(r"(?:(?<![\w-])|(?<=\bnab-)|(?<=[0-9][A-Z][a-z]-))[A-Za-z][a-z]{5,}(?![\w])")
_CAPITALS: Final = Pattern(r"(?<![\w-])[A-Z]{7,}(?![\w-])")
#: Short names of cell therapies: "ide-cel", "satri-cel".
#: A short form with a hyphen that begins like the name before it.
_SHORT_NAME: Final = Pattern(
    r"(?<![\w-])(?=([A-Za-z]))([A-Za-z][a-z]{5,})(?:\s([a-z]{5,}))?\s*[™®]?\s*\(\s*\"?("
    r"(?i:\1)[A-Za-z]{0,5}-[A-Z]{0,4}[a-z]{0,2}[A-Z0-9]{0,3})\"?\s*(?=[,;)])"
)
_CELL_NAME: Final = Pattern(r"(?<![\w-])[A-Za-z][a-z]{1,6}-cel(?![\w-])")
#: Two-word names of proteins: "dornase alfa", "asfotase alfa-xyzw", "agalsidase beta"; insulins: "insulin icodec".
_PROTEIN_NAME: Final = Pattern(
    r"(?<![\w-])(?:(?!interferon)[A-Za-z][a-z]{4,}\s[Aa]lfa"
    r"|(?![a-z]*(?:kin|mer|phat|nth|duct|fer|xyl|gen|cycl|pept|ester)ase\b)[A-Za-z][a-z]{3,}(?:ase|tropin|poetin"
    r"|pressin|plasmin|ermin|stim|cog|kin|mab|fusp|cept|tide)\s(?:[Bb]eta|[Gg]amma|[Dd]elta|[Ee]psilon|[Zz]eta"
    r"|[Tt]heta|[Ii]ota|[Kk]appa)"
    r"|[Ii]nsulin\s(?:[a-z]{2,}(?:dec|pro|gine|ulisine|emir|part|pil|sitora)))(?:-[a-z]{4})?(?![\w-])"
)
#: "obeticholic acid", "tranexamic acid"; not the acids of the body and of the laboratory.
_ACID_NAME: Final = Pattern(
    r"(?<![\w-])(?!(?:[a-z]*nucle|ket|hyaluron|aspart|glutam|lact|gastr|carboxyl|ret|phosphor|sulph?ur|hydrochlor|arachidon"
    r"|palmit|ole|stear|linole|pyruv|orot|homogentis|methylmalon|phenylpyruv|organ|fatt|ur|cit|bor|form|acet|nitr|sial"
    r"|ste|am|fol|hippur|vanillylmandel|homovanill|kynuren|quinolin|glycol|oxal|mal|fumar|succin|tart|glucon|alg|hum"
    r"|domo|kain|okada|uron|glucuron|muram|teich|chol|deoxychol|lithochol|gluc|propion|butyr|valer|capr)i?n?o?ic\b)"
    r"[A-Za-z][a-z]{5,}ic\sacid(?![\w-])(?!\s(?:synth|recept|metabol|level|concentration))"
)
#: Two-word names of gene therapies: "onasemnogene abeparvovec".
_GENE_NAME: Final = Pattern(
    r"(?<![\w-])[A-Za-z][a-z]{4,}gene\s+[a-z]{4,}(?:vec|cel|plasmid|bac|vac)(?:-[a-z]{4})?(?![\w-])"
)


@cache
def _not_names() -> frozenset[str]:
    """The words of `lexicon/not_drug_names.tsv`."""
    return frozenset(row["word"] for row in table("not_drug_names"))


_CONJUGATE_TAIL: Final = Pattern(
    r"\s+((?:[A-Z][a-z]+(?:dotin|tecan|tansine|amicin|sirine|parvovec|leucel|temcel|edotreotide|tetraxetan)"
    r"|[a-z]{4,}(?:tin|can|cin|sine|tox|pegol|parvovec|autoleucel|leucel|tansine|xetan|edotreotide"
    r"|tiuxetan|siran|rsen|temcel|tecan)|alf[ao]|mecarbil|alafenamide|etexilate|medoxomil|mofetil)(?:-[a-z]{4})?)\b"
)


@dataclass(slots=True)
class DrugFinder:
    """Finds drugs that no vocabulary lists, by the form of their names; spans in `doc.spans["drugs"]`.

    Hits: "CLR 131", "CLR 1602-PTX", "9MW2821", "trastuzumab deruxtecan", "Keytruda® (pembrolizumab)", the
    second number of "CLR 1700 and 1900".
    Near misses: "COVID-19", "Form 10-K", "ASCO 2017", "the KEYNOTE-024 trial", "CD19", "Madison, WI 53719".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates of one document."""
        text = doc.user_data["layout"].text  # `doc.text` would be put together from the tokens each time
        codes = {*codes_in(text), *short_codes(text)}
        taken = [(s.start_char, s.end_char) for s in doc.spans["vocabulary"]]
        diseases = [s.start_char for s in doc.spans["vocabulary"] if s.label_ == Kind.DISEASE.value]
        told = set(context_names(text, _other_words() | _technologies(text), taken, diseases))
        found = codes | told | set(_nonproprietary(text)) | set(_formed(text))
        found |= set(_named(text, codes, {text[start:end] for start, end in told}))
        spans = []
        for start, end in sorted(found):
            span = doc.char_span(start, end, label=Kind.DRUG.value, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["drugs"] = spans
        return doc


@cache
def _other_words() -> frozenset[str]:
    """Words with a capital that are names of other things."""
    names = (row["name"] for row in table("given_names"))
    codes = (row["word"] for row in table("not_drug_codes"))
    return frozenset({*names, *codes, *_not_names(), *_countries(), *_organization_words()})


def _formed(text: str) -> Iterator[tuple[int, int]]:
    """Names that their form gives away."""
    yield from radio_names(text)
    yield from shortened_names(text)
    yield from names_of_several(text)
    yield from made_with(text, _technologies(text))


#: Behind a drug's name: what is spoken of is its class, or who had it.
_OF_A_CLASS: Final = Pattern(
    r"-(?:class|like|based|resistant|susceptible|non-?susceptible|na[iï]ve|refractory|experienced"
    r"|sparing|binding)\b"
    r"|\s+(?:non-?susceptible|resistance|resistant)\b"
)


#: The four letters that the FDA hangs on the names of biologics: "bevacizumab-awwb".
SUFFIX: Final = Pattern(
    r"-(?!like\b|free\b|only\b|plus\b|type\b|dose\b|drug\b|line\b|arms\b|days\b|week\b|high\b|rich\b|null\b|fold\b"
    r"|cell\b)"
    r"[a-z]{4}(?![\w-])"
)
#: "remestemcel-L"
_LETTER_BEHIND: Final = Pattern(r"-[LT](?![\w-])(?!\s+cells?\b)")


def _nonproprietary(text: str) -> Iterator[tuple[int, int]]:
    technologies = _technologies(text)
    for match in _INN_WORD.in_paragraphs(text):
        if not is_inn(match[0]) or match[0] in technologies or _OF_A_CLASS.match(text, match.end()):
            continue
        if match[0][0].isupper() and _FIRM_BEHIND.match(text, match.end()):
            technologies |= {match[0], match[0].lower()}
            continue  # "Laurentide Neurosciences"
        tail = _CONJUGATE_TAIL.match(text, match.end())
        # "nab-paclitaxel", "177Lu-edotreotide": the prefix belongs to the name.
        prefix = re.search(
            r"(?:(?<![\w-])nab-|\b\d{2,3}[A-Z][a-z]?-|\b[A-Z][a-z]?-\d{2,3}[- ]"
            r"|\b[a-z]{5,10}\s[A-Z][a-z]?\s\d{2,3}\s)$",
            text[max(0, match.start() - 20) : match.start()],
        )
        end = tail.end() if tail else match.end()
        letter = _LETTER_BEHIND.match(text, end) or SUFFIX.match(text, end)
        yield match.start() - (len(prefix[0]) if prefix else 0), letter.end() if letter else end
    for word in {match[0] for match in _CAPITALS.in_paragraphs(text)}:
        if is_inn(word) and word.lower() in text:
            yield from _places(text, word)  # "NDA FOR PELSAGLUTIDE", as titles print it
    for form in (_CELL_NAME, _PROTEIN_NAME, _ACID_NAME):
        for match in form.in_paragraphs(text):
            yield match.span()
    for match in _GENE_NAME.in_paragraphs(text):
        yield match.span()


#: Words that begin sentences and titles: "Ensuring our vaccine", "Notably, the drug".
_BEGINNING: Final = Pattern(r"(?:ing|ly|wards?)$")


def _is_common(word: str) -> bool:
    """Whether a word is one of the language, which may stand in a bracket behind a brand."""
    return (
        word in plain_words()
        or _QUALITIES.fullmatch(word) is not None
        or COMMON_WORD.search(word) is not None
    )


def _only_begins(text: str, name: str) -> bool:
    """Whether a name is a word that stands once, at the beginning of a sentence or title."""
    if not name.istitle() or _BEGINNING.search(name) is None:
        return False
    ends = [end for _, end in _places(text, name)]
    return len(ends) == 1 and text[ends[0] : ends[0] + 2].lstrip()[:1] not in ("®", "™", "(")


_FIRM_BEHIND: Final = Pattern(rf"\s+(?:{ORGANIZATION_TAIL}|{LEGAL_FORM})(?![\w-])")


def _is_of_a_firm(text: str, name: str) -> bool:
    """Whether a name is the first word of a firm's: "Sigyn" beside "Sigyn Therapeutics"."""
    return any(_FIRM_BEHIND.match(text, end) for _, end in _places(text, name))


_OFFICE: Final = (
    r"(?:M\.?D\b|Ph\.?D\b|[Cc]hief\b|C[EFMSO]O\b|[Pp]resident\b|[Vv]ice\b|[Dd]irector\b|[Hh]ead\b"
    r"|[Pp]rofessor\b)"
)


_OF_A_PERSON: Final = Pattern(rf"\s+(?:[A-Z]\.\s+)?[A-Z][a-z]+(?:,|\s+as)\s+{_OFFICE}")


def _is_given_name(text: str, name: str) -> bool:
    """Whether a name is that of a person of the text: "Rita brings …" beside "Rita Malone, Chief Officer"."""
    if not (name.isalpha() and name.istitle()):
        return False
    return any(_OF_A_PERSON.match(text, end) for _, end in _places(text, name))


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["label"] for row in table("countries"))


@cache
def _organization_words() -> frozenset[str]:
    """The first words of the names of well-known organisations, which also stand in parentheses behind a drug."""
    return frozenset(row["name"].split()[0] for row in table("organizations"))


@lru_cache(maxsize=1)  # asked for three times of one release
def _technologies(text: str) -> frozenset[str]:
    """Names of platforms, and of what is made with one where it is spoken of as a class."""
    return frozenset(
        name.removesuffix("TM")
        for form in (_TECHNOLOGY, _CLASS_NAME, _CALLED_TECHNOLOGY)
        for found in form.in_paragraphs(text)
        for name in found.groups()
        if name
    )


def _named(text: str, codes: Iterable[tuple[int, int]], told: Set[str]) -> Iterator[tuple[int, int]]:
    """Brand names and names of candidates, by the names beside them; then wherever printed.

    Args:
        text: of the release.
        codes: where codes stand.
        told: names that are known by what stands around them.
    """
    names: set[str] = set()
    coded_starts = {start for start, _ in codes} | {start for start, _ in radio_names(text)}
    owners = _organization_words()
    for match in _BRAND_INN.in_paragraphs(text):
        if any(is_inn(word) for part in match[2].split() for word in (part, part.rpartition("-")[0])):
            names.add(match[1])
    for match in _INN_BRAND.in_paragraphs(text):
        word = re.search(r"([A-Za-z-]+)\s*$", text[max(0, match.start() - 40) : match.start()])
        if word and is_inn(word[1]) and not match[1].isupper() and match[1] not in owners:
            names.add(match[1])
    coded_ends = {end for _, end in codes}
    names.update(m[1] or m[2] for m in _GENERIC_NAME.in_paragraphs(text))
    for match in _SOLD_NAME.in_paragraphs(text):
        names |= {match[1], match[2]}
    names.update(m[1] for m in _SIGNED_NAME.in_paragraphs(text) if m[1] not in owners)
    for match in _CODE_WORD.in_paragraphs(text):
        if match.start() in coded_ends and not COMMON_WORD.search(match[1].split()[0]):
            names.add(match[1])  # "SYN-114 (zetagabine)"
    for match in _WORD_LOW_CODE.in_paragraphs(text):
        if match.end() in coded_starts and not COMMON_WORD.search(match[1]):
            names.add(match[1])  # "zetagabine (SYN-114)"
    for match in _APPROVED_NAME.in_paragraphs(text):
        if not any(_is_common(word) for word in re.split(r"[\s-]", match[2])):
            names |= {match[1], match[2]}
    for match in _BRAND_PAREN.in_paragraphs(text):
        names.add(match[1])
        if not any(map(_is_common, match[2].split())):
            names.add(match[2])  # "FILORVA® (atibuxentan)"
    for match in _BRAND.in_paragraphs(text):
        if match[1].split()[0] in _not_names():
            continue
        name = _NOUN_BEFORE.sub("", _WORD_IN_CAPITALS.sub("", match[1]))
        before, after = (
            text[max(0, match.start() - 50) : match.start()],
            text[match.end() : match.end() + 110],
        )
        if (BEFORE_DRUG.search(before) or BEHIND_DRUG.match(after)) and not TRIAL_BEHIND.match(after):
            names.add(name)
    for match in _WORD_CODE.in_paragraphs(text):
        common = _COMMON_NOUN.fullmatch(match[1]) or _OPENER.fullmatch(match[1])
        if match.end() in coded_starts and not common:
            names.add(match[1])  # "Velnacor (OM-118)"
    for match in _SHORT_NAME.in_paragraphs(text):
        if is_inn(match[2]) or is_inn(match[3] or ""):
            names.add(match[4])  # "sacituzumab tirumotecan (sac-TMT, also known as …)"
    names.update(_known(text))
    for match in _CAPITALS_PAREN.in_paragraphs(text):
        if (match[1] in names or match[1] in told) and not COMMON_WORD.search(match[2]):
            names.add(match[2])  # "FILORVA (atibuxentan)", a drug for other reasons
    names.update(presented_names(text))
    names -= _not_names() | _technologies(text) | _countries() | known_organizations().keys()
    names = {name for name in names if " " not in name or name.split()[0] not in owners}
    names = {n for n in names if not _only_begins(text, n) and not _is_of_a_firm(text, n)}
    names = {
        re.sub(r"(?<=[a-z])TM$|(?<=[A-Z]{3})tm$", "", name)
        for name in names
        if not _is_given_name(text, name)
    }
    names |= {name[0].upper() + name[1:] for name in names if name[0].islower()}  # where it begins a sentence
    names |= {
        n.lower()
        for n in names
        if n.istitle()
        and _could_be_inn(n)
        and any(text[e : e + 1] != "-" for _, e in _places(text, n.lower()))
    }
    for name in names:
        if places := list(_places(text, name)):
            yield from with_their_word(text, places)


#: A word that may be a name, as a whole.
_WORD: Final = Pattern(r"(?<![\w-])[A-Za-z][A-Za-z]{4,}(?![\w])")


def _known(text: str) -> Iterator[str]:
    """Names under which a drug is known, where the text speaks of one so; a brand only with its capital.

    The list alone is no proof: of the names of ten thousand drugs, some are those of firms, people and places.
    """
    brands, generics = known_names()
    said: set[str] = set()
    unsaid: list[str] = []
    for word in sorted({match[0] for match in _WORD.in_paragraphs(text)}):
        low = word.lower()
        if low not in generics and (low not in brands or word[0].islower()):
            continue
        if any(
            BEFORE_DRUG.search(text[max(0, start - 50) : start]) or BEHIND_DRUG.match(text[end : end + 110])
            for start, end in _places(text, word)
        ):
            said.add(word)
        elif word[0].isupper():
            unsaid.append(word)
    yield from said
    # "Strensiq and Kanuma", of which only the second stands where drugs stand
    for word in unsaid if said else ():
        joined = (_JOINED_NAME.match(text, end) for _, end in _places(text, word))
        if any(other is not None and other[1] in said for other in joined):
            yield word


_JOINED_NAME: Final = Pattern(
    r"[®™]?(?:\s\([^()]{3,40}\))?(?:\s+and\s+|,\s+(?:and\s+)?)([A-Za-z]{5,})(?![\w-])"
)
_BEGINS: Final = Pattern(r"[™®]?\s+(?:\([^()]*\)\s+)?(?:is|was|has|had|plus|in\s+combination)\b")


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name is printed as a word, a trademark sign set small and lost ("VolantTM") behind it or not.

    Substring search: a pattern with names of one release in it would have to be compiled for each.
    """
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        before, after = text[start - 1 : start], text[end : end + 3]
        free = not (before.isalnum() or before in ("-", "_")) if before else True
        sign = after[:2] in ("TM", "tm") and not after[2:].isalnum()
        if free and (sign or not (after[:1].isalnum() or after[:1] == "_")):
            yield start, end
        start = text.find(name, end)


def _could_be_inn(name: str) -> bool:
    """Whether a name that begins a sentence may stand in small letters elsewhere and still be the name."""
    return len(name) > 7 and name.isalpha() and not COMMON_WORD.search(name.lower())
