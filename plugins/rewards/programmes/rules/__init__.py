"""Pure rules: what criteria look like, how years are counted, who fulfils what and why."""
