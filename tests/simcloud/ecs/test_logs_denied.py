"""The execution role writes the lines of awslogs: a role that may make streams and not write leaves them empty."""

from __future__ import annotations

import json

from shop import Shop

STREAMS = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "logs:CreateLogStream"]


def allow(shop: Shop, *actions: str) -> None:
    """The execution role may do this and nothing else."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    for policy in shop.iam.list_attached_role_policies(RoleName="exec")["AttachedPolicies"]:
        shop.iam.detach_role_policy(RoleName="exec", PolicyArn=policy["PolicyArn"])
    shop.iam.put_role_policy(RoleName="exec", PolicyName="own", PolicyDocument=document)


def test_r150_without_put_log_events_the_task_runs_and_its_lines_are_lost(open_shop: Shop) -> None:
    allow(open_shop, *STREAMS)
    task = open_shop.run_and_wait()
    assert task.status == "RUNNING"
    assert open_shop.logs.filter_log_events(logGroupName="/ecs/web")["events"] == []
    assert any("may not write to it: its lines are lost" in line.what for line in task.story)
    allow(open_shop, *STREAMS, "logs:PutLogEvents")
    assert open_shop.run_and_wait().status == "RUNNING"
    assert [each["message"] for each in open_shop.logs.filter_log_events(logGroupName="/ecs/web")["events"]] == [
        "ready"
    ]
