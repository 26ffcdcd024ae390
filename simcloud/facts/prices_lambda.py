"""What AWS Lambda charges in us-east-1, and what it can do at most."""

from __future__ import annotations

from decimal import Decimal

from simcloud.facts.fact import Fact

READ = "2026-11-23"
LAMBDA_PRICING = "https://aws.amazon.com/lambda/pricing/"
LAMBDA_QUOTAS = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
PRICE_TABLES = "https://cloudchipr.com/blog/aws-lambda-pricing (of https://aws.amazon.com/lambda/pricing/)"

X86_GB_SECOND: Fact[Decimal] = Fact(Decimal("0.0000166667"), PRICE_TABLES, "observed", READ)
"""The first 6 billion GB-seconds of a month."""
ARM_GB_SECOND: Fact[Decimal] = Fact(Decimal("0.0000133334"), PRICE_TABLES, "observed", READ)
"""The first 7.5 billion GB-seconds of a month."""
REQUEST: Fact[Decimal] = Fact(
    Decimal("0.0000002"),
    "AWS price list, AWSLambda us-east-1, as read by a third party on 2026-09-29",
    "observed",
    READ,
)
STORAGE_GB_SECOND: Fact[Decimal] = Fact(Decimal("0.0000000309"), LAMBDA_PRICING, "assumed", READ)
"""/tmp beyond what is included."""
STORAGE_FREE_MIB: Fact[int] = Fact(512, LAMBDA_PRICING, read_on=READ)

LONGEST_SECONDS: Fact[int] = Fact(900, LAMBDA_QUOTAS, read_on=READ)
"""An invocation ends after 15 minutes. (Lambda Managed Instances, since 2026, allow 90 for asynchronous ones.)"""
LEAST_MEMORY_MIB: Fact[int] = Fact(128, LAMBDA_QUOTAS, read_on=READ)
MOST_MEMORY_MIB: Fact[int] = Fact(10240, LAMBDA_QUOTAS, read_on=READ)
MOST_STORAGE_MIB: Fact[int] = Fact(10240, LAMBDA_QUOTAS, read_on=READ)
"""/tmp."""
MOST_IMAGE_MIB: Fact[int] = Fact(10240, LAMBDA_QUOTAS, read_on=READ)
"""A container image, unpacked, all layers."""
CONCURRENCY: Fact[int] = Fact(1000, LAMBDA_QUOTAS, read_on=READ)
"""Invocations at the same time, in an account and region, before it is raised."""
MIB_A_VCPU: Fact[int] = Fact(
    1769, "https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html", read_on=READ
)
"""Memory with which a function has one vCPU; CPU grows with memory."""
COLD_START_SECONDS: Fact[Decimal] = Fact(Decimal("1.0"), LAMBDA_QUOTAS, "assumed", READ)
"""A usual cold start of a small container image: an example, nobody's promise."""
