"""Nominations: made by the rule, a superior or a colleague, taken back, and verified by HR."""

from collections.abc import Sequence

from core.organisation.models import Assignment, Employee
from core.organisation.scope import holds_on, supervises
from core.organisation.services.changing import refuse_all
from core.organisation.terms import EmployeeState
from core.plugin_api import N_, Context, Problem, UnitOfWork, fetch, refuse, require, unit_of_work
from plugins.rewards.programmes.events import NOMINATION_CHANGED
from plugins.rewards.programmes.models import EligibilityResult, EligibilityRun, Nomination, RewardRound
from plugins.rewards.programmes.policies import NOMINATE, TAKE_BACK
from plugins.rewards.programmes.roles import MANAGE
from plugins.rewards.programmes.services.access import needed, open_round, to_do
from plugins.rewards.programmes.terms import NominationBasis, NominationState, RunState

_MOST_EVIDENCE, _LONGEST_EVIDENCE, _LONGEST_STATEMENT = 20, 1000, 10_000


def nominate(
    ctx: Context,
    *,
    round_id: int,
    employee_id: int,
    basis: NominationBasis,
    statement: str,
    evidence: Sequence[str] = (),
) -> Nomination:
    """Nominate somebody in a round, with a statement and evidence.

    By the rule, HR does so with somebody whom the newest run found eligible; a superior with a report, a colleague with
    anybody else whom they know. Whether the criteria are fulfilled is told by verification and decision, never to a
    colleague.
    """
    proofs = [text.strip() for text in evidence if text.strip()]
    with unit_of_work(ctx) as work:
        round_ = open_round(ctx, round_id)
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        unit_id = _unit_of(ctx, employee)
        _may_nominate(ctx, round_, employee, basis)
        refuse_all(_problems(ctx, round_, employee, statement, proofs))
        result = _eligible_result(round_, employee) if basis is NominationBasis.RULE else None
        made = work.create(
            Nomination,
            round=round_.id,
            employee=employee.id,
            unit=unit_id,
            basis=basis,
            nominator=ctx.actor.employee_id,
            result=result,
            statement=statement.strip(),
            evidence=proofs,
            checked=[],
            nominated_on=ctx.today,
        )
        tell(work, made)
        return made


def _may_nominate(ctx: Context, round_: RewardRound, employee: Employee, basis: NominationBasis) -> None:
    programme, me = round_.programme, ctx.actor.employee_id
    if basis is not NominationBasis.RULE:
        require(ctx, NOMINATE, round_, "input", "basis")
    if basis.value not in programme.nominators:
        text = N_("In {name} nobody is nominated that way. Possible are: {kinds}.")
        kinds = ", ".join(programme.nominators)
        raise refuse("NOMINATION_BASIS", text, "input", "basis", name=programme.name, kinds=kinds)
    if me is not None and me == employee.id:
        text = N_("Nobody nominates themselves. Let a colleague or your superior do it.")
        raise refuse("NOMINATION_OWN", text, "input", "employeeId")
    if basis is NominationBasis.RULE:
        require(ctx, MANAGE, programme, "input", "basis")
    elif basis is NominationBasis.SUPERIOR and not ctx.actor.is_system and not supervises(me, employee.id, ctx.today):
        text = N_("You are not the superior of {name} today. Nominate as a colleague, or let the superior do it.")
        raise refuse("NOMINATION_NOT_SUPERIOR", text, "input", "employeeId", name=employee.name)


def _problems(
    ctx: Context, round_: RewardRound, employee: Employee, statement: str, proofs: Sequence[str]
) -> list[Problem]:
    problems = needed({"statement": statement})
    if len(statement) > _LONGEST_STATEMENT:
        text = N_("This is longer than {longest} characters. Shorten it.")
        problems.append(Problem("TEXT_TOO_LONG", text, ("input", "statement"), {"longest": _LONGEST_STATEMENT}))
    if "\x00" in statement or any("\x00" in proof for proof in proofs):
        text = N_("This holds a character that cannot be stored. Type it again without it.")
        problems.append(Problem("TEXT_INVALID", text, ("input", "statement")))
    if len(proofs) > _MOST_EVIDENCE or any(len(proof) > _LONGEST_EVIDENCE for proof in proofs):
        text = N_("This is too much evidence. Give {most} lines at most, of {longest} characters each.")
        params = {"most": _MOST_EVIDENCE, "longest": _LONGEST_EVIDENCE}
        problems.append(Problem("EVIDENCE_TOO_MUCH", text, ("input", "evidence"), params))
    if not round_.starts_on <= ctx.today <= round_.nominations_until and not ctx.actor.is_system:
        text = N_("Nominations are taken from {first} to {last}. Come back then, or ask HR for another period.")
        days = {"first": round_.starts_on.isoformat(), "last": round_.nominations_until.isoformat()}
        problems.append(Problem("NOMINATIONS_CLOSED", text, ("input", "roundId"), days))
    if employee.state is EmployeeState.LEFT:
        text = N_("{name} does not serve any more. Choose somebody else.")
        problems.append(Problem("NOMINEE_LEFT", text, ("input", "employeeId"), {"name": employee.name}))
    twin = Nomination.get_or_none((Nomination.round == round_.id) & (Nomination.employee == employee.id))
    if twin is not None:
        text = N_("{name} is nominated in this round already. Tell HR what you would add.")
        problems.append(Problem("NOMINATED_ALREADY", text, ("input", "employeeId"), {"name": employee.name}))
    return problems


