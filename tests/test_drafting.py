"""`explainers new`: from nothing, and from briefs of every shape, with the real command."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros import brief
from macros.drafting import draft
from macros.marks import Checker, vocabulary
from macros.model import Explainer, in_order
from tests.conftest import EXPLAINER, run, write

FACTS, PAGE = "data/explainers/bridge.yml", "docs/explainers/bridge.md"

BRIEF = """\
Presented by

The town of Arlow wants a bridge, and nobody has said who pays. Mayor Ada Brink calls it overdue.

“We will build it,” Brink said on 3 May 2025. In June 2025 the council met; see [the minutes](https://example.org/minutes).

Why the river matters

Ships pass twice a day:

  • The ferry of the Harbour Board;

  • Grain barges from Upper Lenn.

Challenges ahead

Two things stand out:

  • Money: nobody has promised any.

  • The Harbour Board owns the bank, and it has refused to sell.

What’s Next?

  1. The council votes on 12 March 2027.

  2. The Harbour Board may answer.

Key Takeaways

  • The bridge has no money: "none at all", says Brink.

  • The ferry goes on.

Start your day well.

A million readers start their day with a letter.

It is free, so sign up today.

Reply
"""


def new(project: Path, text: str | bytes, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `explainers new bridge --seed brief.txt`."""
    write(project, {"brief.txt": text})
    return run(project, "explainers", "new", "bridge", "--seed", "brief.txt", *options)


def facts(project: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((project / FACTS).read_text(encoding="utf-8"))
    return loaded


def page(project: Path) -> str:
    return (project / PAGE).read_text(encoding="utf-8")


def assert_previews(project: Path) -> None:
    """The draft has only things to do, and stops neither the check nor the strict build."""
    checked = run(project, "explainers", "check")
    assert checked.returncode == 0, checked.stdout
    assert checked.stderr.startswith("0 problems in 2 explainers; ")
    built = run(project, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert not (project / "site/explainers/bridge").exists()


def test_from_nothing(project: Path) -> None:
    """A skeleton that is valid as a draft, with a line for every section, and everything in it still to do."""
    made = run(project, "explainers", "new", "bridge")
    assert (made.returncode, made.stdout.split()) == (0, [PAGE, FACTS])
    text = (project / FACTS).read_text(encoding="utf-8")
    assert [name for name in in_order(Explainer) if f"\n{name}:" not in text and f"\n# {name}: " not in text] == []
    assert facts(project)["lifecycle"] == "draft"
    assert_previews(project)


def test_from_a_brief(project: Path) -> None:
    """Headings become questions, lists become records of their kind, and each says that it lacks a source."""
    made = new(project, BRIEF)
    assert made.returncode == 0, made.stderr
    found = facts(project)
    assert [record["text"] for record in found["takeaways"].values()] == [
        'The bridge has no money: "none at all", says Brink.',
        "The ferry goes on.",
    ]
    assert list(found["obstacles"]) == ["o-money", "o-harbour-board-owns-bank"]
    assert found["obstacles"]["o-money"]["title"] == "Money"
    assert [str(record["expected"]) for record in found["next_steps"].values()] == ["2027-03-12", "unknown"]
    assert [str(record["date"]) for record in found["timeline"].values()] == ["2025-05-03"]
    assert [record["url"] for record in found["sources"].values()] == ["https://example.org/minutes"]
    records = [
        record for name in ("takeaways", "timeline", "obstacles", "next_steps") for record in found[name].values()
    ]
    assert [record for record in records if "TODO source" not in str(record)] == []
    headings = [line for line in page(project).splitlines() if line.startswith("## ")]
    assert headings[:3] == ["## Why the river matters?", "## Challenges ahead?", "## What’s Next?"]
    assert_previews(project)


def test_what_to_check_is_marked(project: Path) -> None:
    """Dates, quoted speech and names are marked in the article and beside the records, and `check` names them."""
    new(project, BRIEF)
    for passage in ("Arlow", "Mayor Ada Brink", "“We will build it,”", "3 May 2025", "June 2025", "Upper Lenn"):
        assert f"<mark>{passage}</mark>" in page(project)
    assert '# TODO check: "none at all"; Brink' in (project / FACTS).read_text(encoding="utf-8")
    lines = run(project, "explainers", "check").stdout
    assert f"{PAGE}:8:1: this is still to be checked: `“We will build it,”`, `3 May 2025`, `June 2025`. " in lines


def test_advertisement_is_left_out_and_named(project: Path) -> None:
    """What reads like advertisement is in neither file; its lines are named, so that nothing vanishes unseen."""
    made = new(project, BRIEF)
    text = page(project) + (project / FACTS).read_text(encoding="utf-8")
    assert [word for word in ("Presented", "million", "sign up", "Reply", "Start your day") if word in text] == []
    assert "brief.txt:1:1: left out up to line 1" in made.stderr
    assert "brief.txt:35:1: left out up to line 41" in made.stderr


def test_nothing_is_invented(project: Path) -> None:
    """Every word of a drafted text, and of an id, stands in the brief."""
    new(project, BRIEF)
    for section in ("takeaways", "timeline", "obstacles", "next_steps"):
        for id_, record in facts(project)[section].items():
            texts = [record[name] for name in ("text", "title") if name in record]
            assert [t for t in texts if " ".join(t.removesuffix(" …").split()) not in " ".join(BRIEF.split())] == []
            assert [word for word in id_.split("-")[1:] if word not in BRIEF.lower().replace("’", "")] == []


@pytest.mark.parametrize("lifecycle", ["live", "monitoring", "closed"])
def test_published_explainers_refuse_it(project: Path, lifecycle: str) -> None:
    """What a draft may leave to do is a mistake in everything that readers see: exit 1, and nothing is built."""
    new(project, BRIEF)
    before = run(project, "explainers", "check").stdout
    text = (project / FACTS).read_text(encoding="utf-8")
    write(project, {FACTS: text.replace("lifecycle: draft", f"lifecycle: {lifecycle}")})
    checked, built = run(project, "explainers", "check"), run(project, "mkdocs", "build", "--strict")
    assert (checked.returncode, checked.stdout) == (1, before)
    assert built.returncode == 1
    assert "`TODO source`: this has no source yet" in built.stderr


def test_annotations_weigh_it(project: Path) -> None:
    """On GitHub what a draft leaves to do is a warning, and an error once it is to be published."""
    new(project, BRIEF)
    assert (
        "::warning file=data/explainers/bridge.yml" in run(project, "explainers", "check", "--format", "github").stdout
    )
    text = (project / FACTS).read_text(encoding="utf-8")
    write(project, {FACTS: text.replace("lifecycle: draft", "lifecycle: live")})
    assert "::warning" not in run(project, "explainers", "check", "--format", "github").stdout


def test_nothing_is_overwritten(project: Path) -> None:
    """Exit 1 when either file is there; both stay as they were."""
    ran = run(project, "explainers", "new", "story")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "already; nothing was written" in ran.stderr
    assert (project / "data/explainers/story.yml").read_text(encoding="utf-8") == EXPLAINER
    write(project, {PAGE: "mine"})
    assert run(project, "explainers", "new", "bridge").returncode == 1
    assert page(project) == "mine"
    assert not (project / FACTS).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["A Bridge"], "such as `a-bridge`"),
        (["../bridge"], "is not an id"),
        ([], "Missing argument"),
        (["bridge", "--seed", "nowhere.txt"], "does not exist"),
    ],
)
def test_usage(project: Path, arguments: list[str], said: str) -> None:
    """A name that is no id, or a brief that is not there: exit 2, in a sentence."""
    ran = run(project, "explainers", "new", *arguments)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [(b"Caf\xe9 Brink\n", "brief.txt:1:4: the file is not UTF-8"), (b"", "brief.txt:1:1: the file is empty")],
    ids=["not UTF-8", "empty"],
)
def test_briefs_that_cannot_be_read(project: Path, text: bytes, said: str) -> None:
    """It is not guessed at what a brief says: the place and the way out are named, and nothing is written."""
    ran = new(project, text)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert not (project / PAGE).exists()


