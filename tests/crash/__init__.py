"""kill -9, a full disk, a torn log and a damaged page: nothing is lost, nothing is doubled."""
