"""What people do by hand to the set-up of the queue."""

from plugins.queueing.verbs_of_counters import COUNTERS
from plugins.queueing.verbs_of_interventions import INTERVENTIONS
from plugins.queueing.verbs_of_points import POINTS
from plugins.queueing.verbs_of_services import SERVICES

VERBS = [*POINTS, *SERVICES, *COUNTERS, *INTERVENTIONS]
