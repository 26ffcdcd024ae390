"""moto ignores the permissions boundary of a user, and has no PutUserPermissionsBoundary: a user of moto's may more
than AWS would let it."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Keep it with the user."""
    response: Any = module.IamResponse
    create_user = response.create_user

    def create(self: Any) -> Any:
        answer = create_user(self)
        if arn := self._get_param("PermissionsBoundary"):
            _bound(answer.result["User"], arn)
        return answer

    def put(self: Any) -> Any:
        _bound(self.backend.get_user(self._get_param("UserName")), self._get_param("PermissionsBoundary"))
        return module.EmptyResult()

    def delete(self: Any) -> Any:
        _bound(self.backend.get_user(self._get_param("UserName")), None)
        return module.EmptyResult()

    response.create_user = create
    response.put_user_permissions_boundary = put
    response.delete_user_permissions_boundary = delete


def _bound(user: Any, arn: str | None) -> None:
    user.permissions_boundary_arn = arn
    user.permissions_boundary = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn} if arn else None
