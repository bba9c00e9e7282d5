"""What people do by hand to the performance of units, evaluations, objections and calibration."""

from core.appraisal.verbs_of_calibration import CALIBRATION
from core.appraisal.verbs_of_evaluations import EVALUATIONS
from core.appraisal.verbs_of_objections import OBJECTIONS
from core.appraisal.verbs_of_performance import PERFORMANCES

VERBS = (*PERFORMANCES, *EVALUATIONS, *OBJECTIONS, *CALIBRATION)
