"""Which lines of a table are actions: the others are headings between them, notes of a template, or a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import islice

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.sheets import Cell, CellValue, Table
from ahtc_tui.domain.returns.column_profiles import is_date_text
from ahtc_tui.domain.returns.heading_vocabulary import PHRASES, ROWS
from ahtc_tui.domain.returns.headings import is_usual_heading, resolve_heading
from ahtc_tui.domain.returns.references import normalize_reference
from ahtc_tui.domain.returns.statuses import parse_brag, parse_percent, parse_progress_rating, parse_status
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.model import LogRow, is_closed_heading
from ahtc_tui.services.imports.actions.reading_context import ReadingContext

UPDATE_FIELDS = ("update", "comment")
_CONTINUATION_FIELDS = frozenset(("title", *UPDATE_FIELDS))
"""Fields of a row that may continue the row above."""
_MARK_FIELDS = frozenset(
    ("lead", "due", "proposed_due", "closed_on", "status", "brag", "percent", "update", "priority")
)
"""Fields that most rows of a full table have; a row with none of them may be no action."""
_FULL_FIELDS = frozenset(("lead", "due", "proposed_due", "status", "brag", "percent"))
"""Fields by which a table counts as full: an open row of a list of closed ones has no closing day."""
_UNTITLED_FIELDS = ("lead", "due")
"""Fields of a row that had an action in mind, though its text is missing."""
_MIN_MARKED_SHARE = 0.6
_DATE_FIELDS = ("due", "proposed_due", "original_due", "closed_on", "review_on")
_STATE_FIELDS = ("status", "brag", "percent")
_TYPED_FIELDS = frozenset(("ref", "lead", *_DATE_FIELDS, *_STATE_FIELDS))
"""Fields whose values are no sentences."""
_MIN_HEAD, _MIN_TYPED_SHARE = 2, 0.8
"""Number of rows above an empty row, and share of them with a reference, a date or a state, from which rows below the
empty row without any of these may be no actions."""
_MAX_LOWER_SHARE, _MAX_LOWER_COUNT = 0.3, 3
"""Share and number of texts in small letters above which such a text does not suggest a continued sentence."""
_MIN_ROWS = 3
_MAX_HEADING_LENGTH, _SHOWN_LENGTH = 40, 120
_TEMPLATE_LINE = re.compile(ROWS["template"], re.IGNORECASE)
_NOTE_LINE = re.compile(rf"^(?:(?:{ROWS['note']})\s*[:–-]|{ROWS['remark']})", re.IGNORECASE)
_PHASE_LINE = re.compile(rf"^(?:{ROWS['phase']})\s*(?:\d+|[ivx]+|[a-z])\b(?!\w)", re.IGNORECASE)
_FORM_LINE = re.compile(rf"^(?:{ROWS['form']})\s*:", re.IGNORECASE)
"""Lines of document control and of examples, which may have a date beside them."""
_PLACEHOLDER = re.compile(r"<[^<>]+>|\[[^\[\]]+\]|\{[^{}]+\}")
"""A text that a template has in place of an action: "<type the action here>"."""
_MIN_HELP_CELLS, _MIN_HELP_WORDS = 2, 3
"""Number of cells with words in place of a value by which a first line tells how to fill in the others, and number of
words above which a name is none."""
_MIN_EQUAL_CELLS, _MAX_COMPARED_LINES = 4, 50
"""Number of cells with one text by which a first line tells how to fill in the others, and number of lines compared."""
_MIN_OTHER_HEADINGS = 2
_MIN_HEADINGS = 2
_MAX_DIVIDER_LENGTH = 100
"""Length above which a text between the rows is a sentence and not a heading."""
_EXAMPLE_LINE = re.compile(rf"^(?:{ROWS['first']})", re.IGNORECASE)
"""A first line that shows how to fill in the others."""
_LEGEND_LINE = re.compile(ROWS["legend"])
"""Normalized first text of a block below the actions that explains words and colours."""
_OUTLINE_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")


def select_rows(context: ReadingContext, table: Table, lines: list[LogRow], notes: list[Cell]) -> Iterator[LogRow]:
    """Yield the lines that name an action; updates in the lines between go to `cells_below` of the row above.

    Other prose of the lines between is added to `notes`. A row that may be no action has a `doubt`.
    """
    titled = [line for line in lines if line.has_value("title")]
    titles = [line.text_of("title") for line in filter(_is_marked, titled)] or [
        line.text_of("title") for line in titled
    ]
    lower_count = sum(title[0].islower() for title in titles)
    has_lower_titles = lower_count > max(_MAX_LOWER_COUNT, _MAX_LOWER_SHARE * len(titles))
    _warn_about_untitled(context, lines)
    row: LogRow | None = None
    last_number = 0
    for line in _leave_out_lines(context, table, lines):
        is_adjacent = row is not None and line.number == last_number + 1
        if _is_action_row(line):
            if row is not None:
                yield row
            may_continue = is_adjacent and not has_lower_titles and set(line.cells) <= _CONTINUATION_FIELDS
            row = replace(line, may_continue=True) if may_continue else line
            last_number = line.number
        elif row is not None and is_adjacent:
            updates = (cell for field in UPDATE_FIELDS for cell in line.cells.get(field, ()))
            cells_below = tuple(cell for cell in updates if any(map(str.isalpha, cell.text)))
            row = replace(row, cells_below=row.cells_below + cells_below)
            notes += (cell for cell in _list_prose(line) if cell not in cells_below)
            last_number = line.number
        else:
            notes += _list_prose(line)
    if row is not None:
        yield row


def _warn_about_untitled(context: ReadingContext, lines: list[LogRow]) -> None:
    """Name the first row that has an owner, a due date or progress and no text, reference or key, with their number."""
    untitled = [line for line in lines if not _is_action_row(line) and _is_about_action(line)]
    if not untitled:
        return
    heading = untitled[0].heading_of("title")
    sentence = ngettext(
        '{n} row has a lead, a date or a status but no text under "{heading}", so it is left out',
        '{n} rows have a lead, a date or a status but no text under "{heading}", so they are left out',
        len(untitled),
        heading=heading,
    )
    context.file.add_warning(untitled[0].address, sentence, "row")


def _is_about_action(line: LogRow) -> bool:
    """Return whether a line has an owner, a due date or a status with which no row is prepared."""
    is_begun = parse_status(line.text_of("status")) not in (None, Status.PLANNED)
    return is_begun or any(map(line.has_value, _UNTITLED_FIELDS))


def _leave_out_lines(context: ReadingContext, table: Table, lines: list[LogRow]) -> Iterator[LogRow]:
    """Yield the lines without repeated headings, template lines and headings between the rows, which are named.

    The lines below such a heading have it as their section.
    """
    full_count = sum(any(field in line.cells for field in _FULL_FIELDS) for line in lines)
    marked = [_is_marked(line) for line in lines]
    bare = {index for index, line in enumerate(lines) if not marked[index] and _is_bare(line)}
    pairs = zip(lines, marked, strict=True)
    other_count = sum(is_marked or not _seems_between(line.text_of("title")) for line, is_marked in pairs)
    is_full = len(lines) >= _MIN_ROWS and full_count >= _MIN_MARKED_SHARE * other_count > 0
    section: tuple[str | None, str] | None = None
    in_legend, appendix = False, _find_appendix(lines)
    headings = _find_headings(lines, bare) if is_full else frozenset[int]()
    described_numbers = _find_described_lines(table, lines) if is_full and bare else frozenset[int]()
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        title, is_bare = line.text_of("title"), not (marked[index] or line.has_value("row_id"))
        sentence = _find_omission(line, title, is_bare=is_bare, is_full=is_full) if title else ""
        is_heading = index in headings or (is_bare and is_full and _is_heading_between(line, following))
        if is_heading and title:
            sentence = sentence or _('a heading between the rows, left out: "{text}"')
        is_after_gap = index > 0 and line.number > lines[index - 1].number + 1
        in_legend = _begins_legend(line) if is_after_gap else in_legend and not _has_reference(line)
        is_first_help = index == 0 and (_EXAMPLE_LINE.match(title) or _is_help_row(line, lines[1:]) or _has_help(table))
        if in_legend or is_first_help:
            sentence = _('a line of the template, left out: "{text}"')
        if sentence and not is_known_row(context, line):
            text = " ".join(title.split())
            context.file.add_warning(line.address_of("title"), sentence.format(text=text[:_SHOWN_LENGTH]), "row")
            if is_heading:
                section = (line.section, text)
            continue
        if section and section[0] == line.section:
            line = replace(line, section=section[1], is_closed=line.is_closed or is_closed_heading(section[1]))
        if index >= appendix and not is_known_row(context, line):
            line = replace(line, doubt=_("it is below an empty row, without a date or a status like the rows above"))
        elif is_full and is_bare and title and not _has_reference(line) and line.number not in described_numbers:
            line = replace(line, doubt=_("it has only a text, and the other rows have more"))
        yield line


def _find_appendix(lines: list[LogRow]) -> int:
    """Return the index of the first line below the list: addresses, contacts or a request; else the number of lines.

    Such lines are below an empty row, and have no reference, date or state. The rows of a return are actions anyway.
    """
    if any(line.has_column("row_id") for line in lines[:1]):
        return len(lines)
    first = len(lines)
    while first > 0 and not _is_typed(lines[first - 1]):
        first -= 1
    gaps = [index for index in range(1, len(lines)) if lines[index].number > lines[index - 1].number + 1]
    start = next((index for index in gaps if index >= first), len(lines))
    head = lines[:start]
    is_spaced = 2 * sum(index < start for index in gaps) >= start
    is_list = len(head) >= _MIN_HEAD and sum(map(_is_typed, head)) >= _MIN_TYPED_SHARE * len(head)
    return start if is_list and not is_spaced else len(lines)


def _find_notes(lines: Sequence[LogRow]) -> int:
    """Return the index of the label of the notes below a list, "Notes:" in place of a reference; else their number."""
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].text_of("ref").endswith(":") and not lines[index].has_value("title"):
            return index
        if _is_typed(lines[index]):
            break
    return len(lines)


def _is_typed(line: LogRow) -> bool:
    """Return whether a line has a reference, or a date or a state that is one."""
    if normalize_reference(line.text_of("ref")):
        return True
    states = (line.text_of(field) for field in _STATE_FIELDS)
    if any(parse_status(text) or parse_brag(text) or parse_percent(text) is not None for text in states):
        return True
    dates = (line.first_cell(field) for field in _DATE_FIELDS)
    return any(isinstance(cell.value, date) or is_date_text(cell.text) for cell in dates if cell)


def _begins_legend(line: LogRow) -> bool:
    """Return whether a line below an empty row is the heading of a legend: "Key" or "RAG ratings:"."""
    return not _has_reference(line) and bool(_LEGEND_LINE.fullmatch(normalize_text(line.text_of("title"))))


def _seems_between(title: str) -> bool:
    """Return whether a text without marks looks like a heading or a note between the actions."""
    return any(pattern.search(title) for pattern in (_TEMPLATE_LINE, _NOTE_LINE, _PHASE_LINE, _FORM_LINE))


def is_known_row(context: ReadingContext, line: LogRow) -> bool:
    """Return whether a line has the reference or the title of an action here."""
    records = context.records
    is_referenced = (normalize_reference(line.text_of("ref")) or "") in records.keys_by_ref
    return is_referenced or normalize_text(line.text_of("title")) in records.keys_by_title


def _find_headings(lines: list[LogRow], bare: Set[int]) -> Set[int]:
    """Return the indexes of the bare lines that divide a list: the first line is one, none follows another.

    A person who left some actions without an owner and a date did not leave the first one so as well.
    """
    titled = [index for index, line in enumerate(lines) if line.has_value("title")]
    places = [place for place, index in enumerate(titled) if index in bare and not _has_reference(lines[index])]
    is_apart = all(place + 1 not in places for place in places) and len(titled) - 1 not in places
    if len(places) < _MIN_HEADINGS or places[0] != 0 or not is_apart:
        return frozenset()
    return frozenset(titled[place] for place in places)


def _find_described_lines(table: Table, lines: list[LogRow]) -> Set[int]:
    """Return the numbers of the lines with a text in a column that most lines fill, such as a category."""
    others = [position for position, field in enumerate(lines[0].table.fields) if field in (None, "objective")]
    rows = list(table.values)
    usual = [place for place in others if 2 * sum(_has_words(values[place]) for values in rows) > len(rows)]
    notes = next((line.number for line in lines[_find_notes(lines) :]), None)
    return frozenset(
        line.number
        for line, values in zip(table.lines, rows, strict=True)
        if any(_has_words(values[place]) for place in usual) and (notes is None or line.number < notes)
    )


def _has_words(value: CellValue) -> bool:
    return isinstance(value, str) and any(map(str.isalpha, value))


def _is_bare(line: LogRow) -> bool:
    """Return whether a line without marks of an action has a short text and no hidden key."""
    title = line.text_of("title")
    is_text = 0 < len(title) <= _MAX_DIVIDER_LENGTH and not line.has_value("row_id")
    return is_text and _TEMPLATE_LINE.search(title) is None


def _find_omission(line: LogRow, title: str, *, is_bare: bool, is_full: bool) -> str:
    """Return the sentence about a line that is not an action, with a place for its text; empty for any other line."""
    if _is_heading_row(line, title):
        return _('a row of headings, left out: "{text}"')
    if _FORM_LINE.match(title) or _PLACEHOLDER.fullmatch(title.strip()):
        return _('a line of the template, left out: "{text}"')
    if not is_bare:
        return ""
    is_total = normalize_text(title) in PHRASES["summary"]
    if not _has_reference(line) and (is_total or _TEMPLATE_LINE.search(title) or (is_full and _NOTE_LINE.match(title))):
        return _('a line of the template, left out: "{text}"')
    return ""


def _is_heading_row(line: LogRow, title: str) -> bool:
    """Return whether a line has headings: "Task", "Task owner", "Due date", or two of other columns than its own."""
    texts = line.list_texts()
    if sum(_is_heading_of_other_field(field, text) for field, text in texts) >= _MIN_OTHER_HEADINGS:
        return True
    if len(title) > _MAX_HEADING_LENGTH or not is_usual_heading(title) or resolve_heading(title) != "title":
        return False
    return all(len(text) <= _MAX_HEADING_LENGTH and resolve_heading(text) for _field, text in texts)


def _is_heading_of_other_field(field: str, text: str) -> bool:
    """Return whether a cell holds the heading of another column: "Notes" among the ratings."""
    if len(text) > _MAX_HEADING_LENGTH or text[:1].isdigit() or not is_usual_heading(text) or parse_status(text):
        return False
    return resolve_heading(text) not in (None, field)


def _is_help_row(line: LogRow, others: Sequence[LogRow]) -> bool:
    """Return whether a first line has words where the others have none: "Enter the date", "Select one"."""
    texts = [(field, text) for field, text in line.list_texts() if field in _TYPED_FIELDS and text]
    fields = {field for field, text in texts if _is_wordy(field, text)}
    is_help = len(fields) >= _MIN_HELP_CELLS and fields != {"lead"} and len(fields) == len(texts)
    return is_help and not any(
        field in fields and _is_wordy(field, text) for other in others for field, text in other.list_texts()
    )


def _has_help(table: Table) -> bool:
    """Return whether the first line of a table has words under the numbers of the others, or one word in many columns.

    "How likely is it?" is help, and so is "mandatory" in each column.
    """
    first, *others = islice(table.values, _MAX_COMPARED_LINES)
    texts = Counter(value for value in first if _has_words(value))
    if len(others) >= _MIN_ROWS and texts and max(texts.values()) >= _MIN_EQUAL_CELLS:
        return True
    columns = [[row[place] for row in others] for place, value in enumerate(first) if _has_words(value)]
    counts = [[_NUMBER.fullmatch(str(value)) for value in values if value is not None] for values in columns]
    return sum(len(column) >= _MIN_ROWS and all(column) for column in counts) >= _MIN_HELP_CELLS


def _is_wordy(field: str, text: str) -> bool:
    """Return whether words are no value of their field: no date, state, reference or name, or its heading."""
    words = text.split()
    if field not in _STATE_FIELDS and is_usual_heading(text) and resolve_heading(text) == field:
        return True
    if field == "lead":
        return len(words) >= _MIN_HELP_WORDS
    if len(words) < 2 or any(map(str.isdigit, text)):
        return False
    if field in _STATE_FIELDS:
        return not (parse_status(text) or parse_brag(text) or parse_progress_rating(text))
    return field == "ref" or (field in _DATE_FIELDS and not is_date_text(text))


def _is_heading_between(line: LogRow, following: LogRow | None) -> bool:
    """Return whether a line is a heading: "Phase 1: Planning", at the end as well, or 1 above 1.1."""
    title, number = line.text_of("title"), line.text_of("ref").rstrip(".")
    if following is None:
        return bool(_PHASE_LINE.match(title))
    if not (_is_marked(following) or _PHASE_LINE.match(following.text_of("title"))):
        return False
    if number and not _OUTLINE_NUMBER.fullmatch(number):
        return False
    is_outline = bool(number) and following.text_of("ref").startswith(f"{number}.")
    is_outline = is_outline or bool(_NUMBERED.match(following.text_of("title")) and not _NUMBERED.match(title))
    is_capital = title.isupper() and len(title.split()) > 1
    return is_outline or bool(_PHASE_LINE.match(title)) or is_capital or title.endswith(":")


def _is_marked(line: LogRow) -> bool:
    """Return whether a line has an owner, a date, a status or an update, or a colour of its status alone."""
    if any(map(line.has_value, _MARK_FIELDS)):
        return True
    title_fills = {cell.fill for cell in line.cells.get("title", ())}
    fills = {cell.fill for name in _STATE_FIELDS for cell in line.cells.get(name, ())}
    return bool(fills - title_fills - {None})


def _has_reference(line: LogRow) -> bool:
    return line.has_value("ref")


def _list_prose(line: LogRow) -> Iterator[Cell]:
    """Yield the cells of a line with several words that are not a status or rating."""
    for cell in (cell for cells in line.cells.values() for cell in cells):
        is_prose = isinstance(cell.value, str) and len(cell.text.split()) > 1 and any(map(str.isalpha, cell.text))
        if is_prose and not cell.spread and not parse_status(cell.text) and not parse_brag(cell.text):
            yield cell


def _is_action_row(row: LogRow) -> bool:
    """Return whether a row has a title, a hidden key or a reference; a bare number needs an update beside it."""
    if row.has_value("title") or row.has_value("row_id"):
        return True
    ref_cell = row.first_cell("ref")
    ref = normalize_reference(ref_cell.value) if ref_cell else None
    return ref is not None and (not ref.replace(" ", "").isdigit() or row.has_value("update"))
