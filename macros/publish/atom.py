"""Atom feeds (RFC 4287): the site, each explainer, each actor. Entries are named by tag URIs (RFC 4151)."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from macros.publish.address import Site
from macros.publish.news import Channel, Entry

NAMESPACE = "http://www.w3.org/2005/Atom"
register_namespace("", NAMESPACE)


def file(channel: Channel, site: Site) -> tuple[str, bytes]:
    """The `feed.xml` of a channel."""
    return f"{channel.folder}feed.xml", feed(channel, site)


def feed(channel: Channel, site: Site) -> bytes:
    """The channel as an Atom document."""
    root = Element(f"{{{NAMESPACE}}}feed")
    _add(root, "id", site.address(channel.folder))
    _add(root, "title", channel.title)
    _add(root, "subtitle", channel.description)
    _add(root, "updated", instant(channel.updated))
    _link(root, "self", site.address(f"{channel.folder}feed.xml"), "application/atom+xml")
    _link(root, "alternate", site.address(channel.folder), "text/html")
    _add(SubElement(root, f"{{{NAMESPACE}}}author"), "name", site.name)
    for entry in channel.entries:
        _entry(root, entry, site)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def tag(entry: Entry, site: Site) -> str:
    """The entry's name for ever; its date is the day its explainer was published, which never changes."""
    return f"tag:{site.host},{entry.begun.isoformat()}:{entry.id}"


def instant(day: date) -> str:
    """A day as RFC 3339 wants it; only the day is known."""
    return f"{day.isoformat()}T00:00:00Z"


def _entry(root: Element, entry: Entry, site: Site) -> None:
    node = SubElement(root, f"{{{NAMESPACE}}}entry")
    _add(node, "id", tag(entry, site))
    _add(node, "title", entry.title)
    _link(node, "alternate", site.address(entry.url), "text/html")
    _add(node, "published", instant(entry.on))
    _add(node, "updated", instant(entry.on))
    SubElement(node, f"{{{NAMESPACE}}}category", term=entry.kind)
    _add(node, "summary", entry.text)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text


def _link(parent: Element, rel: str, href: str, type_: str) -> None:
    SubElement(parent, f"{{{NAMESPACE}}}link", rel=rel, type=type_, href=href)
