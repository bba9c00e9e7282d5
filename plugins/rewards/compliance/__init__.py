"""Who owes which report by when: reminders, a note to the superior, exemptions; never a case and never points."""
