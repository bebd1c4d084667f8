"""Editors are told: by one issue for each explainer, opened, updated and closed through a `gh` that only records."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from macros.alive import dead
from macros.reminders import plain
from tests.conftest import EXPLAINER, environment, write
from tests.processes import ran


class _Host(BaseHTTPRequestHandler):
    """Answers with the number in the path."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Host)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_counts_as_dead(host: str) -> None:
    """Gone, failing or unreachable pages are dead; a page that wants a login or fewer visits is not."""
    urls = [f"{host}/{code}" for code in (200, 401, 403, 404, 410, 429, 500, 503)]
    refused = "http://127.0.0.1:9/"
    found = dead([*urls, refused, urls[3]], timeout=5)
    assert found.keys() == {f"{host}/404", f"{host}/410", f"{host}/500", f"{host}/503", refused}
    assert found[f"{host}/404"] == "answers 404"
    assert found[refused].startswith("does not answer (")


def test_nothing_acts_in_a_reminder() -> None:
    """A title cannot mention anybody, make a link or start a command."""
    assert plain("@all [x](http://y) <b>\n#1 `c`") == "@\u200ball \\[x\\]\\(http://y\\) \\<b\\> \\#1 \\`c\\`"


GH = """\
#!{python}
import json, pathlib, sys
store = pathlib.Path({store!r})
issues = json.loads(store.read_text()) if store.exists() else []
with open({log!r}, "a") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
assert sys.argv[1:3] == ["api", "--method"]
method, path = sys.argv[3:5]
sent = json.loads(sys.stdin.read()) if "--input" in sys.argv else {{}}
if method == "GET":
    assert path == "repos/owner/name/issues"
    print(json.dumps([issue for issue in issues if issue["state"] == "open"]))
elif method == "POST":
    assert path == "repos/owner/name/issues"
    issues.append({{"number": len(issues) + 1, "state": "open", **sent}})
else:
    issues[int(path.rsplit("/", 1)[1]) - 1].update(sent)
store.write_text(json.dumps(issues))
"""

STEP = """\
published: 2026-01-01
next_steps:
  n-one:
    title: A meeting of @everyone
    expected: 2026-04
    basis: announced
    history: [{on: 2026-01-02, status: scheduled, expected: 2026-04, because: So., sources: [s-one]}]
"""


@pytest.fixture
def desk(project: Path, host: str) -> Path:
    """A project with an overdue step and a source that is gone, and a `gh` that records."""
    facts = EXPLAINER.replace("https://example.org/page", f"{host}/404")
    facts = facts.replace("kind: newspaper", "kind: newspaper, archived: https://archive.example.org/1")
    write(project, {"data/explainers/story.yml": facts + STEP})
    script = GH.format(python=sys.executable, store=str(project / "issues.json"), log=str(project / "calls.log"))
    write(project, {"bin/gh": script})
    (project / "bin/gh").chmod(0o755)
    return project


def tell(desk: Path, *arguments: str, today: str = "2026-05-02") -> subprocess.CompletedProcess[str]:
    env = environment(desk, today)
    path = f"{desk / 'bin'}{os.pathsep}{env['PATH']}"
    return ran(desk, "macros.cli", ["tell", *arguments], {**env, "GITHUB_REPOSITORY": "owner/name", "PATH": path})


def issues(desk: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((desk / "issues.json").read_text())
    return found


def test_an_issue_is_opened_updated_and_closed(desk: Path, host: str) -> None:
    """One issue lists what is overdue and the dead source with its copy; it follows the facts, and closes itself."""
    assert tell(desk).stdout == "opened: story\n"
    (issue,) = issues(desk)
    assert (issue["title"], issue["labels"]) == ("To do: What happened?", ["overdue"])
    assert issue["body"] == (
        "## Overdue\n\n"
        "- [ ] A meeting of @\u200beveryone: step overdue since 2026-05-01, 2 days; not named; "
        "`data/explainers/story.yml:9`\n\n"
        "## Sources that no longer answer\n\n"
        f"- [ ] `s-one` A page, A paper: <{host}/404> answers 404; archived copy: <https://archive.example.org/1>\n\n"
        "This list is written anew every day and closes itself.\n\n<!-- explainer: story -->"
    )
    assert tell(desk).stdout == ""
    assert tell(desk, today="2026-05-03").stdout == "updated 1: story\n"
    facts = (desk / "data/explainers/story.yml").read_text().replace("/404", "/200")
    outcome = "    outcome: {on: 2026-05-03, result: done, text: They met., sources: [s-one]}\n"
    write(desk, {"data/explainers/story.yml": facts + outcome})
    assert tell(desk, today="2026-05-04").stdout == "closed 1: story\n"
    assert [issue["state"] for issue in issues(desk)] == ["closed"]
    assert tell(desk, today="2026-05-05").stdout == ""


def test_a_dry_run_only_prints(desk: Path) -> None:
    """What would be told can be read first; nothing is asked of GitHub."""
    ran = tell(desk, "--dry-run", "--no-links")
    assert (ran.returncode, "## Overdue" in ran.stdout, "no longer answer" in ran.stdout) == (0, True, False)
    assert not (desk / "calls.log").exists()


def test_github_refuses(desk: Path) -> None:
    """What GitHub says is passed on in one line."""
    write(desk, {"bin/gh": "#!/bin/sh\necho 'HTTP 403: no' >&2\nexit 1\n"})
    ran = tell(desk, "--no-links")
    assert ran.returncode == 1
    assert ran.stderr.startswith("Error: GitHub refused GET repos/owner/name/issues: HTTP 403: no. Look at")
