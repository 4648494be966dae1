"""Use cases of the room deelnemers; the only place that changes its state."""
