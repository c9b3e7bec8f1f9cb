"""`--help` and the guide show the terms of the grammar's own table."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.contacts.model import Language, PartyKind
from ahtc_tui.domain.filters.grammar import CHOICES
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.filters.terms import CONNECTIVES, RULES, describe_nouns, describe_terms
from ahtc_tui.domain.labelled_enum import LabelledEnum
from tests.cli.promises import Captured, run_command
from tests.shape.tree import ROOT

COMMANDS = {
    FilterNoun.ACTIONS: ("actions list", "export actions", "export returns", "export deadlines", "actions view"),
    FilterNoun.CONTACTS: ("contacts list", "export contacts", "contacts list-save"),
    FilterNoun.MEETINGS: ("meetings list",),
    FilterNoun.DECISIONS: ("decisions list", "export decisions"),
    FilterNoun.RECORDS: ("groups list", "evidence list", "practice list", "recommendations list", "commissions list"),
}


def squeeze(text: str) -> str:
    return " ".join(text.replace("▌", " ").split())


def test_every_kind_of_term_has_a_rule() -> None:
    assert [rule.kind for rule in RULES] == list(TermKind)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (TermKind.STATUS, list(Status)),
        (TermKind.BRAG, list(Brag)),
        (TermKind.KIND, [kind for kind in PartyKind if kind is not PartyKind.GROUP]),
        (TermKind.LANGUAGE, list(Language)),
    ],
)
def test_the_values_of_a_term_are_those_of_the_records(kind: TermKind, members: list[LabelledEnum]) -> None:
    assert {value: name.upper() for value, name in CHOICES[kind].items()} == {
        member.value: member.name for member in members
    }


def test_the_guide_has_the_table_of_terms() -> None:
    guide = (ROOT / "docs/guide.md").read_text()
    for rule in RULES:
        forms = " ".join(f"`{form}`" for form in split_forms(rule.forms))
        assert f"| {forms} | {rule.meaning} | {describe_nouns(rule)} |" in guide
    for forms, meaning in CONNECTIVES:
        assert f"| `{forms}` | {meaning} | all lists |" in guide


def split_forms(forms: str) -> list[str]:
    """Split the spellings of a term at spaces that are not part of one."""
    return forms.split(" ") if '"' not in forms and "<" not in forms else [forms]


@pytest.mark.parametrize(("noun", "command"), [(noun, line) for noun, lines in COMMANDS.items() for line in lines])
def test_the_help_of_a_command_shows_the_terms_of_its_words(capsys: Captured, noun: FilterNoun, command: str) -> None:
    assert run_command(*command.split(), "--help") == 0
    text = squeeze(capsys.readouterr().out)
    for forms, meaning in describe_terms(noun):
        assert squeeze(f"{forms}: {meaning}") in text
