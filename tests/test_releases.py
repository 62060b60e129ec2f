"""Which files are releases, and their text as read out."""

from __future__ import annotations

import hashlib
from html import escape
from pathlib import Path

import pytest

from kg.errors import InputError, UnreadableRelease
from kg.extract import Extractor
from kg.model import Fact
from kg.ontology import load_vocabulary
from kg.releases import LARGEST, SUFFIXES, find_releases, read_release
from kg.resources import data_folder
from tests.pdf_writer import typeset

HEADLINE = "Acme Therapeutics Receives FDA Orphan Drug Designation for ACM-204 in Multiple Myeloma"
BLOCKS = (
    "BOSTON, March 4, 2021 (GLOBE NEWSWIRE) -- Acme Therapeutics, Inc. (Nasdaq: ACMT), a "
    "clinical-stage biotechnology company, today announced that the U.S. Food and Drug "
    "Administration (FDA) has granted orphan drug designation to ACM-204, its antibody-drug "
    "conjugate, for the treatment of multiple myeloma.",
    "ACM-204 is being evaluated in a Phase 2 clinical trial in patients with relapsed or refractory "
    "multiple myeloma. The company expects to enroll 120 patients.",
    '"We are pleased with this designation," said Jane Doe, Chief Executive Officer of Acme '
    'Therapeutics. "It is a milestone for patients who have few options."',
    "About Acme Therapeutics",
    "Acme Therapeutics is developing ACM-204 for the treatment of multiple myeloma.",
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_vocabulary())


def stated(fact: Fact) -> tuple[object, ...]:
    """What a fact says, without where."""

    def shown(value: object) -> str:
        return str(getattr(value, "label", getattr(value, "text", value)))

    qualifiers = tuple((name, shown(value)) for name, value in fact.qualifiers)
    return (fact.relation, shown(fact.subject), shown(fact.object), qualifiers, fact.modality)


def write(folder: Path, suffix: str) -> Path:
    path = folder / f"release{suffix}"
    blocks = (HEADLINE, *BLOCKS)
    match suffix:
        case ".pdf":
            path.write_bytes(typeset(blocks))
        case ".html":
            body = "".join(f"<p>{escape(block).replace(' ', chr(10), 1)}</p>" for block in BLOCKS)
            path.write_text(f"<title>x</title><nav>Menu</nav><h1>{HEADLINE}</h1>{body}", "utf-8")
        case ".md":
            path.write_text(f"# {HEADLINE}\n\n" + "\n\n".join(BLOCKS), "utf-8")
        case _:
            path.write_text("\n\n".join(blocks), "utf-8")
    return path


@pytest.mark.parametrize("suffix", [".md", ".html", ".pdf"])
def test_same_facts_in_all_formats(tmp_path: Path, extractor: Extractor, suffix: str) -> None:
    """A release states the same in whatever format it is published."""
    expected = {stated(f) for f in extractor.extract(read_release(write(tmp_path, ".txt")))}
    found = {stated(f) for f in extractor.extract(read_release(write(tmp_path, suffix)))}
    assert {"designation", "trial", "ticker", "role", "release_date", "drug_indication"} <= {
        f[0] for f in expected
    }
    assert found == expected


@pytest.mark.parametrize("suffix", [".md", ".html", ".pdf"])
def test_offsets_point_into_the_stored_text(tmp_path: Path, extractor: Extractor, suffix: str) -> None:
    """Evidence from any format is an exact slice of the text that is kept."""
    release = read_release(write(tmp_path, suffix))
    facts = extractor.extract(release)
    assert facts
    assert all(e.text == release.text[e.start : e.end] for f in facts for e in f.evidence)


def test_release(tmp_path: Path) -> None:
    """Id, source name, encoding and digest are the file's."""
    path = tmp_path / "a.TXT"
    path.write_bytes("\ufeffLine one\r\nZürich ".encode())
    release = read_release(path)
    assert (release.id, release.source, release.encoding) == ("a", "a.TXT", "utf-8-sig")
    assert release.text == "Line one\r\nZürich "
    assert release.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Acme of Zürich".encode("cp1252"), "Acme of Zürich", "cp1252"),
        ("Zürich".encode("utf-16"), "Zürich", "utf-16"),
        ("Zürich".encode("utf-32"), "Zürich", "utf-32"),
        ("Zürich".encode(), "Zürich", "utf-8"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str, encoding: str) -> None:
    """The encoding of plain text is found by its mark or its bytes."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    release = read_release(path)
    assert (release.text, release.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.html", b" \n", "is empty"),
        ("a.txt", b"a\0b", "NUL"),
        ("a.txt", b"\x01\x02\x03\x04", "control characters"),
        ("a.txt", b"\xff\xfea", "is not the utf-16 text"),
        ("a.txt", b"%PDF-1.4 ...", "is a PDF; name it .pdf"),
        ("a.html", b"PK\x03\x04....", "zip archive"),
        ("a.md", b"\x1f\x8b....", "gzip archive; unpack it"),
        ("a.pdf", b"PK\x03\x04....", "zip archive"),
    ],
)
def test_unreadable(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """What is no release is one line that names file and remedy."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableRelease, match=reason) as error:
        read_release(path)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_too_large(tmp_path: Path, suffix: str) -> None:
    """A huge file is refused before it is read, whatever it calls itself."""
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(UnreadableRelease, match="more than the 20 MB"):
        read_release(path)


def test_find(tmp_path: Path) -> None:
    """A folder gives the files of every format that is read, sorted by stem, and no others."""
    for name in ("b.html", "a.PDF", "c.md", "d.txt", "e.htm", "picture.png", "notes"):
        (tmp_path / name).touch()
    assert [p.name for p in find_releases([tmp_path])] == ["a.PDF", "b.html", "c.md", "d.txt", "e.htm"]


def test_find_named_twice(tmp_path: Path) -> None:
    """A file given twice is one release."""
    (tmp_path / "a.txt").touch()
    assert len(find_releases([tmp_path / "a.txt", tmp_path])) == 1


def test_same_stem(tmp_path: Path) -> None:
    """Two formats of one stem would be one release: both are named."""
    (tmp_path / "a.txt").touch()
    (tmp_path / "a.html").touch()
    with pytest.raises(InputError, match=r"a\.html and .*a\.txt: both would be the release 'a'"):
        find_releases([tmp_path])


def test_nothing_to_find(tmp_path: Path) -> None:
    """A missing path or a folder without releases is an error that says what is looked for."""
    with pytest.raises(InputError, match="no such file"):
        find_releases([tmp_path / "missing"])
    with pytest.raises(InputError, match=r"no release here: .*\*\.html"):
        find_releases([tmp_path])


def test_every_seed_is_read() -> None:
    """The bundled releases are read to the character."""
    seeds = find_releases([data_folder("seeds")])
    assert len(seeds) == len(list(data_folder("seeds").glob("*.txt")))
    for path in seeds:
        assert read_release(path).text == path.read_bytes().decode()
