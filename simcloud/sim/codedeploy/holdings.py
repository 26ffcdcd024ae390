"""What the world keeps of CodeDeploy. Light, because every world has one: the laws are read where something is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcloud.sim.codedeploy.deployment import Deployment
    from simcloud.sim.codedeploy.state import Application


class CodeDeploy:
    """All of it."""

    def __init__(self) -> None:
        self.applications: dict[str, Application] = {}
        """By name."""
        self.configurations: dict[str, dict[str, Any]] = {}
        """Custom ones: DeploymentConfigInfo by name."""
        self.deployments: dict[str, Deployment] = {}
        """By id, oldest first."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        """A world that comes from another process brings applications: the laws that they follow are read with it."""
        self.__dict__.update(state)
        if self.applications or self.deployments:
            from simcloud.sim.codedeploy import laws  # noqa: F401 (importing registers their functions)
