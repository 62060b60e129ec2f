"""`kg.calibration`: counts drawn towards the wider group, chosen by the releases left out, carried over to others."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from kg import calibration
from kg.calibration import (
    Judged,
    Transfer,
    as_line,
    as_markdown,
    as_table,
    best_strength,
    cross_fitted,
    fitted,
    left_out,
    measure,
    predicted,
    reliability,
    replaced,
)
from kg.errors import InputError
from kg.extract import Extractor
from kg.extract.confidence import ANY, Key
from kg.model import Fact, Release
from tests import facts as given

ALL: Key = (ANY, ANY, ANY, ANY)


def judged(rule: str, right: int, wrong: int, *, relation: str = "trial", releases: int = 4) -> list[Judged]:
    keys: tuple[Key, ...] = (
        (relation, ANY, ANY, ANY),
        (relation, rule, ANY, ANY),
        (relation, rule, "asserted", ANY),
        (relation, rule, "asserted", "0.9"),
    )
    return [Judged(f"r{i % releases}", keys, i < right) for i in range(right + wrong)]


def test_a_group_is_drawn_to_the_wider_one() -> None:
    """Few facts say little; many say what they are; none is ever sure."""
    groups = measure([*judged("a.few", 1, 0), *judged("a.many", 50, 50), *judged("a.sure", 200, 0)], 5)
    few, many, sure = (groups["trial", f"a.{name}", ANY, ANY].confidence for name in ("few", "many", "sure"))
    assert groups["trial", ANY, ANY, ANY].confidence < few < 0.9
    assert many == pytest.approx(0.5, abs=0.02)
    assert 0.98 < sure < 1


def test_all_facts_by_the_rule_of_succession() -> None:
    """(right + 1) / (all + 2)."""
    assert measure(judged("a", 3, 1), 5)[ALL].confidence == pytest.approx(4 / 6)


def test_unknown_rule_gets_its_relation_and_unknown_relation_the_whole() -> None:
    """The narrowest group that there is."""
    groups = measure([*judged("a", 9, 1), *judged("b", 1, 9, relation="dose")], 2)
    [other] = judged("never seen", 1, 0)
    assert predicted(other, groups) == groups["trial", ANY, ANY, ANY].confidence
    [strange] = judged("never seen", 1, 0, relation="role")
    assert predicted(strange, groups) == groups[ALL].confidence


def test_left_out_release_does_not_judge_itself() -> None:
    """The one release in which a rule errs does not know."""
    facts = [*judged("a", 12, 0), Judged("odd", judged("a", 1, 0)[0].keys, right=False)]
    wrong = [p for p, right in left_out(facts, 5) if not right]
    assert wrong == [pytest.approx(0.98, abs=0.02)]


def test_strength_suits_the_data() -> None:
    """Rules that differ are held apart; rules that do not are held together."""
    differing = [*judged("good", 200, 0), *judged("bad", 20, 180)]
    alike = [*judged("a", 3, 1), *judged("b", 1, 3), *judged("c", 2, 2), *judged("d", 3, 1)]
    assert best_strength(differing) < best_strength(alike)


def test_transfer_finds_how_much_worse_it_is_elsewhere() -> None:
    """Said nearly sure, right in 0.8 of the cases: afterwards 0.8 is said; of each relation its own."""
    here = [*judged("a", 980, 20), *judged("b", 980, 20, relation="dose")]
    groups = measure(here, 5)
    transfer = fitted([*judged("a", 800, 200), *judged("b", 990, 10, relation="dose")], groups)
    said = predicted(here[0], groups)
    assert said == pytest.approx(0.98, abs=0.01)
    assert transfer(said, "trial") == pytest.approx(0.8, abs=0.01)
    assert transfer(said, "dose") == pytest.approx(0.99, abs=0.01)
    assert 0.8 < transfer(said, "role") < 0.99
    assert Transfer()(0.73) == pytest.approx(0.73)


def test_transfer_stays_finite() -> None:
    """Where nothing is wrong, and where all is."""
    groups = measure(judged("a", 10, 0), 5)
    for elsewhere in (judged("a", 10, 0), judged("a", 0, 10)):
        assert 0 < fitted(elsewhere, groups)(0.9, "trial") < 1


def test_cross_fitted_judges_each_release_by_the_others() -> None:
    """Every fact once."""
    facts = [*judged("a", 60, 20), *judged("b", 20, 60)]
    pairs = list(cross_fitted(facts, measure(facts, 5)))
    assert (len(pairs), sum(right for _, right in pairs)) == (160, 80)


def test_reliability() -> None:
    """Facts by class of confidence, with the share that is right."""
    found = reliability([(0.99, True), (0.99, True), (0.91, False), (0.91, True)])
    assert found.bins == ((0.9, 2, pytest.approx(0.91), 0.5), (0.975, 2, pytest.approx(0.99), 1.0))
    assert (found.facts, found.right) == (4, 0.75)
    assert found.brier == pytest.approx((2 * 0.0001 + 0.8281 + 0.0081) / 4)


def test_table_keeps_rows_that_say_something() -> None:
    """Relation rows always, narrower ones where they differ; sorted, three decimals."""
    table = as_table(measure([*judged("a", 90, 10), *judged("b", 100, 0)], 5), Transfer(), "here")
    head, names, *rows = table.splitlines()
    assert head.startswith("# Confidence as measured on here;")
    assert names.split("\t") == ["relation", "rule", "modality", "written", "right", "wrong", "confidence"]
    assert rows == sorted(rows)
    assert rows[0].split("\t")[:6] == ["trial", "*", "*", "*", "190", "10"]
    assert {row.split("\t")[1] for row in rows} == {"*", "a", "b"}
    assert not any(row.split("\t")[3] == "0.9" for row in rows)


def test_tables_take_their_place_in_a_document() -> None:
    """Between the marks, however often."""
    tables = as_markdown({"Here": reliability([(0.9, True)])})
    document = f"before\n{calibration._BEGIN}\nold\n{calibration._END}\nafter\n"
    once = replaced(document, tables)
    assert "old" not in once
    assert "| 0.9 to 0.925 | 1 | 0.900 | 1.000 |" in once
    assert replaced(once, tables) == once
    with pytest.raises(InputError, match="no place for the tables"):
        replaced("nothing here", tables)


def test_line_of_a_fact() -> None:
    """Names, other names, qualifiers, as the evaluation wants them."""
    line = as_line("r1", given.TRIAL)
    assert (line["s"], line["s_alt"], line["o"]) == ("EX-101", ["EX101"], "2")
    assert line["q"] == {"enrollment": 40, "indications": ["lymphoma", "multiple myeloma"]}


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two releases in which the extractor finds one right and one wrong ticker."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(given.TEXT)
        fact = {"rel": "ticker", "s": "Example Therapeutics", "o": "NASDAQ:EXMP"}
        (tmp_path / f"{name}.json").write_text(json.dumps({"id": name, "facts": [fact]}))

    def uncalibrated(self: object, release: Release) -> tuple[Fact, ...]:
        wrong = Fact("ticker", given.COMPANY, "NYSE:NO", confidence=0.5, evidence=given.TICKER.evidence)
        return (given.TICKER, wrong, given.HOPE, given.DOSE)

    monkeypatch.setattr(Extractor, "__init__", lambda self, vocabulary: None)
    monkeypatch.setattr(Extractor, "uncalibrated", uncalibrated)
    return tmp_path


def test_command(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command writes the lexicon, the same each time, and prints the tables."""
    output = tmp_path / "confidence.tsv"
    assert calibration.main([str(gold), "--transfer", str(gold), "--output", str(output)]) == 0
    first = output.read_text()
    assert "ticker\t*\t*\t*\t2\t2\t" in first
    assert "dose" not in first
    assert "| all | 4 |" in capsys.readouterr().out
    calibration.main([str(gold), "--transfer", str(gold), "--output", str(output)])
    assert output.read_text() == first


def test_command_without_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, exit code 2."""
    assert calibration.main([str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"Error: {tmp_path}: holds no gold (<id>.json)\n"


def test_log_odds_and_back() -> None:
    """Inverse functions, without overflow."""
    for p in (0.001, 0.5, 0.999):
        assert calibration._chance(calibration._log_odds(p)) == pytest.approx(p)
    assert math.isfinite(calibration._chance(-1e6))
