"""Makes a chart of the groups that an aggregate answers its caller: what is drawn is what was shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from graphql import FieldNode, NameNode, OperationDefinitionNode, parse

from core.charts.bands import Band, distribution_bands, predicate_labels
from core.charts.spec import Mark, Picture, make_spec
from core.charts.terms import ChartKind
from core.charts.words import number_text
from core.i18n import N_, translate
from schema.aggregates.asked import Asked, Key, name_of, require_statistic
from schema.aggregates.keys import read_key
from schema.aggregates.reading import Group
from schema.aggregates.terms import TimeBucket
from schema.charts.seal import sealed
from schema.charts.terms import Chart
from schema.charts.words import enum_label, field_title, statistic_title
from schema.engine.catalogue import FieldInfo, TypeInfo
from schema.engine.faults import RequestFault
from schema.engine.fields import Column, Expression, Relation
from schema.engine.loader import Loader
from schema.engine.selection import Run

MOST_MARKS = 200
MOST_BANDS = 10
LONGEST_TEXT = 200
_SMALLEST, _LARGEST = 100, 2_000
_LABELS = ("full_name", "name", "title", "short_name", "code")
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")

Labels = list[Mapping[int, str]]


@dataclass
class ChartRequest:
    """One chart field of an aggregate, checked before a statement runs."""

    run: Run
    asked: Asked
    arguments: Mapping[str, Any]

    def __post_init__(self) -> None:
        self.kind = ChartKind(name_of(self.arguments.get("kind") or "BAR"))
        self._require_drawable()
        value = self.arguments.get("value")
        self.info: FieldInfo | None = None if value is None else self.asked.kind.fields[name_of(value)]
        given = self.arguments.get("statistic")
        self.statistic = name_of(given) if given is not None else ("count" if self.info is None else "sum")
        if self.info is None and self.statistic != "count":
            raise self._fault(N_("{place}: a statistic needs a field. Name one in `value`, or leave `statistic` out."))
        if self.info is not None:
            require_statistic(self._place, self.info, self.statistic)
            is_day = self.info.kind.name in {"Date", "DateTime"} and self.statistic in {"avg", "min", "max"}
            if is_day:
                raise self._fault(N_("{place}: days cannot be drawn as a size. Draw a count, or a number."))
            self.asked.want(self.info, self.statistic)
        self.distribution = self.arguments.get("distributionFor")
        if self.distribution is not None and (
            self.kind is not ChartKind.SHARE or len(self.asked.keys) != 1 or not self._is_by_predicate()
        ):
            raise self._fault(
                N_(
                    "{place}: the rule on distribution is about shares of predicates. Group by the predicate alone, "
                    "with the kind SHARE."
                )
            )

    @property
    def _place(self) -> str:
        return f"{self.asked.field_name}.chart"

    def _fault(self, text: str, **gaps: Any) -> RequestFault:
        return RequestFault("BAD_CHART", text, place=self._place, **gaps)

    def _require_drawable(self) -> None:
        keys = len(self.asked.keys)
        if not 1 <= keys <= 2:
            raise self._fault(
                N_("{place}: a chart shows groups by one or two keys, here are {value}. Correct groupBy."), value=keys
            )
        for name in ("width", "height"):
            size = self.arguments.get(name)
            if size is not None and not _SMALLEST <= size <= _LARGEST:
                raise self._fault(
                    N_("{place}: {name} is {value}. Give {least} to {most} pixels."),
                    name=name,
                    value=size,
                    least=_SMALLEST,
                    most=_LARGEST,
                )
        bands = self.arguments.get("bands") or []
        if len(bands) > MOST_BANDS:
            raise self._fault(
                N_("{place}: {value} bands, {limit} are allowed. Leave some out."), value=len(bands), limit=MOST_BANDS
            )
        for band in bands:
            ends = [band.get("low"), band.get("high")]
            if ends == [None, None] or (None not in ends and ends[0] > ends[1]):
                raise self._fault(
                    N_("{place}: the band {label} has no ends, or they are turned round. Give `low` up to `high`."),
                    label=str(band["label"])[:60],
                )
        for text in (self.arguments.get("title") or "", *(band["label"] for band in bands)):
            if len(text) > LONGEST_TEXT:
                raise self._fault(
                    N_("{place}: a text has {value} characters, {limit} are allowed. Shorten it."),
                    value=len(text),
                    limit=LONGEST_TEXT,
                )

    def _is_by_predicate(self) -> bool:
        from core.appraisal.terms import Predicate

        return self.asked.keys[0].info.kind.read is Predicate

    def prepare(self, loader: Loader, groups: Sequence[Group]) -> Labels:
        """Return the texts of the keys of all groups, by key and the driver's value: read for all parents at once."""
        return [self._labels(loader, number, key, groups) for number, key in enumerate(self.asked.keys)]

    def _labels(self, loader: Loader, number: int, key: Key, groups: Sequence[Group]) -> Mapping[Any, str]:
        raws = {group.keys[number] for group in groups}
        found: dict[Any, str] = {}
        if isinstance(key.info.source, Relation):
            target = self.run.catalogue.types[str(key.info.target)]
            rows = loader.by_keys(target, [_label_node(target)], {raw for raw in raws if raw is not None})
            found = {raw: str(row["label"]) for raw, row in rows.items()}
        else:
            found = {raw: _plain_label(key, raw) for raw in raws if raw is not None}
        return found

    def draw(self, groups: Sequence[Group], labels: Labels) -> Chart:
        """Return the chart of the groups of one parent."""
        if len(groups) > MOST_MARKS:
            raise self._fault(
                N_("{place}: {value} groups, {limit} can be drawn. Use `first`, `having` or a coarser key."),
                value=len(groups),
                limit=MOST_MARKS,
            )
        bands = [_band(band) for band in self.arguments.get("bands") or []]
        marks = self._marks(groups, labels)
        note = ""
        if self.distribution is not None:
            marks = _with_every_predicate(marks)
            more, note = distribution_bands(self.run.ctx.today, self.distribution)
            bands += more
        counted = statistic_title(self.statistic, self.info)
        by = [field_title(key.info) for key in self.asked.keys]
        picture = Picture(
            kind=self.kind,
            title=self.arguments.get("title")
            or translate(N_("{counted} by {keys}")).format(counted=counted, keys=", ".join(by)),
            note=note,
            category=by[0],
            series=by[1] if len(by) > 1 else None,
            value=translate(N_("Share in percent")) if self.kind is ChartKind.SHARE else counted,
            width=self.arguments.get("width") or 640,
            height=self.arguments.get("height") or 360,
            marks=marks,
            bands=bands,
        )
        spec = sealed(make_spec(picture), self.run.ctx.settings.secret_key)
        return Chart(spec=spec, svg_url="/charts/svg", png_url="/charts/png")  # type: ignore[arg-type]

    def _marks(self, groups: Sequence[Group], labels: Labels) -> list[Mark]:
        names = [self._names(group, labels) for group in groups]
        values = [
            group.count if self.info is None else group.statistics[self.info.name][self.statistic] for group in groups
        ]
        if self.kind is ChartKind.SHARE:
            values = _shares(values, [name[0] if len(name) > 1 else "" for name in names])
        suffix = " %" if self.kind is ChartKind.SHARE else ""
        return [
            Mark(
                category=name[0],
                series=name[1] if len(name) > 1 else "",
                value=value,
                text="–" if value is None else number_text(value) + suffix,
            )
            for name, value in zip(names, values, strict=True)
        ]

    def _names(self, group: Group, labels: Labels) -> list[str]:
        none = translate(N_("(none)"))
        return [
            labels[number].get(raw, none)[:LONGEST_TEXT] if raw is not None else none
            for number, raw in enumerate(group.keys)
        ]


