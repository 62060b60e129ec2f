"""Annotated releases → what the confidence of each rule is worth: run as `python -m kg.calibration FOLDER`.

Writes `kg/extract/lexicon/confidence.tsv`, which `kg.extract.confidence` applies, and the reliability table of
docs/extraction.md.  The confidence of a group of facts is the share of them that is right, drawn towards that of the
wider group (rule → relation → all) by as many imagined facts as predict releases left out best; no group is ever
sure.  Nothing depends on the table that is there: it is made from what the rules write.

Rules are written with the annotated releases in view, so that they err less there than on others.  How much less is
told by a second folder (`--transfer`), by a slope of the log odds for all rules together and a shift for each relation
(after Platt, Probabilistic Outputs for Support Vector Machines, 1999): no more than its scores by relation tell.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError, ReleaseKgError
from kg.evaluation import evaluate, load_gold
from kg.extract.confidence import ANY, Key, keys
from kg.model import Entity, Fact, Quantity, Value

#: Imagined facts by which a group is drawn to the wider one; the best is chosen.
STRENGTHS: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
#: Lower bounds of the classes of the reliability table.
BINS: Final = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975)
#: A difference from the wider group that is worth a row.
_NOTEWORTHY: Final = 0.005
TABLE: Final = Path(__file__).parent / "extract" / "lexicon" / "confidence.tsv"
_BEGIN: Final = "<!-- reliability: written by python -m kg.calibration -->"
_END: Final = "<!-- /reliability -->"


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact that annotation calls right or wrong.

    Attributes:
        release: id of its release.
        keys: the groups that it belongs to, the widest first (`kg.extract.confidence.keys`).
        right: whether relation, subject and object are those of an annotated fact.
    """

    release: str
    keys: tuple[Key, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Counts of one group of facts, and the confidence that they give."""

    right: int
    wrong: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Transfer:
    """From confidence on the releases measured on to confidence on any: slope and shift of its log odds.

    Attributes:
        slope: how much differences between rules are worth elsewhere.
        shift: of all relations together.
        shifts: by relation, for those that were seen elsewhere.
    """

    slope: float = 1.0
    shift: float = 0.0
    shifts: Mapping[str, float] = field(default_factory=dict)

    def __call__(self, confidence: float, relation: str = "") -> float:
        """The confidence on releases not seen."""
        return _chance(self.slope * _log_odds(confidence) + self.shifts.get(relation, self.shift))


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far stated confidence and truth agree.

    Attributes:
        bins: (lower bound, facts, mean confidence, share that is right) for each class that is not empty.
        brier: mean squared distance of confidence from truth; 0 is perfect.
        facts: number of facts.
        mean: mean confidence.
        right: share that is right.
    """

    bins: tuple[tuple[float, int, float, float], ...]
    brier: float
    facts: int
    mean: float
    right: float


def judge(folder: Path) -> tuple[Judged, ...]:
    """Extract the releases of a folder and compare each fact with its annotation.

    Facts that the annotation does not decide (other relations, optional facts, hopes and denials) are left out.

    Raises:
        InputError: the folder holds no gold, or a release is missing.
    """
    from kg.extract import Extractor  # noqa: PLC0415 - spaCy takes a second to import
    from kg.ontology import load_vocabulary  # noqa: PLC0415
    from kg.releases import find_releases, read_release  # noqa: PLC0415

    gold = load_gold(folder)
    extractor = Extractor(load_vocabulary())
    out: list[Judged] = []
    for path in find_releases([folder]):
        release = read_release(path)
        if release.id not in gold:
            continue
        document = {release.id: gold[release.id]}
        for fact in extractor.uncalibrated(release):
            if fact.modality.is_claim_only:
                continue
            verdict = evaluate(document, [as_line(release.id, fact)]).total
            if verdict.true_positives + verdict.false_positives:
                out.append(Judged(release.id, keys(fact), verdict.true_positives > 0))
    if not out:
        raise InputError(f"{folder}: no release here has a fact that its gold decides")
    return tuple(out)


def as_line(release: str, fact: Fact) -> dict[str, Any]:
    """A fact as a line of the fact view, without the way through RDF."""
    qualifiers: dict[str, list[object]] = defaultdict(list)
    for name, value in fact.qualifiers:
        qualifiers[name].append(_text(value))
    return {
        "release": release,
        "rel": fact.relation,
        "s": "" if fact.subject is None else fact.subject.label,
        "s_alt": [] if fact.subject is None else list(fact.subject.names[1:]),
        "o": _text(fact.object),
        "o_alt": list(fact.object.names[1:]) if isinstance(fact.object, Entity) else [],
        "q": {name: values if len(values) > 1 else values[0] for name, values in qualifiers.items()},
        "modality": str(fact.modality),
    }


def measure(facts: Iterable[Judged], strength: float) -> dict[Key, Group]:
    """The confidence of every group, the widest (all facts) under the key of four wildcards."""
    counts: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    wider: dict[Key, Key] = {}
    everything: Key = (ANY, ANY, ANY, ANY)
    for fact in facts:
        counts[everything][not fact.right] += 1
        above = everything
        for key in fact.keys:
            counts[key][not fact.right] += 1
            wider[key] = above
            above = key
    right, wrong = counts[everything]
    out = {everything: Group(right, wrong, (right + 1) / (right + wrong + 2))}  # Laplace's rule of succession
    for key in sorted(wider, key=lambda k: (_narrowness(k), k)):
        right, wrong = counts[key]
        prior = out[wider[key]].confidence
        out[key] = Group(right, wrong, (right + strength * prior) / (right + wrong + strength))
    return out


def predicted(fact: Judged, groups: Mapping[Key, Group]) -> float:
    """The confidence of the narrowest group of a fact."""
    found = next((groups[key] for key in reversed(fact.keys) if key in groups), groups[ANY, ANY, ANY, ANY])
    return found.confidence


def left_out(facts: Sequence[Judged], strength: float) -> Iterator[tuple[float, bool]]:
    """For each fact its confidence as measured on the other releases, and whether it is right."""
    for release in sorted({fact.release for fact in facts}):
        groups = measure((fact for fact in facts if fact.release != release), strength)
        yield from ((predicted(f, groups), f.right) for f in facts if f.release == release)


def best_strength(facts: Sequence[Judged]) -> float:
    """The strength under which the releases left out are least surprising; the greatest of equal ones."""

    def surprise(strength: float) -> float:
        return -sum(math.log(p if right else 1 - p) for p, right in left_out(facts, strength))

    return min(STRENGTHS, key=lambda strength: (round(surprise(strength), 9), -strength))


def fitted(facts: Iterable[Judged], groups: Mapping[Key, Group]) -> Transfer:
    """The transfer under which what is right and wrong elsewhere is least surprising.

    A weak pull keeps it finite where nothing is wrong: of all to slope 1 and shift 0, of a relation to all.
    """
    points: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for fact in facts:
        points[fact.keys[0][0]].append((_log_odds(predicted(fact, groups)), fact.right))
    slope, shift = _least_surprising([point for same in points.values() for point in same], (1.0, 0.0))
    slope = max(slope, 0.0)
    shifts = {}
    for relation, same in sorted(points.items()):
        known = [(slope * x, right) for x, right in same]
        _, shifts[relation] = _least_surprising(known, (1.0, shift), free_slope=False)
    return Transfer(slope, shift, shifts)


def _least_surprising(
    points: Sequence[tuple[float, bool]], towards: tuple[float, float], *, free_slope: bool = True
) -> tuple[float, float]:
    """Slope and shift of logistic regression with unit Gaussian priors around `towards`, by damped Newton steps."""

    def surprise(slope: float, shift: float) -> float:
        # log(1 + e^z) without overflow, z the log odds of what did not happen
        z = (-(slope * x + shift) if right else slope * x + shift for x, right in points)
        told = sum(max(v, 0.0) + math.log1p(math.exp(-abs(v))) for v in z)
        return told + ((slope - towards[0]) ** 2 + (shift - towards[1]) ** 2) / 2

    slope, shift = towards
    for _ in range(100):
        by_slope, by_shift = slope - towards[0], shift - towards[1]
        aa, ab, bb = 1.0, 0.0, 1.0
        for x, right in points:
            p = _chance(slope * x + shift)
            by_slope += (p - right) * x
            by_shift += p - right
            weight = p * (1 - p)
            aa, ab, bb = aa + weight * x * x, ab + weight * x, bb + weight
        if free_slope:
            determinant = aa * bb - ab * ab
            step = (
                (bb * by_slope - ab * by_shift) / determinant,
                (aa * by_shift - ab * by_slope) / determinant,
            )
        else:
            step = (0.0, by_shift / bb)
        size = 1.0
        while size > 1e-6 and surprise(slope - size * step[0], shift - size * step[1]) > surprise(
            slope, shift
        ):
            size /= 2
        slope, shift = slope - size * step[0], shift - size * step[1]
        if max(map(abs, step)) < 1e-9:
            break
    return slope, shift


def cross_fitted(facts: Sequence[Judged], groups: Mapping[Key, Group]) -> Iterator[tuple[float, bool]]:
    """The confidence of each release's facts by the transfer that the other releases give."""
    for release in sorted({fact.release for fact in facts}):
        transfer = fitted((f for f in facts if f.release != release), groups)
        yield from (
            (transfer(predicted(f, groups), f.keys[0][0]), f.right) for f in facts if f.release == release
        )


def _log_odds(p: float) -> float:
    return math.log(p / (1 - p))


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(log_odds, -700.0)))


