"""The built site: whole, valid, on its own, the same every time, and true to what was typed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml

from macros.dates import parse
from macros.model import SECTIONS
from tests.browser import missing, tool
from tests.conftest import ROOT, contents, run, write
from tests.found import found

pytestmark = pytest.mark.xdist_group("site")

ADDRESS = "https://open-questions.github.io/"
FACTS = sorted((ROOT / "data/explainers").glob("*.yml"))
LEADS_AWAY = {"canonical", "alternate", "prev", "next", "license", "author", "help", "search"}
IN_CSS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


@dataclass
class Page:
    """What a browser would see in an HTML file, as far as these tests care."""

    url: str
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)
    attributes: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    text: str = ""


class Reader(HTMLParser):
    """Fills in a `Page`."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.path: list[str] = []
        self.start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.page.attributes += values.values()
        self.page.classes.update(values.get("class", "").split())
        self.page.ids += [values["id"]] if "id" in values else []
        self._refer(tag, values)
        if tag in ("time", "h1", "h2", "h3", "style"):
            self.path.append(values.get("datetime", ""))
            self.start = len(self.page.text)

    def _refer(self, tag: str, values: dict[str, str]) -> None:
        rel = set(values.get("rel", "").split())
        links = tag == "a" or (tag == "link" and rel <= LEADS_AWAY)
        targets = [values[name] for name in ("href", "xlink:href") if name in values]
        (self.page.links if links else self.page.loads).extend(targets)
        self.page.loads += [values[name] for name in ("src", "poster", "data", "action") if values.get(name)]
        self.page.loads += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
        self.page.loads += IN_CSS.findall(values.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        text = self.page.text[self.start :]
        if tag == "time":
            self.page.times.append((self.path.pop(), text))
        elif tag == "style":
            self.page.loads += IN_CSS.findall(text)
        elif tag in ("h1", "h2", "h3"):
            self.page.headings.append(text.removesuffix("#").strip())

    def handle_data(self, data: str) -> None:
        self.page.text += data


def read(folder: Path, file: Path) -> Page:
    name = file.relative_to(folder).as_posix()
    page = Page(ADDRESS + name.removesuffix("index.html"))
    reader = Reader(page)
    reader.feed(file.read_text(encoding="utf-8"))
    reader.close()
    return page


@cache
def pages(folder: Path) -> dict[str, Page]:
    """Every page of a site by its address; the editor is none of them."""
    found = (file for file in sorted(folder.rglob("*.html")) if file.parent.name != "edit")
    return {page.url: page for page in (read(folder, file) for file in found)}


def story(folder: Path, slug: str = "story") -> Page:
    return pages(folder)[f"{ADDRESS}explainers/{slug}/"]


def wrong(folder: Path, base: str, target: str) -> str | None:
    """Why an address leads nowhere; None when it leads somewhere or to another host."""
    url, anchor = urldefrag(urljoin(base, target))
    if not url.startswith(ADDRESS):
        return None
    path = unquote(urlsplit(url).path).lstrip("/")
    file = folder / path / "index.html" if path.endswith("/") or not path else folder / path
    if not file.is_file():
        return f"{base}: {target} leads to no file"
    page = pages(folder).get(url)
    if anchor and page and unquote(anchor) not in page.ids:
        return f"{base}: {target} leads to no id"
    return None


def foreign(base: str, target: str) -> bool:
    return not target.startswith("data:") and not urljoin(base, target).startswith(ADDRESS)


def styles(folder: Path) -> Iterator[tuple[str, str]]:
    """Every address that a style sheet loads, with the sheet's own."""
    for file in folder.rglob("*.css"):
        base = ADDRESS + file.relative_to(folder).as_posix()
        yield from ((base, target) for target in IN_CSS.findall(file.read_text(encoding="utf-8")))


def test_every_link_leads_somewhere(site: Path) -> None:
    """Every internal address in every page leads to a file and, where it names an anchor, to that anchor."""
    targets = [(page.url, target) for page in pages(site).values() for target in page.links + page.loads]
    targets += list(styles(site))
    assert len(targets) > 100
    assert [reason for base, target in targets if (reason := wrong(site, base, target))] == []


def test_what_is_not_there_says_so_in_its_title(site: Path) -> None:
    """A tab, a bookmark and a screen reader show the title first."""
    assert "<title>Page not found - Open Questions</title>" in (site / "404.html").read_text(encoding="utf-8")


def test_machines_are_led_somewhere(site: Path) -> None:
    """So do the search index and the sitemap."""
    targets = [entry.location for entry in found(site)]
    targets += re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert len(targets) > 10
    assert [reason for target in targets if (reason := wrong(site, ADDRESS, target))] == []


def test_no_id_stands_twice(site: Path) -> None:
    """An anchor is one place on its page."""
    twice = {page.url: [id_ for id_, n in Counter(page.ids).items() if n > 1] for page in pages(site).values()}
    assert {url: ids for url, ids in twice.items() if ids} == {}


def test_nothing_comes_from_another_host(site: Path) -> None:
    """No page and no style sheet loads anything from anybody else; links are all that leads away."""
    loads = [(page.url, target) for page in pages(site).values() for target in page.loads]
    assert len(loads) > 10
    assert [(base, target) for base, target in [*loads, *styles(site)] if foreign(base, target)] == []


@pytest.mark.parametrize("file", FACTS, ids=lambda file: file.stem)
def test_every_record_has_its_anchor(site: Path, file: Path) -> None:
    """A record's id is its address on the page."""
    facts = yaml.safe_load(file.read_text(encoding="utf-8"))
    if facts.get("lifecycle") == "draft":
        pytest.skip("a draft has no page")
    ids = {id_ for section in SECTIONS for id_ in facts.get(section, {})}
    assert ids - set(story(site, file.stem).ids) == set()


def test_pages_made_from_facts_show_them(site: Path) -> None:
    """The lists over all explainers and every actor's page have their entries, and no token is left on any page."""
    made = {"explainers/": "explainers", "next/": "upcoming", "outcomes/": "outcomes", "changes/": "changes"}
    made |= {f"actors/{file.stem}/": "actor-page" for file in (ROOT / "data/actors").glob("*.yml")}
    assert len(made) > 4
    assert [url for url, name in made.items() if pages(site)[ADDRESS + url].classes[name] != 1] == []
    assert [page.url for page in pages(site).values() if re.search("explainers(block|inline):", page.text)] == []


def test_html_is_valid(site: Path) -> None:
    """The validator of the W3C finds no error in any page or picture."""
    java = shutil.which("java") or missing("Java")
    jar = tool("vnu-jar/build/dist/vnu.jar")
    quick = ("-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # it ends before better code has paid
    command = [java, *quick, "-jar", str(jar), "--errors-only", "--skip-non-html", "--also-check-svg", str(site)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("file", FACTS, ids=lambda file: file.stem)
def test_picture_and_list_agree(site: Path, file: Path) -> None:
    """Every relation is an arrow in the picture, a number on it, and an entry in the list."""
    relations = yaml.safe_load(file.read_text(encoding="utf-8")).get("relations", [])
    classes = story(site, file.stem).classes
    shown = [classes[f"relations__{part}"] for part in ("arrow", "number", "item")]
    assert shown == [len(relations)] * 3


def test_times_are_as_exact_as_their_words(site: Path) -> None:
    """Each `<time>` is a true date that says what its text says: no month becomes a day, and no day a month."""
    times = {time for page in pages(site).values() for time in page.times}
    assert len(times) > 10
    assert [(iso, text) for iso, text in times if str(parse(iso)) != text.removeprefix("about ")] == []


def test_the_same_site_twice(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same facts on the same day give the same bytes, whatever order Python keeps its sets in."""
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    again = tmp_path / "again"
    built = run(ROOT, "mkdocs", "build", "--strict", "--site-dir", str(again))
    assert built.returncode == 0, built.stderr
    first, second = contents(site), contents(again)
    assert first.keys() == second.keys()
    assert [name for name, content in first.items() if content != second[name]] == []


def build(project: Path) -> Path:
    built = run(project, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stdout + built.stderr
    return project / "site"


def test_drafts_stay_at_home(project: Path) -> None:
    """Nothing of a draft is in the built site: no page, no entry, no word."""
    facts, article = project / "data/explainers/story.yml", project / "docs/explainers/story.md"
    write(
        project,
        {
            "data/explainers/secret.yml": "lifecycle: draft\n" + facts.read_text(encoding="utf-8"),
            "docs/explainers/secret.md": article.read_text(encoding="utf-8").replace("What happened?", "Zanzibar?"),
        },
    )
    site = contents(build(project))
    assert "explainers/story/index.html" in site
    assert [name for name, content in site.items() if "secret" in name or b"Zanzibar" in content] == []


MORE = """\
actors:
  china: {role: A neighbour., sources: [s-one]}
obstacles:
  o-one: {title: A wall, blocks: [n-one]}
next_steps:
  n-one: {title: A vote, expected: 2026-04, basis: announced}
  n-two: {title: A talk, expected: 2026-11-03~, basis: announced}
open_questions: [Who knows?]
revisions:
  - {on: 2026-05-01, level: major, kind: update, text: A vote was announced.}
"""


def test_sections_that_an_article_leaves_out_are_appended(project: Path) -> None:
    """Every fact has its anchor: what the article does not place follows at its end, once, under a heading."""
    facts = project / "data/explainers/story.yml"
    facts.write_text(facts.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    write(
        project,
        {
            "data/actors/china.yml": "{name: China, kind: state, summary: A state in Asia.}\n",
            "docs/explainers/story.md": "---\ntitle: Why?\n---\n\n## Early on\n\n{{ timeline(limit=1) }}\n\n"
            "## Ahead\n\n{{ next_steps() }}\n",
        },
    )
    page = story(build(project))
    assert page.headings == [
        *("Why?", "Early on", "Ahead", "A vote", "A talk", "Key takeaways", "Who wants what", "China"),
        *("What has happened", "A thing happened", "What stands in the way", "A wall", "What is not known"),
        *("What has changed on this page", "How we know", "Sources", "Use this page"),
    ]
    assert {"t-one", "china", "e-one", "o-one", "n-one", "s-one"} <= set(page.ids)
    assert page.classes["next-steps"] == 1
    assert ("2026-04", "April 2026") in page.times
    assert ("2026-11-03", "about 3 November 2026") in page.times


NASTY = """<b>x</b> & &amp; <img src=x onerror=alert(1)> {{ 7*7 }} {% if %} {# c #} *a* _b_ [l](m) `c` "q" 'p' \\n #1"""


def nasty(path: str) -> str:
    """A text full of signs that mean something in HTML, Jinja and Markdown; says where it belongs."""
    return f"{path} {NASTY}"


def nasty_facts() -> dict[str, object]:
    """Facts with such a text in every field that takes one."""
    attested = {
        "sources": ["s-one"],
        "confidence": "disputed",
        "accounts": [
            {"by": nasty("by-one"), "says": nasty("says-one"), "sources": ["s-one"]},
            {"by": "china", "says": nasty("says-two"), "sources": ["s-two"]},
        ],
    }
    stance = {"actor": "china", "issue": "issue", **attested}
    source = {
        "publisher": nasty("publisher"),
        "kind": "newspaper",
        "url": "https://example.org/?a='1'&copy=2",
        "archived": "https://example.org/{{7*7}}",
    }
    return {
        "assessment": [
            {"as_of": "2026-01-01", "level": "moving", "change": "better", "because": nasty("because-0"), **attested},
            {"as_of": "2026-01-02", "level": "moving", "change": "better", "because": nasty("because-1"), **attested},
        ],
        "takeaways": {"t-one": {"text": nasty("takeaway"), **attested}},
        "actors": {
            "china": {
                **{name: nasty(name) for name in ("role", "wants", "position", "leverage", "limits")},
                **attested,
            },
            "russia": {"role": "A state.", "sources": ["s-one"]},
        },
        "relations": [{"from": "china", "to": "russia", "kind": "trade", "text": nasty("relation"), **attested}],
        "issues": {"issue": nasty("issue")},
        "stances": [
            {"position": nasty("position-0"), "on": "2026-01-01", "says": nasty("stance-0"), **stance},
            {"position": nasty("position-1"), "on": "2026-01-02", "says": nasty("stance-1"), **stance},
        ],
        "timeline": {"e-one": {"date": "2026-01", "title": nasty("event"), "text": nasty("event-text"), **attested}},
        "obstacles": {
            "o-one": {
                **{name: nasty(f"obstacle-{name}") for name in ("title", "text", "removed_when")},
                "blocks": ["n-one"],
                "held_by": ["china"],
                "history": [
                    {"on": "2026-01-01", "status": "open", "because": nasty("state-0"), **attested},
                    {"on": "2026-01-02", "status": "eased", "because": nasty("state-1"), **attested},
                ],
            }
        },
        "next_steps": {
            "n-one": {
                "title": nasty("step-title"),
                "expected": "2026-04",
                "basis": "announced",
                "by": ["china"],
                "done_when": nasty("done_when"),
                "history": [{"on": "2026-01-01", "status": "scheduled", "because": nasty("step-state"), **attested}],
                "outcome": {"on": "2026-04-01", "result": "done", "text": nasty("outcome"), **attested},
            }
        },
        "open_questions": [nasty("question")],
        "sources": {
            "s-one": {"title": nasty("source-1"), **source},
            "s-two": {"title": nasty("source-2"), "derives_from": "s-one", **source},
        },
        "revisions": [
            {
                "on": "2026-01-01",
                "level": "major",
                "kind": "correction",
                "about": ["t-one", "e-one"],
                **{name: nasty(f"revision-{name}") for name in ("text", "was", "now")},
            }
        ],
    }


def texts(value: object) -> Iterator[str]:
    """Every nasty text inside a value."""
    if isinstance(value, str) and NASTY in value:
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def nasty_project(project: Path) -> None:
    """Put such a text wherever one can be typed."""
    head = json.dumps({"title": nasty("title"), "description": nasty("description"), "tags": [nasty("tag")]})
    home = json.dumps({"title": nasty("home"), "description": nasty("home-description")})
    calls = '{{ cite("s-one") }} {{ actor("china") }} {{ event("e-one") }} {{ step("n-one") }}'
    actor = {"kind": "state", "summary": nasty("summary")}
    write(
        project,
        {
            "data/explainers/story.yml": json.dumps(nasty_facts()),
            "data/actors/china.yml": json.dumps({"name": nasty("name"), **actor}),
            "data/actors/russia.yml": json.dumps({"name": "Russia", **actor}),
            "docs/explainers/story.md": f"---\n{head}\n---\n\n{calls}\n",
            "docs/index.md": f"---\n{home}\n---\n\n{{{{ explainers() }}}}\n",
        },
    )


def flat(text: str) -> str:
    return " ".join(text.split())


def test_texts_appear_as_typed(project: Path) -> None:
    """Signs of HTML, Jinja and Markdown in a title, a description or a fact are text, wherever it is shown."""
    nasty_project(project)
    site = build(project)
    page, home = story(site), pages(site)[ADDRESS]
    everything = flat(page.text)
    wanted = {*texts(nasty_facts()), nasty("title"), nasty("description"), nasty("name"), nasty("tag")}
    assert len(wanted) > 35
    assert [text for text in sorted(wanted) if flat(text) not in everything] == []
    for there, title, description in ((page, "title", "description"), (home, "home", "home-description")):
        assert f"{nasty(title)} - Open Questions" in flat(there.text)
        assert nasty(title) in there.headings
        assert nasty(description) in there.attributes
    assert nasty("title") in flat(home.text)
    assert nasty("description") in flat(home.text)
    assert "https://example.org/?a='1'&copy=2" in page.links
    assert {"img", "x"} & {tag for there in (page, home) for tag in there.loads} == set()
