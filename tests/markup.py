"""What HTML must be, whatever it says: every element ends, nothing is nested where it cannot be, no id occurs twice."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PHRASING = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "em", "strong", "cite", "sup", "time", "del", "ins"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "details", "div", "dl", "figure", "footer", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip


class Markup(HTMLParser):
    """Collects what is wrong with a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS and (outer := PHRASING & set(self.open)):
            self.wrong.append(f"<{tag}> in <{sorted(outer)[0]}>")
        if tag == "a" and "a" in self.open:
            self.wrong.append("<a> in <a>")
        id_ = dict(attrs).get("id")
        if id_ in self.ids:
            self.wrong.append(f"id {id_} twice")
        if id_:
            self.ids.add(id_)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> does not end what was open")


def faults(html: str) -> list[str]:
    """What is wrong with a piece of HTML; nothing, when it is well formed."""
    parser = Markup()
    parser.feed(html)
    parser.close()
    return [*parser.wrong, *(f"<{tag}> never ends" for tag in parser.open)]