def reliability(pairs: Iterable[tuple[float, bool]]) -> Reliability:
    """Classes of confidence against the share that is right."""
    pairs = list(pairs)
    bins = []
    for low, high in zip(BINS, (*BINS[1:], math.inf), strict=True):
        inside = [(p, right) for p, right in pairs if low <= p < high]
        if inside:
            count = len(inside)
            bins.append((low, count, sum(p for p, _ in inside) / count, sum(r for _, r in inside) / count))
    count = len(pairs)
    return Reliability(
        tuple(bins),
        sum((p - right) ** 2 for p, right in pairs) / count,
        count,
        sum(p for p, _ in pairs) / count,
        sum(right for _, right in pairs) / count,
    )


def as_table(groups: Mapping[Key, Group], transfer: Transfer, source: str) -> str:
    """The lexicon, as tab-separated text; a row that says nearly what the wider one says is left out."""
    lines = [
        f"# Confidence as measured on {source}; written by python -m kg.calibration, do not edit.",
        "relation\trule\tmodality\twritten\tright\twrong\tconfidence",
    ]
    kept: dict[Key, float] = {}
    for key, group in sorted(groups.items(), key=lambda item: (_narrowness(item[0]), item[0])):
        confidence = round(transfer(group.confidence, key[0]), 3)
        wider = next((kept[k] for k in reversed(_wider(key)) if k in kept), None)
        if key[0] != ANY and (wider is None or abs(confidence - wider) >= _NOTEWORTHY):
            kept[key] = confidence
    for key, confidence in sorted(kept.items()):
        lines.append("\t".join([*key, str(groups[key].right), str(groups[key].wrong), f"{confidence:.3f}"]))
    return "\n".join(lines) + "\n"


