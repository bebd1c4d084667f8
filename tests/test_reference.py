"""What the model says about itself stays true in the files written from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from macros import examples
from macros.model import Explainer, Incomplete, in_order, models
from macros.reference import fields_page, files, modeline
from tests.conftest import EXPLAINER, ROOT, run, write

OURS = [model for model in models() if model is not Incomplete and not model.__name__.startswith("_")]
DATA = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yml"))


@pytest.mark.parametrize("path", sorted(files(ROOT)))
def test_written_files_are_current(path: str) -> None:
    """Fields page, schemas and issue forms say what model and explainers say; `uv run explainers schema` mends them."""
    assert (ROOT / path).read_text(encoding="utf-8") == files(ROOT)[path], "run `uv run explainers schema`"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_is_explained(model: type[BaseModel]) -> None:
    """Nobody has to guess what to write: each field has its sentence, ending in a full stop, and an example."""
    unexplained = [name for name, info in model.model_fields.items() if not (info.description or "").endswith(".")]
    assert unexplained == []
    assert [name for name in in_order(model) if not examples.example(model, name)] == []


def test_the_page_names_every_section() -> None:
    """A reader finds `next_steps.history` as a heading of its own, and a whole example to copy."""
    assert "### Under `next_steps.history`" in fields_page()
    assert examples.text(Explainer) in fields_page()


@pytest.mark.parametrize("path", DATA)
def test_every_file_names_its_schema(path: str) -> None:
    """Editors offer the fields: the first line leads to a schema that is there and accepts the file."""
    first, _, _ = (ROOT / path).read_text(encoding="utf-8").partition("\n")
    assert first == modeline(path)
    schema = (ROOT / path).parent / first.partition("$schema=")[2]
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    written = yaml.load((ROOT / path).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - only texts come of it
    assert [error.message for error in validator.iter_errors(written)] == []


def properties(name: str) -> list[dict[str, object]]:
    written = json.loads((ROOT / f"data/schema/{name}.json").read_text(encoding="utf-8"))
    parts = [written, *written["$defs"].values()] if "$defs" in written else [written]
    return [field for part in parts for field in part.get("properties", {}).values()]


@pytest.mark.parametrize("name", ["explainer", "actor", "redirects"])
def test_schemas_help_to_write(name: str) -> None:
    """In an editor, every field shows its sentence and an example."""
    assert properties(name)
    assert [field for field in properties(name) if not field.get("description") or not field.get("examples")] == []


@pytest.mark.parametrize("name", sorted(examples.FILES.values()))
def test_examples_are_accepted(name: str) -> None:
    """What people copy is right: the schema accepts it as it stands."""
    if name == "front_matter":
        return
    written = yaml.load((examples.FOLDER / f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    schema = json.loads((ROOT / f"data/schema/{name}.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(written)) == []


def test_the_command_mends_what_is_behind(project: Path) -> None:
    """`explainers schema` writes all of it into a new project, names what it wrote, and the second time nothing."""
    first, second = run(project, "explainers", "schema"), run(project, "explainers", "schema")
    assert (first.returncode, first.stdout.split()) == (0, sorted(files(project)))
    assert (second.returncode, second.stdout) == (0, "")
    form = yaml.safe_load((project / ".github/ISSUE_TEMPLATE/new-fact.yml").read_text(encoding="utf-8"))
    assert form["body"][0]["attributes"]["options"][0] == "What happened? (story)"


def test_forms_offer_what_is_published(project: Path) -> None:
    """A draft is nobody's business yet: the forms do not list it."""
    write(project, {"data/explainers/story.yml": f"lifecycle: draft\n{EXPLAINER}"})
    run(project, "explainers", "schema")
    assert "(story)" not in (project / ".github/ISSUE_TEMPLATE/new-fact.yml").read_text(encoding="utf-8")
