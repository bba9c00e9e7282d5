"""Simulation of the additional income (TPP) by a region's own table: every step shown, never a payroll."""
