# ruff: noqa: E501 - rows of tables cannot be broken
"""Writes docs/clients/limits.md from the settings: `.venv/bin/python -m tests.support.limits_page`."""

from pathlib import Path

from core.error_codes import ERROR_CODES
from core.rates import POINTS_OF_AN_OPERATION
from core.settings import Settings
from schema.build import Schema
from schema.cost import ASSUMED_LENGTH, INTROSPECTION, TOTAL_COUNT, WEIGHTS, price_of
from schema.engine.conditions import MOST_CONDITIONS, MOST_LISTED, MOST_NESTING
from schema.engine.fields import Batch, Change, RootValue
from tests.support.schemas import core_schema
from tests.support.settings_page import shown

PAGE = Path(__file__).parents[2] / "docs" / "clients" / "limits.md"

CODES = {
    "graphql_max_bytes": "BODY_TOO_LARGE",
    "graphql_max_batch": "BATCH_TOO_LARGE",
    "graphql_max_tokens": "TOO_MANY_TOKENS",
    "graphql_max_definitions": "TOO_MANY_DEFINITIONS",
    "graphql_max_depth": "TOO_DEEP",
    "graphql_max_aliases": "TOO_MANY_ALIASES",
    "graphql_max_root_fields": "TOO_MANY_ROOT_FIELDS",
    "graphql_max_fields": "TOO_MANY_FIELDS",
    "graphql_max_repeats": "TOO_MANY_REPEATS",
    "graphql_max_list_items": "LISTS_TOO_LONG",
    "graphql_max_value_depth": "VALUES_TOO_DEEP",
    "graphql_max_mutations": "TOO_MANY_MUTATIONS",
    "graphql_max_cost": "COST_TOO_HIGH",
    "graphql_max_page_size": "PAGE_TOO_LARGE",
    "graphql_max_rows": "TOO_MANY_ROWS",
    "graphql_statement_seconds": "STATEMENT_TOO_SLOW",
    "rate_points_per_minute": "RATE_LIMITED",
    "max_upload_mb": "FILE_TOO_LARGE",
}
"""The settings that are limits, each with the code of its refusal."""

EXAMPLE = """query Team($unit: String!, $after: String) {
  employees(first: 50, after: $after, filter: {unit: {code: {eq: $unit}}}) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      fullName
      unit { name }
      superior { fullName }
      plans(first: 1) { nodes { state workResults(first: 5) { nodes { id } } } }
    }
  }
}"""

HEAD = """# Limits

Written from the program by `.venv/bin/python -m tests.support.limits_page`; a test fails when it is out of date.

Every limit is on from the start, is a [setting](../settings.md) of the installation, and refuses with a code of its own
([errors](errors.md)), the limit and the value in `extensions`, and the remedy in the message. Whatever is refused for its size is
refused before anything of it runs.

| Setting | Default | Bounds | Code | What it says |
|---|---|---|---|---|
"""

FIXED = f"""
Beside them, fixed: a filter has {MOST_CONDITIONS} parts (`FILTER_TOO_LARGE`), nested {MOST_NESTING} deep (`FILTER_TOO_DEEP`), with lists of
{MOST_LISTED:,} entries (`LIST_TOO_LONG`); the queries of a list of operations have together as many tokens as one may have
(`BATCH_TOO_LONG`). What a mutation takes at most (rows of a batch, characters of a text) its description in the schema says.

`PAGE_TOO_LARGE`, `TOO_MANY_ROWS`, `STATEMENT_TOO_SLOW` and those of filters are found while the operation runs: its field is null and
the error stands beside `data`; the others of this page come without `data`, and then nothing has run.
"""


def schema() -> Schema:
    """Return the schema of core."""
    return core_schema()


def example_cost(schema: Schema) -> int:
    """Return what the example costs by the settings as they are delivered."""
    settings = Settings(secret_key="x" * 40)
    document = schema.documents.read(EXAMPLE, settings)
    node = document.operation(None)
    assert node is not None
    assert document.errors == ()
    return price_of(schema.catalogue, document, node, {}, settings).cost


def cost(schema: Schema) -> str:
    """Return the part about cost."""
    requested = example_cost(schema)
    return f"""
## Cost

Counted from the document and the variables that come with it, before anything runs:

- a field costs 1; one that is computed in Python {WEIGHTS[Batch]}, a computed root field {WEIGHTS[RootValue]}, a mutation {WEIGHTS[Change]}, `totalCount` {TOTAL_COUNT},
  `__schema` and `__type` {INTROSPECTION:,};
- what is selected below `nodes` or `edges` counts as often as the page may have rows: `first`, `last`, or the page size of the
  settings; so pages in pages multiply;
- other lists count as {ASSUMED_LENGTH} entries; fragments count where they are spread, and what `@skip` or `@include` leaves out counts nothing.

The operations of one list (see [HTTP](http.md)) are added up. Every answer of an operation that ran says what it cost:

```graphql
{EXAMPLE}
```

```json
"extensions": {{"cost": {{"requested": {requested}, "limit": 1000000, "remaining": {30_000_000 - POINTS_OF_AN_OPERATION - requested}}}}}
```

A refusal names the field that most of it is spent on (`extensions.field`). Give `first` there and in the lists around it: a page
without a number counts 50 rows, even where an employee has two plans.

```sh
curl -s https://kinerja.example.go.id/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
    -d '{{"query": "{{ employees(first: 200) {{ nodes {{ plans(first: 200) {{ nodes {{ workResults(first: 200) {{ nodes {{ id }} }} }} }} }} }} }}"}}'
```

## Rate

Each account has a bucket of `rate_points_per_minute` points, each address of callers without a log-in one as well (a network /64 of
IPv6). An operation takes its cost and {POINTS_OF_AN_OPERATION:,} points more; what is refused unread takes {POINTS_OF_AN_OPERATION:,}. The bucket fills evenly within a
minute. `extensions.cost.remaining` says what is left. When it is empty, the answer is status 429 with `RATE_LIMITED`, and the header
`Retry-After` names the seconds to wait; inside a list of operations it is the error of the operation.

```sh
curl -si https://kinerja.example.go.id/graphql -H 'Content-Type: application/json' -d '{{"query": "{{ __typename }}"}}' | grep -i -e '^HTTP' -e '^Retry-After'
```

For administrators: buckets are kept in each process, and in Redis when `jobs_backend = "redis"`, so that several processes count
together. Without Redis, `workers = 2` gives twice the points. Name your reverse proxies in `trusted_proxies`, or all strangers
behind them share one bucket. A log-in that fails too often locks the account for a while; that is counted apart and stays as it is.

## Time on the database

A statement that takes longer than `graphql_statement_seconds` is stopped. On PostgreSQL that holds for changes too: the transaction is
rolled back whole, nothing is half written. On SQLite reads are stopped, the seconds counted for the operation; its one writer is
not, since he may have to wait for another.
"""


def page() -> str:
    """Return the whole page."""
    built = schema()
    rows = []
    for name, code in CODES.items():
        field = Settings.model_fields[name]
        bounds = {kind: getattr(part, kind) for part in field.metadata for kind in ("ge", "le") if hasattr(part, kind)}
        span = f"{bounds['ge']}-{bounds['le']}"
        rows.append(f"| `{name}` | {shown(field.default)} | {span} | `{code}` | {ERROR_CODES[code]} |")
    return HEAD + "\n".join(rows) + "\n" + FIXED + cost(built)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
