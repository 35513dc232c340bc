"""A gallery of every component on real data shapes, for the eye (screenshots) and for the accessibility checker."""
