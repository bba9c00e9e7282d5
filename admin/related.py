"""The lists of other rows on a row's details page."""

from dataclasses import dataclass

import peewee as pw


@dataclass(frozen=True)
class Related:
    """The rows of `model` whose foreign key `column` is the row of the page, shown by the view of `endpoint`.

    Without `columns` the list shows the columns that the view of `endpoint` lists itself.
    """

    title: str
    model: type[pw.Model]
    column: str
    endpoint: str
    columns: tuple[str, ...] = ()
