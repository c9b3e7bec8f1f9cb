"""Logs with headings of other trades, of the security plans of the United States, and in natural Welsh."""

from __future__ import annotations

from tests.services.imports.foreign_logs.model import ForeignLog, build_csv
from tests.services.imports.foreign_logs.text_columns import LEAFLET, RING, ROOM, TEXTS

DUE = {"due": "2014-01-31"}

WORDS = [
    ForeignLog(
        "plan of action and milestones",
        build_csv(
            ("POAM ID", "Weakness", "POC", "Scheduled Completion Date", "Severity", "Status"),
            ("V-1", RING, "Bawso", "2014-01-31", "Critical", "Ongoing"),
            ("V-2", LEAFLET, "AHTC", "2014-02-14", "Moderate", "Completed"),
        ),
        {RING: {"lead": "Bawso", **DUE, "priority": "high"}, LEAFLET: {"priority": "medium", "status": "done"}},
    ),
    ForeignLog(
        "plan of action with changes of milestones",
        build_csv(
            ("Item ID", "Weakness Description", "Point of Contact", "Scheduled Completion Date", "Milestone Changes"),
            ("V-1", RING, "Bawso", "2014-01-31", ""),
            ("V-2", LEAFLET, "AHTC", "2014-02-14", "Moved once"),
        ),
        {RING: {"lead": "Bawso", **DUE}, LEAFLET: {}},
        named=("Milestone Changes",),
    ),
    ForeignLog(
        "remediation beside the finding",
        build_csv(
            ("Finding", "Remediation", "Point of Contact", "Planned Completion Date"),
            ("The harbour was not rung for a year", RING, "Bawso", "2014-01-31"),
            ("The leaflet is in one language only", LEAFLET, "AHTC", "2014-02-14"),
        ),
        {RING: {"lead": "Bawso", **DUE}, LEAFLET: {}},
        named=("Finding",),
    ),
    ForeignLog(
        "completion beside scheduled date",
        build_csv(
            ("Task", "Assigned Person", "Scheduled Date", "Completion Date", "Issue Status"),
            (RING, "Bawso", "2014-01-31", "", "Open"),
            (LEAFLET, "AHTC", "2013-10-14", "2013-11-13", "Resolved"),
        ),
        {RING: DUE, LEAFLET: {"due": "2013-10-14", "closed_on": "2013-11-13", "status": "done"}},
    ),
    ForeignLog(
        "developer and fixed date",
        build_csv(
            ("Bug no", "Issue/Risk Description", "Developer", "Fixed Date", "Priority", "Status"),
            ("1", RING, "Bawso", "13/11/2013", "Critical", "Solved"),
            ("2", LEAFLET, "AHTC", "", "Moderate", "Open"),
        ),
        {RING: {"closed_on": "2013-11-13", "status": "done", "priority": "high"}, LEAFLET: {"priority": "medium"}},
    ),
    ForeignLog(
        "finished",
        build_csv(("To do", "Resource(s)", "FINISHED"), (RING, "Bawso", "yes"), (LEAFLET, "AHTC", "no")),
        {RING: {"status": "done", "lead": "Bawso"}, LEAFLET: {}},
    ),
    ForeignLog(
        "next steps as on a day",
        build_csv(
            ("No", "Next Steps (as on 12/11/2013)", "Resources", "Target"),
            ("1", RING, "Bawso", "31/01/2014"),
            ("2", LEAFLET, "AHTC", "14/02/2014"),
        ),
        {RING: {"lead": "Bawso", **DUE}, LEAFLET: {}},
    ),
    ForeignLog(
        "topic beside next steps",
        build_csv(
            ("Topic", "Next Steps as at 12 November 2013", "Person", "By"),
            ("Rota", RING, "Bawso", "31/01/2014"),
            ("Leaflet", LEAFLET, "AHTC", "14/02/2014"),
        ),
        {RING: {"lead": "Bawso", **DUE}, LEAFLET: {}},
        named=("Topic",),
    ),
    ForeignLog(
        "matter beside what is needed",
        build_csv(
            ("Matter", "What is needed", "Who", "When"),
            ("Rota", RING, "Bawso", "31/01/2014"),
            ("Leaflet", LEAFLET, "AHTC", "14/02/2014"),
        ),
        {RING: {"lead": "Bawso", **DUE}, LEAFLET: {}},
        named=("Matter",),
    ),
    ForeignLog(
        "recommendation beside a next step",
        build_csv(
            ("Argymhelliad", "Y corff cyfrifol", "Dyddiad cyflawni disgwyliedig", "Cam nesaf", "Hynt y gwaith"),
            (RING, "Bawso", "31/01/2014", "Llythyr", "Ar waith"),
            (LEAFLET, "AHTC", "14/02/2014", "", "Ar waith"),
        ),
        {RING: {"lead": "Bawso", **DUE}, LEAFLET: {}},
        named=("Cam nesaf",),
    ),
    ForeignLog(
        "findings of an audit",
        build_csv(
            ("Finding No", "Finding", "Responsible manager", "Implementation date", "Position"),
            ("1", RING, "Bawso", "31/01/2014", "Implemented"),
            ("2", LEAFLET, "AHTC", "14/02/2014", "Not yet due"),
        ),
        {RING: {"lead": "Bawso", **DUE, "status": "done"}, LEAFLET: {"status": "planned"}},
    ),
    ForeignLog(
        "mitigated risks",
        build_csv(
            ("Risk Description", "Risk Owner", "Target Date", "Status"),
            (RING, "Bawso", "31/01/2014", "Mitigated"),
            (LEAFLET, "AHTC", "14/02/2014", "Fixed"),
        ),
        {RING: {**DUE, "status": "done"}, LEAFLET: {"status": "done"}},
    ),
    ForeignLog(
        "semicolons and responsible party",
        build_csv(
            ("Nr", "Corrective Action", "Responsible Party", "Scheduled Finish"),
            ("1", RING, "Bawso", "31/01/2014"),
            ("2", LEAFLET, "AHTC", "14/02/2014"),
            separator=";",
        ),
        {RING: {"lead": "Bawso", **DUE}, LEAFLET: {}},
    ),
]


