"""Verbs that change units, positions, people and who supervises whom."""