def _shares(values: Sequence[Any], parts: Sequence[str]) -> list[Any]:
    totals: dict[str, Decimal] = {}
    for value, part in zip(values, parts, strict=True):
        totals[part] = totals.get(part, Decimal(0)) + Decimal(value or 0)
    return [
        None
        if value is None or not totals[part]
        else (_HUNDRED * Decimal(value) / totals[part]).quantize(_CENT, ROUND_HALF_UP)
        for value, part in zip(values, parts, strict=True)
    ]


def _with_every_predicate(marks: list[Mark]) -> list[Mark]:
    known = {mark.category: mark for mark in marks}
    every = predicate_labels()
    rest = [mark for mark in marks if mark.category not in every]
    return [known.get(label) or Mark(label, "", Decimal(0), "0 %") for label in every] + rest


def _band(given: Mapping[str, Any]) -> Band:
    return Band(label=given["label"], low=given.get("low"), high=given.get("high"))


def _label_node(target: TypeInfo) -> FieldNode:
    names = [name for name in _LABELS if name in target.by_python_name]
    shown = next(
        (
            target.by_python_name[name].name
            for name in names
            if isinstance(target.by_python_name[name].source, Column | Expression)
        ),
        "id",
    )
    operation = parse(f"{{ label: {shown} }}", no_location=True).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)  # noqa: S101 - just written
    return FieldNode(name=NameNode(value="label"), selection_set=operation.selection_set, directives=(), arguments=())


def _plain_label(key: Key, raw: Any) -> str:
    value = read_key(key, raw)
    if key.bucket is not None:
        return _bucket_label(key.bucket, value)
    if isinstance(value, bool):
        return translate(N_("Yes")) if value else translate(N_("No"))
    if isinstance(value, Decimal | int):
        return number_text(value)
    return enum_label(value)


def _bucket_label(bucket: TimeBucket, first: Any) -> str:
    if bucket is TimeBucket.YEAR:
        return str(first.year)
    if bucket is TimeBucket.QUARTER:
        return translate(N_("Q{number} {year}")).format(number=(first.month - 1) // 3 + 1, year=first.year)
    if bucket is TimeBucket.MONTH:
        return f"{first.year}-{first.month:02}"
    if bucket is TimeBucket.WEEK:
        year, week, _ = first.isocalendar()
        return translate(N_("week {number} of {year}")).format(number=week, year=year)
    return str(first)
