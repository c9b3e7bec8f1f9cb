"""Work of other libraries and floors of files, timed without the start of a process.

`python -m benchmarks.peer_tasks NAME ARGUMENT...` runs in the environment of the peers, which does not have ahtc.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.processes import run_task

Work = Callable[[], Any]

LOG_CELLS, SENT_CELLS = 15, 14
"""Cells of a row of our workbook: on its sheet, and on the hidden sheet with the values that were sent."""
LOG_QUERY = """
SELECT a.ref, a.title, a.detail, o.title, p.name, a.due, a.original_due, a.raised_on, a.closed_on, a.status, a.brag,
  a.brag_reason, a.evidence, a.outcome, a.note, a.source,
  (SELECT u.text FROM updates u WHERE u.action = a.id AND NOT u.deleted ORDER BY u.said_on DESC, u.n DESC LIMIT 1),
  (SELECT max(u.said_on) FROM updates u WHERE u.action = a.id AND NOT u.deleted)
FROM actions a LEFT JOIN objectives o ON o.id = a.objective LEFT JOIN parties p ON p.id = a.lead
WHERE NOT a.deleted ORDER BY a.ref_key
"""
"""The cells of an action log in plain SQL."""


def read_rows(root: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the log from the database of a workspace."""
    connection = sqlite3.connect(Path(root) / "data" / "ahtc.db")
    yield from connection.execute(LOG_QUERY)


