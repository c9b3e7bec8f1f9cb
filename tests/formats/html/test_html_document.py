"""Agenda, minutes and papers as accessible pages: one main, headings in order, languages, and literal text."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from itertools import pairwise

from lxml import html

from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.formats.blocks.meeting import build_meeting_blocks
from ahtc_tui.formats.blocks.model import BlockDocument, Heading, Paragraph, Table
from ahtc_tui.formats.html.document import render_document
from tests.formats.meeting_documents import HOSTILE, build_minutes

ENGLISH = build_meeting_blocks(build_minutes())
WELSH = build_meeting_blocks(build_minutes(language=Language.CY, group="Grŵp Arwain"))


def read_levels(page: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h(\d)", page)]


def test_a_page_has_one_main_one_top_heading_and_no_skipped_level() -> None:
    for page in (render_document(ENGLISH), render_document(WELSH, ENGLISH)):
        levels = read_levels(page)
        assert page.count("<main") == 1
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_text_of_people_is_literal_and_nothing_is_run_or_fetched() -> None:
    page = render_document(ENGLISH)
    assert page.count(escape(HOSTILE)) == 8
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "default-src 'none'" in page


def test_each_half_of_a_page_in_both_languages_has_its_language() -> None:
    root = html.fromstring(render_document(WELSH, ENGLISH))
    assert root.get("lang") == "cy"
    assert [section.get("lang") for section in root.iter("section")] == ["cy", "en"]
    assert "Grŵp Arwain" in root.find(".//section[@lang='cy']/..//h1").text_content()
    assert [link.get("href") for link in root.find(".//nav").iter("a")] == ["#cy", "#en"]
    assert root.findtext(".//a[@class='skip']") == "Neidio i'r prif gynnwys"


def test_a_page_lists_its_parts_before_the_text_where_there_are_five_or_more() -> None:
    root = html.fromstring(render_document(WELSH, ENGLISH))
    for language, label in (("cy", "Ar y dudalen hon"), ("en", "On this page")):
        section = root.find(f".//section[@lang='{language}']")
        assert section.find("nav").get("aria-label") == label
        texts = {heading.get("id"): heading.text_content() for heading in section.iter("h3")}
        links = {link.get("href")[1:]: link.text_content() for link in section.find("nav").iter("a")}
        assert links == texts
    agenda = build_minutes(agenda=(), actions=(), amendments=(), papers=(), next_meeting="")
    assert "<nav" not in render_document(build_meeting_blocks(agenda))


def test_english_text_in_a_welsh_page_is_tagged_and_its_owner_is_welsh() -> None:
    item = build_minutes().agenda[0]
    line = replace(item.lines[2], text=f"{ENGLISH_ONLY} Report to the group", kind=LineKind.ACTION)
    minutes = build_minutes(language=Language.CY, agenda=(replace(item, title="Hyfforddiant", lines=(line,)),))
    root = html.fromstring(render_document(build_meeting_blocks(minutes)))
    paragraph = root.find(".//p[@class='numbered']")
    assert [span.text for span in paragraph.iter("span") if span.get("lang") == "en"] == ["Report to the group"]
    assert paragraph.text_content().endswith("Report to the group (Gweithredu gan: JF; by 31 January 2014)")


def test_tables_have_a_caption_and_scoped_headings() -> None:
    root = html.fromstring(render_document(ENGLISH))
    for table in root.iter("table"):
        assert table.findtext("caption")
        assert {cell.get("scope") for cell in table.find("thead").iter("th")} == {"col"}
        assert all(row[0].get("scope") == "row" for row in table.find("tbody"))


def test_properties_name_title_author_subject_and_marking() -> None:
    root = html.fromstring(render_document(ENGLISH))
    properties = {meta.get("name"): meta.get("content") for meta in root.iter("meta") if meta.get("name")}
    assert root.findtext(".//title") == "Minutes 10 December 2013: Leadership Group"
    assert root.findtext(".//h1") == "Leadership Group: minutes"
    assert properties["author"] == "Office of the Wales Anti Human Trafficking Co-ordinator"
    assert properties["description"] == "LG-2013-01, Tuesday 10 December 2013"
    assert properties["keywords"] == "OFFICIAL"
    assert [element.text for element in root.find_class("marking")] == ["OFFICIAL"] * 2


def test_a_web_address_is_a_link_and_other_text_is_not() -> None:
    page = render_document(build_meeting_blocks(build_minutes(link="https://meet.example.org/a?b=1&c=2")))
    link = html.fromstring(page).find(".//dd/a")
    assert link.get("href") == link.text == "https://meet.example.org/a?b=1&c=2"
    assert (
        'href="javascript'
        not in render_document(build_meeting_blocks(build_minutes(link="javascript:alert(1)"))).split("<main")[1]
    )


def test_a_cell_without_text_is_no_heading_of_its_row() -> None:
    table = Table(("No.", "Name"), (("", "Chair"),), "Seats")
    document = BlockDocument(Language.EN, "Seats", "", "OFFICIAL", "", (Heading(1, "Seats"), Paragraph("x"), table))
    root = html.fromstring(render_document(document))
    assert [cell.tag for cell in root.find(".//tbody/tr")] == ["td", "td"]


def test_a_date_in_full_stays_on_one_line_of_its_cell() -> None:
    table = Table(("No.", "Due"), (("1", "28 February 2014"), ("2", "by the end of 2013")), "Actions")
    root = html.fromstring(render_document(replace(ENGLISH, blocks=(Heading(1, "Actions"), table))))
    assert [cell.get("class") for cell in root.findall(".//td")] == ["day", None]


def test_a_caption_that_repeats_its_heading_is_for_screen_readers_and_a_reference_is_not_broken() -> None:
    table = Table(("Ref", "Action"), (("LG-2013-01/01", "Agree dates"),), "Added")
    document = BlockDocument(
        Language.EN, "Changes", "", "OFFICIAL", "", (Heading(1, "Changes"), Heading(2, "Added"), table)
    )
    root = html.fromstring(render_document(document))
    assert root.find(".//caption").get("class") == "unseen"
    assert root.find(".//tbody//th").get("class") == "day"
    assert all(caption.get("class") is None for caption in html.fromstring(render_document(ENGLISH)).iter("caption"))


def test_only_a_word_too_long_for_a_column_is_broken_on_a_small_screen() -> None:
    cells = ("DP-45", "Co-ordinator of training", "28 February 2014", "https://example.org/a-very/long-address")
    table = Table(("Ref", "Lead", "Due", "Link"), (cells,), "Actions")
    page = render_document(replace(ENGLISH, blocks=(Heading(1, "Actions"), table)))
    row = html.fromstring(page).find(".//tbody/tr")
    assert [cell.get("class") for cell in row] == ["ref", None, "day", "long"]
    (rule,) = re.findall(r"(.+) \{ overflow-wrap: anywhere; \}", page)
    assert rule.split(", ") == ["  .long", "tbody td:first-child", "tbody th"]


def test_a_word_with_hyphens_stays_on_one_line_of_a_cell() -> None:
    cells = (
        "DP-45",
        "Anti Human Trafficking Co-ordinator <sub-group>",
        "CELG(4)-31-13, an over-and-over-extended-word",
    )
    page = render_document(
        replace(ENGLISH, blocks=(Heading(1, "Actions"), Table(("Ref", "Lead", "Text"), (cells,), "A")))
    )
    row = html.fromstring(page).find(".//tbody/tr")
    assert [span.text for span in row.iter("span")] == ["Co-ordinator", "sub-group"]
    assert [cell.text_content() for cell in row] == list(cells)
    assert "word" in re.findall(r"[.](\w+) [{] white-space: nowrap; [}]", page)
