"""The web editor: it offers what the model allows, and saves what a careful person would have written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from playwright.sync_api import Browser, Locator, Page, expect

from macros import editor
from macros.editor.configuration import configuration, fields
from macros.files import EDITOR
from macros.model import Actor, Event, Explainer, FrontMatter, NextStep, Obstacle, Question, Revision, Source, in_order
from tests import browser as tools
from tests.conftest import ARTICLE, EXPLAINER, ROOT, new_project, run, write

REPOSITORY = "https://github.com/example/site"
STORY = "data/explainers/story.yml"
FACTS = """\
# yaml-language-server: $schema=../schema/explainer.json
# Who wrote this: the desk.
published: 2025-10-31

takeaways:
  # The one that people quote.
  t-one:
    text: >
      The sky is blue, as everyone who has looked up can tell, and it stays so for as long as the sun stands high
      enough; in the evening it turns red, and at night it is as good as black, whatever the painters say about
      it in their letters.
    sources: [s-one] # a second one would be good
  t-two: {text: "Water: wet.", sources: [s-one]}

timeline:
  e-one:
    date: 2025-10 # no day is known
    title: A thing happened
    sources: [s-one]

open_questions:
  - Who pays?

sources:
  s-one: {title: A page, publisher: A paper, url: https://example.org/page, kind: newspaper}
"""


def offered(written: list[dict[str, Any]]) -> dict[str, Any]:
    """Fields of the configuration by their names; inside a list of records, without the id."""
    return {field["name"]: offered(field["fields"]) if "fields" in field else field for field in written}


def test_every_field_is_offered() -> None:
    """What the model allows, the editor shows, in the order in which it is written: no second list to keep."""
    made = {collection["name"]: collection for collection in configuration("a/b", "Site")["collections"]}
    for name, model in {"explainers": Explainer, "articles": FrontMatter, "actors": Actor}.items():
        names = [field["name"] for field in made[name]["fields"] if field["name"] not in ("body", "file")]
        assert names == in_order(model)
    for model in (Source, Event, Obstacle, NextStep, Question, Revision):
        assert [field["name"] for field in fields(model)] == in_order(model)
        assert [field["name"] for field in fields(model) if not field["hint"]] == []


def test_words_and_patterns_come_from_the_model() -> None:
    """A word is chosen from those that are allowed, a date that is no date is refused, and what must be there is."""
    event = offered(fields(Explainer))["timeline"]
    assert event["weight"]["options"] == ["major", "minor"]
    assert event["weight"]["required"] is False
    assert "required" not in event["date"]
    assert event["date"]["pattern"][0].startswith(r"^\d{4}")
    assert event["id"]["pattern"][1] == "Like this: e-vote"


def test_nothing_is_written_where_the_editor_is_not_installed(tmp_path: Path) -> None:
    """Readers' pages need no npm: without the editor, or a repository to write to, there is no such page."""
    editor.write(tmp_path, tmp_path / "site", REPOSITORY, "Site")
    editor.write(ROOT, tmp_path / "site", "", "Site")
    assert not (tmp_path / "site").exists()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that has nothing but the editor."""
    if not editor.is_installed(ROOT):
        tools.missing("the editor (uv run explainers editor)")
    folder = tmp_path_factory.mktemp("editor")
    editor.write(ROOT, folder, REPOSITORY, "Site")
    with tools.serving(folder) as origin:
        yield origin


def test_the_configuration_is_one_the_editor_knows(pages: str) -> None:
    """Nothing in it is misspelt: the editor's own schema accepts it."""
    assert pages
    schema = ROOT / EDITOR / "node_modules/@sveltia/cms/schema/sveltia-cms.json"
    found = Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).iter_errors(configuration("a/b", "Site"))
    assert [(list(error.absolute_path), error.message[:200]) for error in found] == []


# A folder that the browser keeps stands for the one that a person would pick: no test can answer that dialogue.
PICK = "window.showDirectoryPicker = () => navigator.storage.getDirectory()"
PUT = """async (files) => {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle(".git", {create: true});
    for (const [path, text] of Object.entries(files)) {
        let folder = root;
        for (const name of path.split("/").slice(0, -1)) folder = await folder.getDirectoryHandle(name, {create: true});
        const file = await folder.getFileHandle(path.split("/").at(-1), {create: true});
        const out = await file.createWritable();
        await out.write(text);
        await out.close();
    }
}"""
GET = """async (path) => {
    let folder = await navigator.storage.getDirectory();
    for (const name of path.split("/").slice(0, -1)) folder = await folder.getDirectoryHandle(name);
    return (await (await folder.getFileHandle(path.split("/").at(-1))).getFile()).text();
}"""


