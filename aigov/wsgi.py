"""Pages and API for a WSGI server (production: gunicorn with threads), and inside aigov/asgi.py."""

import os

from django.core.wsgi import get_wsgi_application

from aigov import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aigov.settings")
application = get_wsgi_application()
garbage.settle()
