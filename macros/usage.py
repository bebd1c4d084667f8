"""Whether the component calls of an article can be shown: do they exist, and do their arguments make sense?"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from macros.calls import Call, Unparsed, call_of, expressions, is_full
from macros.components import COMPONENTS, Component
from macros.edition import Library, Unknown, Unreadable
from macros.load import Loaded
from macros.problems import Mistake, Problem, did_you_mean
from macros.prose import Prose

_SECTION = {"source": "sources", "event": "timeline", "step": "next_steps"}


def check_calls(prose: Prose, library: Library, loaded: Loaded) -> Iterator[Problem]:
    """Every component call that cannot be shown."""
    article = prose.article
    seen: dict[str, int] = {}
    try:
        found = expressions(article)
    except Unparsed as unparsed:
        yield unparsed.at(article.path, unparsed.line, 1)
        return
    for expression in found:
        try:
            call = call_of(expression, article.first_line)
            _try(call, prose, library, loaded)
            _once(call, seen)
            _alone(call, prose)
        except Mistake as mistake:
            line = expression.lineno + article.first_line - 1
            yield mistake.at(article.path, line, _column(prose, line, expression))


def _column(prose: Prose, line: int, expression: Any) -> int:  # noqa: ANN401
    """Where the call stands in its line: found by its first argument, which says which of several it is."""
    name = getattr(getattr(expression, "node", None), "name", "{{")
    arguments = getattr(expression, "args", [])
    first = getattr(arguments[0], "value", "") if arguments else ""
    match = re.search(rf"\b{re.escape(name)}\(\s*[\"']{re.escape(str(first))}", prose.article.row(line))
    return match.start() + 1 if match else prose.article.column(line, name)


def _try(call: Call, prose: Prose, library: Library, loaded: Loaded) -> None:
    """Make the call as the page will; raises `Mistake` when the page could not."""
    component, slug = COMPONENTS.get(call.name), prose.article.slug
    if component is None:
        raise Mistake("unknown-component", f"there is no component `{call.name}`", did_you_mean(call.name, COMPONENTS))
    _bind(component, call.args, call.kwargs)
    if component.scope == "site":
        component.make(library, *call.args, **call.kwargs)
        return
    if not slug:
        where = "Use it in an article below docs/explainers/"
        raise Mistake("wrong-page", f"`{call.name}` needs the facts of an explainer", where)
    if slug in library.explainers:
        try:
            component.make(library.edition(slug), *call.args, **call.kwargs)
        except Unknown as unknown:
            if component.shape == "inline" and not _is_written(unknown, call, slug, library.explainers, loaded):
                raise
        except Unreadable:
            return


def _is_written(unknown: Unknown, call: Call, slug: str, readable: Mapping[str, object], loaded: Loaded) -> bool:
    """Whether something has this id but cannot be read: that is said where it is written, and only there."""
    if unknown.kind == "actor":
        return unknown.id in loaded.named_actors
    first, slash, _ = str(call.args[0]).partition("/")
    home = first if slash else slug
    if unknown.kind == "explainer":
        return home in loaded.named_slugs - set(readable)
    facts = loaded.facts(home)
    section = _SECTION[unknown.kind]
    return facts is not None and (unknown.id in facts.keys(section) or not facts.is_readable(section))


def _bind(component: Component, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Hold the arguments against the component's signature; raises `Mistake` when they do not fit."""
    signature = inspect.signature(component.make)
    try:
        signature.bind(None, *args, **kwargs)
    except TypeError as error:
        known = [p.name for p in list(signature.parameters.values())[1:]]
        example = re.findall(r"`(\{\{ .*? \}\})`", component.make.__doc__ or "")
        mend = f"Write {' or '.join(example)}"
        unknown = next((key for key in kwargs if key not in known), None)
        if unknown:
            what = f"`{component.name}` has no argument `{unknown}`"
            raise Mistake("wrong-argument", what, did_you_mean(unknown, known) if known else mend) from None
        raise Mistake("wrong-argument", f"`{component.name}` cannot be called so: {error}", mend) from None


def _once(call: Call, seen: dict[str, int]) -> None:
    component = COMPONENTS[call.name]
    if component.scope == "explainer" and is_full(component, call):
        if call.name in seen:
            what = f"`{call.name}()` is already on line {seen[call.name]}"
            raise Mistake("component-twice", what, "Keep one of them: an anchor can stand on a page only once")
        seen[call.name] = call.line


def _alone(call: Call, prose: Prose) -> None:
    """A heading is an anchor and takes words only; a section needs a place of its own, and links do not nest."""
    inside = _surroundings(call, prose)
    shown = f"`{call.name}()`"
    if "heading" in inside:
        raise Mistake("misplaced-component", f"{shown} stands in a heading", "Headings take words only")
    if "tag" in inside:
        raise Mistake("misplaced-component", f"{shown} stands in a tag of HTML", "Write there what belongs there")
    if COMPONENTS[call.name].shape == "block" and inside:
        mend = "Put it on a line of its own, with an empty line before and after"
        raise Mistake("misplaced-component", f"{shown} is a whole section", mend)
    if "link" in inside:
        raise Mistake("misplaced-component", f"{shown} stands in a link", "Put it outside: it is a link itself")


def _surroundings(call: Call, prose: Prose) -> set[str]:
    first = str(call.args[0]) if call.args else ""
    written = re.compile(rf"\b{re.escape(call.name)}\(\s*[\"']?{re.escape(first)}")
    spots = (spot for spot in prose.lines.get(call.line, ()) if written.search(spot.text))
    inside = {kind for spot in spots for kind in spot.inside}
    address = re.search(rf"\]\(\s*\{{\{{-?\s*{written.pattern}", prose.article.row(call.line))
    return inside | {"link"} if address else inside
