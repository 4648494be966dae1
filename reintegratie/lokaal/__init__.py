"""The servers a developer machine runs itself: PostgreSQL and Valkey from wheels, and the demo supervisor.

Nothing here imports Django at module level: it runs before settings can be read.
"""
