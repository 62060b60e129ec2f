"""What is a query for columns, and what is left to Oxigraph."""

import pytest

from kg.column_queries import Count, read

P = "PREFIX x: <http://x/> "


def test_a_query_of_every_part() -> None:
    """Patterns, paths, a condition, counts, order, limit and offset are read."""
    select = read(
        P + "select ?a (count(distinct ?c) as ?n) where { ?a a x:T ; x:p/^x:q ?b . # why\n"
        ' ?b x:r+ <http://x/o> , "o"@EN ; x:l ?c FILTER(REGEX(?c, "^ab", "i")) } '
        "group by ?a order by desc(?n) ?a limit 5 offset 2"
    )
    assert select is not None
    assert select.columns == ("a", Count("n", "c", distinct=True))
    assert len(select.patterns) == 6
    assert [pattern.closure for pattern in select.patterns] == ["", "", "", "+", "+", ""]
    assert select.conditions[0].letters == "ab"
    assert (select.groups, select.order, select.limit, select.offset) == (
        ("a",),
        (("n", True), ("a", False)),
        5,
        2,
    )


def test_comments_before_a_query() -> None:
    """What explains a query, before and between its prefixes, is passed over."""
    assert read(f"# why?\n{P}# prefix y: <http://y/>\nSELECT ?a {{ ?a x:p ?b }}") is not None
    assert read(f"# why?\n{P}# prefix y: <http://y/>\nSELECT ?a {{ ?a y:p ?b }}") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT",
        "ASK { ?a x:p ?b }",
        "SELECT * { ?a x:p ?b }",
        "SELECT ?a { ?a ?p ?b . ?c ?p ?d }",
        "SELECT ?a { ?a ?p ?b . ?p x:q ?d }",
        "SELECT ?a { ?a ?p/x:q ?b }",
        f"SELECT ?a {{ ?a x:p ?b }} LIMIT {'9' * 5000}",
        "SELECT ?a { ?a x:p ?b } }",
        "SELECT ?a { ?a x:p ?b } LIMIT -1",
        "SELECT ?a { ?a x:p ?b } HAVING (?a = 1)",
        "SELECT ?a FROM <http://x/g> { ?a x:p ?b }",
        "SELECT ?a { GRAPH ?g { ?a x:p ?b } }",
        "SELECT ?a { ?a x:p ?b OPTIONAL { ?a x:q ?c } }",
        "SELECT ?c { ?a x:p ?b }",
        "SELECT ?a ?a { ?a x:p ?b }",
        "SELECT ?a (COUNT(*) AS ?n) { ?a x:p ?b }",
        "SELECT (COUNT(*) AS ?b) { ?a x:p ?b }",
        "SELECT (COUNT(?c) AS ?n) { ?a x:p ?b }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?a x:p/x:p ?b }",
        "SELECT (SUM(?b) AS ?n) { ?a x:p ?b }",
        "SELECT DISTINCT ?a { ?a x:p ?b } ORDER BY ?b",
        "SELECT ?a { ?a x:p ?b } ORDER BY ?c",
        "SELECT ?a { ?a x:p ?a }",
        "SELECT ?a { ?a x:p 1 }",
        "SELECT ?a { ?a x:p 'b' }",
        'SELECT ?a { ?a x:p "b\\n" }',
        'SELECT ?a { ?a x:p """b""" }',
        'SELECT ?a { ?a x:p "b"^^x:t }',
        'SELECT ?a { "a" x:p ?a }',
        "SELECT ?a { ?a y:p ?b }",
        "SELECT ?a { ?a <p> ?b }",
        "SELECT ?a { ?a <http://x/../p> ?b }",
        "SELECT ?a { ?a x:p.q ?b }",
        "SELECT ?a { ?a x:p%41 ?b }",
        "SELECT ?a { ?a x:p\\,q ?b }",
        "SELECT ?a { ?a x:pü ?b }",
        "SELECT ?a { ?a x:p|x:q ?b }",
        "SELECT ?a { ?a !x:p ?b }",
        "SELECT ?a { ?a x:p? ?b }",
        "SELECT ?a { ?a x:p ?b . . }",
        'SELECT ?a { ?a x:p ?b FILTER(REGEX(?b, "a|b")) }',
        'SELECT ?a { ?a x:p ?b FILTER(REGEX(?b, "^a", "x")) }',
        "SELECT ?a { ?a x:p ?b FILTER(?b > 1) }",
        "SELECT ?a { SERVICE <http://x/> { ?a x:p ?b } }",
        "BASE <http://x/> SELECT ?a { ?a x:p ?b }",
        "SELECT ?a {" + " ?a x:p ?b ." * 17 + "}",
        "SELECT ?a { ?a x:p ?b" + ", ?b" * 300 + " }",
        "SELECT ?a { ?a x:p ?b }" + " " * 10_000,
    ],
)
def test_other_queries(text: str) -> None:
    """What is not surely of this kind is left to Oxigraph."""
    assert read(P + text) is None


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        ('SELECT ?p { <http://x/1> x:p "a" }', "http://x/1", "a"),
        ('SELECT ?p { <http://x/2> # "no" <http://x/no>\n x:p "b#" }', "http://x/2", "b#"),
        ('SELECT ?p { <http://x/#3> x:p "" }', "http://x/#3", ""),
        ('SELECT ?p { x:4 x:p "<http://x/5>" }', "http://x/4", "<http://x/5>"),
    ],
)
def test_queries_of_one_shape(text: str, subject: str, value: str) -> None:
    """Each has the texts and IRIs that it names, wherever they stand, and none of another query."""
    select = read(P + text.replace("{", "{ ?p x:q ?r ."))
    assert select is not None
    pattern = select.patterns[1]
    assert (getattr(pattern.subject, "value", ""), getattr(pattern.object, "value", "")) == (subject, value)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?a { ?a x:p "a""b" }',
        'SELECT ?a { ?a x:p """a""" }',
        'SELECT ?a { ?a x:p \'a "b\' ; x:q "c" }',
        "SELECT ?a { ?a x:p <http://x/a/../b> }",
        "SELECT ?a { <http://x/a> x:p <http://x/a> . ?a x:q ?b }",
        'SELECT ?a { "a" x:p ?a }',
        'SELECT ?a { ?a x:p ?b FILTER(REGEX(?b, "a.c")) }',
    ],
)
def test_what_its_texts_make_another_query(text: str) -> None:
    """Texts that are not closed as they seem, IRIs that a base resolves, a thing joined to itself, other patterns."""
    assert read(P + text) is None


def test_a_named_graph() -> None:
    """Patterns may be about one graph, by its IRI or its prefixed name."""
    for name in ("x:g", "<http://x/g>"):
        select = read(P + f"SELECT ?a {{ GRAPH {name} {{ ?a x:p ?b . }} }}")
        assert select is not None
        assert select.graph is not None
        assert select.graph.value == "http://x/g"
    assert read(P + "SELECT ?a { GRAPH x:g { ?a x:p ?b } ?a x:q ?c }") is None
