"""The API doors (DESIGN.md 7): sessions with CSRF for browsers, bearer tokens for programs, errors as problem+json."""
