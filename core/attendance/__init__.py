"""Leave and attendance of employees: who was away by right, who came late, who stayed away without a reason."""
