"""`kg.extract.capitals`: titles without small letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.capitals import in_usual_case

BODY = "\n\nKelvane and Everhill Medicines will develop ABC-1 (zeluzumab govitecan). The FDA agreed. ZEVORA sells.\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "KELVANE AND EVERHILL MEDICINES ANNOUNCE LICENSE FOR ZELUZUMAB GOVITECAN",
            "Kelvane and Everhill Medicines Announce License for Zeluzumab Govitecan",
        ),
        (
            "FDA AGREES WITH KELVANE ON STUDIES OF ABC-1 AND ZEVORA IN CHILDREN",
            "FDA Agrees with Kelvane on Studies of ABC-1 and ZEVORA in Children",
        ),
        ("NEWS RELEASE", "NEWS RELEASE"),
        (
            "KELVANE Announces License for Zeluzumab Govitecan",
            "KELVANE Announces License for Zeluzumab Govitecan",
        ),
    ],
)
def test_a_title_is_written_as_the_text_writes_its_words(title: str, expected: str) -> None:
    """Words that the text has in capitals keep them."""
    assert in_usual_case(title + BODY) == expected + BODY


@given(st.text(alphabet="AB ßİıAbǅ\n.,-", max_size=200))
def test_nothing_is_added_or_lost(text: str) -> None:
    """Every character keeps its place, whatever its other case is made of."""
    out = in_usual_case(text)
    assert len(out) == len(text)
    assert all(a == b or a.casefold() == b.casefold() for a, b in zip(out, text, strict=True))
