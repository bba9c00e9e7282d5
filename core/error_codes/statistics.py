"""Codes: aggregates and charts."""

from core.i18n import N_

STATISTICS: dict[str, str] = {
    "BAD_CHART": N_("{place}: a chart cannot be drawn like this. Correct it as the message says."),
    "BAD_GROUP": N_("{place}: {field} is no date, so that it has no bucket. Leave `bucket` out."),
    "BAD_HAVING": N_("{place}: {statistic} is compared with `{wanted}`. Give `{wanted}` and nothing else."),
    "BAD_PERCENTILE": N_("{place}: p is {value}. Give a share from 0 to 1 with at most 4 decimals, such as 0.5."),
    "BAD_STATISTIC": N_("{place}: {field} has no {statistic}. Use one of {offered}."),
    "CHARTS_BUSY": N_("Too many charts are being drawn. Try again in a moment."),
    "CHART_FAILED": N_("The chart could not be drawn. Draw fewer groups, or a smaller picture."),
    "CHART_NOT_FOUND": N_("The answer has {count} charts at this place. Give the place of one in `at`: {places}."),
    "CHART_NOT_OURS": N_(
        "This is no specification that the API gave, or it was changed. Send `spec` of a chart as it came."
    ),
    "TOO_MANY_GROUPS": N_(
        "{place} makes more than {limit} groups. Use a coarser bucket, fewer keys, or a narrower filter."
    ),
}
