"""Fixtures of the browser tests that open the real application."""

from tests.browser.server import chromium, doors, site

__all__ = ["chromium", "doors", "site"]
