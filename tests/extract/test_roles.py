"""Who holds which post: hits and near misses."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Entity, Fact, Value

States = Callable[[str, str], set[tuple[str, str]]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ('"We are glad," said Jane Doe, M.D., Ph.D., chief medical officer of Acme.', {("Jane Doe", "Acme Therapeutics")}),
        ('"We are glad," said Jane Doe, MFA, chief executive officer of the Sleepwell Foundation.', {("Jane Doe", "Sleepwell Foundation")}),
        ("Acme named Jane Doe Chief Technology Officer.", {("Jane Doe", "Acme Therapeutics")}),
        ("At the AGM, Jane Doe and Bob Low were re-elected as directors.", {("Jane Doe", "Acme Therapeutics"), ("Bob Low", "Acme Therapeutics")}),
        ("Jane Doe will take over as CEO on 1 September.", {("Jane Doe", "Acme Therapeutics")}),
        ('"Good," said Dr Jane Doe, Consultant in Infectious Diseases at the Saltmarsh Hospital in Leeds and a clinical advisor to Acme.', {("Jane Doe", "Saltmarsh Hospital"), ("Jane Doe", "Acme Therapeutics")}),
        ('"We are glad," said Jane Doe, our president.', {("Jane Doe", "Acme Therapeutics")}),
        ("Dr. Jane Doe, Professor of Medicine at Stanford University, led it.", {("Jane Doe", "Stanford University")}),
        ("Jane Doe joined as Chief Financial Officer on May 2.", {("Jane Doe", "Acme Therapeutics")}),
        ("Ms. Jane Doe previously served as Vice President at Pfizer.", {("Jane Doe", "Pfizer")}),
        ("The board includes Jane Doe (CEO).", {("Jane Doe", "Acme Therapeutics")}),
        ("Acme announced the appointment of Jane Doe, MD, CM, FACS, FRCSC, as Chief Medical Officer.", {("Jane Doe", "Acme Therapeutics")}),
        ('"Fine," said Jane Doe, Representative Director and Chief Strategy Officer at Acme.', {("Jane Doe", "Acme Therapeutics")}),
        ("Acme appointed Jane Doe, M.D., as Chief Medical Officer and Bob Low as Chief Financial Officer.", {("Jane Doe", "Acme Therapeutics"), ("Bob Low", "Acme Therapeutics")}),
        ("Acme strengthened its Board of Directors with the appointment of Jane Doe.", {("Jane Doe", "Acme Therapeutics")}),
        ('"Fine," said Jane Doe, Professor of Oncology at Charité – Universitätsmedizin Berlin.', {("Jane Doe", "Charité – Universitätsmedizin Berlin")}),
        ("Jane Doe M.D. appointed as Chief Development Officer, effective May 3, 2021", {("Jane Doe", "Acme Therapeutics")}),
        ("Dr. Jane Doe, President of Saltmarsh University Cancer Institute and Hospital, led it.", {("Jane Doe", "Saltmarsh University Cancer Institute and Hospital")}),
        ('"Fine," said Jane Doe, CEO of Brightfield (Suzhou) Biologics Co., Ltd.', {("Jane Doe", "Brightfield (Suzhou) Biologics")}),
        ('"Good," said Jane Ryu, Ph. D., vice president of Acme.', {("Jane Ryu", "Acme Therapeutics")}),
        ('"Good," said Jane d\'Orsay, M.B., Ch.B., Consultant Hepatologist at Saltmarsh Hospital.', {("Jane d'Orsay", "Saltmarsh Hospital")}),
        ('"Good," said Dr. Jane Doe, president of Saltmarsh Soka hospital and principal investigator.', {("Jane Doe", "Saltmarsh Soka hospital")}),
        ('"Good," said Jane Doe, Acme EVP, Research & Development.', {("Jane Doe", "Acme Therapeutics")}),
        ('"Good," said Jane Doe, M.S., R.N., nurse practitioner at Saltmarsh Hospital.', {("Jane Doe", "Saltmarsh Hospital")}),
        ("Jane Doe, formerly of Pfizer, joins as Chief Technology Officer.", {("Jane Doe", "Acme Therapeutics")}),
        ("Acme promoted Jane Doe, Ph.D., from Vice President, Chemistry to Senior Vice President, Discovery.", {("Jane Doe", "Acme Therapeutics")}),
        ("Investigator Jane Doe, M.D. (Saltmarsh Hospital, Tampa, FL) presented it.", {("Jane Doe", "Saltmarsh Hospital")}),
        ("Acme announced the appointment of Nadja A Rovenska, MD, as Chief Medical Officer.", {("Nadja A Rovenska", "Acme Therapeutics")}),
        ("Acme works with Saltmarsh Hospital, whose Director of Cardiology, Dr. Nadja Rovenska, leads it.", {("Nadja Rovenska", "Saltmarsh Hospital")}),
        ("Outgoing CEO, Jacek Rovenski, will focus on science.", {("Jacek Rovenski", "Acme Therapeutics")}),
        ('Chairman Jacek Rovenski added, "We are focused."', {("Jacek Rovenski", "Acme Therapeutics")}),
        ('Foo Pharma Ltd. [Head Office: Basel, Switzerland. CEO: Severin Rovenski (hereafter, "Foo")] is glad.', {("Severin Rovenski", "Foo Pharma")}),
        ('"Good," said Jane Doe, a patient with lupus.', set()),
        ("Acme Therapeutics, president of the market, grew.", set()),
    ],
)  # fmt: skip
def test_roles(states: States, text: str, roles: set[tuple[str, str]]) -> None:
    """Who holds which post, where."""
    assert states("role", ACME + text) == roles


def test_a_title_ends_before_a_clause(extract: Callable[[str], tuple[Fact, ...]]) -> None:
    """What somebody did before is no part of it."""
    facts = extract(
        "Acme Therapeutics Names Officer\n\nBOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- Acme Therapeutics, Inc. today announced news. "
        "Jane Doe joins as Chief Commercial Officer after most recently serving as a consultant.\n"
    )
    assert {str(f.qualifier("title")[0]) for f in facts if f.relation == "role"} == {
        "Chief Commercial Officer"
    }


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Ann Roe, former Chief Medical Officer at Halden Bio, will join Acme as Chief Executive Officer.", {("Ann Roe", "Acme Therapeutics", "Chief Executive Officer", "asserted"), ("Ann Roe", "Halden Bio", "Chief Medical Officer", "historical")}),
        ("Acme appointed Ann Roe as CEO for an initial term of three years.", {("Ann Roe", "Acme Therapeutics", "CEO", "asserted")}),
        ("Ann Roe, who has led the clinical team since 2019, becomes Chief Medical Officer.", {("Ann Roe", "Acme Therapeutics", "Chief Medical Officer", "asserted")}),
        ("Ann Roe will join the Board as Non-Executive Director on 1 May.", {("Ann Roe", "Acme Therapeutics", "Non-Executive Director", "asserted")}),
        ("Ann Roe will step down as Non-Executive Chair at the AGM in June.", {("Ann Roe", "Acme Therapeutics", "Non-Executive Chair", "historical")}),
        ("Ann Roe brings 20 years of experience, most recently as Chief Business Officer of Halden Bio.", {("Ann Roe", "Halden Bio", "Chief Business Officer", "historical")}),
        ("Ann Roe comes from Halden Bio, where she has been Vice President, Strategy since 2019.", {("Ann Roe", "Halden Bio", "Vice President, Strategy", "historical")}),
        ("Ann Roe joins from Halden Bio, where she was Vice President, Finance. Before that she was an attending neurologist at Saltmarsh Hospital.", {("Ann Roe", "Halden Bio", "Vice President, Finance", "historical"), ("Ann Roe", "Saltmarsh Hospital", "attending neurologist", "historical")}),
        ("Prior to joining Acme, Dr. Ann Roe served as CEO of Halden Bio and as Vice President at Lonza.", {("Ann Roe", "Halden Bio", "CEO", "historical"), ("Ann Roe", "Lonza", "Vice President", "historical")}),
        ("Dr. Ann Roe leads. Earlier in her career, she held positions at Novartis and Lonza, where she was Head of Chemistry.", {("Ann Roe", "Novartis", "", "historical"), ("Ann Roe", "Lonza", "Head of Chemistry", "historical")}),
        ("Acme appointed Ann Roe, MBA, as Chief Business Officer. She succeeds Bob Low, who is leaving.", {("Ann Roe", "Acme Therapeutics", "Chief Business Officer", "asserted"), ("Bob Low", "Acme Therapeutics", "Chief Business Officer", "historical")}),
        ("Dr. Ann Roe of Halden Capital and Bob Low of Merlin Ventures join the Board of Directors of Acme.", {("Ann Roe", "Acme Therapeutics", "Board of Directors", "asserted"), ("Ann Roe", "Halden Capital", "", "asserted"), ("Bob Low", "Acme Therapeutics", "Board of Directors", "asserted"), ("Bob Low", "Merlin Ventures", "", "asserted")}),
        ("The Board comprises Dr. ROE Ann and Mr. Bob LOW as executive Directors.", {("ROE Ann", "Acme Therapeutics", "executive Director", "asserted"), ("Bob LOW", "Acme Therapeutics", "executive Director", "asserted")}),
        ("Executive Board: Dr. Ann Roe (CEO), Bob Low", {("Ann Roe", "Acme Therapeutics", "CEO", "asserted"), ("Bob Low", "Acme Therapeutics", "Executive Board", "asserted")}),
        ("Its chief executive is Ann Roe, PhD.", {("Ann Roe", "Acme Therapeutics", "chief executive", "asserted")}),
        ('"Good," said Professor Ann Roe of Imperial College London, chair of the steering committee.', {("Ann Roe", "Imperial College London", "Professor", "asserted")}),
        ('"Good," said Ann Roe, M.D., hematologist at St. Paul\'s Hospital in Vancouver and trial investigator.', {("Ann Roe", "St. Paul's Hospital", "hematologist", "asserted")}),
        ("Patients were treated at Saltmarsh Hospital in Bonn by Associate Professor Ann Roe.", {("Ann Roe", "Saltmarsh Hospital", "Associate Professor", "asserted")}),
        ("Bob Low, CEO of Acme, and Bob Low, President and CEO of Acme, are one.", {("Bob Low", "Acme Therapeutics", "President and CEO", "asserted")}),
        ("Acme said that its CFO, Daniel Reyes, has resigned.", {("Daniel Reyes", "Acme Therapeutics", "CFO", "historical")}),
        ("Members of the board are Dr. Ann Roe (chair), Dr. Bob Low and Dr. Carl Dew.", {("Ann Roe", "Acme Therapeutics", "chair", "asserted"), ("Bob Low", "Acme Therapeutics", "Member of the board", "asserted"), ("Carl Dew", "Acme Therapeutics", "Member of the board", "asserted")}),
        ('"Good," said Ann Meller, MD, FMedSci, CEO of Acme. Meller serves on the boards of two listed firms, including Halden Pharma and Merlin Biotechnology.', {("Ann Meller", "Acme Therapeutics", "CEO", "asserted"), ("Ann Meller", "Halden Pharma", "boards", "asserted"), ("Ann Meller", "Merlin Biotechnology", "boards", "asserted")}),
        ("Dr. Ann Roe joins Acme as President. Her prior roles include CFO positions at Halden Pharma and Merlin Bio.", {("Ann Roe", "Acme Therapeutics", "President", "asserted"), ("Ann Roe", "Halden Pharma", "CFO", "historical"), ("Ann Roe", "Merlin Bio", "CFO", "historical")}),
        ("Ann Roe, MD, who has led Halden Bio as CEO since 2015, joins Acme as Chief Operating Officer.", {("Ann Roe", "Halden Bio", "CEO", "asserted"), ("Ann Roe", "Acme Therapeutics", "Chief Operating Officer", "asserted")}),
        ("Dr. Ann Roe, Assistant Professor of Pediatrics, Newborn Medicine at Foo University, agreed.", {("Ann Roe", "Foo University", "Assistant Professor of Pediatrics, Newborn Medicine", "asserted")}),
        ('"Good," said Ann Roe, M.D., transplant infectious diseases specialist at Saltmarsh Medical Center.', {("Ann Roe", "Saltmarsh Medical Center", "transplant infectious diseases specialist", "asserted")}),
        ('"Good," said Ann Roe, M.D., a professor of medicine.', set()),
        ('"Good," said Professor Ann Roe, Chair of Acme\'s Scientific Advisory Board and Head of Vaccinology at Foo University.', {("Ann Roe", "Acme Therapeutics", "Chair of Acme's Scientific Advisory Board", "asserted"), ("Ann Roe", "Foo University", "Head of Vaccinology", "asserted")}),
        ("Dr. Ann Roe, Head of the Blistering Diseases Clinic at the University of Foo, agreed.", {("Ann Roe", "University of Foo", "Head of the Blistering Diseases Clinic", "asserted")}),
        ("Dr. Ann Roe is CEO of Halden Pharma plc (LSE: HLD), which she joined in 2017 from Merlin Bio, where she was Senior Director.", {("Ann Roe", "Halden Pharma", "CEO", "asserted"), ("Ann Roe", "Merlin Bio", "Senior Director", "historical")}),
        ("Ann Roe – Chief Financial Officer", {("Ann Roe", "Acme Therapeutics", "Chief Financial Officer", "asserted")}),
        ("Acme was founded in 2015 by Prof. Ann Roe and Dr. Bob Low of Foo University.", {("Ann Roe", "Acme Therapeutics", "founder", "asserted"), ("Bob Low", "Acme Therapeutics", "founder", "asserted"), ("Bob Low", "Foo University", "", "asserted")}),
        ("Dr. Ann Roe, Head of R&D at Halden Pharma AG, Acme's partner, agreed.", {("Ann Roe", "Halden Pharma", "Head of R&D", "asserted")}),
        ("Dr. Ann Roe, Chief Medical Officer, will retire and be succeeded by Dr. Bob Low.", {("Ann Roe", "Acme Therapeutics", "Chief Medical Officer", "historical"), ("Bob Low", "Acme Therapeutics", "Chief Medical Officer", "asserted")}),
        ("Dr. Ann Roe becomes CFO, replacing interim CFO Bob Low.", {("Ann Roe", "Acme Therapeutics", "CFO", "asserted"), ("Bob Low", "Acme Therapeutics", "CFO", "historical")}),
        ('"Good," said Ann Roe, M.D., Acme\'s Vice President of Development, Endocrine Medical Sciences.', {("Ann Roe", "Acme Therapeutics", "Vice President of Development, Endocrine Medical Sciences", "asserted")}),
        ("● Promoted Ann Roe, M.D., F.A.C.C., to Chief Medical Officer from Senior Vice President.", {("Ann Roe", "Acme Therapeutics", "Chief Medical Officer", "asserted")}),
        ("She will report to Ann Roe, Ph.D., President and Chief Executive Officer, and join the committee.", {("Ann Roe", "Acme Therapeutics", "President and Chief Executive Officer", "asserted")}),
        ("Prof. Ann Roe of Foo University, who discovered AB-101, chairs Acme's Scientific Advisory Board.", {("Ann Roe", "Foo University", "Professor", "asserted"), ("Ann Roe", "Acme Therapeutics", "Scientific Advisory Board", "asserted")}),
        ("Patients go to the Eye Center of Foo University Hospital, where Professor Ann Roe led the study.", {("Ann Roe", "Eye Center of Foo University Hospital", "Professor", "asserted")}),
        ('"Good," said Professor Ann Roe, Department of Internal Medicine II, University of Foo.', {("Ann Roe", "University of Foo", "Professor", "asserted")}),
        ('"Good," said Ann Roe, MD, director of neurology at Foo University Children\'s Hospital.', {("Ann Roe", "Foo University Children's Hospital", "director of neurology", "asserted")}),
        ("Dr. Ann Roe leads it. She is a surgeon by training, trained at Foo University, and is Clinical Professor at Saltmarsh Health & Science University.", {("Ann Roe", "Saltmarsh Health & Science University", "Clinical Professor", "asserted")}),
        ("Dr. Ann Roe, partner of the fund MIG Halden, Halden Bio's largest shareholder, will be proposed as a Director at the General Meeting.", {("Ann Roe", "MIG Halden", "partner", "asserted"), ("Ann Roe", "Acme Therapeutics", "Director", "asserted")}),
        ("Dr. Ann Roe co-founded Halden Bio in 2006 and served as its President from its inception.", {("Ann Roe", "Halden Bio", "President", "historical")}),
        ('"Good," said Ann Roe, M.D., a co-author of the study and chief academic officer at the Cleveland Clinic.', {("Ann Roe", "Cleveland Clinic", "chief academic officer", "asserted")}),
        ("Ann Roe held senior positions at Halden Pharma, including Vice President, Oncology.", {("Ann Roe", "Halden Pharma", "Vice President, Oncology", "historical")}),
        ('"Good," said Ann Roe, chief executive of the charity Cancer Research UK.', {("Ann Roe", "Cancer Research UK", "chief executive", "asserted")}),
        ('"Good," said Ann Roe, Ph.D. Chief Executive Officer of Acme.', {("Ann Roe", "Acme Therapeutics", "Chief Executive Officer", "asserted")}),
        ('"Good," said Professor Ann Roe MD PhD FRACP, Director of Research at Saltmarsh Hospital.', {("Ann Roe", "Saltmarsh Hospital", "Director of Research", "asserted")}),
        ("Ann Roe currently sits on the Strategic Advisory Board of HaldenBio.", {("Ann Roe", "HaldenBio", "Strategic Advisory Board", "asserted")}),
        ("Brigadier General Larry Low, USAF, was told of the changes.", set()),
        ('"Good," said Ann Roe, head of Nuclear Medicine, Foo Lauwersmeer, and coordinating investigator of the trial.', set()),
        ('"Good," said Ann Roe, head of Nuclear Medicine, Academisch Ziekenhuis Foo.', {("Ann Roe", "Academisch Ziekenhuis Foo", "head of Nuclear Medicine", "asserted")}),
        ('"Good," said Dr Fergal Ó Cinnéide, Executive Vice President, Acme.', {("Fergal Ó Cinnéide", "Acme Therapeutics", "Executive Vice President", "asserted")}),
        ("President and Chief Executive Officer Ann Roe co-founded it in 2017.", {("Ann Roe", "Acme Therapeutics", "President and Chief Executive Officer", "asserted")}),
        ("Acme and Halden Pharma, Inc. (Headquarters: Bonn; CEO: Ann Roe, M.D.) signed.", {("Ann Roe", "Halden Pharma", "CEO", "asserted")}),
        ("It was licensed from Halden AB. (Lund, Sweden; President and CEO: Ann Roe), and is sold.", {("Ann Roe", "Halden", "President and CEO", "asserted")}),
        ("Halden Pharma Inc.(Ann Roe, CEO) signed it.", {("Ann Roe", "Halden Pharma", "CEO", "asserted")}),
        ('"Good," said Acme CEO, Ann Roe, Ph.D.', {("Ann Roe", "Acme Therapeutics", "CEO", "asserted")}),
        ("The chief executive of Acme, Ann Roe, said it was good.", {("Ann Roe", "Acme Therapeutics", "chief executive", "asserted")}),
        ('"Good," said EC Huh, Ph.D., President of Halden Pharma.', {("EC Huh", "Halden Pharma", "President", "asserted")}),
        ("Dr. Ann Roe, Head of Clinical Laboratory Medicine of Foo University, agreed.", {("Ann Roe", "Foo University", "Head of Clinical Laboratory Medicine", "asserted")}),
        ("Ann Roe will not stand for re-election.", {("Ann Roe", "Acme Therapeutics", "", "historical")}),
        ('"Good," said Ann Roe, President of the patient organization Alliance Ataxie.', set()),
        ("It was declared an emergency by President Donald Low.", set()),
        ("Acme named Tomasz Wójcik CFO and Liu Xiaomeng COO.", {("Tomasz Wójcik", "Acme Therapeutics", "CFO", "asserted"), ("Liu Xiaomeng", "Acme Therapeutics", "COO", "asserted")}),
        ("Ann Roe, MD, Acme's Chief Medical Officer since 2019, has been promoted to President, R&D.", {("Ann Roe", "Acme Therapeutics", "President, R&D", "asserted")}),
        ("Acme appointed two new directors: Rashid Al-Mansouri, partner at Merlin Ventures; and Chidi Okafor, MD.", {("Rashid Al-Mansouri", "Acme Therapeutics", "director", "asserted"), ("Rashid Al-Mansouri", "Merlin Ventures", "partner", "asserted"), ("Chidi Okafor", "Acme Therapeutics", "director", "asserted")}),
        ("Lead investigator Paolo Ferrantini, MD, of the University of Padua presented the data.", {("Paolo Ferrantini", "University of Padua", "Lead investigator", "asserted")}),
        ("Dr. Ann Roe, principal investigator of the trial, presented the data.", set()),
        ("Dr. Ann Roe will report to the Chief Executive Officer.", set()),
    ],
)  # fmt: skip
def test_posts(
    extract: Callable[[str], tuple[Fact, ...]], text: str, posts: set[tuple[str, str, str, str]]
) -> None:
    """Careers told forwards and backwards, boards, investigators: person, place, title and whether it is past."""
    facts = extract(
        f"Acme Therapeutics Provides Update\n\nBOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- {ACME}{text}\n"
    )
    assert {
        (show(f.subject), show(f.object), "".join(map(show, f.qualifier("title"))), f.modality.value)
        for f in facts
        if f.relation == "role"
    } == posts


def show(value: Value | None) -> str:
    return value.label if isinstance(value, Entity) else str(value or "")


def test_posts_in_the_particulars_of_two_firms(extract: Callable[[str], tuple[Fact, ...]]) -> None:
    """Each is its own firm's, as are the codes."""
    facts = extract(
        "Deal on the Business of Otowa\n\nCompany name: Otowa Co., Ltd.\nRepresentative: Ana Mori Representative Director\n"
        "Securities Code: 4893 (Tokyo)\nCompany name: Halden Co., Inc.\n"
        "Representative: Bob Low Representative Director, President and CEO\nSecurities Code: 2802 (Tokyo)\n\n"
        "Otowa Co., Ltd. and Halden Co., Inc. announced today that they will work on drugs for the stomach and the gut"
        " in a firm that both of them own.\n"
    )
    told = {(f.relation, show(f.subject), show(f.object)) for f in facts if f.relation in ("role", "ticker")}
    assert told == {
        ("role", "Ana Mori", "Otowa"),
        ("role", "Bob Low", "Halden"),
        ("ticker", "Otowa", "TSE:4893"),
        ("ticker", "Halden", "TSE:2802"),
    }
