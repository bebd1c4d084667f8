"""What is kept between builds: never believed unless it is whole, and never seen in what is built."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from macros.building import workers
from macros.building.units import Unit, units
from macros.building.workers import SharedMemory
from macros.calls import calls_in
from macros.components import COMPONENTS
from macros.edition import Library
from macros.load import ACTORS, EXPLAINERS
from macros.model import Actor
from macros.proofread import proofread
from macros.publish import Site
from macros.shards import VARIABLE
from macros.store import SPARED, Store, digest, packed
from macros.takeover.keys import Keys
from tests.conftest import ARTICLE, EXPLAINER, ROOT, contents, environment, new_project, run, write
from tests.processes import ran

DAY = date(2026, 7, 4)
KEY, OTHER = digest("a"), digest("b")
CONTENTS = {"page:a.md html": "ä".encode(), "file:b.png": bytes(range(256)), "file:c": b""}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def entry(store: Store) -> Path:
    """The file of the only entry."""
    (file,) = store.folder.glob("*/*")
    return file


def test_what_was_put_is_got(store: Store) -> None:
    """Also by a later build, and by kind."""
    store.put(KEY, packed(CONTENTS))
    found = Store(store.folder).get(KEY)
    assert found is not None
    assert dict(found) == CONTENTS
    assert dict(found.only("file:")) == {"b.png": CONTENTS["file:b.png"], "c": b""}
    assert store.get(OTHER) is None


def test_damage_is_noticed(store: Store) -> None:
    """Wherever a byte changed, and wherever the entry was cut short, it is as good as none, and is gone."""
    store.put(KEY, packed(CONTENTS))
    whole = entry(store).read_bytes()
    flipped = (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole)))
    for damaged in (*flipped, *(whole[:end] for end in range(len(whole))), whole + b"\n"):
        file = store.folder / KEY[:2] / KEY
        file.write_bytes(damaged)
        assert store.get(KEY) is None
        assert not file.exists()


def test_an_entry_of_another_key_is_foreign(store: Store) -> None:
    """Whoever renames one does not make it true."""
    store.put(KEY, packed(CONTENTS))
    (store.folder / OTHER[:2]).mkdir(exist_ok=True)
    shutil.copy(entry(store), store.folder / OTHER[:2] / OTHER)
    assert store.get(OTHER) is None


def test_a_store_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """The build goes on without it."""
    (tmp_path / "store").write_text("a file where the folder should be", encoding="utf-8")
    store = Store(tmp_path / "store")
    store.put(KEY, packed(CONTENTS))
    assert store.get(KEY) is None


def test_what_is_not_used_is_swept(store: Store) -> None:
    """The store grows no larger than the site."""
    store.put(KEY, packed(CONTENTS))
    os.utime(entry(store), (0, time.time() - SPARED - 1))
    later = Store(store.folder)
    later.put(OTHER, packed(CONTENTS))
    later.sweep()
    assert entry(store).name == OTHER


def test_a_store_can_spare_longer(tmp_path: Path) -> None:
    """A card is kept over the builds that do not ask for it."""
    store = Store(tmp_path, spared=SPARED * 2)
    store.put(KEY, packed(CONTENTS))
    os.utime(entry(store), (0, time.time() - SPARED - 1))
    Store(tmp_path, spared=SPARED * 2).sweep()
    assert entry(store).name == KEY
    os.utime(entry(store), (0, time.time() - SPARED * 2 - 1))
    Store(tmp_path, spared=SPARED * 2).sweep()
    assert not list(tmp_path.glob("*/*"))


def test_what_another_build_uses_is_not_swept(store: Store) -> None:
    """Whoever has just read an entry may read it again."""
    store.put(KEY, packed(CONTENTS))
    os.utime(entry(store), (0, 0))
    assert Store(store.folder).get(KEY)
    Store(store.folder).sweep()
    assert entry(store).name == KEY


class Asked(dict[str, Actor]):
    """Actors, with the ids of those that were asked for."""

    ids: set[str]

    def get(self, id_: str, default: Actor | None = None) -> Actor | None:  # type: ignore[override]
        self.ids.add(id_)
        return super().get(id_, default)


@pytest.fixture(scope="module")
def real() -> Library:
    """The facts of the real site."""
    found = proofread(ROOT, DAY).library
    actors = Asked(found.actors)
    actors.ids = set()
    return replace(found, actors=actors)


def test_a_unit_names_every_file_it_is_made_from(real: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever actor or other explainer its pages and files ask for is among the files that its key stands for."""
    asked, edition = real.actors, Library.edition
    assert isinstance(asked, Asked)
    slugs: set[str] = set()
    monkeypatch.setattr(Library, "edition", lambda self, slug: slugs.add(slug) or edition(self, slug))
    assert real.represented_by is real.represented_by  # it names every actor, once
    for unit in units(real, Site("A site", "https://example.org/", ""), Keys(ROOT, "")):
        asked.ids.clear()
        slugs.clear()
        make(unit, real)
        assert {f"{ACTORS}/{id_}.yml" for id_ in asked.ids if id_ in asked} <= unit.reads
        assert {f"{EXPLAINERS}/{slug}.yml" for slug in slugs} <= unit.reads
        assert {f"docs/explainers/{slug}.md" for slug in slugs} <= unit.reads


