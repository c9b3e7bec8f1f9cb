"""Agenda and minutes as Word documents, from a template that the secretariat may have restyled.

User text is escaped. Equal documents give equal bytes.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.author import format_author
from ahtc_tui.domain.documents.meeting_document import MeetingDocument
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, _, join_translations, use_language
from ahtc_tui.formats.docx import language
from ahtc_tui.formats.docx.container import EPOCH, normalize_container
from ahtc_tui.formats.docx.tables import repair_tables
from ahtc_tui.formats.docx.template_filling import TemplateFault, fill_safely
from ahtc_tui.formats.markdown.labels import build_labels

if TYPE_CHECKING:
    from docx.document import Document

BRACES = re.compile("[{}]")
"""Written as character references, since docxtpl parses braces again after the template is filled."""


def write_meeting_docx(
    path: Path, document: MeetingDocument, template: Path, second: MeetingDocument | None = None
) -> None:
    """Fill a template and write it; `second` is the same document in the other language, on a new page.

    Raises BadFile with one sentence if the template cannot be filled.
    """
    day = document.day or EPOCH
    filled = _fill_template(template, document)
    if document.language is Language.CY:
        language.mark_welsh(filled)
    if second is not None:
        language.append_document(filled, _fill_template(template, second))
    properties = filled.core_properties
    papers = [document, *([second] if second else [])]
    properties.title = " | ".join(_format_title(paper) for paper in papers)[:255]
    properties.subject = " | ".join(", ".join(part for part in (paper.ref, paper.when) if part) for paper in papers)[
        :255
    ]
    languages = [document.language, *([second.language] if second else [])]
    properties.keywords = join_translations(languages, lambda: document.marking.label)
    properties.language = language.LANGUAGE_TAGS[document.language]
    properties.author = properties.last_modified_by = join_translations(languages, format_author)
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(day, time())
    filled.save(str(path))
    normalize_container(path, day)


def _format_title(document: MeetingDocument) -> str:
    with use_language(document.language):
        return f"{document.group}: {document.kind.label.lower()}"


def _fill_template(template: Path, document: MeetingDocument) -> Document:
    import docx

    try:
        filled = docx.Document(BytesIO(fill_safely(template, build_context(document))))
        repair_tables(filled.element.body)
    except TemplateFault as error:
        reason = str(error)
    except OSError as error:
        reason = _("it cannot be read ({reason})").format(reason=error.strerror or error)
    except Exception:  # python-docx, lxml and zipfile raise many types for other files
        reason = _("it is not a Word document that can be filled")
    else:
        return filled
    sentence = _(
        'The template "{path}" cannot be used: {reason}. `ahtc templates copy --force` restores the shipped ones.'
    )
    raise BadFile(sentence.format(path=template, reason=" ".join(reason.split())))


def build_context(document: MeetingDocument) -> dict[str, Any]:
    """Return the template variables: the fields of the document, and `say` for labels."""
    with use_language(document.language):
        labels, kind, marking = build_labels(), document.kind.label, document.marking.label
    status = " · ".join(part for part in (document.standing, document.version) if part)
    variables = {field.name: _escape_value(getattr(document, field.name)) for field in fields(document)}
    variables["marking"] = _escape_value(marking)
    variables["kind"] = _escape_value(kind)
    variables["language"] = document.language.value
    variables["status_line"] = _escape_value(status)
    variables["cut"] = document.cut.value
    variables["say"] = _escape_value(labels)
    return variables


def _escape_value(value: Any) -> Any:
    """Return text as literal markup that docxtpl does not parse; records and lists recursively."""
    if isinstance(value, str):
        from markupsafe import Markup, escape

        return Markup(BRACES.sub(lambda match: f"&#{ord(match.group())};", str(escape(value))))
    if is_dataclass(value):
        return SimpleNamespace(**{field.name: _escape_value(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, tuple):
        return [_escape_value(item) for item in value]
    if isinstance(value, dict):
        return SimpleNamespace(**{name: _escape_value(item) for name, item in value.items()})
    return value
