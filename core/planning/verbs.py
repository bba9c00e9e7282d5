"""What people do by hand to periods, plans, what stands in them, and templates."""

from core.planning.verbs_of_content import CONTENT
from core.planning.verbs_of_periods import PERIODS
from core.planning.verbs_of_plans import PLANS
from core.planning.verbs_of_templates import TEMPLATES

VERBS = (*PLANS, *CONTENT, *PERIODS, *TEMPLATES)
