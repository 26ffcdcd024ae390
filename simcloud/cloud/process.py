"""What is done once in a process before its first cloud opens: caches, backstops, wrappers, hooks of the notebook."""

from __future__ import annotations

from typing import Any

from simcloud.cloud import align, egress

_ready = False


def prepare(region: str) -> None:
    """Make this process one in which boto3 talks to the simulation. Does nothing the second time."""
    global _ready
    if not _ready:
        egress.clean_environment(region)
        _read_each_model_once()
        align.install()

        from simcloud.cloud import botocores, transcript

        egress.install()
        botocores.install()
        transcript.install()
        _ready = True

    from simcloud.cloud import notebook

    notebook.install()


def _read_each_model_once() -> None:
    """Share one loader of botocore's models between all sessions: moto alone makes several, each reading anew."""
    import botocore.loaders
    import botocore.session

    shared = botocore.loaders.create_loader()
    botocore.loaders.create_loader = botocore.session.create_loader = lambda search_path_string=None: shared
    read = botocore.loaders.JSONFileLoader.load_file
    files: dict[str, Any] = {}

    def load_file(self: Any, file_path: str) -> Any:
        if file_path not in files:
            files[file_path] = read(self, file_path)
        return files[file_path]

    botocore.loaders.JSONFileLoader.load_file = load_file
