"""The layers of the house: nothing imports upward, and the frameworks stay outside."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

MACROS = Path(__file__).parent.parent / "macros"

LAYERS = (
    {"problems", "shards"},
    {"dates", "files", "git", "github", "store", "tags", "takeover", "yaml_errors"},
    {"documents", "memory", "model", "todos"},
    {"brief", "examples", "marks", "validation"},
    {"load"},
    {
        "articles",
        "as_of",
        "colours",
        "contribute",
        "derive",
        "diagram",
        "provenance",
        "redirects",
        "references",
    },
    {"circles", "forms", "prose", "verdicts"},
    {"records", "reference"},
    {"drafting", "editor", "shape", "starter"},
    {"arrangement"},
    {"tidy"},
    {"alive", "check", "drift"},
    {"due", "edition", "overview", "words"},
    {"components", "render", "policy", "stash", "styles"},
    {"calls", "delivery", "pages", "publish", "search"},
    {"links", "usage"},
    {"diff", "proofread"},
    {"answers", "building", "comment", "reminders", "serving", "workspace", "preview"},
    {"functions", "site_page"},
    {"site_build"},
    {"__init__", "plugin", "cli"},
)
OUTSIDE = {
    "mkdocs": {"building", "plugin", "serving", "site_build", "site_page", "takeover"},
    "material": set(),
    "mkdocs_macros": set(),
}
MODULES = sorted(path.relative_to(MACROS).with_suffix("").as_posix() for path in MACROS.rglob("*.py"))


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
    """The rooms of the house that a module uses; a package is one room."""
    return {name.split(".")[1] for name in imported(module) if name.startswith("macros.")}


def room(module: str) -> str:
    return module.split("/")[0]


def layer(name: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if name in rooms)


def test_every_module_has_a_layer() -> None:
    """A new module says where it belongs."""
    assert sorted(name for rooms in LAYERS for name in rooms) == sorted({room(module) for module in MODULES})


@pytest.mark.parametrize("module", MODULES)
def test_nothing_imports_upward(module: str) -> None:
    """A module uses its own layer and the ones below."""
    assert {name for name in own(module) if layer(name) > layer(room(module))} == set()


@pytest.mark.parametrize("module", MODULES)
def test_frameworks_stay_outside(module: str) -> None:
    """Only the adapters know MkDocs; nobody reaches into the macros plugin or Material."""
    packages = {name.split(".")[0] for name in imported(module)}
    assert {
        package for package, allowed in OUTSIDE.items() if package in packages and room(module) not in allowed
    } == set()
