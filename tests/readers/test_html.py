"""HTML pages and exhibits → text: structure kept, furniture left out, any markup survived."""

from __future__ import annotations

import time

import pytest

from kg.errors import UnreadableRelease
from kg.readers.html import read, text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<h1>Acme Reports</h1><p>One.</p><p>Two\n words.</p>", "Acme Reports\n\nOne.\n\nTwo words."),
        ("<p>A&nbsp;&nbsp;dose of&#8203; 5&nbsp;mg</p>", "A dose of 5 mg"),
        ("<p>First line<br>second<br><br>new</p>", "First line\nsecond\n\nnew"),
        ("<ul><li>One <b>bold</b></li><li><p>Two</p></li></ul><p>After</p>", "- One bold\n- Two\n\nAfter"),
        ("<ol start=3><li>three<li>four</ol>", "3. three\n4. four"),
        ("<p>&bull;&nbsp;one</p><p>&middot; two</p>", "- one\n- two"),
        ("<div>a<span style='font:9pt'>b</span> <i>c</i></div>", "ab c"),
        ("<pre>kept   as\n  it is</pre>", "kept   as\n  it is"),
        ("<p>said <q>yes</q></p>", "said “yes”"),
        ("<p>unclosed <b>bold", "unclosed bold"),
    ],
)
def test_structure(markup: str, text: str) -> None:
    """Paragraphs, breaks, lists and inline markup come out in the one manner of all readers."""
    assert text_of(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<sup>177</sup>Lu-PSMA and [<sup>225</sup>Ac]", "177Lu-PSMA and [225Ac]"),
        ("Lu<sup>177</sup>", "Lu-177"),
        ("5 mCi/m<sup>2</sup>, 1x10<sup>13</sup> vg/kg", "5 mCi/m2, 1x10^13 vg/kg"),
        ("Brand<sup>TM</sup> and Other<sup>&reg;</sup>", "Brand™ and Other®"),
        ("the 1<sup>st</sup> of CD8<sup>+</sup> cells", "the 1st of CD8+ cells"),
        ("a response.<sup>1,2</sup> The placebo<sup>3</sup>", "a response.[1,2] The placebo[3]"),
        ("C<sub>max</sub>, IC<sub>50</sub>", "Cmax, IC50"),
        ("<span style='font-size:6pt; vertical-align: super'>177</span>Lu", "177Lu"),
        ("placebo<font style='VERTICAL-ALIGN:super'>1</font>", "placebo[1]"),
    ],
)
def test_raised_and_lowered(markup: str, text: str) -> None:
    """An isotope stays in one word, a power is written as one, and a footnote's number is no digit of its word."""
    assert text_of(f"<p>{markup}</p>") == text


def test_table_with_columns_for_signs() -> None:
    """Columns that only hold distance, currency or per cent become one with their figure; headings span."""
    rows = (
        "<tr><td>&nbsp;</td><td colspan=2><b>Drug<br>(n=10)</b></td><td></td><td colspan=3>Placebo</td></tr>"
        "<tr><td>ORR, %</td><td>45.2</td><td>%</td><td></td><td></td><td>12.1</td><td>%</td></tr>"
        "<tr><td>Loss</td><td>$</td><td>1,234</td><td></td><td>(</td><td>567</td><td>)</td></tr>"
    )
    expected = "|  | Drug (n=10) | Placebo |\n| ORR, % | 45.2% | 12.1% |\n| Loss | $1,234 | (567) |"
    assert text_of(f"<table>{rows}</table>") == expected


def test_table_that_arranges_the_page() -> None:
    """A table around paragraphs is no table, one inside it is, and a bullet in a cell makes a list item."""
    inner = "<table><tr><td>PFS</td><td>4.1</td><td>2.2</td></tr><tr><td>OS</td><td>9.1</td><td>8.0</td></tr></table>"
    items = "<table><tr><td>&bull;</td><td>First</td></tr><tr><td>&bull;</td><td>Second</td></tr></table>"
    text = text_of(f"<table><tr><td><p>Before.</p>{inner}<p>After.</p></td></tr></table>{items}")
    assert text == "Before.\n\n| PFS | 4.1 | 2.2 |\n| OS | 9.1 | 8.0 |\n\nAfter.\n\n- First\n- Second"


def test_cells_over_rows() -> None:
    """A cell over two rows stands in both."""
    rows = "<tr><td rowspan=2>ORR</td><td>A</td><td>1</td></tr><tr><td>B</td><td>2</td></tr>"
    assert text_of(f"<table>{rows}</table>") == "| ORR | A | 1 |\n| ORR | B | 2 |"


