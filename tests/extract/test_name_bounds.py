"""Names of organisations within their candidates: where they begin and end, what is none."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

import pytest

from kg.extract.name_bounds import is_persons, names_in


def within(text: str, candidate: str) -> list[str]:
    start = text.index(candidate)
    return [text[low:high] for low, high in names_in(text, start, start + len(candidate))]


@pytest.mark.parametrize(
    ("candidate", "name"),
    [
        ("Boston-based Halden Oncology", "Halden Oncology"),
        ("March Biosciences", "March Biosciences"),
        ("European Hematology Association", "European Hematology Association"),
        ("Enters Into Agreement To Acquire Halden Therapeutics", "Halden Therapeutics"),
        ("Halden Bio Halden Bio", "Halden Bio"),
        ("4D Molecular Therapeutics", "4D Molecular Therapeutics"),
    ],
)
def test_words_around_a_name_are_cut_off(candidate: str, name: str) -> None:
    """What names a place, a title or the name again goes; words that belong to a name stay."""
    assert within(candidate, candidate) == [name]


def test_a_department_is_cut_off_its_firm_and_no_firm_for_public_relations() -> None:
    """A firm is spoken of without its department too."""
    assert within("Ask Halden Media Relations. Halden grows.", "Halden Media Relations") == ["Halden"]
    assert within("Ask LHA Investor Relations.", "LHA Investor Relations") == ["LHA Investor Relations"]


@pytest.mark.parametrize(
    "candidate",
    [
        "Data Monitoring Committee",
        "Department of Neurology",
        "Global Product Management",
        "Unfortunately",
        "XB-101",
        "Japan",
        "Therapeutics",
        "Nasdaq",
    ],
)
def test_what_is_no_organization(candidate: str) -> None:
    """Committees, departments, words that open a sentence, drugs, places, exchanges."""
    assert within(candidate, candidate) == []


def test_a_town_before_its_state_is_no_organization() -> None:
    """A name without a word for a firm before a comma and a state."""
    assert within("Salt Lake City, Utah", "Salt Lake City") == []
    assert within("Halden Oncology, Utah", "Halden Oncology") == ["Halden Oncology"]


@pytest.mark.parametrize(
    ("text", "candidate", "names"),
    [
        ("Acme and Foo Therapeutics agreed. Acme grows.", "Acme and Foo Therapeutics", ["Acme", "Foo Therapeutics"]),
        ("Acme AG and Foo Therapeutics", "Acme AG and Foo Therapeutics", ["Acme AG", "Foo Therapeutics"]),
        ("Acme and Foo Therapeutics agreed.", "Acme and Foo Therapeutics", ["Acme and Foo Therapeutics"]),
        ("Foo University and the Bar University", "Foo University and the Bar University", ["Foo University", "Bar University"]),
        ("Centre for Probe Development and Commercialization", "Centre for Probe Development and Commercialization", ["Centre for Probe Development and Commercialization"]),
        ("University of Foo, and Bar Health", "University of Foo, and Bar Health", ["University of Foo"]),
        ("University of Foo, Japan", "University of Foo, Japan", ["University of Foo"]),
        ("With the University of Foo, Acme has a plan. Acme has cash.", "University of Foo, Acme", ["University of Foo"]),
    ],
)  # fmt: skip
def test_two_names_in_one_candidate(text: str, candidate: str, names: list[str]) -> None:
    """They are told apart where each is a name by itself; another behind an institution is left to its own candidate."""
    assert within(text, candidate) == names


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Helen Marchetti", True), ("Helen Oncology", False), ("Halden Marchetti", False)],
)
def test_names_of_people(name: str, expected: bool) -> None:
    """A given name that everybody knows, no word for a firm."""
    assert is_persons(name) is expected
