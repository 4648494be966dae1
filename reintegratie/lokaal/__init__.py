"""The servers a developer machine runs by itself: PostgreSQL and Valkey from wheels, and the supervisor of the demo.

Nothing here imports Django at module level: it runs before settings can be read.
"""