def _build_welsh(name: str, *headings: str) -> ForeignLog:
    """Return a log with these headings of number, text, owner, date, state and progress."""
    return ForeignLog(
        name,
        build_csv(
            headings,
            ("1", RING, "Bawso", "31/01/2014", "Ar y gweill", "Mae'r gwaith wedi dechrau ers mis"),
            ("2", LEAFLET, "AHTC", "14/02/2014", "Heb ddechrau", "Dim cyllid ar hyn o bryd"),
            ("3", ROOM, "Bawso", "28/02/2014", "Wedi'i gwblhau", "Cynhaliwyd y cyfarfod yn y neuadd"),
        ),
        {
            RING: {"lead": "Bawso", **DUE, "status": "in_progress", "progress": "Mae'r gwaith wedi dechrau ers mis"},
            LEAFLET: {"status": "planned"},
            ROOM: {"status": "done"},
        },
    )


_BODIES = ("Bawso", "New Pathways", "Gwent Police")
_STATES = ("Ar y gweill", "Heb ddechrau", "Wedi'i gwblhau")
WELSH = [
    _build_welsh(
        "board", "Rhif", "Cam i'w gymryd", "Pwy sy'n gyfrifol", "Erbyn pryd", "Sefyllfa bresennol", "Diweddariad"
    ),
    _build_welsh(
        "forum", "Rhif y cam", "Beth sydd angen ei wneud", "Pwy fydd yn gwneud hyn", "Dyddiad i'w gwblhau", "Statws",
        "Y cynnydd a wnaed",
    ),
    _build_welsh(
        "minutes", "Eitem", "Camau sydd eu hangen", "I'w weithredu gan", "Dyddiad terfyn", "Cyflwr", "Ble rydym ni arni"
    ),
    _build_welsh(
        "council", "Cyf", "Mater i'w ddatrys", "Swyddog sy'n gyfrifol", "Erbyn pa bryd", "Y sefyllfa bresennol",
        "Diweddariad ar gynnydd",
    ),
    _build_welsh(
        "mutations", "Rhif cyf.", "Gweithredu y cytunwyd arno", "Aelod arweiniol", "Dyddiad cwblhau disgwyliedig",
        "Statws y gweithredu", "Cynnydd hyd yma",
    ),
    *(
        ForeignLog(
            f"states under {heading}",
            build_csv(("Cam gweithredu", "Pwy", heading), *zip(TEXTS, _BODIES, _STATES, strict=True)),
            {text: {"status": "planned"} for text in TEXTS},
            asked=frozenset({("column", heading)}),
            answers={("column", heading): "theirs"},
            taken_after={TEXTS[0]: {"status": "in_progress"}, TEXTS[1]: {}, TEXTS[2]: {"status": "done"}},
        )
        for heading in ("Sut mae'n mynd", "Sut mae pethau", "Ble mae hi arni")
    ),
]  # fmt: skip
