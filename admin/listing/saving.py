"""Saved filters and preferences of lists: reading them in one statement, and the services that change them."""

from collections.abc import Sequence
from dataclasses import dataclass

import peewee as pw

from admin.listing.models import ListPreference, SavedFilter
from admin.listing.reading import visible
from core.actor import Actor
from core.context import Context
from core.errors import not_found, refuse
from core.i18n import N_
from core.work import unit_of_work

_LONGEST_NAME = 80


@dataclass(frozen=True)
class Kept:
    """A saved filter as its readers see it."""

    id: int
    name: str
    query: str
    is_own: bool
    is_shared: bool
    is_first: bool


@dataclass(frozen=True)
class Habits:
    """How a person looks at a list: saved filters (own ones first), columns and page size (0: the usual)."""

    saved: tuple[Kept, ...] = ()
    columns: tuple[str, ...] = ()
    size: int = 0

    @property
    def first(self) -> Kept | None:
        """The filter with which the person begins, if any."""
        return next((one for one in self.saved if one.is_first), None)

    def kept(self, key: int) -> Kept | None:
        """Return the saved filter of this id that the person may use."""
        return next((one for one in self.saved if one.id == key), None)


def habits_of(who: Actor, view: str) -> Habits:
    """Return how a person looks at the list of `view`, in one statement."""
    if who.account_id is None:
        return Habits()
    none = pw.Cast(pw.Value(None), "INTEGER")
    filters = SavedFilter.select(
        SavedFilter.id, SavedFilter.account, SavedFilter.name, SavedFilter.query, SavedFilter.is_shared, none, none
    ).where((SavedFilter.view == view) & visible(who, SavedFilter))
    preference = ListPreference.select(
        pw.Cast(pw.Value(0), "INTEGER"),
        ListPreference.account,
        pw.Cast(pw.Value(""), "TEXT"),
        ListPreference.columns,
        pw.Value(1) == pw.Value(0),
        ListPreference.size,
        ListPreference.saved,
    ).where((ListPreference.view == view) & (ListPreference.account == who.account_id))
    rows = list(filters.union_all(preference).tuples())
    own = next((row for row in rows if not row[0]), None)
    first = own[6] if own else None
    saved = [
        Kept(key, name, query, account == who.account_id, bool(is_shared), key == first)
        for key, account, name, query, is_shared, _, _ in rows
        if key
    ]
    saved.sort(key=lambda one: (not one.is_own, one.name.casefold(), one.id))
    columns = tuple(name for name in own[3].split(",") if name) if own else ()
    return Habits(tuple(saved), columns, own[5] if own else 0)


def save_filter(ctx: Context, view: str, name: str, query: str, *, is_shared: bool) -> SavedFilter:
    """Keep a list's query string under a name; one of the same name of the same person is written over.

    Refused with TEXT_MISSING, TEXT_TOO_LONG, and FORBIDDEN for whoever has no account.
    """
    name = _name(name)
    with unit_of_work(ctx) as work:
        present = SavedFilter.get_or_none(
            (SavedFilter.account == ctx.actor.account_id) & (SavedFilter.view == view) & (SavedFilter.name == name)
        )
        if present is not None:
            return work.update(present, query=query, is_shared=is_shared)
        return work.create(
            SavedFilter, account=ctx.actor.account_id, view=view, name=name, query=query, is_shared=is_shared
        )


def change_filter(ctx: Context, view: str, key: int, name: str, *, is_shared: bool) -> SavedFilter:
    """Rename one's own filter, share it or keep it to oneself; refused with NOT_FOUND and FILTER_NAME_TAKEN."""
    name = _name(name)
    row = _own(ctx, view, key)
    taken = SavedFilter.select().where(
        (SavedFilter.account == ctx.actor.account_id)
        & (SavedFilter.view == view)
        & (SavedFilter.name == name)
        & (SavedFilter.id != key)
    )
    if taken.exists():
        raise refuse(
            "FILTER_NAME_TAKEN",
            N_("You have another filter of the name {name} here. Choose another name."),
            "name",
            name=name,
        )
    with unit_of_work(ctx) as work:
        return work.update(row, name=name, is_shared=is_shared)


def delete_filter(ctx: Context, view: str, key: int) -> None:
    """Delete one's own filter; refused with NOT_FOUND."""
    row = _own(ctx, view, key)
    with unit_of_work(ctx) as work:
        # Whoever begins with it begins with the whole list again.
        for one in ListPreference.select().where(ListPreference.saved == key):
            work.update(one, saved=None)
        work.delete(row)


def begin_with(ctx: Context, view: str, key: int | None) -> None:
    """Begin the list of `view` with this filter, own or shared, from now on; with None, with the whole list."""
    if key is not None and not SavedFilter.select().where(
        (SavedFilter.id == key) & (SavedFilter.view == view) & visible(ctx.actor, SavedFilter)
    ).exists():  # fmt: skip
        raise not_found("id", id=key)
    _prefer(ctx, view, saved=key)


def remember(ctx: Context, view: str, columns: Sequence[str], size: int) -> None:
    """Show these columns and that many rows in the list of `view` from now on; none and 0 mean the usual."""
    _prefer(ctx, view, columns=",".join(columns), size=size)


def _prefer(ctx: Context, view: str, **values: object) -> None:
    with unit_of_work(ctx) as work:
        row = ListPreference.get_or_none(
            (ListPreference.account == ctx.actor.account_id) & (ListPreference.view == view)
        )
        if row is None:
            work.create(ListPreference, account=ctx.actor.account_id, view=view, **values)
        else:
            work.update(row, **values)


def _own(ctx: Context, view: str, key: int) -> SavedFilter:
    row: SavedFilter | None = SavedFilter.get_or_none(
        (SavedFilter.id == key) & (SavedFilter.view == view) & (SavedFilter.account == ctx.actor.account_id)
    )
    if row is None:
        raise not_found("id", id=key)
    return row


def _name(text: str) -> str:
    name = " ".join(text.replace("\x00", " ").split())
    if not name:
        raise refuse("TEXT_MISSING", N_("This must not be empty. Fill it in."), "name")
    if len(name) > _LONGEST_NAME:
        raise refuse(
            "TEXT_TOO_LONG",
            N_("This is longer than {longest} characters. Shorten it."),
            "name",
            longest=_LONGEST_NAME,
        )
    return name
