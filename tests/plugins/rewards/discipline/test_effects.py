def test_x(registry):
    from datetime import date

    from plugins.rewards.discipline.effects import sanction_spells

    assert sanction_spells(None, date(2026, 1, 1), date(2026, 12, 31)) == []
