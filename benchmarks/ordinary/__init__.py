"""The same events the way most people would build it, to be compared with."""
