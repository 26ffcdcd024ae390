"""A hub of one's own machine, to see the course on JupyterHub before a real one is set up. For loopback only.

In the instructor's folder of the course, with the bundle beside it in ../ferry-class (docs/jupyterhub.md):

    .venv/bin/jupyterhub -f autograder/hub/jupyterhub_config.py

Log in as `instructor` or under any other name, with the word in `.hub/password`. All servers run as whoever started the
hub and can read each other's files: let nobody else reach it. A real hub keeps the call of `configure` and chooses its
own authenticator and spawner.
"""

import secrets
import sys
from pathlib import Path

from autograder.hub.settings import configure

c = get_config()  # type: ignore[name-defined]  # noqa: F821

here = Path.cwd()
kept = here / ".hub"
"""Everything that the hub writes, but for nbgrader's; it can be deleted."""
kept.mkdir(mode=0o700, exist_ok=True)
password = kept / "password"
if not password.exists():
    password.write_text(secrets.token_urlsafe(12), encoding="utf-8")

configure(c, course=here, bundle=here.parent / "ferry-class", instructors={"instructor"})

c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = password.read_text(encoding="utf-8")
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(kept / "homes" / "{username}")

# The proxy written in Python, so that no Node is needed. It hands an answer on when it has all of it, and would give up
# after 20 seconds; grading a submission may take longer.
c.ConfigurableHTTPProxy.command = [
    *(sys.executable, "-c", "from configurable_http_proxy.cli import main; main()"),
    *("--proxy-timeout", "600000", "--log-level", "warning"),
]
c.ConfigurableHTTPProxy.pid_file = str(kept / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{kept / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(kept / "cookie_secret")
