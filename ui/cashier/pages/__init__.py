"""One page of the cashier's window each: shows a state, asks for intents by a signal."""
