"""What an article may call: small functions, facts in, values out. Each has a template of its own name."""

from macros.components import inline, sections, site
from macros.components.registry import COMPONENTS, Component

__all__ = ["COMPONENTS", "Component", "inline", "sections", "site"]
