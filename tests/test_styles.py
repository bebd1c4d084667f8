"""The style sheet of the built site: everything that can be used, and nothing else."""

from __future__ import annotations

import pytest

from macros.styles import Vocabulary, sheet

PAGE = """<html dir=ltr><body><p class="lead" id='top' data-kind="a > b">Text</p><input type="radio"></body></html>"""
SCRIPT = 'element.classList.toggle("is-open"); other.setAttribute("data-state", "done")'


def kept(css: str) -> str:
    vocabulary = Vocabulary()
    vocabulary.read_page(PAGE)
    vocabulary.read_script(SCRIPT)
    return sheet([css], vocabulary)


@pytest.mark.parametrize(
    "selector",
    [
        *("p", ".lead", "#top", "*", "p.lead > *", "p:hover::before", "P", ":root", "body p:nth-child(odd)"),
        *(
            "[type=radio]",
            '[data-kind="a > b"]',
            "[data-kind^=a]",
            '[data-kind$="b"]',
            '[data-kind*=" > "]',
            "[dir=ltr] p",
            "p:not(.nowhere)",
        ),
        *(":is(.nowhere, p)", "p:has(+ input)", ".is-open", "[data-state=done]", "::selection"),
    ],
)
def test_what_can_match_stays(selector: str) -> None:
    """A selector stays when a page has what it names, or a script may add it."""
    assert kept(f"{selector} {{ color: red }}") == f"{selector}{{color: red}}".replace(": red", ":red").replace(
        ", ", ","
    )


@pytest.mark.parametrize(
    "selector",
    [
        *(
            "table",
            ".nowhere",
            "#nowhere",
            ".lead .nowhere",
            "[open]",
            "[type=checkbox]",
            "[dir=rtl] p",
            "[data-kind^=b]",
        ),
        *(":is(.nowhere, table)", ":where(table) p", "p:has(> .nowhere)"),
    ],
)
def test_what_cannot_match_goes(selector: str) -> None:
    """A selector goes when it needs what no page has and no script adds."""
    assert kept(f"{selector} {{ color: red }}") == ""


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p, .nowhere, a { color: red }", "p{color:red}"),
        ("@media print { p { color: red } .nowhere { color: red } }", "@media print{p{color:red}}"),
        ("@media print { .nowhere { color: red } }", ""),
        ("p :is(.lead, .nowhere) { color: red }", "p .lead{color:red}"),
        ("p > :is(a, b, input)[type] { color: red }", "p > input[type]{color:red}"),
        ("p:is(.lead, #top) { color: red }", "p:is(.lead,#top){color:red}"),
        ("p.lead:is(a, p) { color: red }", "p.lead:is(a,p){color:red}"),
        (":is(.lead, #top) { color: red }", ":is(.lead,#top){color:red}"),
        (":is(p input, p p) { color: red }", ":is(p input,p p){color:red}"),
        ("@supports (gap: 1px) { @media print { p { gap: 1px } } }", "@supports (gap: 1px){@media print{p{gap:1px}}}"),
        ("p { color: red; & a { color: red } &:hover { top: 0 } }", "p{color:red;&:hover{top:0}}"),
        (
            ":root { --a: var(--b); --b: 1px; --c: 2px } p { top: var(--a) }",
            ":root{--a:var(--b);--b:1px}p{top:var(--a)}",
        ),
        (
            "@keyframes go { to { top: 0 } } @keyframes stay { to { top: 0 } } p { animation: go 1s }",
            "@keyframes go{to{top:0}}p{animation:go 1s}",
        ),
        ('p::after { content: "a  b"; color: red !important }', 'p::after{content:"a  b";color:red!important}'),
        ("@page { margin: 2cm } @font-face { font-family: A }", "@page{margin:2cm}@font-face{font-family:A}"),
        (
            "/* why */ p { margin: 0  auto; /* because */ top: calc(1px  + 2px) }",
            "p{margin:0 auto;top:calc(1px + 2px)}",
        ),
    ],
)
def test_rules_come_out_whole(css: str, expected: str) -> None:
    """Groups, variables, animations, strings and nested rules survive as far as they are used."""
    assert kept(css) == expected
