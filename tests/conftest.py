"""What tests of several modules share."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

#: Where temporary files never wait for a disk, and the bytes that have to be free there; a run takes a fifth of them.
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3


def pytest_configure() -> None:
    """Put temporary folders into memory where there is room: publishing snapshots to a disk is waiting for it."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def built_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the bundled releases, built as a user builds them, once for all workers; read only."""
    from kg.build import build
    from kg.resources import data_folder

    common = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent
    with (common / "seeds.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (common / "seeds").exists():  # moved there when whole: one that failed is built again
            unfinished = tmp_path_factory.mktemp("seeds") / "data"
            build([data_folder("seeds")], unfinished)
            unfinished.rename(common / "seeds")
    return common / "seeds"
