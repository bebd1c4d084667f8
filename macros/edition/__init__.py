"""Explainers as their readers meet them on a given day: facts joined with names, sources and addresses."""

from macros.edition.library import Library, ids_of_actors
from macros.edition.missing import Unknown, Unreadable, find
from macros.edition.story import Edition, Evidence, Link

__all__ = ["Edition", "Evidence", "Library", "Link", "Unknown", "Unreadable", "find", "ids_of_actors"]
