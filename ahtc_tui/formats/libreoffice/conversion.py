"""Converts a Word document or a workbook with LibreOffice: PDF for screen readers (PDF/UA), and OpenDocument.

Each run has its own folder and user profile, so that runs do not meet each other or an open LibreOffice.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from ahtc_tui.domain.errors import ProgramError
from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.running_job import refuse_stopped
from ahtc_tui.formats.files.text_extraction import scan_outgoing_file

OPENDOCUMENT = (".odt", ".ods")
"""Suffixes of the formats that lack parts of the source after the conversion."""

SECONDS = 180
"""Time limit of one conversion. A small document takes some seconds, a first start on a busy machine more."""
STOP_CHECK_SECONDS = 0.2
"""Interval in which a conversion asks whether a person stopped it."""

PROGRAM_NAMES = ("soffice", "libreoffice")
USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
"""Where installers put the program without an entry in the search path."""

PDF_OPTIONS: dict[str, bool | int] = {
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "SelectPdfVersion": 17,  # PDF/UA-1 is PDF 1.7 (ISO 14289-1, 6.1)
    "ExportBookmarks": True,
    "DisplayPDFDocumentTitle": True,
}
"""Options of the PDF export, see "PDF Export Command Line Parameters" in the help of LibreOffice."""

PROFILE_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""
"""A restyled template may hold macros, or pictures of other addresses: neither is run or fetched."""


def convert_file(source: Path, target: Path, name: str = "", *, seconds: float = SECONDS) -> None:
    """Write `source` to `target` in the format of its suffix; title, author and language come from the source.

    The source is scanned for case data, because the text of a PDF is not read afterwards. `name` is what messages call
    the file, where `target` is the temporary file of an atomic write. Raises ProgramError where LibreOffice is missing,
    fails or takes longer than `seconds`; it is ended then, and also where the caller is interrupted.
    """
    name = name or target.name
    program = require_libreoffice(source, name)
    scan_outgoing_file(source, name)
    with hold_temporary_folder() as folder:
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(PROFILE_SETTINGS, encoding="utf-8")
        output = folder / "output"
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
            "--convert-to", _format_filter(source, target),
            "--outdir", str(output),
            str(source.resolve()),
        ]  # fmt: skip
        _run_program(command, name, seconds, folder)
        converted = output / source.with_suffix(target.suffix.lower()).name
        if not converted.is_file() or not converted.stat().st_size:
            raise ProgramError(_('LibreOffice could not save "{name}". Nothing was saved.').format(name=name))
        if target.suffix.lower() in OPENDOCUMENT:
            complete_opendocument(converted, source)
        shutil.copyfile(converted, target)


def require_libreoffice(source: Path, name: str) -> str:
    """Return the path of the program that converts `source`. Raises ProgramError where it is not installed."""
    program = find_libreoffice()
    if program is None:
        raise ProgramError(_describe_missing(source, name))
    return program


def find_libreoffice() -> str | None:
    """Return the path of the program, or None where LibreOffice is not installed."""
    on_path = (shutil.which(name) for name in PROGRAM_NAMES)
    return next((path for path in (*on_path, *filter(os.path.exists, USUAL_PLACES)) if path), None)


def _format_filter(source: Path, target: Path) -> str:
    """Return the format of the target as LibreOffice names it, with the options of a PDF."""
    ending = target.suffix.lower().removeprefix(".")
    if ending != "pdf":
        return ending
    module = "calc" if _is_workbook(source) else "writer"
    kinds = {bool: "boolean", int: "long"}
    options = {name: {"type": kinds[type(value)], "value": str(value).lower()} for name, value in PDF_OPTIONS.items()}
    return f"pdf:{module}_pdf_Export:{json.dumps(options)}"


def _is_workbook(source: Path) -> bool:
    return source.suffix.lower() in (".xlsx", ".ods")


def _run_program(command: list[str], name: str, seconds: float, folder: Path) -> None:
    """Run LibreOffice in its own process group, with its temporary files in a folder; end the group in any case.

    It does not connect to the print service of the computer.
    """
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "TMPDIR": str(folder), "SAL_DISABLE_CUPS": "1"}
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, env=environment
    )
    try:
        _wait_for(process, seconds)
    except subprocess.TimeoutExpired as error:
        sentence = _('LibreOffice did not finish "{name}" within the time limit. Nothing was saved.')
        raise ProgramError(sentence.format(name=name)) from error
    finally:
        _end_group(process)
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait for the end of a program. Raises TimeoutExpired, and Cancelled where a person stopped the job."""
    deadline = monotonic() + seconds
    while process.poll() is None:
        refuse_stopped()
        if (left := deadline - monotonic()) <= 0:
            raise subprocess.TimeoutExpired(process.args, seconds)
        with suppress(subprocess.TimeoutExpired):
            process.wait(min(left, STOP_CHECK_SECONDS))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End what the program started: its launcher waits for a second process that does the work."""
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _describe_missing(source: Path, name: str) -> str:
    sentence = _('LibreOffice is needed for "{name}" and is not installed. To install it, run {command}')
    return sentence.format(name=name, command=_choose_install_command(source))


def _choose_install_command(source: Path) -> str:
    part = "calc" if _is_workbook(source) else "writer"
    commands = {
        "apt-get": f"sudo apt-get install libreoffice-{part}",
        "dnf": f"sudo dnf install libreoffice-{part}",
        "pacman": "sudo pacman -S libreoffice-fresh",
        "zypper": f"sudo zypper install libreoffice-{part}",
        "brew": "brew install --cask libreoffice",
        "winget": "winget install TheDocumentFoundation.LibreOffice",
    }
    installed = (command for manager, command in commands.items() if shutil.which(manager))
    return next(installed, commands["winget" if sys.platform == "win32" else "apt-get"])


NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}
FIRST_PART = "mimetype"
"""Part that is the first and not compressed (ODF 1.2 part 3, 3.3)."""


class TableTexts(NamedTuple):
    """Title and description of a table, which Word calls its alternative text; empty where it has none."""

    title: str
    description: str


def complete_opendocument(path: Path, source: Path) -> None:
    """Write the language and the text alternatives of the tables of the source into the file converted from it."""
    with ZipFile(source) as archive:
        language = _read_language(archive.read("docProps/core.xml"))
        names = archive.namelist()
        tables = _read_tables(archive.read("word/document.xml")) if "word/document.xml" in names else []
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if language:
        parts["meta.xml"] = _set_language(parts["meta.xml"], language)
        parts["styles.xml"] = _set_default_language(parts["styles.xml"], language)
    if any(any(texts) for texts in tables):
        parts["content.xml"] = _describe_tables(parts["content.xml"], tables)
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data, ZIP_STORED if name == FIRST_PART else ZIP_DEFLATED)


def _read_language(core: bytes) -> str:
    language = _parse(core).find("dc:language", NAMESPACES)
    return "" if language is None else language.text or ""


def _read_tables(document: bytes) -> list[TableTexts]:
    """Return the texts of the tables of a Word document, in its order."""
    value = _format_name("w:val")
    tables = []
    for properties in _parse(document).iterfind(".//w:tbl/w:tblPr", NAMESPACES):
        texts = [properties.find(f"w:{name}", NAMESPACES) for name in ("tblCaption", "tblDescription")]
        tables.append(TableTexts(*("" if text is None else text.get(value, "") for text in texts)))
    return tables


def _set_language(meta: bytes, language: str) -> bytes:
    """Return the properties with the language of the document."""
    root = _parse(meta)
    properties = root.find("office:meta", NAMESPACES)
    entry = properties.find("dc:language", NAMESPACES)
    if entry is None:
        entry = properties.makeelement(_format_name("dc:language"))
        properties.append(entry)
    entry.text = language
    return _write(root)


def _set_default_language(styles: bytes, language: str) -> bytes:
    """Return the styles with the language of the document as the default language of text."""
    root = _parse(styles)
    code, _hyphen, country = language.partition("-")
    for properties in root.iterfind(".//style:default-style/style:text-properties", NAMESPACES):
        properties.set(_format_name("fo:language"), code)
        properties.set(_format_name("fo:country"), country or "none")
    return _write(root)


def _describe_tables(content: bytes, tables: list[TableTexts]) -> bytes:
    """Return the text with title and description of each table (ODF 1.2 part 1, 9.1.2), where none was lost."""
    root = _parse(content)
    elements = list(root.iter(_format_name("table:table")))
    for element, texts in zip(elements, tables, strict=True) if len(elements) == len(tables) else ():
        for name, text in (("desc", texts.description), ("title", texts.title)):
            if text and element.find(f"table:{name}", NAMESPACES) is None:
                child = element.makeelement(_format_name(f"table:{name}"))
                child.text = text
                element.insert(0, child)
    return _write(root)


def _parse(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False))


def _write(root: Any) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


def _format_name(name: str) -> str:
    """Return a name as lxml has it: "dc:language" with the address of its namespace."""
    prefix, _colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
