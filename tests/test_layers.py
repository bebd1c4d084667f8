"""The layers of the house: nothing imports upward, and the frameworks stay outside."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

MACROS = Path(__file__).parent.parent / "macros"

LAYERS = (
    {"problems"},
    {"dates", "documents"},
    {"model"},
    {"load"},
    {"articles", "check", "derive", "diagram", "reference"},
    {"edition", "words"},
    {"components", "render", "stash"},
    {"calls", "links"},
    {"proofread"},
    {"workspace", "preview"},
    {"__init__", "plugin", "cli"},
)
OUTSIDE = {"mkdocs": {"plugin"}, "material": set(), "mkdocs_macros": set()}
MODULES = sorted(path.stem for path in MACROS.glob("*.py"))


def imported(module: str) -> set[str]:
    """Every module that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((MACROS / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def own(module: str) -> set[str]:
    return {name.split(".")[1] for name in imported(module) if name.startswith("macros.")}


def layer(module: str) -> int:
    return next(number for number, modules in enumerate(LAYERS) if module in modules)


def test_every_module_has_a_layer() -> None:
    """A new module says where it belongs."""
    assert sorted(module for modules in LAYERS for module in modules) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_nothing_imports_upward(module: str) -> None:
    """A module uses its own layer and the ones below."""
    assert {name for name in own(module) if layer(name) > layer(module)} == set()


@pytest.mark.parametrize("module", MODULES)
def test_frameworks_stay_outside(module: str) -> None:
    """Only the adapters know MkDocs; nobody reaches into the macros plugin or Material."""
    packages = {name.split(".")[0] for name in imported(module)}
    assert {package for package, allowed in OUTSIDE.items() if package in packages and module not in allowed} == set()
