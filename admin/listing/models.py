"""How people look at lists: the filters that they saved, and the columns that they chose."""

import peewee as pw

from core.database import Record
from core.identity.models import Account


class SavedFilter(Record):
    """A search with its filters, order and columns under a name; `view` is the endpoint of the list.

    `query` is the query string of the list's address; whoever uses it sees what it finds for them.
    """

    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    view = pw.CharField(max_length=64)
    name = pw.CharField(max_length=80)
    query = pw.TextField()
    is_shared = pw.BooleanField(default=False)

    account_id: int

    class Meta:
        table_name = "admin_saved_filter"
        indexes = ((("account", "view", "name"), True), (("view",), False))


class ListPreference(Record):
    """How one person looks at one list: columns (names with commas; empty: the usual), page size, and filter at first.

    A `size` of 0 is the usual one.
    """

    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    view = pw.CharField(max_length=64)
    columns = pw.TextField(default="")
    size = pw.IntegerField(default=0)
    saved = pw.ForeignKeyField(SavedFilter, null=True, backref="+", on_delete="SET NULL")

    account_id: int
    saved_id: int | None

    class Meta:
        table_name = "admin_list_preference"
        indexes = ((("account", "view"), True),)
