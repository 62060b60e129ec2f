"""Constraints on one value → SPARQL expressions that are true only where the value surely conforms.

An expression may be false, or an error, for a value that conforms: whoever screens with it then looks at one node more.
What Oxigraph and pySHACL might read differently has no expression.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.screens import Unknown, Value

_SH: Final = PREFIXES["sh"]
_XSD: Final = PREFIXES["xsd"]
#: Lexical forms that are surely well-formed; others are left to pySHACL, as are datatypes that are not here.
_WELL_FORMED: Final = {
    _XSD + "integer": r"^[+-]?[0-9]+$",
    _XSD + "nonNegativeInteger": r"^[0-9]+$",
    _XSD + "positiveInteger": r"^[1-9][0-9]*$",
    _XSD + "decimal": r"^[+-]?[0-9]+([.][0-9]+)?$",
    _XSD + "boolean": r"^(true|false)$",
    _XSD + "date": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
    _XSD + "gYear": r"^[0-9]{4}$",
    _XSD + "gYearMonth": r"^[0-9]{4}-(0[1-9]|1[0-2])$",
    _XSD + "string": "",
    _XSD + "anyURI": "^[!-~]*$",
    PREFIXES["rdf"] + "langString": "",
}
_NUMERIC: Final = (_XSD + "integer", _XSD + "decimal")
_KINDS: Final = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBlank({0})",
    "Literal": "isLiteral({0})",
    "BlankNodeOrIRI": "(isBlank({0}) || isIRI({0}))",
    "BlankNodeOrLiteral": "(isBlank({0}) || isLiteral({0}))",
    "IRIOrLiteral": "(isIRI({0}) || isLiteral({0}))",
}
_BOUNDS: Final = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
#: What regular expressions of Python and of Oxigraph have in common: classes, escapes, groups without a meaning.
_PATTERN_PART: Final = re.compile(
    r"(?P<class>\[\^?(?:\\[nrtd.\\/+*?()|$^\[\]{}-]|[^\[\]\\&~-]|&(?!&)|(?<=\w)-(?=\w)|-(?=\]))+\])"
    r"|(?P<space>\\[sS])|\\[nrtd.\\/+*?()|$^\[\]{}-]|\((?!\?)|[^\\(\[]"
)


def value_test(name: str, parameter: Value, value: str) -> str:
    """The expression of a constraint that looks at the value alone.

    Args:
        name: of the constraint's parameter, without `sh:`.
        parameter: what the shape says of it.
        value: the variable.

    Raises:
        Unknown: there is none.
    """
    if name == "datatype":
        datatype = iri_of(parameter)
        if datatype.value not in _WELL_FORMED:
            raise Unknown(datatype.value)
        form = _WELL_FORMED[datatype.value]
        check = f" && REGEX(STR({value}), {ox.Literal(form)})" if form else ""
        return f"(isLiteral({value}) && DATATYPE({value}) = {datatype}{check})"
    if name == "nodeKind":
        kind = iri_of(parameter).value.removeprefix(_SH)
        if kind not in _KINDS:
            raise Unknown(kind)
        return _KINDS[kind].format(value)
    if name in ("minLength", "maxLength"):
        sign = ">=" if name == "minLength" else "<="
        return f"(!isBlank({value}) && STRLEN(STR({value})) {sign} {number_of(parameter)})"
    if name == "pattern":
        text = _pattern(literal_of(parameter).value)
        return f"(!isBlank({value}) && REGEX(STR({value}), {ox.Literal(text)}))"
    if name in _BOUNDS:
        bound = literal_of(parameter)
        if bound.datatype.value not in _NUMERIC:
            raise Unknown(f"{name} {bound}")
        return f"(isNumeric({value}) && {value} {_BOUNDS[name]} {bound})"
    if name == "hasValue":
        return f"sameTerm({value}, {same_term(parameter)})"
    raise Unknown(name)


def list_test(name: str, members: Sequence[Value], value: str) -> str:
    """The same for a constraint whose parameter is a list (`in`, `languageIn`).

    Raises:
        Unknown: there is none.
    """
    if name == "in":
        return f"({' || '.join(f'sameTerm({value}, {same_term(member)})' for member in members)})"
    ranges = " || ".join(f"LANGMATCHES(LANG({value}), {literal_of(member)})" for member in members)
    return f"(isLiteral({value}) && ({ranges}))"


def same_term(term: Value) -> str:
    """A term that means itself alone in a query: a number might be written in several ways.

    Raises:
        Unknown: it does not.
    """
    if isinstance(term, ox.BlankNode):
        raise Unknown("a blank node as a value")
    if isinstance(term, ox.Literal) and term.language is None and term.datatype.value != _XSD + "string":
        raise Unknown(f"a value such as {term}")
    return str(term)


def number_of(term: Value) -> int:
    """A count.

    Raises:
        Unknown: it is none.
    """
    text = literal_of(term).value
    if not text.isdecimal():
        raise Unknown(text)
    return int(text)


def iri_of(term: Value) -> ox.NamedNode:
    """The term as an IRI.

    Raises:
        Unknown: it is none.
    """
    if not isinstance(term, ox.NamedNode):
        raise Unknown(str(term))
    return term


def literal_of(term: Value) -> ox.Literal:
    """The term as a literal.

    Raises:
        Unknown: it is none.
    """
    if not isinstance(term, ox.Literal):
        raise Unknown(str(term))
    return term


def _pattern(text: str) -> str:
    """A regular expression of Python's as Oxigraph's, which may find less but never more."""
    try:
        re.compile(text)
    except re.error as error:
        raise Unknown(f"pattern {text}") from error
    out, end = [], 0
    for part in _PATTERN_PART.finditer(text):
        if part.start() != end:
            break
        end = part.end()
        # Python counts four separators among white space that Unicode does not.
        out.append({"\\s": r"[\s\x1c-\x1f]", "\\S": r"[^\s\x1c-\x1f]"}.get(part[0], part[0]))
    if end != len(text):
        raise Unknown(f"pattern {text}")
    return "".join(out)
