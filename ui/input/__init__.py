"""What reaches the window by keys: scanner or person, and what the text is. No Qt."""
