"""What the address of a list asks for: search, order, page, columns and filters; what cannot be read is told."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import peewee as pw
from werkzeug.datastructures import MultiDict

from admin.listing.conditions import Condition, Unreadable, condition
from core.errors import Problem
from core.i18n import N_

SIZES = (25, 50, 100, 200)
LIST_PARAMETERS = ("search", "sort", "desc", "page", "size", "cols")
"""Parameters of a list beside its filters, which begin with `f.`."""

_OTHERS = frozenset({"saved", "language", "format"})
_LONGEST_SEARCH = 200
_MOST_VALUES = 100
_LARGEST_PAGE = 1_000_000
_FILTER = re.compile(r"f\.([a-z_][a-z0-9_]{0,62})\.([a-z]{1,8})")
_SHOWN_OF_UNKNOWN = 40
_TOO_MANY = N_("The filter {title} has too many values. Use fewer of them.")


@dataclass(frozen=True)
class Asked:
    """What is asked of a list; `page` counts from 0, `saved` is the saved filter in use, if any."""

    search: str = ""
    sort: str = ""
    descending: bool = False
    page: int = 0
    size: int = 50
    columns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    saved: int | None = None
    problems: tuple[Problem, ...] = ()
    given: frozenset[str] = field(default_factory=frozenset)

    @property
    def words(self) -> list[str]:
        """The words that are searched for, all of which must be found."""
        return self.search.split()

    @property
    def is_narrowed(self) -> bool:
        """Whether some rows may be left out."""
        return bool(self.search or self.conditions)

    def pairs(self, *, is_whole: bool = False) -> list[tuple[str, str]]:
        """Return the parameters that ask for the same again.

        A saved filter in use stands for its search and filters unless `is_whole`.
        """
        pairs: list[tuple[str, str]] = []
        if self.saved is not None and not is_whole:
            pairs.append(("saved", str(self.saved)))
        else:
            if self.search:
                pairs.append(("search", self.search))
            pairs += [(one.parameter, text) for one in self.conditions for text in one.texts]
        if "sort" in self.given:
            pairs += [("sort", self.sort), *([("desc", "1")] if self.descending else [])]
        if "cols" in self.given:
            pairs.append(("cols", ",".join(self.columns)))
        if "size" in self.given:
            pairs.append(("size", str(self.size)))
        if self.page:
            pairs.append(("page", str(self.page)))
        return pairs

    def address(self, *, is_whole: bool = False, **changes: Any) -> str:
        """Return the query string with `changes` of these attributes; another search or filter leaves the saved one."""
        other = replace(self, **changes)
        if {"search", "conditions"} & changes.keys():
            other = replace(other, saved=None)
        if "page" not in changes:
            other = replace(other, page=0)
        if "sort" in changes:
            other = replace(other, given=other.given | {"sort"})
        if "size" in changes:
            other = replace(other, given=other.given | {"size"})
        return urlencode(other.pairs(is_whole=is_whole))

    def without(self, dropped: Condition) -> str:
        """Return the query string without one filter."""
        return self.address(conditions=tuple(one for one in self.conditions if one is not dropped))


def is_plain(args: "MultiDict[str, str]") -> bool:
    """Whether an address asks for nothing, so that the person's own way of looking at the list applies."""
    return not any(name in LIST_PARAMETERS or name == "saved" or name.startswith("f.") for name in args)


def read(
    view: Any, args: "MultiDict[str, str]", *, columns: Sequence[str] = (), size: int = 50, saved: int | None = None
) -> Asked:
    """Return what `args` ask of `view`; what cannot be read is left out and told in `problems`.

    `columns` and `size` are those that the person chose before.
    """
    problems: list[Problem] = []
    search = _search(args, problems)
    sort, descending = _order(view, args, problems)
    given = {name for name in LIST_PARAMETERS if args.get(name)}
    chosen = _columns(view, args, problems) if args.get("cols") else tuple(n for n in columns if n in view.choosable)
    conditions = tuple(_conditions(view, args, problems))
    return Asked(
        search=search,
        sort=sort,
        descending=descending,
        page=_page(args, problems),
        size=_size(args, size, problems),
        columns=chosen or tuple(view.column_list),
        conditions=conditions,
        saved=saved,
        problems=tuple(problems),
        given=frozenset(given),
    )


