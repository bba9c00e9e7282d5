"""The base of every table in the back office: nothing is shown past the policy.

List, count, search, order, filters, export, look-up and open-by-id are all made (in admin.listing) from the same two
things: the rows that the actor sees, and for each column where the actor may read it. Flask-Admin's own view for peewee
would scope the list only, and makes forms of every field at start.
"""

from collections.abc import Sequence
from typing import Any

import peewee as pw
from flask_admin.model import BaseModelView
from playhouse.fields import EnumField
from wtforms import Form

from admin.access import actor
from admin.listing.asked import Asked, hidden_relation
from admin.listing.columns import Kind, Shown, has_filter, kind_of, stored
from admin.listing.details import DetailsPages
from admin.listing.exporting import ExportPages
from admin.listing.pages import ListPages
from admin.listing.reading import view_of, visible
from admin.listing.rows import count, keys, page_of, selected
from admin.listing.searching import LookupPages
from admin.related import Related
from admin.show import shown, term
from admin.writing.pages import WritingPages
from core.i18n import translate
from core.registry import active_registry

__all__ = ["ScopedView", "Shown"]

_NOT_OURS = frozenset(
    {"create_view", "edit_view", "delete_view", "action_view", "ajax_lookup", "ajax_update", "export"}
)
"""What Flask-Admin would serve for a view besides what stands here."""


class ScopedView(WritingPages, ListPages, DetailsPages, LookupPages, ExportPages, BaseModelView):
    """A table under the policy of whoever looks; subclasses say `columns` and `order`."""

    columns: Sequence[Shown] = ()
    order: tuple[str, bool] = ("id", False)
    """The column by which the list is ordered at first, and whether from its end."""
    group: str = ""
    """The part of the menu to which the view belongs: a marked text."""
    related: Sequence[Related] = ()
    """The lists of other rows on the page of a row."""
    stands: tuple[str, ...] = ()
    """The columns that stand for a row elsewhere; by default the first listed one, with a second that is searched."""

    can_create = False
    can_edit = False
    can_delete = False
    can_export = False
    can_view_details = True
    page_size = 50
    is_counted = True
    """Whether the start page says how many rows the caller sees; False where counting them takes long."""
    is_listed_in_menu = True

    list_template = "backoffice/list.html"
    details_template = "backoffice/details.html"

    def __init__(self, model: type[pw.Model], title: str, endpoint: str) -> None:
        """Show `model` under `title` (a marked text) at `/admin/<endpoint>/`."""
        fields = model._meta.fields
        self.by_name = {column.name: column for column in self.columns}
        self.column_list = [column.name for column in self.columns if column.is_listed]
        self.column_details_list = [column.name for column in self.columns]
        self.column_labels = {column.name: column.title for column in self.columns}
        self.choosable = tuple(
            column.name
            for column in self.columns
            if not column.is_raw and (column.is_listed or kind_of(fields[column.name]) is not Kind.JSON)
        )
        self.searched = tuple(column for column in self.columns if column.is_searched)
        self.standing = self.stands or self._usual_standing()
        super().__init__(model, name=title, endpoint=endpoint, url=f"/admin/{endpoint.replace('_', '-')}")
        # The library's own forms, actions and exports know neither the policy nor the services: they have no address.
        library: Any = type(self)
        self._urls = [url for url in library._urls if url[1] not in _NOT_OURS]  # noqa: SLF001 - its metaclass sets it

    def _usual_standing(self) -> tuple[str, ...]:
        first, *rest = self.column_list[:2] or [column.name for column in self.columns[:1]] or ["id"]
        return (first, *(name for name in rest if self.by_name[first].is_searched and self.by_name[name].is_searched))

    # ---- who may come in

    def is_accessible(self) -> bool:
        """Whether somebody is logged in; which rows there are is the policy's answer."""
        return actor().is_known

    # ---- what is read

    def get_query(self) -> Any:
        """Return the visible rows with every column as the actor may read it."""
        return selected(self, actor(), self.by_name)

    def get_count_query(self) -> Any:
        """Return the visible rows without their columns, for counting."""
        return self.model.select(self.model.id).where(visible(actor(), self.model))

    def get_list(
        self,
        page: int | None,
        sort_column: str | None,
        sort_desc: Any,
        search: str | None,
        filters: Any,  # noqa: ARG002 - Flask-Admin's signature
        execute: bool = True,  # noqa: ARG002 - Flask-Admin's signature
        page_size: int | None = None,
    ) -> tuple[int, list[Any]]:
        """Return how many rows there are and one page of them, for whatever of Flask-Admin asks by itself."""
        sort, descending = (sort_column, bool(sort_desc)) if sort_column in self.by_name else self.order
        asked = Asked(
            search=(search or "").replace("\x00", ""),
            sort=str(sort),
            descending=descending,
            page=max(page or 0, 0),
            size=page_size or self.page_size,
            columns=tuple(self.by_name),
        )
        found = page_of(self, actor(), asked)
        return int(keys(self, actor(), asked).count()), list(found.rows)

    def visible_count(self) -> int:
        """Return how many rows the caller sees."""
        return count(self, actor())

    # ---- what columns there are

    def filtered_column(self, name: str) -> Shown | None:
        """Return the column by which the list can be filtered under this name.

        Lists of related rows are filtered by foreign keys that no column shows.
        """
        column = self.by_name.get(name)
        if column is not None:
            return column if has_filter(column, self.model._meta.fields[name]) else None
        if not hidden_relation(self.model, name):
            return None
        view = view_of(self.model._meta.fields[name].rel_model)
        return Shown(name, view.name if view is not None else name)

    def title_of(self, column: Shown) -> str:
        """Return the title of a column in the caller's language."""
        return translate(column.title)

    def shown(self, row: Any, name: str) -> str:
        """Return a value as a person reads it."""
        value, field, column = getattr(row, name), self.model._meta.fields[name], self.by_name[name]
        if kind_of(field) is Kind.RELATION:
            label = column.label
            # Of a related row that is shown by its own first column the type is not known here.
            value = value if label is None else stored(label, value)
        else:
            value = stored(field, value)
        if isinstance(field if column.label is None else column.label, EnumField):
            return term(value)
        # A number that is 0 says as much as any other.
        is_there = bool(value) or type(value) is int
        text: str = column.write(value) if column.write is not None and is_there else self.plainly(value)
        return text

    def plainly(self, value: Any) -> str:
        """Return a value of JSON as a person reads it."""
        return shown(value, active_registry().settings)

    def get_list_value(self, context: Any, model: Any, name: str) -> str:  # noqa: ARG002 - Flask-Admin's signature
        """Return a value of a list as a person reads it."""
        return self.shown(model, name)

    # ---- what Flask-Admin asks

    def get_pk_value(self, model: Any) -> Any:
        """Return the id of a row."""
        return model.id

    def scaffold_list_columns(self) -> list[str]:
        """Return the listed columns."""
        return list(self.column_list)

    def scaffold_sortable_columns(self) -> dict[str, str]:
        """Every listed column can be ordered by, masked as it is shown."""
        return {name: name for name in self.column_list}

    def init_search(self) -> bool:
        """Whether there is a column to search in."""
        return any(column.is_searched for column in self.columns)

    def scaffold_form(self) -> type[Form]:
        """Return an empty form: nothing is changed here, and a form of every field could not even be made."""
        return Form
