"""Content lines of vCards and calendars: folded between characters, and read back unchanged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Todo

from ahtc_tui.formats.content_lines import MAX_LINE_OCTETS, clean_text, escape_text, fold_line

PRINTED_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=("Cs", "Cc")), st.sampled_from(" \\,;\nŵ🐑")), max_size=400
)


@given(PRINTED_TEXT)
def test_a_folded_line_is_joined_to_the_same_line(text: str) -> None:
    line = f"X:{escape_text(text)}"
    folded = fold_line(line)
    assert folded.replace("\r\n ", "") == line + "\r\n"
    *pieces, last = folded.removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) <= MAX_LINE_OCTETS for piece in (*pieces, last))
    assert not any(piece.endswith((" ", "\\")) and piece.strip(" \\") for piece in pieces)


@given(PRINTED_TEXT)
def test_icalendar_reads_the_text_that_was_written(text: str) -> None:
    lines = "".join(map(fold_line, ("BEGIN:VTODO", f"SUMMARY:{escape_text(text)}", "END:VTODO")))
    assert str(Todo.from_ical(lines).get("SUMMARY", "")) == clean_text(text)


def test_folding_never_leaves_an_empty_line() -> None:
    assert fold_line("X:" + " " * 200).count("\r\n") >= 2
    assert fold_line("X:y") == "X:y\r\n"
