"""What evaluation announces after a commit, what it does after events of planning, and what it does by night."""

from core.appraisal.services.conclusions import deem_accepted
from core.appraisal.services.handover import drop_drafts_after_end, hand_over_pending
from core.contributions import Job
from core.events import EventHandler, EventType
from core.i18n import N_

EVENTS: tuple[EventType, ...] = (
    EventType("appraisal.organization_performance_set", N_("A unit's performance was set or set again.")),
    EventType("appraisal.evaluations_opened", N_("Drafts of evaluations were made for the plans of a unit.")),
    EventType("appraisal.evaluation_rated", N_("Results or behaviour of an evaluation were rated.")),
    EventType("appraisal.evaluation_finalised", N_("An evaluation became final and has its predicate.")),
    EventType("appraisal.evaluation_acknowledged", N_("The employee took notice of an evaluation, or is deemed to.")),
    EventType("appraisal.evaluation_reopened", N_("A final evaluation was taken back to its ratings.")),
    EventType("appraisal.objection_filed", N_("An employee objected to an evaluation.")),
    EventType("appraisal.objection_answered", N_("The evaluator answered an objection.")),
    EventType("appraisal.objection_handed_on", N_("An objection went to somebody else who is to hear it.")),
    EventType("appraisal.objection_decided", N_("An objection was decided for good.")),
    EventType("appraisal.calibration_started", N_("A calibration session was opened.")),
    EventType("appraisal.rating_shifted", N_("A calibration session changed a rating.")),
    EventType("appraisal.calibration_closed", N_("A calibration session was closed.")),
    EventType("law.rule_version_added", N_("A version of a rule set was added.")),
)

HANDLERS: tuple[EventHandler, ...] = (
    EventHandler("appraisal.hand_over_pending", "planning.evaluator_changed", hand_over_pending),
    EventHandler("appraisal.drop_drafts_after_end", "planning.plan_ended", drop_drafts_after_end),
)

JOBS: tuple[Job, ...] = (
    Job(
        "appraisal.deem_accepted",
        N_("Evaluations that nobody acknowledged in time count as accepted"),
        deem_accepted,
        schedule="15 1 * * *",
    ),
)
