"""`kg.extract.word_forms`: the forms of a lexicon in one pass."""

from __future__ import annotations

import re

from kg.extract.word_forms import Hit, WordForms


def test_the_first_form_that_fits_is_taken() -> None:
    """Forms are tried in the order given; a hit hides what begins within it."""
    forms = WordForms(["did not", "did", "not"])
    assert list(forms.find("it did not, it did")) == [Hit(3, 10, 0), Hit(15, 18, 1)]


def test_what_surrounds_a_form_and_the_bounds_count() -> None:
    """A part of a word is no form; nothing before `start` or after `end` is read."""
    forms = WordForms(["us"], before=r"(?<!\w)", after=r"(?!\w)", flags=re.IGNORECASE)
    assert [hit.start for hit in forms.find("US, thus used by us")] == [0, 17]
    assert [hit.start for hit in forms.find("US, thus used by us", 1)] == [17]
    assert list(forms.find("US, thus used by us", 1, 18)) == []
