"""The hub of jupyterhub_config.py, with ngshare in place of the exchange's folder. For loopback only, as that one.

    python3 -m venv .hub/env && .hub/env/bin/pip install ngshare==0.6.0 'SQLAlchemy<2'
    .venv/bin/jupyterhub -f autograder/hub/ngshare_config.py

The service has an environment of its own: with SQLAlchemy 2 it says that a lab is released, and forgets it. It listens
on every address of the machine, as it is written, and answers only to a token of this hub.
"""

import os
from pathlib import Path

from autograder.hub.settings import configure

c = get_config()  # type: ignore[name-defined]  # noqa: F821
load_subconfig(str(Path(__file__).with_name("jupyterhub_config.py")))  # type: ignore[name-defined]  # noqa: F821

here = Path.cwd()
kept = here / ".hub" / "ngshare"
kept.mkdir(exist_ok=True)
python = os.environ.get("NGSHARE_PYTHON", str(here / ".hub" / "env" / "bin" / "python"))
service = f"http://127.0.0.1:{os.environ.get('NGSHARE_PORT', '10101')}"

configure(
    c,
    course=here,
    bundle=here.parent / "ferry-class",
    instructors={"instructor"},
    ngshare=f"{service}/services/ngshare",
)

c.JupyterHub.services = [
    {
        "name": "ngshare",
        "url": service,
        "oauth_no_confirm": True,
        "command": [
            *(python, "-m", "ngshare", "--admins", "instructor"),
            *("--database", f"sqlite:///{kept / 'ngshare.db'}", "--storage", f"{kept / 'files'}/"),
        ],
    }
]
# A person, and the token in a person's server, may ask this service.
ASK = "access:services!service=ngshare"
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["self", ASK]},
    {"name": "server", "scopes": ["users:activity!user", "access:servers!server", ASK]},
]
