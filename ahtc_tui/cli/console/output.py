"""Output of the commands: data on stdout, messages on stderr, as text or one JSON document."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.context_value import hold_value
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import escape_controls, escape_json_controls

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import Brag
    from ahtc_tui.domain.fields.model import CardRow
    from ahtc_tui.domain.replication.conflict_marks import ConflictMarks

NO_BREAK_SPACE = "\u00a0"
"""Keeps the words of a cell on one line."""

ACCESSIBLE = "ACCESSIBLE"
"""Environment variable that asks for output for a screen reader, as other programs read it."""

LONGEST_WORD = 60
"""Longest reference that a table shows whole."""

MIN_TITLE_WIDTH = 30
"""Narrowest title column of a table on a terminal; below it records are printed as blocks."""

_accessible: ContextVar[bool] = ContextVar("accessible", default=False)

_held_messages: ContextVar[list[str] | None] = ContextVar("held_messages", default=None)
"""Messages that wait for the end of a command whose error is a JSON document."""

_collected_json: ContextVar[list[Any] | None] = ContextVar("collected_json", default=None)
"""What commands would print as JSON, where another command prints it."""

RATING_COLOURS = {"B": "34", "R": "31", "A": "33", "G": "32"}
"""Colours of the ratings as codes of ECMA-48."""

LATE_COLOUR = "1;31"

LESS_OPTIONS = "FRX"
"""Options of less: no pager for what fits on the screen, colours, and the text stays on the screen."""


def print_json(value: Any, marks: ConflictMarks | None = None) -> None:
    """Print one JSON document on stdout; with `marks`, every record says whether it has a conflict."""
    import json

    value = value if marks is None else marks.mark_data(value)
    if (collected := _collected_json.get()) is not None:
        collected.append(value)
        return
    sys.stdout.write(escape_json_controls(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def collect_json(command: Callable[[], object]) -> Any:
    """Return what a command would print as JSON."""
    collected: list[Any] = []
    with hold_value(_collected_json, collected):
        command()
    return collected[0]


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on stdout, without control characters; on a terminal a long text in the pager.

    For a screen reader each line is reworded by `format_spoken_line`.
    """
    lines = map(_speak, lines) if is_accessible() else lines
    text = "".join((line if isinstance(line, EscapedLine) else escape_controls(line)) + "\n" for line in lines)
    if not page_text(text):
        sys.stdout.write(text)


def print_result(
    as_json: bool, data: Callable[[], Any], lines: Callable[[], Iterable[str]], marks: ConflictMarks | None = None
) -> None:
    """Print the data as JSON, or the lines; only the one that is printed is built. `marks` as in `print_json`."""
    if as_json:
        print_json(data(), marks)
    else:
        print_lines(lines())


def print_message(*sentences: str) -> None:
    """Print messages on stderr, a line each; if stderr cannot be written, only the exit code remains.

    Sentences of a command for files in both languages are printed in the language of messages.
    """
    sentences = tuple(map(format, sentences))
    if (held := _held_messages.get()) is not None:
        held += sentences
        return
    if is_accessible():
        sentences = tuple(map(_speak, sentences))
    with suppress(OSError):
        sys.stderr.write("".join(escape_controls(sentence) + "\n" for sentence in sentences))


@contextmanager
def hold_messages(is_held: bool) -> Iterator[list[str]]:
    """Yield a list that collects the messages of the block if `is_held`; those that are left in it are printed."""
    messages: list[str] = []
    try:
        with hold_value(_held_messages, messages if is_held else None):
            yield messages
    finally:
        print_message(*messages)


def print_question(text: str) -> None:
    """Print a question without a line break on stderr, after the messages that were held until then."""
    if held := _held_messages.get():
        with hold_value(_held_messages, None):
            print_message(*held)
        held.clear()
    sys.stderr.write(text)
    sys.stderr.flush()


def print_json_error(document: Any) -> None:
    """Print one JSON document on stderr, as `print_message` prints a message."""
    import json

    with suppress(OSError):
        sys.stderr.write(escape_json_controls(json.dumps(document, ensure_ascii=False)) + "\n")


def _speak(line: str) -> str:
    from ahtc_tui.cli.console.spoken_lines import format_spoken_line

    return format_spoken_line(line)


