"""Minutes as Markdown and as plain text: equal content, and user text without markup."""

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
from ahtc_tui.formats.blocks.meeting import build_meeting_blocks
from ahtc_tui.formats.markdown.rendering import escape_line, render_markdown, render_text
from tests.formats.meeting_documents import HOSTILE, build_minutes


def test_text_that_markdown_would_interpret_is_escaped() -> None:
    assert escape_line("# not a heading") == r"\# not a heading"
    assert escape_line("1. not a list") == r"1\. not a list"
    assert escape_line("- not a list") == r"\- not a list"
    assert escape_line("a <b> & c_d *e* | f &amp; g") == r"a \<b\> & c\_d \*e\* \| f \&amp; g"
    assert escape_line("plain words, 1.5 and A-B") == "plain words, 1.5 and A-B"


def test_removing_the_escapes_gives_the_typed_text() -> None:
    unescaped = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", render_markdown(build_meeting_blocks(build_minutes())))
    assert unescaped.count(HOSTILE) == 7


def test_markdown_has_headings_tables_and_the_marking_first_and_last() -> None:
    lines = render_markdown(build_meeting_blocks(build_minutes())).splitlines()
    assert lines[0] == lines[-1] == "**OFFICIAL**"
    assert "# Leadership Group: minutes" in lines
    assert "## 2. Close" in lines
    assert "| No. | Action | Lead | Due |" in lines


def test_every_row_of_a_table_has_the_cells_of_its_heading() -> None:
    rows = [
        re.sub(r"\\\|", "", line)
        for line in render_markdown(build_meeting_blocks(build_minutes())).splitlines()
        if line.startswith("| LG-2013")
    ]
    assert [row.count("|") for row in rows] == [5]


def test_plain_text_has_the_same_content_in_short_lines() -> None:
    text = render_text(build_meeting_blocks(build_minutes()))
    assert " ".join(text.split()).count(HOSTILE) == 7
    assert max(map(len, text.splitlines())) <= 78
    for words in (
        "1.3   Action LG-2013-01/01:",
        "Action by: JF;",
        "Jeff Farrar (JF), Gwent Police",
        "The item was not reached.",
        "Date of next meeting",
    ):
        assert words in text


OPEN_ACTION = ActionEntry("LG-2012-04/02", "Write to the health boards", "AHTC", "31 January 2014")


def build_agenda(**changes: object) -> MeetingDocument:
    """Build an agenda for the chair: a section, a time, a presenter, a paper, a note and open actions."""
    item = ItemEntry(
        1,
        "Training of Senior Investigating Officers",
        section="For decision",
        presenter="Jeff Farrar",
        minutes="15 minutes",
        at="10:15",
        papers=("Paper 3: Course pack",),
        note="Two forces to go.",
        brief=(OPEN_ACTION,),
    )
    plan = {"kind": DocumentKind.AGENDA, "agenda": (item, ItemEntry(2, "Close")), "brief": (OPEN_ACTION,), **changes}
    return build_minutes(**plan)


def test_an_agenda_shows_presenter_time_and_paper() -> None:
    text = render_markdown(
        build_meeting_blocks(
            build_agenda(note="Bring the Delivery Plan.", remark="Moved from 3 December", warning="No quorum")
        )
    )
    for words in (
        "# Leadership Group: agenda",
        "**Moved from 3 December**",
        "**No quorum**",
        "**Secretariat note:** Bring the Delivery Plan.",
        "**For decision**",
        "1. Training of Senior Investigating Officers (10:15, Jeff Farrar, 15 minutes)",
        "**Paper:** Paper 3: Course pack",
        "**Secretariat note:** Two forces to go.",
        "2. Close\n",
    ):
        assert words in text
    assert text.count("| LG-2012-04/02 | Write to the health boards | AHTC | 31 January 2014 |") == 2


def test_papers_and_notes_of_an_item_begin_below_its_title() -> None:
    blocks = build_meeting_blocks(build_agenda())
    assert "\n      Paper: Paper 3: Course pack\n" in render_text(blocks)
    assert "\n    **Secretariat note:** Two forces to go.\n" in render_markdown(blocks)


def test_an_agenda_without_items_has_a_note() -> None:
    text = render_text(build_meeting_blocks(build_agenda(agenda=(), brief=(), papers=(), next_meeting="")))
    assert "Items\n-----" in text
    assert "Date of next meeting" not in text
    assert "Papers" not in text


def test_empty_minutes_state_what_was_not_recorded() -> None:
    text = render_markdown(build_meeting_blocks(build_minutes(attendance=(), actions=(), decisions=())))
    assert "## Attendance\n\nAttendance was not recorded." in text
    assert "## Decisions" not in text
    assert "## Summary of actions\n\nNo actions were agreed." in text


def test_attendees_are_listed_under_their_group() -> None:
    groups = (
        AttendanceGroup("Present", ("Jeff Farrar, Gwent Police", "A guest")),
        AttendanceGroup("Apologies", ("Bawso",)),
        AttendanceGroup("In attendance", ("Secretariat",)),
    )
    text = render_markdown(build_meeting_blocks(build_minutes(attendance=groups)))
    present = text.split("### Present", 1)[1].split("### Apologies")
    assert present[0].split("\n") == ["", "", "- Jeff Farrar, Gwent Police", "- A guest", "", ""]
    assert present[1].startswith("\n\n- Bawso\n\n### In attendance\n\n- Secretariat\n\n")


def test_an_item_shows_section_and_brief() -> None:
    item = ItemEntry(3, "SIO training", section="For decision", brief=(OPEN_ACTION,))
    text = render_markdown(build_meeting_blocks(build_minutes(agenda=(item,))))
    assert "**For decision**\n\n## 3. SIO training\n\n**Open actions from previous meetings**" in text
    assert "| LG-2012-04/02 | Write to the health boards |" in text


def test_amendments_are_listed_at_the_end() -> None:
    amendment = AmendmentEntry("1.1", "40 officers", "38 officers", "Secretariat, 12 March 2014: counted again")
    assert "| 1.1 | 40 officers | 38 officers | Secretariat, 12 March 2014: counted again |" in render_markdown(
        build_meeting_blocks(build_minutes(amendments=(amendment,)))
    )
    assert "40 officers" in render_text(build_meeting_blocks(build_minutes(amendments=(amendment,))))


def test_plain_text_headings_are_underlined_by_level() -> None:
    lines = render_text(build_meeting_blocks(build_minutes())).splitlines()
    assert "=" * len("Leadership Group: minutes") in lines
    assert lines[lines.index("2. Close") + 1] == "-" * len("2. Close")
    assert "---" not in lines[lines.index("Present") + 1]
