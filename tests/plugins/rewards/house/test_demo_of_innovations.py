"""What innovations and compliance show in the demo city."""

from core.organisation.models import WorkUnit
from plugins.rewards.compliance.demo import load as load_compliance
from plugins.rewards.compliance.models import ComplianceRule
from plugins.rewards.innovations.demo import FACT, HOME
from plugins.rewards.innovations.demo import load as load_innovations
from plugins.rewards.innovations.models import Innovation, InnovationAuthor, InnovationEffect
from plugins.rewards.innovations.terms import InnovationStage
from tests.support.calls import on, system_context
from tests.support.facts import Source, facts_on, value


def test_an_innovation_is_adopted_and_one_is_on_trial(city, db):
    ctx = system_context(db, on(city.period.ends_on))
    load_innovations(ctx, 7)
    assert not Innovation.select().exists()
    WorkUnit.update(code=HOME).where(WorkUnit.id == city.registry.id).execute()

    load_innovations(ctx, 7)

    assert [row.stage for row in Innovation.select().order_by(Innovation.id)] == [
        InnovationStage.ADOPTED,
        InnovationStage.TRIED,
    ]
    assert InnovationAuthor.select().count() == 5
    assert not InnovationEffect.select().exists()


def test_its_effect_is_measured_where_the_queue_is_on(city, db, monkeypatch):
    WorkUnit.update(code=HOME).where(WorkUnit.id == city.registry.id).execute()
    monkeypatch.setattr("tests.support.facts.CALLS", FACT)
    with facts_on(Source(lambda _s, first, _l: value("40" if first.day > 20 else "22", 60))):
        load_innovations(system_context(db, on(city.period.ends_on)), 7)

    (effect,) = InnovationEffect.select()
    assert (effect.fact, effect.before_cases, effect.after_cases) == (FACT, 60, 60)


def test_reports_are_owed_by_a_rule_of_the_whole_city(city, db):
    load_compliance(system_context(db, on(city.period.ends_on)), 7)

    (rule,) = ComplianceRule.select()
    assert (rule.unit_id, rule.valid_to) == (city.root.id, None)
