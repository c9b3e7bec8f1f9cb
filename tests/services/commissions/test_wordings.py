"""A wording that the source of a paragraph carries is printed while the records of the paragraph are as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.commissions.paragraphs import edit_paragraph
from ahtc_tui.services.commissions.service import show_commission
from ahtc_tui.services.groups.service import edit_group
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action_draft, set_clock
from tests.services.commissions.test_commissions import SEED, draft_paragraph
from tests.services.commissions.test_running_text import write_paragraphs
from tests.services.groups.test_group_writing import make_group_draft


def test_each_paragraph_of_the_2013_paper_is_worded_and_cites_its_own_paragraph(
    wales: Workspace, tmp_path: Path
) -> None:
    worded = {row.number: row for row in show_commission(wales, SEED).paragraphs}
    assert len(worded) == 30
    for number, printed in write_paragraphs(wales, tmp_path).items():
        text, _bracket, note = printed.removesuffix("]").rpartition(" [")
        assert text == worded[number].text
        assert note.endswith(f"paragraph {number}.")


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("1.2", ("the only Government in the UK", "followed from the work of the Cross Party Group")),
        (
            "2.4",
            ("a multi agency framework", "the Competent Authority, which is either the UK Human Trafficking Centre"),
        ),
        ("2.6", ("commissioned a Review", "human trafficking within its scope", "in the New Year", "co-opted onto")),
        ("3.1", ("chaired by the Home Office Minister for Security", "the Wales Office and Scotland Office")),
        ("4.2", ("the support of the Chief Executive of Denbighshire", "successful bid", "in October 2013")),
        ("5.2", ("The Chief Executive of Denbighshire County Council has a ‘Champion’ role",)),
    ],
)
def test_paragraphs_state_what_the_paper_states(
    wales: Workspace, tmp_path: Path, number: str, facts: tuple[str, ...]
) -> None:
    text = write_paragraphs(wales, tmp_path)[number]
    assert not [fact for fact in facts if fact not in text]


def test_a_paragraph_is_composed_from_its_records_once_one_of_them_changed(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-39", make_action_draft(lead="WLGA"))
    edit_group(wales, "cross-party-group", make_group_draft(chair="Lesley Griffiths"))
    paragraphs = write_paragraphs(wales, tmp_path)
    assert "The Welsh Local Government Association is working to promote the Anglesey work" in paragraphs["4.1"]
    assert "Joyce Watson" not in paragraphs["1.2"]
    assert "Lesley Griffiths AM chairs the Cross Party Group on Human Trafficking." in paragraphs["1.2"]
    assert "the only Government in the UK" not in paragraphs["1.2"]


def test_a_wording_with_a_plan_ends_with_its_day(wales: Workspace, tmp_path: Path) -> None:
    assert "will report to the Minister by the end of 2013" in write_paragraphs(wales, tmp_path)["2.6"]
    assert "which was due by the end of 2013" in write_paragraphs(set_clock(wales, "2014-01-02"), tmp_path)["2.6"]


def test_a_wording_that_the_office_changed_has_no_footnote(wales: Workspace, tmp_path: Path) -> None:
    edit_paragraph(wales, SEED, "1.3", draft_paragraph(text="The Co-ordinator is in the Division."))
    edit_action(wales, "DP-03", make_action_draft(status="on_hold"))
    assert write_paragraphs(wales, tmp_path)["1.3"] == "**Where the post stands.** The Co-ordinator is in the Division."


def test_the_welsh_wording_is_printed_as_it_was_written(wales: Workspace, tmp_path: Path) -> None:
    welsh = "Bwriad y Grŵp a Y Cymry yw y bydd yn parhau."
    edit_paragraph(wales, SEED, "1.3", draft_paragraph(text_cy=welsh))
    with use_language(Language.CY):
        from ahtc_tui.services.exports.commission import export_commission

        text = export_commission(wales, SEED, tmp_path / "papur.md").file.read_text(encoding="utf-8")
    assert f"1.3 {welsh}[^cy-3]" in text
    assert "[Saesneg]" not in text
