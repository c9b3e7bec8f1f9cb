"""`--help` and the guide show the terms of the grammar's own table."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.contacts.model import PartyKind, PreferredLanguage
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.filters.terms import CONNECTIVES, RULES, describe_nouns, describe_terms, order_spellings
from ahtc_tui.domain.filters.values import CHOICES, WELSH_SHORT_TERMS, WELSH_SPELLINGS, find_value
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.labelled_enum import LabelledEnum
from tests.cli.promises import Captured, run_command
from tests.shape.tree import ROOT

COMMANDS = {
    FilterNoun.ACTIONS: ("actions list", "export actions", "export returns", "export deadlines", "actions view"),
    FilterNoun.CONTACTS: ("contacts list", "export contacts", "contacts list-save"),
    FilterNoun.MEETINGS: ("meetings list",),
    FilterNoun.DECISIONS: ("decisions list", "export decisions"),
    FilterNoun.GROUPS: ("groups list",),
    FilterNoun.SEATS: ("groups seats", "groups matrix"),
    FilterNoun.FIGURES: ("evidence list", "export evidence"),
    FilterNoun.PRACTICES: ("practice list", "practice matrix", "export matrix"),
    FilterNoun.RECOMMENDATIONS: ("recommendations list",),
    FilterNoun.COMMISSIONS: ("commissions list",),
    FilterNoun.RECORDS: ("evidence pages", "practice session list", "recommendations documents"),
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
        (TermKind.LANGUAGE, list(PreferredLanguage)),
    ],
)
def test_the_values_of_a_term_are_those_of_the_records(kind: TermKind, members: list[LabelledEnum]) -> None:
    assert {value: name.upper() for value, name in CHOICES[kind].items()} == {
        member.value: member.name for member in members
    }


@pytest.mark.parametrize(
    "members", [Status, Brag, [kind for kind in PartyKind if kind is not PartyKind.GROUP], PreferredLanguage]
)
@pytest.mark.parametrize("language", [Language.EN, Language.CY])
def test_a_value_is_understood_as_the_lists_print_it(members: Iterable[LabelledEnum], language: Language) -> None:
    kinds = {
        Status: TermKind.STATUS,
        Brag: TermKind.BRAG,
        PartyKind: TermKind.KIND,
        PreferredLanguage: TermKind.LANGUAGE,
    }
    for member in members:
        with use_language(language):
            assert find_value(kinds[type(member)], member.label) == member.value


@pytest.mark.parametrize("kind", CHOICES)
def test_every_value_has_a_welsh_spelling_of_its_own(kind: TermKind) -> None:
    assert list(WELSH_SPELLINGS[kind]) == list(CHOICES[kind])
    spellings = [spelling for words in WELSH_SPELLINGS[kind].values() for spelling in words]
    assert len(set(spellings)) == len(spellings)
    assert not set(WELSH_SHORT_TERMS) & set(WELSH_SHORT_TERMS.values())


def test_the_guide_has_the_table_of_terms_in_both_languages() -> None:
    for name, language in (("guide.md", Language.EN), ("canllaw.md", Language.CY)):
        guide = (ROOT / "docs" / name).read_text(encoding="utf-8")
        with use_language(language):
            for rule in RULES:
                forms, other_forms = (" ".join(f"`{form}`" for form in split_forms(forms)) for forms in rule.lines)
                assert f"| {forms} | {other_forms} | {_(rule.meaning)} | {describe_nouns(rule)} |" in guide
            for english, welsh, meaning in CONNECTIVES:
                forms = " | ".join(f"`{form}`" for form in order_spellings(english, welsh))
                assert f"| {forms} | {_(meaning)} | {_('all lists')} |" in guide


def split_forms(forms: str) -> list[str]:
    """Split the spellings of a term at spaces that are not part of one."""
    return forms.split(" ") if not set('"<>') & set(forms) else [forms]


@pytest.mark.parametrize(("noun", "command"), [(noun, line) for noun, lines in COMMANDS.items() for line in lines])
def test_the_help_of_a_command_shows_the_terms_of_its_words(capsys: Captured, noun: FilterNoun, command: str) -> None:
    assert run_command(*command.split(), "--help") == 0
    text = squeeze(capsys.readouterr().out)
    for forms, meaning in describe_terms(noun):
        assert squeeze(f"{' '.join(forms)}: {meaning}") in text


def test_the_language_of_the_interface_comes_first_in_the_help(capsys: Captured) -> None:
    assert run_command("--lang", "cy", "actions", "list", "--help") == 0
    text = squeeze(capsys.readouterr().out)
    assert "statws:ar_saib status:on_hold" in text
    assert "cynlluniedig, ar_waith, parhaus" in text
