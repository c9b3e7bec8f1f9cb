"""Agenda and minutes as Word documents: fills a template that the secretariat may have restyled.

User text is literal whatever it holds. The same document gives the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.meeting_document import Language, MeetingDocument
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.welsh.file_language import in_each, said_in
from ahtc_tui.formats.docx import language
from ahtc_tui.formats.docx.container import EPOCH, same_bytes
from ahtc_tui.formats.markdown.labels import fixed_words

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

UNKNOWN = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")
BRACES = re.compile("[{}]")
"""As character references they pass docxtpl, which reads marks with braces again after the template is filled."""


def write_docx(path: Path, document: MeetingDocument, template: Path, second: MeetingDocument | None = None) -> None:
    """Fill a template and write it; `second` is the same paper in the other language, from a new page on.

    Raises BadFile with one sentence where the template cannot be filled.
    """
    day = document.day or EPOCH
    filled = _filled(template, document, second)
    if document.language is Language.CY:
        language.welsh(filled.docx)
    if second is not None:
        language.join(filled.docx, _filled(template, second).docx)
    properties = filled.core_properties
    with said_in(document.language):
        kind, author = document.kind.label.lower(), _("Secretariat")
    properties.title = f"{document.group}: {kind}"[:255]
    properties.subject = ", ".join(part for part in (document.ref, document.when) if part)[:255]
    properties.keywords = in_each([document.language], lambda: document.marking.label)
    properties.language = language.TAGS[document.language]
    properties.author = properties.last_modified_by = author
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(day, time())
    filled.save(str(path))
    same_bytes(path, day)


def _filled(template: Path, document: MeetingDocument, second: MeetingDocument | None = None) -> DocxTemplate:
    """The template with every placeholder filled."""
    from docxtpl import DocxTemplate
    from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

    try:
        filled = DocxTemplate(str(template))
        filled.render(context(document, second), _environment())
    except UndefinedError as error:
        found = UNKNOWN.search(str(error))
        name = (found[1] or found[2]) if found else str(error)
        raise _broken(template, _('there is no placeholder "{name}"').format(name=name)) from error
    except TemplateSyntaxError as error:
        raise _broken(template, _("a placeholder is not whole ({reason})").format(reason=error.message)) from error
    except SecurityError as error:
        raise _broken(
            template, _("a placeholder asks for what it may not have ({reason})").format(reason=error)
        ) from error
    except OSError as error:
        raise _broken(template, _("it cannot be read ({reason})").format(reason=error.strerror or error)) from error
    except (
        Exception
    ) as error:  # python-docx, lxml and zipfile each have a dozen of their own for a file that is no document
        raise _broken(template, _("it is not a Word document that can be filled")) from error
    return filled


def _broken(template: Path, reason: str) -> BadFile:
    advice = _(
        'The template "{path}" cannot be used: {reason}. `ahtc templates copy --force` puts the shipped ones there.'
    )
    return BadFile(advice.format(path=template, reason=" ".join(reason.split())))


def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def context(document: MeetingDocument, second: MeetingDocument | None = None) -> dict[str, Any]:
    """What a template may name: the fields of the document, and `say` for the fixed words.

    What stands on every page, above and below, is in both languages where the paper is.
    """
    papers = [document, second] if second else [document]
    said = []
    for paper in papers:
        with said_in(paper.language):
            said.append((fixed_words(), paper.kind.label))
    words, kind = said[0]
    for name in ("page", "of"):
        words[name] = " / ".join(of_paper[name] for of_paper, _kind in said)
    status = (" · ".join(part for part in (paper.standing, paper.version) if part) for paper in papers)
    named = {field.name: _literal(getattr(document, field.name)) for field in fields(document)}
    named["marking"] = _literal(in_each((paper.language for paper in papers), lambda: document.marking.label))
    named["kind"] = _literal(kind)
    named["language"] = document.language.value
    named["status_line"] = _literal(" / ".join(dict.fromkeys(part for part in status if part)))
    named["cut"] = document.cut.value
    named["say"] = _literal(words)
    return named


def _literal(value: Any) -> Any:
    """Text as markup that stands for itself, through docxtpl too; records and lists of it likewise."""
    if isinstance(value, str):
        from markupsafe import Markup, escape

        return Markup(BRACES.sub(lambda found: f"&#{ord(found.group())};", str(escape(value))))
    if is_dataclass(value):
        return SimpleNamespace(**{field.name: _literal(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, tuple):
        return [_literal(one) for one in value]
    if isinstance(value, dict):
        return SimpleNamespace(**{name: _literal(one) for name, one in value.items()})
    return value