def test_furniture() -> None:
    """Scripts, navigation, banners, sharing, teasers and footers are not the release."""
    body = "<p>" + "BOSTON, Jan. 5, 2021 -- Acme said something of some length today. " * 4 + "</p>"
    page = f"""<html><head><title>T</title><script>var x = "<p>no</p>";</script><style>p {{}}</style></head><body>
      <header><a href=/>Acme</a></header><nav><ul><li><a href=/a>Pipeline</a></li></ul></nav>
      <div class="cookie-banner"><p>We use cookies.</p></div><p style="display: none">hidden</p>
      <ul><li><a href=1>Home</a></li><li><a href=2>News</a></li></ul>
      <main><article><h1>Acme Says</h1>{body}<div id="shareButtons"><a href=x>Share</a></div></article></main>
      <section><h2>Other news</h2><p>Acme teaser</p></section><footer>© Acme</footer></body></html>"""
    text = text_of(page)
    assert text.startswith("Acme Says\n\nBOSTON")
    assert text.endswith("today.")
    assert "Acme teaser" not in text


def test_a_header_with_the_headline() -> None:
    """A header that holds the headline is the release's, not the site's."""
    body = "<p>" + "Acme said something of some length today. " * 9 + "</p>"
    page = f"<header><a href=/>Acme</a></header><div><header><h2>Acme Says</h2></header>{body}</div>"
    assert text_of(page).startswith("Acme Says\n\nAcme said")


def test_a_class_around_everything_is_no_furniture() -> None:
    """What holds most of the text stays, whatever it is called."""
    assert text_of("<div class='has-sidebar menu'><p>The release.</p></div>") == "The release."


def test_exhibit() -> None:
    """An exhibit as filed loses the filing's header, the exhibit number and the page numbers."""
    filed = """<DOCUMENT><TYPE>EX-99.1<SEQUENCE>2<FILENAME>a.htm<DESCRIPTION>PRESS RELEASE<TEXT>
      <HTML><BODY><P STYLE="text-align:right"><B>Exhibit 99.1</B></P><P><B>Acme Reports Results</B></P><P>One.</P>
      <P>2</P><HR STYLE="page-break-after: always"><P>Two.</P></BODY></HTML></TEXT></DOCUMENT>"""
    assert text_of(filed) == "Acme Reports Results\n\nOne.\n\nTwo."


@pytest.mark.parametrize(
    ("head", "encoding", "codec"),
    [
        ('<meta charset="windows-1251">', "cp1251", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">', "shift_jis", "shift_jis"),
        ('<meta charset="iso-8859-1">', "cp1252", "cp1252"),
        ('<meta charset="hex">', "utf-8", "utf-8"),
        ('<meta charset="utf-8">', "utf-8", "utf-8"),
    ],
)
def test_declared_encoding(head: str, encoding: str, codec: str) -> None:
    """The encoding that a page declares is used, under the name that browsers give it."""
    word = {"cp1251": "Берлин", "shift_jis": "東京"}.get(codec, "Zürich")
    assert read("a.html", f"{head}<p>{word}</p>".encode(codec)) == (word, encoding)


def test_wrongly_declared_encoding() -> None:
    """A declaration that the bytes contradict is not believed."""
    assert read("a.html", '<meta charset="utf-8"><p>Zürich and Genève</p>'.encode("cp1252")) == (
        "Zürich and Genève",
        "cp1252",
    )


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<html><body><script>render()</script></body></html>", "without text"),
        ("<!-- <p>only a comment", "without text"),
        ("<div>" * 5000 + "x", "inside each other"),
        ("<p " + " ".join(f"a{n}=1" for n in range(5000)) + ">x</p>", "attributes in one tag"),
    ],
)
def test_no_text(markup: str, reason: str) -> None:
    """A page without text, or nested beyond reason, is an error with a remedy."""
    with pytest.raises(UnreadableRelease, match=f"^a.html: is HTML .*{reason}.*save"):
        read("a.html", markup.encode())


@pytest.mark.parametrize("cut", [30, 200, 400, 700])
def test_truncated(cut: int) -> None:
    """A page that breaks off anywhere is read as far as it goes."""
    page = "<html><body><h1>Acme</h1>" + "<table><tr><td>A<td>1</table><p>word <a href='x'>link</a></p>" * 20
    assert text_of(page[:cut]).startswith("Acme")


def test_nesting_within_limits_is_quick() -> None:
    """The deepest nesting that is read takes no recursion and little time."""
    start = time.perf_counter()
    assert text_of("<table><tr><td><ul><li>" * 400 + "x") == "- x"
    assert time.perf_counter() - start < 10
