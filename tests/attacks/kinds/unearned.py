"""Points for what somebody else has done"""

from __future__ import annotations

from tests.attacks.attack import Attack
from tests.attacks.names import EARNED

ATTACKS = [
    Attack(
        "busy-elsewhere",
        "makes a call that has nothing to do with the lab, so that what held in the world as it was found gives points",
        (EARNED,),
        'ec2.create_vpc(CidrBlock="10.77.0.0/16")',
    ),
]