@pytest.fixture(scope="module")
def heard() -> list[str]:
    """The addresses that answered the editor."""
    return []


@pytest.fixture(scope="module")
def desk(pages: str, heard: list[str], browser: Browser) -> Iterator[Page]:
    """The editor on a repository in the browser's own storage."""
    page = browser.new_page(viewport={"width": 1200, "height": 6000})  # fields below the edge are not there yet
    page.on("response", lambda response: heard.append(response.url))
    page.add_init_script(PICK)
    page.goto(f"{pages}/edit/")
    page.evaluate(PUT, {STORY: FACTS, "docs/explainers/story.md": ARTICLE, "data/actors/china.yml": "name: China\n"})
    page.get_by_role("button", name="Work with Local Repository").click()
    page.get_by_role("row", name="story").wait_for()
    yield page
    page.close()


def field(page: Page, path: str) -> Locator:
    return page.locator(f'[data-key-path="{path}"]')


def unfold(page: Page, path: str) -> None:
    field(page, path).get_by_role("button", name="Expand").first.click()


def fill(page: Page, texts: dict[str, str]) -> None:
    """Write into fields, and again while a form that is still being made empties them."""
    boxes = {path: field(page, path).get_by_role("textbox") for path in texts}
    while any(boxes[path].input_value() != text for path, text in texts.items()):
        for path, text in texts.items():
            boxes[path].fill(text)
        page.wait_for_timeout(500)


def save(page: Page, path: str) -> str:
    """Save, wait for the list that this leads back to, and return what then stands in the file."""
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"#/collections/\w+$"))
    return str(page.evaluate(GET, path))


def test_a_saved_fact_is_one_changed_line(desk: Page, pages: str, tmp_path: Path) -> None:
    """Only the line with the fact differs; comments stay, and the checks have nothing to say or to mend."""
    desk.goto(f"{pages}/edit/#/collections/explainers/entries/story")
    unfold(desk, "timeline")
    unfold(desk, "timeline")  # its one record
    box = field(desk, "timeline.0.title").get_by_role("textbox")
    expect(box).to_have_value("A thing happened")
    box.fill("A thing happened: at last")
    saved = save(desk, STORY)
    assert saved == FACTS.replace("title: A thing happened", 'title: "A thing happened: at last"')
    project = new_project(tmp_path, own_code=False)
    write(project, {STORY: saved})
    checked = run(project, "explainers", "check", "--fix")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert "mended" not in checked.stderr
    assert (project / STORY).read_text(encoding="utf-8") == saved


def test_text_is_changed_as_text(desk: Page, pages: str) -> None:
    """An article is edited as it is written, calls included; its head stays as it was."""
    desk.goto(f"{pages}/edit/#/collections/articles/entries/story")
    box = field(desk, "body").get_by_role("textbox")
    expect(box).to_have_value(ARTICLE.split("---\n")[-1].strip())
    box.fill(box.input_value().replace("A thing happened.", "Two things happened."))
    saved = save(desk, "docs/explainers/story.md")
    assert saved == ARTICLE.replace("A thing happened.", "Two things happened.")


def test_an_actor_is_added(desk: Page, pages: str) -> None:
    """A new file begins with the line for editors, has its fields in their order, and is named by an id."""
    desk.goto(f"{pages}/edit/#/collections/actors/new")
    fill(desk, {"name": "Côte d'Ivoire", "summary": "A state: in West Africa."})
    field(desk, "kind").get_by_role("radio", name="state").click()
    expect(field(desk, "kind").get_by_role("radio", name="state")).to_be_checked()
    assert save(desk, "data/actors/cote-d-ivoire.yml") == (
        "# yaml-language-server: $schema=../schema/actor.json\n"
        "name: Côte d'Ivoire\n"
        "kind: state\n"
        'summary: "A state: in West Africa."\n'
    )


def test_readers_never_meet_it(site: Path) -> None:
    """No page for readers leads to the editor or loads any of it, and neither search nor the map of the site has it."""
    links = re.compile(r"""(?:href|src)=["']?(?:/|[./]+)?edit/""")
    pages = [page for page in site.rglob("*.html") if page.parent.name != "edit"]
    assert len(pages) > 10
    assert [page for page in pages if links.search(page.read_text(encoding="utf-8"))] == []
    indexes = [site / "sitemap.xml", *(site / "search").rglob("*.json")]
    assert len(indexes) > 2
    assert [file for file in indexes if re.search(r"[\"/]edit/", file.read_text(encoding="utf-8"))] == []


