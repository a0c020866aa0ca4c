"""The HTTP shell: sockets, the real clock, the disk and the faults; no rule of the platform."""
