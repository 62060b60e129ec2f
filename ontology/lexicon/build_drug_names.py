"""Makes `kg/extract/lexicon/drug_names.tsv`, names under which drugs are known, from the DrugBank Open Data.

    pip install wordfreq
    pip download --no-deps drug-named-entity-recognition && unzip -d unpacked drug_named_entity_recognition-*.whl
    python ontology/lexicon/build_drug_names.py unpacked/drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2

The package `drug-named-entity-recognition` (MIT) carries the names of DrugBank's open vocabulary (CC0).  Its file is a
Python pickle: read none that came from elsewhere.  What is frequent in English, by `wordfreq`, is left out.  The output
has one line for each name, in small letters; the same file gives the same bytes.
"""

from __future__ import annotations

import argparse
import bz2
import pickle
import re
from pathlib import Path

from wordfreq import zipf_frequency

#: Names as other languages and the Latin pharmacopoeia have them; salts and esters.
FOREIGN = re.compile(r"(?:um|ina|asa|ida|ona|ino|ane|ilo|olo|ato|ico|acid|ate|ose)$")
#: Elements, classes, and what the body is made of or laboratories use: in a release rarely the drug.
SUBSTANCE = re.compile(
    r"(?:ium|s|kinin|nectin|ferrin|globin|porphyrin|redoxin|dine|sine|ene|lin|ol|ide|ate|ose|yl|in)$"
)
#: How frequent a name may be: on the Zipf scale, by which 2 is ten in a thousand million words.
MOST = 2.0


def names(canonical: dict[str, dict[str, object]], variants: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Each name and whether it is a `brand`, which is printed with a capital, or `generic`."""
    drugs = {name for name, data in canonical.items() if "drugbank_id" in data}
    rare = (name for name in {*drugs, *variants} if zipf_frequency(name, "en") < MOST)
    out = {}
    for name in rare:
        if name in drugs:
            if re.fullmatch(r"[a-z]{7,}", name) and not SUBSTANCE.search(name):
                out[name] = "generic"
        elif (
            re.fullmatch(r"[a-z]{5,14}", name)
            and not FOREIGN.search(name)
            and drugs.intersection(variants[name])
        ):
            out[name] = "brand"
    return sorted(out.items())


def main() -> None:
    """Read the file named on the command line, write the lexicon."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dictionary", type=Path, help="drug_ner_dictionary.pkl.bz2 of the package")
    home = Path(__file__).resolve().parents[2] / "kg" / "extract" / "lexicon" / "drug_names.tsv"
    parser.add_argument("--out", type=Path, default=home)
    arguments = parser.parse_args()
    read = pickle.loads(bz2.decompress(arguments.dictionary.read_bytes()))  # noqa: S301 - see above
    found = names(read["drug_canonical_to_data"], read["drug_variant_to_canonical"])
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Names of drugs, from the DrugBank Open Data (CC0), by ontology/lexicon/build_drug_names.py.\n"
        )
        file.write("name\tkind\n")
        file.writelines(f"{name}\t{kind}\n" for name, kind in found)
    print(f"{arguments.out}: {len(found)} names")


if __name__ == "__main__":
    main()
