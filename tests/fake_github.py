"""GitHub for tests: a `gh` for the PATH that answers from a folder and records what it is asked."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

REPOSITORY = "open-questions/site"
SHA = "1" * 40
ADDRESS = "https://github.com/open-questions/site/actions/runs/7"

GH = """\
import json, pathlib, sys
folder = pathlib.Path({folder!r})
arguments = sys.argv[1:]
method, path = arguments[2], arguments[3]
sent = sys.stdin.read() if "--input" in arguments else ""
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps([method, path, arguments[4:], sent]) + "\\n")
answer = folder / "answers" / (method + "-" + path.replace("/", "+"))
if not answer.is_file():
    sys.exit("gh: Not Found (HTTP 404)")
sys.stdout.buffer.write(answer.read_bytes())
"""


@dataclass(frozen=True)
class Call:
    """What `gh api` was asked."""

    method: str
    path: str
    arguments: list[str]
    sent: str


def run(**changes: object) -> dict[str, Any]:
    """A run of Preview for a pull request from a fork, as GitHub tells of it."""
    fork = {"full_name": "someone/site", "owner": {"login": "someone"}}
    whole = {"id": 7, "html_url": ADDRESS, "head_sha": SHA, "head_branch": "a-fact", "head_repository": fork}
    return {**whole, "conclusion": "success", "event": "pull_request", "pull_requests": [], **changes}


def pull(number: int = 5, sha: str = SHA, repository: str = "someone/site") -> dict[str, Any]:
    owner = repository.partition("/")[0]
    return {"number": number, "head": {"sha": sha, "repo": {"full_name": repository, "owner": {"login": owner}}}}


def zipped(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


DIFF = zipped({"diff.json": b'{"groups": []}'})


def github(
    folder: Path,
    *,
    event: object = None,
    pulls: object = None,
    artifact: bytes | None = DIFF,
    size: int = 100,
    comments: object = (),
) -> dict[str, str]:
    """Put a `gh` into a folder with what it is to answer; returns the environment in which it is found."""
    artifacts = [] if artifact is None else [{"id": 3, "size_in_bytes": size}]
    answers = {
        f"GET-repos/{REPOSITORY}/pulls": json.dumps([pull()] if pulls is None else pulls).encode(),
        f"GET-repos/{REPOSITORY}/actions/runs/7/artifacts": json.dumps({"artifacts": artifacts}).encode(),
        f"GET-repos/{REPOSITORY}/actions/artifacts/3/zip": artifact or b"",
        f"GET-repos/{REPOSITORY}/issues/5/comments": json.dumps(comments).encode(),
        f"GET-repos/{REPOSITORY}/issues": b"[]",
        f"POST-repos/{REPOSITORY}/issues": b"{}",
        f"POST-repos/{REPOSITORY}/issues/5/comments": b"{}",
        f"PATCH-repos/{REPOSITORY}/issues/comments/9": b"{}",
    }
    (folder / "answers").mkdir(parents=True, exist_ok=True)
    for name, content in answers.items():
        (folder / "answers" / name.replace("/", "+")).write_bytes(content)
    (folder / "event.json").write_text(json.dumps({"workflow_run": run()} if event is None else event))
    program = folder / "bin/gh"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!{sys.executable}\n{GH.format(folder=str(folder))}")
    program.chmod(0o755)
    return {
        "PATH": str(program.parent),
        "GITHUB_EVENT_PATH": str(folder / "event.json"),
        "GITHUB_REPOSITORY": REPOSITORY,
    }


def calls(folder: Path) -> list[Call]:
    """Everything that `gh` was asked, in order."""
    file = folder / "calls"
    return [Call(*json.loads(line)) for line in file.read_text().splitlines()] if file.is_file() else []
