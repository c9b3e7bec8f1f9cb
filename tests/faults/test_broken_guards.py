"""Guards that no state machine reaches: each is broken here, and the test that holds it fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.files import temporary_files
from ahtc_tui.domain.privacy import person_mentions
from ahtc_tui.domain.text import links
from ahtc_tui.formats import text_table
from ahtc_tui.services.replication.removal_guard import KindRemovals
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.replication import line_checks, merge_rules
from tests.builders import make_minuted_meeting
from tests.domain.files import test_temporary_files
from tests.domain.privacy import test_person_mentions
from tests.domain.text import test_links
from tests.formats import test_action_list
from tests.services.replication import test_bad_lines, test_merge_files, test_merged_numbers

Guard = Callable[[pytest.MonkeyPatch], None]
Check = Callable[[Workspace, Path], None]


def search_numbers_from_every_blank(patch: pytest.MonkeyPatch) -> None:
    """Let the pattern of a telephone number begin with blanks, which are read again from each place."""

    def build_pattern(phone: str) -> str:
        return r"\s{0,9000}" + r"\s*".join(re.sub(r"\D", "", phone))

    patch.setattr(person_mentions, "_build_phone_pattern", build_pattern)


def count_removals_over_all_kinds(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(KindRemovals, "is_excessive", False)


def take_bad_lines(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(line_checks, "find_line_fault", lambda _change, _checks: None)


def take_files_in_use_for_stale(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(temporary_files, "try_lock", lambda _handle: True)


def keep_equal_numbers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(merge_rules, "renumber_duplicates", lambda _ledger, _projections: {})


def pass_full_width_formulas(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(text_table, "starts_like_formula", lambda text: text.startswith(("=", "+", "-", "@")))


def open_every_link(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(links, "has_safe_scheme", lambda _text: True)


BROKEN: dict[Guard, Check] = {
    search_numbers_from_every_blank: lambda _wales, _folder: (
        test_person_mentions.test_the_time_of_a_search_is_linear_in_the_text(" ")
    ),
    count_removals_over_all_kinds: lambda wales, _folder: (
        test_merge_files.test_the_removal_of_a_fifth_or_all_of_a_kind_is_asked_about(wales, "practices", 2, "of a kind")
    ),
    take_bad_lines: test_bad_lines.test_bad_lines_of_an_unencrypted_file_are_refused_alone,
    take_files_in_use_for_stale: lambda _wales, folder: test_temporary_files.test_files_in_use_stay_whatever_their_time(
        folder
    ),
    keep_equal_numbers: lambda wales, folder: test_merged_numbers.test_two_agenda_items_with_one_number_get_two(
        wales, make_minuted_meeting(wales), folder
    ),
    pass_full_width_formulas: lambda _wales, folder: test_action_list.test_a_formula_cell_begins_with_an_apostrophe(
        folder, "＝1+1"
    ),
    open_every_link: lambda _wales, _folder: test_links.test_a_link_that_would_run_a_program_or_open_a_file_is_refused(
        "javascript:alert(1)"
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("guard", BROKEN, ids=lambda guard: guard.__name__)
def test_a_broken_guard_fails_the_test_that_holds_it(
    guard: Guard, wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard(monkeypatch)
    with pytest.raises((AssertionError, AhtcError, pytest.fail.Exception)):
        BROKEN[guard](wales, tmp_path)
