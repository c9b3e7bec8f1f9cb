"""The question in which format a document is written to the exports folder."""

from __future__ import annotations

from typing import Any

from textual.app import App

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.pick_list import Pick


async def choose_format(app: App[Any], *, web_page: bool = True) -> str | None:
    """Return the suffix of the chosen format, ".docx" first; None where the question is left."""
    formats = {
        ".docx": _("Word, to edit and to send"),
        ".pdf": _("PDF, to print or publish"),
        ".odt": _("OpenDocument, for other office programs"),
        ".html": _("an accessible web page"),
        ".md": _("Markdown, plain text with headings"),
    }
    if not web_page:
        del formats[".html"]
    return await app.push_screen_wait(Pick(_("Which format?"), list(formats.items())))
