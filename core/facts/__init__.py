"""Facts for indicators: bound, measured with their evidence, and accepted or rejected by a person."""
