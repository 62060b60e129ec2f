"""`kg.extract.outcomes.rows`: figures in a row whose arms an earlier sentence tells."""

from __future__ import annotations

from kg.extract.outcomes.rows import arms_in, dealt_by_row


def test_row_of_arms_told_before() -> None:
    """As many figures as arms told before are dealt to them; a sentence with arms of its own needs none."""
    arms = arms_in("It fell by 12 mmHg on 1 mg, by 15 mmHg on 2 mg and by 5 mmHg on placebo.", (), ())
    assert arms == ("1 mg", "2 mg", None)
    text = "Diastolic pressure fell by 5.8, 7.0 and 3.1 mmHg."
    at = [text.index(n) for n in ("5.8", "7.0", "3.1")]
    assert dealt_by_row(text, arms, at) == dict(zip(at, arms, strict=True))
    assert not dealt_by_row("It fell by 5.8, 7.0 and 3.1 mmHg on 3 mg.", arms, [11])
    assert not dealt_by_row("It fell by 5.8 and 7.0 mmHg.", arms, [11])
