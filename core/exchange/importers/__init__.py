"""The kinds of file that core imports."""

from core.exchange.importers.assignments import ASSIGNMENTS
from core.exchange.importers.attendance import ATTENDANCE, LEAVES
from core.exchange.importers.employees import EMPLOYEES
from core.exchange.importers.plans import PLANS
from core.exchange.importers.positions import POSITIONS
from core.exchange.importers.units import UNITS
from core.exchange.kinds import ImportKind

IMPORTS: dict[str, ImportKind] = {
    kind.name: kind for kind in (UNITS, POSITIONS, EMPLOYEES, ASSIGNMENTS, PLANS, LEAVES, ATTENDANCE)
}
"""Core's kinds by name, in the order in which a new institution loads them."""