def make_accessible() -> AbstractContextManager[None]:
    """Print for people who hear the output, until the end of a `with` block."""
    return hold_value(_accessible, True)


def is_accessible() -> bool:
    """Whether the output is for a screen reader: no cell of a table is cut, and no colour, no pager."""
    return _accessible.get() or os.environ.get(ACCESSIBLE, "0") not in ("", "0")


def _measure_columns(rows: Sequence[Sequence[str]], widths: Sequence[int | None]) -> tuple[list[int], int]:
    """Return the widths of the columns, and the space left for the column without a fixed width."""
    sizes = [_measure_column([row[n] for row in rows], width) for n, width in enumerate(widths)]
    fixed = sum(size for size, width in zip(sizes, widths, strict=True) if width is not None)
    return sizes, read_terminal_width() - fixed - 2 * (len(sizes) - 1)


def _measure_column(cells: Sequence[str], width: int | None) -> int:
    """Return the width of a column; single words, such as references, are not cut at it."""
    longest = max(map(len, cells), default=0)
    if width is None or is_accessible():
        return longest
    return min(longest, width if any(" " in cell for cell in cells) else LONGEST_WORD)


def _mark_rows(
    rows: Sequence[Sequence[str]], widths: Sequence[int | None], marks: ConflictMarks | None, ref: int = 0
) -> Sequence[Sequence[str]]:
    """Return the rows with a word before the title of those with a conflict; `ref` is the cell of the reference."""
    if not marks or None not in widths:
        return rows
    free = widths.index(None)
    return [[*row[:free], marks.mark_title(row[ref], row[free]), *row[free + 1 :]] for row in rows]


def format_table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[int | None],
    numbers: Collection[int] = frozenset(),
    marks: ConflictMarks | None = None,
    ref: int = 0,
) -> list[str]:
    """Return rows as aligned columns; columns in `numbers` are right-aligned.

    A width of None takes the remaining space; longer cells are truncated with an ellipsis. With `marks`, the cell `ref`
    is the reference of a record, and the title of a record in conflict begins with a word.
    """
    rows = _mark_rows(rows, widths, marks, ref)
    sizes, room = _measure_columns(rows, widths)
    if None in widths and not is_accessible():
        free = widths.index(None)
        sizes[free] = min(sizes[free], max(room, 20))
    lines = ("  ".join(_format_cell(row[n], size, n in numbers) for n, size in enumerate(sizes)) for row in rows)
    if is_plain_terminal():
        return [line.rstrip() for line in lines]
    return [EscapedLine(line.rstrip()) for line in lines]


def format_counts(
    head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int | None], numbers: Collection[int]
) -> list[str]:
    """Return rows of counts as a table; for a screen reader each count after its heading, without zeros."""
    if not is_accessible():
        return format_table([head, *rows], widths, numbers)
    return [", ".join((row[0], *(f"{head[n]}: {row[n]}" for n in numbers if row[n] != "0"))) for row in rows]


def _format_cell(text: str, size: int, number: bool) -> str:
    cell = truncate_text(text, size).rjust(size) if number else truncate_text(text, size).ljust(size)
    if is_plain_terminal():
        return cell
    cell = escape_controls(cell)
    return f"\x1b[{text.code}m{cell}\x1b[m" if isinstance(text, ColouredText) else cell


def format_records(
    rows: Sequence[Sequence[str]], widths: Sequence[int | None], marks: ConflictMarks | None = None
) -> list[str]:
    """Return records as a table with full titles; on a narrow terminal a block of lines for each record."""
    rows = _mark_rows(rows, widths, marks)
    sizes, room = _measure_columns(rows, widths)
    free = widths.index(None)
    if sys.stdout.isatty() and not is_accessible() and room < min(MIN_TITLE_WIDTH, sizes[free]):
        return [line for row in rows for line in _format_record_block(row, free)]
    full_widths = [*widths[:free], max(sizes[free], 1), *widths[free + 1 :]]
    return format_table(rows, widths if sys.stdout.isatty() else full_widths)


