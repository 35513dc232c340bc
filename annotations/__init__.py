"""The app: annotate documents, track claims and proposals, verify, export. README.md is the map of this house."""
