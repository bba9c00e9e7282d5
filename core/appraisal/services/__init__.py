"""The verbs of evaluation, one module for each subject."""
