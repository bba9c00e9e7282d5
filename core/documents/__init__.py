"""The official forms as PDF: the plan (SKP) and the evaluation, in the layout of PermenPANRB 6/2022."""
