"""The site of the operators at /admin/: accounts to keep; corpora, members, invitations and tokens to look at.

It holds no content of corpora (docs/privacy-and-safety.md), and only what is registered here: other apps register
theirs with Django's own site, which has no address. Staff look, superusers change.
"""

from annotations.admin import corpora, people
from annotations.admin.site import site

__all__ = ["corpora", "people", "site"]
