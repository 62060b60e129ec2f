"""Extracted facts against gold annotations: precision, recall, qualifiers and traps (FACTS.md, Scoring).

Gold is a folder of `<id>.json` files: {"id", "facts", "negatives", "relations"}.  A predicted fact is right when
relation, subject and object agree with a gold fact after names are normalised, any alternative name of one side
matching any of the other.  Hypothetical and negated predictions are left out of precision and recall, optional gold
facts count neither way.  A trap is a gold negative that was predicted as stated.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError

_CORPORATE: Final = re.compile(
    r"[,\s]+(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|plc|ag|sa|s\.a|se|nv|n\.v|bv|gmbh|kgaa|ab|"
    r"a/s|as|spa|s\.p\.a|kk|k\.k|holdings?|group)\.?$"
)
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_CLAIMS: Final = frozenset({"hypothetical", "negated"})
_SYMMETRIC: Final = frozenset({"collaboration"})
#: Two facts with the same subject and object, told apart by their qualifiers, are two facts.
_DISTINCT: Final = frozenset({"designation", "approval", "trial", "regulatory_action"})
_ABOUT_RELEASE: Final = frozenset({"release_date", "headline"})
#: The qualifiers that are scored; any other is free.
_QUALIFIERS: Final[Mapping[str, tuple[str, ...]]] = {
    "role": ("title",),
    "drug_indication": ("population",),
    "designation": ("agency", "indication", "status", "date"),
    "approval": ("agency", "status", "date"),
    "regulatory_action": ("drug", "scope", "supplier", "date", "status"),
    "trial": (
        "indications",
        "population",
        "nct",
        "name",
        "status",
        "enrollment",
        "sites",
        "country",
        "combination",
    ),
    "trial_endpoint": ("kind",),
    "dose": ("schedule",),
    "result": ("n", "population"),
    "preclinical_study": ("cell_line", "organism", "n", "dose", "control", "result"),
    "collaboration": ("kind", "date", "amount", "currency"),
    "funding": ("amount", "currency"),
}

_Line = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts of one relation, or of all."""

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.true_positives + other.true_positives,
            self.false_positives + other.false_positives,
            self.false_negatives + other.false_negatives,
        )

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        predicted = self.true_positives + self.false_positives
        return self.true_positives / predicted if predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found; 0 where nothing was wanted."""
        wanted = self.true_positives + self.false_negatives
        return self.true_positives / wanted if wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold fact missed, a fact that gold lacks, or a trap."""

    release: str
    kind: str  # missed, spurious, trap
    relation: str
    subject: str
    object: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of one comparison.

    Attributes:
        releases: number of releases compared.
        relations: counts by relation.
        qualifiers: (right, all) by "relation.qualifier", over the matched facts.
        traps: how many there were.
        mistakes: each with its release.
    """

    releases: int
    relations: Mapping[str, Tally]
    qualifiers: Mapping[str, tuple[int, int]]
    traps: int
    mistakes: tuple[Mistake, ...]

    @property
    def total(self) -> Tally:
        """Micro sums."""
        return sum(self.relations.values(), Tally())

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the relations that occur."""
        return sum(t.f1 for t in self.relations.values()) / len(self.relations) if self.relations else 0.0

    @property
    def qualifier_accuracy(self) -> float:
        """Share of the gold qualifiers of matched facts that agree."""
        right, all_ = (sum(v[i] for v in self.qualifiers.values()) for i in (0, 1))
        return right / all_ if all_ else 0.0

    @property
    def trapped(self) -> int:
        """Traps fallen into."""
        return sum(m.kind == "trap" for m in self.mistakes)

    def as_text(self, *, errors: int = 0) -> str:
        """A table by relation, and up to `errors` mistakes of each kind under it."""
        out = [f"{'relation':22}{'tp':>5}{'fp':>5}{'fn':>5}{'P':>8}{'R':>8}{'F1':>8}"]
        for name, t in self.relations.items():
            counts = f"{t.true_positives:5}{t.false_positives:5}{t.false_negatives:5}"
            out.append(f"{name:22}{counts}{t.precision:8.3f}{t.recall:8.3f}{t.f1:8.3f}")
            for kind in ("missed", "spurious", "trap"):
                found = [m for m in self.mistakes if m.relation == name and m.kind == kind]
                out += [f"    {kind}: {m.release}  {m.subject!r} -> {m.object!r}" for m in found[:errors]]
        t = self.total
        right, all_ = (sum(v[i] for v in self.qualifiers.values()) for i in (0, 1))
        out.append("qualifiers: " + ", ".join(f"{k} {v[0]}/{v[1]}" for k, v in self.qualifiers.items()))
        out.append(
            f"{self.releases} releases: precision {t.precision:.3f}, recall {t.recall:.3f}, micro F1 {t.f1:.3f}, "
            f"macro F1 {self.macro_f1:.3f}, qualifiers {right}/{all_} ({self.qualifier_accuracy:.3f}), "
            f"traps {self.trapped}/{self.traps}"
        )
        return "\n".join(out) + "\n"

    def as_json(self) -> str:
        """One object: totals, relations, qualifiers, mistakes."""
        t = self.total
        raw = {
            "releases": self.releases,
            "precision": round(t.precision, 4),
            "recall": round(t.recall, 4),
            "f1": round(t.f1, 4),
            "macro_f1": round(self.macro_f1, 4),
            "qualifier_accuracy": round(self.qualifier_accuracy, 4),
            "traps": {"hit": self.trapped, "all": self.traps},
            "relations": {k: asdict(v) | {"f1": round(v.f1, 4)} for k, v in self.relations.items()},
            "qualifiers": {k: {"right": v[0], "all": v[1]} for k, v in self.qualifiers.items()},
            "mistakes": [asdict(m) for m in self.mistakes],
        }
        return json.dumps(raw, indent=2, ensure_ascii=False) + "\n"


