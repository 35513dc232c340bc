"""The API doors (DESIGN.md 7): sessions with CSRF for the browser, bearer tokens for programs, problem+json for errors."""
