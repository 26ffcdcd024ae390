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
        _share_what_clients_are_made_of()
        _make_each_shape_once()
        align.install()

        from simcloud.cloud import botocores, shortcut, transcript

        egress.install()
        botocores.install()
        shortcut.install()
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


def _share_what_clients_are_made_of() -> None:
    """Share a service's model, methods and endpoint rules: botocore makes them anew for every client (for EC2, 12 ms).

    None of them changes once it is made; what they work out when first asked is then worked out once a process.
    """
    import botocore.regions
    from botocore.client import ClientCreator

    creator: Any = ClientCreator
    load, make, rules = creator._load_service_model, creator._create_methods, botocore.regions.EndpointProvider
    models: dict[tuple[str, str | None], Any] = {}
    methods: dict[int, dict[str, Any]] = {}
    providers: dict[int, Any] = {}

    def load_service_model(self: Any, service_name: str, api_version: str | None = None) -> Any:
        if (service_name, api_version) not in models:
            models[service_name, api_version] = load(self, service_name, api_version)
        return models[service_name, api_version]

    def create_methods(self: Any, service_model: Any) -> dict[str, Any]:
        if id(service_model) not in methods:
            methods[id(service_model)] = make(self, service_model)
        return dict(methods[id(service_model)])

    def endpoint_provider(ruleset_data: Any, partition_data: Any, excluded_params: Any = None) -> Any:
        if id(ruleset_data) not in providers:
            providers[id(ruleset_data)] = rules(ruleset_data, partition_data, excluded_params)
        return providers[id(ruleset_data)]

    creator._load_service_model, creator._create_methods = load_service_model, create_methods
    botocore.regions.EndpointProvider = endpoint_provider


def _make_each_shape_once() -> None:
    """Let what a model says of a shape be read once for all operations that name it: a first call of an operation then
    takes half as long where others of its service were called before."""
    from botocore.model import ShapeResolver

    resolver: Any = ShapeResolver
    by_name, by_reference = resolver.get_shape_by_name, resolver.resolve_shape_ref

    def get_shape_by_name(self: Any, shape_name: str, member_traits: Any = None) -> Any:
        if member_traits:
            return by_name(self, shape_name, member_traits)
        if shape_name not in self._shape_cache:
            self._shape_cache[shape_name] = by_name(self, shape_name)
        return self._shape_cache[shape_name]

    def resolve_shape_ref(self: Any, shape_ref: Any) -> Any:
        known = self._shape_cache.get(id(shape_ref))
        if known is None or known[0] is not shape_ref:
            known = self._shape_cache[id(shape_ref)] = (shape_ref, by_reference(self, shape_ref))
        return known[1]

    resolver.get_shape_by_name, resolver.resolve_shape_ref = get_shape_by_name, resolve_shape_ref


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
