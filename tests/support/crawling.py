"""Walks over the pages of the back office by their own links, one page of each shape, and reads what a person reads."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_UNREAD = frozenset({"script", "style", "code", "pre", "svg"})
_SPOKEN = ("aria-label", "title", "placeholder", "alt")
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass
class Form:
    """A form of a page: where it goes, by which method, and the names of its fields."""

    action: str
    method: str
    fields: list[str] = field(default_factory=list)


@dataclass
class Page:
    """One page: its address, its answer, and what stands on it."""

    path: str
    status: int
    content_type: str
    text: str
    links: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    @property
    def is_html(self) -> bool:
        """Whether it is a page and not a file."""
        return self.content_type.startswith("text/html")


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_data = "data-own" in given or given.get("translate") == "no"
        if tag not in _VOID:
            self._open.append((tag, is_data))
        if tag == "a" and given.get("href"):
            self.page.links.append(given["href"])
        if tag == "form":
            self.page.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        if tag in {"input", "select", "textarea", "button"} and self.page.forms and given.get("name"):
            self.page.forms[-1].fields.append(given["name"])
        if not self._is_unread():
            self.page.texts += [given[name].strip() for name in _SPOKEN if _LETTERS.search(given.get(name, ""))]

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if _LETTERS.search(text) and not self._is_unread():
            self.page.texts.append(text)

    def _is_unread(self) -> bool:
        return any(name in _UNREAD or is_data for name, is_data in self._open)


def read(path: str, status: int, content_type: str, text: str) -> Page:
    """Return a page with its links, its forms and the texts that a person reads or hears."""
    page = Page(path, status, content_type, text)
    if page.is_html:
        _Reader(page).feed(text)
    return page


def shape(path: str) -> str:
    """Return what pages of one kind have in common: the address without numbers and without values of parameters."""
    parts = urlsplit(path)
    names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    # Lists look the same however they are narrowed and ordered.
    kinds = sorted({"f" if name.startswith("f.") else name for name in names - {"sort", "desc"}})
    return f"{_NUMBER.sub('#', parts.path)}?{','.join(kinds)}"


def crawl(
    get: Callable[[str], tuple[int, str, str]], start: str = "/admin/", below: str = "/admin/", most: int = 600
) -> Iterator[Page]:
    """Yield one page of each shape that links below `below` lead to; `get` gives status, content type and text."""
    waiting, seen = [start], {shape(start)}
    while waiting and most:
        most -= 1
        path = waiting.pop(0)
        page = read(path, *get(path))
        yield page
        for link in page.links:
            target = urljoin(path, link).partition("#")[0]
            parts = urlsplit(target)
            if parts.netloc or not parts.path.startswith(below) or "/static/" in parts.path:
                continue
            if shape(target) not in seen:
                seen.add(shape(target))
                waiting.append(target)
