"""An invented country to try the system in: three provinces, their centres, households and officers."""
