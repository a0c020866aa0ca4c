"""How the windows look: one theme as data, and what Qt makes of it."""
