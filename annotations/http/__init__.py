"""Shared below the doors: problem+json, ETags, keys, paging, the shapes in which rows leave."""
