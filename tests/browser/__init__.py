"""Tests that walk through the product in a real browser."""
