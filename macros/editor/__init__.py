"""The web editor at /edit/, for those who have no git: Sveltia CMS, told from the model what may be written."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from macros.editor.configuration import configuration
from macros.files import EDITOR
from macros.problems import Mistake

HERE = Path(__file__).parent
_LOCK = "package-lock.json"
_PINS = ("package.json", _LOCK, ".npmrc")
_PACKAGES = {
    "@sveltia/cms/npm": ("index.js", "chunks/react-*.js", "assets/*.woff2", "assets/*.LICENSE.txt"),
    "@sveltia/cms": ("LICENSE.txt",),
    "yaml/browser/dist": ("**/*.js",),
    "yaml": ("LICENSE",),
}


def install(root: Path) -> None:
    """Fetch what the editor is made of, in the versions that are pinned here; raise `Mistake` where that fails."""
    folder = root / EDITOR
    if is_installed(root) and (folder / _LOCK).read_bytes() == (HERE / _LOCK).read_bytes():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise Mistake("no-npm", "npm is missing, and the editor comes from there", "Install Node.js, which has npm")
    folder.mkdir(parents=True, exist_ok=True)
    for name in _PINS:
        shutil.copy(HERE / name, folder / name)
    command = [npm, "ci", "--prefer-offline"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise Mistake("no-npm", f"npm could not fetch the editor: {said[-1]}", "Look at your connection, and try again")


def is_installed(root: Path) -> bool:
    """Whether the editor was fetched, whole: npm writes this file last."""
    return (root / EDITOR / "node_modules/.package-lock.json").is_file()


def write(root: Path, site: Path, repository: str, name: str) -> None:
    """Put the editor below a site, where it is installed and there is a repository on GitHub for it to write to."""
    if not (is_installed(root) and repository):
        return
    target = site / "edit"
    shutil.copytree(HERE / "page", target, dirs_exist_ok=True)
    for package, patterns in _PACKAGES.items():
        folder = root / EDITOR / "node_modules" / package
        for file in sorted(file for pattern in patterns for file in folder.glob(pattern)):
            place = target / ("yaml" if package.startswith("yaml") else "cms") / file.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
    made = configuration(urlsplit(repository).path.strip("/"), name)
    (target / "config.yml").write_text(_as_yaml(made), encoding="utf-8")


def _as_yaml(value: object) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=120)
