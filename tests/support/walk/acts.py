"""Who may do what: one line for each mutation, with an input that is right and the callers who may do it.

Everybody else is refused and nothing changes. Whoever adds a mutation adds a line; the walk fails until then.
"""

from typing import Any

from core.history.models import HistoryRecord
from core.law.models import RuleVersion
from tests.support.walk.act import EVERYBODY, HR, HR_ARCHIVE, HR_REGISTRY, KNOWN, NEXT_MONTH, Act, day, gid, seen
from tests.support.walk.attendance_acts import ACTS_OF_ATTENDANCE
from tests.support.walk.queue_acts import ACTS_OF_QUEUE
from tests.support.walk.rewards_allowance_acts import ACTS_OF_ALLOWANCE
from tests.support.walk.rewards_compliance_acts import ACTS_OF_COMPLIANCE
from tests.support.walk.rewards_discipline_acts import ACTS_OF_DISCIPLINE
from tests.support.walk.rewards_innovations_acts import ACTS_OF_INNOVATIONS
from tests.support.walk.rewards_points_acts import ACTS_OF_POINTS
from tests.support.walk.rewards_programmes_acts import ACTS_OF_PROGRAMMES
from tests.support.walk.world import TODAY, TOMORROW, World


def _record(world: World, label: str) -> str:
    row = world.rows[label]
    found = HistoryRecord.get((HistoryRecord.subject_type == type(row).__name__) & (HistoryRecord.subject_id == row.id))
    return f"HistoryRecord:{found.id}"


def _rule(_world: World) -> dict[str, Any]:
    rule = RuleVersion.select().where(RuleVersion.kind == "distribution").order_by(RuleVersion.revision.desc()).get()
    return {
        "kind": rule.kind, "regulation": "Peraturan baru", "source": "uji", "confidence": "H",
        "validFrom": day(NEXT_MONTH), "content": rule.content,
    }  # fmt: skip


def _batch(world: World) -> dict[str, Any]:
    row = {"indicatorId": gid(world, "indicator.officer"), "happenedOn": day(TODAY), "quantity": "2"}
    return {"idempotencyKey": "walk-1", "rows": [row]}


def _batch_problems(answer: dict[str, Any]) -> list[str]:
    return [problem["code"] for row in answer["rows"] or () for problem in row["problems"]]


