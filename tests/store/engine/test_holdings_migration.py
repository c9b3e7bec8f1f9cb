"""A term of a post that was entered before vacancies were stored can still be changed."""

from __future__ import annotations

from contextlib import closing

from ahtc_tui.services import history
from ahtc_tui.services.contacts.merge_records import merge_contacts
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_holding, make_party, query_rows
from tests.store.laptops import step_schema_back

SCHEMA_BEFORE_VACANCIES = 15
HOLDERS = "SELECT person, vacant FROM holdings WHERE id = ?"


def test_a_term_from_before_vacancies_changes_its_holder_and_back(workspace: Workspace) -> None:
    post = make_party(workspace, "Single Point of Contact", "spoc", kind="post")
    kept, duplicate = (make_party(workspace, f"Holder {n} of the post", f"holder-{n}", kind="person") for n in range(2))
    term = make_holding(workspace, post, duplicate, from_on="2013-01-01")
    workspace.close()
    step_schema_back(workspace.database.path, SCHEMA_BEFORE_VACANCIES)
    with closing(open_workspace(workspace.root, TODAY)) as migrated:
        assert query_rows(migrated, HOLDERS, term) == [(duplicate, 0)]
        assert find_faults(migrated.database) == []
        merge_contacts(migrated, "holder-0", "holder-1")
        assert query_rows(migrated, HOLDERS, term) == [(kept, 0)]
        assert find_faults(migrated.database) == []
        history.undo_step(migrated)
        assert query_rows(migrated, HOLDERS, term) == [(duplicate, 0)]
        assert find_faults(migrated.database) == []
