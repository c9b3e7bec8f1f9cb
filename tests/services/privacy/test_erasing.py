"""Erasing a person: what is replaced, what is only listed, and that nothing restores the person."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused, StoreError
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.actions.service import add_action, show_action
from ahtc_tui.services.contacts.merge_records import merge_contacts
from ahtc_tui.services.contacts.service import add_contact, edit_contact, list_contacts, show_contact
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.history import list_steps, redo_step, undo_step
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.minutes.lifecycle import issue_minutes
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy import erasure_files
from ahtc_tui.services.privacy.erasure import erase_person, preview_erasure
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import (
    TODAY,
    make_action,
    make_action_draft,
    make_holding,
    make_line,
    make_minuted_meeting,
    make_party,
    make_update,
    query_rows,
)

MEETING = {"kind": "meeting", "tz": "Europe/London"}


def add_person(office: Workspace, name: str = "Gwen Quillfeather", **fields: str) -> str:
    return add_contact(office, build_contact_draft({"name": name, "kind": "person", **fields}, TODAY)).ref


def find_key(office: Workspace, ref: str) -> RowKey:
    return RowKey(query_rows(office, "SELECT id FROM parties WHERE ref = ?", ref)[0][0])


def add_attended_meeting(office: Workspace, person: RowKey, day: str) -> RowKey:
    """Add a meeting that the person attended, with a line that names them."""
    with office.database.write("meet") as ledger:
        meeting = ledger.add("meetings", {"ref": f"M-{day}", "title": "Forum", "day": day, "uid": day, **MEETING})
        ledger.add(
            "minute_lines", {"meeting": meeting, "position": 1, "kind": "note", "text": "Ms Quillfeather spoke."}
        )
        return ledger.add("attendances", {"meeting": meeting, "party": person, "state": "present"})


@pytest.mark.parametrize(("until", "kept"), [(None, "SPOC Gwent"), ("2012-06-30", "A former member")])
def test_a_post_that_issued_minutes_keep_is_listed_to_check(wales: Workspace, until: str | None, kept: str) -> None:
    ref = make_minuted_meeting(wales)
    person = find_key(wales, add_person(wales))
    make_holding(
        wales, find_key(wales, "spoc-gwent"), person, from_on="2012-01-01", **({"to_on": until} if until else {})
    )
    set_attendance(wales, ref, "Gwen Quillfeather", build_attendance_draft({"state": "present"}))
    make_line(wales, ref, "Gwen Quillfeather, Desk of Gwent Police, gave the figures.")
    make_line(wales, ref, "Gwen Quillfeather rang.")
    issue_minutes(wales, ref)
    preview = preview_erasure(wales, "Gwen Quillfeather")
    report = erase_person(wales, "Gwen Quillfeather")
    assert preview.left == report.left
    texts = [item.text for item in report.left if (item.table, item.field) == ("issues", "docx")]
    assert f"{kept}, Desk of Gwent Police, gave the figures." in " ".join(texts)
    assert "rang" not in " ".join(texts), "no post follows there"
    [(document,)] = query_rows(wales, "SELECT docx FROM issues")
    issued = "\n".join(erasure_files.read_stored_lines("minutes.docx", document))
    assert "Quillfeather" not in issued
    assert f"{kept} rang." in issued
    for text in texts:
        assert text.split("\n")[-1] in issued


def test_minutes_name_the_post_that_the_person_held_on_the_day(wales: Workspace) -> None:
    ref = add_person(wales)
    person, post = find_key(wales, ref), find_key(wales, "spoc-gwent")
    make_holding(wales, post, person, from_on="2012-01-01", to_on="2012-12-31")
    rows = [add_attended_meeting(wales, person, day) for day in ("2012-05-01", "2013-05-01")]
    report = erase_person(wales, ref)
    attendances = [query_rows(wales, "SELECT party, words FROM attendances WHERE id = ?", row)[0] for row in rows]
    assert attendances == [(post, None), (None, "a former member")]
    assert [
        text for (text,) in query_rows(wales, "SELECT text FROM minute_lines WHERE text LIKE '% spoke.' ORDER BY n")
    ] == [
        "SPOC Gwent spoke.",
        "A former member spoke.",
    ]
    assert {(count.table, count.goes, count.instead, count.words) for count in report.tables} >= {
        ("attendances", 0, 2, 0),
        ("minute_lines", 0, 0, 2),
        ("holdings", 0, 1, 0),
        ("parties", 1, 0, 0),
    }
    assert find_faults(wales) == []


def test_post_that_attended_as_well_is_not_named_twice(wales: Workspace) -> None:
    ref = add_person(wales)
    person, post = find_key(wales, ref), find_key(wales, "spoc-gwent")
    make_holding(wales, post, person)
    row = add_attended_meeting(wales, person, "2013-05-01")
    with wales.database.write("as well") as ledger:
        meeting = ledger.cursor.execute("SELECT meeting FROM attendances WHERE id = ?", (row,)).fetchone()[0]
        ledger.add("attendances", {"meeting": meeting, "party": post, "state": "apologies"})
    erase_person(wales, ref)
    assert query_rows(wales, "SELECT party, words FROM attendances WHERE id = ?", row) == [(None, "a former member")]
    assert find_faults(wales) == []


def test_actions_and_updates_of_the_person_stay_without_the_name(wales: Workspace) -> None:
    ref = add_person(wales, email="gwen@example.invalid", phone="029 2064 4633")
    action = make_action(wales, title="Meet Gwen Quillfeather", lead=ref, support=ref)
    make_update(wales, action.ref, "G. Quillfeather rang from 02920644633.")
    erase_person(wales, ref)
    card = show_action(wales, action.ref)
    assert (card.row.title, card.row.lead) == ("Meet a former member", None)
    assert [update.text for update in card.updates] == ["A former member rang from [removed]."]
    assert search_records(wales, "Quillfeather") == []
    assert not [row for row in list_contacts(wales) if row.ref == ref or "erased" in row.ref]
    assert list_steps(wales, 3)[0].label == "erase a person"
    assert not [step for step in list_steps(wales, 50) if "uillfeather" in step.label]
    assert find_faults(wales) == []


def test_preview_reports_the_same_and_writes_nothing(wales: Workspace) -> None:
    ref = add_person(wales)
    add_attended_meeting(wales, find_key(wales, ref), "2013-05-01")
    before = wales.database.path.read_bytes()
    planned = preview_erasure(wales, ref)
    assert wales.database.path.read_bytes() == before
    report = erase_person(wales, ref)
    assert not planned.done
    assert report.done
    assert (planned.tables, planned.texts, planned.journal_lines) == (report.tables, report.texts, report.journal_lines)
    assert report.journal_lines == 4, "two of the person, one of the attendance, one of the line; none of the meeting"


def test_a_body_in_brackets_behind_a_name_stays_in_texts(wales: Workspace) -> None:
    ref = add_person(wales, "Gwen Quillfeather", aliases="Gwen Quillfeather (Bawso); Quillfeather, Gwen")
    make_action(wales, title="Gwen Quillfeather (Bawso) meets Bawso; gwen quillfeather and Gwen")
    erase_person(wales, ref)
    (title,) = query_rows(wales, "SELECT title FROM actions ORDER BY n DESC LIMIT 1")[0]
    assert title == "A former member (Bawso) meets Bawso; a former member and Gwen"
    assert query_rows(wales, "SELECT count(*) FROM actions WHERE title LIKE '%Bawso%'")[0][0] > 1


def test_name_with_an_organisation_is_shared_with_a_namesake(wales: Workspace) -> None:
    ref = add_person(wales, "Eleri Quill (Bawso)")
    add_person(wales, "Eleri Quill")
    make_action(wales, title="Ask Eleri Quill")
    assert erase_person(wales, ref).shared == ("Eleri Quill (Bawso)",)
    assert query_rows(wales, "SELECT count(*) FROM actions WHERE title = 'Ask Eleri Quill'") == [(1,)]


@pytest.mark.parametrize(
    ("name", "after", "left"),
    [
        ("May", "May and Zofka may come in May", True),
        ("Zofka", "May and a former member may come in May", False),
    ],
)
def test_single_word_name_is_replaced_only_where_it_is_unambiguous(
    wales: Workspace, name: str, after: str, left: bool
) -> None:
    ref = add_person(wales, name)
    title = "May and Zofka may come in May"
    action = make_action(wales, title=title).ref
    report = erase_person(wales, ref)
    assert show_action(wales, action).row.title == after
    assert any(remaining.text == title for remaining in report.left) is left
    assert find_faults(wales) == []


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", ["Łukasz Müller-Straße", "Ieuan ap Rhydderch-O'Neil", "Ŵ. Ddraig"])
def test_reference_made_of_the_name_is_erased_from_seats_and_columns(wales: Workspace, name: str) -> None:
    ref = add_person(wales, name)
    give_seat(wales, "forum-gwent", ref, build_seat_draft({}, TODAY))
    with wales.database.write("import") as ledger:
        ledger.add("learnt_columns", {"heading": normalize_text(f"Action by {name}"), "field": "lead"})
    erase_person(wales, ref)
    assert query_rows(wales, "SELECT ref FROM seats WHERE ref LIKE ?", f"%{ref}%") == []
    assert query_rows(wales, "SELECT count(*) FROM learnt_columns WHERE heading LIKE 'action by erased-%'") == [(1,)]
    assert find_faults(wales) == []


def test_shared_name_is_kept_and_listed(wales: Workspace) -> None:
    ref = add_person(wales, "Eleri Jones", email="office@example.invalid")
    add_person(wales, "Eleri Jones", email="office@example.invalid")
    make_action(wales, title="Ask Eleri Jones")
    report = erase_person(wales, ref)
    assert report.shared == ("Eleri Jones", "office@example.invalid")
    assert report.has_undecided
    assert query_rows(wales, "SELECT count(*) FROM actions WHERE title = 'Ask Eleri Jones'") == [(1,)]
    assert find_faults(wales) == []


def test_forename_alone_is_listed_and_erased_on_request(wales: Workspace) -> None:
    ref = add_person(wales, "Gwenllian Price")
    make_action(wales, title="The price of what Gwenllian and Ms Price asked")
    assert [left.text for left in preview_erasure(wales, ref).left] == [
        "The price of what Gwenllian and a former member asked"
    ]
    report = erase_person(wales, ref, also=["Gwenllian"])
    assert report.left == ()
    assert query_rows(wales, "SELECT title FROM actions WHERE title LIKE 'The price%'") == [
        ("The price of what a former member and a former member asked",)
    ]


def test_merged_and_removed_records_of_the_person_are_erased(wales: Workspace) -> None:
    first, second = add_person(wales), add_person(wales, "G Quillfeather-Rees", email="gqr@example.invalid")
    undone = add_person(wales)
    undo_step(wales)
    merge_contacts(wales, first, second)
    erase_person(wales, first)
    for text in ("uillfeather", "gqr@"):
        named = "SELECT count(*) FROM parties WHERE name LIKE ? OR ref LIKE ? OR email LIKE ?"
        assert query_rows(wales, named, *[f"%{text}%"] * 3) == [(0,)]
        assert query_rows(wales, "SELECT count(*) FROM change WHERE value LIKE ?", f"%{text}%") == [(0,)]
    assert undone
    assert find_faults(wales) == []


def test_a_removed_person_can_be_erased_and_a_post_cannot(wales: Workspace) -> None:
    ref = add_person(wales)
    undo_step(wales)
    with pytest.raises(NotFound):
        show_contact(wales, ref)
    assert erase_person(wales, "Gwen Quillfeather").done, "the undo released the reference, not the name"
    with pytest.raises(BadInput, match="Only people"):
        preview_erasure(wales, "spoc-gwent")
    with pytest.raises(NotFound):
        erase_person(wales, "nobody at all")


def test_erasure_cannot_be_undone(wales: Workspace) -> None:
    ref = add_person(wales)
    key = find_key(wales, ref)
    edit_contact(wales, ref, build_contact_draft({"role": "Officer"}, TODAY))
    undo_step(wales)
    erase_person(wales, ref, reason="Gwen Quillfeather asked")
    for back in (undo_step, redo_step):
        with pytest.raises(Refused, match="be undone"):
            back(wales)
    with pytest.raises(Refused, match="erased"), wales.database.write("x") as ledger:
        ledger.update("parties", key, {"name": "Gwen Quillfeather"})
    assert query_rows(wales, "SELECT ground FROM erasure WHERE marks <> '[]'") == [("A person asked",)]
    add_action(wales, make_action_draft(title="Later"))
    assert undo_step(wales).startswith("add")
    with pytest.raises(Refused, match="be undone"):
        undo_step(wales)
    assert find_faults(wales) == []


def test_person_is_erased_again_when_a_backup_is_restored(wales: Workspace, tmp_path: Path) -> None:
    ref = add_person(wales)
    later = add_action(wales, make_action_draft(title="Write to Gwen Quillfeather")).ref
    shutil.copy(wales.database.path, tmp_path / "backup.db")
    erase_person(wales, ref)
    listed = (wales.root / "data" / "erasures").read_text(encoding="utf-8")
    assert "uillfeather" not in listed
    wales.database.close()
    shutil.copy(tmp_path / "backup.db", wales.database.path)
    office = open_workspace(wales.root, TODAY)
    assert show_action(office, later).row.title == "Write to a former member"
    assert query_rows(office, "SELECT erased_on FROM erasure") == [("2013-12-31",)]
    assert b"uillfeather" not in office.database.path.read_bytes()
    assert (office.root / "data" / "erasures").read_text(encoding="utf-8") == listed
    assert find_faults(office) == []
    office.close()


def test_backup_older_than_the_person_keeps_the_register_entry(wales: Workspace, tmp_path: Path) -> None:
    shutil.copy(wales.database.path, tmp_path / "backup.db")
    erase_person(wales, add_person(wales))
    wales.database.close()
    shutil.copy(tmp_path / "backup.db", wales.database.path)
    path = wales.root / "data" / "erasures"
    path.write_text(path.read_text(encoding="utf-8") + "no line of ours\n{}\n", encoding="utf-8")
    office = open_workspace(wales.root, TODAY)
    assert query_rows(office, "SELECT count(*) FROM erasure WHERE marks <> '[]'") == [(1,)]
    assert erase_person(office, "Gwen Quillfeather").done, "the list knows the name"
    office.close()


def test_unreadable_erasure_register_raises_store_error(wales: Workspace) -> None:
    path = wales.root / "data" / "erasures"
    path.mkdir()
    with pytest.raises(StoreError, match="erasures"):
        open_workspace(wales.root, TODAY)
    path.rmdir()


def test_an_erasure_whose_register_cannot_be_written_is_reported_as_done(wales: Workspace) -> None:
    hindrance = wales.root / "data" / ".erasures.new"
    hindrance.mkdir()
    ref = add_person(wales)
    for name in (ref, "Gwen Quillfeather"):
        report = erase_person(wales, name)
        assert report.done
        assert report.has_undecided
        assert report.unfinished.startswith("The person is erased, but one step remains.")
        assert "erasures cannot be saved" in report.unfinished
    office = open_workspace(wales.root, TODAY)
    assert list_contacts(office)
    office.close()
    hindrance.rmdir()
    assert erase_person(wales, "Gwen Quillfeather").unfinished == ""


def test_older_copies_of_the_database_are_listed(wales: Workspace) -> None:
    folder = wales.root / "data" / "backups"
    folder.mkdir()
    (folder / "ahtc-1.db").write_bytes(b"x")
    assert preview_erasure(wales, add_person(wales)).backups == ("data/backups/ahtc-1.db",)


def test_rows_that_depend_on_the_person_are_erased(wales: Workspace) -> None:
    ref, other_person = add_person(wales, aliases="Gwennie"), make_party(wales, "Eleri Rees", "eleri", kind="person")
    key = find_key(wales, ref)
    with wales.database.write("rows") as ledger:
        seat, action = (
            ledger.cursor.execute(f"SELECT id FROM {table} LIMIT 1").fetchone()[0] for table in ("seats", "actions")
        )
        rows = [
            ("occupancies", ledger.add("occupancies", {"seat": seat, "person": key})),
            ("not_duplicates", ledger.add("not_duplicates", {"one": other_person, "other": key})),
            (
                "action_parties",
                ledger.add("action_parties", {"action": action, "party": key, "role": "support"}),
            ),
        ]
    erase_person(wales, ref)
    for table, row in rows:
        assert query_rows(wales, f"SELECT count(*) FROM {table} WHERE id = ?", row) == [(0,)]
        assert query_rows(wales, "SELECT count(*) FROM erasure WHERE row_id = ?", row) == [(1,)]
    assert find_faults(wales) == []
