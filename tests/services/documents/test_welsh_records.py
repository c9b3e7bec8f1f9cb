"""Titles of records in Welsh papers, letters and pages, and the marks of those without Welsh."""

from __future__ import annotations

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.model import PartyRole
from ahtc_tui.domain.drafts.groups import build_group_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.plan import build_objective_draft
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.groups.service import add_group
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.plan.objectives import edit_objective
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_update
from tests.exported_files import read_texts


def export_text(workspace: Workspace, out: str, *command: str) -> str:
    """Return the text of a file in Welsh."""
    target = workspace.root / out
    flags = ["--workspace", str(workspace.root), "--as-at", "2013-12-31", "--lang", "cy", "export"]
    assert run([*flags, command[0], *command[1:], str(target)]) in (0, 1)
    return target.read_text(encoding="utf-8")


def test_a_page_of_figures_tags_titles_without_welsh_as_english(wales: Workspace) -> None:
    edit_objective(wales, "1", build_objective_draft({"title_cy": "Creu sylfaen dystiolaeth"}))
    queue.translate_text(wales, "obj-leadership", "title", "")
    page = export_text(wales, "d.html", "dashboard")
    assert "1. <span>Creu sylfaen dystiolaeth</span>" in page
    assert '2. <span lang="en">[Saesneg] ' in page
    assert '[Saesneg] <span lang="en">Thought to be just' in page


def test_the_name_of_a_group_is_a_name_in_both_languages(wales: Workspace) -> None:
    group = add_group(wales, build_group_draft({"name": "Fforwm Gwent", "kind": "forum"}, wales.today()))
    meeting = add_meeting(wales, build_meeting_draft({"group": group.ref, "starts": "2014-01-28 10:00"}, wales.today()))
    assert meeting.title == "Fforwm Gwent"
    with use_language(Language.CY):
        assert meeting.printed_title == "Fforwm Gwent"
    assert "Saesneg" not in export_text(wales, "minutes.md", "minutes", meeting.ref)


@pytest.mark.sample(2)
@pytest.mark.parametrize("command", [("handover", "ahtc"), ("brief", "leadership-group")])
def test_a_paper_prints_welsh_titles_and_marks_english_ones(wales: Workspace, command: tuple[str, ...]) -> None:
    queue.translate_text(wales, "DP-04", "title", "")
    queue.translate_text(wales, "DP-03", "title", "")
    text = export_text(wales, "before.md", *command)
    assert "[Saesneg] Build" in text.replace("\\", "")
    queue.translate_text(wales, "DP-04", "title", "Teitl yn Gymraeg")
    queue.translate_text(wales, "DP-03", "title", "Teitl yn Gymraeg")
    after = export_text(wales, "after.md", *command)
    assert "Teitl yn Gymraeg" in after
    assert after.count("Saesneg") < text.count("Saesneg")


@pytest.mark.parametrize(
    "command",
    [
        ("since.docx", "since", "--from", "2013-12-01"),
        ("log.xlsx", "actions"),
        ("log.csv", "actions"),
        ("plan.xlsx", "plan"),
        ("returns", "returns"),
        ("chasers", "chasers", "--lead", "AHTC"),
        ("deadlines.ics", "deadlines"),
    ],
)
def test_every_welsh_file_marks_updates_as_english(wales: Workspace, command: tuple[str, ...]) -> None:
    action = make_action(wales, lead="AHTC", due="2013-12-20", objective="1")
    make_update(wales, action.ref, "Half the boards replied.")
    out, *kind = command
    flags = ["--workspace", str(wales.root), "--as-at", "2013-12-31", "--lang", "cy", "export"]
    assert run([*flags, *kind, str(wales.root / out)]) in (0, 1)
    target = wales.root / out
    files = sorted(path for path in target.rglob("*") if path.is_file()) if target.is_dir() else [target]
    texts = [text.replace("\r\n ", "") for path in files for _name, text in read_texts(path.name, path.read_bytes())]
    assert any("[Saesneg] Half the boards replied." in text for text in texts)
    plain = [text for text in texts if "<" not in text]
    assert all(text.count("Half the") == text.count("[Saesneg] Half the") for text in plain)


def test_a_label_before_several_names_is_in_the_plural() -> None:
    labels = [[role.format_label(count) for role in SeatRole] for count in (1, 2)]
    assert labels[0] == [role.label for role in SeatRole]
    assert labels[1][:4] == ["Chairs", "Deputy chairs", "Members", "Leads"]
    with use_language(Language.CY):
        assert SeatRole.MEMBER.format_label(2) == "Aelodau"
        assert PartyRole.PARTNER.format_label(2) == "Partneriaid"
    assert PartyRole.SUPPORT.format_label(2) == "Support"


def test_a_brief_names_the_other_members_in_welsh(wales: Workspace) -> None:
    text = export_text(wales, "brief.md", "brief", "leadership-group")
    assert "Cymdeithas Llywodraeth Leol Cymru" in text
    assert "Welsh Local Government Association" not in text


def test_each_half_of_a_bilingual_file_has_the_names_of_its_language(wales: Workspace) -> None:
    target = wales.root / "since.md"
    flags = ["--workspace", str(wales.root), "--as-at", "2013-12-31", "--lang", "both"]
    assert run([*flags, "export", "since", "--from", "2013-06-30", str(target)]) in (0, 1)
    welsh, english = target.read_text(encoding="utf-8").split("# Changes since")
    for half, shown, hidden in ((welsh, "Gwasanaeth Erlyn y Goron", "Crown"), (english, "Crown", "Gwasanaeth Erlyn")):
        assert shown in half
        assert hidden not in half


def test_files_in_both_languages_print_messages_in_the_language_of_messages(
    wales: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--workspace", str(wales.root), "--as-at", "2013-12-31", "--lang", "both", "export"]
    assert run([*flags, "returns", str(wales.root / "returns")]) == 1
    assert run([*flags, "paper", "celg-papers", str(wales.root / "paper.md")]) == 3
    messages = capsys.readouterr().err
    assert "Welsh Government has no address" in messages
    assert 'There is no commission "celg-papers".' in messages
    assert " | " not in messages
