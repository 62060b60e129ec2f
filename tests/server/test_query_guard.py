"""A query that would reach another server is recognised, whatever it looks like; no other one is refused."""

import pytest

from server.query_guard import read

FEDERATED = [
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "select*{service silent<http://x/>{}}",
    "SELECT * { SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://x/>{} }",
    "PREFIX ex: <http://x/> SELECT * { SERVICEex:foo {?s ?p ?o} }",
    "PREFIX ex: <http://x/> PREFIX serviceex: <y:> SELECT * { serviceex:foo # {\n {?s ?p ?o} }",
    "SELECT * { ?s ?p trueSERVICE <http://x/> {} }",
    "SELECT * { ?s ?p 1SERVICE <http://x/> {} }",
    "SELECT * { ?s ?p 'a' SERVICE <http://x/> {} }",
    "SELECT * { ?s ?p '''a'b''' SERVICE <http://x/> {} }",
    'SELECT * { ?s ?p "\\"" SERVICE <http://x/> {} }',
    "SELECT * { ?s ex:a\\' SERVICE <http://x/> {} . ?x ex:b\\' 3 }",
    "SELECT * { ?s ex:a\\# SERVICE <http://x/> {} }",
    "SELECT * { # '\n SERVICE <http://x/> {} # '\n }",
    "SELECT * { ?s ?p ?o FILTER(?a<?b) SERVICE ?x {} FILTER(?c>?d) }",
    "SELECT * { ?s ?p 'unfinished SERVICE <http://x/> {}",
]
HARMLESS = [
    "SELECT ?service $SERVICE { ?service ex:service :service }",
    'SELECT * { ?s ?p \'SERVICE <http://x/> {\' , "SERVICE", \'\'\'SERVICE\'\'\', """SER"VICE SERVICE""" }',
    "SELECT * { ?s <http://x/SERVICE> ?o } # SERVICE <http://x/> {}",
    "PREFIX service: <http://x/> SELECT * { ?s a service:thing ; service:a ?b }",
    "PREFIX service: <http://x/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { ?s ex:a.SERVICE ?o }",
    "SELECT * { _:service ?p ?o }",
    "",
]


@pytest.mark.parametrize("query", FEDERATED)
def test_federation_is_seen(query: str) -> None:
    """SERVICE is found without a word boundary, behind strings, comments and escapes."""
    assert read(query).federated


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_alone_is_harmless(query: str) -> None:
    """The letters in a name, a variable, a string, an IRI or a comment are no federation."""
    assert not read(query).federated


@pytest.mark.parametrize(
    "query", ["SELECT (now() AS ?x) {}", "SELECT * { BIND(UUID() AS ?x) }", "ASK { FILTER(RAND()<0.5) }"]
)
def test_volatile_functions_are_seen(query: str) -> None:
    """A result that may differ the next time is not to be cached."""
    assert read(query).volatile


def test_a_name_is_not_volatile() -> None:
    """The letters of a function in a local name do not matter."""
    assert not read("SELECT * { ?now ex:rand 'uuid' }").volatile
