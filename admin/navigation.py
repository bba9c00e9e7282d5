"""The menu of the back office: the views that the caller may open, in groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import peewee as pw
from flask import request
from flask_admin import Admin

from admin import access
from core import policy
from core.actor import Actor
from core.i18n import N_

GROUPS = (N_("People"), N_("Performance"), N_("Data"), N_("Rules"), N_("System"))
"""The groups of core in their order; those of plugins follow."""

_DAILY = GROUPS[:3]
_ACCOUNT = "/admin/me"
_KEPT = 20_000
"""Answers that are kept: some hundred for each caller."""


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `current` is what aria-current says of it: `page`, `true` for a page below it, or empty."""

    title: str
    url: str
    current: str = ""
    waiting: int = 0


@dataclass
class Group:
    """Lines under a title; the first group has none."""

    title: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether its lines are shown at once: those of daily work, and those around the present page."""
        return self.title in _DAILY or any(entry.current for entry in self.entries)


class Navigation:
    """The menu over the views of one application; `owners` names the group of a view that says none itself."""

    def __init__(self, admin: Admin, owners: Mapping[str, str]) -> None:
        """Read the views of `admin` at each page: plugins may have added some."""
        self._admin, self._owners = admin, owners

    def groups(self, present: Any = None) -> Sequence[Group]:
        """Return what the caller may open; `present` is the view of this page, if it is one of a view."""
        who = access.actor()
        groups = {"": Group("")} | {title: Group(title) for title in GROUPS}
        views = [view for view in self._views() if _is_open_to(who, view)]
        # A page that shows all of a list, and more, takes its place.
        covered = {endpoint for view in views for endpoint in getattr(view, "covers", ())}
        for view in views:
            if getattr(view, "is_listed_in_menu", True) and view.endpoint not in covered:
                title = getattr(view, "group", "") or self._owners.get(view.endpoint, "")
                entry = Entry(view.name, _address(view), _current(view, present), _waiting(view))
                groups.setdefault(title, Group(title)).entries.append(entry)
        return [group for group in groups.values() if group.entries]

    def account_url(self) -> str:
        """Return the address of the caller's own pages, if there are any."""
        return next((_address(view) for view in self._views() if view.url == _ACCOUNT), "")

    def _views(self) -> list[Any]:
        return list(self._admin._views)  # noqa: SLF001 - no public list


def _is_open_to(who: Actor, view: Any) -> bool:
    """Whether the caller may open the view, and the policy shows it more than nothing there."""
    model = getattr(view, "model", None)
    is_empty = model is not None and policy.is_covered(model) and _shows_nothing(policy.edition(), who, model)
    return not is_empty and bool(view.is_accessible()) and view.url != _ACCOUNT


@lru_cache(maxsize=_KEPT)
def _shows_nothing(_edition: int, who: Actor, model: type[pw.Model]) -> bool:
    """Whether the policy shows the caller no row whatever there is; kept, since the menu asks it for every view."""
    return policy.visible(who, model) is False


def _waiting(view: Any) -> int:
    """Return how much waits there for the caller; views that know have a method `waiting`."""
    count = getattr(view, "waiting", None)
    return int(count()) if count is not None else 0


def _address(view: Any) -> str:
    return str(view.get_url(f"{view.endpoint}.{view._default_view}"))  # noqa: SLF001 - no public name


def _current(view: Any, present: Any) -> str:
    if view is not present:
        return ""
    return "page" if request.path.rstrip("/") == str(view.url).rstrip("/") else "true"
