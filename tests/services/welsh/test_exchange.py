"""Files for translators: written, filled in by another program, and read again."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from babel.messages.pofile import read_po, write_po

from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.errors import BadFile, BadInput, Refused
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, TakeMode
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings.service import show_meeting
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.welsh import exchange, queue
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_minuted_meeting

HEADING_ROW = 3


def fill_workbook(path: Path, welsh: dict[str, str]) -> None:
    """Fill in the Welsh of rows, by their reference and field."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows(min_row=HEADING_ROW + 1):
        if text := welsh.get(f"{row[0].value} {row[1].value}"):
            row[3].value = text
            row[3].data_type = "s"
    book.save(path)


def empty_state(path: Path, place: str) -> None:
    """Empty the column "State" of a row, as a translator who has reviewed it does."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows(min_row=HEADING_ROW + 1):
        if f"{row[0].value} {row[1].value}" == place:
            row[4].value = None
    book.save(path)


def fill_catalogue(path: Path, welsh: dict[str, str]) -> None:
    """Fill in the Welsh of entries, by their context."""
    catalogue = read_po(BytesIO(path.read_bytes()), locale="cy", abort_invalid=True)
    for message in catalogue:
        if text := welsh.get(message.context or ""):
            message.string = text
            message.flags.discard("fuzzy")
    with path.open("wb") as file:
        write_po(file, catalogue)


Fill = Callable[[Path, dict[str, str]], None]
FORMATS = pytest.mark.parametrize(("ending", "fill"), [("xlsx", fill_workbook), ("po", fill_catalogue)])


def import_file(workspace: Workspace, file: Path, **options: object) -> FileReport:
    report = exchange.import_translations(workspace, file, ImportOptions(**options))  # type: ignore[arg-type]
    return report.files[0]


@FORMATS
def test_the_welsh_that_comes_back_is_one_step(ending: str, fill: Fill, wales: Workspace, tmp_path: Path) -> None:
    meeting = make_minuted_meeting(wales)
    file = tmp_path / f"queue.{ending}"
    count, _marking = exchange.export_queue(wales, file)
    assert count == len(queue.list_queue(wales))
    welsh = {
        "DP-03 title": 'Teitl "ŵ" â\'i gilydd',
        f"{meeting} item.1": "Hyfforddiant",
        f"{meeting} line.1.1": "= dau",
    }
    fill(file, welsh)
    report = import_file(wales, file)
    assert report.read == count
    assert {f"{change.ref} {change.field}": change.now for change in report.changed} == welsh
    assert (report.questions, report.warnings) == ((), ())
    assert actions.show_action(wales, "DP-03").row.title_cy == welsh["DP-03 title"]
    assert len(queue.list_queue(wales)) == count - 3
    history.undo_step(wales)
    assert len(queue.list_queue(wales)) == count


@FORMATS
def test_a_plan_writes_nothing(ending: str, fill: Fill, wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / f"queue.{ending}"
    exchange.export_queue(wales, file)
    fill(file, {"DP-03 title": "Teitl"})
    shipped = actions.show_action(wales, "DP-03").row.title_cy
    report = exchange.import_translations(wales, file, apply=False)
    assert (report.applied, len(report.files[0].changed)) == (False, 1)
    assert actions.show_action(wales, "DP-03").row.title_cy == shipped


@pytest.mark.sample(2)
@FORMATS
def test_a_row_whose_english_has_changed_is_a_question(
    ending: str, fill: Fill, wales: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / f"queue.{ending}"
    exchange.export_queue(wales, file)
    fill(file, {"DP-03 title": "Teitl", "DP-04 title": "Arall"})
    actions.edit_action(wales, "DP-03", build_action_draft({"title": "Build no links"}))
    report = import_file(wales, file)
    assert [change.ref for change in report.changed] == ["DP-04"]
    (question,) = report.questions
    assert (question.ref, question.field, question.theirs) == ("DP-03", "title", "Teitl")
    assert "Build no links" in question.reason
    assert actions.show_action(wales, "DP-03").row.title_cy is None
    import_file(wales, file, answers={question.id: "theirs"})
    assert actions.show_action(wales, "DP-03").row.title_cy == "Teitl"


@pytest.mark.sample(2)
@FORMATS
def test_another_welsh_text_is_not_replaced_unasked(ending: str, fill: Fill, wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / f"queue.{ending}"
    exchange.export_queue(wales, file)
    fill(file, {"DP-03 title": "Teitl"})
    queue.translate_text(wales, "DP-03", "title", "Ein teitl ni")
    assert [question.ours for question in import_file(wales, file).questions] == ["Ein teitl ni"]
    assert actions.show_action(wales, "DP-03").row.title_cy == "Ein teitl ni"
    import_file(wales, file, take=TakeMode.ALL)
    assert actions.show_action(wales, "DP-03").row.title_cy == "Teitl"
    assert import_file(wales, file).changed == ()


@FORMATS
def test_a_translation_that_comes_back_unchanged_is_reviewed_where_its_mark_is_gone(
    ending: str, fill: Fill, wales: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / f"queue.{ending}"
    count, _marking = exchange.export_queue(wales, file)
    assert import_file(wales, file).changed == ()
    shipped = actions.show_action(wales, "DP-03").row.title_cy or ""
    fill(file, {"DP-03 title": shipped})
    if ending == "xlsx":
        empty_state(file, "DP-03 title")
    assert [change.ref for change in import_file(wales, file).changed] == ["DP-03"]
    assert actions.show_action(wales, "DP-03").row.title_cy == shipped
    assert len(queue.list_queue(wales)) == count - 1
    history.undo_step(wales)
    assert len(queue.list_queue(wales)) == count


def test_a_line_that_has_moved_is_found_by_its_english(wales: Workspace, tmp_path: Path) -> None:
    meeting = make_minuted_meeting(wales)
    file = tmp_path / "queue.xlsx"
    exchange.export_queue(wales, file)
    fill_workbook(file, {f"{meeting} line.1.2": "mabwysiadwyd y cwrs"})

    minutes.move_line(wales, meeting, show_meeting(wales, meeting).lines[0].key, 1)
    assert [change.field for change in import_file(wales, file).changed] == ["line.1.1"]


def test_a_row_of_a_removed_record_is_left_out_by_name(wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "queue.xlsx"
    ref = make_action(wales, "Agree the protocol").ref
    exchange.export_queue(wales, file)
    fill_workbook(file, {f"{ref} title": "Cytuno"})
    history.undo_step(wales)
    (warning,) = import_file(wales, file).warnings
    assert ref in warning.reason
    assert warning.cell.startswith("Welsh!D")


def test_an_entry_marked_fuzzy_is_not_taken(wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "queue.po"
    exchange.export_queue(wales, file)
    fill_catalogue(file, {"DP-03 title": "Teitl"})
    file.write_text(file.read_text().replace('msgctxt "DP-03 title"', '#, fuzzy\nmsgctxt "DP-03 title"'))
    assert import_file(wales, file).changed == ()


def test_a_text_like_a_formula_stays_text(workspace: Workspace, tmp_path: Path) -> None:
    ref = make_action(workspace, '=HYPERLINK("https://example.org")').ref
    file = tmp_path / "queue.xlsx"
    exchange.export_queue(workspace, file)
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    (cell,) = [row[2] for row in sheet.iter_rows(min_row=HEADING_ROW + 1) if row[0].value == ref]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_catalogue_has_no_format_strings(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, 'Reach 50% of "all" {forces}\\', detail="Two\nlines with %s and %(name)d")
    file = tmp_path / "queue.po"
    exchange.export_queue(workspace, file)
    messages = [message for message in read_po(BytesIO(file.read_bytes()), locale="cy") if message.context]
    assert [message.id for message in messages][:2] == [
        'Reach 50% of "all" {forces}\\',
        "Two\nlines with %s and %(name)d",
    ]
    assert "python-format" not in file.read_text()


def test_the_file_has_the_highest_marking_of_its_texts(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, "Agree the protocol", marking="official-sensitive")
    for ending in ("po", "xlsx"):
        exchange.export_queue(workspace, tmp_path / f"queue.{ending}")
    assert "OFFICIAL-SENSITIVE" in (tmp_path / "queue.po").read_text().splitlines()[0]
    book = openpyxl.load_workbook(tmp_path / "queue.xlsx")
    header = book.worksheets[0].oddHeader
    assert header is not None
    assert "OFFICIAL-SENSITIVE" in str(header.center.text)


def test_files_that_cannot_be_used_are_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="xlsx"):
        exchange.export_queue(wales, tmp_path / "queue.docx")
    exchange.export_queue(wales, tmp_path / "queue.po")
    with pytest.raises(Refused):
        exchange.export_queue(wales, tmp_path / "queue.po")
    book = openpyxl.Workbook()
    book.save(tmp_path / "empty.xlsx")
    (tmp_path / "bad.po").write_bytes(b'msgid "a\nmsgstr')
    (tmp_path / "text.xlsx").write_text("Ref,Field,English,Welsh\n")
    for name in ("empty.xlsx", "bad.po", "text.xlsx", "missing.po"):
        with pytest.raises(BadFile):
            exchange.import_translations(wales, tmp_path / name)