def test_the_editor_talks_to_nobody_else(desk: Page, heard: list[str], pages: str) -> None:
    """Whatever it would fetch from elsewhere, its policy stops; its letters and signs come with it."""
    assert desk.locator('meta[name="robots"]').first.get_attribute("content") == "noindex"
    desk.wait_for_function(
        "[...document.fonts].some((font) => /Material/.test(font.family) && font.status === 'loaded')"
    )
    assert len(heard) > 10
    assert [url for url in heard if not url.startswith((f"{pages}/", "blob:"))] == []


CHANGE = """async ([text, change]) => {
    const [{toFacts, toForm}, {merge, read}, {parse}] =
        await Promise.all(["forms", "merging", "yaml/index"].map((name) => import(`/edit/${name}.js`)));
    const config = parse(await (await fetch("/edit/config.yml")).text());
    const fields = config.collections[0].fields.filter(({name}) => name !== "file");
    const form = toForm(read(text), fields);
    new Function("form", change)(form);
    return merge(text, toFacts(form, fields), fields);
}"""


@pytest.fixture(scope="module")
def bench(pages: str, browser: Browser) -> Iterator[Page]:
    """A page on which the editor's way of writing can be tried without its forms."""
    page = browser.new_page()
    page.goto(f"{pages}/edit/forms.js")
    yield page
    page.close()


@pytest.mark.parametrize("file", [*sorted(ROOT.glob("data/explainers/*.yml")), None])
def test_what_is_not_changed_stays(bench: Page, file: Path | None) -> None:
    """A file that is opened and saved is the same, byte for byte."""
    text = file.read_text(encoding="utf-8") if file else FACTS
    assert bench.evaluate(CHANGE, [text, ""]) == text


LONG = "It came, and with it a great many words that nobody had asked for and that fill more than the one line which they have."


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("form.takeaways[0].sources.push('s-two')", "    sources: [s-one] #", "    sources: [s-one, s-two] #"),
        (
            "form.takeaways[0].text = form.takeaways[0].text.replace('turns red', 'goes dark red and blue')",
            "enough; in the evening it turns red, and at night it is as good as black, whatever the painters say about\n",
            "enough; in the evening it goes dark red and blue, and at night it is as good as black, whatever the painters say\n      about\n",
        ),
        ("form.takeaways[1].text = 'Wet, or so.'", '{text: "Water: wet."', '{text: "Wet, or so."'),
        ("form.takeaways[1].confidence = 'reported'", "[s-one]}\n\nt", "[s-one], confidence: reported}\n\nt"),
        (
            "form.timeline[0].weight = 'major'",
            "    sources: [s-one]\n\no",
            "    weight: major\n    sources: [s-one]\n\no",
        ),
        (
            "form.timeline.push({id: 'e-two', date: '2025-11', title: 'Yes', text: '', actors: [], sources: ['s-one']})",
            "\n\nopen",
            "\n  e-two:\n    date: 2025-11\n    title: Yes\n    sources: [s-one]\n\nopen",
        ),
        (f"form.timeline[0].text = '{LONG}'", "happened\n", f"happened\n    text: >\n      {LONG[:-6]}\n      have.\n"),
        ("form.open_questions.push({text: 'Who reads?'})", "  - Who pays?\n", "  - Who pays?\n  - Who reads?\n"),
        (
            "form.open_questions[0].recorded = '2025-11-25'",
            "  - Who pays?\n",
            "  - text: Who pays?\n    recorded: 2025-11-25\n",
        ),
        ("form.open_questions = []", "open_questions:\n  - Who pays?\n\n", ""),
        ("form.lifecycle = 'live'", "published", "lifecycle: live\npublished"),
        ("form.issues = {'is-it': 'Is it?'}", "\ntimeline", "\nissues:\n  is-it: Is it?\n\ntimeline"),
        ("form.takeaways.reverse()", None, None),
    ],
)
def test_what_is_changed_is_written_as_a_person_would(bench: Page, change: str, old: str, new: str) -> None:
    """Texts, lists, new records and fields: in their place, in their order, in their neighbours' manner."""
    written = bench.evaluate(CHANGE, [FACTS, change])
    if old is None:
        assert list(yaml.safe_load(written)["takeaways"]) == ["t-two", "t-one"]
        assert "  # The one that people quote.\n" in written
        return
    assert FACTS.count(old) == 1
    assert written == FACTS.replace(old, new)


def test_the_small_project_is_read_too(bench: Page) -> None:
    """Facts on one line each are changed on that line."""
    written = bench.evaluate(CHANGE, [EXPLAINER, "form.timeline[0].date = '2025-10-31'"])
    assert written == EXPLAINER.replace("2025-10-30", "2025-10-31")
