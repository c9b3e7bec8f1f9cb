"""Other words in a Word file that stands already: across runs, escaped, in its properties, the same bytes each time."""

from __future__ import annotations

import zipfile
from base64 import b64decode, b64encode
from io import BytesIO

import pytest

from ahtc_tui.domain.privacy.person_mentions import Mentions
from ahtc_tui.formats.docx.text_replacement import rewritten


def a_file(**parts: str) -> str:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
        archive.writestr("word/media/picture.png", b"\x89PNG Gwen Price")
    return b64encode(made.getvalue()).decode()


def part(document: str, name: str) -> str:
    with zipfile.ZipFile(BytesIO(b64decode(document))) as archive:
        return archive.read(name).decode("utf-8", "replace")


def erased(text: str) -> str:
    return text.replace("Gwen Price", "the clerk & co")


def test_a_name_cut_over_runs_is_replaced_and_the_rest_stays_in_its_run() -> None:
    runs = '<w:p><w:r><w:t>By Gw</w:t></w:r><w:r><w:b/><w:t xml:space="preserve">en Price &amp; all</w:t></w:r></w:p>'
    made = rewritten(a_file(word__document=f"<w:body>{runs}<w:p/></w:body>"), erased)
    text = part(made, "word/document.xml")
    assert "the clerk &amp; co" in text.replace('</w:t></w:r><w:r><w:b/><w:t xml:space="preserve">', "")
    assert text.endswith(" &amp; all</w:t></w:r></w:p><w:p/></w:body>")
    assert text.count("<w:t") == 2
    assert part(made, "word/media/picture.png").endswith("Gwen Price")


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("<w:t>1.1</w:t><w:tab/><w:t>Gwen Price spoke</w:t>", "<w:t>1.1</w:t><w:tab/><w:t>A member spoke</w:t>"),
        ("<w:t>With Gwen</w:t><w:br/><w:t>Price</w:t>", "<w:t>With a member</w:t><w:br/><w:t></w:t>"),
        ("<w:tab w:val='x'/><w:t>Gwen Price</w:t><w:br/>", "<w:tab w:val='x'/><w:t>A member</w:t><w:br/>"),
    ],
)
def test_a_name_beside_a_tab_or_over_two_lines_is_whole(words: str, after: str) -> None:
    gwen = Mentions(("Gwen Price",))
    made = rewritten(
        a_file(word__document=f"<w:p><w:r>{words}</w:r></w:p>"), lambda text: gwen.without(text, "a member")
    )
    assert part(made, "word/document.xml") == f"<w:p><w:r>{after}</w:r></w:p>"


def test_the_author_in_the_properties_is_replaced() -> None:
    made = rewritten(a_file(docProps__core="<x><dc:creator>Gwen Price</dc:creator></x>", other="Gwen Price"), erased)
    assert part(made, "docProps/core.xml") == "<x><dc:creator>the clerk &amp; co</dc:creator></x>"


def test_a_file_without_the_name_and_what_is_no_file_stay_as_they_are() -> None:
    file = a_file(word__document="<w:p><w:r><w:t>Nobody</w:t></w:r></w:p>")
    assert rewritten(file, erased) is file
    for odd in ("no base64!", b64encode(b"no archive").decode(), ""):
        assert rewritten(odd, erased) == odd


def test_the_same_file_gives_the_same_bytes() -> None:
    file = a_file(word__header1="<w:p><w:t>Gwen Price</w:t></w:p>")
    assert rewritten(file, erased) == rewritten(file, erased) != file
