"""What GitHub runs: with few powers, with nothing but what the repository brings, and never past a mistake."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.diff.formats import from_json
from macros.editor import is_installed
from macros.files import EDITOR
from tests import fake_github as fake
from tests.conftest import ROOT, write

GITHUB = ROOT / ".github"
BIN = Path(sys.executable).parent
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
WORKFLOWS = sorted(path.stem for path in (GITHUB / "workflows").glob("*.yml"))
INSTALL = "python3 -m pip install uv"
TOOLS = ("chromium-headless-shell", "java", "npm")


def workflow(name: str, root: Path = ROOT) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((root / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))
    return loaded


def jobs() -> dict[tuple[str, str], dict[str, Any]]:
    return {(name, job): body for name in WORKFLOWS for job, body in workflow(name)["jobs"].items()}


def shell(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command as GitHub does: without input, and without this test run's own environment."""
    path = os.pathsep.join(entry for entry in os.environ["PATH"].split(os.pathsep) if Path(entry) != BIN)
    python = folder.parent / "python/bin"
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "VIRTUAL_ENV"))}
    return subprocess.run(
        command,
        cwd=folder,
        env={**own, "CI": "true", **env, "PATH": os.pathsep.join([env.get("PATH", ""), str(python), path]).lstrip(":")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def schema(name: str, *files: Path) -> tuple[str, ...]:
    return ("check-jsonschema", "--builtin-schema", f"vendor.{name}", *map(str, files))


@pytest.mark.parametrize(
    "command",
    [
        ("zizmor", "--offline", "--persona=auditor", "--strict-collection", str(GITHUB)),
        schema("dependabot", GITHUB / "dependabot.yml"),
        schema("github-issue-config", GITHUB / "ISSUE_TEMPLATE/config.yml"),
        schema("github-issue-forms", *FORMS),
        schema("github-workflows", *(GITHUB / f"workflows/{name}.yml" for name in WORKFLOWS)),
    ],
    ids=lambda command: f"{command[0]} {command[2]}",
)
def test_the_auditors_find_nothing(command: tuple[str, ...]) -> None:
    """GitHub accepts these files, and the strictest persona of zizmor has nothing to say."""
    audit = shell(ROOT, str(BIN / command[0]), *command[1:])
    assert audit.returncode == 0, audit.stdout


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned(name: str) -> None:
    """An action is named by the hash of its commit, which nobody can move, and by its version for people."""
    text = (GITHUB / f"workflows/{name}.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: *(.*)", text)
    assert used
    assert [action for action in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)] == []


def test_only_three_jobs_may_write() -> None:
    """Workflows start with no permission; every job may read, one may write to Pages, one may comment, one may remind.
    None runs the code of a pull request."""
    assert [name for name in WORKFLOWS if workflow(name)["permissions"] != {}] == []
    assert {
        job: body["permissions"] for job, body in jobs().items() if body["permissions"] != {"contents": "read"}
    } == {
        ("publish", "deploy"): {"pages": "write", "id-token": "write"},
        ("comment", "comment"): {"contents": "read", "actions": "read", "pull-requests": "write"},
        ("remind", "remind"): {"contents": "read", "issues": "write"},
    }
    assert list(workflow("remind")[True]) == ["schedule", "workflow_dispatch"]


def test_pull_requests_meet_no_power() -> None:
    """What a pull request triggers may only read, and keeps no credentials; what runs after it has no code of it.

    zizmor's audit of dangerous triggers is silenced for one workflow, so this holds what it would: of the event, its
    expressions name only what cannot reach a shell, and it checks out the main branch and downloads nothing by itself.
    """
    for name in WORKFLOWS:
        triggers = workflow(name)[True]  # YAML 1.1 takes `on` for true
        assert "pull_request_target" not in triggers
        if "pull_request" in triggers:
            assert all(job["permissions"] == {"contents": "read"} for job in workflow(name)["jobs"].values())
    comment = workflow("comment")
    assert list(comment[True]) == ["workflow_run"]
    (job,) = comment["jobs"].values()
    assert [step["with"] for step in job["steps"] if "checkout" in step.get("uses", "")] == [
        {"persist-credentials": False}
    ]
    assert "${{" not in "".join(step.get("run", "") for step in job["steps"])
    assert [step.get("env") for step in job["steps"] if "env" in step] == [{"GH_TOKEN": "${{ github.token }}"}]


def test_silenced_audits_are_known() -> None:
    """An audit is silenced in one line only, where the trigger is what the arrangement is for."""
    texts = {name: (GITHUB / f"workflows/{name}.yml").read_text(encoding="utf-8") for name in WORKFLOWS}
    silenced = [(name, rule) for name, text in texts.items() for rule in re.findall(r"zizmor: *ignore\[(.*?)\]", text)]
    assert silenced == [("comment", "dangerous-triggers")]


def test_a_failed_build_is_not_deployed() -> None:
    """The deployment needs the build, the build needs the shares, and no job or step goes on after a failure."""
    assert jobs()["publish", "build"]["needs"] == "share"
    deploy = jobs()["publish", "deploy"]
    assert deploy["needs"] == "build"
    assert "needs.build.result == 'success'" in deploy["if"]
    for body in jobs().values():
        for part in (body, *body["steps"]):
            assert "continue-on-error" not in part
            condition = str(part.get("if", "")).replace("!failure() && !cancelled()", "")
            assert not re.search(r"always|failure|cancelled", condition)


def test_ci_says_when_the_test_command_is_gone(tmp_path: Path) -> None:
    """`.ci/run` takes the test command from the README: it stops, and says so, rather than test nothing."""
    write(tmp_path, {"README.md": "# No commands\n", ".ci/run": (ROOT / ".ci/run").read_bytes()})
    ran = shell(tmp_path, "bash", ".ci/run")
    assert ran.returncode == 1
    assert "README.md has no test command" in ran.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh clone with what the next commit would hold, and beside it a Python that has pip and nothing else."""
    folder = tmp_path_factory.mktemp("fresh") / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(ROOT), str(folder)], check=True)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    if is_installed(ROOT):  # npm has fetched the editor once, which is enough
        (folder / EDITOR).parent.mkdir()
        (folder / EDITOR).symlink_to(ROOT / EDITOR)
    subprocess.run([os.environ.get("UV", "uv"), "venv", "--quiet", "--seed", str(folder.parent / "python")], check=True)
    return folder


def run_steps(name: str, clone: Path, *only: str) -> subprocess.CompletedProcess[str]:
    """Run a workflow's `run:` steps, or those of some jobs, up to the first that fails; of the tests only those of dates,
    and no source is asked."""
    chosen = [body for job, body in workflow(name, clone)["jobs"].items() if not only or job in only]
    steps = [(body, step) for body in chosen for step in body["steps"] if "run" in step]
    github = fake.github(clone.parent / "github")
    for job, step in steps:
        if step["run"] == INSTALL and (clone.parent / "python/bin/uv").is_file():
            continue  # an earlier workflow has done it
        env = {
            **job.get("env", {}),
            **{name: value.replace("${{ matrix.shard }}", "1/1") for name, value in step.get("env", {}).items()},
            "PYTEST_ADDOPTS": "-n 0 tests/test_dates.py",
            "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache"),
            "EXPLAINERS_LINKS": "0",
            **github,
        }
        ran = shell(clone, "bash", "-e", "-c", step["run"], **env)
        if ran.returncode:
            break
    return ran


@pytest.mark.xdist_group("clone")
@pytest.mark.parametrize("name", [name for name in WORKFLOWS if name != "benchmark"])  # measures for a minute
def test_steps_work_in_a_fresh_clone(name: str, clone: Path) -> None:
    """What GitHub runs needs nothing installed by hand, warns of no code, and leaves a site, a comment or a reminder."""
    if name == "check" and not (os.environ.get("CI") or all(map(shutil.which, TOOLS))):
        pytest.skip("`.ci/run` would install Chromium, Java or npm on this machine")
    ran = run_steps(name, clone)
    assert ran.returncode == 0, ran.stdout
    assert "DeprecationWarning" not in ran.stdout
    if name in ("comment", "remind"):
        assert [call.method for call in fake.calls(clone.parent / "github")][-1] == "POST"
    else:
        assert (clone / "site/index.html").is_file()
    if name == "check":
        assert re.search(r"\d\d passed in", ran.stdout)
    if name == "preview":
        assert from_json((clone / "diff.json").read_bytes()).groups[-1].about == "pages"


@pytest.mark.xdist_group("clone")
def test_a_mistake_is_not_published(clone: Path) -> None:
    """Even what only the strict build minds, a page that no menu leads to, stops the workflow."""
    write(clone, {"docs/stray.md": "---\ntitle: Stray\ndescription: A page.\n---\n\nNobody gets here.\n"})
    ran = run_steps("publish", clone, "build")
    (clone / "docs/stray.md").unlink()
    assert ran.returncode != 0
    assert "stray.md" in ran.stdout
