"""What the page of a case says, and that every step has its button and its mutation."""

from datetime import date

from core.verbs.performing import verb_named
from plugins.rewards.discipline.forms import FORMS
from plugins.rewards.discipline.terms import CaseState, RemedyOutcome, Step
from plugins.rewards.discipline.timeline import timeline_of
from plugins.rewards.discipline.words import word_of


def test_every_step_has_a_verb_and_a_mutation(town):
    covered = {step for form in FORMS for step in form.steps} | {Step.REPORT, Step.FORM_TEAM}
    mutations = set(town.schema.graphql.mutation_type.fields)

    assert covered == set(Step)
    for form in FORMS:
        first, *rest = form.name.split("_")
        assert first + "".join(part.capitalize() for part in rest) in mutations
        assert verb_named(f"rewards.{form.name}").help


def test_words_of_discipline_are_not_those_of_objections():
    assert word_of(CaseState.DECIDED, "id") == "hukuman diputuskan"
    assert word_of(RemedyOutcome.UPHELD, "id") == "keputusan tetap"
    assert word_of(CaseState.SUMMONED, "en") == "summoned"


def test_the_timeline_shows_each_reader_what_is_his(town):
    town.act(
        "clerk", date(2026, 6, 22), "reportBreach", "isReported", employeeId=f"Employee:{town.city.officer.id}",
        actFirstOn="2026-06-15", text="Meninggalkan loket",
    )  # fmt: skip
    (case,) = town.ask("chief", date(2026, 6, 23), "{ disciplineCases { nodes { id version } } }")["disciplineCases"][
        "nodes"
    ]
    steps = (
        ("takeUpCase", {}), ("chargeWithBreach", {"itemCode": "3.e", "impact": "UNIT"}),
        ("summonToExamination", {"examineOn": "2026-06-30", "letterNumber": "800/12"}),
    )  # fmt: skip
    for mutation, given in steps:
        case = town.act("chief", date(2026, 6, 23), mutation, caseId=case["id"], version=case["version"], **given)
    key = int(case["id"].partition(":")[2])

    def told(who):
        ctx = town.context(who, date(2026, 6, 24))
        return [(one.on, one.text, one.source) for one in timeline_of(ctx, key) if "loket" in one.text or one.source]

    summons = (date(2026, 6, 23), "Summons 1 for 30 June 2026", "800/12")
    assert told("chief") == [(date(2026, 6, 22), "Reported: Meninggalkan loket", ""), summons]
    assert told("officer") == [summons]
    assert told("clerk") == told("other") == []
