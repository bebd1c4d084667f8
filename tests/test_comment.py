"""The comment on a pull request: for whom it is, what it may say, and what a hostile artifact cannot do."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from macros.comment import AUTHOR, MARK, unpacked
from macros.diff.formats import SIZE_LIMIT
from macros.diff.sentences import Diff, Group, say
from macros.problems import Mistake
from tests import fake_github as fake
from tests.conftest import environment
from tests.processes import ran

SENTENCE = say("step-resolved", "n-visit", "partly, two months late", "@everyone <b>look</b> https://example.org")
MADE = Diff(groups=(Group(about="explainers/story", title="[What](x)?", sentences=(SENTENCE,)),))
ARTIFACT = fake.zipped({"diff.json": MADE.model_dump_json().encode()})


def comment(project: Path, github: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `explainers comment` as the workflow does."""
    env = {**environment(project), **github, "PATH": f"{github['PATH']}{os.pathsep}{os.environ['PATH']}"}
    return ran(project, "macros.cli", ["comment"], env)


def sent(folder: Path) -> str:
    """The text that was written, once and last."""
    writing = [call for call in fake.calls(folder) if call.method != "GET"]
    assert writing == fake.calls(folder)[-1:]
    body: str = json.loads(writing[0].sent)["body"]
    return body


def test_a_comment_is_written(project: Path, tmp_path: Path) -> None:
    """The pull request is found by GitHub's own word for the run, and the values of the artifact are only text."""
    folder = tmp_path / "github"
    ran = comment(project, fake.github(folder, artifact=ARTIFACT))
    assert (ran.returncode, ran.stdout) == (0, "The comment on pull request 5 was written.\n"), ran.stderr
    assert fake.calls(folder)[0].arguments[:4] == ["--raw-field", "state=open", "--raw-field", "head=someone:a-fact"]
    assert sent(folder) == (
        f"{MARK}\n### What this changes\n\n#### `[What](x)? (story)`\n\n"
        "- Next step `n-visit` resolved: partly, two months late (“`@everyone <b>look</b> https://example.org`”).\n\n"
        f"[The run]({fake.ADDRESS}) has the site with this change as its artifact `site`. To read it, unpack it and run "
        f"`python3 -m http.server` in its folder.\n\nFor commit {fake.SHA}.\n"
    )


def test_a_comment_is_renewed(project: Path, tmp_path: Path) -> None:
    """There is one comment for each pull request; one that somebody else wrote with the same mark is left alone."""
    known = [
        {"id": 8, "user": {"login": "someone"}, "body": MARK},
        {"id": 9, "user": {"login": AUTHOR}, "body": f"{MARK}\nOld."},
    ]
    folder = tmp_path / "github"
    ran = comment(project, fake.github(folder, comments=known))
    assert ran.stdout == "The comment on pull request 5 was renewed.\n", ran.stderr
    assert fake.calls(folder)[-1].path == f"repos/{fake.REPOSITORY}/issues/comments/9"


@pytest.mark.parametrize(
    "pulls",
    [
        [],
        [fake.pull(sha="2" * 40)],
        [fake.pull(repository="other/site")],
        [fake.pull(5), fake.pull(6)],
        [{"number": 5, "head": {"sha": fake.SHA, "repo": None}}],
    ],
    ids=["closed", "newer commit", "another fork", "two", "deleted fork"],
)
def test_for_no_pull_request_nothing_is_written(pulls: object, project: Path, tmp_path: Path) -> None:
    """Where GitHub does not name exactly one pull request at the run's commit, nobody gets a comment."""
    ran = comment(project, fake.github(tmp_path / "github", pulls=pulls))
    assert ran.returncode == 0
    assert "nothing was written" in ran.stdout
    assert [call.method for call in fake.calls(tmp_path / "github")] == ["GET"]


@pytest.mark.parametrize(
    ("artifact", "size"),
    [
        (b"no archive", 10),
        (ARTIFACT, SIZE_LIMIT + 1),
        (fake.zipped({"diff.json": b"{"}), 10),
        (fake.zipped({"diff.json": b" " * (SIZE_LIMIT + 1)}), 10),
        (fake.zipped({"../diff.json": b"{}"}), 10),
        (fake.zipped({"diff.json": b'{"groups": []}', "number": b"6"}), 10),
    ],
    ids=["no archive", "too large", "no JSON", "too large unpacked", "another path", "another file"],
)
def test_what_is_refused(artifact: bytes, size: int, project: Path, tmp_path: Path) -> None:
    """An artifact that is not one comparison of a sensible size is refused in a sentence, and nothing is written."""
    ran = comment(project, fake.github(tmp_path / "github", artifact=artifact, size=size))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("Error: ") and "Traceback" not in ran.stderr
    assert {call.method for call in fake.calls(tmp_path / "github")} == {"GET"}


def test_an_archive_that_grows_is_not_unpacked() -> None:
    """A small archive that would unpack to a large file is read up to the limit only."""
    assert len(unpacked(fake.zipped({"diff.json": b" " * (3 * SIZE_LIMIT)}))) == SIZE_LIMIT + 1
    with pytest.raises(Mistake):
        unpacked(b"PK")


def test_a_run_that_did_not_get_that_far(project: Path, tmp_path: Path) -> None:
    """Where the comparison or the site is missing, the comment leads to the run that says why."""
    folder = tmp_path / "github"
    event = {"workflow_run": fake.run(conclusion="failure")}
    comment(project, fake.github(folder, event=event, artifact=None))
    assert f"This could not be worked out; [the run]({fake.ADDRESS}) says why." in sent(folder)
    assert "could not be built" in sent(folder)


def test_events_of_another_kind(project: Path, tmp_path: Path) -> None:
    """Without the event, or with another one, the command says what it needs."""
    ran = comment(project, fake.github(tmp_path / "github", event={"pull_request": {}}))
    assert ran.returncode == 1 and "not as expected" in ran.stderr
    missing = comment(project, {**fake.github(tmp_path / "github"), "GITHUB_EVENT_PATH": ""})
    assert missing.returncode == 2 and "GITHUB_EVENT_PATH" in missing.stderr
