"""Word documents with tracked changes and comments, written as markup."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STAMP = 'w:author="Chair" w:date="2014-01-20T10:00:00Z"'


def run(words: str) -> str:
    """Return a run."""
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def insert(words: str, number: int = 1) -> str:
    """Return a tracked insertion."""
    return f'<w:ins w:id="{number}" {STAMP}>{run(words)}</w:ins>'


def delete(words: str, number: int = 2) -> str:
    """Return a tracked deletion."""
    text = f'<w:delText xml:space="preserve">{escape(words)}</w:delText>'
    return f'<w:del w:id="{number}" {STAMP}><w:r>{text}</w:r></w:del>'


def paragraph(*parts: str, mark: str = "") -> str:
    """Return a paragraph; `mark` is a tracked change of its break."""
    properties = f'<w:pPr><w:rPr><w:{mark} w:id="9" {STAMP}/></w:rPr></w:pPr>' if mark else ""
    return f"<w:p>{properties}{''.join(parts)}</w:p>"


def build_word_part(*blocks: str) -> str:
    """Return the part with the text of a document."""
    return f'<w:document xmlns:w="{W}"><w:body>{"".join(blocks)}</w:body></w:document>'


def build_word_file(*blocks: str, comments: str = "") -> bytes:
    """Return the bytes of a minimal document."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", build_word_part(*blocks))
        if comments:
            archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{W}">{comments}</w:comments>')
    return file.getvalue()
