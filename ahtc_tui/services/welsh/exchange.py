"""Files for translators: exports the queue as a workbook or catalogue, and imports the Welsh that comes back."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.export_kinds import check_ending
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ChangedField, ImportOptions, ImportReport, Question, TakeMode
from ahtc_tui.domain.welsh.model import ReturnedText, TranslatedText, TranslationState
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services import backup
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id
from ahtc_tui.services.output_folders import find_dated_path
from ahtc_tui.services.welsh.queue import count_states, list_queue, read_texts, write_welsh
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.cursor import Cursor

WIDTHS = (18, 14, 70, 70, 16)


def export_queue(
    workspace: Workspace, target: Path, *, with_closed: bool = False, force: bool = False
) -> tuple[int, Marking]:
    """Write the queue as a workbook or a catalogue, with the highest marking of its texts; return their number and it.

    Raises BadInput for another suffix, Refused where the file exists.
    """
    ending = check_ending(target, (".xlsx", ".po"))
    texts = list_queue(workspace, with_closed=with_closed)
    marking = find_highest_marking(Marking.OFFICIAL, [text.marking for text in texts])

    def write_file(path: Path) -> None:
        if ending == ".po":
            from ahtc_tui.formats.translation_catalogue import write_catalogue

            write_catalogue(path, texts, marking.label, workspace.now())
        else:
            _write_workbook(path, workspace, texts, marking)

    write_file_atomically(target, write_file, force)
    return len(texts), marking


def export_to_folder(workspace: Workspace) -> tuple[Path, int]:
    """Write the queue as a workbook to the exports folder; return its path and the number of texts."""
    target = find_dated_path(workspace, lambda: _("Text to translate"), ".xlsx")
    return target, export_queue(workspace, target)[0]


def _write_workbook(path: Path, workspace: Workspace, texts: list[TranslatedText], marking: Marking) -> None:
    from ahtc_tui.formats.sheets.translations import HEADINGS
    from ahtc_tui.formats.xlsx.record_table import RecordTable, write_record_table

    explanation = _('Fill in the column "Welsh". Empty "State" in the row of each translation you have reviewed.')
    note = f"{count_states(texts)}. {explanation}"
    rows = [(text.ref, text.field, text.en, text.cy, text.state.label) for text in texts]
    headings = [_(heading) for heading in HEADINGS.values()]
    title = _("Text of records, for translation into Welsh")
    table = RecordTable(_("Welsh"), title, note, marking, workspace.today(), headings, WIDTHS, rows, "C")
    write_record_table(path, table)


def import_translations(
    workspace: Workspace, file: Path, options: ImportOptions | None = None, *, apply: bool = True
) -> ImportReport:
    """Import the Welsh of a file in one step, or only plan it without `apply`.

    A row whose English text has changed since, or whose record has another Welsh text, is a question. A row without
    Welsh is left out. Raises BadFile for a file that cannot be used; nothing is written then.
    """
    options = options or ImportOptions()
    returned = _read_file(file)
    if not apply or options.take is TakeMode.NONE:
        with workspace.database.read() as cursor:
            file_plan, _planned = _plan_file(cursor, workspace, file, returned, options)
        return ImportReport((file_plan.build_report(),), applied=False)
    backup.back_up_before(workspace, "import")
    with workspace.database.write(f"import Welsh texts: {file.name[:80]}") as ledger:
        file_plan, planned = _plan_file(ledger.cursor, workspace, file, returned, options)
        for text, welsh in planned:
            write_welsh(ledger, text, welsh)
    return ImportReport((file_plan.build_report(),), applied=True)


def _read_file(file: Path) -> list[ReturnedText]:
    if file.suffix.lower() in (".po", ".pot"):
        from ahtc_tui.formats.translation_catalogue import read_catalogue

        return read_catalogue(file)
    from ahtc_tui.formats.sheets.translations import read_translation_workbook

    return read_translation_workbook(file)


def _plan_file(
    cursor: Cursor, workspace: Workspace, file: Path, returned: list[ReturnedText], options: ImportOptions
) -> tuple[FilePlan, list[tuple[TranslatedText, str]]]:
    """Return the plan of a file, and the texts with the Welsh to write."""
    file_plan = FilePlan(file, len(returned), options)
    planned = []
    texts = read_texts(cursor, workspace)
    for row in returned:
        if not row.cy:
            continue
        text = _find_text(texts, row)
        if text is None:
            reason = _("{ref} has no text {field} any more, and the row is left out").format(
                ref=row.ref, field=row.field
            )
            file_plan.add_warning(row.cell, reason, "row")
        elif _fold(text.cy or "") == _fold(row.cy) and not (text.is_unreviewed and row.is_reviewed):
            file_plan.unchanged += 1
        elif (welsh := _decide(file_plan, row, text)) is not None:
            file_plan.changed.append(ChangedField(text.ref, text.field, text.cy, welsh, row.cell))
            planned.append((text, welsh))
    return file_plan, planned


def _find_text(texts: list[TranslatedText], row: ReturnedText) -> TranslatedText | None:
    """Return the text of a row: by its place, or by its English where an item or line has moved since."""
    at_place = [text for text in texts if text.ref.casefold() == row.ref.casefold() and text.field == row.field]
    if at_place and _fold(at_place[0].en) == _fold(row.en):
        return at_place[0]
    kind = row.field.partition(".")[0]
    moved = [
        text
        for text in texts
        if text.ref == row.ref and text.field.partition(".")[0] == kind and _fold(text.en) == _fold(row.en)
    ]
    return moved[0] if len(moved) == 1 else next(iter(at_place), None)


def _decide(file_plan: FilePlan, row: ReturnedText, text: TranslatedText) -> str | None:
    """Return the Welsh to write; None where a question is open or was answered with the present text."""
    if _fold(text.en) != _fold(row.en):
        reason = _('the English text has changed since the export, to "{text}"').format(text=text.en)
    elif text.state is TranslationState.REVIEWED:
        reason = _("the record has another Welsh text already")
    else:
        return row.cy
    identifier = build_question_id(file_plan.path.name, text.ref, text.field, row.en, row.cy)
    question = Question(identifier, text.ref, text.field, row.en, text.cy, row.cy, reason, row.cell)
    match file_plan.decide_question(question):
        case "" | "ours" | "skip":
            return None
        case "theirs":
            return row.cy
        case typed_text:
            return typed_text


def _fold(text: str) -> str:
    return " ".join(text.split())
