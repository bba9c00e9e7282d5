"""The base of every table in the back office: read-only, and nothing is shown past the policy.

List, count, search, order and open-by-id are all made here from the same two things: the rows that the actor sees,
and for each column where the actor may read it. Flask-Admin's own view for peewee would scope the list only, and makes
forms of every field at start.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw
from flask import redirect, request, url_for
from flask_admin import expose
from flask_admin.model import BaseModelView
from playhouse.fields import EnumField
from wtforms import Form

from admin.access import actor
from admin.blocks import Block
from admin.show import shown, term
from core import policy
from core.actor import Actor
from core.errors import not_found
from core.policy import as_condition
from core.registry import active_registry

LARGEST_ID = 2**31 - 1
LAST_PAGE = 1_000_000


@dataclass(frozen=True)
class Shown:
    """A column of a view: a field of its model, its title, and for a foreign key the field that stands for the row.

    `write` turns a stored value into what a person reads; a column that `is_raw` is read for the view's blocks alone.
    """

    name: str
    title: str
    label: pw.Field | None = None
    is_listed: bool = True
    is_searched: bool = False
    write: Callable[[Any], str] | None = None
    is_raw: bool = False


class ScopedView(BaseModelView):
    """A read-only table under the policy of whoever looks; subclasses say `columns` and `order`."""

    columns: Sequence[Shown] = ()
    order: tuple[str, bool] = ("id", False)

    can_create = False
    can_edit = False
    can_delete = False
    can_export = False
    can_view_details = True
    page_size = 50
    is_counted = True
    """Whether the start page says how many rows the caller sees; False where counting them takes long."""

    list_template = "backoffice/list.html"
    details_template = "backoffice/details.html"

    def __init__(self, model: type[pw.Model], title: str, endpoint: str) -> None:
        """Show `model` under `title` (a marked text) at `/admin/<endpoint>/`."""
        self.by_name = {column.name: column for column in self.columns}
        self.column_list = [column.name for column in self.columns if column.is_listed]
        self.column_details_list = [column.name for column in self.columns]
        self.column_labels = {column.name: column.title for column in self.columns}
        super().__init__(model, name=title, endpoint=endpoint, url=f"/admin/{endpoint.replace('_', '-')}")

    # ---- who may come in

    def is_accessible(self) -> bool:
        """Whether somebody is logged in; which rows there are is the policy's answer."""
        return actor().is_known

    def inaccessible_callback(self, name: str, **kwargs: Any) -> Any:  # noqa: ARG002 - Flask-Admin's signature
        """Send a stranger to the log-in and back here afterwards."""
        return redirect(url_for("admin.login", next=request.full_path))

    # ---- what is read

    def get_query(self) -> Any:
        """Return the visible rows with every column as the actor may read it."""
        who = actor()
        return (
            self.model.select(
                self.model.id, *(self._expression(who, column).alias(column.name) for column in self.columns)
            )
            .where(self._visible(who))
            .namedtuples()
        )

    def get_count_query(self) -> Any:
        """Return the visible rows without their columns, for counting."""
        return self.model.select(self.model.id).where(self._visible(actor()))

    def get_one(self, id: Any) -> Any:
        """Return the row under `id` if it is visible, None otherwise."""
        text = str(id)
        if not (text.isascii() and text.isdigit()) or int(text) > LARGEST_ID:
            return None
        return self.get_query().where(self.model.id == int(text)).first()

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
        """Return how many rows there are and one page of them."""
        who = actor()
        query, counting = self.get_query(), self.get_count_query()
        for word in (search or "").split():
            found = self._found(who, word)
            query, counting = query.where(found), counting.where(found)
        name, descending = (sort_column, bool(sort_desc)) if sort_column in self.by_name else self.order
        key = self._expression(who, self.by_name[name]) if name in self.by_name else self.model.id
        query = query.order_by(key.desc() if descending else key.asc(), self.model.id)
        size = page_size or self.page_size
        start = min(max(page or 0, 0), LAST_PAGE) * size
        return counting.count(), list(query.limit(size).offset(start))

    def _visible(self, who: Actor) -> Any:
        return as_condition(policy.visible(who, self.model))

    def _found(self, who: Actor, word: str) -> Any:
        searched = [column for column in self.columns if column.is_searched]
        matches = [pw.fn.COALESCE(self._expression(who, column), "").contains(word) for column in searched]
        return as_condition(policy.either(*matches))

    def _expression(self, who: Actor, column: Shown) -> Any:
        field = self.model._meta.fields[column.name]
        if column.label is None:
            return _readable(who, self.model, field)
        related = column.label.model.alias()
        text = _readable(who, related, getattr(related, column.label.name))
        return related.select(text).where((related.id == field) & as_condition(policy.visible(who, related)))

    # ---- what Flask-Admin asks

    @expose("/details/")
    def details_view(self) -> Any:
        """Show one row; what is hidden is as absent as what does not exist."""
        row = self.get_one(request.args.get("id", ""))
        if row is None:
            raise not_found(id=request.args.get("id", "-"))
        columns = [column for column in self.columns if not column.is_raw]
        return self.render(self.details_template, row=row, columns=columns, shown=self.shown, blocks=self.blocks(row))

    def blocks(self, row: Any) -> Sequence[Block]:  # noqa: ARG002 - what a subclass shows depends on the row
        """Return what stands below the facts of a row."""
        return ()

    def visible_count(self) -> int:
        """Return how many rows the caller sees."""
        return int(self.get_count_query().count())

    def shown(self, row: Any, name: str) -> str:
        """Return a value as a person reads it."""
        value = getattr(row, name)
        if value is not None and isinstance(self.model._meta.fields[name], EnumField):
            # Where it is masked in SQL, the value arrives as the text that is stored.
            return term(value)
        write = self.by_name[name].write
        if write is not None and value:
            return write(value)
        return shown(value, active_registry().settings)

    def get_list_value(self, context: Any, model: Any, name: str) -> str:  # noqa: ARG002 - Flask-Admin's signature
        """Return a value of a list as a person reads it."""
        return self.shown(model, name)

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


def _readable(who: Actor, table: Any, column: Any) -> Any:
    """Return `column` where the actor may read it, NULL elsewhere."""
    rule = policy.fields(who, table).get(column.name, True)
    if rule is True:
        return column
    if rule is False:
        return pw.Value(None)
    return pw.Case(None, [(rule, column)], None)