def load_gold(folder: Path) -> dict[str, _Line]:
    """Read every gold file of a folder, by release id.

    Raises:
        InputError: there is none, or one is not in the format; names file and line.
    """
    gold: dict[str, _Line] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            document = json.loads(path.read_text("utf-8"))
        except json.JSONDecodeError as error:
            raise InputError(f"{path}:{error.lineno}: not JSON: {error.msg}") from error
        if not isinstance(document, dict) or not {"id", "facts"} <= document.keys():
            raise InputError(f"{path}: gold needs an object with id and facts")
        gold[str(document["id"])] = document
    if not gold:
        raise InputError(f"{folder}: holds no gold (<id>.json)")
    return gold


def load_lines(path: Path) -> list[_Line]:
    """Read lines as `kg facts` prints them; "-" is standard input.

    Raises:
        InputError: it cannot be read, or a line is not in the format; names file and line.
    """
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    lines: list[_Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            fact = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}:{number}: not JSON: {error.msg}") from error
        if not isinstance(fact, dict) or not {"release", "rel", "s", "o"} <= fact.keys():
            raise InputError(f"{path}:{number}: a fact needs release, rel, s and o")
        lines.append(fact)
    return lines


def evaluate(
    gold: Mapping[str, _Line], facts: Iterable[_Line], *, relations: Iterable[str] = ()
) -> Evaluation:
    """Compare.

    Args:
        gold: as from `load_gold`.
        facts: lines of the fact view (`FactLine.as_json`).
        relations: names of the relations to score; those that occur in gold by default.
    """
    wanted = set(relations) or {f["rel"] for g in gold.values() for f in g["facts"]}
    predicted = _by_release(facts, list(gold))
    tally: dict[str, Tally] = defaultdict(Tally)
    qualifiers: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    mistakes: list[Mistake] = []
    traps = 0
    for release, document in gold.items():
        scope = wanted & set(document.get("relations") or wanted)
        outcome = _compare(release, document, predicted.get(release, []), scope)
        for relation, counts in outcome.tally.items():
            tally[relation] += counts
        for key, (right, all_) in outcome.qualifiers.items():
            qualifiers[key][0] += right
            qualifiers[key][1] += all_
        mistakes += outcome.mistakes
        traps += outcome.traps
    return Evaluation(
        len(gold),
        {k: tally[k] for k in sorted(tally)},
        {k: (v[0], v[1]) for k, v in sorted(qualifiers.items())},
        traps,
        tuple(mistakes),
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    tally: Mapping[str, Tally]
    qualifiers: Mapping[str, tuple[int, int]]
    mistakes: Sequence[Mistake]
    traps: int


def _by_release(facts: Iterable[_Line], ids: Sequence[str]) -> dict[str, list[_Line]]:
    out: dict[str, list[_Line]] = defaultdict(list)
    known = set(ids)
    for fact in facts:
        stem = fact["release"]
        out[stem if stem in known else next((i for i in ids if stem.startswith(i)), stem)].append(fact)
    return out


def _compare(release: str, document: _Line, predicted: Sequence[_Line], scope: set[str]) -> _Outcome:
    relevant = [f for f in document["facts"] if f["rel"] in scope]
    ignorable = [f for f in relevant if f.get("optional") or f.get("modality") in _CLAIMS]
    want = [f for f in relevant if f not in ignorable]
    have: list[_Line] = []
    for fact in predicted:
        if fact["rel"] not in scope or fact.get("modality", "asserted") in _CLAIMS:
            continue
        if not any(_same(fact, h) and fact.get("q") == h.get("q") for h in have):
            have.append(fact)
    match = _match(want, have)
    used = set(match.values())

    tally: dict[str, Tally] = defaultdict(Tally)
    qualifiers: dict[str, Counter[bool]] = defaultdict(Counter)
    mistakes = []

    def mistake(kind: str, fact: _Line) -> None:
        mistakes.append(
            Mistake(release, kind, fact["rel"], str(fact.get("s") or ""), str(fact.get("o") or ""))
        )

    for i, fact in enumerate(want):
        if i in match:
            tally[fact["rel"]].true_positives += 1
            for key, agrees in zip(_scored(fact), _agreement(fact, have[match[i]]), strict=True):
                qualifiers[f"{fact['rel']}.{key}"][agrees] += 1
        elif fact["rel"] in _DISTINCT or not any(_same(have[j], fact) for j in used):
            tally[fact["rel"]].false_negatives += 1
            mistake("missed", fact)
    for j, fact in enumerate(have):
        if j not in used and not any(_same(fact, f) for f in want + ignorable):
            tally[fact["rel"]].false_positives += 1
            mistake("spurious", fact)
    traps = 0
    for trap in document.get("negatives", []):
        claims = {k: v for k, v in (trap.get("q") or {}).items() if v}
        if any(_same(f, trap) and _bears(f, claims) for f in want + ignorable):
            continue  # the release does say it
        traps += 1
        if any(_same(h, trap) and _bears(h, claims) for h in have):
            mistake("trap", trap)
    return _Outcome(tally, {k: (n[True], n[True] + n[False]) for k, n in qualifiers.items()}, mistakes, traps)


def _match(want: Sequence[_Line], have: Sequence[_Line]) -> dict[int, int]:
    """Pair gold with predictions, those whose qualifiers agree best first."""
    pairs = sorted(
        (-sum(_agreement(f, h)), i, j) for i, f in enumerate(want) for j, h in enumerate(have) if _same(h, f)
    )
    match: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in pairs:
        if i not in match and j not in used:
            match[i] = j
            used.add(j)
    return match


# --- names and values -------------------------------------------------------------------------------------


def _name(text: object) -> str:
    s = unicodedata.normalize("NFKC", str(text)).casefold()
    s = re.sub(r"[™®©]|\(tm\)|\(r\)", "", s).replace("μ", "u").replace("µ", "u").replace("’", "'")
    s = re.sub(r"[\u2010-\u2015\-_/]", " ", s)
    s = re.sub(r"\s+", " ", s).strip(" .,;:'\"()")
    return re.sub(r"^the ", "", s)


def _organization(text: object) -> str:
    s = unicodedata.normalize("NFKC", str(text)).casefold().replace("™", "").replace("®", "").strip(" .,")
    previous = None
    while s != previous:
        previous, s = s, _CORPORATE.sub("", s).strip(" .,")
    return _name(s)


def _phase(text: object) -> str:
    s = _name(text).replace("phase", "").replace("clinical", "").strip()
    out = ""
    for part in re.findall(r"iii|ii|iv|i|\d|[ab]|pivotal", s):
        arabic = _ROMAN.get(part, part)
        out += ("/" if out and arabic.isdigit() else "") + arabic
    return out or s


def _quantity(text: object) -> str:
    s = unicodedata.normalize("NFKC", str(text)).casefold()
    s = s.replace("μ", "u").replace("µ", "u").replace(",", "")
    s = re.sub(r"(\d+\.\d*?)0+(?=\D|$)", r"\1", s)
    s = re.sub(r"(\d)\.(?=\D|$)", r"\1", s)
    s = re.sub(r"percent|per cent", "%", s)
    return re.sub(r"[\s\-()²^]+", "", s.replace("²", "2").replace("m^2", "m2"))


_Clean = Callable[[object], str]
_SUBJECT: Final[Mapping[str, _Clean]] = dict.fromkeys(
    ("develops", "collaboration", "ticker", "funding"), _organization
)
_OBJECT: Final[Mapping[str, _Clean]] = {
    "role": _organization,
    "collaboration": _organization,
    "funding": _organization,
    "trial": _phase,
    "dose": _quantity,
    "result": _quantity,
    "ticker": _quantity,
}


def _names(fact: _Line, side: str, clean: Mapping[str, _Clean]) -> set[str]:
    if side == "s" and fact["rel"] in _ABOUT_RELEASE:
        return {""}
    normal = clean.get(fact["rel"], _name)
    values = [fact.get(side, ""), *(fact.get(side + "_alt") or [])]
    return {normal(v) for v in values if v is not None} or {""}


def _same(a: _Line, b: _Line) -> bool:
    if a["rel"] != b["rel"]:
        return False
    pairs = [(a, b)]
    if a["rel"] in _SYMMETRIC:
        turned = {**b, "s": b.get("o"), "o": b.get("s"), "s_alt": b.get("o_alt"), "o_alt": b.get("s_alt")}
        pairs.append((a, turned))
    return any(
        _names(x, "s", _SUBJECT) & _names(y, "s", _SUBJECT)
        and _names(x, "o", _OBJECT) & _names(y, "o", _OBJECT)
        for x, y in pairs
    )


def _same_value(key: str, a: object, b: object) -> bool:
    if isinstance(a, list) or isinstance(b, list):
        left = {_name(x) for x in (a if isinstance(a, list) else [a])}
        right = {_name(x) for x in (b if isinstance(b, list) else [b])}
        return bool(left) and len(left & right) >= max(1, round(0.5 * len(left)))
    if key in {"amount", "n", "enrollment"}:
        return _quantity(a) == _quantity(b)
    return _name(a) == _name(b) or _quantity(a) == _quantity(b)


def _bears(fact: _Line, claims: Mapping[str, object]) -> bool:
    got = fact.get("q") or {}
    return all(got.get(k) is not None and _same_value(k, v, got[k]) for k, v in claims.items())


def _scored(fact: _Line) -> list[str]:
    q = fact.get("q") or {}
    return [k for k, v in q.items() if v not in (None, "", []) and k in _QUALIFIERS.get(fact["rel"], ())]


def _agreement(gold: _Line, guess: _Line) -> list[bool]:
    """For each scored qualifier of the gold fact: does the guess agree?"""
    q, got = gold.get("q") or {}, guess.get("q") or {}
    return [
        got.get(key) is not None
        and any(_same_value(key, v, got[key]) for v in [q[key], *(q.get(key + "_alt") or [])])
        for key in _scored(gold)
    ]
