"""Minutes in the shapes of councils, boards, forums and community councils, in both languages; all words are invented.

Each has what a reader would record: the items, the decisions, and the actions with lead and due date.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """Minutes with what a reader would record of them."""

    name: str
    text: str
    day: str
    items: tuple[str, ...]
    decisions: tuple[str, ...]
    """The first words of each decision."""
    actions: tuple[tuple[str, str | None, str | None], ...]
    """Words of each action, its lead and its due date; no lead where the register has none of that name."""
    ending: str = ".txt"


BOARD = Shape(
    "board with labels",
    """WALES ANTI HUMAN TRAFFICKING LEADERSHIP GROUP

Minutes of the meeting held on Tuesday 14 May 2013 at 2.00pm in Committee Room 1, Cathays Park

Present:
AHTC (Chair)
SPOC Gwent (SG)
SPOC North Wales (SN)
Bawso (BW)

Apologies: UCLan; NSPCC

1. Welcome and apologies
The Chair welcomed members to the meeting.

2. Minutes of the last meeting
The minutes were accepted as a correct record.

3. Data sharing
3.1 SG reported that the protocol had been drafted. Members discussed the wording.
3.2 It was agreed that the protocol be adopted.
Action: SG to circulate the protocol by 31 May 2013.
ACTION – (BW) Draft a briefing for the health boards by end of June

4. Training
• The plan was discussed.
• RESOLVED that the training plan be approved.
Action 3: SPOC North Wales to report on the first course by 28 June 2013.

5. Date of next meeting
Tuesday 10 September 2013 at 2pm.
""",
    "2013-05-14",
    ("Welcome and apologies", "Minutes of the last meeting", "Data sharing", "Training", "Date of next meeting"),
    ("It was agreed that the protocol", "RESOLVED that the training plan"),
    (
        ("circulate the protocol", "spoc-gwent", "2013-05-31"),
        ("Draft a briefing", "bawso", "2013-06"),
        ("report on the first course", "spoc-north-wales", "2013-06-28"),
    ),
)

COMMUNITY_COUNCIL = Shape(
    "community council",
    """Draft Minutes of the Ordinary Meeting held on Thursday 17th October 2013, at the Welfare Hall, at 6.30 pm
Present: Cllr A Alder, Cllr B Birch, Cllr C Cedar, Cllr D Damson (Chair)
Members of the Public Present: none
82/13 Apologies: Cllr E Elm sent apologies.
83/13 Declarations of Interest: There were no declarations of interest made at this meeting.
84/13 Confirmation of Minutes: RESOLVED that the minutes of the meeting held on 19th September 2013 be approved.
85/13 Roads: The lane is bad. RESOLVED that the Clerk write to the County. Clerk to report back by 21 November 2013.
86/13 Defibrillator: The pads had been replaced. It was resolved to thank the school. Action: Clerk.
87/13 Date of Next Meeting: Thursday 21st November 2013.
""",
    "2013-10-17",
    (
        "Apologies",
        "Declarations of Interest",
        "Confirmation of Minutes",
        "Roads",
        "Defibrillator",
        "Date of Next Meeting",
    ),
    ("RESOLVED that the minutes", "RESOLVED that the Clerk", "It was resolved to thank"),
    (("Clerk to report back", None, "2013-11-21"), ("It was resolved to thank the school", None, None)),
)

COLUMNS = Shape(
    "partnership with columns",
    """# Gwent partnership: notes of the meeting

Date: 12 March 2013
Time: 1.30pm
Venue: Civic Centre

| Item | Discussion | Action |
| --- | --- | --- |
| 1 | **Apologies** were received from UCLan. | |
| 2 | **Translation** A telephone line was discussed. | SPOC Gwent to ask for three quotes by 30 April |
| 3 | **Referrals** The figures were noted. | Bawso |
""",
    "2013-03-12",
    (),
    (),
    (("ask for three quotes", "spoc-gwent", "2013-04-30"), ("figures were noted", "bawso", None)),
    ".md",
)

ACTION_TABLE = Shape(
    "table of actions at the end",
    """# North Wales Anti Human Trafficking Forum

