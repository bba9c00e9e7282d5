"""Points: a ledger that is only ever added to, rules by which points are earned, and a catalogue to spend them on."""
