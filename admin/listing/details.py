"""The page of one row: its facts with links to the rows it refers to, and the first of the rows that refer to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_admin import expose

from admin import access
from admin.blocks import Block
from admin.listing.asked import Asked
from admin.listing.columns import Kind, kind_of, stored
from admin.listing.reading import readable, related_key, view_at, view_of
from admin.listing.rows import MOST_COUNTED, page_of, selected
from admin.related import Related
from core.actor import Actor
from core.digits import whole_number
from core.errors import not_found
from core.i18n import translate
from core.policy import note_read

_MOST_RELATED = 10
_MOST_COLUMNS = 5


@dataclass(frozen=True)
class Fact:
    """One column of a row as a person reads it: text, or a value as JSON has it; `url` leads to the related row."""

    title: str
    text: str
    url: str = ""
    tree: Any = None


@dataclass(frozen=True)
class RelatedList:
    """The first rows that refer to a row, each the address of its page and its texts; `url` leads to all of them."""

    title: str
    headings: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    count: int
    is_more: bool
    url: str


class DetailsPages:
    """What a view shows of one row."""

    model: Any
    columns: Any
    related: Sequence[Related]
    render: Any
    shown: Any
    offered_verbs: Any
    details_template: Any

    def get_one(self, id: Any) -> Any:
        """Return the row under `id` if it is visible, None otherwise; keys of related rows under `<column>__id`."""
        key = whole_number(str(id))
        if key is None:
            return None
        who = access.actor()
        names = [column.name for column in self.columns]
        query = selected(self, who, names).where(self.model.id == key)
        related = [related_key(who, self.model, name).alias(f"{name}__id") for name in self._relations()]
        return query.select_extend(*related).first()

    @expose("/details/")
    def details_view(self) -> Any:
        """Show one row; what is hidden is as absent as what does not exist."""
        row = self.get_one(request.args.get("id", ""))
        if row is None:
            raise not_found(id=request.args.get("id", "-")[:40].replace("\x00", ""))
        note_read(access.context(), self.model, [row.id], "PAGE")
        columns = [column for column in self.columns if not column.is_raw]
        return self.render(
            self.details_template,
            row=row,
            columns=columns,
            shown=self.shown,
            facts=[self.fact(row, column) for column in columns],
            blocks=self.blocks(row),
            related_lists=list(related_lists(access.actor(), self.related, row.id)),
            most_counted=MOST_COUNTED,
            verbs=self.offered_verbs(row),
        )

    def fact(self, row: Any, column: Any) -> Fact:
        """Return a column of a row as its page shows it."""
        field = self.model._meta.fields[column.name]
        kind, url, tree = kind_of(field), "", None
        if kind is Kind.JSON and column.write is None:
            tree = stored(field, getattr(row, column.name))
            tree = tree if isinstance(tree, dict | list) and tree else None
        if kind is Kind.RELATION and getattr(row, f"{column.name}__id") is not None:
            view = view_of(field.rel_model)
            if view is not None and view.is_accessible():
                url = url_for(f"{view.endpoint}.details_view", id=getattr(row, f"{column.name}__id"))
        return Fact(translate(column.title), self.shown(row, column.name), url, tree)

    def blocks(self, row: Any) -> Sequence[Block]:  # noqa: ARG002 - what a subclass shows depends on the row
        """Return what stands below the facts of a row."""
        return ()

    def _relations(self) -> list[str]:
        fields = self.model._meta.fields
        return [column.name for column in self.columns if kind_of(fields[column.name]) is Kind.RELATION]


def related_lists(who: Actor, lists: Sequence[Related], key: int) -> Iterable[RelatedList]:
    """Yield the lists of rows that refer to the row `key`, each by one statement."""
    for one in lists:
        view = view_at(one.endpoint)
        if view is None or not view.is_accessible():
            continue
        names = one.columns or tuple(name for name in view.column_list if name != one.column)[:_MOST_COLUMNS]
        order, descending = view.order
        asked = Asked(sort=order, descending=descending, size=_MOST_RELATED, columns=names)
        page = page_of(view, who, asked, lambda table, name=one.column: readable(who, table, name) == key)
        note_read(access.context(), view.model, [row.id for row in page.rows], "PAGE")
        rows = [
            (url_for(f"{view.endpoint}.details_view", id=row.id), [view.shown(row, name) for name in names])
            for row in page.rows
        ]
        address = url_for(f"{view.endpoint}.index_view")
        yield RelatedList(
            translate(one.title),
            [view.title_of(view.by_name[name]) for name in names],
            rows,
            page.found,
            page.is_more,
            f"{address}?{urlencode({f'f.{one.column}.is': key})}",
        )
