"""The codes of refusals of discipline."""

CODES: dict[str, str] = {}