ACTS: dict[str, Act] = {
    # Organisation
    "createUnit": Act(
        lambda w: {"code": "99", "name": "Baru", "parentId": gid(w, "unit.registry"), "validFrom": day(TODAY)},
        HR_REGISTRY,
    ),
    "updateUnit": Act(lambda w: seen(w, "unit.empty", kind="seksi"), HR_REGISTRY),
    "renameUnit": Act(lambda w: seen(w, "unit.empty", name="Lain", validFrom=day(TODAY)), HR_REGISTRY),
    "moveUnit": Act(
        lambda w: seen(w, "unit.empty", parentId=gid(w, "unit.archive"), validFrom=day(TODAY)), HR
    ),
    "mergeUnit": Act(
        lambda w: seen(w, "unit.empty", successorId=gid(w, "unit.archive"), validFrom=day(TODAY)), HR
    ),
    "closeUnit": Act(lambda w: seen(w, "unit.empty", lastDay=day(TODAY)), HR_REGISTRY),
    "createPosition": Act(
        lambda w: {
            "code": "11-new", "title": "Baru", "kindId": f"PositionKind:{w.rows['position.vacant'].kind_id}",
            "unitId": gid(w, "unit.registry"), "validFrom": day(TODAY),
        },
        HR_REGISTRY,
    ),
    "updatePosition": Act(lambda w: seen(w, "position.vacant", title="Lain"), HR_REGISTRY),
    "closePosition": Act(lambda w: seen(w, "position.vacant", lastDay=day(TODAY)), HR_REGISTRY),
    "createEmployee": Act(
        lambda w: {
            "nip": "199001012015032019", "name": "Baru", "status": "PNS", "sex": "FEMALE", "birthDate": "1990-01-01",
            "positionId": gid(w, "position.vacant"), "validFrom": day(TODAY),
        },
        HR_REGISTRY,
    ),
    "updateEmployee": Act(lambda w: seen(w, "employee.officer", phone="0811"), HR_REGISTRY),
    "assignEmployee": Act(
        lambda w: {
            "employeeId": gid(w, "employee.clerk"), "positionId": gid(w, "position.vacant"), "validFrom": day(TOMORROW),
            "endsPrevious": True,
        },
        HR_REGISTRY,
    ),
    "endAssignment": Act(lambda w: seen(w, "assignment.officer", lastDay=day(TODAY)), HR_REGISTRY),
    "withdrawAssignment": Act(lambda w: seen(w, "assignment.future"), HR_REGISTRY),
    "createDelegation": Act(
        lambda w: {
            "delegatorId": gid(w, "employee.chief"), "delegateId": gid(w, "employee.clerk"),
            "validFrom": "2026-08-01", "validTo": "2026-08-31",
        },
        HR_REGISTRY | {"chief"},
    ),
    "endDelegation": Act(lambda w: seen(w, "delegation.active", lastDay=day(TODAY)), HR_REGISTRY | {"chief"}),
    "withdrawDelegation": Act(lambda w: seen(w, "delegation.chief"), HR_REGISTRY | {"chief"}),
    # Calendar and law
    "saveHoliday": Act(lambda _w: {"day": "2026-08-17", "name": "Kemerdekaan", "kind": "NATIONAL"}, HR),
    "deleteHoliday": Act(lambda w: seen(w, "holiday"), HR),
    "addRuleVersion": Act(_rule, HR),
    # Planning
    "createPeriod": Act(
        lambda _w: {
            "code": "2028", "name": "Tahun 2028", "startsOn": "2028-01-01", "endsOn": "2028-12-31",
            "frequency": "QUARTERLY",
        },
        HR,
    ),
    "openPeriod": Act(lambda w: seen(w, "period.old", "periodId", reason="Belum selesai"), HR),
    "closePeriod": Act(lambda w: seen(w, "period.next", "periodId"), HR),
    "createPlan": Act(
        lambda w: {"periodId": gid(w, "period.next"), "employeeId": gid(w, "employee.clerk")},
        HR_REGISTRY | {"clerk", "chief"},
    ),
    "updatePlan": Act(
        lambda w: seen(w, "plan.clerk", "planId", supportNeeded="Pelatihan"), HR_REGISTRY | {"clerk", "chief"}
    ),
    "submitPlan": Act(lambda w: seen(w, "plan.clerk", "planId"), {"clerk"}),
    "returnPlan": Act(lambda w: seen(w, "plan.other_chief", "planId", note="Perbaiki ukuran"), {"head"}),
    # A delegate and the superior who delegates both answer for the plan.
    "approvePlan": Act(lambda w: seen(w, "plan.trainee", "planId"), {"chief", "deputy"}),
    "revisePlan": Act(
        lambda w: seen(w, "plan.officer", "planId", reason="Tugas berubah"), HR_REGISTRY | {"officer", "chief"}
    ),
    "movePlan": Act(lambda w: seen(w, "plan.officer", "planId", on=day(TODAY)), HR_REGISTRY, works=False),
    "changePlanEvaluator": Act(
        lambda w: seen(w, "plan.officer", "planId", evaluatorId=gid(w, "employee.clerk"), on=day(TODAY)), HR_REGISTRY
    ),
    "linkWorkResult": Act(
        lambda w: seen(
            w, "result.other.unlinked", "workResultId", parentId=gid(w, "result.other_chief")
        ),
        HR_ARCHIVE | {"other", "other_chief"},
    ),
    "unlinkWorkResult": Act(
        lambda w: seen(w, "result.officer", "workResultId"), HR_REGISTRY | {"officer", "chief"}
    ),
    "createTemplate": Act(lambda _w: {"code": "T2", "name": "Templat"}, HR_REGISTRY | HR_ARCHIVE),
    "updateTemplate": Act(lambda w: seen(w, "template", "templateId", name="Lain"), HR_REGISTRY | HR_ARCHIVE),
    "assignTemplate": Act(
        lambda w: {
            "templateId": gid(w, "template"), "periodId": gid(w, "period.next"), "unitId": gid(w, "unit.registry"),
        },
        HR_REGISTRY | {"chief", "head", "secretary"},
    ),
    # Progress
    "recordProgress": Act(
        lambda w: {"indicatorId": gid(w, "indicator.officer"), "happenedOn": day(TODAY), "quantity": "2"},
        HR_REGISTRY | {"officer"},
    ),
    "recordProgressBatch": Act(
        _batch, HR_REGISTRY | {"officer"}, selection="rows { problems { code } }", inner=_batch_problems
    ),
    "correctProgress": Act(lambda w: seen(w, "progress.officer", quantity="3"), HR_REGISTRY | {"officer"}),
    "removeProgress": Act(lambda w: seen(w, "progress.officer", reason="Dobel"), HR_REGISTRY | {"officer"}),
    "addEvidenceLink": Act(
        lambda w: {"progressRecordId": gid(w, "progress.officer"), "url": "https://example.id/lain"},
        HR_REGISTRY | {"officer"},
    ),
    "removeEvidence": Act(lambda w: seen(w, "evidence.officer"), HR_REGISTRY | {"officer"}),
    "giveFeedback": Act(
        lambda w: {"employeeId": gid(w, "employee.officer"), "tone": "POSITIVE", "text": "Cepat dan teliti"},
        {"chief", "clerk"},
    ),
    "startFeedbackRound": Act(
        lambda w: {
            "name": "Putaran", "periodId": gid(w, "period"), "unitId": gid(w, "unit.registry"),
            "opensOn": day(TODAY), "closesOn": day(NEXT_MONTH),
        },
        HR_REGISTRY,
    ),
    "recordDialogue": Act(
        lambda w: {"planId": gid(w, "plan.officer"), "heldOn": day(TODAY), "topic": "Awal", "summary": "Sepakat"},
        {"chief"},
    ),
    "updateDialogue": Act(lambda w: seen(w, "dialogue.officer", topic="Lain"), {"chief"}),
    # Facts; the plugin of the walk's fact is off
    "bindFact": Act(
        lambda w: {"indicatorId": gid(w, "indicator.clerk"), "fact": "gone.speed"},
        HR_REGISTRY | {"clerk", "chief"},
        works=False,
    ),
    "unbindFact": Act(lambda w: seen(w, "binding.clerk"), HR_REGISTRY | {"clerk", "chief"}),
    "measureFact": Act(
        lambda w: {"indicatorId": gid(w, "indicator.officer")}, HR_REGISTRY | {"officer", "chief"}, works=False
    ),
    "acceptFact": Act(lambda w: seen(w, "measured.officer"), {"chief"}),
    "rejectFact": Act(lambda w: seen(w, "measured.officer", comment="Bulan salah"), {"chief"}),
    # Appraisal
    "setOrganizationPerformance": Act(
        lambda w: {
            "unitId": gid(w, "unit.registry"), "periodId": gid(w, "period"), "windowId": gid(w, "window"),
            "rating": "POOR", "basis": "Capaian 55 persen", "version": 1,
        },
        HR | {"head"},
    ),
    "openEvaluations": Act(
        lambda w: {"unitId": gid(w, "unit.registry"), "periodId": gid(w, "period"), "windowId": gid(w, "window")},
        HR | {"chief", "head", "secretary"},
    ),
    "rateEvaluation": Act(
        lambda w: seen(w, "evaluation.clerk", "evaluationId", behaviorRating="ABOVE", behaviorNote="Selalu membantu"),
        {"chief"},
    ),
    "finaliseEvaluation": Act(lambda w: seen(w, "evaluation.clerk", "evaluationId"), {"chief"}),
    "acknowledgeEvaluation": Act(lambda w: seen(w, "evaluation.chief", "evaluationId"), {"chief"}),
    "reopenEvaluation": Act(lambda w: seen(w, "evaluation.chief", "evaluationId", reason="Data keliru"), HR),
    "fileObjection": Act(
        lambda w: {"evaluationId": gid(w, "evaluation.chief"), "reason": "Angka keliru"}, {"chief"}
    ),
    "answerObjection": Act(lambda w: seen(w, "objection.officer", "objectionId", statement="Sesuai data"), {"chief"}),
    "handOnObjection": Act(lambda w: seen(w, "objection.officer", "objectionId"), HR, works=False),
    "decideObjection": Act(
        lambda w: seen(
            w, "objection.officer", "objectionId", outcome="UPHELD", decision="Tetap", evaluatorStatement="Sesuai data"
        ),
        {"head"},
    ),
    "startCalibration": Act(
        lambda w: {"unitId": gid(w, "unit.archive"), "periodId": gid(w, "period"), "windowId": gid(w, "window")},
        HR_ARCHIVE | {"other_chief", "head", "secretary"},
    ),
    "shiftRating": Act(
        lambda w: {
            "sessionId": gid(w, "calibration.registry"), "evaluationId": gid(w, "evaluation.clerk"),
            "version": w.rows["evaluation.clerk"].version, "reason": "Dibandingkan", "behaviorTo": "ABOVE",
        },
        HR | {"chief", "head", "secretary"},
    ),
    "closeCalibration": Act(
        lambda w: seen(w, "calibration.archive", "sessionId"), HR_ARCHIVE | {"other_chief", "head", "secretary"}
    ),
    # Identity
    "login": Act(lambda _w: {"username": "officer", "password": "wrong"}, EVERYBODY, works=False),
    "refresh": Act(lambda _w: {"refreshToken": "wrong"}, EVERYBODY, works=False),
    "logout": Act(None, EVERYBODY),
    "createAccount": Act(lambda _w: {"username": "program"}, {"system_admin"}),
    "setPassword": Act(
        lambda w: {"accountId": gid(w, "account.officer"), "password": "empat kata acak"}, {"system_admin"}
    ),
    "changePassword": Act(
        lambda _w: {"currentPassword": "wrong", "newPassword": "empat kata acak"}, KNOWN, works=False
    ),
    "deactivateAccount": Act(lambda w: {"accountId": gid(w, "account.officer")}, {"system_admin"}),
    "reactivateAccount": Act(lambda w: {"accountId": gid(w, "account.officer")}, {"system_admin"}),
    "revokeSessions": Act(lambda w: {"accountId": gid(w, "account.officer")}, {"system_admin", "officer"}),
    # The role of hr_admin ends today: he gives none that lasts longer.
    "grantRole": Act(
        lambda w: {
            "accountId": gid(w, "account.officer"), "role": "auditor", "unitId": gid(w, "unit.registry"),
            "validTo": day(TODAY),
        },
        HR,
    ),
    "revokeGrant": Act(lambda w: {"grantId": gid(w, "grant.hr_officer.hr_officer")}, HR),
    "createApiToken": Act(lambda w: {"accountId": gid(w, "account.officer"), "name": "kiosk"}, {"officer"}),
    "revokeApiToken": Act(lambda w: {"tokenId": gid(w, "token.officer")}, {"officer", "system_admin"}),
    # Other programs
    "registerOperation": Act(lambda _w: {"document": "query Walk { me { scopes } }"}, {"system_admin"}),
    "retireOperation": Act(lambda w: {"operationId": gid(w, "operation")}, {"system_admin"}),
    "createWebhook": Act(
        lambda _w: {
            "name": "Gaji", "url": "https://example.id/", "events": ["planning.plan_approved"],
            "query": "{ me { scopes } }",
        },
        {"officer", "system_admin"},
    ),
    "updateWebhook": Act(lambda w: seen(w, "webhook.officer", "webhookId", name="Lain"), {"officer"}),
    "pauseWebhook": Act(lambda w: {"webhookId": gid(w, "webhook.chief")}, {"chief", "system_admin"}),
    "resumeWebhook": Act(lambda w: {"webhookId": gid(w, "webhook.officer")}, {"officer"}),
    "renewWebhookSecret": Act(lambda w: {"webhookId": gid(w, "webhook.officer")}, {"officer"}),
    "deleteWebhook": Act(lambda w: {"webhookId": gid(w, "webhook.chief")}, {"chief", "system_admin"}),
    "replayWebhook": Act(lambda w: {"deliveryId": gid(w, "delivery.officer")}, {"officer"}),
    # History
    "restoreHistory": Act(
        lambda w: {"id": _record(w, "employee.officer"), "state": "AFTER", "reason": "Salah ketik"}, HR
    ),
    **ACTS_OF_ATTENDANCE,
    **ACTS_OF_QUEUE,
    **ACTS_OF_INNOVATIONS,
    **ACTS_OF_PROGRAMMES,
    **ACTS_OF_COMPLIANCE,
    **ACTS_OF_POINTS,
    **ACTS_OF_ALLOWANCE,
    **ACTS_OF_DISCIPLINE,
}  # fmt: skip
