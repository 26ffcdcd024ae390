"""What the policy of a VPC endpoint lets through: a connection may open, and each call be refused all the same."""

from __future__ import annotations

from collections.abc import Iterable

from simcloud.reason.iam import Decision, Policies, decide
from simcloud.reason.names import is_layer_bucket, service_of
from simcloud.reason.network import Network, VpcEndpoint
from simcloud.reason.policy import SOME_RESOURCE, Policy, Request, account_of

EVERYTHING = Policy("the identity's policies", {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
EVERYBODY = Policy(
    "the resource's policy", {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}
)
"""The sides of the identity and the resource are judged elsewhere; here only the endpoint's word counts."""

CALLS: dict[str, tuple[tuple[str, str], ...]] = {
    "ecr.api": (("ecr:GetAuthorizationToken", "*"),),
    "ecr.dkr": (("ecr:BatchGetImage", SOME_RESOURCE), ("ecr:GetDownloadUrlForLayer", SOME_RESOURCE)),
    "logs": (("logs:CreateLogStream", SOME_RESOURCE), ("logs:PutLogEvents", SOME_RESOURCE)),
    "secretsmanager": (("secretsmanager:GetSecretValue", SOME_RESOURCE),),
    "ssm": (("ssm:GetParameters", SOME_RESOURCE),),
    "kms": (("kms:Decrypt", SOME_RESOURCE),),
}
"""What the platform asks of each service while it starts a task (R-151): action and resource."""


def refusal(
    network: Network, endpoint: VpcEndpoint, source: str, host: str, call: tuple[str, str, str] | None = None
) -> Decision | None:
    """The refusal by the endpoint's policy of `call` (action, resource, the role's ARN), or without it of a call that a
    task's start needs from this host; None where none is.

    `source` is the private address of the caller. Where the resource is not known here (which image, which secret), a
    policy that allows any is taken to allow it.
    """
    if endpoint.policy is None:
        return None
    policies = Policies(
        (EVERYTHING,), resource=EVERYBODY, endpoint=Policy(f"the policy of {endpoint.id}", endpoint.policy)
    )
    decisions = (decide(request, policies) for request in _requests(network, endpoint, source, host, call))
    return next((one for one in decisions if not one.allowed), None)


def _requests(
    network: Network, endpoint: VpcEndpoint, source: str, host: str, call: tuple[str, str, str] | None
) -> Iterable[Request]:
    context = {
        "aws:SourceVpc": endpoint.vpc,
        "aws:SourceVpce": endpoint.id,
        "aws:VpcSourceIp": source,
        "aws:SecureTransport": "true",
    }
    if is_layer_bucket(host):
        # ECR signs the layer's URL with its own identity, so the account of the task's role is not in the request
        # (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html, minimum S3 bucket permissions).
        yield Request("s3:GetObject", f"arn:aws:s3:::{host.split('.')[0]}/layer", context=context)
        return
    ours = {**context, "aws:PrincipalAccount": network.account, "aws:ResourceAccount": network.account}
    if call is None:
        for action, resource in CALLS.get(service_of(host).short, ()):
            yield Request(action, resource, context=ours)
        return
    action, resource, role = call
    known = {**ours, "aws:PrincipalArn": role, "aws:ResourceAccount": account_of(resource) or network.account}
    yield Request(action, resource, role, known)
