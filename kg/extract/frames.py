"""Sentences as patterns see them: every mention replaced by a letter for its kind, character for character.

A rule then speaks of kinds of thing and of words, never of names:

    pattern("{agency} (?:has )?granted .{0,40}{designation}")

The frame is as long as the sentence, so a match's offsets are the sentence's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from kg.extract.patterns import Pattern
from kg.model import Kind, Mention

_FIRST: Final = {kind: chr(0xE000 + number) for number, kind in enumerate(Kind)}
_REST: Final = "\ue0ff"
_SLOT: Final = Pattern(r"\{([a-z_]+(?:\|[a-z_]+)*)\}")


@cache
def pattern(template: str) -> Pattern:
    """A pattern over frames, case ignored.

    `{drug}` stands for a mention of that kind, `{drug|payload}` for one of either; `{{`… is not needed as
    counted repetitions such as `{0,40}` are not names.  A blank in the template matches any run of blanks,
    a blank with a question mark also none.
    """

    def mention(match: re.Match[str]) -> str:
        kinds = [Kind(name.replace("_", "-")) for name in match[1].split("|")]
        return f"(?:[{''.join(_FIRST[k] for k in kinds)}]{_REST}*+)"

    spaced = template
    for stops in (".;", '.;"'):
        # Inside a clause a full stop may stand in a number or an abbreviation: "$3.5 million", "the U.S. part".
        clause = rf"(?:[^{stops}]|\.(?=[^\s\"])|(?<=\.\w)\.)"
        spaced = spaced.replace(f"[^{stops}]", clause).replace(f"[^{stops}]".replace('"', '\\"'), clause)
    spaced = spaced.replace(" ?", r"\s*").replace(" ", r"\s+")
    return Pattern(_SLOT.compiled.sub(mention, spaced), re.IGNORECASE)  # each template has a slot


#: Behind a company's name: "(Nasdaq: ACME; TSX: ACM)", "("Acme" or the "Company")".
_LISTED: Final = Pattern(
    r"(?:\s\((?:[A-Z][A-Za-z.]+[^()]{0,40}?[:：]\s?[A-Z0-9][A-Z0-9. ]{0,9}[^()a-z]{0,20}"
    r"|(?:hereinafter\s+|the\s+|or\s+)*\"[^()]{2,60}\")\))+"
)


def frame(text: str, start: int, mentions: Iterable[Mention]) -> str:
    """The frame of a sentence.

    A parenthesis that only repeats the thing before it ("multiple myeloma (MM)"), where a company is listed
    ("Acme (Nasdaq: ACME)"), what it calls itself and trademark signs belong to the mention, so that patterns
    need not provide for them.

    Args:
        text: the sentence, normalised.
        start: its offset in the release.
        mentions: what it mentions, in order, without overlap.
    """
    out: list[str] = []
    last = 0
    previous: tuple[int, Mention] | None = None  # (index in `out`, mention)
    for mention in mentions:
        begin, end = mention.start - start, mention.end - start
        if begin < last:
            continue  # "the "Company"" behind the company's name
        between = text[last:begin]
        if (
            previous is not None
            and previous[1].entity == mention.entity
            and re.fullmatch(
                r"[™®]?\s*\((?:(?:formerly|previously|also|now)\s+(?:known\s+as\s+|called\s+)?)?\"?", between
            )
            and re.match(r"[™®]?\"?\)", text[end:])
        ):
            closing = re.match(r"[™®]?\"?\)", text[end:])
            assert closing is not None
            end += closing.end()
            out.append(_REST * (end - last))
        else:
            out.append(_clean(between))
            trademark = re.match(r"[™®]+", text[end:])
            end += trademark.end() if trademark else 0
            if mention.entity.kind is Kind.ORGANIZATION and text[end : end + 2] == " (":
                listed = _LISTED.match(text, end)
                end = listed.end() if listed else end
            out.append(_FIRST[mention.entity.kind] + _REST * (end - begin - 1))
        previous = (len(out), mention)
        last = end
    out.append(_clean(text[last:]))
    return "".join(out)


def _clean(text: str) -> str:
    """The text without characters of the private area, which would pass for mentions."""
    return re.sub("[\ue000-\ue0ff]", "?", text)
