"""What the platform does for each transaction: a function of the call and its typed input."""
