"""Reads the tables of a file as rows of an action log: the field of each column, and which lines are actions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise

from ahtc_tui.domain.actions.model import CLOSED_STATUSES
from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, _, drop_language_mark, ngettext, use_language
from ahtc_tui.domain.imports.report import FileWarning, Question, UnknownColumns
from ahtc_tui.domain.imports.sheets import Book, Cell, CellValue, Line, PlainCells, Table, format_cell_value
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.column_fields import MAPPED, MIN_PROSE, WEIGHED, ColumnReading, list_text_columns
from ahtc_tui.domain.returns.dates import MONTHS, DateConventions, is_day_first, is_month_first
from ahtc_tui.domain.returns.heading_vocabulary import CELLS, WORDS, normalize_heading
from ahtc_tui.domain.returns.model import (
    ROW_IDS,
    SENT_KEY,
    SENT_SHEET,
    SENT_TEXTS,
    SentAction,
    decode_keys,
    read_sent_actions,
)
from ahtc_tui.domain.returns.references import normalize_reference
from ahtc_tui.domain.returns.statuses import TICKS, parse_status
from ahtc_tui.domain.returns.table_evidence import NAMED_KIND, TableEvidence, weigh_table
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.formats.xlsx.cell_text import format_sheet_name
from ahtc_tui.services.imports.actions.columns import (
    ask_guessed_columns,
    ask_rival_columns,
    ask_text_column,
    describe_columns,
    read_columns,
    resolve_column,
    warn_about_columns,
)
from ahtc_tui.services.imports.actions.model import Log, LogRow, LogTable, MarkedCells, RowCells, is_closed_heading
from ahtc_tui.services.imports.actions.notes import (
    list_notes,
    list_texts_around,
    warn_about_comments,
    warn_about_notes,
    warn_about_sections,
)
from ahtc_tui.services.imports.actions.reading_context import SAMPLED_LINES, ReadingContext
from ahtc_tui.services.imports.actions.rows import UPDATE_FIELDS, is_known_row, select_rows
from ahtc_tui.services.imports.file_plan import build_choice_error, build_question_id
from ahtc_tui.services.progress import REPORT_EVERY

_IDENTIFYING_FIELDS = frozenset(("title", "row_id"))
_REPEATED_FIELDS = ("title", "lead", "due", "status", "brag", "percent", "closed_on")
"""Fields by which two rows with one title are compared."""
_MIN_CLOSED = 3
"""Number of closed rows with a date, and of open ones without, from which a date of completion is the closing date."""
_MIN_REPEATED, _MIN_REPEATED_SHARE = 2, 0.8
"""Number and share of the rows of a table that are in another one, from which it repeats that."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A table that may be a list of actions."""

    table: Table
    log_table: LogTable
    evidence: TableEvidence
    is_known: bool
    """Whether it has the hidden keys of a return, or references of actions that were sent or exist."""
    has_text: bool
    """Whether a column is the text of the actions, or may be, which a question decides."""


def find_log_tables(context: ReadingContext, book: Book, sent_refs: Set[str | None]) -> list[tuple[LogTable, Table]]:
    """Return the tables of actions; name those that are left out, and ask about those that are doubtful.

    The columns of each table that is taken or asked about go to the plan of the file.

    Where one table has actions that were sent, or the hidden keys of an older return, another one is never taken
    without a question: the summary of a return looks like actions.
    """
    file_name = book.path.stem if len(book.tables) == 1 else ""
    candidates = [_weigh_candidate(context, table, sent_refs, file_name) for table in book.tables]
    own = [candidate for candidate in candidates if _is_own(candidate, sent_refs)]
    earned = own or _select_earned(candidates)
    if not own:  # the name of a sheet counts less than headings which are those of a list
        headers = [candidate.table.headers for candidate in earned]
        earned = [table for table in candidates if table in earned or _is_named_only(table, headers)]
    accepted: list[tuple[LogTable, Table]] = []
    for candidate in candidates:
        question_count, log_table = len(context.answers), candidate.log_table
        is_taken = _is_accepted(context, candidate, candidates, earned, is_return=bool(own))
        if is_taken:
            log_table = ask_guessed_columns(context, candidate.table, log_table)
            log_table = ask_rival_columns(context, candidate.table, log_table)
            if not (candidate.is_known or _IDENTIFYING_FIELDS & set(log_table.fields)):
                log_table = ask_text_column(context, candidate.table, log_table)
            is_taken = candidate.is_known or bool(_IDENTIFYING_FIELDS & set(log_table.fields))
        if is_taken:
            accepted.append((log_table, candidate.table))
        if is_taken or len(context.answers) > question_count:
            context.file.columns += describe_columns(context, log_table, candidate.table)
    accepted = accepted if own else _leave_out_repeated(context, accepted)
    own_sheets = list_own_sheets() if own else ()
    if sheets := [sheet for sheet in book.sheets_without_table if sheet not in own_sheets]:
        reason = _('left out, because no row has the headings of actions: "{names}"').format(names='", "'.join(sheets))
        context.file.warnings.append(FileWarning(sheets[0], reason, field="sheet"))
    return accepted