def _narrowness(key: Key) -> int:
    return sum(part != ANY for part in key)


def _wider(key: Key) -> list[Key]:
    """The groups around one, the widest first."""
    return [(*key[:n], *(ANY,) * (4 - n)) for n in range(1, _narrowness(key))]  # type: ignore[misc]


def as_markdown(tables: Mapping[str, Reliability]) -> str:
    """The reliability tables, by title."""
    out = []
    for title, table in tables.items():
        out += [f"{title}:", "", "| confidence | facts | mean confidence | right |", "|---|---:|---:|---:|"]
        highs = [*BINS[1:], 1.0]
        for low, count, mean, right in table.bins:
            out.append(f"| {low:g} to {highs[BINS.index(low)]:g} | {count} | {mean:.3f} | {right:.3f} |")
        out.append(f"| all | {table.facts} | {table.mean:.3f} | {table.right:.3f} |")
        out += ["", f"Brier score {table.brier:.4f}.", ""]
    return "\n".join(out)


def replaced(document: str, markdown: str) -> str:
    """A document with what stands between the two marks replaced.

    Raises:
        InputError: the marks are missing.
    """
    pattern = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    if not pattern.search(document):
        raise InputError(f"the document has no place for the tables: {_BEGIN} … {_END}")
    return pattern.sub(lambda _: f"{_BEGIN}\n{markdown}\n{_END}", document)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the lexicon, print the reliability tables."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.calibration", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("gold", type=Path, help="folder of annotated releases to measure on")
    parser.add_argument("--transfer", type=Path, help="folder of others that tells how far it carries over")
    parser.add_argument("--output", type=Path, default=TABLE, help="the lexicon to write")
    parser.add_argument("--docs", type=Path, help="document whose reliability tables are replaced")
    options = parser.parse_args(arguments)
    try:
        text = calibrate(options.gold, transfer=options.transfer, output=options.output, docs=options.docs)
    except ReleaseKgError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    print(text)
    return 0


def calibrate(gold: Path, *, transfer: Path | None, output: Path, docs: Path | None) -> str:
    """Do it; returns the reliability tables as Markdown.

    Raises:
        InputError: a folder holds no gold, or the document no place for the tables.
    """
    facts = judge(gold)
    strength = best_strength(facts)
    groups = measure(facts, strength)
    source = _name(gold)
    tables = {
        f"On {source}, each release by what was measured on the others ({strength:g} imagined facts), "
        "before the transfer": reliability(left_out(facts, strength))
    }
    carried = Transfer()
    if transfer is not None:
        others, where = judge(transfer), _name(transfer)
        raw = [(predicted(fact, groups), fact.right) for fact in others]
        carried = fitted(others, groups)
        tables[f"On {where}, before the transfer"] = reliability(raw)
        title = (
            f"On {where}, with the transfer (slope {carried.slope:.2f}), each release by that of the others"
        )
        tables[title] = reliability(cross_fitted(others, groups))
        source += f", carried over by {where}"
    text = as_markdown(tables)
    document = None if docs is None else replaced(docs.read_text("utf-8"), text)
    output.write_text(as_table(groups, carried, source), "utf-8")
    if docs is not None and document is not None:
        docs.write_text(document, "utf-8")
    return text


def _name(folder: Path) -> str:
    return "/".join(folder.parts[-3:])


def _text(value: Value) -> object:
    if isinstance(value, Entity):
        return value.label
    return value.text if isinstance(value, Quantity) else value


if __name__ == "__main__":
    sys.exit(main())
