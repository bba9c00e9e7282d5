"""How work results support one another, and which of them go along when somebody moves."""

from collections.abc import Mapping


def makes_loop(child: int, parent: int, parent_of: Mapping[int, int | None]) -> bool:
    """Whether `child` would support itself, directly or through others, if it supported `parent`."""
    seen: set[int] = set()
    step: int | None = parent
    while step is not None and step not in seen:
        if step == child:
            return True
        seen.add(step)
        step = parent_of.get(step)
    return False


def goes_along(*, same_unit: bool, is_linked: bool) -> bool:
    """Whether a work result is still relevant at a new position.

    Within the same unit all are; elsewhere only those that support no result of the unit left behind.
    """
    return same_unit or not is_linked
