"""Port mappings that AWS refuses, with its own words.

stackd: a recorded answer in https://github.com/radkawar/stackd (testdata/aws/ecs/controls.json).
"""

from __future__ import annotations

from refusing import C0, C1, case
from requests_as_written import app, ec2, fargate, sidecar

PORTS = [
    case(
        "R-030-host-port-differs",
        fargate(app(portMappings=[{"containerPort": 80, "hostPort": 8080}])),
        "FG123",
        f"{C0}.portMappings[0].hostPort",
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
    ),
    case(
        "R-031-port-zero",
        fargate(app(portMappings=[{"containerPort": 0}])),
        "FG120",
        f"{C0}.portMappings[0].containerPort",
        "Invalid 'containerPort' setting for container 'app'.",
    ),
    case(
        "R-031-port-too-high",
        fargate(app(portMappings=[{"containerPort": 70000}])),
        "FG120",
        f"{C0}.portMappings[0].containerPort",
        "Invalid 'containerPort' setting for container 'app'.",
    ),
    case(
        "R-031-no-port",
        fargate(app(portMappings=[{"protocol": "tcp"}])),
        "FG120",
        f"{C0}.portMappings[0].containerPort",
        "Invalid 'containerPort' setting for container 'app'.",
    ),
    case(
        "R-031-range-reversed",
        fargate(app(portMappings=[{"containerPortRange": "90-80"}])),
        "FG121",
        f"{C0}.portMappings[0].containerPortRange",
        "Invalid 'containerPortRange' setting for container 'app'.",
    ),
    case(
        "R-031-port-and-range",
        fargate(app(portMappings=[{"containerPort": 80, "containerPortRange": "90-95"}])),
        "FG122",
        f"{C0}.portMappings[0]",
        "Invalid port mapping for container 'app', cannot specify both single port and port range.",
    ),
    case(
        "R-031-ranges-overlap",
        fargate(
            app(portMappings=[{"containerPortRange": "8080-8085"}]),
            sidecar(portMappings=[{"containerPortRange": "8085-8090"}]),
        ),
        "FG124",
        "containerDefinitions",
        "TCP container port '8085' is used multiple times in task when networkMode=awsvpc.",
    ),
    case(
        "R-031-two-containers-one-port",
        fargate(app(portMappings=[{"containerPort": 80}]), sidecar(portMappings=[{"containerPort": 80}])),
        "FG124",
        "containerDefinitions",
        "TCP container port '80' is used multiple times in task when networkMode=awsvpc.",
    ),
    case(
        "R-101-mapping-name-twice",
        fargate(app(portMappings=[{"containerPort": 80, "name": "http"}, {"containerPort": 81, "name": "http"}])),
        "FG125",
        "containerDefinitions",
        "When networkMode=awsvpc, port mapping name is already used",
    ),
    case(
        "R-031-two-ports-of-one-container",
        fargate(app(portMappings=[{"containerPort": 53, "protocol": "udp"}, {"containerPort": 53, "protocol": "udp"}])),
        "FG124",
        "containerDefinitions",
        "UDP container port '53' is used multiple times in task when networkMode=awsvpc.",
    ),
    case(
        "R-031-port-within-a-range",
        fargate(
            app(portMappings=[{"containerPortRange": "8000-8010"}]), sidecar(portMappings=[{"containerPort": 8005}])
        ),
        "FG124",
        "containerDefinitions",
        "TCP container port '8005' is used multiple times in task when networkMode=awsvpc.",
    ),
    case(
        "R-031-same-port-in-host-mode",
        ec2(
            app(memory=64, portMappings=[{"containerPort": 80}]),
            sidecar(memory=64, portMappings=[{"containerPort": 80}]),
            networkMode="host",
        ),
        "FG124",
        "containerDefinitions",
        "TCP container port '80' is used multiple times in task when networkMode=host.",
    ),
    case(
        "stackd-ec2-host-port-mismatch",
        ec2(app(memory=64, portMappings=[{"containerPort": 8080, "hostPort": 9090}]), networkMode="host"),
        "FG123",
        f"{C0}.portMappings[0].hostPort",
        "When networkMode=host, the host ports and container ports in port mappings must match.",
    ),
    case(
        "R-030-second-mapping-differs",
        fargate(
            app(portMappings=[{"containerPort": 80}]), sidecar(portMappings=[{"containerPort": 81, "hostPort": 82}])
        ),
        "FG123",
        f"{C1}.portMappings[0].hostPort",
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
    ),
    case(
        "R-031-host-port-too-high",
        ec2(app(memory=64, portMappings=[{"containerPort": 80, "hostPort": 70000}])),
        "FG387",
        f"{C0}.portMappings[0].hostPort",
        "Invalid 'hostPort' setting for container 'app'.",
    ),
    case(
        "R-031-host-port-taken-twice",
        ec2(
            app(memory=64, portMappings=[{"containerPort": 80, "hostPort": 80}]),
            sidecar(memory=64, portMappings=[{"containerPort": 8080, "hostPort": 80}]),
        ),
        "FG390",
        "containerDefinitions",
        "TCP host port '80' is used multiple times in task.",
    ),
    case(
        "R-031-negative-port",
        fargate(app(portMappings=[{"containerPort": -1}])),
        "FG120",
        f"{C0}.portMappings[0].containerPort",
        "Invalid 'containerPort' setting for container 'app'.",
    ),
    *(
        case(
            f"R-031-range-{written}",
            fargate(app(portMappings=[{"containerPortRange": written}])),
            "FG121",
            f"{C0}.portMappings[0].containerPortRange",
            "Invalid 'containerPortRange' setting for container 'app'.",
        )
        for written in ("80", "80-", "80:90", "80-80", "0-90", "65000-70000", "a-b")
    ),
    case(
        "R-031-range-and-host-port",
        fargate(app(portMappings=[{"hostPort": 90, "containerPortRange": "90-95"}])),
        "FG122",
        f"{C0}.portMappings[0]",
        "Invalid port mapping for container 'app', cannot specify both single port and port range.",
    ),
    case(
        "R-031-range-in-host-mode",
        ec2(app(memory=64, portMappings=[{"containerPortRange": "90-95"}]), networkMode="host"),
        "FG389",
        f"{C0}.portMappings[0].containerPortRange",
        "Container port ranges are not supported when networkMode=host.",
    ),
    case(
        "R-031-port-without-a-network",
        ec2(app(memory=64, portMappings=[{"containerPort": 80}]), networkMode="none"),
        "FG389",
        f"{C0}.portMappings[0]",
        "Port mappings are not supported when networkMode=none.",
    ),
    case(
        "R-101-mapping-name-in-two-containers",
        fargate(
            app(portMappings=[{"containerPort": 80, "name": "http"}]),
            sidecar(portMappings=[{"containerPort": 81, "name": "http"}]),
        ),
        "FG125",
        "containerDefinitions",
        "When networkMode=awsvpc, port mapping name is already used",
    ),
    *(
        case(
            f"R-101-mapping-called-{name[:12]}",
            fargate(app(portMappings=[{"containerPort": 80, "name": name}])),
            "FG388",
            f"{C0}.portMappings[0].name",
            "Invalid 'name' setting in port mappings for container 'app'.",
        )
        for name in ("-http", "HTTP", "my port", "p" * 65, "")
    ),
]
