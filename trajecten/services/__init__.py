"""Use cases of the room trajecten; the only place that changes its state."""
