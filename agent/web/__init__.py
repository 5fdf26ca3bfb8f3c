"""The inbox in the browser: on this machine alone, for one rep, and of use without JavaScript."""
