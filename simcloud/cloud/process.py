"""What is done once in a process before its first cloud opens: caches, backstops, wrappers, hooks of the notebook."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any

from simcloud.cloud import align, egress

_ready = False


def prepare(region: str) -> None:
    """Make this process one in which boto3 talks to the simulation. Does nothing the second time."""
    global _ready
    if not _ready:
        egress.clean_environment(region)
        _read_each_model_once()
        _make_each_method_once()
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
    shared.list_available_services = _listing(shared)
    botocore.loaders.create_loader = botocore.session.create_loader = lambda search_path_string=None: shared
    read = botocore.loaders.JSONFileLoader.load_file
    files: dict[str, Any] = {}

    def load_file(self: Any, file_path: str) -> Any:
        if file_path not in files:
            files[file_path] = read(self, file_path)
        return files[file_path]

    botocore.loaders.JSONFileLoader.load_file = load_file


def _make_each_method_once() -> None:
    """Share the methods of a service's clients: botocore makes them (for EC2, 760) anew for every client."""
    from botocore.client import ClientCreator

    make = ClientCreator._create_methods
    made: dict[tuple[str, str], dict[str, Any]] = {}

    def create_methods(self: Any, service_model: Any) -> dict[str, Any]:
        key = service_model.service_name, service_model.api_version
        if key not in made:
            made[key] = make(self, service_model)
        return dict(made[key])

    ClientCreator._create_methods = create_methods


def _listing(loader: Any) -> Callable[[str], list[str]]:
    """Name the services by their folders. botocore looks into each of 400 folders, once for every kind of file."""
    look = loader.list_available_services

    def list_available_services(type_name: str) -> list[str]:
        if type_name == "resources-1":  # few services have one
            found: list[str] = look(type_name)
            return found
        folders = [path for path in loader.search_paths if os.path.isdir(path)]
        return sorted({one.name for path in folders for one in os.scandir(path) if one.is_dir()})

    return functools.cache(list_available_services)
