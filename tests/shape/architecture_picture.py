"""Draw docs/images/architecture.svg from the code: layers, their packages, and the imports between the layers.

python -m tests.shape.architecture_picture docs/images/architecture.svg
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

from tests.shape.tree import PACKAGE, list_python_files, parse_file

LAYERS = ("cli", "tui", "services", "formats", "store", "domain")
COLUMN, ROW, MARGIN, HEAD = 188, 22, 24, 132
FONT = "font-family='DejaVu Sans, Arial, sans-serif'"


def count_modules() -> dict[str, Counter[str]]:
    """Layer to the number of modules in each of its packages; "" counts those in the root of the layer."""
    modules: dict[str, Counter[str]] = {layer: Counter() for layer in LAYERS}
    for path in list_python_files(PACKAGE):
        parts = path.relative_to(PACKAGE).parts
        if parts[0] in modules and path.name != "__init__.py" and "versions" not in parts:
            modules[parts[0]][parts[1] if len(parts) > 2 else ""] += 1
    return modules


def find_imports() -> set[tuple[str, str]]:
    """Pairs of layers of which the first imports the second."""
    imports: set[tuple[str, str]] = set()
    for path in list_python_files(PACKAGE):
        layer = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(parse_file(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ahtc_tui."):
                target = (node.module or "").split(".")[1]
                if layer in LAYERS and target in LAYERS and target != layer:
                    imports.add((layer, target))
    return imports


def draw_architecture() -> str:
    """The picture as SVG: a column for each layer, a row for each package, so that a noun lines up in all layers."""
    modules, imports = count_modules(), find_imports()
    columns = [arrange_packages(modules, layer) for layer in LAYERS]
    width, height = MARGIN * 2 + COLUMN * len(LAYERS), HEAD + ROW * max(map(len, columns)) + 40
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}'"
        " role='img'><title>The layers and packages of ahtc, with the number of modules in each</title>",
        f"<rect width='{width}' height='{height}' fill='#ffffff'/>",
    ]
    parts += _draw_heads(modules, imports)
    for column, (layer, packages) in enumerate(zip(LAYERS, columns, strict=True)):
        for row, package in enumerate(packages):
            if package is not None and modules[layer][package]:
                parts.append(_draw_package(column, row, package or "modules of the root", modules[layer][package]))
    parts.append(
        _write(
            MARGIN,
            height - 16,
            "The number of a package counts its modules; an arrow leads to the layers that a layer imports.",
            12,
        )
    )
    return "\n".join([*parts, "</svg>"]) + "\n"


def arrange_packages(modules: dict[str, Counter[str]], layer: str) -> list[str | None]:
    """The packages of a layer from top to bottom: those that several layers have in the same rows, then its others."""
    layers_of = Counter(package for counts in modules.values() for package in counts if package)
    shared = sorted(
        (name for name, number in layers_of.items() if number > 1), key=lambda name: (-layers_of[name], name)
    )
    rows: list[str | None] = ["", *(name if modules[layer][name] else None for name in shared)]
    return rows + sorted(name for name in modules[layer] if layers_of[name] == 1)


def _draw_heads(modules: dict[str, Counter[str]], imports: set[tuple[str, str]]) -> list[str]:
    parts = []
    for column, layer in enumerate(LAYERS):
        left = MARGIN + column * COLUMN
        targets = [target for target in LAYERS if (layer, target) in imports]
        parts.append(f"<rect x='{left}' y='{MARGIN}' width='{COLUMN - 12}' height='86' rx='6' fill='#1d3557'/>")
        parts.append(_write(left + 12, MARGIN + 26, layer, 17, "#ffffff", bold=True))
        parts.append(_write(left + 12, MARGIN + 46, f"{modules[layer].total()} modules", 12, "#ffffff"))
        for line, start in enumerate(range(0, len(targets), 2)):
            words = " · ".join(targets[start : start + 2])
            parts.append(
                _write(left + 12, MARGIN + 63 + 15 * line, f"{'→ ' if not line else '   '}{words}", 10, "#ffffff")
            )
    return parts


def _draw_package(column: int, row: int, package: str, count: int) -> str:
    left, top = MARGIN + column * COLUMN, HEAD + row * ROW
    fill = "#e9eef5" if package == "modules of the root" else "#cfe0f1"
    return (
        f"<rect x='{left}' y='{top}' width='{COLUMN - 12}' height='{ROW - 4}' rx='3' fill='{fill}'/>"
        f"{_write(left + 10, top + 13, package, 12)}{_write(left + COLUMN - 40, top + 13, str(count), 12)}"
    )


def _write(left: int, top: int, text: str, size: int, fill: str = "#1b1b1b", *, bold: bool = False) -> str:
    weight = " font-weight='bold'" if bold else ""
    return f"<text x='{left}' y='{top}' {FONT} font-size='{size}'{weight} fill='{fill}'>{escape(text)}</text>"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(draw_architecture(), encoding="utf-8")
