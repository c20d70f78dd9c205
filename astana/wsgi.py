"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astana.settings")

application = get_wsgi_application()

# No query of a page takes a second; one that does not end must not stop the others. Told to the
# server's own connections alone: commands such as migrate take their time.
for database in connections.settings.values():
    if database["ENGINE"] == "django.db.backends.postgresql":
        options = database["OPTIONS"]
        given = options.get("options", "")
        options["options"] = f"{given} -c statement_timeout=15s".strip()
