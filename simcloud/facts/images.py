"""Public images that lessons and labs use, with what they do when they run.

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


NGINX = PublicImage(
    72,
    (80,),
    24,
    log_lines=(
        "/docker-entrypoint.sh: Configuration complete; ready for start up",
        "nginx: start worker processes",
    ),
)

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
        "public.ecr.aws/amazonlinux/amazonlinux": PublicImage(52, (), 8, exit_after=0.5),
        "public.ecr.aws/xray/aws-xray-daemon": PublicImage(20, (2000,), 32),
        "public.ecr.aws/aws-observability/aws-otel-collector": PublicImage(65, (4317, 4318), 96),
        "public.ecr.aws/aws-observability/aws-for-fluent-bit": PublicImage(110, (24224,), 64),
        "public.ecr.aws/eks-distro/coredns/coredns": PublicImage(
            22, (53,), 40, log_lines=(".:53", "CoreDNS-1.13.1", "linux/amd64")
        ),
        "public.ecr.aws/ecs-sample-image/amazon-ecs-sample": PublicImage(60, (80,), 32),
    },
    "registry pages of the images; sizes rounded",
    "assumed",
    rule="R-129",
)
"""By registry/repository. Images of public.ecr.aws/docker/library are those of docker.io/library."""
