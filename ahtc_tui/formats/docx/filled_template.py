"""Word documents from a template: values as literal text, a sentence for a template that fails, and properties.

Shipped templates are filled in this process, templates of a workspace in a child process with limits.
"""

from __future__ import annotations

import pickle
import re
import subprocess
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.docx import template_child
from ahtc_tui.formats.docx.tables import add_paragraph_after_last_table, keep_short_tables_together, repair_tables
from ahtc_tui.formats.files import limited_program
from ahtc_tui.formats.files.office_container import (
    DocumentProperties,
    build_template_error,
    normalize_container,
    set_properties,
)

if TYPE_CHECKING:
    from docx.document import Document


BRACES = re.compile("[{}]")
"""Written as character references, since docxtpl parses braces again after the template is filled."""

SHIPPED = Path(__file__).parents[1] / "templates"
CHILD_SCRIPT = Path(template_child.__file__)
CPU_SECONDS = 10
MEMORY_MEGABYTES = 1_000
UNDEFINED_NAME = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


def fill_document(template: Path, variables: dict[str, Any]) -> Document:
    """Return the template filled with variables. Raises BadFile with one sentence if it cannot be filled."""
    import docx

    try:
        filled = docx.Document(BytesIO(fill_safely(template, variables)))
        repair_tables(filled.element.body)
    except TemplateFault as error:
        reason = str(error)
    except OSError as error:
        reason = _("it cannot be read ({reason})").format(reason=error.strerror or error)
    except Exception:  # python-docx, lxml and zipfile raise many types for other files
        reason = _("it is not a Word document with fields")
    else:
        return filled
    raise build_template_error(template, reason)


def save_document(path: Path, page: Document, properties: DocumentProperties) -> None:
    """Set the properties and write the file; equal documents give equal bytes."""
    set_properties(page.core_properties, properties)
    keep_short_tables_together(page.element.body)
    add_paragraph_after_last_table(page)
    page.save(str(path))
    normalize_container(path, properties.day)


def escape_value(value: Any) -> Any:
    """Return text as literal markup that docxtpl does not parse; records and lists recursively."""
    if isinstance(value, str):
        from markupsafe import Markup, escape

        return Markup(BRACES.sub(lambda match: f"&#{ord(match.group())};", str(escape(value))))
    if is_dataclass(value):
        return SimpleNamespace(**{field.name: escape_value(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, tuple):
        return [escape_value(item) for item in value]
    if isinstance(value, dict):
        return SimpleNamespace(**{name: escape_value(item) for name, item in value.items()})
    return value


class TemplateFault(Exception):
    """A template cannot be filled; the text is the reason, as a clause."""


def fill_safely(template: Path, variables: dict[str, Any]) -> bytes:
    """Return a template filled with variables, as a Word document. Raises TemplateFault, OSError."""
    data = template.read_bytes()
    if template.parent == SHIPPED:
        return template_child.fill_template(data, variables)
    command = limited_program.build_command(CHILD_SCRIPT, seconds=CPU_SECONDS, megabytes=MEMORY_MEGABYTES)
    message = pickle.dumps((data, variables))
    try:
        child = subprocess.run(
            command,
            input=message,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * CPU_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateFault(_explain_limit()) from error
    if child.returncode or not child.stdout:
        raise TemplateFault(_explain_limit())
    if child.stdout.startswith(b"-"):
        kind, _end, text = child.stdout[1:].decode("utf-8", "replace").partition("\n")
        raise TemplateFault(_explain_fault(kind, text))
    return child.stdout[1:]


def _explain_limit() -> str:
    return _("it needs too much time or memory; remove loops and repetitions")


def _explain_fault(kind: str, text: str) -> str:
    match kind:
        case "UndefinedError":
            match = UNDEFINED_NAME.search(text)
            return _('no placeholder is called "{name}"').format(name=(match[1] or match[2]) if match else text)
        case "TemplateSyntaxError":
            return _("a placeholder is incomplete ({reason})").format(reason=text)
        case "SecurityError":
            return _("a placeholder is not allowed ({reason})").format(reason=text)
        case "DocumentTooLarge" | "MemoryError" | "OverflowError":
            return _explain_limit()
    return _("it is not a Word document with fields")
