"""The vocabulary of checks, and one file a lab under `checks/labs/`.

A lab's file says what the learner finds (a seeded variant and the world it is built into), what is asked (questions),
and how it is judged (checks). It is named after the lab's id: `03-private-pull` is `labs/lab_03_private_pull.py`, and
its hidden checks, where there are any, are `autograder/hidden/lab_03_private_pull.py`. A whole one:

    from autograder.checks import Lab, Miss, Question, expect

    def make_variant(random):                       # random.Random, seeded by learner and lab -> JSON values
        return {"cluster": random.choice(["shop", "bank"]), "count": random.randint(2, 4)}

    def build_world(cloud, variant):                # what the learner finds; trusted, built again by the grader
        boto3.client("ecs").create_cluster(clusterName=variant["cluster"])

    LAB = Lab(
        id="01-first-service", title="A first service", version=1, variant=make_variant, world=build_world,
        services=("ecs", "ec2"),                    # the services whose calls the grader replays
        questions=(
            Question("run-it", title="Run the service", points=3, hints=("Look at ...", "Call ...", "Write ...")),
            Question("how-many", title="Count", points=1, needs=("count",)),
        ),
    )

    @LAB.check("service-exists", question="run-it", points=1, rows=["F20"])
    def the_service_exists(cloud, variant) -> None:
        '''The cluster has a service named `web`.'''
        names = boto3.client("ecs").list_services(cluster=variant["cluster"])["serviceArns"]
        expect(any(name.endswith("/web") for name in names), expected="a service `web`", got=names or "no service",
               hint="call create_service with serviceName='web'")

    @LAB.check("count-is-right", question="how-many", points=1)
    def the_count_is_right(answers, variant) -> None:
        '''`count` is the number of tasks that the company runs.'''
        if answers["count"] != variant["count"]:
            raise Miss(variant["count"], answers["count"], hint="add up the tasks that are RUNNING")

The docstring's first paragraph is the sentence that the learner reads. A check takes what it needs by name: `cloud` (a
copy of the learner's world: advance it, stop tasks in it, nothing is kept), `answers` (the JSON values given to
`lab.check`), `variant`, `transcript`. It returns to pass, raises `Miss(expected, got, hint)` to fail. `after="..."`
names an earlier check of the question: where that one did not pass, this one is skipped. A question's points are the
sum of the points of its checks, visible and hidden. Any other exception is the check's own fault: the question is then
reported as broken and given to a person, never silently marked as zero.

Not attempted: an answer named in the question's `needs` is still `...`; or, for a question without `needs`, its checks
do not pass and no call that changes something was accepted since the last question that passed.
"""

from autograder.checks.check import Miss, NotAttempted, expect
from autograder.checks.lab import Lab, LabError, Question, all_labs, load

__all__ = ["Lab", "LabError", "Miss", "NotAttempted", "Question", "all_labs", "expect", "load"]
