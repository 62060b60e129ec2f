"""What the tokens of SPARQL text tell before it is parsed; and the protocol's dataset put into an update.

Oxigraph reaches out to the network for `SERVICE` and `LOAD` and has no switch against it, so the words are looked for
here.  Its parser does not ask for a word boundary after a keyword: `SERVICEex:a{…}`, `trueSERVICE<…>{…}` and `LOADex:a`
reach out too.  The guard therefore looks for the letters wherever they do not belong to a variable, a string, an IRI, a
language tag or a local name, and rather refuses what no one writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.errors import QueryError

# SPARQL 1.1 §19.8.  Alternatives are tried in order; what none matches is skipped, one character at a time.
_TOKEN: Final = re.compile(
    r"""
      (?P<space>     [\x20\t\r\n]+ | \#[^\r\n]* )
    | (?P<string>    \"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"
                   | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
                   | "(?:[^"\\\r\n]|\\.)*"
                   | '(?:[^'\\\r\n]|\\.)*' )
    | (?P<iri>       <[^<>"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]+[^<>"{}|^`\\\x00-\x20]*)*> )
    | (?P<variable>  [?$][A-Za-z0-9_]+ )
    | (?P<language>  @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>      (?P<prefix>[\w.\-]*) : (?:[\w:\-]|\.(?=[\w:\-.%\\])|%[0-9A-Fa-f]{2}|\\.)* )
    | (?P<word>      [\w.\-]+ )
    | (?P<other>     . )
    """,
    re.VERBOSE | re.DOTALL,
)

_NETWORK: Final = "service"
_LOAD: Final = "load"
#: Functions whose value differs from one evaluation to the next.
_VOLATILE: Final = frozenset({"now", "rand", "uuid", "struuid", "bnode"})
#: A text without these letters has nothing to tell, wherever its tokens begin and end.
_TELLING: Final = (_NETWORK, _LOAD, *sorted(_VOLATILE))
#: What the name of a graph may follow outside braces; any other name there is a keyword with a name stuck to it.
_BEFORE_NAMES: Final = frozenset(
    {"prefix", "graph", "to", "into", "using", "named", "with", "add", "move", "copy", "silent"}
)
#: The keywords of an update outside braces (SPARQL 1.1 §19.8, rules 29 to 45).
_UPDATE_WORDS: Final = _BEFORE_NAMES | frozenset(
    {"base", "load", "clear", "drop", "create", "default", "all", "insert", "delete", "data", "where"}
)
#: What an operation may begin with.
_FIRST_WORDS: Final = frozenset(
    {"load", "clear", "drop", "create", "add", "move", "copy", "insert", "delete", "with"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tokens of a query or an update tell.

    Attributes:
        federated: it may ask another server.
        loading: as an update, it may load from another server.
        volatile: it may give another result over the same graph.
    """

    federated: bool
    loading: bool
    volatile: bool


def read(text: str) -> Reading:
    """Read the tokens of a query or an update, which need not be well-formed."""
    folded = text.casefold()
    if not any(letters in folded for letters in _TELLING):
        return Reading(federated=False, loading=False, volatile=False)
    federated = loading = volatile = False
    named_so = False  # a prefix with the letters in it, outside braces
    suspect = False  # a prefix with the letters in it, which `{` after the name would make a SERVICE
    depth = 0
    before = ""
    for kind, part, prefix in _tokens(text):
        if suspect and part == "{":
            federated = True
        suspect = False
        depth += (part == "{") - (part == "}")
        if kind == "word":
            word = part.casefold()
            federated = federated or _NETWORK in word
            loading = loading or _LOAD in word
            volatile = volatile or word in _VOLATILE
        elif kind == "name":
            if before != "graph":
                suspect = _NETWORK in prefix.casefold()
            if _LOAD in prefix.casefold():
                named_so = True
                loading = loading or (depth == 0 and before not in _BEFORE_NAMES)
        before = part.casefold()
    # Where braces do not match, what is outside them is not known.
    return Reading(federated, loading or (named_so and depth != 0), volatile)


def with_dataset(update: str, default: Iterable[str], named: Iterable[str]) -> str:
    """The update with the dataset that the protocol gives it as `USING` clauses (SPARQL 1.1 Protocol §2.2.3).

    Args:
        update: operations; those without a pattern to match stay as they are.
        default: IRIs of `using-graph-uri`.
        named: IRIs of `using-named-graph-uri`.

    Raises:
        QueryError: the update has `USING` or `WITH` itself, or a word that is none of an update's.
    """
    clauses = "".join(
        [*(f" USING <{iri}>" for iri in default), *(f" USING NAMED <{iri}>" for iri in named), " "]
    )
    out: list[str] = []
    pattern_from: int | None = None  # where in `out` the pattern of a `DELETE WHERE` begins
    depth = 0
    before = ""
    for kind, part, _ in _tokens(update, spaces=True):
        word = part.casefold()
        if kind == "space":
            out.append(part)
            continue
        if depth == 0 and kind == "word":
            if word in ("using", "with"):
                raise QueryError(
                    f"the update has {word.upper()} itself: leave it out, or leave out using-graph-uri and "
                    "using-named-graph-uri"
                )
            if word not in _UPDATE_WORDS:
                raise QueryError(f"{part!r} is no word of an update: part words by spaces")
            if word == "where" and before == "delete":
                pattern_from = len(out)
                before = word
                continue
            if word == "where":
                out.append(clauses)
        depth += (part == "{") - (part == "}")
        out.append(part)
        if pattern_from is not None and part == "}" and depth == 0:
            pattern = "".join(out[pattern_from:])
            out.append(f"{clauses}WHERE {pattern}")
            pattern_from = None
        before = word
    return "".join(out)


def operations(update: str) -> tuple[tuple[str, str], ...]:
    """The operations of an update one by one: the keyword of each ("insert data", "clear" …), and its text.

    Each text has the prologue that it is in the scope of.

    Raises:
        QueryError: where one begins with no keyword of an update, so that it cannot be told from the others.
    """
    out: list[tuple[str, str]] = []
    prologue: list[str] = []
    body: list[str] = []
    words: list[str] = []
    depth = 0
    wanted = 0  # parts that a declaration still needs
    for kind, part, _ in [*_tokens(update, spaces=True), ("other", ";", "")]:
        if kind == "space":
            (body if body and not wanted else prologue).append(part)
            continue
        if wanted:
            prologue.append(part)
            wanted -= 1
        elif not body and kind == "word" and part.casefold() in ("prefix", "base"):
            prologue.append(part)
            wanted = 2 if part.casefold() == "prefix" else 1
        elif part == ";" and depth == 0:
            if body:
                if words[0] not in _FIRST_WORDS:
                    raise QueryError(f"{words[0]!r} begins no operation of an update: part words by spaces")
                keyword = " ".join(words[:2]) if words[1:2] in (["data"], ["where"]) else words[0]
                out.append((keyword, "".join([*prologue, *body])))
            body, words = [], []
        else:
            depth += (part == "{") - (part == "}")
            body.append(part)
            if len(words) < 2:
                words.append(part.casefold())
    return tuple(out)


def _tokens(text: str, *, spaces: bool = False) -> Iterator[tuple[str, str, str]]:
    """Kind, text and prefix of each part, comments and white space among them where wanted."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "prefix":  # lastgroup names the group that closed last; `name` closes after `prefix`
            kind = "name"
        if kind != "space" or spaces:
            yield kind, match.group(), match.group("prefix") or ""
