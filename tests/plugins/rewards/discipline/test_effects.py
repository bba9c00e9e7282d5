def test_x(registry):
    from datetime import date

    from plugins.rewards.discipline.effects import sanction_spells

    assert sanction_spells(None, date(2026, 1, 1), date(2026, 12, 31)) == []


def test_smoke(registry):
    from datetime import date
    from plugins.rewards.discipline import services as s
    from plugins.rewards.discipline.models import DisciplineCase, SanctionDecision
    from tests.support.city import build_city
    from tests.support.calls import system_context, on
    city = build_city()
    from core.workdays.reference import load
    load()
    db = registry.settings
    def at(*d): return system_context(db, on(date(*d)))
    r = s.report_breach(at(2026,3,2), employee_id=city.officer.id, act_first_on=date(2026,2,2), act_last_on=date(2026,2,27), text="x")
    c = r.case_id
    s.take_up(at(2026,3,3), c)
    s.charge(at(2026,3,3), c, item_code="3.e", impact=__import__("plugins.rewards.discipline.terms", fromlist=["Impact"]).Impact.UNIT)
    s.summon(at(2026,3,4), c, examine_on=date(2026,3,9))
    s.note_appearance(at(2026,3,9), c)
    s.examine(at(2026,3,9), c, minutes="m", is_signed_by_examiner=True, is_signed_by_examined=False, refusal_reason="no")
    assert s.rule_proposal(at(2026,3,10), c).sanction == "LIGHT_1"
    s.propose(at(2026,3,10), c, sanction="LIGHT_1", report="r")
    s.decide(at(2026,3,11), c, sanction="LIGHT_1", decree_number="1")
    s.deliver(at(2026,3,12), c)
    d = SanctionDecision.get()
    s.put_in_effect(at(2026,4,30), c)
    s.file_remedy(at(2026,4,30), c, grounds="g", late_reason="l")
    from plugins.rewards.discipline.terms import RemedyOutcome
    s.decide_remedy(at(2026,5,4), c, outcome=RemedyOutcome.CHANGED, sanction="LIGHT_2", decree_number="2", text="t")
    s.close(at(2026,12,4), c)
    assert [x.state.value for x in SanctionDecision.select().order_by(SanctionDecision.id)] == ["REPLACED", "IN_EFFECT"]
