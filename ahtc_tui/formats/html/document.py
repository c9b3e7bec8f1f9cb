"""Agenda, minutes and office papers as an accessible page: without script, for screen, print and screen readers.

Equal documents give equal bytes. The templates are in `formats/templates`: values are escaped, and the style is allowed
by its digest alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, _, use_language
from ahtc_tui.formats.blocks.model import MAX_TITLE, BlockDocument

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


FOLDER = resources.files("ahtc_tui.formats") / "templates"
LANGUAGE_NAMES = {Language.EN.value: "English", Language.CY.value: "Cymraeg"}
"""Each language in its own words, as the choice of language on Welsh Government pages."""

WEB_ADDRESS = re.compile(r"https?://\S+")
CELL_CLASSES = {
    "ref": re.compile(r"[A-Z]+-\d+"),
    "day": re.compile(r"\d{1,2} [^\W\d]+ \d{4}|[A-Z]+-[\d/-]+"),
    "long": re.compile(r".*[^\s-]{17}.*", re.DOTALL),
}
"""Cells by where they break: a short reference nowhere, a date on small screens, a long word within it there."""

HYPHENATED_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)+(?!\w)")
LONGEST_WORD = 20
"""Letters of a word with hyphens up to which it is kept on one line of a cell."""


@cache
def read_template(name: str) -> str:
    """Return the text of a template."""
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def create_environment(*names: str) -> Environment:
    """Return the environment of these templates that escapes values and fails on unknown ones."""
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=DictLoader({name: read_template(name) for name in names}),
    )


def build_style(name: str, marking: str) -> tuple[str, str]:
    """Return a style sheet with the marking that each printed page has, and its digest."""
    style = read_template(name).replace("MARKING", marking)
    return style, base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def join_titles(titles: Sequence[str]) -> str:
    """Return the title of a page in its languages; where that is too long to be shown, in the first."""
    return min(" | ".join(titles), titles[0], key=lambda title: len(title) > MAX_TITLE)


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
                languages=_("Language"),
                contents=_translate_for(documents, lambda: _("On this page")),
                sources=_translate_for(documents, lambda: _("Sources")),
                back=_translate_for(documents, lambda: _("Back to note {n} in the text")),
                names=LANGUAGE_NAMES,
                split=split_at_mark,
                keep=keep_words_whole,
                find_fit=_find_cell_class,
                is_link=lambda text: WEB_ADDRESS.fullmatch(text) is not None,
                kind=lambda block: type(block).__name__,
            )
        )
    return page.lstrip("\n")


def keep_words_whole(text: str) -> Markup:
    """Return the text of a cell, escaped, in which words with hyphens such as "Co-ordinator" are not broken."""
    from markupsafe import Markup, escape

    parts, end = [], 0
    for match in HYPHENATED_WORD.finditer(text):
        if len(match[0]) <= LONGEST_WORD:
            parts += [escape(text[end : match.start()]), Markup('<span class="word">{}</span>').format(match[0])]
            end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def _find_cell_class(text: str) -> str:
    """Return the class of the style sheet for a cell with this text, "" where it breaks between words."""
    return next((name for name, pattern in CELL_CLASSES.items() if pattern.fullmatch(text)), "")


def _translate_for(documents: Sequence[BlockDocument], translate: Callable[[], str]) -> dict[str, str]:
    """Return a label in the language of each document."""
    labels = {}
    for document in documents:
        with use_language(document.language):
            labels[document.language.value] = translate()
    return labels


def split_at_mark(text: str) -> tuple[str, str]:
    """Return text up to the mark of an English text in a Welsh document, and the English text."""
    before, mark, english = text.partition(f"{ENGLISH_ONLY} ")
    return before + mark, english
