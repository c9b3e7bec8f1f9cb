"""Minutes as Markdown and as plain text: the same content, and user text that stays as it was typed."""

from __future__ import annotations

import re

from ahtc_tui.domain.documents.meeting_document import (
    ActionEntry,
    AmendmentEntry,
    AttendanceGroup,
    DocumentKind,
    ItemEntry,
    MeetingDocument,
)
from ahtc_tui.formats.markdown.meeting import as_markdown, as_text, literal
from tests.formats.meeting_documents import HOSTILE, minutes


def test_text_that_looks_like_markdown_is_escaped_where_it_would_act() -> None:
    assert literal("# not a heading") == r"\# not a heading"
    assert literal("1. not a list") == r"1\. not a list"
    assert literal("- not a list") == r"\- not a list"
    assert literal("a <b> & c_d *e* | f &amp; g") == r"a \<b\> & c\_d \*e\* \| f \&amp; g"
    assert literal("plain words, 1.5 and A-B") == "plain words, 1.5 and A-B"


def test_taking_the_escapes_away_gives_what_was_typed() -> None:
    unescaped = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", as_markdown(minutes()))
    assert unescaped.count(HOSTILE) == 7


def test_markdown_has_headings_tables_and_the_marking_first_and_last() -> None:
    lines = as_markdown(minutes()).splitlines()
    assert lines[0] == lines[-1] == "**OFFICIAL**"
    assert "# Leadership Group: minutes" in lines
    assert "## 2. Close" in lines
    assert "| Reference | Action | Lead | Due |" in lines
    assert "Actions: none" in lines


def test_every_row_of_a_table_has_the_cells_of_its_heading() -> None:
    rows = [re.sub(r"\\\|", "", line) for line in as_markdown(minutes()).splitlines() if line.startswith("| LG-2013")]
    assert [row.count("|") for row in rows] == [5]


def test_plain_text_says_the_same_in_lines_that_mail_keeps() -> None:
    said = as_text(minutes())
    assert " ".join(said.split()).count(HOSTILE) == 7
    assert max(map(len, said.splitlines())) <= 78
    for words in (
        "1.3   Action LG-2013-01/01:",
        "Action by: JF;",
        "Jeff Farrar (JF)",
        "Not reached.",
        "Date of next meeting",
    ):
        assert words in said


LINE = ActionEntry("LG-2012-04/02", "Write to the health boards", "AHTC", "31 January 2014")


def agenda(**changes: object) -> MeetingDocument:
    """An agenda for the chair: a section, an hour, a presenter, a paper, a note and what is still open."""
    item = ItemEntry(
        1,
        "Training of Senior Investigating Officers",
        section="For decision",
        presenter="Jeff Farrar",
        minutes="15 minutes",
        at="10:15",
        papers=("Paper 3: Course pack",),
        note="Two forces to go.",
        brief=(LINE,),
    )
    plan = {"kind": DocumentKind.AGENDA, "agenda": (item, ItemEntry(2, "Close")), "brief": (LINE,), **changes}
    return minutes(**plan)


def test_an_agenda_says_who_when_and_with_which_paper() -> None:
    said = as_markdown(agenda(note="Bring the Delivery Plan.", remark="Moved from 3 December", warning="No quorum"))
    for words in (
        "# Leadership Group: agenda",
        "**Moved from 3 December**",
        "**No quorum**",
        "**Note of the office:** Bring the Delivery Plan.",
        "**For decision**",
        "1. Training of Senior Investigating Officers (10:15, Jeff Farrar, 15 minutes)",
        "**Paper:** Paper 3: Course pack",
        "**Note of the office:** Two forces to go.",
        "2. Close\n",
    ):
        assert words in said
    assert said.count("| LG-2012-04/02 | Write to the health boards | AHTC | 31 January 2014 |") == 2


def test_an_agenda_without_items_says_so() -> None:
    said = as_text(agenda(agenda=(), brief=(), papers=(), next_meeting=""))
    assert "Agenda\n------" in said
    assert "Date of next meeting" not in said
    assert "Papers" not in said


def test_minutes_of_a_quiet_meeting_say_what_there_was_not() -> None:
    said = as_markdown(minutes(attendance=(), actions=(), decisions=()))
    assert "## Attendance\n\nAttendance was not recorded." in said
    assert "## Decisions\n\nNo decisions were recorded." in said
    assert "## Summary of actions\n\nNo actions were agreed." in said


def test_people_stand_under_the_heading_of_their_group() -> None:
    groups = (
        AttendanceGroup("Present", "Gwent Police", ("Jeff Farrar", "SPOC")),
        AttendanceGroup("", "", ("A guest",)),
        AttendanceGroup("Apologies", "BAWSO", ("Its director",)),
        AttendanceGroup("In attendance", "", ("Secretariat",)),
    )
    said = as_markdown(minutes(attendance=groups))
    present = said.split("### Present", 1)[1].split("### Apologies")
    assert present[0].split("\n") == ["", "", "- Gwent Police: Jeff Farrar; SPOC", "- A guest", "", ""]
    assert present[1].startswith("\n\n- BAWSO: Its director\n\n### In attendance\n\n- Secretariat\n\n")


def test_an_item_shows_its_section_its_presenter_and_what_the_chair_should_know() -> None:
    item = ItemEntry(3, "SIO training", section="For decision", presenter="Jeff Farrar", brief=(LINE,))
    said = as_markdown(minutes(agenda=(item,)))
    assert "**For decision**\n\n## 3. SIO training\n\nPresenter: Jeff Farrar" in said
    assert "| LG-2012-04/02 | Write to the health boards |" in said


def test_what_was_put_right_later_stands_at_the_end() -> None:
    one = AmendmentEntry("1.1", "40 officers", "38 officers", "Secretariat, 12 March 2014: counted again")
    assert "| 1.1 | 40 officers | 38 officers | Secretariat, 12 March 2014: counted again |" in as_markdown(
        minutes(amendments=(one,))
    )
    assert "40 officers" in as_text(minutes(amendments=(one,)))


def test_headings_of_plain_text_are_underlined_by_their_level() -> None:
    lines = as_text(minutes()).splitlines()
    assert "=" * len("Leadership Group: minutes") in lines
    assert lines[lines.index("2. Close") + 1] == "-" * len("2. Close")
    assert "---" not in lines[lines.index("Present") + 1]
