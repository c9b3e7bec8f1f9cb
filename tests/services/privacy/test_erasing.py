"""Erasing a person: what stands instead, what is only listed, and that nothing brings the person back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.contacts import contact_draft
from ahtc_tui.domain.drafts.groups import seat_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused, StoreError
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.actions.service import add_action, show_action
from ahtc_tui.services.contacts.merge_records import merge
from ahtc_tui.services.contacts.service import add_contact, edit_contact, list_contacts, show_contact
from ahtc_tui.services.doctor import faults
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.history import list_steps, redo, undo
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person, preview
from ahtc_tui.services.search import find
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, a_holding, a_party, an_action, an_update, ask

MEETING = {"kind": "meeting", "tz": "Europe/London"}


def somebody(office: Workspace, name: str = "Gwen Quillfeather", **fields: str) -> str:
    return add_contact(office, contact_draft({"name": name, "kind": "person", **fields}, TODAY)).ref


def key_of(office: Workspace, ref: str) -> bytes:
    return bytes(ask(office, "SELECT id FROM parties WHERE ref = ?", ref)[0][0])


def attended(office: Workspace, who: bytes, day: str) -> bytes:
    """A meeting on a day at which somebody was, with a line that names them."""
    with office.database.write("meet") as ledger:
        meeting = ledger.add("meetings", {"ref": f"M-{day}", "title": "Forum", "day": day, "uid": day, **MEETING})
        ledger.add(
            "minute_lines", {"meeting": meeting, "position": 1, "kind": "note", "text": "Ms Quillfeather spoke."}
        )
        return ledger.add("attendances", {"meeting": meeting, "party": who, "state": "present"})


def test_minutes_name_the_post_that_the_person_held_on_the_day(wales: Workspace) -> None:
    ref = somebody(wales)
    person, post = key_of(wales, ref), key_of(wales, "spoc-gwent")
    a_holding(wales, post, person, from_on="2012-01-01", to_on="2012-12-31")
    rows = [attended(wales, person, day) for day in ("2012-05-01", "2013-05-01")]
    done = erase_person(wales, ref)
    found = [ask(wales, "SELECT party, words FROM attendances WHERE id = ?", row)[0] for row in rows]
    assert found == [(post, None), (None, "a former member")]
    assert [text for (text,) in ask(wales, "SELECT text FROM minute_lines WHERE text LIKE '% spoke.' ORDER BY n")] == [
        "SPOC Gwent spoke.",
        "A former member spoke.",
    ]
    assert {(one.table, one.goes, one.instead, one.words) for one in done.tables} >= {
        ("attendances", 0, 2, 0),
        ("minute_lines", 0, 0, 2),
        ("holdings", 0, 1, 0),
        ("parties", 1, 0, 0),
    }
    assert faults(wales) == []


def test_a_post_that_was_there_as_well_is_not_named_twice(wales: Workspace) -> None:
    ref = somebody(wales)
    person, post = key_of(wales, ref), key_of(wales, "spoc-gwent")
    a_holding(wales, post, person)
    row = attended(wales, person, "2013-05-01")
    with wales.database.write("as well") as ledger:
        meeting = ledger.cursor.execute("SELECT meeting FROM attendances WHERE id = ?", (row,)).fetchone()[0]
        ledger.add("attendances", {"meeting": meeting, "party": post, "state": "apologies"})
    erase_person(wales, ref)
    assert ask(wales, "SELECT party, words FROM attendances WHERE id = ?", row) == [(None, "a former member")]
    assert faults(wales) == []


def test_what_the_person_led_and_said_stays_without_the_name(wales: Workspace) -> None:
    ref = somebody(wales, email="gwen@example.invalid", phone="029 2064 4633")
    action = an_action(wales, title="Meet Gwen Quillfeather", lead=ref, support=ref)
    an_update(wales, action.ref, "G. Quillfeather rang from 02920644633.")
    erase_person(wales, ref)
    card = show_action(wales, action.ref)
    assert (card.row.title, card.row.lead) == ("Meet a former member", None)
    assert [update.text for update in card.updates] == ["A former member rang from [removed]."]
    assert find(wales, "Quillfeather") == []
    assert not [row for row in list_contacts(wales) if row.ref == ref or "erased" in row.ref]
    assert list_steps(wales, 3)[0].label == "erase a person"
    assert not [step for step in list_steps(wales, 50) if "uillfeather" in step.label]
    assert faults(wales) == []


def test_a_dry_run_says_the_same_and_writes_nothing(wales: Workspace) -> None:
    ref = somebody(wales)
    attended(wales, key_of(wales, ref), "2013-05-01")
    before = wales.database.path.read_bytes()
    planned = preview(wales, ref)
    assert wales.database.path.read_bytes() == before
    done = erase_person(wales, ref)
    assert not planned.done
    assert done.done
    assert (planned.tables, planned.texts, planned.journal_lines) == (done.tables, done.texts, done.journal_lines)
    assert done.journal_lines == 4, "two of the person, one of the attendance, one of the line; none of the meeting"


def test_a_body_in_brackets_behind_a_name_stays_in_texts(wales: Workspace) -> None:
    ref = somebody(wales, "Gwen Quillfeather", aliases="Gwen Quillfeather (Bawso); Quillfeather, Gwen")
    an_action(wales, title="Gwen Quillfeather (Bawso) meets Bawso; gwen quillfeather and Gwen")
    erase_person(wales, ref)
    (title,) = ask(wales, "SELECT title FROM actions ORDER BY n DESC LIMIT 1")[0]
    assert title == "A former member (Bawso) meets Bawso; a former member and Gwen"
    assert ask(wales, "SELECT count(*) FROM actions WHERE title LIKE '%Bawso%'")[0][0] > 1


def test_a_name_with_a_body_behind_it_is_that_of_a_namesake_too(wales: Workspace) -> None:
    ref = somebody(wales, "Eleri Quill (Bawso)")
    somebody(wales, "Eleri Quill")
    an_action(wales, title="Ask Eleri Quill")
    assert erase_person(wales, ref).shared == ("Eleri Quill (Bawso)",)
    assert ask(wales, "SELECT count(*) FROM actions WHERE title = 'Ask Eleri Quill'") == [(1,)]


@pytest.mark.parametrize(
    ("name", "after", "left"),
    [
        ("May", "May and Zofka may come in May", True),
        ("Zofka", "May and a former member may come in May", False),
    ],
)
def test_a_name_of_one_word_goes_where_it_is_no_other_word_and_else_is_listed(
    wales: Workspace, name: str, after: str, left: bool
) -> None:
    ref = somebody(wales, name)
    title = "May and Zofka may come in May"
    action = an_action(wales, title=title).ref
    done = erase_person(wales, ref)
    assert show_action(wales, action).row.title == after
    assert any(one.text == title for one in done.left) is left
    assert faults(wales) == []


@pytest.mark.parametrize("name", ["Łukasz Müller-Straße", "Ieuan ap Rhydderch-O'Neil", "Ŵ. Ddraig"])
def test_the_reference_that_is_made_of_an_odd_name_goes_from_seats_and_columns(wales: Workspace, name: str) -> None:
    ref = somebody(wales, name)
    give_seat(wales, "forum-gwent", ref, seat_draft({}, TODAY))
    with wales.database.write("import") as ledger:
        ledger.add("learnt_columns", {"heading": folded(f"Action by {name}"), "field": "lead"})
    erase_person(wales, ref)
    assert ask(wales, "SELECT ref FROM seats WHERE ref LIKE ?", f"%{ref}%") == []
    assert ask(wales, "SELECT count(*) FROM learnt_columns WHERE heading LIKE 'action by erased-%'") == [(1,)]
    assert faults(wales) == []


def test_a_name_that_others_bear_stays_and_is_listed(wales: Workspace) -> None:
    ref = somebody(wales, "Eleri Jones", email="office@example.invalid")
    somebody(wales, "Eleri Jones", email="office@example.invalid")
    an_action(wales, title="Ask Eleri Jones")
    done = erase_person(wales, ref)
    assert done.shared == ("Eleri Jones", "office@example.invalid")
    assert done.undecided
    assert ask(wales, "SELECT count(*) FROM actions WHERE title = 'Ask Eleri Jones'") == [(1,)]
    assert faults(wales) == []


def test_a_forename_alone_is_listed_and_goes_when_somebody_says_so(wales: Workspace) -> None:
    ref = somebody(wales, "Gwenllian Price")
    an_action(wales, title="The price of what Gwenllian and Ms Price asked")
    assert [left.text for left in preview(wales, ref).left] == ["The price of what Gwenllian and a former member asked"]
    done = erase_person(wales, ref, also=["Gwenllian"])
    assert done.left == ()
    assert ask(wales, "SELECT title FROM actions WHERE title LIKE 'The price%'") == [
        ("The price of what a former member and a former member asked",)
    ]


def test_records_merged_into_the_person_and_removed_ones_go_too(wales: Workspace) -> None:
    first, second = somebody(wales), somebody(wales, "G Quillfeather-Rees", email="gqr@example.invalid")
    undone = somebody(wales)
    undo(wales)
    merge(wales, first, second)
    erase_person(wales, first)
    for text in ("uillfeather", "gqr@"):
        named = "SELECT count(*) FROM parties WHERE name LIKE ? OR ref LIKE ? OR email LIKE ?"
        assert ask(wales, named, *[f"%{text}%"] * 3) == [(0,)]
        assert ask(wales, "SELECT count(*) FROM change WHERE value LIKE ?", f"%{text}%") == [(0,)]
    assert undone
    assert faults(wales) == []


def test_a_removed_person_can_be_erased_and_a_post_cannot(wales: Workspace) -> None:
    ref = somebody(wales)
    undo(wales)
    with pytest.raises(NotFound):
        show_contact(wales, ref)
    assert erase_person(wales, ref).done
    with pytest.raises(BadInput, match="only persons"):
        preview(wales, "spoc-gwent")
    with pytest.raises(NotFound):
        erase_person(wales, "nobody at all")


def test_nothing_brings_the_person_back(wales: Workspace) -> None:
    ref = somebody(wales)
    key = key_of(wales, ref)
    edit_contact(wales, ref, contact_draft({"role": "Officer"}, TODAY))
    undo(wales)
    erase_person(wales, ref, reason="Gwen Quillfeather asked")
    for back in (undo, redo):
        with pytest.raises(Refused, match="cannot be undone"):
            back(wales)
    with pytest.raises(Refused, match="erased"), wales.database.write("x") as ledger:
        ledger.change("parties", key, {"name": "Gwen Quillfeather"})
    assert ask(wales, "SELECT ground FROM erasure WHERE marks <> '[]'") == [("A person asked",)]
    add_action(wales, a_draft(title="Later"))
    assert undo(wales).startswith("add")
    with pytest.raises(Refused, match="cannot be undone"):
        undo(wales)
    assert faults(wales) == []


def test_files_that_hold_the_name_are_named_and_removed_when_asked(wales: Workspace) -> None:
    ref = somebody(wales)
    (wales.exports / "list.txt").write_text("for Gwen\nQuillfeather", encoding="utf-16")
    (wales.exports / "gwen-quillfeather.ics").write_text("empty", encoding="utf-8")
    (wales.exports / "other.txt").write_text("Gwen Price", encoding="utf-8")
    (wales.root / "templates").mkdir()
    (wales.root / "templates" / "minutes.md").write_text("Gwen Quillfeather", encoding="utf-8")
    shutil.make_archive(str(wales.exports / "all"), "zip", wales.root / "templates")
    named = ("exports/all.zip", "exports/gwen-quillfeather.ics", "exports/list.txt", "templates/minutes.md")
    assert preview(wales, ref).files == named
    assert erase_person(wales, ref).files == named
    again = erase_person(wales, "Gwen QUILLFEATHER", exports=True)
    assert (again.removed, again.files) == (named[:3], named[3:])
    assert [path.name for path in wales.exports.iterdir()] == ["other.txt"]


def test_a_restored_backup_has_the_person_erased_before_anybody_sees_it(wales: Workspace, tmp_path: Path) -> None:
    ref = somebody(wales)
    later = add_action(wales, a_draft(title="Write to Gwen Quillfeather")).ref
    shutil.copy(wales.database.path, tmp_path / "backup.db")
    erase_person(wales, ref)
    listed = (wales.root / "data" / "erasures").read_text(encoding="utf-8")
    assert "uillfeather" not in listed
    wales.database.close()
    shutil.copy(tmp_path / "backup.db", wales.database.path)
    office = open_workspace(wales.root, TODAY)
    assert show_action(office, later).row.title == "Write to a former member"
    assert ask(office, "SELECT erased_on FROM erasure") == [("2013-12-31",)]
    assert b"uillfeather" not in office.database.path.read_bytes()
    assert (office.root / "data" / "erasures").read_text(encoding="utf-8") == listed
    assert faults(office) == []
    office.close()


def test_a_backup_from_before_the_person_keeps_the_line_of_the_list(wales: Workspace, tmp_path: Path) -> None:
    shutil.copy(wales.database.path, tmp_path / "backup.db")
    erase_person(wales, somebody(wales))
    wales.database.close()
    shutil.copy(tmp_path / "backup.db", wales.database.path)
    path = wales.root / "data" / "erasures"
    path.write_text(path.read_text(encoding="utf-8") + "no line of ours\n{}\n", encoding="utf-8")
    office = open_workspace(wales.root, TODAY)
    assert ask(office, "SELECT count(*) FROM erasure WHERE marks <> '[]'") == [(1,)]
    assert erase_person(office, "Gwen Quillfeather").done, "the list knows the name"
    office.close()


def test_a_list_that_cannot_be_read_or_written_is_one_sentence(wales: Workspace) -> None:
    path = wales.root / "data" / "erasures"
    path.mkdir()
    with pytest.raises(StoreError, match="erasures"):
        open_workspace(wales.root, TODAY)
    path.rmdir()
    wales.root.joinpath("data", ".erasures.new").mkdir()
    with pytest.raises(StoreError, match="erasures"):
        erase_person(wales, somebody(wales))


def test_older_copies_of_the_database_are_named(wales: Workspace) -> None:
    folder = wales.root / "data" / "backups"
    folder.mkdir()
    (folder / "ahtc-1.db").write_bytes(b"x")
    assert preview(wales, somebody(wales)).backups == ("data/backups/ahtc-1.db",)


def test_rows_that_say_nothing_without_the_person_go(wales: Workspace) -> None:
    ref, other = somebody(wales, aliases="Gwennie"), a_party(wales, "Eleri Rees", "eleri", kind="person")
    key = key_of(wales, ref)
    with wales.database.write("rows") as ledger:
        seat, action = (
            ledger.cursor.execute(f"SELECT id FROM {table} LIMIT 1").fetchone()[0] for table in ("seats", "actions")
        )
        rows = [
            ("occupancies", ledger.add("occupancies", {"seat": seat, "person": key})),
            ("not_duplicates", ledger.add("not_duplicates", {"one": other, "other": key})),
            (
                "action_parties",
                ledger.add("action_parties", {"action": action, "party": key, "role": "support"}),
            ),
        ]
    erase_person(wales, ref)
    for table, row in rows:
        assert ask(wales, f"SELECT count(*) FROM {table} WHERE id = ?", row) == [(0,)]
        assert ask(wales, "SELECT count(*) FROM erasure WHERE row_id = ?", row) == [(1,)]
    assert faults(wales) == []


def test_a_file_that_cannot_be_removed_is_one_sentence_and_nobody_is_erased(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = somebody(wales)
    (wales.exports / "list.txt").write_text("Gwen Quillfeather", encoding="utf-8")

    def refuse(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(StoreError, match=r"list\.txt cannot be removed"):
            erase_person(wales, ref, exports=True)
    assert show_contact(wales, ref).row.ref == ref


def test_odd_files_among_the_exports_stop_nobody(wales: Workspace) -> None:
    ref = somebody(wales)
    (wales.exports / "odd.eml").write_bytes(
        b"Content-Type: text/plain; charset=no-such\n\nGwen=20Quill\xff\n--\x00\xff"
    )
    broken = shutil.make_archive(str(wales.exports / "broken"), "zip", wales.exports)
    data = bytearray(Path(broken).read_bytes())
    data[30:60] = b"\x00" * 30
    Path(broken).write_bytes(data)
    assert preview(wales, ref).files == ()


def test_finishing_removes_no_file_for_a_name_of_one_word_that_is_written_small(wales: Workspace) -> None:
    erase_person(wales, somebody(wales, "Hope"))
    for name, text in (("plan.txt", "We hope so."), ("list.txt", "Present: Hope")):
        (wales.exports / name).write_text(text, encoding="utf-8")
    assert erase_person(wales, "Hope", exports=True).removed == ("exports/list.txt",)
    assert [path.name for path in wales.exports.iterdir()] == ["plan.txt"]