def _format_record_block(row: Sequence[str], title: int) -> list[str]:
    """Return reference and title, and the other cells below them."""
    import textwrap

    details = (cell for n, cell in enumerate(row) if n not in (0, title) and cell not in ("", "–"))
    detail_text = "  ·  ".join(
        cell.replace(" ", NO_BREAK_SPACE) if len(cell) < MIN_TITLE_WIDTH else cell for cell in details
    )
    wrapper = textwrap.TextWrapper(read_terminal_width(), subsequent_indent="  ", break_on_hyphens=False)
    head = f"{row[0]}  {row[title]}" if title else row[0]
    lines = [*wrapper.wrap(head), *wrapper.wrap(f"  {detail_text}" if detail_text else "")]
    return [line.replace(NO_BREAK_SPACE, " ") for line in lines]


def truncate_text(text: str, size: int) -> str:
    """Return one line of at most `size` characters; a longer text ends with an ellipsis after a whole word."""
    line = " ".join(text.split())
    if len(line) <= size:
        return line
    words = line[:size].rpartition(" ")[0] if size > 12 else ""
    return (words if len(words) > size // 2 else line[: size - 1]).rstrip(" ,;:-") + "…"


def format_section(title: str, lines: Sequence[str]) -> list[str]:
    """Return a headed part of a card; no lines if it is empty."""
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def format_conflict(marks: ConflictMarks, ref: str) -> list[str]:
    """Return the fields of a record that wait for a decision, as lines of its card; none where there are none."""
    sentence = marks.describe(ref)
    return ["", " ".join((sentence, _("`ahtc conflicts` shows every value.")))] if sentence else []


def format_fields(fields: Iterable[tuple[str, object]]) -> list[str]:
    """Return labelled lines of a card, without empty values; of an enumeration the label."""
    from ahtc_tui.domain.labelled_enum import LabelledEnum

    filled = [
        (label, value.label if isinstance(value, LabelledEnum) else value)
        for label, value in fields
        if value not in (None, "", (), False)
    ]
    if is_accessible():
        return [f"{label}: {value}" for label, value in filled]
    label_width = max((len(label) for label, _value in filled), default=0)
    return [f"{label.ljust(label_width)}  {value}" for label, value in filled]


def format_card_rows(rows: Iterable[CardRow]) -> list[str]:
    """Return labelled lines of a card, one for each value; rows without a value are left out."""
    return format_fields((label, text.replace("\n", "; ")) for label, values in rows for text in values)


class ColouredText(str):
    """Text of a cell with its colour, which is never the only information."""

    __slots__ = ("code",)
    code: str


class EscapedLine(str):
    """A line whose cells were freed of control characters before it was coloured."""

    __slots__ = ()


def add_colour(text: str, code: str) -> ColouredText:
    """Return the text with a colour."""
    coloured = ColouredText(text)
    coloured.code = code
    return coloured


def format_rating(brag: Brag | None) -> str:
    """Return letter and word of a rating in its colour; a dash for none."""
    return add_colour(brag.option_label, RATING_COLOURS[brag.value]) if brag else "–"


def is_plain_terminal() -> bool:
    """Return whether standard output takes neither colours nor a pager: a file, a pipe, or a person's wish."""
    is_unwanted = bool(os.environ.get("NO_COLOR")) or is_accessible()
    return not sys.stdout.isatty() or is_unwanted or os.environ.get("TERM", "dumb") == "dumb"


def page_text(text: str) -> bool:
    """Show a text that is longer than the terminal in the pager. Returns whether it was shown."""
    if is_plain_terminal():
        return False
    import shutil
    import subprocess

    if text.count("\n") < shutil.get_terminal_size().lines:
        return False
    command = os.environ.get("PAGER") or shutil.which("less")
    if not command or command == "cat":
        return False
    variables = {"LESS": LESS_OPTIONS, **os.environ}
    sys.stdout.flush()
    result = subprocess.run(command, shell=True, input=text, encoding="utf-8", env=variables)
    return result.returncode not in (126, 127)


def read_terminal_width(default: int = 120) -> int:
    """Return COLUMNS, else the columns of the terminal, else `default`: as `shutil.get_terminal_size` does."""
    columns = 0  # not by `shutil`: its imports take a tenth of the time of a short command
    with suppress(ValueError):
        columns = int(os.environ.get("COLUMNS", ""))
    if columns <= 0:
        with suppress(AttributeError, ValueError, OSError):  # the output is closed, or no terminal
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    return columns if columns > 0 else default
