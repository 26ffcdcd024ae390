"""A stopped reason read by two questions: what was being done, and what went wrong."""

from __future__ import annotations

import pytest

from simcloud.reason.symptoms import known, read
from simcloud.views.symptoms import remedy, symptom, symptoms, try_symptom

ECR = "ResourceInitializationError: unable to pull secrets or registry auth: "
DENIED = "because no identity-based policy allows the ecr:GetAuthorizationToken action"


@pytest.mark.row("T04")
@pytest.mark.parametrize(
    ("reason", "step", "kind", "look"),
    [
        (
            ECR + "The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task "
            "and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, "
            "exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , "
            "request send failed, Post "
            '"https://api.ecr.us-east-1.amazonaws.com/": dial tcp 10.0.1.7:443: i/o timeout',
            "reads secrets, or logs in to the registry",
            "no way there",
            "route table",
        ),
        (
            ECR + "execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been "
            "retried 1 time(s): AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/web/a1 is not "
            f"authorized to perform: ecr:GetAuthorizationToken on resource: * {DENIED}",
            "reads secrets, or logs in to the registry",
            "no permission",
            "execution role",
        ),
        (
            ECR + "execution resource retrieval failed: unable to retrieve secret from asm: service call has been "
            "retried 1 time(s): retrieved secret from Secrets Manager did not contain json key passwort",
            "reads secrets, or logs in to the registry",
            "not there",
            "reference in `secrets`",
        ),
        (
            "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
            "failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not "
            "exist. : exit status 1",
            "opens the log",
            "not there",
            "log group",
        ),
        (
            "ResourceInitializationError: failed to validate logger args: : signal: killed",
            "opens the log",
            "no way there",
            "CloudWatch Logs",
        ),
        (
            "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain "
            "descriptor matching platform 'linux/arm64'",
            "pulls the image",
            "does not fit",
            "architecture",
        ),
        (
            "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed "
            "open: failed to do request: Get https://x.s3.us-east-1.amazonaws.com/: dial tcp 52.1.2.3:443: i/o timeout",
            "pulls the image",
            "no way there",
            "S3",
        ),
        (
            "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/a/b)",
            "asks for its health",
            "nothing of these",
            "security group",
        ),
        ("Task failed to start", "starts one container after the other", "nothing of these", "that others wait for"),
        ("Essential container in task exited", "runs the program", "nothing of these", "exit code"),
        ("OutOfMemoryError: container killed due to memory usage", "runs the program", "does not fit", "memory"),
        ("Scaling activity initiated by (deployment ecs-svc/1)", "stops it as asked", "nothing of these", "who asked"),
    ],
)
def test_two_questions_lead_to_the_place(reason: str, step: str, kind: str, look: str) -> None:
    """Texts of R-119, R-132, R-124, R-126, R-125, R-133, R-128, R-111, R-110, R-116; some of them older forms."""
    seen = read(reason)
    assert (seen.step, seen.kind) == (step, kind)
    assert look in seen.look


def test_each_text_of_the_rules_is_read_and_has_a_remedy() -> None:
    assert len(known()) > 40
    assert [one.text for one in known() if not read(one.text).look or not read(one.text).mend] == []


def test_a_text_that_no_rule_knows_is_not_guessed_at() -> None:
    assert read("the cat sat on the mat").look == ""
    assert "No rule" in symptom("the cat sat on the mat").closing


def test_the_tree_shows_every_text_once() -> None:
    cells = [cell for row in symptoms().rows for cell in row[1:] if cell != "-"]
    assert sum(int(cell.split()[0]) for cell in cells) == len(known())


def test_the_form_shows_texts_and_remedy_of_the_two_answers() -> None:
    tried = try_symptom()
    assert "not authorized to perform" in tried.html
    tried.controls["kind"].value = "no way there"
    assert "i/o timeout" in tried.html
    tried.controls["step"].value = "takes on a role"
    assert "No rule" in tried.html
    assert "trust policy" in remedy("takes on a role", "no permission").closing
