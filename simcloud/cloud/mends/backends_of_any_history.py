"""A backend is made when a service is first used; what it draws then must not depend on when that was.

Without this, a learner's extra look at EC2 (which makes the default VPC) would move the ids of everything made later.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud import entropy
from simcloud.cloud.live import maybe_live


def mend(module: ModuleType) -> None:
    """Give the making of each backend its own seed."""
    boxes: Any = module.AccountSpecificBackend
    get = boxes.__getitem__

    def getitem(self: Any, region_name: str) -> Any:
        region = "aws" if region_name == "global" else region_name
        if dict.__contains__(self, region):
            return dict.__getitem__(self, region)
        live = maybe_live()
        with entropy.own_seed(live.seed if live else 0, "backend", self.service_name, self.account_id, region):
            return get(self, region)

    boxes.__getitem__ = getitem

    accounts: Any = module.BackendDict
    of_account = accounts.__getitem__

    def getaccount(self: Any, account_id: str) -> Any:
        """An account that is there is known to moto's list of those in use, which it goes through each time."""
        if dict.__contains__(self, account_id):
            return dict.__getitem__(self, account_id)
        return of_account(self, account_id)

    accounts.__getitem__ = getaccount
