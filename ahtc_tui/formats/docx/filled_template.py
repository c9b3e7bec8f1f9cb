"""Word documents from a template: values as literal text, a sentence for a template that fails, and properties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.author import format_author
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, _, join_translations
from ahtc_tui.formats.docx.container import EPOCH, normalize_container
from ahtc_tui.formats.docx.language import LANGUAGE_TAGS
from ahtc_tui.formats.docx.tables import repair_tables
from ahtc_tui.formats.docx.template_filling import TemplateFault, fill_safely

if TYPE_CHECKING:
    from docx.document import Document

BRACES = re.compile("[{}]")
"""Written as character references, since docxtpl parses braces again after the template is filled."""
MAX_PROPERTY = 255
"""Limit of characters in a property of a document."""


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """Properties of a document in one or two languages."""

    languages: Sequence[Language]
    titles: Sequence[str]
    subjects: Sequence[str]
    marking: Marking
    day: date


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
        reason = _("it is not a Word document that can be filled")
    else:
        return filled
    raise build_template_error(template, reason)


def build_template_error(template: Path, reason: str) -> BadFile:
    """Return the error of a template that cannot be used."""
    sentence = _(
        'The template "{path}" cannot be used: {reason}. `ahtc templates copy --force` restores the shipped ones.'
    )
    return BadFile(sentence.format(path=template, reason=" ".join(reason.split())))


def save_document(path: Path, page: Document, properties: DocumentProperties) -> None:
    """Set the properties and write the file; equal documents give equal bytes."""
    core = page.core_properties
    core.title = " | ".join(properties.titles)[:MAX_PROPERTY]
    core.subject = " | ".join(properties.subjects)[:MAX_PROPERTY]
    core.keywords = ", ".join(
        join_translations([each], lambda: properties.marking.label) for each in properties.languages
    )
    core.language = LANGUAGE_TAGS[properties.languages[0]]
    core.author = core.last_modified_by = join_translations(properties.languages, format_author)
    core.comments = ""
    core.revision = 1
    core.created = core.modified = datetime.combine(max(properties.day, EPOCH), time())
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
