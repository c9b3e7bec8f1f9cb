"""Order inside a module: its constants come before its functions."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.shape.tree import PACKAGE, Function, format_path, list_python_files, parse_file

Assignment = ast.Assign | ast.AnnAssign


def list_late_constants(tree: ast.Module) -> list[Assignment]:
    """Return the assignments of a module that follow its first function."""
    first = next((number for number, node in enumerate(tree.body) if isinstance(node, Function)), len(tree.body))
    return [node for node in tree.body[first:] if isinstance(node, Assignment)]


def is_built_here(constants: list[Assignment], tree: ast.Module) -> bool:
    """Whether a function or class of the module builds one of the constants."""
    own_names = {node.name for node in tree.body if isinstance(node, Function | ast.ClassDef)}
    used_names = {
        name.id for node in constants if node.value for name in ast.walk(node.value) if isinstance(name, ast.Name)
    }
    return not own_names.isdisjoint(used_names)


def list_unordered(paths: list[Path]) -> list[str]:
    late = {path: list_late_constants(parse_file(path)) for path in paths}
    return [
        f"{format_path(path)}:{constants[0].lineno}"
        for path, constants in late.items()
        if constants and not is_built_here(constants, parse_file(path))
    ]


def test_constants_come_before_functions_unless_functions_build_them() -> None:
    assert not list_unordered([path for path in list_python_files(PACKAGE) if path.name != "__init__.py"])
