"""Charts in the API: which kinds there are, and what a chart shows of itself."""

from typing import Any, Optional

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.unset import UNSET

from core.charts.terms import ChartKind
from schema.engine.enums import describe_values
from schema.scalars import JSON

strawberry.enum(ChartKind, name="ChartKind", description="Kinds of charts.")
describe_values(
    ChartKind,
    BAR="A bar for each group, lying, with its figure.",
    COLUMN="A bar for each group, standing, with its figure.",
    LINE="A line over time or along an order, with points.",
    SHARE="The share in percent of each group in all of them.",
)


@strawberry.input(description="A band or line that is drawn behind the figures, such as a target.")
class ChartBand:
    """A band of values, or a line where only one end is given."""

    label: str = strawberry.field(description="What it means; shown in the chart.")
    low: float | None = strawberry.field(description="Lower end of the values; null: from the axis.", default=None)
    high: float | None = strawberry.field(description="Upper end of the values; null: to the top.", default=None)


@strawberry.type(description="A chart of groups as a Vega-Lite specification; the figures are in it.")
class Chart:
    """A chart of groups."""

    spec: JSON = strawberry.field(
        description="Vega-Lite 5 specification with the figures. Draw it yourself, or POST it to `svgUrl` or `pngUrl`."
    )
    svg_url: str = strawberry.field(description='Where POST {"spec": …} with your access token answers an SVG picture.')
    png_url: str = strawberry.field(description='Where POST {"spec": …} with your access token answers a PNG picture.')


def chart_arguments() -> list[StrawberryArgument]:
    """Return the arguments of a chart that are the same for every entity."""
    given: list[tuple[str, Any, str]] = [
        ("kind", ChartKind, "Which kind; BAR by default."),
        ("title", str, "Title; by default what is counted by what, in your language."),
        ("width", int, "Width of the drawing in pixels (100-2000; 640 by default)."),
        ("height", int, "Height of the drawing in pixels (100-2000; 360 by default)."),
        ("bands", list[ChartBand], "Bands and lines behind the figures, such as targets; at most 10."),
        (
            "distribution_for",
            _organization_rating(),
            "Draws the shares that the rule on distribution gives for a unit of this performance; kind SHARE only.",
        ),
    ]
    return [
        StrawberryArgument(
            python_name=name,
            graphql_name=None,
            type_annotation=StrawberryAnnotation(Optional[kind]),  # noqa: UP045 - the kind is a value here
            description=text,
            default=UNSET,
        )
        for name, kind, text in given
    ]


def _organization_rating() -> Any:
    from schema.appraisal_terms import OrganizationRating

    return OrganizationRating
