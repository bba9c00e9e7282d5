"""The back office: pages in the browser for employees, leaders and the HR office."""
