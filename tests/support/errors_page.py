# ruff: noqa: E501 - rows of tables cannot be broken
"""Writes docs/clients/errors.md from core.error_codes: `.venv/bin/python -m tests.support.errors_page`."""

from pathlib import Path

from core.error_codes import AREAS, ERROR_CODES, STATUSES
from core.i18n import load_translations, translate
from tests.support.error_sources import found_codes

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "clients" / "errors.md"

HEAD = """# Errors and problems

Written from the program by `.venv/bin/python -m tests.support.errors_page`; a test fails when it is out of date, or when the
program says a code that is not here.

| Where | What it means | What a client does |
|---|---|---|
| `problems` in the payload of a mutation | an expected refusal; nothing was written | show `message` at the place `path`; all problems come at once |
| `errors` without `data` | nothing ran: the request, the document or its variables | a mistake of the program that sends it, or a limit; correct it |
| `errors` beside `data` | the field at `path` could not be answered and is null; the others are there | show what came; look at `code` |
| HTTP status 4xx or 5xx | the request as a whole | by `code`; see [HTTP](http.md) |

`extensions.code` (in payloads `code`) is for programs and never changes its meaning; `message` is for people, names the remedy,
and comes in Indonesian or English by `Accept-Language`. An error of a limit carries `limit` and mostly `value` in `extensions`
([limits](limits.md)). What nobody expected is masked: `INTERNAL_ERROR` with `extensions.requestId`, under which the log of the
server has the rest; every answer has the same number in the header `X-Request-Id`, and you may send one of your own.

```sh
curl -s https://kinerja.example.go.id/graphql -H 'Content-Type: application/json' -H 'Accept-Language: en' \\
    -d '{"query": "{ employees(first: 5000) { totalCount } }"}'
```

```json
{"data": null, "errors": [{"message": "`first` is 5000, 200 rows a page are allowed. Ask for fewer and go on with a cursor.",
  "path": ["employees"], "extensions": {"code": "PAGE_TOO_LARGE", "argument": "first", "value": 5000, "limit": 200}}]}
```

Which to repeat: `RATE_LIMITED` and `DATABASE_UNAVAILABLE` after a pause (the header `Retry-After` names it, where it is known);
`STALE_VERSION` after reading again and letting the person decide; nothing else as it is.

In the lists, `{…}` stands for what the case names, and the status is that of an answer that consists of the refusal alone; a
code without one comes with status 200, as data (with 400 where nothing ran and the answer is `application/graphql-response+json`). One code may have several wordings; the list has the most general. Plugins
have codes of their own, named in their README.
"""


def page() -> str:
    """Return the whole page."""
    load_translations(ROOT / "schema" / "translations")
    load_translations(ROOT / "admin" / "translations")
    parts = [HEAD]
    for title, codes in AREAS.items():
        rows = [
            f"| `{code}` | {STATUSES.get(code, '')} | {_cell(text)} | {_cell(translate(text, 'id'))} |"
            for code, text in sorted(codes.items())
        ]
        parts.append(
            f"\n## {title} ({translate(title, 'id')})\n\n| Code | Status | What it means and what to do | Artinya dan apa yang "
            "dilakukan |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
        )
    return "".join(parts)


def missing() -> list[str]:
    """Return lines for core/error_codes for the codes that the program says and the list does not have."""
    return [
        f'    "{code}": N_("{next((text for text in texts if text), "…")}"),  # {next(iter(texts.values()))[0]}'
        for code, texts in sorted(found_codes().items())
        if code not in ERROR_CODES
    ]


def _cell(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print("\n".join(missing()))  # noqa: T201 - a program of the developers
