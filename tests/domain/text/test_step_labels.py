"""Labels of steps are shown in the language of the person, and every label that a service writes is known."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.text.step_labels import format_step_label
from tests.shape.tree import PACKAGE, format_path, list_python_files, parse_file


@pytest.mark.parametrize(
    ("label", "welsh"),
    [
        ("edit DP-21", "golygu DP-21"),
        ("edit objective 2", "golygu amcan 2"),
        ("agenda LG-2013-01: Training: part two", "eitem ar agenda LG-2013-01: Training: part two"),
        ("move item 2 of LG-2013-01 to 4", "symud eitem 2 yn LG-2013-01 i 4"),
        ("send returns: 9", "anfon ffurflenni: 9"),
        ("add Use {braces}", "ychwanegu Use {braces}"),
        ("a label of a later version", "a label of a later version"),
    ],
)
def test_a_label_is_shown_in_welsh(label: str, welsh: str) -> None:
    assert format_step_label(label) == label
    with use_language(Language.CY):
        assert format_step_label(label) == welsh


@pytest.mark.parametrize(
    ("label", "english", "welsh"),
    [
        (
            "contacts list-drop police bawso",
            "remove from circulation list police bawso",
            "tynnu o'r rhestr ddosbarthu police bawso",
        ),
        ("recommendations answer SAC-1", "answer recommendation SAC-1", "ateb yr argymhelliad SAC-1"),
    ],
)
def test_a_label_named_after_a_command_is_shown_as_a_sentence(label: str, english: str, welsh: str) -> None:
    assert format_step_label(label) == english
    with use_language(Language.CY):
        assert format_step_label(label) == welsh


@pytest.mark.parametrize(
    ("label", "english", "welsh"),
    [
        (
            "attendance LG-2013-01: Ann in_attendance",
            "attendance LG-2013-01: Ann, in attendance",
            "presenoldeb LG-2013-01: Ann, hefyd yn bresennol",
        ),
        (
            "line of LG-2013-01 as vote",
            "change line of LG-2013-01 to vote",
            "newid math llinell LG-2013-01 (pleidlais)",
        ),
    ],
)
def test_a_value_of_an_enumeration_in_a_label_is_shown_by_its_name(label: str, english: str, welsh: str) -> None:
    assert format_step_label(label) == english
    with use_language(Language.CY):
        assert format_step_label(label) == welsh


COMPUTED = {"contacts 1 1 1", "recommendations 1 1", "1 1"}
"""Samples of labels whose verb is a value too."""


def list_written_labels() -> Iterator[tuple[str, str]]:
    """Yield the place and a sample of each label with a value in it: `f"edit {ref}"` is "edit 1"."""
    for path in list_python_files(PACKAGE / "services"):
        for node in ast.walk(parse_file(path)):
            match node:
                case ast.Call(func=ast.Attribute(value=value, attr="write"), args=[ast.JoinedStr() as label]):
                    is_label = ast.unparse(value).endswith("database")
                case ast.Assign(targets=[ast.Attribute(attr="label")], value=ast.JoinedStr() as label):
                    is_label = True
                case _:
                    continue
            if is_label:
                texts = (part.value if isinstance(part, ast.Constant) else "1" for part in label.values)
                yield f"{format_path(path)}:{node.lineno}", "".join(map(str, texts))


def test_labels_are_written_in_english_and_translated_where_they_are_shown() -> None:
    places = []
    for path in list_python_files(PACKAGE / "services"):
        for node in ast.walk(parse_file(path)):
            match node:
                case ast.Call(func=ast.Attribute(value=value, attr="write"), args=[label]):
                    is_label = ast.unparse(value).endswith("database")
                case ast.Assign(targets=[ast.Attribute(attr="label")], value=label):
                    is_label = True
                case _:
                    continue
            if is_label and ast.unparse(label).startswith("_("):
                places.append(f"{format_path(path)}:{node.lineno}")
    assert not places


def test_every_written_label_has_a_translation() -> None:
    labels = dict(list_written_labels())
    assert len(labels) > 80
    with use_language(Language.CY):
        unknown = {place: label for place, label in labels.items() if format_step_label(label) == label}
    assert not {place: label for place, label in unknown.items() if label not in COMPUTED}