Meeting of 5 June 2013, 10am

## Attendance

- North Wales Police (Chair)
- BAWSO

## 1. Awareness

The group considered the poster. SPOC North Wales will print the poster.

**Decision:** The poster is approved.

## 2. Conference

Glyndŵr University offered a hall.

## Actions

| No | Action | Owner | Due |
| --- | --- | --- | --- |
| 1 | Print the poster | SPOC North Wales | 30/06/2013 |
| 2 | Book the hall for the conference | Glyndŵr University | September 2013 |
""",
    "2013-06-05",
    ("Awareness", "Conference", "Actions"),
    ("The poster is approved",),
    (("Print the poster", "spoc-north-wales", "2013-06-30"), ("Book the hall", "glyndwr-university", "2013-09")),
    ".md",
)

SCRUTINY = Shape(
    "committee that resolves",
    """COMMUNITY SAFETY SCRUTINY COMMITTEE

Minutes of the meeting of the Committee held in the Council Chamber on Monday, 4 February 2013 at 10.00 a.m.

PRESENT: Councillor A Alder (Chair); Councillor B Birch; Councillor C Cedar
IN ATTENDANCE: AHTC; Gwent Police
APOLOGIES: Councillor D Damson

1. DECLARATIONS OF INTEREST
None.

2. PRESENTATION BY THE CO-ORDINATOR
The AHTC gave a presentation. Members asked about the number of referrals in Gwent.
RESOLVED:
(a) that the presentation be received;
(b) that a further report be presented in six months.
ACTION: AHTC to present a further report by 5 August 2013

3. FORWARD WORK PROGRAMME
The Committee agreed that the programme be amended.
The meeting closed at 11.40 a.m.
""",
    "2013-02-04",
    ("DECLARATIONS OF INTEREST", "PRESENTATION BY THE CO-ORDINATOR", "FORWARD WORK PROGRAMME"),
    ("that the presentation", "that a further report", "The Committee agreed that"),
    (("present a further report", "ahtc", "2013-08-05"),),
)

LETTERS = Shape(
    "actions in brackets and at the end of paragraphs",
    """Notes of the Gwent Consultation Group on Human Trafficking, 22 January 2013

Attendees:
SPOC Gwent
Bawso (BA)
Welsh Government (WG)

Apologies received from Barnardo's Cymru.

Matters arising
The list of contacts is out of date. WG to update the list of contacts. (Action: WG)

Website
Bawso showed the draft pages and asked for comments. ACTION: ALL
BA agreed to send the pages to members by 1 February 2013.

Any other business
There was none.
""",
    "2013-01-22",
    ("Matters arising", "Website", "Any other business"),
    (),
    (
        ("WG to update the list", "welsh-government", None),
        ("send the pages", "bawso", "2013-02-01"),
        ("asked for comments", None, None),
    ),
)

WELSH_BOARD = Shape(
    "bwrdd yn Gymraeg",
    """GRŴP ARWAIN GWRTH-FASNACHU POBL CYMRU

Cofnodion y cyfarfod a gynhaliwyd ddydd Mawrth 14 Mai 2013 am 2yp

Yn bresennol:
AHTC (Cadeirydd)
SPOC Gwent (SG)
Bawso (BW)

Ymddiheuriadau: UCLan; NSPCC

1. Croeso ac ymddiheuriadau
Croesawodd y Cadeirydd bawb i'r cyfarfod.

2. Rhannu data
2.1 Adroddodd SG fod y protocol wedi'i ddrafftio.
2.2 Penderfynwyd: mabwysiadu'r protocol.
Cam gweithredu: SG i ddosbarthu'r protocol erbyn 31 Mai 2013.
CAM GWEITHREDU – (BW) Drafftio briff i'r byrddau iechyd erbyn diwedd Mehefin

3. Hyfforddiant
Cytunwyd i gymeradwyo'r cynllun hyfforddi. Nodwyd bod y gost yn uchel.
BW i drefnu'r cwrs cyntaf erbyn 28 Mehefin 2013.

