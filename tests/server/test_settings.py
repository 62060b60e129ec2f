"""Limits come from arguments, then from the environment, then from the defaults."""

import pytest

from kg.errors import InputError
from server.settings import Settings


def test_the_order_of_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """An argument beats the environment, the environment beats the default."""
    monkeypatch.setenv("KG_QUERY_TIMEOUT", "2.5")
    monkeypatch.setenv("KG_QUERY_WORKERS", "7")
    assert Settings.from_environment() == Settings(query_timeout=2.5, query_workers=7)
    assert Settings.from_environment(query_timeout=3, query_workers=None).query_timeout == 3


@pytest.mark.parametrize(
    ("variable", "value"),
    [("KG_QUERY_TIMEOUT", "soon"), ("KG_QUERY_WORKERS", "1.5"), ("KG_QUERY_MEMORY", "-1")],
)
def test_a_bad_value_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """A value that cannot be is an error of one line."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(InputError, match=r"KG_QUERY|query_memory"):
        Settings.from_environment()