def make_path(name: str) -> Path:
    """Return a path in a new folder, which is removed when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="ahtc-peer-")
    FOLDERS.append(folder)
    return Path(folder.name) / name


FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


def write_xlsx_by_hand(root: str) -> Work:
    """Floor of a workbook: the cells of our two sheets as inline strings in a zip file."""
    path = make_path("log.xlsx")
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'

    def work() -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, cell_count in enumerate((LOG_CELLS, SENT_CELLS), 1):
                with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as sheet:
                    sheet.write(head.encode())
                    for row in read_rows(root):
                        sheet.write(f"<row>{''.join(map(_format_cell, row[:cell_count]))}</row>".encode())
                    sheet.write(b"</sheetData></worksheet>")

    return work


def _format_cell(value: Any) -> str:
    return "<c/>" if value is None else f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def write_xlsxwriter(root: str) -> Work:
    """XlsxWriter in its mode of constant memory, with the cells of our two sheets."""
    import xlsxwriter  # only in the environment of the peers

    path = make_path("log.xlsx")

    def work() -> None:
        workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        day = workbook.add_format({"num_format": "d mmm yyyy"})
        sheets = [(workbook.add_worksheet(), cell_count) for cell_count in (LOG_CELLS, SENT_CELLS)]
        for number, row in enumerate(read_rows(root)):
            for sheet, column in ((sheet, column) for sheet, cell_count in sheets for column in range(cell_count)):
                value = row[column]
                if column in (5, 6, 7, 8) and value:
                    sheet.write_datetime(number, column, date.fromisoformat(value[:10]), day)
                elif value is not None:
                    sheet.write_string(number, column, str(value))
        workbook.close()

    return work


def write_rustpy_xlsxwriter(root: str) -> Work:
    """rustpy-xlsxwriter, with the cells of our two sheets; it takes records and writes days as text."""
    from rustpy_xlsxwriter import write_worksheets  # type: ignore[import-not-found]  # only in that environment

    path = make_path("log.xlsx")

    def work() -> None:
        rows = list(read_rows(root))
        sheets = [
            (title, [{f"column {n}": value for n, value in enumerate(row[:cell_count])} for row in rows])
            for title, cell_count in (("log", LOG_CELLS), ("sent", SENT_CELLS))
        ]
        write_worksheets(sheets, str(path))

    return work


def write_csv(root: str) -> Work:
    """Floor of a CSV file: rows of plain SQL through the csv module."""
    path = make_path("log.csv")

    def work() -> None:
        with path.open("w", newline="") as file:
            csv.writer(file).writerows(read_rows(root))

    return work


def write_json(root: str) -> Work:
    """Floor of a JSON file: rows of plain SQL through the json module."""
    path = make_path("log.json")

    def work() -> None:
        with path.open("w") as file:
            json.dump(list(read_rows(root)), file, indent=2)

    return work


def read_calamine(path: str) -> Work:
    """Floor of reading a workbook: its cells by calamine."""
    from python_calamine import CalamineWorkbook

    return lambda: [sheet.to_python() for sheet in _open_sheets(CalamineWorkbook.from_path(path))]


def _open_sheets(workbook: Any) -> list[Any]:
    return [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]


def read_openpyxl(path: str) -> Work:
    """Reading a workbook by openpyxl without formats."""
    from openpyxl import load_workbook

    def work() -> None:
        workbook = load_workbook(path, read_only=True)
        for sheet in workbook.worksheets:
            for _row in sheet.iter_rows(values_only=True):
                pass

    return work


def _read_due(root: str) -> list[tuple[str, str, str]]:
    connection = sqlite3.connect(Path(root) / "data" / "ahtc.db")
    return connection.execute(
        "SELECT ref, title, substr(due, 1, 10) FROM actions WHERE due IS NOT NULL AND NOT deleted"
    ).fetchall()


def write_ics_by_hand(root: str) -> Work:
    """Floor of a calendar: to-dos as strings."""
    path = make_path("due.ics")

    def work() -> None:
        with path.open("w", newline="\r\n") as file:
            file.write("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//floor//EN\n")
            for ref, title, due in _read_due(root):
                day = due.replace("-", "")
                file.write(
                    f"BEGIN:VTODO\nUID:{ref}@example.org\nDTSTAMP:20140128T120000Z\nSUMMARY:{title}\n"
                    f"DUE;VALUE=DATE:{day}\nEND:VTODO\n"
                )
            file.write("END:VCALENDAR\n")

    return work


def write_icalendar(root: str) -> Work:
    """To-dos by icalendar."""
    from datetime import UTC, datetime

    from icalendar import Calendar, Todo

    path = make_path("due.ics")

    def work() -> None:
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", "-//peer//EN")
        for ref, title, due in _read_due(root):
            todo = Todo()
            todo.add("uid", f"{ref}@example.org")
            todo.add("dtstamp", datetime(2014, 1, 28, 12, tzinfo=UTC))
            todo.add("summary", title)
            todo.add("due", date.fromisoformat(due))
            calendar.add_component(todo)
        path.write_bytes(calendar.to_ical())

    return work


def _read_contacts(root: str) -> list[tuple[str, str, str | None, str | None]]:
    connection = sqlite3.connect(Path(root) / "data" / "ahtc.db")
    return connection.execute(
        "SELECT ref, name, email, phone FROM parties WHERE kind = 'person' AND NOT deleted"
    ).fetchall()


def write_vcf_by_hand(root: str) -> Work:
    """Floor of cards: vCards as strings."""
    path = make_path("contacts.vcf")

    def work() -> None:
        with path.open("w", newline="\r\n") as file:
            for ref, name, email, phone in _read_contacts(root):
                file.write(
                    f"BEGIN:VCARD\nVERSION:4.0\nUID:{ref}@example.org\nFN:{name}\nN:;{name};;;\n"
                    + (f"EMAIL:{email}\n" if email else "")
                    + (f"TEL:{phone}\n" if phone else "")
                    + "END:VCARD\n"
                )

    return work


def write_vobject(root: str) -> Work:
    """Cards by vobject."""
    import vobject  # type: ignore[import-untyped]

    path = make_path("contacts.vcf")

    def work() -> None:
        with path.open("w", newline="") as file:
            for ref, name, email, phone in _read_contacts(root):
                card = vobject.vCard()
                card.add("uid").value = f"{ref}@example.org"
                card.add("fn").value = name
                card.add("n").value = vobject.vcard.Name(given=name)
                if email:
                    card.add("email").value = email
                if phone:
                    card.add("tel").value = phone
                file.write(card.serialize())

    return work


def write_docxtpl(root: str) -> Work:
    """A Word file with a point for each action by docxtpl."""
    from docx import Document
    from docxtpl import DocxTemplate

    template, path = make_path("template.docx"), make_path("paper.docx")
    document = Document()
    for text in ("{%p for row in rows %}", "{{ row[0] }}: {{ row[1] }}, {{ row[4] }}", "{%p endfor %}"):
        document.add_paragraph(text, style="List Bullet")
    document.save(str(template))

    def work() -> None:
        page = DocxTemplate(template)
        page.render({"rows": list(read_rows(root))}, autoescape=True)
        page.save(path)

    return work


def write_text(root: str) -> Work:
    """Floor of a paper: a line of text for each action."""
    path = make_path("paper.txt")

    def work() -> None:
        with path.open("w") as file:
            file.writelines(f"{row[0]}: {row[1]}, {row[4]}\n" for row in read_rows(root))

    return work


def commit_sqlmodel(root: str, edits: str) -> Work:
    """Edits of single rows by SQLModel, a commit each, without journal."""
    from sqlmodel import Field, Session, SQLModel, create_engine, select

    path = make_path("model.db")
    shutil.copyfile(Path(root) / "data" / "ahtc.db", path)

    class Action(SQLModel, table=True):
        __tablename__ = "actions"
        n: int = Field(primary_key=True)
        ref: str
        note: str | None = None

    engine = create_engine(f"sqlite:///{path}")

    def work() -> None:
        with Session(engine) as session:
            for number in range(int(edits)):
                action = session.exec(select(Action).where(Action.ref == f"MW-{number + 1}")).one()
                action.note = f"{number}"
                session.add(action)
                session.commit()

    return work


if __name__ == "__main__":
    run_task(globals()[sys.argv[1]], sys.argv[2:])
