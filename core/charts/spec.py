"""The Vega-Lite specification of a picture: figures inline, labels beside colours, bands behind the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.charts.bands import Band
from core.charts.terms import ChartKind
from core.i18n import N_, language, translate

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_INK, _PAPER, _MAIN = "#1a1a1a", "#ffffff", "#0b5fa5"
_SERIES = ("#0b5fa5", "#b35900", "#2e7d32", "#8e24aa", "#5d4037", "#c2185b", "#00695c", "#424242")
"""Each has at least 4.5 times the luminance contrast to paper."""
_BAND, _EDGE = "#f2c94c", "#7a5c00"
_LOCALES = {
    "id": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["Rp", ""]},
}


@dataclass(frozen=True)
class Mark:
    """One figure of a picture and its text, which stands beside it unless too many stand close together."""

    category: str
    series: str
    value: Any
    text: str
    is_labelled: bool = True


@dataclass(frozen=True)
class Picture:
    """Everything that a specification is made of; `series` is the title of a second key."""

    kind: ChartKind
    title: str
    note: str
    category: str
    series: str | None
    value: str
    width: int
    height: int
    marks: Sequence[Mark]
    bands: Sequence[Band]


def make_spec(picture: Picture) -> dict[str, Any]:
    """Return the specification."""
    is_lying = picture.kind in {ChartKind.BAR, ChartKind.SHARE}
    names = {"category": "y" if is_lying else "x", "value": "x" if is_lying else "y"}
    categories = list(dict.fromkeys(mark.category for mark in picture.marks))
    title: dict[str, Any] = {"text": picture.title, "anchor": "start", "fontSize": 16, "color": _INK}
    if picture.note:
        title |= {"subtitle": picture.note, "subtitleColor": _INK, "subtitlePadding": 6}
    layers = [
        *(layer for band in picture.bands for layer in _behind(band, names)),
        *_figures(picture, names),
        *(layer for band in picture.bands for layer in _before(band, names, picture)),
    ]
    return {
        "$schema": _SCHEMA,
        "title": title,
        "description": described(picture),
        "width": picture.width,
        "height": picture.height,
        "background": _PAPER,
        "autosize": {"type": "pad"},
        "data": {
            "values": [
                {
                    "category": mark.category,
                    "series": mark.series,
                    "value": _number(mark.value),
                    "text": _text(picture, mark),
                }
                for mark in picture.marks
            ]
        },
        "encoding": {
            names["category"]: {
                "field": "category",
                "type": "ordinal",
                "sort": categories,
                "title": picture.category,
                "axis": {"labelLimit": 260, "labelAngle": 0 if is_lying else -30},
            }
        },
        "layer": layers,
        "config": {
            "font": "Liberation Sans, Arial, sans-serif",
            "axis": {
                "labelColor": _INK,
                "titleColor": _INK,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "gridColor": "#dddddd",
            },
            "legend": {"labelColor": _INK, "titleColor": _INK},
            "locale": {"number": _LOCALES[language.get()]},
            "view": {"stroke": None},
        },
    }


def described(picture: Picture) -> str:
    """Return the picture in words, for those who do not see it."""
    figures = "; ".join(
        f"{mark.category}{', ' + mark.series if mark.series else ''}: {mark.text}" for mark in picture.marks
    )
    bands = "; ".join(f"{band.category + ' ' if band.category else ''}{band.label}" for band in picture.bands)
    parts = [f"{picture.title}.", f"{figures or translate(N_('There are no figures.'))}"]
    if picture.note or bands:
        parts.append(
            translate(N_("Drawn behind: {bands}")).format(bands="; ".join(filter(None, [bands, picture.note])))
        )
    return " ".join(parts)


def _figures(picture: Picture, names: dict[str, str]) -> list[dict[str, Any]]:
    axis: dict[str, Any] = {"field": "value", "type": "quantitative", "title": picture.value}
    if picture.kind is ChartKind.SHARE:
        axis["scale"] = {"domain": [0, 100]}
    else:
        axis["scale"] = {"zero": True, "nice": True}
    if all(isinstance(_number(mark.value), int) for mark in picture.marks):
        axis["axis"] = {"tickMinStep": 1}
    value = {names["value"]: axis}
    series: dict[str, Any] = {}
    offset: dict[str, Any] = {}
    if picture.series is not None:
        order = list(dict.fromkeys(mark.series for mark in picture.marks))
        colours = [_SERIES[place % len(_SERIES)] for place in range(len(order))]
        series = {
            "color": {
                "field": "series",
                "type": "nominal",
                "sort": order,
                "title": picture.series,
                "scale": {"domain": order, "range": colours},
            }
        }
        offset = {f"{names['category']}Offset": {"field": "series", "sort": order}}
    if picture.kind is ChartKind.LINE:
        shape = {"shape": {"field": "series", "legend": None}, "strokeDash": {"field": "series", "legend": None}}
        told = shape if series else {}
        colour = {} if series else {"color": _MAIN}
        return [
            {
                "mark": {"type": "line", "strokeWidth": 2, **colour},
                "encoding": {**value, **series, **({"strokeDash": told["strokeDash"]} if told else {})},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, **colour},
                "encoding": {**value, **series, **({"shape": told["shape"]} if told else {})},
            },
            _texts(names, value, {}),
        ]
    colour = {} if series else {"color": _MAIN}
    bars = {"mark": {"type": "bar", **colour, "height" if names["value"] == "x" else "width": {"band": 0.7}}}
    return [{**bars, "encoding": {**value, **series, **offset}}, _texts(names, value, offset)]


def _texts(names: dict[str, str], value: dict[str, Any], offset: dict[str, Any]) -> dict[str, Any]:
    place = (
        {"align": "left", "baseline": "middle", "dx": 4}
        if names["value"] == "x"
        else {"align": "center", "baseline": "bottom", "dy": -6}
    )
    return {
        "mark": {"type": "text", **place, "color": _INK, "fontSize": 11, "clip": False},
        "encoding": {**value, **offset, "text": {"field": "text", "type": "nominal"}},
    }


def _behind(band: Band, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the surface of a band; of one category, a frame round the place of its bar."""
    if band.low is None or band.high is None:
        return []
    axis = names["value"]
    ends = {axis: {"field": "low", "type": "quantitative"}, f"{axis}2": {"field": "high"}}
    mark: dict[str, Any] = {"type": "rect", "color": _BAND, "opacity": 0.35}
    if band.category is not None:
        mark = {"type": "bar", "color": _BAND, "opacity": 0.45, "stroke": _EDGE, "strokeDash": [4, 3]}
    else:
        ends[names["category"]] = None  # type: ignore[assignment]
    return [{"data": _data(band), "mark": mark, "encoding": ends}]


