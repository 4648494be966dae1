"""Batches of referrals: files that a neighbour drops, and pages that we pull. See docs/api/aanleveren.md."""
