"""One style sheet of what the built pages can use: rules that nothing on any page can match are left out.

A rule stays when every class, id, element and attribute it names occurs in a page or as a word in a script, so what
scripts add later is styled as well. States, media and what `:not()` excludes never cost a rule its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from macros.styles.rules import Block, Declaration, Group, Parts, Rule, parsed
from macros.styles.selectors import Nodes
from macros.styles.vocabulary import WORD, Vocabulary

__all__ = ["Vocabulary", "sheet"]

VARIABLE = re.compile(r"--[\w-]+")
HIDDEN = ["summary", ":", "before"]  # of the theme: an icon that explainers.css hides


def sheet(styles: Iterable[str], vocabulary: Vocabulary) -> str:
    """The style sheets as one, without what nothing can use."""
    blocks = [block for css in styles for block in _chosen(parsed(css), vocabulary) if isinstance(block, Block)]
    _drop_variables(blocks, vocabulary.words)
    return "".join(map(str, _without_idle_animations(blocks)))


def _chosen(parts: Parts, vocabulary: Vocabulary) -> Iterator[Declaration | Block]:
    for part in parts:
        if isinstance(part, Rule):
            yield from _rule(part, vocabulary)
        elif isinstance(part, Group):
            yield Block(part.head, list(_chosen(part.body, vocabulary)))
        else:
            yield part


def _rule(rule: Rule, vocabulary: Vocabulary) -> Iterator[Block]:
    """What a rule says of what is named; of what has a sheet already, the variables, which that one may lack."""
    named = [n for n, selector in enumerate(rule.selectors) if vocabulary.has(selector) and not _is_hidden(selector)]
    styled = [n for n in named if vocabulary.styled and vocabulary.styled.has(rule.selectors[n])]
    new = [n for n in named if n not in styled]
    body = list(_chosen(rule.body, vocabulary)) if named else []
    variables = [part for part in body if isinstance(part, Declaration) and part.name.startswith("--")]
    for numbers, said in ((styled, variables), (new, body)):
        if numbers and said:
            yield Block(",".join(rule.texts[n] for n in numbers), [*said])


def _is_hidden(selector: Nodes) -> bool:
    return [getattr(node, "value", "") for node in selector[-len(HIDDEN) :]] == HIDDEN


def _drop_variables(blocks: list[Block], words: set[str]) -> None:
    """Leave out the variables that no value and no script reads, until there are none."""
    while True:
        declarations = [d for block in blocks for d in block.declarations()]
        used = words.union(*(VARIABLE.findall(d.value) for d in declarations))
        if all(_is_used(d, used) for d in declarations):
            return
        for block in blocks:
            block.keep(partial(_is_used, used=used))


def _is_used(declaration: Declaration, used: set[str]) -> bool:
    return not declaration.name.startswith("--") or declaration.name in used


def _without_idle_animations(blocks: list[Block]) -> list[Block]:
    declarations = [d for block in blocks for d in block.declarations()]
    run = {word for d in declarations if "animation" in d.name for word in WORD.findall(d.value)}
    return [block for block in blocks if "keyframes " not in block.head or block.head.split()[-1] in run]