def _before(band: Band, names: dict[str, str], picture: Picture) -> list[dict[str, Any]]:
    """Return the edges of a band and its words, which lie over the figures."""
    axis, data = names["value"], _data(band)
    if band.category is not None:
        place = {"align": "right", "baseline": "top", "dx": -4, "dy": 8}
        return _words(data, place, {axis: {"value": picture.width}})
    layers: list[dict[str, Any]] = [
        {
            "data": data,
            "mark": {"type": "rule", "color": _EDGE, "strokeDash": [6, 4], "strokeWidth": 1.5},
            "encoding": {names["category"]: None, axis: {"field": end, "type": "quantitative"}},
        }
        for end, number in (("low", band.low), ("high", band.high))
        if number is not None
    ]
    at = {"field": "low" if band.high is None else "high", "type": "quantitative"}
    # Standing charts have the words at the left edge, lying ones above the bars.
    if axis == "y":
        place = {"align": "left", "baseline": "bottom", "dy": -2}
        return [*layers, *_words(data, place, {"x": {"value": 4}, "y": at})]
    return [*layers, *_words(data, {"align": "left", "baseline": "bottom", "dx": 3}, {"y": {"value": -4}, "x": at})]


def _words(data: dict[str, Any], place: dict[str, Any], where: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a band's words in two layers: a halo of paper, so that they can be read over a bar, and the words."""
    mark = {"type": "text", "fontSize": 11, "fontStyle": "italic", "color": _EDGE, **place}
    halo = {**mark, "color": _PAPER, "stroke": _PAPER, "strokeWidth": 4, "opacity": 0.9}
    encoding = {**where, "text": {"field": "text", "type": "nominal"}}
    return [{"data": data, "mark": one, "encoding": encoding} for one in (halo, mark)]


def _data(band: Band) -> dict[str, Any]:
    row = {"low": band.low, "high": band.high, "text": band.label}
    return {"values": [row if band.category is None else {**row, "category": band.category}]}


def _text(picture: Picture, mark: Mark) -> str:
    """Return what stands at a figure; with a second key also its word, since colour alone tells some people nothing."""
    if not mark.is_labelled:
        return ""
    return f"{mark.series}: {mark.text}" if picture.series is not None else mark.text


def _number(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
