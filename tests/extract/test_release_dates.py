"""The day of a release, wherever it is printed: hits and near misses."""

from __future__ import annotations

import pytest

from kg.extract.document import read_layout
from kg.extract.release_dates import published

BODY = "Acme Therapeutics, Inc. today announced that the first patient was treated in its trial of AB-101.\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Acme Treats First Patient\n\nBOSTON, May 3, 2021 (GLOBE NEWSWIRE) -- {BODY}", "2021-05-03"),
        (f"Acme Treats First Patient\n\nBOSTON--(BUSINESS WIRE)--Jul. 7, 2021--{BODY}", "2021-07-07"),
        (f"Acme Treats First Patient\n\nLyon (France), 28 June 2024, 6:15 p.m. CEST – {BODY}", "2024-06-28"),
        (f"Acme Treats First Patient\n\n3 May 2021 – Basel, Switzerland – {BODY}", "2021-05-03"),
        (f"Acme Treats First Patient\n\nRIYADH, 14 Rabi' II 1445 / 29 October 2023 – {BODY}", "2023-10-29"),
        (f"Acme Treats First Patient\n\nBONN, Germany--(EQS)--Acme AG -- 29 August 2025\n\n{BODY}", "2025-08-29"),
        (f"Acme\n\n1. Date of occurrence of the event: 2023/11/28\n2. Company name: Acme\n\n{BODY}", "2023-11-28"),
        (f"RNS Number : 1234A\nAcme plc\n03 May 2021\n\nAcme Treats First Patient\n\n{BODY}", "2021-05-03"),
        (f"EQS-News: Acme AG / Key word(s): Study\n03.05.2021 / 07:00 CET/CEST\n\nAcme\n\n{BODY}", "2021-05-03"),
        (f"ASX Announcement 3 May 2021\n\nAcme Treats First Patient\n\n{BODY}", "2021-05-03"),
        (f"Acme Treats First Patient\n05/03/2021 08:00 AM ET\n\nBOSTON -- {BODY}", "2021-05-03"),
        (f"Acme Treats First Patient\n2021-05-03T08:00:00Z\n\n{BODY}", "2021-05-03"),
        (f"Stock Exchange Release 3 May 2021 at 9:00 am (EEST)\n\nAcme Treats Patient\n\n{BODY}", "2021-05-03"),
        (f"05/13/21\n\nAcme Treats First Patient\n\n{BODY}", "2021-05-13"),
        (f"Acme Treats First Patient\n2021/05/03\n\n{BODY}", "2021-05-03"),
        ("Acme Treats First Patient\n\nAcme today (May 3, 2021) announced that it treated a patient.\n", "2021-05-03"),
        (
            "Acme AB (publ): Interim report\n\nPress release, Uppsala, 22 August 2024, 08:00 CEST\n\n"
            f"{BODY}\nPIPELINE (30 June 2024)\n\nAB-101\n",
            "2024-08-22",
        ),
        (f"Acme Treats First Patient\n\nOSAKA, Sept. 6, 2021/PRNewswire-AsiaNet/ -- {BODY}", "2021-09-06"),
        (f"Acme Treats First Patient\n\nMay 3, 2021 (Tokyo) - {BODY}", "2021-05-03"),
        (f"Acme Treats First Patient\n\nBergen, Norway, 28[th] July 2020 - {BODY}", "2020-07-28"),
        (f"Acme Treats First Patient\n\nESPOO, Finland, 3 May 2021 at 9.00 a.m. EEST – {BODY}", "2021-05-03"),
        (f"For immediate release May 3, 2021\n\nAcme Treats First Patient\n\n{BODY}", "2021-05-03"),
        (
            "Acme Treats First Patient\n\nThe issuer is solely responsible for this announcement. "
            f"Basel, Switzerland, July 30, 2012 - {BODY}",
            "2012-07-30",
        ),
        (f"Acme Reports\n\nIt met the agency (the FDA) on May 3, 2021 - late. {BODY}", None),
        (f"Acme Reports\n\n{BODY} It is. It is. It is. A call takes place today, Monday, May 3, 2021.\n", "2021-05-03"),
        (f"Acme to Present at a Conference on May 3, 2021\n\n{BODY}", None),
        (f"Acme Reports\n\n{BODY}The quarter ended March 31, 2021.\n", None),
    ],
)  # fmt: skip
def test_the_day_of_a_release(text: str, day: str | None) -> None:
    """Dateline, date line, title or text; the day of an event told is none."""
    assert published(read_layout(text))[0] == day
