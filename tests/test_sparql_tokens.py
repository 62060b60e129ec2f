"""What would reach another server is recognised, whatever it looks like; nothing else is refused."""

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.sparql_tokens import read, with_dataset

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


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://x/>",
        "load silent<http://x/>into graph<a:a>",
        "LOADSILENT<http://x/>",
        "PREFIX ex: <http://x/> LOADex:a",
        "PREFIX ex: <http://x/> PREFIX loadex: <y:> LOADex:a",
        "INSERT DATA { <a:a> <a:b> '{' } ; LOAD <http://x/>",
        "INSERT DATA { <a:a> <a:b> <a:c> } ; # }\n PREFIX ex: <http://x/> LoAdex:a",
        "CLEAR ALL;LOAD<http://x/>",
        "PREFIX loadex: <y:> { loadex:a",
    ],
)
def test_loading_is_seen(update: str) -> None:
    """LOAD is found without a word boundary, and where braces do not match."""
    assert read(update).loading


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:load> <a:b> 'LOAD <http://x/>' }",
        "PREFIX upload: <http://x/> INSERT DATA { GRAPH upload:g { upload:a upload:b ?load } }",
        "PREFIX load: <http://x/> CLEAR GRAPH load:g ; COPY load:a TO load:b",
        "PREFIX load: <http://x/> WITH load:g DELETE { ?s ?p ?o } USING NAMED load:h WHERE { ?s ?p ?o }",
        "CLEAR ALL # LOAD <http://x/>",
    ],
)
def test_the_letters_of_load_are_harmless(update: str) -> None:
    """A name, a variable, a string or a comment loads nothing."""
    assert not read(update).loading
    assert not read(update).federated


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("INSERT { <a:x> <a:in> ?s } WHERE { ?s <a:p> ?o }", {"<a:1>"}),
        ("insert{<a:x><a:in>?s}where{?s<a:p>?o}", {"<a:1>"}),
        ("INSERT { <a:x> <a:in> ?s } WHERE { GRAPH ?g { ?s <a:p> ?o } }", {"<a:2>"}),
        ("CLEAR GRAPH <a:g1> ; INSERT { <a:x> <a:in> ?s } WHERE { ?s <a:p> ?o }", set()),
        ("INSERT DATA { <a:x> <a:in> 'WHERE' } # where", {'"WHERE"'}),
    ],
)
def test_the_dataset_of_the_protocol(update: str, expected: set[str]) -> None:
    """Patterns are matched in the graphs that the protocol names; other operations stay as they are."""
    store = ox.Store()
    for number in (1, 2, 3):
        store.update(f"INSERT DATA {{ GRAPH <a:g{number}> {{ <a:{number}> <a:p> 1 }} }}")
    store.update(with_dataset(update, ["a:g1"], ["a:g2"]))
    assert {str(q.object) for q in store.quads_for_pattern(None, ox.NamedNode("a:in"), None)} == expected


def test_delete_where_in_the_dataset_of_the_protocol() -> None:
    """`DELETE WHERE`, which has no place for a dataset, is written out."""
    store = ox.Store()
    store.update("INSERT DATA { GRAPH <a:g1> { <a:1> <a:p> 1 } GRAPH <a:g2> { <a:2> <a:p> 1 } }")
    written = with_dataset("DELETE WHERE { GRAPH ?g { ?s <a:p> ?o } } ; CLEAR DEFAULT", [], ["a:g2"])
    store.update(written)
    assert [str(quad.subject) for quad in store] == ["<a:1>"]


@pytest.mark.parametrize(
    "update",
    [
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }",
        "DELETEWHERE { ?s ?p ?o }",
    ],
)
def test_two_datasets(update: str) -> None:
    """An update that names its dataset itself, or that cannot be read for sure, is refused (§2.2.3)."""
    with pytest.raises(QueryError):
        with_dataset(update, ["a:g"], [])
