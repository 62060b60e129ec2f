"""What tests of several modules share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def built_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the bundled releases, built as a user builds them; read only."""
    from kg.build import build
    from kg.resources import data_folder

    folder = tmp_path_factory.mktemp("seeds")
    build([data_folder("seeds")], folder)
    return folder
