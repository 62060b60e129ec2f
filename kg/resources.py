"""Where the data that ships with the project is: `ontology/`, `shapes/` and `seeds/`.

In a wheel they lie inside the package (`kg/_data`, see pyproject.toml); in a checkout, and so in an editable
install, beside it.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from kg.errors import ReleaseKgError


def data_folder(name: str) -> Path:
    """The folder "ontology", "shapes" or "seeds".

    Raises:
        ReleaseKgError: the installation is incomplete.
    """
    package = Path(str(resources.files("kg")))
    for folder in (package / "_data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise ReleaseKgError(f"the folder {name}/ is missing from the installation: reinstall releasekg")