4. Dyddiad y cyfarfod nesaf
Dydd Mawrth 10 Medi 2013.
""",
    "2013-05-14",
    ("Croeso ac ymddiheuriadau", "Rhannu data", "Hyfforddiant", "Dyddiad y cyfarfod nesaf"),
    ("mabwysiadu'r protocol", "Cytunwyd i gymeradwyo"),
    (
        ("SG i ddosbarthu", "spoc-gwent", "2013-05-31"),
        ("Drafftio briff", "bawso", "2013-06"),
        ("drefnu'r cwrs cyntaf", "bawso", "2013-06-28"),
    ),
)

WELSH_COUNCIL = Shape(
    "cyngor cymuned",
    """Cofnodion cyfarfod y Cyngor Cymuned a gynhaliwyd nos Iau, 17 Hydref 2013 yn y Neuadd Goffa
Yn bresennol: Cyng. A Alder (Cadeirydd), Cyng. B Birch, Cyng. C Cedar
Derbyniwyd ymddiheuriadau gan Cyng. D Damson.
1. Datgan buddiannau: Dim.
2. Cofnodion: PENDERFYNWYD cymeradwyo'r cofnodion.
3. Ffyrdd: Penderfynodd y Cyngor ysgrifennu. Camau gweithredu: Clerc i ysgrifennu erbyn 31 Hydref 2013.
4. Unrhyw fater arall: Nid oedd dim.
""",
    "2013-10-17",
    ("Datgan buddiannau", "Cofnodion", "Ffyrdd", "Unrhyw fater arall"),
    ("PENDERFYNWYD cymeradwyo", "Penderfynodd y Cyngor"),
    (("Clerc i ysgrifennu", None, "2013-10-31"),),
)

WELSH_TABLE = Shape(
    "tabl camau gweithredu",
    """# Fforwm Gwrth-fasnachu Gogledd Cymru

Dyddiad: 5 Mehefin 2013

## Yn bresennol

- Heddlu Gogledd Cymru (Cadeirydd)
- Bawso

## 1. Ymwybyddiaeth

Ystyriwyd y poster.

**Penderfyniad:** Cymeradwyir y poster.

## Camau gweithredu

| Rhif | Cam gweithredu | Arweinydd | Erbyn |
| --- | --- | --- | --- |
| 1 | Argraffu'r poster | SPOC North Wales | 30 Mehefin 2013 |
| 2 | Trefnu'r gynhadledd | Bawso | Medi 2013 |
""",
    "2013-06-05",
    ("Ymwybyddiaeth", "Camau gweithredu"),
    ("Cymeradwyir y poster",),
    (("Argraffu'r poster", "spoc-north-wales", "2013-06-30"), ("Trefnu'r gynhadledd", "bawso", "2013-09")),
    ".md",
)

BILINGUAL_LABELS = Shape(
    "labels in both languages",
    """Leadership Group / Grŵp Arwain
Date / Dyddiad: 3 December 2013

Present / Yn bresennol: AHTC (Chair); SPOC Gwent; Bawso

1. Services
The review was discussed at length. AHTC and Bawso to meet the reviewers by 13 December 2013.
DECISION: the review will be published.
AGREED: that members send comments.

2. Funding
UCLan will prepare the bid. The bid must be in by 20 December 2013.
Noted.
""",
    "2013-12-03",
    ("Services", "Funding"),
    ("the review will be published", "that members send comments"),
    (("meet the reviewers", "ahtc", "2013-12-13"), ("UCLan will prepare the bid", "uclan", None)),
)

MARGIN = Shape(
    "owners in the margin of a page of a text as a printer wraps it",
    """
                    COMMUNITY COUNCIL OF THE VALLEY

The Community Council held its meeting at 7.30pm on the 14th November 2012 at the Reading
Room, Lower Valley.
PRESENT
Councillors Ann Alder, Ben Birch (Chair) Carys Cedar, Dafydd Damson, Elin Elm, Ffion and
Gwyn Hazel.

1. WELCOME AND APOLOGIES
Cllr. B. Birch took the Chair.
4. MATTERS ARISING
4.4i) The bin in the lane is still missing.                                             Clerk
11. The wall of the park was again raised, the cost is not known.     Cllr. A. Alder/Clerk
5. PLANNING
E/1  New shed
     NO OBJECTIONS
