"""Programmes of recognition: open rules, an eligibility run, nominations, a panel, a decision, an award."""
