"""The dashboard is one whole page: nothing from elsewhere, every word literal, readable by everybody."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.drafts.contacts import contact_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.exports.dashboard import dashboard, export_dashboard
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, an_action, ask

HOSTILE = """<script>alert(1)</script> " onload=x ' {{7*7}} {% raw %} </style></title>&lt; \u202eevil\x1b[31m"""
VOID = {"meta", "rect", "br", "link", "img"}
INK, PAPER = "1c1f24", "ffffff"


class Page(HTMLParser):
    """A page read strictly: tags that are not closed in order are a fault."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.said: list[str] = []
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
            self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def page_of(workspace: Workspace, path: Path, language: Language = Language.EN) -> tuple[str, Page]:
    export_dashboard(workspace, path, language=language, force=True)
    text = path.read_text(encoding="utf-8")
    return text, Page(text)


def test_it_says_where_the_plan_stands_what_is_late_and_who_is_missing(busy: Workspace, tmp_path: Path) -> None:
    _text, page = page_of(busy, tmp_path / "d.html")
    for words in (
        "Position on 31 December 2013",
        "32 actions open, of 49",
        "1. Build an evidence base on the scale of human trafficking in Wales (the plan's own)",
        "2 A Amber, 1 B Blue, 46 not rated",
        "5 planned, 11 in progress, 16 continuing, 17 done",
        "DP-45 Brief the four SPOCs Anti Human Trafficking Co-ordinator A Amber 30 November 2013 (31 days late)",
        "12 open actions have no date.",
        "by the end of 2013 Services review reports to the Minister",
        "DP-49 Review the web pages – 1 December 2013 (to review now)",
        "Multi agency forum on the Gwent model",
        "NRM referrals, Wales 34 referrals 2012 para 2.4 Thought to be just the",
        "1,186 referrals used (2 sources) 2012",
        "41 of 61 seats with nobody named",
        "3: police (Member); health boards (Member); relevant Welsh Government departments (Member)",
    ):
        assert words in page.text
    assert page.text.startswith("Wales Anti Human Trafficking Leadership Group Delivery Plan OFFICIAL")
    assert page.text.endswith("OFFICIAL")


def test_its_numbers_are_those_of_plain_sql(busy: Workspace) -> None:
    found = dashboard(busy)
    open_ = "NOT deleted AND status NOT IN ('done', 'cancelled')"
    counted = ask(
        busy,
        f"SELECT (SELECT count(*) FROM actions WHERE {open_}),"
        f" (SELECT count(*) FROM actions WHERE {open_} AND status <> 'continuing' AND due < '2013-12-31'),"
        " (SELECT count(*) FROM actions WHERE NOT deleted AND status = 'continuing'),"
        " (SELECT count(*) FROM seats WHERE NOT deleted), (SELECT count(*) FROM groups WHERE NOT deleted)",
    )[0]
    assert counted == (found.open, len(found.late), len(found.duties), found.seats, len(found.groups))


def test_nothing_comes_from_elsewhere_and_nothing_runs(busy: Workspace, tmp_path: Path) -> None:
    text, page = page_of(busy, tmp_path / "d.html")
    assert not page.all("script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video")
    targets = [value for _tag, said in page.tags for name, value in said.items() if name in ("href", "src", "action")]
    assert targets
    assert all(target.startswith("#") for target in targets)
    ids = [said["id"] for _tag, said in page.tags if "id" in said]
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in targets} <= set(ids)
    assert not [name for _tag, said in page.tags for name in said if name.startswith("on") or name == "style"]
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert len(style) == 1
    assert not re.search(r"url\(|@import|@font-face|expression", style[0])
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = next(said["content"] for said in page.all("meta") if said.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "://" not in text


def test_every_table_has_a_caption_and_every_head_a_scope(busy: Workspace, tmp_path: Path) -> None:
    _text, page = page_of(busy, tmp_path / "d.html")
    assert len(page.all("table")) == len(page.all("caption")) == 8
    assert all(said.get("scope") in ("col", "row", "colgroup") for said in page.all("th"))
    assert page.all("html")[0]["lang"] == "en"
    assert len(page.all("h1")) == len(page.all("title")) == 1
    assert any(said.get("name") == "viewport" for said in page.all("meta"))


def test_every_rating_is_a_letter_and_a_word_and_every_sign_has_its_word(busy: Workspace, tmp_path: Path) -> None:
    text, _page = page_of(busy, tmp_path / "d.html")
    chips = re.findall(r'<span class="chip (\w+)">([^<]+)</span>', text)
    assert {(kind, words) for kind, words in chips} <= {
        ("r", "R Red"),
        ("a", "A Amber"),
        ("g", "G Green"),
        ("b", "B Blue"),
        ("none", "not rated"),
    }
    signs = re.findall(r'<td class="c \w+"><span aria-hidden="true">.</span><span class="hidden">([^<]+)</span>', text)
    assert len(signs) == 10 * 14
    assert set(signs) >= {"Adopted", "Planned", "not said"}


def luminance(colour: str) -> float:
    whole = colour if len(colour) == 6 else "".join(letter * 2 for letter in colour)
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_ink_stands_out_from_what_is_behind_it(busy: Workspace, tmp_path: Path) -> None:
    text, _page = page_of(busy, tmp_path / "d.html")
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", re.findall(r"<style>(.*?)</style>", text, re.DOTALL)[0])
    seen = 0
    for name, said in rules:
        ink = re.search(r"(?<![-\w])color: #([0-9a-f]{3,6})", said)
        behind = re.search(r"background: #([0-9a-f]{3,6})", said)
        if ink or behind:
            seen += 1
            assert contrast(ink[1] if ink else INK, behind[1] if behind else PAPER) >= 4.5, name
    fills = {name.strip(): fill for name, fill in re.findall(r"((?:rect|text)\.\w+) \{ fill: #([0-9a-f]+)", text)}
    for kind in ("r", "a", "g", "b", "none"):
        assert contrast(fills[f"rect.{kind}"], fills[f"text.{kind}"]) >= 4.5
    assert seen > 15


def test_a_hostile_title_is_words_and_nothing_else(wales: Workspace, tmp_path: Path) -> None:
    an_action(wales, HOSTILE, due="2013-12-01", lead="Bawso", brag="R")
    an_action(wales, HOSTILE, status="continuing")
    text, page = page_of(wales, tmp_path / "d.html")
    assert not page.all("script")
    assert page.text.count("<script>alert(1)</script>") == 2
    assert "{{7*7}} {% raw %} </style></title>&lt;" in page.text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert len(page.all("style")) == len(page.all("title")) == 1


def test_nobody_can_be_reached_through_it(wales: Workspace, tmp_path: Path) -> None:
    fields = {"kind": "person", "email": "lead@example.invalid", "phone": "029 2000 0000"}
    add_contact(wales, contact_draft({"name": "Another Lead", **fields}, TODAY))
    an_action(wales, "Ring 029 2000 0000 or write to lead@example.invalid", due="2013-12-01", lead="Another Lead")
    an_action(wales, "Join at https://meet.example.invalid/abc", due="2014-12-01")
    text, page = page_of(wales, tmp_path / "d.html")
    assert "Another Lead" in page.text
    assert "Ring [number] or write to [address]" in page.text
    assert "Join at [link]" in page.text
    assert "@" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    assert "2000" not in text


def test_the_same_data_give_the_same_bytes_and_the_highest_marking_wins(busy: Workspace, tmp_path: Path) -> None:
    first, _page = page_of(busy, tmp_path / "a.html")
    second, _page = page_of(busy, tmp_path / "b.html")
    assert first == second
    an_action(busy, "Not for everybody", due="2014-02-01", marking="official-sensitive")
    assert dashboard(busy).marking is Marking.OFFICIAL_SENSITIVE
    text, _page = page_of(busy, tmp_path / "c.html")
    assert text.count('<p class="marking">OFFICIAL-SENSITIVE</p>') == 2
    assert text.count('content: "OFFICIAL-SENSITIVE"') == 2


def test_an_office_on_its_first_day_has_a_page_too(workspace: Workspace, tmp_path: Path) -> None:
    _text, page = page_of(workspace, tmp_path / "d.html")
    for words in (
        "There are no objectives yet.",
        "Nothing is late.",
        "No meeting is planned.",
        "No group is recorded.",
    ):
        assert words in page.text


def test_another_ending_and_a_file_that_stands_are_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.html"):
        export_dashboard(wales, tmp_path / "d.pdf")
    export_dashboard(wales, tmp_path / "d.html")
    with pytest.raises(Refused):
        export_dashboard(wales, tmp_path / "d.html")
