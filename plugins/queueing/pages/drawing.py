"""Small pictures of figures as SVG: columns and a heat map, coloured by the style sheet, with the numbers in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

_STEPS = 5
_LEFT, _TOP, _BOTTOM = 4, 24, 28
_HEIGHT, _COLUMN = 150, 46
_LEGEND = 28  # the line below the names that says what the kinds of columns are
_BESIDE = 72  # room for the words at the line of the target, past the last column
_CELL_WIDTH, _CELL_HEIGHT, _NAMES = 46, 34, 80


@dataclass(frozen=True)
class Column:
    """A figure of a chart, with its name and how it is written; one that `is_earlier` is drawn as an outline."""

    name: str
    value: Decimal | int | None
    text: str
    is_earlier: bool = False


@dataclass(frozen=True)
class Cell:
    """A figure of a heat map: where it stands and how it is written."""

    row: int
    place: int
    value: Decimal | int
    text: str


def columns(
    title: str,
    drawn: Sequence[Column],
    target: int | None = None,
    target_text: str = "",
    legend: tuple[str, str] | None = None,
) -> Markup:
    """Return standing columns with their figures above, a line at the target, and what outlined and full ones are."""
    top = max([float(column.value or 0) for column in drawn] + [float(target or 0), 1.0])
    width = _LEFT * 2 + _COLUMN * max(len(drawn), 4) + (0 if target is None else _BESIDE)
    base = _TOP + _HEIGHT
    parts = [_beginning(title, width, base + _BOTTOM + (_LEGEND if legend else 0))]
    for place, column in enumerate(drawn):
        middle = _LEFT + _COLUMN * place + _COLUMN // 2
        height = round(float(column.value or 0) / top * _HEIGHT, 1)
        missed = target is not None and column.value is not None and column.value > target
        parts.append(
            Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>').format(
                f"bar{' missed' if missed else ''}{' earlier' if column.is_earlier else ''}",
                middle - 15,
                round(base - height, 1),
                30,
                height,
            )
        )
        parts.append(_text(middle, base - height - 6, column.text))
        parts.append(_text(middle, base + 18, column.name, "name"))
    if target is not None:
        level = round(base - target / top * _HEIGHT, 1)
        parts.append(Markup('<line class="target" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(0, width, level, level))
        parts.append(Markup('<text class="target" x="{}" y="{}">{}</text>').format(width, level - 4, target_text))
    for place, words in enumerate(legend or ()):
        left, level = _LEFT + 2 * _COLUMN * place, base + _BOTTOM + 4
        parts.append(
            Markup('<rect class="{}" x="{}" y="{}" width="14" height="14" rx="3"/>').format(
                "bar" if place else "bar earlier", left, level
            )
        )
        parts.append(Markup('<text class="row" x="{}" y="{}">{}</text>').format(left + 20, level + 12, words))
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def heat_map(title: str, rows: Sequence[str], places: Sequence[str], cells: Sequence[Cell]) -> Markup:
    """Return a grid whose cells are the darker the larger their figure, which stands in each."""
    width = _NAMES + _CELL_WIDTH * len(places) + _LEFT
    height = _TOP + _CELL_HEIGHT * len(rows) + _LEFT
    top = max([float(cell.value) for cell in cells] + [1.0])
    parts = [_beginning(title, width, height)]
    for place, name in enumerate(places):
        parts.append(_text(_NAMES + _CELL_WIDTH * place + _CELL_WIDTH // 2, 16, name, "name"))
    for number, name in enumerate(rows):
        level = _TOP + _CELL_HEIGHT * number + _CELL_HEIGHT // 2 + 5
        parts.append(Markup('<text class="name row" x="0" y="{}">{}</text>').format(level, name))
    for cell in cells:
        step = min(_STEPS, int(float(cell.value) / top * _STEPS) + 1)
        left, upper = _NAMES + _CELL_WIDTH * cell.place, _TOP + _CELL_HEIGHT * cell.row
        parts.append(
            Markup('<rect class="heat heat-{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>').format(
                step, left + 1, upper + 1, _CELL_WIDTH - 2, _CELL_HEIGHT - 2
            )
        )
        parts.append(
            _text(left + _CELL_WIDTH // 2, upper + _CELL_HEIGHT // 2 + 5, cell.text, f"on-heat on-heat-{step}")
        )
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def _beginning(title: str, width: float, height: float) -> Markup:
    return Markup('<svg class="chart" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">').format(
        title, width, height, width
    )


def _text(middle: float, level: float, text: str, kind: str = "figure") -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, round(middle, 1), round(level, 1), text)
