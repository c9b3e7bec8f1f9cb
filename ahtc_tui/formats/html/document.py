"""Agenda, minutes and office papers as an accessible page: without script, for screen, print and screen readers.

Equal documents give equal bytes. The template is in `formats/templates`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, _, use_language
from ahtc_tui.formats.blocks.model import BlockDocument
from ahtc_tui.formats.html.templates import build_style, create_environment, join_titles

LANGUAGE_NAMES = {Language.EN.value: "English", Language.CY.value: "Cymraeg"}
"""Each language in its own words, as the choice of language on Welsh Government pages."""
WEB_ADDRESS = re.compile(r"https?://\S+")


def render_document(*documents: BlockDocument) -> str:
    """Return the page, in one language or in two parts with the first language first."""
    style, digest = build_style("document.css", " | ".join(document.marking for document in documents))
    with use_language(documents[0].language):
        page: str = (
            create_environment("document.html")
            .get_template("document.html")
            .render(
                documents=documents,
                style=style,
                digest=digest,
                title=join_titles([document.title for document in documents]),
                skip=_("Skip to main content"),
                contents=_("Language"),
                sources=_translate_for(documents, lambda: _("Sources")),
                back=_translate_for(documents, lambda: _("Back to note {n} in the text")),
                names=LANGUAGE_NAMES,
                split=_split_at_mark,
                is_link=lambda text: WEB_ADDRESS.fullmatch(text) is not None,
                kind=lambda block: type(block).__name__,
            )
        )
    return page.lstrip("\n")


def _translate_for(documents: Sequence[BlockDocument], translate: Callable[[], str]) -> dict[str, str]:
    """Return a label in the language of each document."""
    labels = {}
    for document in documents:
        with use_language(document.language):
            labels[document.language.value] = translate()
    return labels


def _split_at_mark(text: str) -> tuple[str, str]:
    """Return text up to the mark of an English text in a Welsh document, and the English text."""
    before, mark, english = text.partition(f"{ENGLISH_ONLY} ")
    return before + mark, english
