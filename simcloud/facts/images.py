"""Public images that lessons, labs and the examples of AWS's guides use, with what they do when they run.

Sizes are rounded, compressed MiB; they decide only how long a pull takes, and no check may turn on them.
"""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.facts.fact import Fact


@dataclass(frozen=True, slots=True)
class PublicImage:
    """A public image, whatever its tag."""

    size_mib: int
    """Compressed size in MiB."""
    ports: tuple[int, ...] = ()
    """TCP ports that it listens on."""
    memory_mib: int = 32
    """Memory at its peak, in MiB."""
    exit_after: float | None = None
    """Seconds after which it ends with code 0 when no command is given; None for a server."""
    stop_code: int = 0
    """Exit code after SIGTERM."""
    log_lines: tuple[str, ...] = ()
    collects: tuple[int, ...] = ()
    """Ports of localhost at which it takes traces."""


NGINX = PublicImage(
    72,
    (80,),
    24,
    log_lines=(
        "/docker-entrypoint.sh: Configuration complete; ready for start up",
        "nginx: start worker processes",
    ),
)

SAMPLE = PublicImage(60, (80,), 32)
XRAY = PublicImage(20, (2000,), 32, collects=(2000,))
COLLECTOR = PublicImage(65, (4317, 4318), 96, collects=(2000, 4317))
FLUENT_BIT = PublicImage(110, (24224,), 64)
CLOUDWATCH_AGENT = PublicImage(95, (25888,), 64)
DATADOG = PublicImage(400, (8126,), 192)
DEMO = PublicImage(70, (3000,), 48)
SHELL = PublicImage(52, (), 8, exit_after=0.5)
LANGUAGE = PublicImage(380, (), 24, exit_after=0.5)
ENVOY = PublicImage(60, (9901, 15000, 15001), 48)

PUBLIC_IMAGES: Fact[dict[str, PublicImage]] = Fact(
    {
        "docker.io/library/nginx": NGINX,
        "docker.io/library/httpd": PublicImage(
            56, (80,), 24, log_lines=("AH00094: Command line: 'httpd -D FOREGROUND'",)
        ),
        "docker.io/library/redis": PublicImage(44, (6379,), 32, log_lines=("* Ready to accept connections tcp",)),
        "docker.io/library/busybox": PublicImage(2, (), 4, exit_after=0.5),
        "docker.io/library/alpine": PublicImage(4, (), 4, exit_after=0.5),
        "docker.io/library/ubuntu": PublicImage(28, (), 8, exit_after=0.5),
        "docker.io/library/python": PublicImage(360, (), 24, exit_after=0.5),
        "docker.io/library/wordpress": PublicImage(250, (80,), 128, log_lines=("apache2 -D FOREGROUND",)),
        "public.ecr.aws/nginx/nginx": NGINX,
        "docker.io/library/amazonlinux": SHELL,
        "docker.io/library/debian": SHELL,
        "docker.io/library/node": LANGUAGE,
        "docker.io/library/golang": LANGUAGE,
        "docker.io/library/hello-world": PublicImage(1, (), 1, exit_after=0.1, log_lines=("Hello from Docker!",)),
        "docker.io/library/postgres": PublicImage(150, (5432,), 64),
        "docker.io/library/mysql": PublicImage(230, (3306,), 400),
        "docker.io/library/mariadb": PublicImage(120, (3306,), 128),
        "docker.io/library/mongo": PublicImage(270, (27017,), 128),
        "docker.io/library/memcached": PublicImage(33, (11211,), 16),
        "docker.io/library/rabbitmq": PublicImage(100, (5672,), 128),
        "docker.io/library/tomcat": PublicImage(220, (8080,), 128),
        "docker.io/library/traefik": PublicImage(55, (80,), 48),
        "docker.io/prom/prometheus": PublicImage(110, (9090,), 96),
        "docker.io/grafana/grafana": PublicImage(130, (3000,), 96),
        "docker.io/fluent/fluentd": PublicImage(30, (24224,), 64),
        "docker.io/fluent/fluent-bit": PublicImage(30, (24224,), 32),
        "docker.io/datadog/agent": DATADOG,
        "docker.io/amazon/amazon-ecs-sample": SAMPLE,
        "docker.io/amazon/aws-xray-daemon": XRAY,
        "docker.io/amazon/aws-for-fluent-bit": FLUENT_BIT,
        "docker.io/amazon/aws-otel-collector": COLLECTOR,
        "docker.io/amazon/cloudwatch-agent": CLOUDWATCH_AGENT,
        "gcr.io/datadoghq/agent": DATADOG,
        "mcr.microsoft.com/dotnet/samples": PublicImage(110, (8080,), 64),
        "mcr.microsoft.com/windows/servercore": PublicImage(1500, (), 256, exit_after=0.5),
        "mcr.microsoft.com/windows/servercore/iis": PublicImage(1700, (80,), 320),
        "public.ecr.aws/amazonlinux/amazonlinux": SHELL,
        "public.ecr.aws/appmesh/aws-appmesh-envoy": ENVOY,
        "public.ecr.aws/xray/aws-xray-daemon": XRAY,
        "public.ecr.aws/aws-containers/ecsdemo-frontend": DEMO,
        "public.ecr.aws/aws-containers/ecsdemo-nodejs": DEMO,
        "public.ecr.aws/aws-containers/ecsdemo-crystal": DEMO,
        "public.ecr.aws/aws-observability/aws-otel-collector": COLLECTOR,
        "public.ecr.aws/aws-observability/aws-for-fluent-bit": FLUENT_BIT,
        "public.ecr.aws/cloudwatch-agent/cloudwatch-agent": CLOUDWATCH_AGENT,
        "public.ecr.aws/datadog/agent": DATADOG,
        "public.ecr.aws/eks-distro/coredns/coredns": PublicImage(
            22, (53,), 40, log_lines=(".:53", "CoreDNS-1.13.1", "linux/amd64")
        ),
        "public.ecr.aws/ecs-sample-image/amazon-ecs-sample": SAMPLE,
    },
    "registry pages of the images; sizes rounded",
    "assumed",
    rule="R-129",
)
"""By registry/repository. Images of public.ecr.aws/docker/library are those of docker.io/library."""
