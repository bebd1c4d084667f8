"""How `mkdocs serve` shows an edit at once, however many explainers there are.

A whole build reads and checks everything and leaves a site that stands (`standing`), though nothing is made of it yet:
all of it is stale (`stale`). When only the content of articles, facts or actors changes, these files alone are read and
checked again (`reading`); `readers` knows what is made from them, and all of that is stale from then on. Nothing stale
is ever served: whoever asks for it has it made first (`making`, `server`). Whatever else changes, or is wrong before or
after, is left to a whole build, which shows it. `watch` says which files changed, and `renew.js` shows the new text in
an open page, where it was being read.
"""

from __future__ import annotations

from macros.serving.making import Making
from macros.serving.server import Preview
from macros.serving.stale import OF_SITE, SEARCH
from macros.serving.standing import Made, Standing

__all__ = ["OF_SITE", "SEARCH", "Made", "Making", "Preview", "Standing"]
