"""Helpers of the test suite: servers, databases, the strict harness, query budgets, requirements."""
