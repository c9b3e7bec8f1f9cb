"""Replacing text in a Word file: across runs, escaped, in properties, with reproducible bytes."""

from __future__ import annotations

import time
import zipfile
from base64 import b64decode, b64encode
from io import BytesIO

import pytest

from ahtc_tui.domain.privacy.person_mentions import PersonMentions
from ahtc_tui.formats.docx.text_replacement import replace_text


def create_document(**parts: str) -> str:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
        archive.writestr("word/media/picture.png", b"\x89PNG Gwen Price")
    return b64encode(buffer.getvalue()).decode()


def read_part(document: str, name: str) -> str:
    with zipfile.ZipFile(BytesIO(b64decode(document))) as archive:
        return archive.read(name).decode("utf-8", "replace")


def erase_name(text: str) -> str:
    return text.replace("Gwen Price", "the clerk & co")


def test_a_name_split_over_runs_is_replaced() -> None:
    runs = '<w:p><w:r><w:t>By Gw</w:t></w:r><w:r><w:b/><w:t xml:space="preserve">en Price &amp; all</w:t></w:r></w:p>'
    replaced = replace_text(create_document(word__document=f"<w:body>{runs}<w:p/></w:body>"), erase_name)
    text = read_part(replaced, "word/document.xml")
    assert "the clerk &amp; co" in text.replace('</w:t></w:r><w:r><w:b/><w:t xml:space="preserve">', "")
    assert text.endswith(" &amp; all</w:t></w:r></w:p><w:p/></w:body>")
    assert text.count("<w:t") == 2
    assert read_part(replaced, "word/media/picture.png").endswith("Gwen Price")


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("<w:t>1.1</w:t><w:tab/><w:t>Gwen Price spoke</w:t>", "<w:t>1.1</w:t><w:tab/><w:t>A member spoke</w:t>"),
        ("<w:t>With Gwen</w:t><w:br/><w:t>Price</w:t>", "<w:t>With a member</w:t><w:br/><w:t></w:t>"),
        ("<w:tab w:val='x'/><w:t>Gwen Price</w:t><w:br/>", "<w:tab w:val='x'/><w:t>A member</w:t><w:br/>"),
    ],
)
def test_a_name_beside_a_tab_or_over_two_lines_is_replaced(words: str, after: str) -> None:
    gwen = PersonMentions(("Gwen Price",))
    replaced = replace_text(
        create_document(word__document=f"<w:p><w:r>{words}</w:r></w:p>"),
        lambda text: gwen.replace_mentions(text, "a member"),
    )
    assert read_part(replaced, "word/document.xml") == f"<w:p><w:r>{after}</w:r></w:p>"


def test_the_author_in_the_properties_is_replaced() -> None:
    replaced = replace_text(
        create_document(docProps__core="<x><dc:creator>Gwen Price</dc:creator></x>", other="Gwen Price"), erase_name
    )
    assert read_part(replaced, "docProps/core.xml") == "<x><dc:creator>the clerk &amp; co</dc:creator></x>"


def test_documents_without_the_name_are_unchanged() -> None:
    file = create_document(word__document="<w:p><w:r><w:t>Nobody</w:t></w:r></w:p>")
    assert replace_text(file, erase_name) is file
    for text in ("no base64!", b64encode(b"no archive").decode(), ""):
        assert replace_text(text, erase_name) == text


def test_replacement_is_reproducible() -> None:
    file = create_document(word__header1="<w:p><w:t>Gwen Price</w:t></w:p>")
    assert replace_text(file, erase_name) == replace_text(file, erase_name) != file


@pytest.mark.parametrize("filler", ["<w:p>", "<w:t ", "<dc:a", "<w:p><w:t ", "<"])
def test_the_time_of_a_replacement_is_linear_in_broken_xml(filler: str) -> None:
    text = (filler * 100_000)[:100_000]
    document = create_document(word__document=text, docProps__core=text)
    start = time.process_time()
    assert replace_text(document, erase_name) == document
    assert time.process_time() - start < 1
