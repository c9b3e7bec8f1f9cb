"""The mutants of `make mutants`: each is a valid program that differs in one place, and has tests beside it."""

from __future__ import annotations

import ast

from tests.mutants.__main__ import list_test_paths
from tests.mutants.drawing import draw_mutants, list_mutants
from tests.shape.tree import ROOT

SOURCE = b'''
def count_late(actions: list[int], limit: int = 0) -> str:
    """Count them."""
    audit(actions)
    late = [action for action in actions if action < limit and action]
    return f"{len(late) + 1}" if late else actions[1]
'''


def test_comparisons_boundaries_branches_operators_and_calls_of_functions_are_changed() -> None:
    mutants = [(mutant.kind, mutant.line, mutant.text) for mutant in list_mutants(SOURCE, "late.py")]
    assert mutants == [
        ("call", 4, "None"),
        ("operator", 5, "((action < limit) or (action))"),
        ("comparison", 5, "(action) <= (limit)"),
        ("branch", 6, "(not (late))"),
        ("boundary", 6, "2"),
    ]


def test_a_mutant_is_a_valid_program_that_differs() -> None:
    for mutant in draw_mutants(40, seed=5, folders=("domain/plan", "formats/ics")):
        source = (ROOT / mutant.path).read_bytes()
        assert ast.dump(ast.parse(mutant.apply(source))) != ast.dump(ast.parse(source)), mutant


def test_the_same_seed_draws_the_same_mutants() -> None:
    first, again, other = (draw_mutants(10, seed, ("domain/plan",)) for seed in (2, 2, 3))
    assert first == again != other


def test_the_tests_named_like_the_module_run_first() -> None:
    assert list_test_paths("ahtc_tui/domain/dates/parser.py", ROOT)[0] == "tests/domain/dates/test_parser.py"


def test_a_store_package_is_tested_by_the_service_of_its_noun_as_well() -> None:
    paths = list_test_paths("ahtc_tui/store/meetings/agenda.py", ROOT)
    assert any(path.startswith("tests/services/meetings/") for path in paths)
