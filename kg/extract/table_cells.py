"""One cell of a table → whether it is a figure, and what it says: number, unit, count, share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.extract.patterns import Pattern

#: Units printed with the figure and not in the heading; none that a dose has.
CELL_UNITS: Final = (
    r"(?:cm/(?:year|yr)|cm\sper\syear|m/s|mm[²2]/(?:year|yr)|mL/year|mL/min/kg|L/min|mg/mmol|mg/24\s?h|g/24\s?h|g/day"
    r"|mmol/mol|mmol/24\s?h|pmol/L|mU/L|ng/L|pg/L|[µu]mol/g|g/g|mg/mg|kg/m[²2]|g/cm[²2]|cells/mm[³3]|eos/hpf|eosinophils/hpf|copies/[µu]g"
    r"|nmol/h/mg|cmH2O|cm\s?H2O|kPa|Wood\sunits|dyn[\w.·*/-]*cm-?5|centiloids?|logMAR|diopters?|dioptres?|D(?=\s*$)|bpm|beats/min|dB|SD(?=\s*$)|SUVR|AU(?=\s*$)"
    r"|(?:score\s)?units|pp|ppts?|pts?|(?:events?|episodes?|attacks?|bleeds|seizures|exacerbations|days|migraines)\s?(?:/|\sper\s)\s?(?:patient-)?(?:year|yr|month|week|day)|per\s(?:patient-)?year"
    r"|mL/min(?:/1\.73\s?m(?:2|²))?(?:/(?:year|yr)|\s+per\s+year)?|log10\s(?:IU|copies|CFU)/(?:mL|g)|percentage\s+points"
    r"|copies/mL|cells/[µu]L|mEq/L|ng/dL|[µu]g/L|[µu]g/mL|mIU/mL|m[²2]|mm[²2]|seconds|minutes|hours|metres|meters|microns|µm"
    r"|g(?=\s*$)|months?|mos?|weeks?|wks?|years?|yrs?|points?|letters|days|[µu]mol/[lL]|mmol/[lL]|nmol/[lL]|[µu]M|nM|mL|cm|[Kk]g|mm\s?Hg|ng/mL|pg/mL"
    r"|g/dL|g/L|mg/dL|mg/g|IU/mL|IU/dL|U/L|lbs?|pounds|-?fold)"
)
_NUMBER: Final = r"[-−–+]?\s?\d[\d,]*(?:\.\d+)?"
_BOUND: Final = r"[<>≥≤~≈]"
_P: Final = r"(?:nominal\s)?[pP]\s?(?:[- ]?[vV]alue\s?)?\s?[<=>≤]\s?0?\.\d+"
#: What a parenthesis behind a figure may hold: an interval, a count, a share, a spread, a p-value.
_INSIDE: Final = (
    rf"(?:[-−–—\d.,;:%/<>=≥≤+±\s*]|\b(?:to|of|and|NE|NR|NA|N/A|CI|CrI|range|out|IQR|SD|SE|SEM|[nNpP]|[Nn]ominal|[Nn]ot|[Ss]ignificant|NS|n\.s"
    rf"|vs|{CELL_UNITS})(?![A-Za-z]))"
)
_PAREN: Final = rf"\s?[(\[]{_INSIDE}{{1,60}}[)\]]"
_P_BEHIND: Final = rf"(?:[,;]\s?|\s)\(?{_P}\s?\)?|[,;]\s?(?:not\s+significant|NS|n\.s\.)"
_NOTE: Final = r"\s?[*†‡§¶#^¹²³⁴]+|(?<=[\d%)])[a-d](?![A-Za-z])"
_ONE: Final = (
    rf"{_BOUND}?\s?\$?\(?\s?{_NUMBER}\s?(?:(?:%|[x×](?!\w)|{CELL_UNITS}(?!\w))\s?)?\)?(?:\s?(?:/|of)\s?\d+)?"
    rf"(?:\s?(?:±|\+/-)\s?{_NUMBER}\s?%?)?(?:{_PAREN}|{_P_BEHIND}|{_NOTE})*"
)
#: "9.5 vs. 6.0", "-1.1 kg or -1.2%"
_TWO: Final = rf"(?:(?:\s?\b(?:vs?\.?|versus|or)\s?|\s/\s){_ONE})"
_RATIO: Final = (
    r"(?:(?P<ratio>HR|OR|RR|IRR|[Hh]azard [Rr]atio|[Oo]dds [Rr]atio|[Rr]ate [Rr]atio)\s?[:=,]?\s?(?:of\s)?)"
)
#: "36.1–54.2", "(6.4, NE)": an interval that stands alone.
_INTERVAL: Final = (
    rf"[(\[]?\s?(?:95\s?%\s?CI[:,]?\s?)?{_NUMBER}\s?%?(?:\s?[-–—]\s?|[,;]\s+|\s+to\s+)"
    rf"(?:{_NUMBER}|NE|NR|NA)\s?%?\s?[)\]]?"
)
_FIGURE: Final = Pattern(
    rf"{_RATIO}?{_ONE}{_TWO}?"
    rf"|{_P}[*†‡§]*"
    rf"|{_INTERVAL}"
    r"|\d{1,2}\s(?:u|c)?(?:CR|PR|SD)s?"
    r"|(?:NE|NR|NA|ND|NS|N/A|n/a|n\.a\.|n\.s\.|[-–—−]{1,2}|[Rr]eference|"
    r"[Nn]ot (?:reached|estimable|evaluable|mature|available|applicable|significant|yet mature|calculable)|[Ii]mmature"
    r"|[Pp]ending|[Oo]ngoing)"
    r"(?:\s?[(\[][^()]*[)\]])?"
)
_VALUE: Final = Pattern(
    rf"{_RATIO}?(?P<bound>{_BOUND})?\s?(?P<sign>[-−–+]?)\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?"
    rf"(?:(?P<percent>%)|(?P<unit>{CELL_UNITS})(?!\w))?(?:\s?(?:/|of)\s?(?P<of>\d+))?"
    rf"(?:\s?(?:±|\+/-)\s?{_NUMBER}\s?%?)?(?P<rest>(?:{_PAREN}|{_P_BEHIND}|{_NOTE})*)"
)
_NEXT: Final = Pattern(r"\s?(?P<how>\b(?:vs?\.?|versus|or)|/)\s?")
_SHARE: Final = Pattern(r"[(\[]\s?(?P<share>\d[\d.]*)\s?(?P<percent>%?)\s?[)\]]")
_COUNTED: Final = Pattern(r"[(\[]\s?\d+\s?(?:/|(?:out\s)?of)\s?(?P<of>\d+)\s?[)\],;]")
#: Cells that go with a figure and are none.
_NO_VALUE: Final = Pattern(rf"{_P}[*†‡§]*|{_INTERVAL}")


@dataclass(frozen=True, slots=True)
class CellValue:
    """One figure of a cell.

    Attributes:
        number: with its minus, as printed otherwise ("-1,214.5").
        unit: that stands behind it ("%", "months"); empty where none does.
        of: how many it is a count of: "9" of "9/20"; 0 where it is none.
        share: the share that a parenthesis gives beside a count: "65.0" of "78 (65.0)".
        percent: whether it does so with the sign.
        counted: how many a share was counted in: "20" of "45% (9/20)".
        ratio: the kind of ratio that stands before it ("HR").
        bound: whether it is but a bound ("<0.001").
        signed: whether a plus or a minus stands before it.
    """

    number: str
    unit: str
    of: int
    share: str
    percent: bool
    counted: int
    ratio: str
    bound: bool
    signed: bool = False


@lru_cache(1024)  # each rule on tables asks of the same cells
def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure, or says that there is none."""
    return _FIGURE.fullmatch(cell) is not None


def cell_values(cell: str) -> tuple[CellValue, ...]:
    """The figures of a cell: one, or two of one thing ("-1.1 kg or -1.2%"); of two arms ("9.5 vs. 6.0") the first."""
    if _NO_VALUE.fullmatch(cell):
        return ()
    out: list[CellValue] = []
    at = 0
    while (found := _VALUE.match(cell, at)) is not None:
        share = _SHARE.search(found["rest"])
        counted = _COUNTED.search(found["rest"])
        sign = "-" if found["sign"] in ("-", "−", "–") and found["sign"] else ""
        out.append(
            CellValue(
                f"{sign}{found['number']}",
                "%" if found["percent"] else (found["unit"] or ""),
                int(found["of"] or 0),
                share["share"] if share else "",
                bool(share and share["percent"]),
                int(counted["of"]) if counted else 0,
                found["ratio"] or "",
                found["bound"] is not None,
                bool(found["sign"]),
            )
        )
        more = _NEXT.match(cell, found.end())
        if more is None or more["how"] != "or":
            break
        at = more.end()
    return tuple(out)
