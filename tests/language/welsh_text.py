"""The Welsh text of the catalogue and of the documents, without what is not language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

from tests.shape.guide_pages import WELSH_PAGES
from tests.shape.messages import read_catalogue
from tests.shape.tree import ROOT, format_path

WELSH_DOCUMENTS = [*WELSH_PAGES, *(ROOT / "docs" / name for name in ("keys.cy.md", "termau.md"))]

GAP = " \N{HORIZONTAL ELLIPSIS} "
"""Stands for a removed part, so that the words on its two sides do not become neighbours."""

CODE = re.compile(
    r"""
    ```.*?``` | `[^`]*`                   # code blocks and code
    | <kbd>.*?</kbd> | </?\w+[^>]*>       # keys and tags
    | \]\([^)]*\)                         # targets of links
    | \{\{.*?\}\} | \{[^{}]*\} | %\(\w+\)\w # placeholders
    | https?://\S+ | \S+@[\w.-]*\w        # addresses
    | --?[a-z][\w-]*(?:=\S+)?             # options
    | \b\w+=\S* | \b\w+[<>]=?\S*          # settings and conditions of filters
    | [~\w/]*/[\w/]+\.\w+ | [\w.]*\.(?:xlsx|xlsm|xls|ods|csv|docx|md|txt|json|html|ics|eml|msg|vcf|zip|toml|pgpass)\b
    | \b\w*[0-9_]\w*                      # references, dates, numbers and names of fields
    """,
    re.VERBOSE | re.DOTALL,
)
ENGLISH_CELL = re.compile(r"(?<=^\| )[^|]*(?=\|[^|]*\|[^|]*\|$)|^English: .*\n.*", re.MULTILINE)
"""The English of a term in a table of three columns, and an English paragraph."""
NUMBER = re.compile(r"\{(?:n|m|all|total|done|late|open|days|hours)(?::,)?\}")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")


@dataclass(frozen=True)
class WelshText:
    """A Welsh text with its code and placeholders, and the place where it is to be mended."""

    place: str
    text: str

    @property
    def language(self) -> str:
        """The text without what is not language, and with the word for seven for each placeholder of a number."""
        return remove_code(NUMBER.sub("saith", self.text))


def list_strings(message: Message) -> list[str]:
    """Return the translation of a message, or each of its different plural forms."""
    strings = message.string or ()
    return [strings] if isinstance(strings, str) else list(dict.fromkeys(strings))


def remove_code(text: str) -> str:
    """Return the text with each placeholder, tag, option, address, file name and number as a gap."""
    return CODE.sub(GAP, text)


def list_welsh_texts() -> Iterator[WelshText]:
    """Yield every translation of the catalogue and every paragraph of the Welsh documents."""
    for message in read_catalogue():
        if message.id:
            english = message.id if isinstance(message.id, str) else message.id[-1]
            yield from (WelshText(f"message {english!r}", text) for text in list_strings(message))
    for path in WELSH_DOCUMENTS:
        yield from list_paragraphs(path)


def list_paragraphs(path: Path) -> Iterator[WelshText]:
    """Yield the paragraphs of a document, without its blocks of code."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = ENGLISH_CELL.sub("", text)
    for paragraph in re.split(r"\n\s*\n", text):
        yield WelshText(format_path(path), paragraph)
