"""The claims of a written draft against the records: what has no record is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.documents.draft_claims import ClaimKind, find_claims
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.services.documents.draft_check import CheckedClaim, check_draft
from ahtc_tui.services.workspace import Workspace


def check(workspace: Workspace, folder: Path, text: str) -> dict[str, CheckedClaim]:
    path = folder / "draft.txt"
    path.write_text(text, encoding="utf-8")
    return {claim.text: claim for claim in check_draft(workspace, path)}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("On 30 November 2013 it met.", [("30 November 2013", "2013-11-30")]),
        ("In November 2012 and in 2013", [("November 2012", "2012-11"), ("2013", "2013")]),
        ("ar 3 Rhagfyr 2013, 2013-12-04 a 05/12/2013", [
            ("3 Rhagfyr 2013", "2013-12-03"), ("2013-12-04", "2013-12-04"), ("05/12/2013", "2013-12-05"),
        ]),
        ("31 February 2014", [("February 2014", "2014-02")]),
    ],
)  # fmt: skip
def test_dates_are_read_in_both_languages(text: str, claims: list[tuple[str, str]]) -> None:
    assert [(claim.text, claim.value) for claim in find_claims(text) if claim.kind is ClaimKind.DATE] == claims


def test_numbering_times_and_addresses_are_no_claims() -> None:
    text = (
        "2.1 Training\n1. See paragraph 4.2 at 10:30, items 3, 4 and 5.1, page 2; call 029 2082 3000 or a1@example.org."
    )
    assert [claim.text for claim in find_claims(text) if claim.kind is ClaimKind.NUMBER] == []
    assert [claim.text for claim in find_claims("1,186 referrals, 12.5% and £3,000")] == ["1,186", "12.5%", "£3,000"]


def test_a_name_ends_with_its_paragraph_and_an_accent_is_no_capital() -> None:
    text = "Fforwm Gŵyr\n\nDydd Mawrth\n\nAmser\n\nWales Anti\nSlavery Group met; yn ôl eu rôl (Gweithredu gan Bawso)"
    names = [claim.text for claim in find_claims(text) if claim.kind is ClaimKind.NAME]
    assert names == ["Fforwm Gŵyr", "Wales Anti\nSlavery Group", "Bawso"]


def test_the_cells_of_a_page_are_separate_names_and_initials_are_those_of_people(
    wales: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "draft.html"
    path.write_text("<table><tr><td>Plas <b>Coch</b></td><td>Jeff\n Farrar</td></tr></table><p>It met JF.</p>", "utf-8")
    claims = {claim.text: claim.record for claim in check_draft(wales, path)}
    assert claims == {"Plas Coch": None, "Jeff Farrar": "jeff-farrar", "JF": "jeff-farrar"}


def test_what_the_records_say_is_supported(wales: Workspace, tmp_path: Path) -> None:
    claims = check(
        wales,
        tmp_path,
        "The Leadership Group asked Bawso about DP-07. In Wales 34 potential victims were referred to the NRM.",
    )
    assert claims["DP-07"].record == "DP-07"
    assert claims["Bawso"].record == "bawso"
    assert claims["The Leadership Group"].supported
    assert claims["34"].supported


def test_what_no_record_says_is_named(wales: Workspace, tmp_path: Path) -> None:
    claims = check(
        wales,
        tmp_path,
        "The Zebedee Trust met Quentin Quarrel on 7 July 1997: 98,765 people came, as DP-999 says.",
    )
    for text in ("The Zebedee Trust", "Quentin Quarrel", "7 July 1997", "98,765", "DP-999"):
        assert not claims[text].supported, text


def test_another_kind_of_file_is_refused(wales: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "draft.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(BadFile):
        check_draft(wales, path)
