"""Papers as files for other systems: one module a target, one entry in `EXPORTS`."""
