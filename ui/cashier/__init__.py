"""The cashier's window: a state, a presenter without widgets, and pages that show the state."""
