"""The theme: what is legible, what follows the desktop."""
