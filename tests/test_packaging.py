"""What is installed is complete: data folders, templates, type marker; found the same in a checkout and in a wheel."""

import tomllib
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import kg
from kg.errors import ReleaseKgError
from kg.resources import data_folder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    builders = pytest.importorskip("hatchling.builders.wheel", reason="hatchling comes with the dev extra")
    folder = tmp_path_factory.mktemp("wheel")
    [path] = builders.WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


@pytest.mark.parametrize("folder", ["ontology", "shapes", "seeds"])
def test_data_folders_travel_in_the_wheel(wheel: list[str], folder: str) -> None:
    """Each data file of the checkout is in the wheel."""
    inside = {
        name.removeprefix(f"kg/_data/{folder}/") for name in wheel if name.startswith(f"kg/_data/{folder}/")
    }
    source = data_folder(folder)
    here = {
        str(p.relative_to(source)) for p in source.rglob("*") if p.suffix in {".ttl", ".txt", ".tsv", ".rq"}
    }
    assert here
    assert here <= inside


def test_templates_and_type_markers_travel_too(wheel: list[str]) -> None:
    """The server's pages, the extractor's words and the PEP 561 markers are in the wheel."""
    for name in ("kg/py.typed", "server/py.typed", "server/templates/base.html", "kg/extract/config.cfg"):
        assert name in wheel
    assert any(name.startswith("kg/extract/lexicon/") and name.endswith(".tsv") for name in wheel)


def test_seeds_are_the_five_releases() -> None:
    """The bundled releases are there."""
    assert len(list(data_folder("seeds").glob("*.txt"))) == 5


def test_a_missing_folder_is_explained() -> None:
    """An incomplete installation says what to do."""
    with pytest.raises(ReleaseKgError, match="reinstall releasekg"):
        data_folder("nothing")


def test_the_version_is_one() -> None:
    """The package and its metadata agree."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == kg.__version__


def test_the_server_joins_the_command_line() -> None:
    """serve and up come through the entry-point group."""
    assert {e.name for e in entry_points(group="kg.commands")} >= {"serve", "up"}
