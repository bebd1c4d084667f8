"""The component calls of an article, as they are written.

Nothing in an article is run: Jinja parses it, and what stands between the braces is read as a name and plain values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.articles import Article
from macros.components import COMPONENTS, Component
from macros.model import Explainer
from macros.problems import Mistake

# A heading's `{#id}` would open a comment of Jinja's and swallow the text up to the next one.
JINJA_OPTIONS = {"comment_start_string": "{##", "comment_end_string": "##}"}


@dataclass(frozen=True)
class Call:
    """A component call in an article, with its line in the file."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    line: int


class Unparsed(Mistake):
    """An article whose braces make no sense from some line of the file on."""

    def __init__(self, reason: str, line: int) -> None:
        mend = "Write components as {{ name() }}; put text with {{ or {% between {% raw %} and {% endraw %}"
        super().__init__("broken-call", f"this cannot be read: {reason}", mend)
        self.line = line


def expressions(article: Article) -> list[nodes.Node]:
    """Whatever stands in braces, in the order of reading; raises `Unparsed`."""
    try:
        tree = _parsed(article.body)
    except TemplateSyntaxError as error:
        raise Unparsed(_reason(error.message or ""), error.lineno + article.first_line - 1) from None
    except RecursionError:
        raise Unparsed("it is nested too deep", article.first_line) from None
    except ValueError:
        raise Unparsed("it has a number with too many digits", article.first_line) from None
    return list(_in_braces(tree))


_REASONS = (
    (
        "unexpected char '[\u201c\u201d\u201e\u2018\u2019«»]",
        'curly quotes stand in a call; it needs straight ones, "…"',
    ),
    ("unexpected char '[\"']'", "a quotation mark is never closed"),
    ("looking for the following tags|unknown tag", "{% … %} is not read"),
    ("end of raw", "{% raw %} stands here without {% endraw %}"),
    ("end of comment", "{## stands here without ##}"),
    ("got 'end of print statement'", "nothing stands between {{ and }}"),
    ("'end of print statement', got", "something follows the call before its }}"),
    ("unexpected '?end of template", "{{ stands here without }}"),
    ("", "the brackets, commas and quotation marks of a call do not fit together"),
)


def _reason(said: str) -> str:
    """What Jinja says of a text, in words for whoever wrote it."""
    return next(reason for pattern, reason in _REASONS if re.search(pattern, said))


@lru_cache(maxsize=32)  # an article is asked for its calls several times in a row, one of the site after each edit
def _parsed(text: str) -> nodes.Template:
    return _environment().parse(text)


@cache
def _environment() -> Environment:
    return Environment(**JINJA_OPTIONS)  # type: ignore[arg-type]  # noqa: S701 - parsed, never rendered


def _in_braces(tree: nodes.Template) -> Iterator[nodes.Node]:
    for node in tree.body:
        if isinstance(node, nodes.Output):
            yield from (child for child in node.nodes if not isinstance(child, nodes.TemplateData))
        else:
            yield node


def as_typed(article: Article, lines: Collection[int]) -> str | None:
    """The article's text in which what stands on these lines of the file is text; None if the rest cannot be read."""
    rows = article.body.split("\n")
    for number in lines:
        if number >= article.first_line and "{% raw %}" not in (row := rows[number - article.first_line]):
            rows[number - article.first_line] = f"{{% raw %}}{row}{{% endraw %}}"
    try:
        Environment(**JINJA_OPTIONS).parse("\n".join(rows))  # type: ignore[arg-type]  # noqa: S701
    except (TemplateSyntaxError, RecursionError, ValueError):
        return None
    return "\n".join(rows)


def answered(text: str, answer: Callable[[Call], str]) -> str | None:
    """The text with an answer in place of each call; None when anything but a component's call stands in braces.

    It is what Jinja would make of it, without a program being compiled and run for each article.
    """
    try:
        pieces = [_piece(node) for output in _parsed(text).body for node in _nodes(output)]
    except (Mistake, TemplateSyntaxError, RecursionError, ValueError):
        return None
    return "".join(answer(piece) if isinstance(piece, Call) else piece for piece in pieces)


def _nodes(output: nodes.Node) -> list[nodes.Expr]:
    if not isinstance(output, nodes.Output):
        raise NOT_A_COMPONENT
    return output.nodes


def _piece(node: nodes.Node) -> str | Call:
    if isinstance(node, nodes.TemplateData):
        return node.data
    call = call_of(node)
    if call.name not in COMPONENTS:
        raise NOT_A_COMPONENT
    return call


NOT_A_COMPONENT = Mistake(
    "not-a-component",
    "only components may stand between {{ and }}, and {% … %} is not read",
    "Write a call such as {{ timeline() }}; show the signs themselves with {% raw %} … {% endraw %}",
)


def call_of(node: nodes.Node, first_line: int = 1) -> Call:
    """What stands in braces as a call, in a text that begins on this line; raises `Mistake` for anything else."""
    if isinstance(node, nodes.Name) and node.name in COMPONENTS:
        raise Mistake("not-a-component", f"`{node.name}` is named here, not called", f"Write {{{{ {node.name}() }}}}")
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        raise NOT_A_COMPONENT
    if node.dyn_args or node.dyn_kwargs:
        raise _computed(node.node.name)
    args = tuple(_value(argument, node.node.name) for argument in node.args)
    kwargs = {keyword.key: _value(keyword.value, node.node.name) for keyword in node.kwargs}
    return Call(node.node.name, args, kwargs, node.lineno + first_line - 1)


def _value(node: nodes.Expr, name: str) -> Any:  # noqa: ANN401
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.Neg) and isinstance(node.node, nodes.Const) and isinstance(node.node.value, int | float):
        return -node.node.value
    raise _computed(name)


def _computed(name: str) -> Mistake:
    mend = 'Write it out, in quotes: {{ cite("s-id") }}'
    return Mistake("bad-argument", f"an argument of `{name}` is not a text or number", mend)


def is_full(component: Component, call: Call) -> bool:
    """Whether a call shows a whole section, and so carries its anchors."""
    return component.shape == "block" and not call.args and not call.kwargs


def added(article: Article, explainer: Explainer) -> list[Component]:
    """The sections that have facts and that the article does not place: they follow it, each under its heading."""
    there = _placed(article)
    return [
        component
        for name, component in COMPONENTS.items()
        if component.heading and name not in there and getattr(explainer, name, True)
    ]


def _placed(article: Article) -> set[str]:
    """The components whose whole section the article places itself."""
    try:
        calls = [call_of(node) for node in expressions(article) if isinstance(node, nodes.Call)]
    except Mistake:
        return set(COMPONENTS)
    return {c.name for c in calls if c.name in COMPONENTS and is_full(COMPONENTS[c.name], c)}


def calls_in(article: Article) -> list[Call]:
    """The component calls of an article, in its order; none where one of them cannot be read."""
    try:
        return [call_of(node, article.first_line) for node in expressions(article) if isinstance(node, nodes.Call)]
    except Mistake:
        return []
