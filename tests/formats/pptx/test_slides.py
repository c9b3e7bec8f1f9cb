"""Office papers as slides: the shipped template, a restyled one, and one without a placeholder."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx.util import Cm

from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperPart
from ahtc_tui.domain.errors import BadFile, ProgramError
from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, use_language
from ahtc_tui.formats.pptx.office_paper import MOST_ROWS, PLACEHOLDERS, write_office_paper_slides
from ahtc_tui.formats.pptx.template_builder import FOLDER, NAME, build_template
from tests.office_files import find_schema_faults

TEMPLATE = FOLDER / NAME
OBJECTIVES = PaperPart("Position by objective", (), ("Objective", "Open"), (("1. Build <evidence>", "6"),), (7.2, 1.8))
LATE = PaperPart("Late (2)", (), ("Action", "Lead", "Due"), (("Write", "Bawso", "–"), ("Meet", "", "–")), (8, 4, 4))
PAPER = OfficePaper(
    "Highlight report", "January 2014", date(2014, 1, 28), (("Open actions", "31"),), (OBJECTIVES, LATE)
)
OFFICE = "Swyddfa Tŷ Hywel"


def write_slides(folder: Path, *papers: OfficePaper, template: Path = TEMPLATE) -> Any:
    path = folder / "slides.pptx"
    languages = (Language.CY, Language.EN) if len(papers) > 1 else (Language.EN,)
    write_office_paper_slides(path, list(zip(languages, papers, strict=True)), template, lambda: OFFICE)
    assert find_schema_faults(path) == []
    return pptx.Presentation(str(path))


def read_texts(slide: Any) -> dict[str, list[str]]:
    return {shape.name: shape.text_frame.text.split("\n") for shape in slide.shapes if shape.has_text_frame}


def test_the_first_part_is_a_table_and_the_others_are_lists(tmp_path: Path) -> None:
    slide = write_slides(tmp_path, PAPER).slides[0]
    assert [shape.name for shape in slide.shapes] == list(PLACEHOLDERS)
    texts = read_texts(slide)
    assert texts["Lists"] == ["Late (2)", "Write (Bawso)", "Meet"]
    assert texts["Footer"] == [OFFICE]
    assert (texts["Title"], texts["Marking"], texts["Facts"]) == (
        ["Highlight report"],
        ["OFFICIAL"],
        ["January 2014", "Open actions: 31"],
    )
    frame = next(shape for shape in slide.shapes if shape.has_table)
    assert [[cell.text for cell in row.cells] for row in frame.table.rows] == [
        ["Objective", "Open"],
        ["1. Build <evidence>", "6"],
    ]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "Position by objective"


def test_a_table_too_long_for_a_slide_has_the_number_of_all_rows(tmp_path: Path) -> None:
    part = replace(OBJECTIVES, rows=tuple((f"{n}. Train", "1") for n in range(MOST_ROWS + 4)))
    slide = write_slides(tmp_path, replace(PAPER, parts=(part, LATE))).slides[0]
    table = next(shape for shape in slide.shapes if shape.has_table).table
    assert (len(table.rows), table.cell(0, 0).text) == (MOST_ROWS + 1, "Objective (14)")


def test_a_plan_without_objectives_has_a_sentence_in_place_of_the_table(tmp_path: Path) -> None:
    part = replace(OBJECTIVES, rows=(), none="The plan has no objectives.")
    slide = write_slides(tmp_path, replace(PAPER, parts=(part, LATE))).slides[0]
    assert "Table" not in [shape.name for shape in slide.shapes]
    assert read_texts(slide)["Lists"][:2] == ["Position by objective", "The plan has no objectives."]


def test_long_lists_are_written_in_smaller_type(tmp_path: Path) -> None:
    part = replace(LATE, rows=(("Report on the referral of people in need of support. " * 6, "Bawso", "–"),) * 3)
    slide = write_slides(tmp_path, replace(PAPER, parts=(OBJECTIVES, *[part] * 4))).slides[0]
    lists = next(shape for shape in slide.shapes if shape.name == "Lists")
    assert 60_000 <= int(lists.text_frame._txBody.bodyPr.normAutofit.get("fontScale")) < 100_000


def test_texts_are_whole_where_the_slide_has_room(tmp_path: Path) -> None:
    title = "Report on the referral of people in need of support to the boards of the four regions of Wales. " * 3
    parts = (replace(OBJECTIVES, rows=((title, "6"),)), replace(LATE, rows=((title, "Bawso", "–"),)))
    slide = write_slides(tmp_path, replace(PAPER, parts=parts)).slides[0]
    table = next(shape for shape in slide.shapes if shape.has_table).table
    assert table.cell(1, 0).text == title.strip()
    assert read_texts(slide)["Lists"][1] == f"{title.strip()} (Bawso)"
    crowded = tuple(replace(part, rows=part.rows * 10) for part in parts)
    slide = write_slides(tmp_path, replace(PAPER, parts=crowded)).slides[0]
    table = next(shape for shape in slide.shapes if shape.has_table).table
    assert table.cell(1, 0).text.endswith("…")
    assert "…" in read_texts(slide)["Lists"][1]


def test_each_language_has_a_slide_and_its_runs_have_its_tag(tmp_path: Path) -> None:
    with use_language(Language.CY):
        part = replace(LATE, rows=((f"{ENGLISH_ONLY} Write", "Bawso", "–"),))
    page = write_slides(tmp_path, replace(PAPER, title="Adroddiad", parts=(OBJECTIVES, part)), PAPER)
    assert [read_texts(slide)["Title"] for slide in page.slides] == [["Adroddiad"], ["Highlight report"]]
    tags = [
        {run.text: run._r.rPr.get("lang") for p in shape.text_frame.paragraphs for run in p.runs}
        for shape in page.slides[0].shapes
        if shape.name == "Lists"
    ]
    assert tags == [{"Late (2)": "cy-GB", f"{ENGLISH_ONLY} Write (Bawso)": "en-GB"}]
    assert (page.core_properties.title, page.core_properties.language) == ("Adroddiad | Highlight report", "cy-GB")


def test_a_restyled_template_decides_the_place_of_the_lists(tmp_path: Path) -> None:
    own: Any = pptx.Presentation(str(TEMPLATE))
    shape = next(shape for shape in own.slide_layouts[0].placeholders if shape.name == "Lists")
    shape.left = Cm(20)
    own.save(str(tmp_path / "own.pptx"))
    slide = write_slides(tmp_path, PAPER, template=tmp_path / "own.pptx").slides[0]
    assert next(shape for shape in slide.shapes if shape.name == "Lists").left == Cm(20)


def test_a_template_that_cannot_be_used_is_refused_with_a_sentence(tmp_path: Path) -> None:
    own: Any = pptx.Presentation(str(TEMPLATE))
    next(shape for shape in own.slide_layouts[0].placeholders if shape.name == "Facts").name = "Other"
    own.save(str(tmp_path / "own.pptx"))
    with pytest.raises(BadFile, match='no placeholder is called "Facts"'):
        write_slides(tmp_path, PAPER, template=tmp_path / "own.pptx")
    (tmp_path / "text.pptx").write_text("not a presentation")
    with pytest.raises(BadFile, match="not a presentation with a slide layout"):
        write_slides(tmp_path, PAPER, template=tmp_path / "text.pptx")


def test_equal_papers_give_equal_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("first.pptx", "second.pptx"):
        write_office_paper_slides(tmp_path / name, [(Language.EN, PAPER)], TEMPLATE, lambda: OFFICE)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]


def test_the_shipped_template_matches_its_builder(tmp_path: Path) -> None:
    assert build_template(tmp_path).read_bytes() == TEMPLATE.read_bytes()


def test_a_missing_library_is_one_sentence_with_the_extra_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(ProgramError, match=r"ahtc\[slides\]"):
        write_slides(tmp_path, PAPER)
