"""What people do by hand to calibration."""

from core.actor import Actor
from core.appraisal.models import CalibrationSession, CalibrationShift, Evaluation
from core.appraisal.services.calibration import Shift, close_calibration, shift_rating, start_calibration
from core.appraisal.terms import CalibrationState, Rating
from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.organisation.models import WorkUnit
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.verbs.calling import REASON, given, seen_version
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField


def _leads_or_manages(actor: Actor) -> bool:
    return bool(actor.headed_paths) or bool(actor.paths("appraisal.manage"))


def _start(ctx: Context, _target: Target, values: Values) -> CalibrationSession:
    wanted = given(values)
    place = [wanted.pop(name, None) for name in ("unit_id", "period_id", "window_id")]
    return start_calibration(ctx, place[0], place[1], place[2], **wanted)


def _shift(ctx: Context, target: Target, values: Values) -> CalibrationShift:
    wanted = given(values)
    version = seen_version(Evaluation, Target(wanted["evaluation_id"]))
    return shift_rating(ctx, target.id, Shift(version=version, **wanted))


def _close(ctx: Context, target: Target, values: Values) -> CalibrationSession:
    return close_calibration(ctx, target.id, seen_version(CalibrationSession, target), values.get("note"))


def _has_no_shifts(row: CalibrationSession) -> bool:
    return not CalibrationShift.select().where(CalibrationShift.session == row.id).exists()


_NOTE = VerbField("note", N_("Note"), FieldKind.LONG_TEXT)

CALIBRATION = (
    Verb(
        "appraisal.start_calibration",
        N_("New calibration session"),
        CalibrationSession,
        Does.CREATE,
        _start,
        (
            VerbField("unit_id", N_("Unit"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
            VerbField("period_id", N_("Period"), FieldKind.REFERENCE, is_required=True, refers_to=EvaluationPeriod),
            VerbField(
                "window_id",
                N_("Window"),
                FieldKind.REFERENCE,
                refers_to=EvaluationWindow,
                help=N_("Empty: the whole period."),
            ),
            VerbField("held_on", N_("Held on"), FieldKind.DATE),
            _NOTE,
        ),
        permission="appraisal.calibrate",
        allows=_leads_or_manages,
    ),
    Verb(
        "appraisal.shift_rating",
        N_("Shift a rating"),
        CalibrationSession,
        Does.ACT,
        _shift,
        (
            VerbField("evaluation_id", N_("Evaluation"), FieldKind.REFERENCE, is_required=True, refers_to=Evaluation),
            VerbField("result_to", N_("Results after"), FieldKind.CHOICE, choices=Rating),
            VerbField("behavior_to", N_("Behaviour after"), FieldKind.CHOICE, choices=Rating),
            REASON,
        ),
        permission="appraisal.calibrate",
        subject=lambda row: row.unit,
        suits=lambda row: row.state is CalibrationState.OPEN,
    ),
    Verb(
        "appraisal.close_calibration",
        N_("Close"),
        CalibrationSession,
        Does.ACT,
        _close,
        (_NOTE,),
        permission="appraisal.calibrate",
        subject=lambda row: row.unit,
        suits=lambda row: row.state is CalibrationState.OPEN,
    ),
    archive_verb(CalibrationSession, "appraisal.calibrate", suits=_has_no_shifts, subject=lambda row: row.unit),
)
