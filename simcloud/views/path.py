"""A path through the network, hop by hop, with a mark where it ends."""

from __future__ import annotations

from simcloud.reason.path import Path
from simcloud.views.table import Table

SPOKEN = {
    "interface": "network interface",
    "dns": "DNS",
    "security-group": "security group",
    "nacl": "network ACL",
    "route-table": "route table",
    "internet-gateway": "internet gateway",
    "public-ip": "public IP",
    "nat-gateway": "NAT gateway",
    "interface-endpoint": "interface endpoint",
    "gateway-endpoint": "gateway endpoint",
    "endpoint-policy": "endpoint policy",
    "elsewhere": "not simulated",
}
"""The kinds of hops in words."""
PASSED, ENDED = "✓ passed", "✗ ends here"


def path(found: Path) -> Table:
    """The hops in order. The last line says what decided."""
    rows = tuple(
        (str(number), PASSED if hop.ok else ENDED, SPOKEN[hop.kind], hop.says)
        for number, hop in enumerate(found.hops, start=1)
    )
    ends = "open" if found.open else found.kind
    caption = f"From {found.hops[0].id} to {found.host} port {found.port}: {ends}"
    return Table(caption, ("hop", "verdict", "what stands there", "what it does"), rows, found.why)
