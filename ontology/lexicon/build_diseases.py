"""Makes `diseases.tsv`, the disease lexicon, from a table of the Human Disease Ontology.

    python ontology/lexicon/build_diseases.py diseases_doid.tsv

The input has the columns id, label, exact_synonyms, xrefs and parents, several values parted by "|". The output
is described in the README beside this file. Run again on a newer table, it gives the newer lexicon; the same
table gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from kg.namespaces import slug

#: Names that are words of everyday or of regulatory English, or abbreviations of something else in releases.
NOT_A_NAME = frozenset(
    [
        "amenia",
        "cold",
        "crabs",
        "disease",
        "disorder",
        "favus",
        "illness",
        "leeches",
        "lyssa",
        "plague",
        "ranula",
        "shock",
        "sickness",
        "syndrome",
        "torula",
    ]
) | {"physical disorder", "common cold", "medical condition"}

#: Abbreviations that mean one disease wherever they stand. All others are left to the release that defines them.
ABBREVIATIONS = frozenset(
    [
        "ADPKD",
        "ADHD",
        "AFib",
        "AIDS",
        "ALS",
        "AML",
        "ARDS",
        "ATLL",
        "CIDP",
        "CKD",
        "CLL",
        "CML",
        "CMML",
        "COPD",
        "CTCL",
        "CVID",
        "DLBCL",
        "EGPA",
        "FSGS",
        "GBM",
        "GERD",
        "GIST",
        "GvHD",
        "HNSCC",
        "HPV",
        "IBD",
        "IPF",
        "MDS",
        "MERS",
        "MGUS",
        "NASH",
        "NSCLC",
        "PAH",
        "PCOS",
        "PKU",
        "PNH",
        "PTSD",
        "RCC",
        "RSV",
        "SARS",
        "SCID",
        "SCLC",
        "SLE",
        "TNBC",
        "UTI",
    ]
)

#: Kinds of cross-reference that are kept, under the prefixes of `kg.namespaces`.
PREFIX_OF = {"NCI": "NCIT", "MESH": "mesh"}

LONGEST_NAME = 90  # longer ones are descriptions, never printed in a release

_ABBREVIATION = re.compile(r"(?=.*[A-Z].*[A-Z0-9]|.*[0-9])[A-Za-z0-9+-]{1,12}")


def is_usable(name: str) -> bool:
    """Whether a name may be looked for in text."""
    if _ABBREVIATION.fullmatch(name):
        return name in ABBREVIATIONS
    return 3 <= len(name) <= LONGEST_NAME and name.casefold() not in NOT_A_NAME


def lexicon(rows: list[dict[str, str]]) -> list[tuple[str, str, str, str, str]]:
    """The lines of the lexicon, in the order of their slugs.

    Diseases whose label is not usable go; their narrower ones are then joined to what was above them.
    """
    kept = {
        row["id"]: row
        for row in rows
        if row["label"].casefold() not in NOT_A_NAME and len(row["label"]) <= LONGEST_NAME
    }
    labels = Counter(slug(row["label"]) for row in kept.values())
    slugs = {
        id_: slug(row["label"])
        if labels[slug(row["label"])] == 1
        else slug(f"{row['label']} {id_.partition(':')[2]}")
        for id_, row in kept.items()
    }
    label_of = {row["label"].casefold(): id_ for id_, row in kept.items()}
    references = Counter(x for row in rows for x in set(row["xrefs"].split("|")))
    synonym_owners = Counter(
        s.casefold()
        for row in kept.values()
        for s in {s.casefold() for s in row["exact_synonyms"].split("|")}
    )
    parents_of = {row["id"]: [p for p in row["parents"].split("|") if p] for row in rows}

    def near_parents(id_: str) -> set[str]:
        out: set[str] = set()
        for parent in parents_of.get(id_, ()):
            out |= {parent} if parent in kept else near_parents(parent)
        return out

    lines = []
    for id_, row in kept.items():
        seen = {row["label"].casefold()}
        synonyms = []
        for name in sorted(filter(None, row["exact_synonyms"].split("|")), key=lambda n: (n.casefold(), n)):
            folded = name.casefold()
            # a name that two diseases share says nothing; the label of another disease belongs to it
            if folded in seen or synonym_owners[folded] > 1 or label_of.get(folded, id_) != id_:
                continue
            if is_usable(name):
                seen.add(folded)
                synonyms.append(name)
        codes = [id_]
        for reference in sorted(filter(None, row["xrefs"].split("|"))):
            source, _, code = reference.partition(":")
            # a code that two diseases share is a mapping to something broader
            if source in PREFIX_OF and references[reference] == 1:
                codes.append(f"{PREFIX_OF[source]}:{code}")
        parents = sorted(slugs[parent] for parent in near_parents(id_))
        lines.append((slugs[id_], row["label"], "|".join(synonyms), "|".join(codes), "|".join(parents)))
    return sorted(lines)


def main() -> None:
    """Read the table named on the command line, write the lexicon beside this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("table", type=Path, help="tab-separated table of the Human Disease Ontology")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("diseases.tsv"))
    arguments = parser.parse_args()
    with arguments.table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = lexicon(rows)
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        file.write("slug\tlabel\tsynonyms\tcodes\tparents\n")
        file.writelines("\t".join(line) + "\n" for line in lines)
    print(f"{arguments.out}: {len(lines)} diseases of {len(rows)}")


if __name__ == "__main__":
    main()