def _weigh_candidate(context: ReadingContext, table: Table, sent_refs: Set[str | None], file_name: str) -> _Candidate:
    log_table = _correct_due_column(read_columns(context, table), table)
    is_closed = is_closed_heading(table.sheet) or is_closed_heading(table.title)
    names = (table.sheet, table.title)
    evidence = weigh_table(names, table.headers, log_table.readings, log_table.profiles, len(table.lines), file_name)
    is_known = (
        "row_id" in log_table.fields
        or _has_known_reference(log_table, table.lines, sent_refs)
        or (not sent_refs and _has_known_reference(log_table, table.lines[:SAMPLED_LINES], context.records.keys_by_ref))
    )
    positions = list_text_columns(log_table.headings, log_table.fields, log_table.profiles)
    may_have_text = any(log_table.profiles[position].prose >= MIN_PROSE for position in positions)
    has_text = bool(_IDENTIFYING_FIELDS & set(log_table.fields)) or may_have_text
    return _Candidate(table, replace(log_table, is_closed=is_closed), evidence, is_known, has_text)


def _correct_due_column(log_table: LogTable, table: Table) -> LogTable:
    """Return the table with a date of completion as the closing date, where the closed rows have one and no other.

    Such a heading may be that of the due date as well.
    """
    places = [log_table.positions.get(name, (None,))[0] for name in ("due", "status")]
    due, status = places
    if due is None or status is None or "closed_on" in log_table.positions:
        return log_table
    heading = normalize_heading(log_table.headings[due])
    if log_table.readings[due].confidence == MAPPED or not any(stem in heading for stem in WORDS["completion_stems"]):
        return log_table
    rows = [(row[due], parse_status(format_cell_value(row[status]))) for row in islice(table.values, SAMPLED_LINES)]
    counts = Counter((state in CLOSED_STATUSES, bool(format_cell_value(value))) for value, state in rows if state)
    if counts[True, True] < _MIN_CLOSED or counts[False, False] < _MIN_CLOSED or counts[False, True]:
        return log_table
    readings = list(log_table.readings)
    readings[due] = ColumnReading("closed_on", WEIGHED)
    return replace(log_table, readings=tuple(readings))


def _has_known_reference(log_table: LogTable, lines: Iterable[Line], known_refs: Collection[str | None]) -> bool:
    if not known_refs or "ref" not in log_table.fields or len(set(log_table.fields) - {None}) < 2:
        return False
    position = log_table.fields.index("ref")
    return any(normalize_reference(line.cells[position].value) in known_refs for line in lines)


def list_own_sheets() -> set[str]:
    """Return the names of the sheets beside the actions in the workbooks of this office, in each language."""
    names = {SENT_SHEET}
    for language in Language:
        with use_language(language):
            names |= {format_sheet_name(name) for name in (_("Guidance"), _("Lists"), _("Summary"))}
    return names


def _is_own(candidate: _Candidate, sent_refs: Set[str | None]) -> bool:
    return "row_id" in candidate.log_table.fields or (bool(sent_refs) and candidate.is_known)


