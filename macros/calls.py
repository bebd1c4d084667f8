"""The component calls in an article: do the components exist, and do their arguments make sense?

Nothing in an article is run. Jinja parses it, and each call that is written out plainly is tried.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.articles import Article
from macros.components import COMPONENTS, Component
from macros.edition import Library
from macros.problems import Mistake, Problem, did_you_mean

# A heading's `{#id}` would open a comment of Jinja's and swallow the text up to the next one.
JINJA_OPTIONS = {"comment_start_string": "{##", "comment_end_string": "##}"}


@dataclass(frozen=True)
class Call:
    """A component call in an article, with its line in the file."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    line: int


def check_calls(article: Article, library: Library) -> Iterator[Problem]:
    """Every component call that cannot be shown."""
    seen: dict[str, int] = {}
    try:
        expressions = list(_expressions(article))
    except TemplateSyntaxError as error:
        line = error.lineno + article.first_line - 1
        mend = "Write components as {{ name() }}; put text with {{ or {% between {% raw %} and {% endraw %}"
        yield Mistake("broken-call", f"this cannot be read: {(error.message or '').rstrip('.')}", mend).at(
            article.path, line, 1
        )
        return
    for expression in expressions:
        try:
            call = _call(expression, article)
            _try(call, article, library)
            _once(call, seen)
            _alone(call, article)
        except Mistake as mistake:
            line = expression.lineno + article.first_line - 1
            yield mistake.at(article.path, line, _column(article, line, expression))


def _column(article: Article, line: int, expression: nodes.Node) -> int:
    """Where the call stands in its line: found by its first argument, which says which of several it is."""
    name = getattr(getattr(expression, "node", None), "name", "{{")
    arguments = getattr(expression, "args", [])
    first = getattr(arguments[0], "value", "") if arguments else ""
    match = re.search(rf"\b{re.escape(name)}\(\s*[\"']{re.escape(str(first))}", article.row(line))
    return match.start() + 1 if match else article.column(line, name)


def _expressions(article: Article) -> Iterator[nodes.Node]:
    tree = Environment(**JINJA_OPTIONS).parse(article.body)  # type: ignore[arg-type]  # noqa: S701 - parsed, never rendered
    for node in tree.body:
        if isinstance(node, nodes.Output):
            yield from (child for child in node.nodes if not isinstance(child, nodes.TemplateData))
        else:
            yield node


def _call(node: nodes.Node, article: Article) -> Call:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        raise Mistake(
            "not-a-component",
            "only components may stand between {{ and }}, and {% … %} is not read",
            "Write a call such as {{ timeline() }}; show the signs themselves with {% raw %} … {% endraw %}",
        )
    line = node.lineno + article.first_line - 1
    try:
        args = tuple(argument.as_const() for argument in node.args)
        kwargs = {keyword.key: keyword.value.as_const() for keyword in node.kwargs}
    except nodes.Impossible:
        mend = 'Write it out, in quotes: {{ cite("s-id") }}'
        raise Mistake("bad-argument", f"an argument of `{node.node.name}` is not a text or number", mend) from None
    return Call(node.node.name, args, kwargs, line)


def _try(call: Call, article: Article, library: Library) -> None:
    """Make the call as the page will; raises `Mistake` when the page could not."""
    component = COMPONENTS.get(call.name)
    if component is None:
        raise Mistake("unknown-component", f"there is no component `{call.name}`", did_you_mean(call.name, COMPONENTS))
    bind(component, call.args, call.kwargs)
    if component.scope == "site":
        component.make(library, *call.args, **call.kwargs)
        return
    if not article.slug:
        where = "Use it in an article below docs/explainers/"
        raise Mistake("wrong-page", f"`{call.name}` needs the facts of an explainer", where)
    if article.slug in library.explainers:
        component.make(library.edition(article.slug), *call.args, **call.kwargs)


def bind(component: Component, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
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


def is_full(component: Component, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether a call shows a whole section, and so carries its anchors."""
    return component.shape == "block" and not args and not kwargs


def _once(call: Call, seen: dict[str, int]) -> None:
    component = COMPONENTS[call.name]
    if component.scope == "explainer" and is_full(component, call.args, call.kwargs):
        if call.name in seen:
            what = f"`{call.name}()` is already on line {seen[call.name]}"
            raise Mistake("component-twice", what, "Keep one of them: an anchor can stand on a page only once")
        seen[call.name] = call.line


def _alone(call: Call, article: Article) -> None:
    """A heading is an anchor and takes words only; a section cannot stand inside a link or emphasis."""
    row = article.row(call.line)
    before, _, after = row.partition("{{")
    inside = re.search(r"[*_`\[(]$", before.rstrip()) and re.match(r"[*_`\])]", after.partition("}}")[2].lstrip())
    if row.lstrip().startswith("#"):
        raise Mistake("misplaced-component", f"`{call.name}()` stands in a heading", "Headings take words only")
    if COMPONENTS[call.name].shape == "block" and inside:
        mend = "Put it on a line of its own, with an empty line before and after"
        raise Mistake("misplaced-component", f"`{call.name}()` is a whole section", mend)


def placed(article: Article) -> set[str]:
    """The components whose whole section the article places itself."""
    try:
        calls = [_call(node, article) for node in _expressions(article) if isinstance(node, nodes.Call)]
    except (TemplateSyntaxError, Mistake):
        return set(COMPONENTS)
    return {c.name for c in calls if c.name in COMPONENTS and is_full(COMPONENTS[c.name], c.args, c.kwargs)}
