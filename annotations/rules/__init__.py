"""What is allowed, and in which words: vocabularies, roles, workflow, evidence, events, limits. Pure Python."""
