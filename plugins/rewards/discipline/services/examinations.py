"""The one examination of a case with its minutes, and temporary release from the post while it lasts."""

from datetime import date

from core.plugin_api import N_, Context, refuse, unit_of_work
from plugins.rewards.discipline.models import Examination, TemporaryRelease
from plugins.rewards.discipline.services.charges import suspected_level
from plugins.rewards.discipline.services.clocks import end_clocks
from plugins.rewards.discipline.services.steps import begin_step, day_of, end_step, filled
from plugins.rewards.discipline.services.summonses import last_summons
from plugins.rewards.discipline.terms import ClockKind, ExaminationMode, SanctionLevel, Step


def examine(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    minutes: str,
    is_signed_by_examiner: bool,
    is_signed_by_examined: bool,
    refusal_reason: str = "",
    statement: str = "",
    mode: ExaminationMode = ExaminationMode.IN_PERSON,
    place: str = "",
    held_on: date | None = None,
    late_reason: str = "",
) -> Examination:
    """Keep the minutes (BAP) of the closed examination; where the examined does not sign, the reason is noted."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.EXAMINE, case_id, version)
        day = day_of(ctx, held_on, "heldOn", last_summons(case).noted_on)
        text = filled(minutes, "minutes")
        if not is_signed_by_examiner:
            message = N_("Minutes are signed by whoever examines. Sign them first.")
            raise refuse("DISCIPLINE_MINUTES_UNSIGNED", message, "input", "isSignedByExaminer")
        if not is_signed_by_examined and not refusal_reason.strip():
            message = N_("The person did not sign the minutes. Note why.")
            raise refuse("DISCIPLINE_REFUSAL_UNNOTED", message, "input", "refusalReason")
        end_clocks(work, case, day, late_reason, ClockKind.EXAMINATION_DAY, ClockKind.SECOND_EXAMINATION_DAY)
        made = work.create(
            Examination,
            case=case,
            examiner=ctx.actor.employee_id,
            held_on=day,
            mode=mode,
            place=place.strip(),
            minutes=text,
            statement=statement.strip(),
            is_signed_by_examiner=is_signed_by_examiner,
            is_signed_by_examined=is_signed_by_examined,
            refusal_reason="" if is_signed_by_examined else refusal_reason.strip(),
        )
        end_step(work, Step.EXAMINE, case, day)
        return made


def release_from_post(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    decree_number: str,
    reason: str,
    on: date | None = None,
) -> TemporaryRelease:
    """Release the person from the post for the time of the examination, where a heavy breach is suspected."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.RELEASE, case_id, version)
        day = day_of(ctx, on, "on", case.opened_on)
        if suspected_level(case) is not SanctionLevel.HEAVY:
            text = N_("Only where a heavy breach is suspected is somebody released from the post. Leave it.")
            raise refuse("DISCIPLINE_RELEASE_LEVEL", text, "input", "caseId")
        if TemporaryRelease.select().where(TemporaryRelease.case == case.id).exists():
            text = N_("The person is released from the post already. Nothing is to be done.")
            raise refuse("DISCIPLINE_RELEASED", text, "input", "caseId")
        made = work.create(
            TemporaryRelease,
            case=case,
            decree_number=filled(decree_number, "decreeNumber"),
            reason=filled(reason, "reason"),
            valid_from=day,
        )
        end_step(work, Step.RELEASE, case, day)
        return made
