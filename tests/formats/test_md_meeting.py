"""Minutes as Markdown and as plain text: the same content, and user text that stays as it was typed."""

from __future__ import annotations

import re

from ahtc_tui.formats.md_meeting import as_markdown, as_text, literal
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