Clerk to add the signs.                                                                 Clerk
7. WEBSITE
It was proposed by Cllr. C. Cedar, seconded by Cllr. E. Elm and unanimously agreed that the
site be rebuilt.
The Councillors agreed that the old site be closed. The balance was £21.
Cllr. E. Elm would write to the designer.
The post will be advertised. The room will be open. Mrs Tan Birch to ask for prices.
                                                                           TOTAL £600
""",
    "2012-11-14",
    ("WELCOME AND APOLOGIES", "MATTERS ARISING", "PLANNING", "WEBSITE"),
    ("It was proposed by Cllr. C. Cedar", "The Councillors agreed that the old site"),
    (
        ("bin in the lane", None, None),
        ("wall of the park", None, None),
        ("add the signs", None, None),
        ("write to the designer", None, None),
        ("post will be advertised", None, None),
        ("ask for prices", None, None),
    ),
)

WELSH_MARGIN = Shape(
    "perchnogion ar ymyl y dudalen",
    """<html><body><p>Cynhaliwyd cyfarfod y Cyngor am 7.30pm ar yr 11eg Mawrth 2013 yn yr Ystafell Ddarllen.</p>
<h4>PRESENNOL</h4><p>Cynghorwyr Ann Alder, Ben Birch a’r Cynghorydd Sir Carys Cedar.</p>
<ol><li><h4>MATERION YN CODI</h4><p>Bydd y Cyng. A. Alder yn anfon llythyr.</p>
<p>4ii) Mae’r bin yn y lôn ar goll.    <em>Cyng. B. Birch/Clerc</em></p></li>
<li><h4>CYNLLUNIO</h4><dl><dd><strong>DIM SYLWADAU</strong></dd></dl>
<p>Cynigiwyd gan y Cyng. A. Alder, eiliwyd gan y Cyng. B. Birch a chytunwyd i roi rhodd o £50.</p></li>
<li><h4>UNRHYW FATER ARALL</h4><p>Dywedodd y Cyng. B. Birch y byddai’n ymchwilio i’r mater.</p></li></ol>
</body></html>""",
    "2013-03-11",
    ("MATERION YN CODI", "CYNLLUNIO", "UNRHYW FATER ARALL"),
    ("Cynigiwyd gan y Cyng. A. Alder",),
    (("anfon llythyr", None, None), ("bin yn y lôn", None, None), ("ymchwilio i’r mater", None, None)),
    ".html",
)

WEB_PAGE = Shape(
    "page of a web site with fields",
    """---
title: "Minutes of the forum"
date: "2013-08-01"
categories:
  - "forums"
---

Minutes of the forum on Wednesday 5th June 2013

Present:

* Bawso — *Chair*
* UCLan

1\\. No Apologies.

2\\. Election of Chair;

> a\\) Bawso was elected.

5\\. Training:

SPOC Gwent would book the hall.
""",
    "2013-06-05",
    ("Election of Chair", "Training"),
    (),
    (("book the hall", "spoc-gwent", None),),
    ".md",
)

CODES = Shape(
    "codes with letters, and dotted numbers",
    """Parish Council   -  2nd July 2013
Present
Councillors A Alder (Chair) B Birch, C Cedar and
D Damson         Clerk E Elm
13.07.01 Apologies
None
13.07.02 Register of Interests
None
13.07.04 Matters Arising
None
13.07.05 Finance
Invoices
Shed and lamp
Resolved to pay both
""",
    "2013-07-02",
    ("Apologies", "Register of Interests", "Matters Arising", "Finance"),
    ("Resolved to pay both",),
    (),
)

SHAPES = (
    BOARD, COMMUNITY_COUNCIL, COLUMNS, ACTION_TABLE, SCRUTINY, LETTERS,
    WELSH_BOARD, WELSH_COUNCIL, WELSH_TABLE, BILINGUAL_LABELS,
    MARGIN, WELSH_MARGIN, WEB_PAGE, CODES,
)  # fmt: skip
