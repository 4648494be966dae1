"""PostgreSQL backend that keeps every row inside its gemeente (ADR 0003)."""