def _search(args: "MultiDict[str, str]", problems: list[Problem]) -> str:
    text = args.get("search", "")
    if "\x00" in text:
        problems.append(
            Problem("BAD_TEXT", N_("The words have a character that nothing can hold. It was left out."), ("search",))
        )
        text = text.replace("\x00", "")
    text = " ".join(text.split())
    if len(text) > _LONGEST_SEARCH:
        problems.append(
            Problem(
                "BAD_FILTER",
                N_("Only the first {count} letters are searched for. Type fewer words."),
                ("search",),
                {"count": _LONGEST_SEARCH},
            )
        )
        text = text[:_LONGEST_SEARCH].rstrip()
    return text


def _order(view: Any, args: "MultiDict[str, str]", problems: list[Problem]) -> tuple[str, bool]:
    sort = args.get("sort", "")
    if sort and sort not in view.choosable:
        problems.append(
            Problem(
                "BAD_ORDER",
                N_("The list cannot be ordered by {name}. Choose the heading of a column."),
                ("sort",),
                {"name": _short(sort)},
            )
        )
        sort = ""
    if not sort:
        name, descending = view.order
        return name, descending
    return sort, args.get("desc", "") in {"1", "true", "yes", "on"}


def _columns(view: Any, args: "MultiDict[str, str]", problems: list[Problem]) -> tuple[str, ...]:
    wanted = [name for part in args.getlist("cols") for name in part.split(",") if name]
    unknown = [name for name in wanted if name not in view.choosable]
    if unknown:
        problems.append(
            Problem(
                "BAD_FILTER",
                N_("The list has no column {name}. Choose among its columns."),
                ("cols",),
                {"name": _short(unknown[0])},
            )
        )
    # In the order of the view and each once, so that the same choice is the same list.
    return tuple(name for name in view.choosable if name in set(wanted))


def _page(args: "MultiDict[str, str]", problems: list[Problem]) -> int:
    text = args.get("page", "") or "0"
    if text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_PAGE)):
        return min(int(text), _LARGEST_PAGE)
    problems.append(
        Problem("BAD_PAGE", N_("There is no page {page}. You see the first one."), ("page",), {"page": _short(text)})
    )
    return 0


def _size(args: "MultiDict[str, str]", usual: int, problems: list[Problem]) -> int:
    text = args.get("size", "")
    if not text:
        return usual if usual in SIZES else SIZES[1]
    if text in map(str, SIZES):
        return int(text)
    problems.append(
        Problem(
            "BAD_PAGE",
            N_("A page cannot have {size} rows. Choose one of {sizes}."),
            ("size",),
            {"size": _short(text), "sizes": ", ".join(map(str, SIZES))},
        )
    )
    return SIZES[1]


def _conditions(view: Any, args: "MultiDict[str, str]", problems: list[Problem]) -> Iterable[Condition]:
    left = _MOST_VALUES
    for name in args:
        if name in LIST_PARAMETERS or name in _OTHERS:
            continue
        match = _FILTER.fullmatch(name)
        column = view.filtered_column(match[1]) if match else None
        if match is None or column is None:
            problems.append(
                Problem(
                    "BAD_FILTER",
                    N_("The address has a part that this list does not know: {name}. It was left out."),
                    (),
                    {"name": _short(name)},
                )
            )
            continue
        texts = [text for text in dict.fromkeys(args.getlist(name)) if text.strip()]
        left -= len(texts)
        try:
            if left < 0:
                raise Unreadable(_TOO_MANY)  # noqa: TRY301 - told like every other fault of the filter
            if texts:
                yield condition(column, view.model._meta.fields[column.name], match[2], texts)
        except Unreadable as fault:
            problems.append(
                Problem("BAD_FILTER", fault.text, (name,), {"title": view.title_of(column), "value": fault.value})
            )


def _short(text: str) -> str:
    clean = "".join(sign for sign in text if sign.isprintable())
    return clean if len(clean) <= _SHOWN_OF_UNKNOWN else f"{clean[:_SHOWN_OF_UNKNOWN]}…"


def hidden_relation(model: type[pw.Model], name: str) -> bool:
    """Whether `name` is a foreign key of `model`, by which related lists are filtered although no column shows it."""
    return isinstance(model._meta.fields.get(name), pw.ForeignKeyField)
