"""Sets the data of a form as PDF: the data is given beside the template and never becomes part of its markup."""

import logging
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import typst

log = logging.getLogger(__name__)

_TEMPLATES = Path(__file__).parent / "templates"
_STANDARD = "ua-1"


@cache
def _fonts() -> Any:
    # Those of the library alone: a form looks the same on every machine.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def as_pdf(template: str, form: dict[str, Any], at: datetime, folder: Path = _TEMPLATES) -> bytes:
    """Return a form as tagged PDF that follows PDF/UA-1, set by the template of that name in `folder`.

    A text with letters that the fonts lack gives a tagged PDF without that claim.
    """
    source = str(folder / f"{template}.typ")
    inputs = {"form": orjson.dumps(form).decode()}
    moment = at.astimezone(UTC)

    def compiled(standards: list[Any]) -> bytes:
        return typst.compile(
            source,
            root=str(folder),
            font_paths=_fonts(),
            sys_inputs=inputs,
            timestamp=moment,
            pdf_standards=standards,
        )

    try:
        return compiled([_STANDARD])
    except typst.TypstError as error:
        log.warning("form %s cannot follow %s: %s", template, _STANDARD, error)
    return compiled([])
