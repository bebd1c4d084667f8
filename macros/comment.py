"""The comment on a pull request that says what it changes.

A job that runs the pull request's own code hands over a comparison as JSON. None of it is believed: which pull request
it belongs to comes from GitHub, and the words around its values come from this code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from pydantic import BaseModel, TypeAdapter, ValidationError

from macros.diff import Diff
from macros.diff.formats import SIZE_LIMIT, as_markdown, from_json
from macros.problems import Mistake

Api = Callable[..., bytes]
ARTIFACT, FILE = "diff", "diff.json"
MARK = "<!-- explainers diff -->"
AUTHOR = "github-actions[bot]"
PAGES = 10  # of 100 comments each


class _Owner(BaseModel):
    login: str


class _Repository(BaseModel):
    full_name: str
    owner: _Owner


class _Run(BaseModel):
    id: int
    html_url: str
    head_sha: str
    head_branch: str
    head_repository: _Repository
    conclusion: str | None


class _Event(BaseModel):
    workflow_run: _Run


class _Head(BaseModel):
    sha: str
    repo: _Repository | None


class _PullRequest(BaseModel):
    number: int
    head: _Head


class _Artifact(BaseModel):
    id: int
    size_in_bytes: int


class _Artifacts(BaseModel):
    artifacts: list[_Artifact]


class _Comment(BaseModel):
    id: int
    user: _Owner | None
    body: str


def comment(event: bytes, repository: str, api: Api) -> str:
    """Write or renew the comment for a run of the workflow Preview, which `event` tells of; returns what was done."""
    try:
        run = _Event.model_validate_json(event).workflow_run
        numbers = [pull.number for pull in _pull_requests(run, repository, api)]
        if len(numbers) != 1:
            return f"{len(numbers)} open pull requests are at commit {run.head_sha}: nothing was written."
        return _write(repository, numbers[0], body(_diff(run, repository, api), run), api)
    except ValidationError as error:
        mistake = "GitHub's answer is not as expected: " + str(error.errors()[0]["loc"])
        raise Mistake("github", mistake, "Look at its documentation for a new version") from None


def _pull_requests(run: _Run, repository: str, api: Api) -> Iterator[_PullRequest]:
    """The open pull requests that the run was for: same repository, same branch, and still the same commit."""
    home = run.head_repository
    query = {"state": "open", "head": f"{home.owner.login}:{run.head_branch}", "per_page": "100"}
    for pull in TypeAdapter(list[_PullRequest]).validate_json(api(f"repos/{repository}/pulls", query)):
        if pull.head.sha == run.head_sha and pull.head.repo and pull.head.repo.full_name == home.full_name:
            yield pull


def _diff(run: _Run, repository: str, api: Api) -> Diff | None:
    """The comparison that the run handed over; None when it did not get that far."""
    listed = api(f"repos/{repository}/actions/runs/{run.id}/artifacts", {"name": ARTIFACT})
    artifacts = _Artifacts.model_validate_json(listed).artifacts
    if not artifacts:
        return None
    newest = max(artifacts, key=lambda artifact: artifact.id)
    if newest.size_in_bytes > SIZE_LIMIT:
        raise Mistake("too-large", f"the artifact has {newest.size_in_bytes} bytes", f"At most {SIZE_LIMIT} are read")
    return from_json(unpacked(api(f"repos/{repository}/actions/artifacts/{newest.id}/zip")))


def unpacked(content: bytes) -> bytes:
    """The one file that an artifact may hold, read in memory up to the limit; raises `Mistake` for any other."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if archive.namelist() != [FILE]:
                raise Mistake("bad-artifact", f"the artifact does not hold {FILE} alone", "Upload that file only")
            with archive.open(FILE) as file:
                return file.read(SIZE_LIMIT + 1)
    except (BadZipFile, RuntimeError, EOFError, OSError) as error:
        raise Mistake("bad-artifact", f"the artifact cannot be read: {error}", "Run Preview again") from None


def body(diff: Diff | None, run: _Run) -> str:
    """The comment. The addresses in it are the run's, as GitHub names it."""
    told = as_markdown(diff) if diff else f"This could not be worked out; [the run]({run.html_url}) says why."
    site = (
        f"[The run]({run.html_url}) has the site with this change as its artifact `site`. "
        "To read it, unpack it and run `python3 -m http.server` in its folder."
        if run.conclusion == "success"
        else f"The site with this change could not be built; [the run]({run.html_url}) says why."
    )
    return f"{MARK}\n### What this changes\n\n{told}\n\n{site}\n\nFor commit {run.head_sha}.\n"


def _write(repository: str, number: int, text: str, api: Api) -> str:
    """One comment for each pull request: the first is written, the next ones take its place."""
    known = next((c for c in _comments(repository, number, api) if _is_ours(c)), None)
    if known:
        api(f"repos/{repository}/issues/comments/{known.id}", method="PATCH", payload={"body": text})
        return f"The comment on pull request {number} was renewed."
    api(f"repos/{repository}/issues/{number}/comments", method="POST", payload={"body": text})
    return f"The comment on pull request {number} was written."


def _is_ours(comment: _Comment) -> bool:
    return comment.user is not None and comment.user.login == AUTHOR and comment.body.startswith(MARK)


def _comments(repository: str, number: int, api: Api) -> Iterator[_Comment]:
    for page in range(1, PAGES + 1):
        query = {"per_page": "100", "page": str(page)}
        found = TypeAdapter(list[_Comment]).validate_json(api(f"repos/{repository}/issues/{number}/comments", query))
        yield from found
        if len(found) < 100:
            return
