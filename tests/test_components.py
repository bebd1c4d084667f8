"""Every component by golden file: the facts, the call, and the HTML it gives."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from macros import dates
from macros.components import COMPONENTS, Component
from macros.edition import Library
from macros.proofread import proofread
from macros.render import render
from tests.conftest import EXPLAINER, TODAY, write
from tests.golden import FOLDER, Case, cases
from tests.markup import faults

GOLDEN = cases("components")
SMALL = {
    section.split(":")[0]: section for section in re.split(r"^(?=[a-z]+:)", EXPLAINER, flags=re.MULTILINE) if section
}


def library(folder: Path, case: Case) -> Library:
    """The project of a case: its facts, filled up from the small valid explainer, and its actors; nothing is wrong."""
    facts = case.given.get("facts", "")
    files = {
        "data/explainers/story.yml": facts + "".join(SMALL[key] for key in SMALL if f"\n{key}:" not in f"\n{facts}")
    }
    files |= {f"data/actors/{id_}.yml": text for id_, text in case.given.get("actors", {}).items()}
    files["docs/explainers/story.md"] = case.given.get("article", "---\ntitle: What happened?\n---\n\nThis.\n")
    files |= case.given.get("files", {})
    write(folder, files)
    proof = proofread(folder, dates.parse_day(str(case.given.get("today", TODAY))))
    assert proof.problems == ()
    return proof.library


def caller(component: Component, library: Library, page_url: str) -> Callable[..., str]:
    """The component as an article may call it."""
    subject = library if component.scope == "site" else library.edition("story")

    def call(*args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        return render(component.name, component.make(subject, *args, **kwargs), page_url)

    return call


@pytest.mark.parametrize("case", GOLDEN)
def test_component(case: Case, tmp_path: Path) -> None:
    """What an article calls gives exactly this HTML, and the HTML is well formed."""
    found = library(tmp_path, case)
    page_url = case.given.get("page", "explainers/story/")
    callers = {name: caller(component, found, page_url) for name, component in COMPONENTS.items()}
    html = Environment().from_string("{{ " + case.given["call"] + " }}").render(**callers)  # noqa: S701
    case.matches("html", html)
    assert faults(html) == []


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_has_a_golden_file_and_a_template(name: str) -> None:
    """One word, many places: the function, the template, the golden file and, with hyphens, the CSS class."""
    golden = (FOLDER / f"components/{name}.yml").read_text(encoding="utf-8")
    assert f"call: {name}(" in golden
    template = (Path(__file__).parent.parent / f"macros/templates/{name}.html").read_text(encoding="utf-8")
    assert f'class="{name.replace("_", "-")}"' in template


@pytest.mark.parametrize("component", COMPONENTS.values(), ids=COMPONENTS)
def test_every_component_says_how_to_call_it(component: Component) -> None:
    """Its docstring is a sentence with an example that calls it, for people and for error messages."""
    examples = re.findall(r"`\{\{ (\w+)\(.*?\) \}\}`", inspect.getdoc(component.make) or "")
    assert set(examples) == {component.name}


def test_text_is_shown_as_typed(tmp_path: Path) -> None:
    """HTML, Jinja and Markdown in any text of the facts are text: nothing of them acts, everything is readable."""
    signs = """<b>&amp;"'*a*_b_`c` {{ x }} {% y %} {# z #} [d](e) ![f](g) </script>"""
    quoted = '"' + signs.replace("\\", "\\\\").replace('"', '\\"') + '"'
    case = Case(tmp_path, 0, {"facts": ALL_TEXTS.replace("$", quoted), "actors": {"china": ACTOR.replace("$", quoted)}})
    found = library(tmp_path, case)
    escaped = (
        signs.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&#34;")
        .replace("'", "&#39;")
    )
    for name in (name for name, component in COMPONENTS.items() if component.heading):
        html = caller(COMPONENTS[name], found, "explainers/story/")()
        assert "<b>" not in html and "</script>" not in html, name
        assert escaped in html or name == "relations", name
        assert faults(html) == [], name
    whole = "".join(caller(COMPONENTS[n], found, "")() for n in COMPONENTS if COMPONENTS[n].heading)
    assert whole.count(escaped) >= ALL_TEXTS.count("$")


ACTOR = "name: $\nkind: state\nsummary: $\n"
ALL_TEXTS = """\
assessment:
  - {as_of: 2025-10-31, level: stalled, change: unchanged, because: $, sources: [s-one]}
takeaways:
  t-one:
    text: $
    sources: [s-one]
    confidence: disputed
    accounts: [{by: $, says: $, sources: [s-one]}, {by: china, says: $, sources: [s-one]}]
actors:
  china: {role: $, wants: $, position: $, leverage: $, limits: $, sources: [s-one]}
relations:
  - {from: china, to: china, kind: trade, text: $, sources: [s-one]}
issues: {press: $}
stances:
  - {actor: china, issue: press, position: $, on: 2025, says: $, sources: [s-one]}
timeline:
  e-one: {date: 2025, title: $, text: $, sources: [s-one]}
obstacles:
  o-one:
    {title: $, text: $, blocks: [n-one], removed_when: $, history: [{on: 2025-01-01, status: open, because: $, sources: [s-one]}]}
next_steps:
  n-one:
    title: $
    expected: unknown
    basis: announced
    done_when: $
    history: [{on: 2025-01-01, status: postponed, expected: unknown, because: $, sources: [s-one]}]
    outcome: {on: 2025-02-01, result: done, text: $, sources: [s-one]}
open_questions: [$]
sources:
  s-one: {title: $, publisher: $, url: "https://example.org/?a=1&b='2'", kind: newspaper}
revisions:
  - {on: 2025-11-04, level: major, kind: correction, about: [e-one], text: $, was: $, now: $}
"""


def test_long_texts_are_shown_whole(tmp_path: Path) -> None:
    """A text of 20,000 letters is no special case."""
    words = "word " * 4_000 + "end."
    case = Case(tmp_path, 0, {"facts": f"takeaways:\n  t-one: {{text: {words}, sources: [s-one]}}\n"})
    assert f"<p>{words}</p>" in caller(COMPONENTS["takeaways"], library(tmp_path, case), "")()


def test_yaml_changes_no_text(tmp_path: Path) -> None:
    """What YAML 1.1 takes for a truth value, a number, a time or a date reaches the reader as it was typed."""
    texts = ["no", "on", "12:30", "010", "0x1F", "1e3", "1_000", ".inf", "2025-10-30", '"~"', "'yes'", "!!int 7", "= "]
    case = Case(tmp_path, 0, {"facts": "open_questions:\n" + "".join(f"  - {text}\n" for text in texts)})
    html = caller(COMPONENTS["open_questions"], library(tmp_path, case), "")()
    typed = [text.removeprefix("!!int ").strip().strip("\"'") for text in texts]
    assert re.findall("<li>(.*?)</li>", html) == typed


@pytest.mark.parametrize("name", [name for name, component in COMPONENTS.items() if component.heading])
def test_sections_without_entries(name: str, tmp_path: Path) -> None:
    """A section with nothing in it is a whole, empty element: nothing breaks, and no stray words are left."""
    html = caller(COMPONENTS[name], library(tmp_path, Case(tmp_path, 0, {})), "")()
    assert faults(html) == []
    assert "None" not in html and "()" not in html
