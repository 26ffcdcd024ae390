"""What the network mode of a task forbids, in the words of AWS."""

from __future__ import annotations

from refusing import C0, case, row
from requests_as_written import app, ec2, fargate, sidecar, without

MESH = [
    {"name": "IgnoredUID", "value": "1337"},
    {"name": "ProxyIngressPort", "value": "15000"},
    {"name": "ProxyEgressPort", "value": "15001"},
    {"name": "AppPorts", "value": "8080"},
    {"name": "EgressIgnoredIPs", "value": "169.254.170.2,169.254.169.254"},
]

NETWORK = [
    *(
        case(
            f"R-013-{mode}",
            fargate(networkMode=mode),
            "FG110",
            "networkMode",
            "Fargate only supports network mode ‘awsvpc’.",
            row("F12"),
        )
        for mode in ("bridge", "host", "none")
    ),
    case(
        "R-013-absent",
        without(fargate(), "networkMode"),
        "FG110",
        "networkMode",
        "Fargate only supports network mode ‘awsvpc’.",
        row("F12"),
    ),
    case(
        "R-029-links",
        fargate(app(links=["sidecar"]), sidecar()),
        "FG111",
        f"{C0}.links",
        "Links are not supported when networkMode=awsvpc.",
    ),
    case(
        "R-029-extra-hosts",
        fargate(app(extraHosts=[{"hostname": "db", "ipAddress": "10.0.0.9"}])),
        "FG111",
        f"{C0}.extraHosts",
        "Extra hosts are not supported on container when networkMode=awsvpc.",
    ),
    case(
        "R-029-dns-servers",
        fargate(app(dnsServers=["10.0.0.2"])),
        "FG111",
        f"{C0}.dnsServers",
        "DNS servers are not supported on container when networkMode=awsvpc",
    ),
    case(
        "R-028-dns-search-domains",
        fargate(app(dnsSearchDomains=["example.com"])),
        "FG111",
        f"{C0}.dnsSearchDomains",
        "DNS search domains are not supported on container when networkMode=awsvpc",
    ),
    case(
        "R-029-disable-networking",
        fargate(app(disableNetworking=True)),
        "FG111",
        f"{C0}.disableNetworking",
        "Disable Networking is not supported on container when networkMode=awsvpc.",
    ),
    case(
        "R-029-hostname",
        fargate(app(hostname="web-1")),
        "FG111",
        f"{C0}.hostname",
        "hostname is not supported on container when networkMode=awsvpc.",
    ),
    case(
        "R-029-links-in-host-mode",
        ec2(app(memory=64, links=["sidecar"]), sidecar(memory=64), networkMode="host"),
        "FG382",
        f"{C0}.links",
        "Links are not supported when networkMode=host.",
    ),
    case(
        "R-029-link-to-nobody",
        ec2(app(memory=64, links=["sidecar:s", "db:database"]), sidecar(memory=64)),
        "FG382",
        f"{C0}.links[1]",
        "Invalid 'links' setting. Unknown container: 'db'.",
    ),
    case(
        "R-012-external-in-a-vpc",
        ec2(requiresCompatibilities=["EXTERNAL"], networkMode="awsvpc"),
        "FG1143",
        "networkMode",
        "External only supports network modes ‘bridge’, ‘host’ and ‘none’.",
    ),
    case(
        "R-012-managed-instances-on-the-bridge",
        ec2(requiresCompatibilities=["MANAGED_INSTANCES"]),
        "FG1143",
        "networkMode",
        "Managed Instances only support network modes ‘awsvpc’ and ‘host’.",
    ),
    case(
        "R-300-fault-injection-on-the-bridge",
        ec2(enableFaultInjection=True),
        "FG1142",
        "enableFaultInjection",
        "Fault injection is only supported in networkMode=awsvpc and networkMode=host.",
    ),
    case(
        "R-025-proxy-container-missing",
        fargate(proxyConfiguration={"type": "APPMESH", "containerName": "envoy", "properties": MESH}),
        "FG112",
        "proxyConfiguration.containerName",
        "Proxy container [envoy] does not exist.",
    ),
    case(
        "pf-ecs-proxy-configuration-awsvpc-required",
        ec2(proxyConfiguration={"type": "APPMESH", "containerName": "app", "properties": MESH}),
        "FG384",
        "proxyConfiguration",
        "APPMESH proxy configuration is only supported in networkMode=awsvpc",
    ),
    *(
        case(
            f"pf-ecs-proxy-configuration-missing-required-props-{missing[0]}",
            fargate(
                proxyConfiguration={
                    "type": "APPMESH",
                    "containerName": "app",
                    "properties": [item for item in MESH if item["name"] not in missing],
                }
            ),
            "FG385",
            "proxyConfiguration.properties",
            text,
        )
        for missing, text in (
            (("ProxyIngressPort", "ProxyEgressPort", "AppPorts"), "Ingress port not found"),
            (("ProxyEgressPort",), "Egress port not found"),
            (("AppPorts",), "App ports not found"),
            (("IgnoredUID", "IgnoredGID"), "Ignored UID or GID not found"),
        )
    ),
]
