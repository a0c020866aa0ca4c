"""The verbs of the command line (contracts), one file each; none imports Qt."""
