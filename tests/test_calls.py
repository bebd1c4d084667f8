"""The calls of an article, answered as the macros plugin would answer them."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from macros.calls import JINJA_OPTIONS, Call, answered

TEXTS = [
    "No braces at all.\n",
    'Begun{{ cite("s-one") }}, and on{{cite("s-two",) }}.\n\n{{ timeline(limit=2) }}\n\n\n{{ timeline(limit=-1) }}\n',
    "{%- raw -%}\n {{ as typed }} {% endraw %}, {## nothing ##} and {#an-anchor}\n",
    "\n  {{- timeline() -}}  \n\n## A question {#asked}\n",
    "{% raw %}{{{% endraw %} `{{ timeline() }}` \\{{ timeline() }}\n\n",
]


def said(name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> str:
    return f"<{name} {args} {kwargs}>"


@pytest.mark.parametrize("text", TEXTS)
def test_answers_stand_where_jinja_would_put_them(text: str) -> None:
    """Spaces, raw text and comments are treated as Jinja treats them."""
    environment = Environment(**JINJA_OPTIONS)  # type: ignore[arg-type]  # noqa: S701 - Markdown, not HTML
    for name in ("cite", "timeline"):
        environment.globals[name] = lambda *args, _name=name, **kwargs: said(_name, args, kwargs)

    def answer(call: Call) -> str:
        return said(call.name, call.args, call.kwargs)

    assert answered(text, answer) == environment.from_string(text).render()


@pytest.mark.parametrize(
    "text",
    ["{% if true %}x{% endif %}", "{{ page.title }}", "{{ timeline }}", "{{ cite(name) }}", "{{ unheard_of() }}", "{{"],
)
def test_whatever_is_no_call_is_left_to_the_macros_plugin(text: str) -> None:
    """Only a component's call with plain values is answered here."""
    assert answered(text, lambda call: call.name) is None
