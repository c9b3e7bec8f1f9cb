"""Import contract: a package names in `__all__` the modules that other packages may import; the rest are private."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PackageBorders(Contract):
    """Keep modules private to their package unless its `__init__.py` lists them in `__all__`.

    The root of a layer is no such package: its modules are for everybody whom the other contracts let in. The contract
    also fails for a module that is listed and that no other package imports, so that the lists stay short;
    a module that the `__init__.py` itself imports may be listed.
    """

    type_name = "package_borders"

    layers = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return the check, with imports of private modules and needlessly public modules in its metadata."""
        roots: list[str] = list(self.layers)  # type: ignore[call-overload]  # the instance holds the value of the field
        packages = {
            package for root in roots for package in graph.find_descendants(root) if graph.find_children(package)
        }
        crossed: list[str] = []
        unused: list[str] = []
        for package in sorted(packages):
            public = read_public_modules(package)
            for module in sorted(graph.find_children(package) - packages):
                importers = graph.find_modules_that_directly_import(module)
                outside = sorted(name for name in importers if not f"{name}.".startswith(f"{package}."))
                if module not in public:
                    crossed += [f"{importer} -> {module}" for importer in outside]
                elif not outside and package not in importers:
                    unused.append(module)
        return ContractCheck(kept=not crossed and not unused, metadata={"crossed": crossed, "unused": unused})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each import of a private module, and each public module that no other package imports."""
        for line in check.metadata["crossed"]:
            output.print_error(f"private to its package: {line}")
        for module in check.metadata["unused"]:
            output.print_error(f"in __all__, but imported by no other package: {module}")


def read_public_modules(package: str) -> set[str]:
    """Full names of the modules that a package lists in `__all__`, relative to itself; an empty set without one."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return set()
    for node in ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(name, ast.Name) and name.id == "__all__" for name in node.targets
        ):
            names: list[str] = ast.literal_eval(node.value)
            return {f"{package}.{name}" for name in names}
    return set()
