"""The dashboard is one complete page: it loads nothing, escapes text and is accessible."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.exports.dashboard import build_dashboard, export_dashboard
from ahtc_tui.services.welsh.queue import translate_text
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, query_rows

HOSTILE = """<script>alert(1)</script> " onload=x ' {{7*7}} {% raw %} </style></title>&lt; \u202eevil\x1b[31m"""
VOID = {"meta", "rect", "br", "link", "img", "line", "path", "polyline"}


class Page(HTMLParser):
    """Strict parser: tags that are not closed in order are a fault."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names))
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def find_tags(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def export_page(workspace: Workspace, path: Path, language: Language = Language.EN) -> tuple[str, Page]:
    export_dashboard(workspace, path, language=language, force=True)
    text = path.read_text(encoding="utf-8")
    return text, Page(text)


def test_the_page_shows_position_late_actions_and_vacancies(busy: Workspace, tmp_path: Path) -> None:
    _text, page = export_page(busy, tmp_path / "d.html")
    for words in (
        "Position on 31 December 2013",
        "32 actions open, of 49",
        "1. Build an evidence base on the scale of human trafficking in Wales (as defined in the plan)",
        "1 B Blue, 2 A Amber, 46 not rated",
        "5 planned, 11 in progress, 16 continuing, 17 done",
        "DP-45 Brief the four SPOCs Anti Human Trafficking Co-ordinator A Amber 30 November 2013 (31 days late)",
        "12 open actions have no date.",
        "by the end of 2013 Services review reports to the Minister",
        "DP-49 Review the web pages – 1 December 2013 (due for review)",
        "Multi agency forum on the Gwent model",
        "NRM referrals, Wales 34 referrals 2012 Paragraph 2.4, CELG(4)-31-13 Paper 1",
        "(2013) Thought to be just the",
        "1,186 referrals 2012",
        "17 of 37 seats vacant or unnamed",
    ):
        assert words in page.text
    assert page.text.startswith(
        "Wales Anti Human Trafficking Leadership Group Delivery Plan Skip to main content OFFICIAL"
    )
    assert page.text.endswith("OFFICIAL")


def test_counts_match_plain_sql(busy: Workspace) -> None:
    report = build_dashboard(busy)
    open_ = "NOT deleted AND status NOT IN ('done', 'cancelled')"
    counts = query_rows(
        busy,
        f"SELECT (SELECT count(*) FROM actions WHERE {open_}),"
        f" (SELECT count(*) FROM actions WHERE {open_} AND status <> 'continuing' AND due < '2013-12-31'),"
        " (SELECT count(*) FROM actions WHERE NOT deleted AND status = 'continuing'),"
        " (SELECT count(*) FROM seats WHERE NOT deleted AND party IS NOT NULL),"
        " (SELECT count(*) FROM groups WHERE NOT deleted)",
    )[0]
    assert counts == (report.open, len(report.late), len(report.duties), report.seats, len(report.groups))


def test_the_page_has_no_script_and_no_external_resource(busy: Workspace, tmp_path: Path) -> None:
    text, page = export_page(busy, tmp_path / "d.html")
    assert not page.find_tags("script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video")
    targets = [
        value
        for _tag, attributes in page.tags
        for name, value in attributes.items()
        if name in ("href", "src", "action")
    ]
    assert targets
    assert all(target.startswith("#") for target in targets)
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in targets} <= set(ids)
    assert not [
        name for _tag, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"
    ]
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert len(style) == 1
    assert not re.search(r"url\(|@import|@font-face|expression", style[0])
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = next(
        attributes["content"]
        for attributes in page.find_tags("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "://" not in text


def test_every_table_has_a_caption_and_every_head_a_scope(busy: Workspace, tmp_path: Path) -> None:
    _text, page = export_page(busy, tmp_path / "d.html")
    assert len(page.find_tags("table")) == len(page.find_tags("caption")) == 8
    assert all(attributes.get("scope") in ("col", "row", "colgroup") for attributes in page.find_tags("th"))
    assert page.find_tags("html")[0]["lang"] == "en"
    assert len(page.find_tags("h1")) == len(page.find_tags("title")) == 1
    assert any(attributes.get("name") == "viewport" for attributes in page.find_tags("meta"))


def test_every_rating_and_sign_has_a_word(busy: Workspace, tmp_path: Path) -> None:
    text, _page = export_page(busy, tmp_path / "d.html")
    chips = re.findall(r'<span class="chip (\w+)">([^<]+)</span>', text)
    assert {(kind, words) for kind, words in chips} <= {
        ("r", "R Red"),
        ("a", "A Amber"),
        ("g", "G Green"),
        ("b", "B Blue"),
        ("none", "not rated"),
    }
    signs = re.findall(r'<td class="c \w+"><span aria-hidden="true">.</span><span class="hidden">([^<]+)</span>', text)
    assert len(signs) == 10 * 13
    assert set(signs) >= {"Adopted", "Planned", "no information"}


def measure_luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(letter * 2 for letter in colour)
    parts = [int(digits[position : position + 2], 16) / 255 for position in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(left: str, right: str) -> float:
    light, dark = sorted((measure_luminance(left), measure_luminance(right)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_colour_has_enough_contrast_in_light_and_dark(busy: Workspace, tmp_path: Path) -> None:
    text, _page = export_page(busy, tmp_path / "d.html")
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)[0]
    schemes = [dict(re.findall(r"--(\w+): #([0-9a-f]+)", block)) for block in re.findall(r":root \{(.*?)\}", style)]
    assert len(schemes) == 2
    assert "@media screen and (prefers-color-scheme: dark)" in style
    rules_checked = 0
    for colours in schemes:
        values = style
        for variable, colour in colours.items():
            values = values.replace(f"var(--{variable})", f"#{colour}")
        for name, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", values):
            ink = re.search(r"(?<![-\w])color: #([0-9a-f]{3,6})", declarations)
            background = re.search(r"background: #([0-9a-f]{3,6})", declarations)
            if ink or background:
                rules_checked += 1
                own_ink = ink[1] if ink else colours["ink"]
                assert measure_contrast(own_ink, background[1] if background else colours["paper"]) >= 4.5, name
    fills = {name.strip(): fill for name, fill in re.findall(r"((?:rect|text)\.\w+) \{ fill: #([0-9a-f]+)", style)}
    for kind in ("r", "a", "g", "b", "none", "adopted", "under_way", "planned", "declined", "not_applicable"):
        assert measure_contrast(fills[f"rect.{kind}"], fills[f"text.{kind}"]) >= 4.5
    assert rules_checked > 30


def test_every_chart_has_a_title_and_a_text_with_its_values(busy: Workspace, tmp_path: Path) -> None:
    text, page = export_page(busy, tmp_path / "d.html")
    charts = [attributes for attributes in page.find_tags("svg") if attributes.get("role") == "img"]
    assert len(charts) == len(page.find_tags("figure")) == 5
    texts = dict(re.findall(r'<(?:figcaption|desc) id="([^"]+)">([^<]*)<', text))
    titles = [texts[attributes["aria-labelledby"]] for attributes in charts]
    assert titles == [
        "Rating by objective",
        "Rating at the end of each quarter",
        "Open actions by month",
        "Open actions by due date",
        "Places by take-up of each practice",
    ]
    values = [texts[attributes["aria-describedby"]] for attributes in charts]
    assert "1. Build an evidence base on the scale of human trafficking in Wales:" in values[0]
    assert "DP-45 Brief the four SPOCs: 30 November 2013." in values[3]
    assert "Multi agency forum on the Gwent model: Under way 2, Adopted 4." in values[4]
    assert "Joint Investigation Teams" not in values[4], "a practice without a place"


def test_bars_of_a_chart_stay_in_it_and_have_the_length_of_their_numbers(busy: Workspace, tmp_path: Path) -> None:
    text, _page = export_page(busy, tmp_path / "d.html")
    (cascade,) = re.findall(r'<svg role="img"[^>]*chart-cascade".*?</svg>', text, re.DOTALL)
    bars = [
        (float(x), float(width))
        for x, width in re.findall(r'<rect class="\w+" x="([\d.]+)"[^>]* width="([\d.]+)"', cascade)
    ]
    assert max(x + width for x, width in bars) == 360
    assert {(x, width) for x, width in bars if x == 0} >= {(0.0, 120.0)}, "2 of the 6 places of the longest bar"


@pytest.mark.parametrize("language", [Language.EN, Language.BOTH])
def test_the_page_has_one_main_part_with_a_link_that_skips_to_it(
    busy: Workspace, tmp_path: Path, language: Language
) -> None:
    text, page = export_page(busy, tmp_path / "d.html", language)
    assert [attributes["id"] for attributes in page.find_tags("main")] == ["main"]
    assert page.find_tags("a")[0]["href"] == "#main"
    assert len(page.find_tags("h1")) == len(page.find_tags("header")) == len(page.find_tags("footer")) == 1
    assert "position: relative" in re.findall(r"\.scroll \{([^}]*)\}", text)[0]
    assert not [attributes for attributes in page.find_tags("table", "tr", "th", "td") if "role" in attributes]


def test_long_labels_of_charts_are_whole_and_practices_have_their_welsh_titles(
    wales: Workspace, tmp_path: Path
) -> None:
    welsh = "Hyfforddiant deuddydd i uwch-swyddogion ymchwilio yng Nghymru, gyda chyrff anllywodraethol yn dysgu"
    translate_text(wales, "sio-training", "title", welsh)
    target = tmp_path / "dashboard.html"
    export_dashboard(wales, target, language=Language.CY)
    page = Page(target.read_text(encoding="utf-8"))
    assert page.text.count(welsh) == 3
    assert "Two-day training for Senior Investigating Officers" not in page.text
    assert not [text for text in page.texts if text.endswith("…")]


def test_a_hostile_title_is_shown_as_text(wales: Workspace, tmp_path: Path) -> None:
    rows = [make_action(wales, due="2013-12-01", lead="Bawso", brag="R"), make_action(wales, status="continuing")]
    with wales.database.write("edit") as ledger:  # commands refuse such a title
        for row in rows:
            ledger.update("actions", row.key, {"title": HOSTILE})
    text, page = export_page(wales, tmp_path / "d.html")
    assert not page.find_tags("script")
    assert page.text.count("<script>alert(1)</script>") == 4
    assert "{{7*7}} {% raw %} </style></title>&lt;" in page.text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert len(page.find_tags("style")) == len(page.find_tags("title")) == 1


def test_the_page_contains_no_contact_details(wales: Workspace, tmp_path: Path) -> None:
    fields = {"kind": "person", "email": "lead@example.invalid", "phone": "029 2000 0000"}
    add_contact(wales, build_contact_draft({"name": "Another Lead", **fields}, TODAY))
    make_action(wales, "Ring 029 2000 0000 or write to lead@example.invalid", due="2013-12-01", lead="Another Lead")
    make_action(wales, "Join at https://meet.example.invalid/abc", due="2014-12-01")
    text, page = export_page(wales, tmp_path / "d.html")
    assert "Another Lead" in page.text
    assert "Ring [number] or write to [address]" in page.text
    assert "Join at [link]" in page.text
    assert "@" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    assert "2000" not in text


def test_the_same_data_give_the_same_bytes_and_the_highest_marking_wins(busy: Workspace, tmp_path: Path) -> None:
    first, _page = export_page(busy, tmp_path / "a.html")
    second, _page = export_page(busy, tmp_path / "b.html")
    assert first == second
    make_action(busy, "Not for everybody", due="2014-02-01", marking="official-sensitive")
    assert build_dashboard(busy).marking is Marking.OFFICIAL_SENSITIVE
    text, _page = export_page(busy, tmp_path / "c.html")
    assert text.count('<p class="marking">OFFICIAL-SENSITIVE</p>') == 2
    assert text.count('content: "OFFICIAL-SENSITIVE"') == 2


def test_an_empty_workspace_has_a_page(workspace: Workspace, tmp_path: Path) -> None:
    _text, page = export_page(workspace, tmp_path / "d.html")
    for words in (
        "There are no objectives yet.",
        "No action is late.",
        "No meeting is planned.",
        "No group is recorded.",
    ):
        assert words in page.text


def test_other_suffixes_and_existing_files_are_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.html"):
        export_dashboard(wales, tmp_path / "d.pdf")
    export_dashboard(wales, tmp_path / "d.html")
    with pytest.raises(Refused):
        export_dashboard(wales, tmp_path / "d.html")


def test_the_line_of_today_does_not_cross_the_labels_of_the_timeline(wales: Workspace) -> None:
    for title in ("Brief the four SPOCs", "Write to the health boards in Wales " * 3):
        make_action(wales, title, due="2014-02-28")
    export_dashboard(wales, wales.root / "page.html")
    page = (wales.root / "page.html").read_text(encoding="utf-8")
    timeline = next(part for part in page.split("<figure>") if 'id="chart-timeline"' in part)
    labels = [float(y) for y in re.findall(r'<text class="label" x="0" y="([\d.]+)"', timeline)]
    lines = re.findall(r'<line class="today"[^>]* y1="([\d.]+)" y2="([\d.]+)"', timeline)
    assert len(lines) >= 2
    assert not [y for y in labels for top, bottom in lines if float(top) < y and y - 8 < float(bottom)]
