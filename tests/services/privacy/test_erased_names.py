"""An erased name: not in the bytes of the file whatever redacted it, and reported where it is written again."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.case_data.reporter import CaseDataReporter, report_case_data_to
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.doctor import examine_setup
from ahtc_tui.services.privacy.erased_names import find_erased_names
from ahtc_tui.services.privacy.erasure import erase_person, settle_erasures
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.privacy.erasure import without_guards
from ahtc_tui.store.privacy.erasure_register import request_due_compaction
from ahtc_tui.store.search import index
from tests.builders import make_action, make_action_draft, make_party, make_update, query_rows

NAME, OTHER_NAME = "Zebedee Quill", "Zebbiequill"


@pytest.fixture
def erased(wales: Workspace) -> Workspace:
    """An office that erased a person, and whose texts have another name of that person."""
    make_party(wales, NAME, "zebedee-quill", kind="person")
    for number in range(200):
        make_action(wales, f"Ask {OTHER_NAME} about leaflet {number}")
    erase_person(wales, NAME)
    return wales


def redact_as_a_merge_does(office: Workspace) -> None:
    """Replace the other name in lines and records; the index follows record by record."""
    with office.database.write("merge", kind="erase") as ledger, without_guards(ledger.cursor):
        ledger.store_step()
        keys = [key for (key,) in query_rows(office, "SELECT id FROM actions WHERE title LIKE ?", f"%{OTHER_NAME}%")]
        ledger.cursor.execute(
            "UPDATE change SET value = replace(value, ?, 'a person'), salt = NULL WHERE value LIKE ?",
            (OTHER_NAME, f"%{OTHER_NAME}%"),
        )
        ledger.cursor.execute("UPDATE step SET label = replace(label, ?, 'a person')", (OTHER_NAME,))
        ledger.cursor.execute("UPDATE actions SET title = replace(title, ?, 'a person')", (OTHER_NAME,))
        index.refresh_entries(ledger.cursor, {"actions": keys})


def test_no_byte_of_the_file_holds_a_name_that_any_redaction_removed(erased: Workspace) -> None:
    assert OTHER_NAME.lower().encode() in erased.database.path.read_bytes().lower()
    redact_as_a_merge_does(erased)
    assert OTHER_NAME.lower().encode() in erased.database.path.read_bytes().lower()
    request_due_compaction(erased.database)
    settle_erasures(erased)
    assert OTHER_NAME.lower().encode() not in erased.database.path.read_bytes().lower()
    version = erased.database.read_data_version()
    request_due_compaction(erased.database)
    settle_erasures(erased)
    assert erased.database.read_data_version() == version


@pytest.mark.parametrize("text", [f"Ask {NAME}.", f"Ask {NAME.upper()}, who knows", "Ask zebedee   quill", f"({NAME})"])
def test_writing_the_name_again_is_reported_with_the_erasure(erased: Workspace, text: str) -> None:
    warnings: list[str] = []
    with report_case_data_to(CaseDataReporter(warnings.append)):
        actions.edit_action(erased, "DP-07", make_action_draft(title=text))
    (warning,) = warnings
    assert "names a person erased on 31 December 2013" in warning
    assert "quill" not in warning.lower()
    assert actions.show_action(erased, "DP-07").row.title.startswith(text[:3])


def test_other_texts_are_not_reported(erased: Workspace) -> None:
    warnings: list[str] = []
    with report_case_data_to(CaseDataReporter(warnings.append)):
        actions.edit_action(erased, "DP-07", make_action_draft(title="Ask a quill maker in Zebedee Street"))
    assert warnings == []


def test_doctor_lists_the_place_to_check(erased: Workspace) -> None:
    assert find_erased_names(erased) == []
    actions.edit_action(erased, "DP-07", make_action_draft(detail=f"Ask {NAME}"))
    (sentence,) = find_erased_names(erased)
    assert sentence.startswith("action DP-07, Detail: it names a person erased on 31 December 2013")
    details = [detail for name, passed, detail in examine_setup(erased.root) if name == "erasures" and not passed]
    assert details == [sentence]


def test_doctor_names_the_record_of_a_part(erased: Workspace) -> None:
    make_update(erased, "DP-07", f"{NAME} rang again.")
    assert [sentence.partition(":")[0] for sentence in find_erased_names(erased)] == ["update DP-07, Text"]
