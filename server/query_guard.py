"""What a query may not ask for, seen in its tokens before it is parsed.

Oxigraph reaches out to the network for `SERVICE` and has no switch against it, so the word is looked for here.
Its parser does not ask for a word boundary after a keyword: `SERVICEex:a{…}` and `trueSERVICE<…>{…}` are federated
queries too.  The guard therefore looks for the letters wherever they do not belong to a variable, a string, an
IRI, a language tag or a local name, and rather refuses a query that no one writes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

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
#: Functions whose value differs from one evaluation to the next.
_VOLATILE: Final = frozenset({"now", "rand", "uuid", "struuid", "bnode"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tokens of a query tell.

    Attributes:
        federated: it may ask another server.
        volatile: it may give another result over the same graph.
    """

    federated: bool
    volatile: bool


def read(query: str) -> Reading:
    """Read the tokens of a query, which need not be well-formed."""
    federated = volatile = False
    suspect = False  # a prefix with the letters in it, which `{` after the name would make a SERVICE
    before = ""
    for match in _TOKEN.finditer(query):
        kind, text = match.lastgroup, match.group()
        if kind == "prefix":  # lastgroup names the group that closed last; `name` closes after `prefix`
            kind = "name"
        if kind == "space":
            continue
        if suspect and text == "{":
            federated = True
        suspect = False
        if kind == "word":
            word = text.casefold()
            federated = federated or _NETWORK in word
            volatile = volatile or word in _VOLATILE
        elif kind == "name" and before != "graph":
            suspect = _NETWORK in match.group("prefix").casefold()
        before = text.casefold()
    return Reading(federated, volatile)