def make(unit: Unit, library: Library) -> None:
    """Make everything that belongs to a unit."""
    assert all(page.html for page in unit.pages)
    assert dict(unit.files())
    if unit.article:
        article = next(a for a in library.articles.values() if a.src_uri == unit.article)
        for call in calls_in(article):
            COMPONENTS[call.name].make(library.edition(article.slug), *call.args, **call.kwargs)


ACTOR = "name: China\nkind: state\nsummary: A country.\n"
STORIES = [f"story-{number}" for number in range(1, 8)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of eight explainers, built in two processes from nothing."""
    folder = new_project(tmp_path_factory.mktemp("built"), own_code=False)
    facts = EXPLAINER + "actors:\n  china: {role: Buyer, sources: [s-one]}\n"
    article = ARTICLE + '\nSee {{ event("story/e-one") }}.\n'
    write(folder, {"data/actors/china.yml": ACTOR})
    write(folder, {f"data/explainers/{slug}.yml": facts for slug in STORIES})
    write(folder, {f"docs/explainers/{slug}.md": article for slug in STORIES})
    assert site(folder)
    return folder


def site(folder: Path, processes: str = "2") -> dict[str, bytes]:
    """Build the project; every file of its site."""
    environ = environment(folder) | {"EXPLAINERS_PROCESSES": processes}
    built = ran(folder, "mkdocs", ["build", "--strict"], environ)
    assert built.returncode == 0, built.stdout + built.stderr
    return contents(folder / "site")


def copied(project: Path, folder: Path, *without: str) -> Path:
    """A copy of a project, its code linked as there, without the files and folders of these names."""
    return shutil.copytree(project, folder, symlinks=True, ignore=shutil.ignore_patterns(*without))


def test_one_process_and_nothing_kept_make_the_same(built: Path, tmp_path: Path) -> None:
    """Two processes, the store, and pages that go round Markdown leave no trace in the site."""
    alone = copied(built, tmp_path / "alone", ".cache", "site")
    assert site(alone, processes="1") == contents(built / "site")


@pytest.fixture
def no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a build: the threads of the test run stay out of the count."""
    monkeypatch.setattr(workers, "active_count", lambda: 1)


@pytest.mark.parametrize(("threads", "expected"), [(1, 2), (2, 1)])
def test_nothing_forks_beside_a_thread(threads: int, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview that watches and serves reads in one process: a lock held elsewhere would hold for ever in a copy."""
    monkeypatch.setattr(workers, "active_count", lambda: threads)
    assert workers.processes() == expected


@pytest.mark.usefixtures("no_thread")
def test_several_processes_read_as_one_does(built: Path, tmp_path: Path) -> None:
    """What each finds out about its share is known then, and whatever is wrong is said as by one."""
    folder = copied(built, tmp_path / "read", ".cache", "site")
    write(folder, {"data/explainers/story-3.yml": EXPLAINER.replace("[s-one]", "[s-none]")})
    write(folder, {"data/explainers/story-4.yml": "what: [is"})
    write(folder, {"docs/explainers/story-5.md": ARTICLE + "\n{{ nothing() }}\n"})
    memory = SharedMemory(Store(folder / "kept"), "engine")
    found, alone = proofread(folder, DAY, None, memory), proofread(folder, DAY)
    assert {problem.code for problem in found.problems} == {"unknown-source", "broken-yaml", "unknown-component"}
    assert (found.problems, found.sections) == (alone.problems, alone.sections)
    assert found.library.explainers == alone.library.explainers
    assert dict(found.lines) == dict(alone.lines)
    memory.close()


@pytest.mark.usefixtures("no_thread")
def test_a_process_that_fails_leaves_its_share_to_others() -> None:
    """What it was to find out is as if nobody had tried."""
    memory = SharedMemory(Store(Path("nowhere")), "engine")

    def find_out(part: Sequence[int]) -> None:
        for number in part:
            memory.keep(number, str(number))
        if 1 in part:
            os.kill(os.getpid(), signal.SIGKILL)

    memory.share(range(8), find_out)
    assert [number for number in range(8) if memory.knows(str(number))] == [0, 2, 4, 6]


def test_shards_make_the_same(built: Path, tmp_path: Path) -> None:
    """Three machines make a share each; who has what they kept makes no explainer and no actor, and the same site."""
    whole = copied(built, tmp_path / "whole", ".cache", "site")
    kept = whole / ".cache/build/made"
    for number in (1, 2, 3):
        shard = copied(built, tmp_path / str(number), ".cache", "site")
        made = share(shard, number)
        assert made.returncode == 0, made.stderr
        assert not (shard / "site").exists()
        shutil.copytree(shard / ".cache/build/made", kept, dirs_exist_ok=True)
    entries = {file: file.stat().st_ino for file in kept.glob("*/*")}
    assert len(entries) == 9
    assert site(whole) == contents(built / "site")
    assert {file: file.stat().st_ino for file in kept.glob("*/*")} == entries


def share(folder: Path, number: int) -> subprocess.CompletedProcess[str]:
    """One of three shares: the first by its command, the others by what it calls."""
    if number == 1:
        return run(folder, "explainers", "build", "--shard", "1/3")
    return ran(folder, "mkdocs", ["build", "--strict"], environment(folder) | {VARIABLE: f"{number}/3"})


@pytest.mark.parametrize("shard", ["0/3", "4/3", "3", "a/b", "-1/3", "1/0"])
def test_a_share_that_is_none(project: Path, shard: str) -> None:
    """It is a mistake in the call, and says what to write."""
    wrong = run(project, "explainers", "build", "--shard", shard)
    assert wrong.returncode == 2
    assert "such as 2/3" in wrong.stderr


def test_after_an_edit_everything_is_as_if_built_anew(built: Path, tmp_path: Path) -> None:
    """Although most is taken from the store, half of that is damaged, and some was made from something else."""
    edited = copied(built, tmp_path / "edited")
    write(edited, {"data/actors/china.yml": ACTOR.replace("China", "The People's Republic")})
    write(edited, {"data/explainers/story.yml": EXPLAINER.replace("A thing happened", "Another thing happened")})
    (edited / "docs/explainers/story-7.md").unlink()
    (edited / "data/explainers/story-7.yml").unlink()
    entries = sorted((edited / ".cache/build/made").glob("*/*"))
    assert len(entries) == 9
    entries[0].write_bytes(entries[1].read_bytes())
    entries[2].write_bytes(entries[2].read_bytes()[:-1])
    write(edited, {".cache/build/cards/00/old": "a card that nobody asks for"})
    os.utime(edited / ".cache/build/cards/00/old", (0, 0))
    anew = copied(edited, tmp_path / "anew", ".cache", "site")
    found = site(edited)
    assert b"Another thing happened" in found["explainers/story-1/index.html"]
    assert found == site(anew)
    assert not (edited / ".cache/build/cards/00/old").exists()


def test_an_unchanged_site_is_not_built_again(built: Path) -> None:
    """The build says so, and touches nothing; where a file of the site was touched, it is built."""
    before = (built / "site/index.html").stat().st_mtime_ns
    result = run(built, "mkdocs", "build", "--strict")
    assert result.returncode == 0
    assert "Nothing has changed since" in result.stderr
    assert (built / "site/index.html").stat().st_mtime_ns == before


def test_a_killed_build_leaves_the_old_site(built: Path, tmp_path: Path) -> None:
    """Whole, and nothing of the new one in it."""
    folder = copied(built, tmp_path / "killed", "build")
    before = contents(folder / "site")
    write(folder, {"docs/about.md": "---\ntitle: About\n---\n\nSomeone else.\n"})
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    with subprocess.Popen(command, cwd=folder, env=environment(folder), stderr=subprocess.DEVNULL) as build:
        while build.poll() is None and not (folder / ".site.new/explainers").exists():
            time.sleep(0.01)
        build.kill()
    assert build.returncode == -signal.SIGKILL
    assert contents(folder / "site") == before


def test_a_dirty_build_spoils_nothing(built: Path, tmp_path: Path) -> None:
    """It leaves pages out that have not changed: what it makes is not kept as if it were whole."""
    folder = copied(built, tmp_path / "dirty")
    write(folder, {"data/explainers/story.yml": EXPLAINER.replace("blue", "grey")})
    os.utime(folder / "docs/explainers/story.md", (0, 0))
    alone = environment(folder) | {"EXPLAINERS_PROCESSES": "1"}
    assert ran(folder, "mkdocs", ["build", "--dirty"], alone).returncode == 0
    clean = run(folder, "mkdocs", "build")
    assert clean.returncode == 0, clean.stderr
    assert "grey" in (folder / "site/explainers/story/index.html").read_text(encoding="utf-8")


MENUS = {
    "by title": lambda text: text.replace("- About: about.md", "- about.md"),
    "of all": lambda text: re.sub(r"\nnav:\n(?: .*\n)+", "\n", text),
    "of explainers": lambda text: text.replace("- About: about.md", "- explainers/story.md\n  - about.md"),
}


@pytest.mark.parametrize("menu", MENUS)
def test_menus_are_as_new(project: Path, menu: str) -> None:
    """Whatever is kept, every page shows the titles that stand in mkdocs.yml's `nav:`, or without one all."""
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    assert MENUS[menu](settings) != settings
    write(project, {"mkdocs.yml": MENUS[menu](settings)})
    for number in range(8):  # enough for two processes
        write(project, {f"data/explainers/s{number}.yml": EXPLAINER, f"docs/explainers/s{number}.md": ARTICLE})
    assert run(project, "mkdocs", "build").returncode == 0
    for path in ("docs/about.md", "docs/explainers/story.md"):
        text = (project / path).read_text(encoding="utf-8")
        write(project, {path: re.sub("title: .*", "title: Another title", text)})
    again = run(project, "mkdocs", "build")
    assert again.returncode == 0, again.stderr
    kept = contents(project / "site")
    shutil.rmtree(project / ".cache")
    assert run(project, "mkdocs", "build").returncode == 0
    fresh = contents(project / "site")
    assert {path for path in fresh if kept.get(path) != fresh[path]} == set()
