"""Mutants of a module: each changes one comparison, boundary, branch, boolean operator or call."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.shape.tree import PACKAGE, format_path, list_python_files

COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
MUTATED_PARTS = ("domain", "store", "services", "formats", "tui")
SKIPPED_FOLDERS = ("migrations", "locale", "reference")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A replacement of one part of a module's text."""

    path: str
    """Module, relative to the checkout."""
    kind: str
    """Comparison, boundary, branch, operator or call."""
    line: int
    start: int
    """Offset of the replaced part in the text of the module, in bytes of UTF-8."""
    end: int
    text: str
    """Replacement."""

    def apply(self, source: bytes) -> bytes:
        """Return the text of the module with the replacement."""
        return source[: self.start] + self.text.encode() + source[self.end :]


def draw_mutants(number: int, seed: int, folders: tuple[str, ...] = MUTATED_PARTS) -> list[Mutant]:
    """Return `number` mutants of the package, chosen by the seed among those of all modules in the folders."""
    paths = [
        path
        for folder in folders
        for path in list_python_files(PACKAGE / folder)
        if path.name != "__init__.py" and not set(path.parts) & set(SKIPPED_FOLDERS)
    ]
    mutants = [mutant for path in paths for mutant in list_mutants(path.read_bytes(), format_path(path))]
    return random.Random(seed).sample(mutants, min(number, len(mutants)))


def list_mutants(source: bytes, path: str) -> Iterator[Mutant]:
    """Yield the mutants of the functions in the text of a module.

    Left out: what is not executed at run time (annotations and blocks for type checking) and the text of messages.
    """
    starts = _find_line_starts(source)

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column

    def build(kind: str, node: ast.expr | ast.stmt, text: str) -> Mutant:
        end = offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        return Mutant(path, kind, node.lineno, offset(node.lineno, node.col_offset), end, text)

    for node in _walk_function_bodies(ast.parse(source)):
        match node:
            case ast.Compare(ops=[operator], left=left, comparators=[right]):
                yield build(
                    "comparison",
                    node,
                    f"({ast.unparse(left)}) {COMPARISONS[type(operator)]} ({ast.unparse(right)})",
                )
            case ast.Constant(value=int() as value) if not isinstance(value, bool):
                yield build("boundary", node, str(value + 1))
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                yield build("branch", test, f"(not ({ast.unparse(test)}))")
            case ast.BoolOp(op=operator, values=values):
                word = " or " if isinstance(operator, ast.And) else " and "
                yield build("operator", node, "(" + word.join(f"({ast.unparse(value)})" for value in values) + ")")
            case ast.Expr(value=ast.Call()):
                yield build("call", node, "None")


def _find_line_starts(source: bytes) -> list[int]:
    starts = [0]
    for line in source.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _walk_function_bodies(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the nodes of function bodies, without annotations, formatted strings and literal patterns."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in function.body:
                yield from _walk(statement)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.JoinedStr | ast.FunctionDef | ast.AsyncFunctionDef | ast.MatchValue | ast.Assert):
        return  # Nested functions are walked on their own; a part of a formatted string has no position on Python 3.11.
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child)