def _unit_of(ctx: Context, employee: Employee) -> int | None:
    post = Assignment.get_or_none(
        (Assignment.employee == employee.id) & Assignment.is_primary & holds_on(Assignment, ctx.today)
    )
    return None if post is None else int(post.unit_id)


def _eligible_result(round_: RewardRound, employee: Employee) -> int:
    runs = EligibilityRun.select(EligibilityRun.id).where(
        (EligibilityRun.round == round_.id) & (EligibilityRun.state == RunState.DONE)
    )
    newest = runs.order_by(EligibilityRun.id.desc()).limit(1)
    result = EligibilityResult.get_or_none(
        EligibilityResult.run.in_(newest) & (EligibilityResult.employee == employee.id) & EligibilityResult.is_eligible
    )
    if result is None:
        text = N_("The newest run did not find {name} eligible. Look at the result, or run again.")
        raise refuse("NOT_ELIGIBLE_IN_RUN", text, "input", "employeeId", name=employee.name)
    return int(result.id)


def withdraw_nomination(ctx: Context, nomination_id: int, version: int | None, reason: str) -> Nomination:
    """Take a nomination back before it is decided: by whoever made it, or by HR."""
    with unit_of_work(ctx) as work:
        nomination = to_do(ctx, TAKE_BACK, Nomination, nomination_id)
        open_round(ctx, nomination.round_id, "id")
        at_state(nomination, NominationState.NOMINATED, NominationState.VERIFIED)
        refuse_all(needed({"reason": reason}))
        changed = work.update(nomination, version, state=NominationState.WITHDRAWN, reason=reason.strip())
        tell(work, changed)
        return changed


def verify_nomination(
    ctx: Context,
    nomination_id: int,
    version: int | None,
    *,
    accepted: bool,
    checked: Sequence[str] = (),
    note: str = "",
) -> Nomination:
    """Tick off the checklist of a nomination: accepted, it goes to the panel; otherwise it ends, with a note why."""
    with unit_of_work(ctx) as work:
        nomination = to_do(ctx, MANAGE, Nomination, nomination_id)
        round_ = open_round(ctx, nomination.round_id, "id")
        at_state(nomination, NominationState.NOMINATED)
        not_concerned(ctx, nomination)
        items = {item["code"]: item for item in round_.programme.checklist}
        ticked = list(dict.fromkeys(code.strip() for code in checked if code.strip()))
        unknown = [code for code in ticked if code not in items]
        if unknown:
            text = N_("{code} does not stand in the checklist. Use the codes {codes}.")
            codes = ", ".join(items) or "-"
            raise refuse("CHECKLIST_ITEM_UNKNOWN", text, "input", "checked", code=unknown[0][:64], codes=codes)
        missing = [item.get(ctx.language, item["id"]) for code, item in items.items() if code not in ticked]
        if accepted and missing:
            text = N_("Not everything is found right yet: {items}. Tick it off, or reject the nomination.")
            raise refuse("CHECKLIST_INCOMPLETE", text, "input", "checked", items="; ".join(missing))
        if not accepted:
            refuse_all(needed({"note": note}))
        changed = work.update(
            nomination,
            version,
            state=NominationState.VERIFIED if accepted else NominationState.REJECTED,
            checked=ticked,
            verification_note=note.strip(),
            verified_on=ctx.today,
        )
        tell(work, changed)
        return changed


def not_concerned(ctx: Context, nomination: Nomination) -> None:
    """Refuse a step in a nomination to whoever is nominated."""
    if ctx.actor.employee_id is not None and ctx.actor.employee_id == nomination.employee_id:
        text = N_("This nomination is about yourself. Let somebody else do this.")
        raise refuse("NOMINATION_ABOUT_YOURSELF", text, "input", "id")


def at_state(nomination: Nomination, *states: NominationState) -> None:
    """Refuse a step that does not fit the state of a nomination."""
    if nomination.state not in states:
        text = N_("The nomination stands at {state}: this step is not possible. Load it again to see what happened.")
        raise refuse("NOMINATION_STEP", text, "input", "id", state=nomination.state.value)


def tell(work: UnitOfWork, nomination: Nomination) -> None:
    """Announce where a nomination stands now."""
    work.emit(
        NOMINATION_CHANGED,
        {
            "nomination_id": nomination.id,
            "round_id": nomination.round_id,
            "state": nomination.state.value,
        },
    )
