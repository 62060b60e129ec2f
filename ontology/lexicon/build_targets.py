"""Makes `kg/extract/lexicon/genes.tsv`, the human proteins that drugs act on, from the table of the HGNC.

    python ontology/lexicon/build_targets.py hgnc_entries.tsv

The input is the "complete set" of the HUGO Gene Nomenclature Committee, tab-separated: "HGNC ID", "Approved
symbol", "Approved name", "Status", "Alias symbols", "Previous symbols" and "Locus type".  The output has one line for
each protein: symbol, name, other symbols parted by a bar, and HGNC identifier.  The same table gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

#: Families of which no drug has ever been made, and names that say nothing.
LEFT_OUT = re.compile(
    r"olfactory receptor|open reading frame|zinc finger protein|family with sequence similarity|keratin associated"
    r"|ribosomal protein|^transmembrane protein|coiled-coil domain|uncharacteri[sz]ed|PRAME family|late cornified"
    r"|readthrough|^H\d[AB]?\w? |histone|protocadherin|taste|vomeronasal|speedy|GOLGA|golgin|tudor domain"
    r"|ankyrin repeat|leucine rich repeat|WD repeat|tetratricopeptide|armadillo|cilia and flagella|testis|sperm"
    r"|odorant|NBPF|ubiquitin like",
    re.IGNORECASE,
)
#: Symbols of sequences and clones, of chromosomal places.
CLONE = re.compile(
    r"(?:KIAA|FLJ|DKFZ|MGC|LOC|hCG|HSPC|PRO\d|BC\d|AK\d|bA\d|dJ\d|C\d+orf|CT\d|GS\d)", re.IGNORECASE
)
#: Other symbols that mean something else in a release wherever they stand.
AMBIGUOUS = frozenset(
    ["ACE2R", "ADC", "AIM", "ALL", "ALS", "APC", "ARM", "ART", "ASH", "ASP", "BAD", "BED", "BEST",
     "BID", "BOX", "CAP", "CAR", "CAT", "CHIP", "CLIP", "CMT", "COPD", "COX", "CRC", "CRP", "DAP",
     "DMD", "ENT", "EPS", "FACT", "FAST", "FLAT", "GAP", "GAS", "GEM", "HIT", "HOPE", "IMPACT",
     "INSIGHT", "LAMP", "LARGE", "MAP", "MASK", "MASS", "MICE", "MID", "MS", "NET", "OCT", "ORR",
     "PACE", "PAD", "PAR", "PET", "PFS", "PIGS", "PIP", "PLAN", "PRIME", "PSP", "RAMP", "RAPID",
     "REST", "RISK", "SAD", "SALT", "SCAR", "SET", "SHARP", "SHIP", "SPECT", "STAR", "STEP", "SUN",
     "TASK", "TEAM", "TIP", "TRAP", "TRIP", "WARS", "WAS"]
)  # fmt: skip


def others(row: dict[str, str]) -> list[str]:
    """The other symbols of a gene that releases may print."""
    names = re.split(r",\s*", ", ".join(filter(None, (row["Alias symbols"], row["Previous symbols"]))))
    return [
        name
        for name in dict.fromkeys(names)
        if 3 <= len(name) <= 12
        and not CLONE.match(name)
        and name.upper() not in AMBIGUOUS
        and not re.search(r"[\s()\"|]", name)
        and (any(c.isdigit() for c in name) or len(name) >= 4)
    ]


def lines(rows: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    """The lines of the table, in the order of the symbols; a symbol that two genes share is left to neither."""
    kept = [
        row
        for row in rows
        if row["Status"] == "Approved"
        and row["Locus type"] == "gene with protein product"
        and not LEFT_OUT.search(row["Approved name"])
        and not CLONE.match(row["Approved symbol"])
    ]
    approved = {row["Approved symbol"].upper() for row in rows if row["Status"] == "Approved"}
    owners = Counter(name.upper() for row in kept for name in {n.upper() for n in others(row)})
    return sorted(
        (
            row["Approved symbol"],
            row["Approved name"],
            "|".join(n for n in others(row) if owners[n.upper()] == 1 and n.upper() not in approved),
            row["HGNC ID"],
        )
        for row in kept
    )


def main() -> None:
    """Read the table named on the command line, write the lexicon."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("table", type=Path, help="tab-separated complete set of the HGNC")
    home = Path(__file__).resolve().parents[2] / "kg" / "extract" / "lexicon" / "genes.tsv"
    parser.add_argument("--out", type=Path, default=home)
    arguments = parser.parse_args()
    with arguments.table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = lines(rows)
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Human proteins, from the HUGO Gene Nomenclature Committee (genenames.org; CC0), by"
            " ontology/lexicon/build_targets.py.\n"
        )
        file.write("symbol\tname\tothers\tcode\n")
        file.writelines("\t".join(line) + "\n" for line in found)
    print(f"{arguments.out}: {len(found)} proteins of {len(rows)} entries")


if __name__ == "__main__":
    main()
