"""`kg.as_of`: a view of the graph as its releases until a day would have given it alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.as_of import as_of
from kg.build import build
from kg.errors import InputError, NoSnapshot
from kg.fact_view import facts
from kg.snapshots import Snapshots
from tests.test_build import FIRST, SECOND
from tests.used_vocabulary import build_with_used_vocabulary


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of March 2024, one of April, one without a date; the first also alone."""
    folder = tmp_path_factory.mktemp("as-of")
    for name, texts in (("all", (FIRST, SECOND, "Acme hires.\n\nAcme Pharma hires.\n")), ("alone", (FIRST,))):
        sources = folder / f"{name}-releases"
        sources.mkdir()
        for number, text in enumerate(texts):
            (sources / f"{number}.txt").write_text(text, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            build_with_used_vocabulary(patch)
            build([sources], folder / name)
    return folder / "all"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    build_with_used_vocabulary(monkeypatch)


@pytest.mark.parametrize("day", ["2024-03-04", "2024-03", "2024-04-08"])
def test_it_is_what_the_releases_until_then_give_alone(day: str, data: Path) -> None:
    """To the last triple, what came later neither names nor merges anything."""
    view = as_of(data, day)
    alone = Snapshots(data.parent / "alone").current()
    assert view.manifest.content_hash == alone.manifest.content_hash
    assert {line.release for line in facts(view.open())} == {"0"}


def test_it_is_made_once(data: Path) -> None:
    """Days between the same two releases share one view, and none of them costs the cache of the others."""
    cached = set((data / "cache").iterdir())
    assert as_of(data, "2024-03-05").path == as_of(data, "2024-03").path
    assert set((data / "cache").iterdir()) == cached


def test_later_than_all_it_lacks_only_what_has_no_date(data: Path) -> None:
    """Nobody knows when an undated release was true."""
    assert {record.id for record in as_of(data, "2030").manifest.releases} == {"0", "1"}


@pytest.mark.parametrize(
    ("day", "message"), [("2023", "the first release is of 2024-03-04"), ("May", "a day is")]
)
def test_a_day_without_releases_is_an_input_error(day: str, message: str, data: Path) -> None:
    """It says when they begin."""
    with pytest.raises(InputError, match=message):
        as_of(data, day)


def test_nothing_is_published_yet(tmp_path: Path) -> None:
    """As for everything that reads the graph."""
    with pytest.raises(NoSnapshot):
        as_of(tmp_path, "2024")


def test_views_go_with_their_snapshot(data: Path) -> None:
    """What is kept no more leaves no view behind."""
    stale = data / "as-of" / "000099-0123456789"
    stale.mkdir(parents=True)
    as_of(data, "2024-03")
    assert not stale.exists()


def test_the_views_that_were_not_asked_for_longest_go(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody may ask for many days over HTTP: the disk is not to fill; the one that is asked for stays."""
    monkeypatch.setattr("kg.as_of._MOST_KEPT", 3)
    wanted = as_of(data, "2024-03").path.parent.parent
    others = [wanted.parent / f"{number:040}" for number in range(4)]
    for number, view in enumerate(others):
        view.mkdir()
        os.utime(view, ns=(number, number))
    os.utime(wanted, ns=(0, 0))
    assert as_of(data, "2024-03").path.exists()
    assert [view.exists() for view in (*others[:2], others[3])] == [False, False, True]