LONG = "\n\n".join(
    f"{'Part' if n % 20 else 'On'} {n} of the story says that Ada Brink met the council on {n % 28 + 1} May 2025, and that "
    "“nothing was agreed”, as people who were there recall without notes." for n in range(720)
)  # fmt: skip
SHAPES = {
    "no headings": "One thing happened.\n\nThen another did, in Arlow.\n",
    "one word": "Bridge\n",
    "windows": BRIEF.replace("\n", "\r\n"),
    "old mac": BRIEF.replace("\n", "\r"),
    "byte order mark": "\ufeff" + BRIEF,
    "numbered": "Key points\n\n1) First: one.\n2) Second.\n(3) Third.\n",
    "markdown": "# A bridge for Arlow?\n\nText.\n\n## Obstacles\n\n* **Money.** None.\n\n## Next steps\n\n1. A *vote*.\n",
    "front matter": "---\ntitle: 'Who pays: them?'\n---\n\nText.\n\n**Key takeaways**\n\n- It's here.\n",
    "setext": "A bridge\n========\n\nText.\n\nNext steps\n----------\n\n- A vote.\n",
    "hostile": "{{ timeline() }} {% for x in y %} <script>alert(1)</script> [a](javascript:b) ![c](d.png) [e](f.md)\n\n!!! note\n\n"
    "Takeaways\n\n- {{ cite('x') }}: #1 & <b>\n- 'quoted': \"twice\" \\ back\n- null\n- ~\n- # hash\n- @at `tick`\n- -\n- ?\n- |\n",
    "signs": "A\u2028B\x00C\x1b[31m \u202e\x85 D\ufeff\n\nTakeaways\n\n- a\x07b\tc\n",
    "not latin": "桥\n\n谁付钱\n\n## Takeaways\n\n- 没有钱。\n- Нет денег.\n",
    "same words": "Takeaways\n\n- The same.\n- The same.\n- The same.\n",
    "bullets only": "- one\n- two\n  - nested\n\n      code\n",
    "code": "Text\n\n```\n{{ code }}\n```\n\n    indented {{ x }}\n\n| a | b |\n|---|---|\n| {{ c }} | d |\n",
    "20,000 words": LONG,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_briefs_of_other_shapes(shape: str, project: Path) -> None:
    """Whatever the brief looks like, the draft can be previewed and has nothing but things to do."""
    made = new(project, SHAPES[shape])
    assert made.returncode == 0, made.stderr
    assert "TODO source" in (project / FACTS).read_text(encoding="utf-8")
    checked = run(project, "explainers", "check")
    assert checked.returncode == 0, checked.stdout[-2000:]
    if shape in ("hostile", "signs", "20,000 words", "code"):
        assert_previews(project)


def test_shapes_that_say_the_same() -> None:
    """Line ends and a byte order mark make no difference to what is read."""
    readings = [brief.read(SHAPES[shape].lstrip("\ufeff")) for shape in ("windows", "old mac", "byte order mark")]
    assert readings == [brief.read(BRIEF)] * 3


def test_headings_and_kinds() -> None:
    """The title names the whole; numbered, bold and underlined headings lead to records like any other."""
    markdown, bold, numbered = (brief.read(SHAPES[shape]) for shape in ("markdown", "front matter", "numbered"))
    assert (markdown.title, [s.kind for s in markdown.sections]) == (
        "A bridge for Arlow?",
        ["prose", "obstacles", "next_steps"],
    )
    assert (bold.title, bold.sections[-1].kind) == ("Who pays: them?", "takeaways")
    assert numbered.sections[0].kind == "takeaways"
    assert numbered.sections[0].blocks[0].items == ("First: one.", "Second.", "Third.")


def test_nothing_is_lost() -> None:
    """Every paragraph of a long brief stands in the article."""
    made = draft("bridge", brief.read(LONG), {}, date(2026, 7, 4))
    assert len(LONG.split()) > 20_000
    assert made.files[PAGE].count("as people who were there recall") == 720
    assert made.left_out == ()


def test_names_at_the_start_of_a_sentence() -> None:
    """A lone capital at the start counts as a name, unless the same word stands in small letters elsewhere."""
    text = "Brink went. Talks failed. The talks of May 2025 ended in New York. U.S. troops stayed; Ada Brink’s did not."
    words = Checker(vocabulary([text])).words(text)
    assert words == ["Brink", "May 2025", "New York", "U.S.", "Ada Brink"]