def _select_earned(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return the tables that are taken without a question: those with more than a text, if there are any."""
    certain = [table for table in candidates if table.is_known or _is_mapped(table)]
    likely = [table for table in candidates if table not in certain and table.evidence.is_earned and table.has_text]
    titled = [table for table in likely if "title" in table.log_table.fields]
    complete = [table for table in titled if table.evidence.mark_count >= 1]
    plain = [table for table in complete if not table.evidence.is_other]
    return certain + (plain or complete) or titled or likely


def _is_named_only(candidate: _Candidate, headers: Sequence[tuple[str, ...]]) -> bool:
    """Return whether a table has the headings of two lists, and only its name is that of another kind."""
    return candidate.evidence.other_kind == NAMED_KIND and headers.count(candidate.table.headers) > 1


def _is_mapped(candidate: _Candidate) -> bool:
    return any(reading.field == "title" and reading.confidence == MAPPED for reading in candidate.log_table.readings)


def _is_accepted(
    context: ReadingContext,
    candidate: _Candidate,
    candidates: list[_Candidate],
    earned: list[_Candidate],
    *,
    is_return: bool,
) -> bool:
    """Return whether a table is taken: it is certain, or the answer to its question takes it.

    A doubtful table beside a certain one is left out, and named, unless it has two of owner, date and status.
    """
    evidence = candidate.evidence
    if candidate in earned:
        is_beside = candidate.log_table.is_hidden and not all(table.log_table.is_hidden for table in earned)
        return candidate.is_known or not is_beside or _ask_about_sheet(context, candidate, _("it is hidden"))
    has_title = bool(_IDENTIFYING_FIELDS & set(candidate.log_table.fields))
    may_be_list = has_title or (candidate.has_text and bool(evidence.mark_count))
    if not candidate.table.lines or (not earned and (not may_be_list or evidence.is_contact_list)):
        return False
    if is_return:
        if candidate.log_table.is_hidden or candidate.table.sheet in list_own_sheets():
            return False
        if has_title and evidence.is_earned and evidence.mark_count:
            return _ask_about_sheet(context, candidate, _("the rows are not those of the return"))
        _warn_about_sheet(context, candidate)
        return False
    if earned and (evidence.is_other or evidence.mark_count < 2 or not may_be_list):
        _warn_about_sheet(context, candidate)
        return False
    alike = [other for other in candidates if other.table.headers == candidate.table.headers and other not in earned]
    return _ask_about_sheet(context, candidate, evidence.explain(), [other for other in alike if other.table.lines])


def _leave_out_repeated(
    context: ReadingContext, accepted: list[tuple[LogTable, Table]]
) -> list[tuple[LogTable, Table]]:
    """Return the tables without those whose rows repeat another one; ask where their values differ from its values."""
    if len(accepted) < 2:
        return accepted
    rows = [_read_rows_by_title(log_table, table) for log_table, table in accepted]
    kept: list[int] = []
    for index in sorted(range(len(accepted)), key=lambda index: -len(rows[index])):
        original = next((other for other in kept if _repeats(rows[index], rows[other])), None)
        if original is None or _is_list_of_its_own(context, accepted, rows, index, original):
            kept.append(index)
    return [accepted[index] for index in sorted(kept)]


def _read_rows_by_title(log_table: LogTable, table: Table) -> dict[str, dict[str, str]]:
    """Return the values of the owner, the date and the status of each row by its title."""
    positions = {name: log_table.positions[name][0] for name in _REPEATED_FIELDS if name in log_table.positions}
    if "title" not in positions:
        return {}
    return {
        title: {name: format_cell_value(values[position]) for name, position in positions.items()}
        for values in table.values
        if (title := normalize_text(format_cell_value(values[positions["title"]])))
    }


def _repeats(rows: Mapping[str, object], others: Mapping[str, object]) -> bool:
    return len(rows) >= _MIN_REPEATED and len(rows.keys() & others.keys()) >= _MIN_REPEATED_SHARE * len(rows)


def _is_list_of_its_own(
    context: ReadingContext,
    accepted: list[tuple[LogTable, Table]],
    rows: list[dict[str, dict[str, str]]],
    index: int,
    original: int,
) -> bool:
    """Return whether a table that repeats another one is taken as well; where its values differ a person decides."""
    table, other = accepted[index][1], accepted[original][1]
    is_same_state = accepted[index][0].is_closed == accepted[original][0].is_closed
    differs = not is_same_state or any(
        value and rows[original][title].get(name, value) not in ("", value)
        for title in rows[index].keys() & rows[original].keys()
        for name, value in rows[index][title].items()
    )
    name = table.sheet or context.file.path.name
    values = {"sheet": name, "n": len(table.lines), "other": other.sheet or name}
    if not differs and rows[index].keys() <= rows[original].keys():
        reason = _('the sheet "{sheet}" ({n} rows) is left out, because it repeats the rows of "{other}"').format(
            **values
        )
        context.file.warnings.append(FileWarning(table.header_address or name, reason, field="sheet"))
        return False
    sentence = _(
        'the sheet "{sheet}" ({n} rows) repeats rows of "{other}" and differs from it: is it a list of its own?'
    )
    identifier = build_question_id(context.file.path.name, "repeated", name, other.sheet, *table.headers)
    question = Question(
        identifier, None, "sheet", None, None, name, sentence.format(**values), table.header_address or name
    )
    answer = context.resolve_once(question)
    if answer not in ("", "ours", "theirs"):
        raise build_choice_error(identifier, answer)
    return answer == "theirs"


def _ask_about_sheet(
    context: ReadingContext, candidate: _Candidate, doubt: str, alike: Sequence[_Candidate] = ()
) -> bool:
    """Return whether a person takes a sheet; sheets with the same headings and the same doubt are one question."""
    alike = [other for other in alike if other.evidence.explain() == doubt] or [candidate]
    table, name = alike[0].table, alike[0].table.sheet or context.file.path.name
    reason = ngettext(
        'is the sheet "{sheet}" ({rows} rows) a list of actions? {reason}',
        'are the {n} sheets from "{sheet}" to "{last}" ({rows} rows) lists of actions? {reason}',
        len(alike),
        sheet=name,
        last=alike[-1].table.sheet or name,
        rows=sum(len(other.table.lines) for other in alike),
        reason=capitalise(doubt),
    )
    identifier = build_question_id(context.file.path.name, "sheet", name, *table.headers)
    question = Question(identifier, None, "sheet", None, None, name, reason, table.header_address or name)
    answer = context.resolve_once(question)
    if answer not in ("", "ours", "theirs"):
        raise build_choice_error(identifier, answer)
    return answer == "theirs"


def _warn_about_sheet(context: ReadingContext, candidate: _Candidate) -> None:
    table, name = candidate.table, candidate.table.sheet or context.file.path.name
    sentence = _('the sheet "{sheet}" ({n} rows) is left out: {reason}')
    text = sentence.format(sheet=name, n=len(table.lines), reason=candidate.evidence.explain())
    context.file.warnings.append(FileWarning(table.header_address or name, text, field="sheet"))


_DATE_FIELDS = frozenset(("due", "proposed_due", "original_due", "closed_on", "update_on"))
_FILLER_FIELDS = frozenset((*_DATE_FIELDS, *UPDATE_FIELDS, "lead", "support", "status", "brag", "evidence", "priority"))
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,4})?")
_OUTLINE_TITLE = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)(?:[.):]?\s+|[):])(\D.*)", re.DOTALL)
_MIN_OUTLINE_NUMBERS, _MIN_RISING_SHARE = 2, 0.8
_MIN_EXCHANGED = 2
"""Number of different days up to the 12th, beside texts with a later day, from which day and month may be exchanged."""


def read_log(context: ReadingContext, book: Book) -> Log:
    """Return the rows of a file; columns, warnings and questions go to its plan.

    Raises UnknownColumns where no table can hold actions, BadInput for an answer to a question that is none, Cancelled.
    """
    file = context.file
    file.warnings += book.warnings
    sent_actions, sent_texts = _read_sent_actions(book)
    file.tables = tables = find_log_tables(context, book, {normalize_reference(action.ref) for action in sent_actions})
    if not tables and not context.answers:
        raise _build_no_table_error(context, book)
    rows, month_first = list[LogRow](), False
    for log_table, table in tables:
        file.warnings += warn_about_columns(context, table, log_table)
        lines: list[LogRow] = []
        for line in table.lines:
            lines.append(_read_line(log_table, line))
            if len(lines) % REPORT_EVERY == 0:
                context.hooks.report_progress()
        lines = _split_outline_numbers(context, _scale_percentages(lines) if "percent" in log_table.fields else lines)
        month_first = month_first or any(map(_has_month_first_date, lines))
        month_first = month_first or (not sent_actions and _has_exchanged_days(log_table, table))
        lines = _doubt_displaced_rows(table, lines)
        is_alone = sum(other.sheet == table.sheet for other in book.tables) == 1
        is_own = bool(sent_actions) or (is_alone and any(is_known_row(context, line) for line in lines))
        notes = [*(list_texts_around(table, sent_texts) if is_own else ()), *table.notes]
        rows += select_rows(context, table, lines, notes)
        if sent_actions:  # a workbook that was sent has no headings between its rows: an owner wrote them
            notes += table.sections
        else:
            file.warnings += warn_about_sections(context, table.sections)
        file.warnings += warn_about_notes(notes)
    own_sheets = list_own_sheets() if sent_actions else set()
    file.warnings += warn_about_notes(list_notes(book, [table for _log, table in tables], own_sheets, sent_texts))
    file.warnings += warn_about_comments(book, rows, own_sheets | {table.sheet for _log, table in tables})
    file.read = len(rows)
    if tables and not rows:
        file.add_warning(tables[0][1].header_address, _("the list is empty, with headings and no actions"))
    conventions = DateConventions(book.since_1904, month_first)
    return Log(book.path, tuple(rows), tuple(_read_sent_keys(book)), sent_actions, conventions)


def _build_no_table_error(context: ReadingContext, book: Book) -> UnknownColumns:
    """Return the error that names the columns of a file without actions, and the likeliest one for the text."""
    tables = [(read_columns(context, table), table) for table in book.tables]
    columns = [column for log_table, table in tables for column in describe_columns(context, log_table, table)]
    headings = [heading for table in book.tables for heading in table.headers if heading]
    texts = [
        log_table.headings[position]
        for log_table, _table in tables
        for position in list_text_columns(log_table.headings, log_table.fields, log_table.profiles)
        if log_table.headings[position] and log_table.profiles[position].prose >= MIN_PROSE
    ]
    if not headings:
        return UnknownColumns(_("{file} has no table of actions.").format(file=book.path.name), columns)
    sentence = _('{file} has no table of actions. Its columns are "{met}", and none of them has sentences.')
    if texts:
        sentence = _(
            '{file} has no table of actions. Its columns are "{met}". Map one, for example --map "{first}=title".'
        )
    names = '", "'.join(headings[:6])
    return UnknownColumns(sentence.format(file=book.path.name, met=names, first="".join(texts[:1])), columns)


def _read_line(log_table: LogTable, line: Line) -> LogRow:
    """Return a line with the cells that have a value, a colour or a comment."""
    is_closed = log_table.is_closed or is_closed_heading(line.section)
    if isinstance(line.cells, PlainCells):
        values = tuple(map(_read_value, log_table.fields, line.cells.values))
        cells = RowCells(PlainCells(line.cells.columns, line.number, values), log_table.positions)
        return LogRow(log_table, line.number, cells, line.hidden, line.section, is_closed)
    marked_cells = MarkedCells()
    for field, cell in zip(log_table.fields, line.cells, strict=False):
        value = _read_value(field, cell.value)
        if field and (value is not None or cell.fill or cell.comment):
            marked_cells[field] = (*marked_cells.get(field, ()), replace(cell, value=value))
    return LogRow(log_table, line.number, marked_cells, line.hidden, line.section, is_closed)


def _read_value(field: str | None, value: CellValue) -> CellValue:
    """Return a value without the mark of a Welsh file before an English text; None for filler such as "n/a"."""
    if not isinstance(value, str):
        return value
    if field in _FILLER_FIELDS and _is_filler(value):
        return None
    return drop_language_mark(value) if ENGLISH_ONLY in value else value


def _scale_percentages(lines: list[LogRow]) -> list[LogRow]:
    """Return the lines with the numbers of percent columns as texts: 1 is 100% unless the column has larger ones."""
    cells = [cell for line in lines for cell in line.cells.get("percent", ())]
    factor = 1 if any(number > 1 for cell in cells if (number := _read_number(cell)) is not None) else 100

    def write_percentage(cell: Cell) -> Cell:
        number = _read_number(cell)
        return cell if number is None else replace(cell, value=f"{factor * number:g}%")

    return [
        replace(line, cells=MarkedCells({**line.cells, "percent": tuple(map(write_percentage, line.cells["percent"]))}))
        if "percent" in line.cells
        else line
        for line in lines
    ]


def _split_outline_numbers(context: ReadingContext, lines: list[LogRow]) -> list[LogRow]:
    """Return the lines with the outline numbers of their titles as references, where the titles of a list have them.

    Two numbers of a second level in rising order tell "1.1 Plan" from "3 leaflets". Titles of actions here stay whole.
    """
    splits = [_OUTLINE_TITLE.fullmatch(line.text_of("title")) for line in lines]
    numbers = [tuple(map(int, split[1].split("."))) for split in splits if split]
    if sum(len(number) > 1 for number in numbers) < _MIN_OUTLINE_NUMBERS:
        return lines
    rising_count = sum(lower < upper for lower, upper in pairwise(numbers))
    if rising_count < _MIN_RISING_SHARE * (len(numbers) - 1) or any(is_known_row(context, line) for line in lines):
        return lines

    def replace_title(line: LogRow, number: str, title: str) -> LogRow:
        (cell, *others) = line.cells["title"]
        ref_cells = line.cells.get("ref") or (Cell(number, cell.address),)
        return replace(
            line, cells=MarkedCells({**line.cells, "title": (replace(cell, value=title), *others), "ref": ref_cells})
        )

    return [
        replace_title(line, split[1], split[2]) if split else line for line, split in zip(lines, splits, strict=True)
    ]


def _read_number(cell: Cell) -> float | None:
    """Return the number of a cell; in a text file it is a text."""
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
        return cell.value
    return float(cell.value) if isinstance(cell.value, str) and _NUMBER.fullmatch(cell.value) else None


def _is_filler(value: str) -> bool:
    if len(value) > len("amherthnasol"):
        return False
    return (not any(map(str.isalnum, value)) and not set(value) & TICKS) or normalize_text(value) in CELLS["filler"]


def _has_month_first_date(row: LogRow) -> bool:
    return any(field in _DATE_FIELDS and is_month_first(text) for field, text in row.list_texts())


def _has_exchanged_days(log_table: LogTable, table: Table) -> bool:
    """Return whether a program read the dates of a column with the month first where it could.

    It left "15/4/2024" as a text, and made each date that has a month as its first number a day that it is not.
    """
    for position in (position for field in _DATE_FIELDS for position in log_table.positions.get(field, ())):
        days = {value for values in table.values if isinstance(value := values[position], date)}
        if len(days) < _MIN_EXCHANGED or any(value.day > MONTHS for value in days):
            continue
        texts = [value for values in table.values if isinstance(value := values[position], str)]
        if any(map(is_day_first, texts)) and not any(map(is_month_first, texts)):
            return True
    return False


def _doubt_displaced_rows(table: Table, lines: list[LogRow]) -> list[LogRow]:
    """Return the lines of a text file with a doubt where a line has a text right of the last heading.

    A comma in a value without quotation marks moves the values after it to other columns. Where most lines have such
    a text, it is a column without a heading.
    """
    if table.sheet:
        return lines
    numbers = {int(match[0]) for cell in table.beside if (match := re.search(r"\d+$", cell.address))}
    displaced = [line for line in lines if line.number in numbers]
    if 2 * len(displaced) >= len(lines):
        return lines
    doubt = _("it has more values than there are headings, so they may be in the wrong columns")
    return [replace(line, doubt=doubt) if line.number in numbers else line for line in lines]


def _read_sent_actions(book: Book) -> tuple[tuple[SentAction, ...], Set[str]]:
    """Return the rows of the sheet of sent values, and the digests of the texts on the other sheets."""
    digests: set[str] = set()

    def read_rows() -> Iterator[dict[str, str]]:
        for table in book.tables:
            for values in table.values if SENT_KEY in table.headers else ():
                row = dict(zip(table.headers, map(format_cell_value, values), strict=True))
                digests.update(row.get(SENT_TEXTS, "").split())
                yield row

    return read_sent_actions(read_rows()), digests


def _read_sent_keys(book: Book) -> Iterator[RowKey]:
    """Yield the keys in the hidden list of all actions that were sent in an older workbook."""
    for table in book.tables:
        positions = [i for i, heading in enumerate(table.headers) if resolve_column(heading, {}) == ROW_IDS]
        for line in table.lines if positions else ():
            for position in positions:
                yield from decode_keys(line.cells[position].value)
