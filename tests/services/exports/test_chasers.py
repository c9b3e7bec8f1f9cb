"""Chasers: letters, omitted actions, and the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import docx
import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.chasers import Channel
from ahtc_tui.domain.drafts.actions import build_update_draft
from ahtc_tui.domain.errors import NotFound, Refused, StoreError
from ahtc_tui.domain.i18n import Language
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services import output_folders
from ahtc_tui.services.actions.service import correct_update, edit_action, show_action
from ahtc_tui.services.exports.chasers import find_last_chase, write_chasers
from ahtc_tui.services.history import redo_step, undo_step
from ahtc_tui.services.imports.actions.service import apply_actions_import
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import (
    make_action,
    make_action_draft,
    make_holding,
    make_party,
    make_update,
    query_rows,
    remove_record,
)
from tests.exported_files import read_texts
from tests.services.exports.return_files import edit_workbook, write_return

FEBRUARY = date(2014, 2, 1)


def set_today(workspace: Workspace, day: date) -> Workspace:
    """Return the same workspace on another day."""
    return Workspace(workspace.root, workspace.database, lambda: day)


def set_email(workspace: Workspace, ref: str, email: str | None) -> None:
    """Set the email address of a contact."""
    key = query_rows(workspace, "SELECT id FROM parties WHERE ref = ?", ref)[0][0]
    with workspace.database.write("address") as ledger:
        ledger.update("parties", key, {"email": email})


def read_mail(path: Path) -> tuple[str, str, str]:
    """Return recipient, subject and text of a draft."""
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert message["X-Unsent"] == "1"
    body = message.get_body()
    assert body is not None
    return str(message["To"]), str(message["Subject"]), str(body.get_content()).replace("\r\n", "\n")


def read_all_texts(path: Path) -> str:
    """Return all texts of a file, those of hidden sheets and parts as well."""
    return "\n".join(text for _place, text in read_texts(path.name, path.read_bytes()))


@pytest.fixture
def february(wales: Workspace) -> Workspace:
    """The Wales 2013 data on 1 February 2014, when DP-07 is 32 days late."""
    return set_today(wales, FEBRUARY)


def test_the_lead_of_a_late_action_gets_a_mail_draft(february: Workspace, tmp_path: Path) -> None:
    set_email(february, "uclan", "research@uclan.example")
    report = write_chasers(february, tmp_path / "out")
    (path,) = report.files
    assert path.name == "2014-02-01 Your actions, University of Central Lancashire.eml"
    assert (report.chased, report.without_address, report.left_out) == (("DP-07",), (), ())
    to, subject, words = read_mail(path)
    assert to == "University of Central Lancashire <research@uclan.example>"
    assert subject == "OFFICIAL: Your actions: 1 late"
    assert "DP-07  Review of Violence Against Women" in words
    assert "Due: by the end of 2013 (32 days late)." in words
    assert "Last update: none so far." in words


def test_a_lead_without_an_address_gets_a_letter_in_word(february: Workspace, tmp_path: Path) -> None:
    report = write_chasers(february, tmp_path / "out")
    (absent,) = report.without_address
    assert (absent.ref, absent.file.name) == ("uclan", "2014-02-01 Your actions, University of Central Lancashire.docx")
    letter = [paragraph.text for paragraph in docx.Document(str(absent.file)).paragraphs]
    assert letter[:6] == [
        "Office of the Wales Anti Human Trafficking Co-ordinator",
        "University of Central Lancashire",
        "1 February 2014",
        "Dear colleague,",
        "Your actions",
        "This action is with University of Central Lancashire as at 1 February 2014. Please send a short update.",
    ]
    assert letter[6] == "Late"
    assert "(32 days late)" in letter[7]
    assert letter[-4:-1] == ["Yours sincerely", "Stephen Chapman", "Anti Human Trafficking Co-ordinator"]
    chase = find_last_chase(february, "dp-7")
    assert chase is not None
    assert (chase.chased_on, chase.party, chase.channel) == (
        FEBRUARY,
        "University of Central Lancashire",
        Channel.TEXT,
    )


def test_an_action_is_not_chased_twice_within_seven_days(february: Workspace, tmp_path: Path) -> None:
    write_chasers(february, tmp_path / "out")
    second = write_chasers(set_today(february, date(2014, 2, 7)), tmp_path / "second")
    assert (second.files, second.chased) == ((), ())
    assert second.left_out[0].ref == "DP-07"
    assert "not again before 8 February 2014" in second.left_out[0].reason
    assert not (tmp_path / "second").exists()
    assert write_chasers(set_today(february, date(2014, 2, 8)), tmp_path / "third").chased == ("DP-07",)


def test_again_chases_at_once(february: Workspace, tmp_path: Path) -> None:
    write_chasers(february, tmp_path / "out")
    assert write_chasers(february, tmp_path / "second", include_recent=True).chased == ("DP-07",)
    assert query_rows(february, "SELECT count(*) FROM chases")[0][0] == 2


def test_one_undo_removes_the_chase_log(february: Workspace, tmp_path: Path) -> None:
    make_action(february, title="Book the venue", lead="Bawso", due="2014-02-10")
    write_chasers(february, tmp_path / "out")
    assert undo_step(february) == "chase DP-07, DP-45"
    assert find_last_chase(february, "DP-07") is None
    assert write_chasers(february, tmp_path / "second").chased == ("DP-07", "DP-45")
    undo_step(february)
    redo_step(february)
    assert find_last_chase(february, "DP-45") is not None
    assert find_faults(february.database) == []


def test_the_own_office_and_the_holder_of_its_post_get_a_letter_only_by_name(
    february: Workspace, tmp_path: Path
) -> None:
    for lead in ("AHTC", "Stephen Chapman"):
        make_action(february, title=f"Action of {lead}", lead=lead, due="2014-01-10")
    report = write_chasers(february, tmp_path / "out")
    assert report.chased == ("DP-07",)
    assert [(left.lead, left.reason) for left in report.left_out] == [
        (lead, "led by your office, so no reminder (use --lead to save one)")
        for lead in ("Anti Human Trafficking Co-ordinator", "Stephen Chapman")
    ]
    assert len(write_chasers(february, tmp_path / "own", lead="AHTC").chased) == 1


def test_a_letter_lists_overdue_actions_first_with_the_last_update(february: Workspace, tmp_path: Path) -> None:
    for title, due in (("Third", "2014-02-15"), ("Second", "2014-02-01"), ("Later", "2014-02-16"), ("Undated", "")):
        make_action(february, title=title, lead="AHTC", **({"due": due} if due else {}))
    first = make_action(february, title="First", lead="AHTC", due="2014-01-31")
    make_update(february, first.ref, "Draft with the Minister")
    report = write_chasers(february, tmp_path / "out", lead="AHTC")
    (path,) = report.files
    to, subject, words = read_mail(path)
    assert "ahtc@example.invalid" in to
    assert subject == "OFFICIAL: Your actions: 1 late, 2 due by 15 February 2014"
    assert words.index("First") < words.index("Second") < words.index("Third")
    assert "31 January 2014 (1 day late)" in words
    assert "1 February 2014 (today)" in words
    assert "Last update (1 February 2014): Draft with the Minister" in words
    assert "Dear Stephen Chapman," in words
    assert "Later" not in words
    assert "Undated" not in words


def test_a_letter_quotes_what_its_lead_returned_and_no_update_of_the_office(
    february: Workspace, tmp_path: Path
) -> None:
    typed = "No progress because of illness"
    make_update(february, "DP-07", typed, said_by="UCLan")
    for number, words in enumerate(("The survey is out.", "Half the replies are in.")):
        file = write_return(february, tmp_path / f"sent-{number}", "DP-07")
        assert typed not in read_all_texts(file)
        apply_actions_import(february, [edit_workbook(file, {("DP-07", "Your update"): words})])
    make_update(february, "DP-07", typed)
    assert show_action(february, "DP-07").updates[1].said_by == "University of Central Lancashire"
    for address, ending in ((None, ".docx"), ("research@uclan.example", ".eml")):
        set_email(february, "uclan", address)
        (path,) = write_chasers(february, tmp_path / ending, include_recent=True).files
        assert path.suffix == ending
        assert "Half the replies are in." in read_all_texts(path)
        assert typed not in read_all_texts(path)
    edit_action(february, "DP-07", make_action_draft(lead="Bawso"))
    (path,) = write_chasers(february, tmp_path / "bawso", include_recent=True).files
    assert "Half the replies are in." not in read_all_texts(path)


def test_an_update_that_the_office_corrected_is_quoted_in_no_letter(february: Workspace, tmp_path: Path) -> None:
    file = write_return(february, tmp_path / "sent", "DP-07")
    apply_actions_import(february, [edit_workbook(file, {("DP-07", "Your update"): "The survey is out."})])
    correct_update(february, "DP-07", 1, build_update_draft("The survey is late because of illness."))
    (path,) = write_chasers(february, tmp_path / "out").files
    assert "illness" not in read_all_texts(path)


def test_a_letter_quotes_an_update_that_was_released(february: Workspace, tmp_path: Path) -> None:
    make_update(february, "DP-07", 'Two forces have "named" a lead')
    with february.database.write("release") as ledger:
        page = '{"points": ["The work goes on. Two forces have \\"named\\" a lead."]}'
        values = {"document": "note", "marking": "official", "released_on": "2014-01-20", "page_en": page}
        ledger.add("releases", {**values, "number": 1})
    (path,) = write_chasers(february, tmp_path / "out").files
    assert 'Two forces have "named" a lead' in read_all_texts(path)
    with february.database.write("release") as ledger:
        ledger.add("releases", {**values, "number": 2, "page_en": "{}"})
    (path,) = write_chasers(february, tmp_path / "again", include_recent=True).files
    assert "Two forces" not in read_all_texts(path)


def test_a_continuing_duty_is_listed_when_its_review_is_due(february: Workspace, tmp_path: Path) -> None:
    for title, review in (("Duty to review", "2014-01-20"), ("Duty for later", "2014-06-01"), ("Duty undated", "")):
        review_fields = {"review_on": review} if review else {}
        make_action(february, title=title, lead="AHTC", status="continuing", due="2013-11-30", **review_fields)
    (path,) = write_chasers(february, tmp_path / "out", lead="AHTC").files
    _to, subject, words = read_mail(path)
    assert subject == "OFFICIAL: Your actions: 1 to review"
    assert "Review due: 20 January 2014." in words
    assert "late" not in words
    assert "Duty for later" not in words
    assert "Duty undated" not in words


def test_a_post_without_an_address_uses_its_holder(february: Workspace, tmp_path: Path) -> None:
    set_email(february, "ahtc", None)
    set_email(february, "stephen-chapman", "stephen@example.invalid")
    make_action(february, title="Brief the SPOCs", lead="AHTC", due="2014-01-10")
    (path,) = write_chasers(february, tmp_path / "out", lead="Stephen Chapman").files
    assert read_mail(path)[0] == "Anti Human Trafficking Co-ordinator <stephen@example.invalid>"


def test_proposed_complete_actions_are_not_chased(february: Workspace, tmp_path: Path) -> None:
    make_action(february, lead="AHTC", due="2014-01-10", status="proposed_complete")
    report = write_chasers(february, tmp_path / "out", lead="AHTC")
    assert (report.files, [left_out.ref for left_out in report.left_out]) == ((), ["DP-45"])
    assert "the group closes it" in report.left_out[0].reason


def test_a_late_action_without_a_lead_is_reported(february: Workspace, tmp_path: Path) -> None:
    make_action(february, due="2014-01-10")
    assert write_chasers(february, tmp_path / "out").no_lead == ("DP-45",)


def test_the_highest_marking_of_a_letter_opens_its_subject(february: Workspace, tmp_path: Path) -> None:
    make_action(february, lead="AHTC", due="2014-01-10", marking="official-sensitive")
    report = write_chasers(february, tmp_path / "out", lead="AHTC")
    assert report.marking is Marking.OFFICIAL_SENSITIVE
    assert read_mail(report.files[0])[1].startswith("OFFICIAL-SENSITIVE: ")


def test_welsh_names_are_kept(february: Workspace, tmp_path: Path) -> None:
    post = make_party(february, "Cydgysylltydd Atal Masnachu Pobl, Llanfairpwllgwyngyll", "post-mon", kind="post")
    person = make_party(february, "Siân Ŵyn", "sian", kind="person")
    make_holding(february, post, person, from_on="2013-01-01")
    set_email(february, "sian", "sian@example.invalid")
    make_action(february, title="Gŵyl <y> [cŵn] & cathod", lead="post-mon", due="2014-01-10")
    (path,) = write_chasers(february, tmp_path / "out", lead="post-mon").files
    _to, _subject, words = read_mail(path)
    assert "Dear Siân Ŵyn," in words
    assert "Gŵyl <y> [cŵn] & cathod" in words


def test_the_same_workspace_writes_the_same_bytes(february: Workspace, tmp_path: Path) -> None:
    set_email(february, "uclan", "research@uclan.example")
    first, second = (write_chasers(february, tmp_path / name, include_recent=True).files[0] for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_a_failed_write_logs_nothing_and_leaves_no_files(
    february: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_action(february, lead="Bawso", due="2014-01-10")
    calls: list[Path] = []

    def fail_second_write(path: Path, write: Callable[[Path], None], force: bool) -> None:
        calls.append(path)
        if len(calls) > 1:
            raise StoreError("the disk is full")
        write_file_atomically(path, write, force)

    monkeypatch.setattr(output_folders, "write_file_atomically", fail_second_write)
    with pytest.raises(StoreError):
        write_chasers(february, tmp_path / "out")
    assert len(calls) == 2
    assert not (tmp_path / "out").exists()
    assert query_rows(february, "SELECT count(*) FROM chases")[0][0] == 0


def test_an_existing_file_needs_force(february: Workspace, tmp_path: Path) -> None:
    report = write_chasers(february, tmp_path / "out")
    with pytest.raises(Refused, match="exists already"):
        write_chasers(february, tmp_path / "out", include_recent=True)
    assert query_rows(february, "SELECT count(*) FROM chases")[0][0] == 1
    assert write_chasers(february, tmp_path / "out", include_recent=True, force=True).files == report.files


def test_a_file_instead_of_the_folder_is_refused(february: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(Refused, match="is a file"):
        write_chasers(february, tmp_path / "out")
    assert (tmp_path / "out").read_text() == ""


def test_an_unknown_lead_is_not_found_and_a_removed_action_is_not_chased(february: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        write_chasers(february, tmp_path / "out", lead="nobody at all")
    remove_record(february, "actions", query_rows(february, "SELECT id FROM actions WHERE ref = 'DP-07'")[0][0])
    assert write_chasers(february, tmp_path / "out").files == ()


def set_language(workspace: Workspace, ref: str, language: str) -> None:
    """Set the language that a person prefers."""
    key = query_rows(workspace, "SELECT id FROM parties WHERE ref = ?", ref)[0][0]
    with workspace.database.write("language") as ledger:
        ledger.update("people", key, {"language": language})


@pytest.mark.parametrize(
    ("wish", "asked", "subject"),
    [
        ("cy", None, "SWYDDOGOL: Eich camau gweithredu: 1 yn hwyr"),
        ("cy", Language.EN, "OFFICIAL: Your actions: 1 late"),
        ("", None, "OFFICIAL: Your actions: 1 late"),
    ],
)
def test_a_letter_is_in_the_language_that_its_reader_prefers(
    february: Workspace, tmp_path: Path, wish: str, asked: Language | None, subject: str
) -> None:
    make_action(february, title="First", lead="AHTC", due="2014-01-31")
    if wish:
        set_language(february, "stephen-chapman", wish)
    (path,) = write_chasers(february, tmp_path / "out", lead="AHTC", language=asked).files
    assert path.name.startswith(
        "2014-02-01 Eich camau gweithredu, " if subject[0] == "S" else "2014-02-01 Your actions"
    )
    assert read_mail(path)[1] == subject


def test_the_letter_of_an_organisation_is_in_the_language_of_its_representative(
    february: Workspace, tmp_path: Path
) -> None:
    (uclan, group), *_others = query_rows(
        february, "SELECT p.id, g.id FROM parties p, parties g WHERE p.ref = 'uclan' AND g.ref = 'leadership-group'"
    )
    person = make_party(february, "Research Lead", "research-lead", kind="person")
    with february.database.write("seat") as ledger:
        seat = ledger.add("seats", {"ref": "seat-1", "group": group, "party": uclan, "role": "member"})
        ledger.add("occupancies", {"seat": seat, "person": person, "deputy": 0})
    set_language(february, "research-lead", "cy")
    (path,) = write_chasers(february, tmp_path / "out").files
    words = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert "Eich camau gweithredu" in words


def test_nobody_writes_to_the_address_of_a_vacant_post(february: Workspace, tmp_path: Path) -> None:
    post = make_party(february, "Data officer", "data-officer", kind="post")
    set_email(february, "data-officer", "data@example.org")
    person = make_party(february, "A Person", "a-person", kind="person")
    make_holding(february, post, person, to_on="2013-12-31")
    ref = make_action(february, lead="data-officer", due="2014-01-15").ref
    report = write_chasers(february, tmp_path / "out")
    assert ref not in report.chased
    assert {left.ref: left.reason for left in report.left_out}[ref].startswith("the post is vacant")
