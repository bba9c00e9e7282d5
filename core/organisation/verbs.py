"""What people do by hand to units, positions, people, their assignments and delegations."""

from core.organisation.verbs_of_people import EMPLOYEES, NUMBERS
from core.organisation.verbs_of_posts import ASSIGNMENTS, DELEGATIONS
from core.organisation.verbs_of_units import POSITIONS, UNITS

VERBS = (*EMPLOYEES, *NUMBERS, *UNITS, *POSITIONS, *ASSIGNMENTS, *DELEGATIONS)
