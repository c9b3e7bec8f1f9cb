"""Licences and the bill of materials are those of the locks."""

from __future__ import annotations

import json
import tomllib

import pytest

from tests.shape import dependency_files
from tests.shape.tree import ROOT


def test_the_page_of_licences_is_current() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert page == dependency_files.build_licences_page(), "run make snap"


def test_the_bill_of_materials_is_current() -> None:
    text = (ROOT / "docs" / "sbom.cdx.json").read_text(encoding="utf-8")
    assert text == dependency_files.build_bill_of_materials(), "run make snap"


def test_the_bill_of_materials_names_every_locked_package_and_links_the_direct_ones() -> None:
    bill = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    locked = dependency_files.PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert {(component["name"], component["version"]) for component in bill["components"]} == set(locked)
    assert all(component["licenses"] for component in bill["components"])
    (program,) = (entry for entry in bill["dependencies"] if entry["ref"].startswith("ahtc@"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(program["dependsOn"]) == len(project["dependencies"])


def test_a_package_without_a_known_licence_is_an_error() -> None:
    with pytest.raises(LookupError, match="add its licence"):
        dependency_files.find_licence("no-such-package")
