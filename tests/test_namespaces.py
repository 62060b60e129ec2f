"""IRIs are a pure function of the content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import VocabularyError
from kg.namespaces import PREFIXES, Minter, compact, expand, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CLR 131", "clr-131"),
        ("Hodgkin’s lymphoma", "hodgkins-lymphoma"),
        ("Hodgkin's lymphoma", "hodgkins-lymphoma"),
        ("René Furterer", "rene-furterer"),
        ("1/2", "1-2"),
    ],
)
def test_slugs_are_readable(name: str, expected: str) -> None:
    """Lower case, ASCII, hyphens."""
    assert slug(name) == expected


@given(st.text(min_size=1))
def test_a_slug_is_a_path_segment(name: str) -> None:
    """Whatever the name, the slug is short, not empty and needs no escaping."""
    own = slug(name)
    assert 0 < len(own) <= 80
    assert set(own) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_long_names_do_not_meet() -> None:
    """Two long names that differ at the end have different slugs."""
    assert slug("a" * 200 + "b") != slug("a" * 200 + "c")


def test_names_without_latin_letters_do_not_meet() -> None:
    """Names of which no ASCII is left keep apart by their digests."""
    assert slug("百济神州") != slug("恒瑞医药")


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_curies_round_trip(prefix: str) -> None:
    """Expanding and compacting are inverses."""
    assert compact(expand(f"{prefix}:x1")) == f"{prefix}:x1"


def test_an_undeclared_prefix_is_an_error() -> None:
    """A CURIE that we cannot expand never becomes an IRI."""
    with pytest.raises(VocabularyError, match="'nope'"):
        expand("nope:x")


def test_the_base_is_a_setting() -> None:
    """Instances live under the base that was asked for."""
    assert Minter("https://example.org/").entity("drug", "x") == "https://example.org/id/drug/x"


def test_release_ids_are_escaped() -> None:
    """A file stem may hold anything."""
    assert Minter("https://example.org/").release("a b/c") == "https://example.org/id/release/a%20b%2Fc"
