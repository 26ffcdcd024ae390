"""What stands around tasks and what it costs; other places to run, and where the break-even lies."""

from __future__ import annotations

from decimal import Decimal

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import HOUR, MONTH, PRICING, cost, dollars, task
from simcloud.choose import lambda_or_fargate
from simcloud.choose.calls import Calls
from simcloud.choose.compute import fargate
from simcloud.choose.hosts import monthly
from simcloud.choose.workload import Workload
from simcloud.facts import prices, prices_around
from simcloud.price.usage import AddressUsage, ClusterUsage, EndpointUsage, NatUsage

VPC = "https://aws.amazon.com/vpc/pricing/"
LINK = "https://aws.amazon.com/privatelink/pricing/"


def endpoints(count: int, zones: int, gigabytes: float = 0) -> Decimal:
    """So many interface endpoints in so many zones for a month, with data evenly over them."""
    each = [
        EndpointUsage(str(number), MONTH, zones=zones, gigabytes=Decimal(gigabytes) / count) for number in range(count)
    ]
    return cost(*each)


@computed(
    "images-through-the-nat", rows="P03", exams=["SAA-C03 4.4", "SAP-C02 3.5"], source=VPC, enemies="nat-or-endpoints"
)
def nat_bill(draw: Draw) -> Built:
    """The bill of NAT gateways in two zones for the pulls of a month."""
    data, zones = draw.one([(4000, 2), (6000, 3), (10000, 2), (8000, 3)])
    per = Decimal(data) / zones
    right = cost(*[NatUsage(MONTH, per) for _ in range(zones)])
    hours = cost(*[NatUsage(MONTH, 0) for _ in range(zones)])
    public = cost(AddressUsage(MONTH)) * zones
    return Built(
        f"Fargate tasks in private subnets of {zones} Availability Zones pull {data:,} GB of "
        "images a month from Amazon ECR in "
        "us-east-1, through a NAT gateway in each zone. A gateway costs "
        f"${prices.NAT_HOUR.value} an hour, its public IPv4 "
        f"address ${prices.PUBLIC_IPV4_HOUR.value} an hour, and ${prices.NAT_GB.value} are "
        "paid for each GB. What do the NAT "
        "gateways and their addresses cost in 730 hours?",
        Right(dollars(right), "Hours, addresses and every gigabyte are paid."),
        [
            Wrong(dollars(hours), "Data are paid as well, to AWS services in the same Region, too.", "M80", "R-315"),
            Wrong(dollars(right - public), "The public addresses are paid, too.", "M80", "R-315"),
            Wrong(dollars(cost(NatUsage(MONTH, data))), "Each zone has a gateway of its own.", "M80", "R-315"),
        ],
        f"{zones} gateways and addresses for {dollars(hours)}, and {data:,} GB for {dollars(right - hours)}.",
    )


@computed(
    "endpoints-instead-of-nat",
    rows="P03 F20",
    exams=["SAA-C03 4.4", "SAP-C02 3.5"],
    source=LINK,
    difficulty="hard",
    enemies="nat-or-endpoints",
)
def endpoint_bill(draw: Draw) -> Built:
    """The bill of the three keys to ECR and of logs, whose layers come by the gateway endpoint."""
    zones, data = draw.one([(2, 5000), (3, 9000), (2, 12000), (3, 6000)])
    names = ["ecr.api", "ecr.dkr", "logs"]
    used = [EndpointUsage(name, MONTH, zones=zones) for name in names]
    right = cost(*used, EndpointUsage("s3", MONTH, gigabytes=data, gateway=True))
    hour = prices.ENDPOINT_HOUR.value
    return Built(
        f"Tasks on AWS Fargate in {zones} Availability Zones reach Amazon ECR and CloudWatch "
        "Logs by the interface endpoints "
        "ecr.api, ecr.dkr and logs, which stand in each of the zones, and Amazon S3 by a "
        f"gateway endpoint. {data:,} GB of "
        "image layers are pulled in a month; all else is negligible. An interface endpoint "
        f"costs ${hour} an hour and zone, "
        f"and ${prices.ENDPOINT_GB.value} for a GB. What do the endpoints cost in 730 hours?",
        Right(dollars(right), "The layers come from S3 by the gateway endpoint, which costs nothing."),
        [
            Wrong(
                dollars(right + data * prices.ENDPOINT_GB.value),
                "Layers do not pass the ECR endpoints, they come from S3.",
                "M19",
                "R-128",
            ),
            Wrong(dollars(right / zones), "Each zone of an endpoint is paid.", "M80", "R-315"),
            Wrong(dollars(endpoints(4, zones)), "The gateway endpoint is free.", "M80", "R-315"),
            Wrong(dollars(right * 2 / 3), "The endpoint for logs is paid, too.", "M80", "R-315"),
        ],
        f"3 endpoints x {zones} zones x 730 h x ${hour} = {dollars(right)}.",
    )


@computed("address-of-each-task", rows="M04 F12", exams=["SAA-C03 4.4"], source=VPC, difficulty="hard")
def addresses(draw: Draw) -> Built:
    """The bill of public IPv4 addresses of tasks in public subnets."""
    count = draw.one([12, 20, 30, 50])
    right = cost(AddressUsage(MONTH)) * count
    return Built(
        f"To save NAT gateways a company runs {count} Fargate tasks in public subnets, with "
        "assignPublicIp set to ENABLED and a "
        "security group without inbound rules. A public IPv4 address costs "
        f"${prices.PUBLIC_IPV4_HOUR.value} an hour. What do "
        "the addresses of the tasks cost in 730 hours?",
        Right(dollars(right), "Each task has an interface and a public address of its own."),
        [
            Wrong(dollars(Decimal(0)), "Public IPv4 addresses are paid since 2024, in use or not.", "M80", "R-315"),
            Wrong(dollars(right / count), "The tasks do not share an address.", "M11", "R-096"),
            Wrong(dollars(right * 2), "A task has one interface with one address.", "M10", "R-096"),
        ],
        f"{count} x 730 h x ${prices.PUBLIC_IPV4_HOUR.value} = {dollars(right)}.",
    )


@computed("fee-of-the-cluster", rows="M02 F03", exams=["SAP-C02 4.3", "SAA-C03 4.2"], source=PRICING)
def cluster_fee(draw: Draw) -> Built:
    """The same Fargate size under ECS and under EKS, for a month."""
    count = draw.one([4, 6, 8, 10])
    ecs = cost(task(512, 1024, count=count))
    fee = cost(ClusterUsage(MONTH))
    return Built(
        f"{count} containers of 0.5 vCPU and 1 GB run as Fargate tasks of Amazon ECS and cost "
        f"{dollars(ecs)} in 730 hours. A team "
        "asks what Amazon EKS with a Fargate profile would cost, for pods that get the same "
        "size with the 256 MB of EKS included, in one cluster with a "
        "Kubernetes version in standard support. What would the pods and their cluster cost?",
        Right(
            dollars(ecs + fee),
            f"The size costs the same; the cluster costs ${prices_around.EKS_CLUSTER_HOUR.value} an hour.",
        ),
        [
            Wrong(dollars(ecs), "ECS has no fee for its control plane, EKS has one.", "M76", "R-316"),
            Wrong(dollars(fee), "The pods are paid beside the cluster.", "M76", "R-316"),
            Wrong(dollars(ecs + fee * count), "One cluster is paid once.", "M76", "R-316"),
            Wrong(dollars(ecs * 2), "vCPU and memory have the same price under both.", "M76", "R-311"),
        ],
        f"{dollars(ecs)} for the pods and {dollars(fee)} for the cluster.",
    )


@computed(
    "copies-that-pay-for-a-host",
    rows="F24 M02",
    exams=["SAP-C02 3.5", "SAA-C03 4.2"],
    source=PRICING,
    difficulty="hard",
)
def break_even(draw: Draw) -> Built:
    """The monthly bill of one instance against that of tasks: from how many copies on the instance is cheaper."""
    kind, cpu, memory = draw.one(
        [("m5.xlarge", 256, 1024), ("m5.2xlarge", 512, 1024), ("m5.2xlarge", 256, 2048), ("c5.xlarge", 256, 512)]
    )
    host, one = monthly(kind, 1).cost, cost(task(cpu, memory))
    right = next(count for count in range(1, 1000) if one * count > host)
    return Built(
        "A company runs copies of one stateless service around the clock, each with "
        f"{cpu / 1024:g} vCPU and {memory / 1024:g} GB. "
        f"As a Fargate task a copy costs {dollars(one)} in 730 hours. One {kind} instance "
        f"with its disk costs {dollars(host)} in "
        "that time, and holds all the copies in question. The work of looking after the "
        "instance is not counted. From how "
        "many copies on does the instance cost less than the tasks?",
        Right(f"{right} copies", f"{right} tasks cost {dollars(one * right)}, one fewer {dollars(one * (right - 1))}."),
        [
            Wrong(
                f"{right - 1} copies",
                f"So many tasks cost {dollars(one * (right - 1))}, less than the instance.",
                "M79",
                "R-308",
            ),
            Wrong("2 copies", "The instance would be nearly empty, and paid as a whole.", "M79", "R-308"),
            Wrong(f"{right * 2} copies", "Fewer copies are enough.", "M79", "R-308"),
        ],
        f"{dollars(host)} / {dollars(one)} is a little more than {right - 1}. What hosts cost in work comes on top.",
    )


@computed(
    "case-for-the-chooser",
    rows="F24",
    exams=["SAA-C03 2.1", "CLF-C02 3.3"],
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_types.html",
)
def chooser(draw: Draw) -> Built:
    """Four workloads put to the chooser: one of them cannot run on Fargate."""
    bad = draw.one(
        [
            ("A model server that needs a GPU", Workload("model", gpus=1, cpu=2048, memory=8192), "M27", "R-023"),
            ("A scanner in privileged containers", Workload("scan", privileged=True), "M27", "R-022"),
            ("An agent with one copy on each host", Workload("agent", daemon=True), "M27", "R-083"),
        ]
    )
    good = {
        "A web API with a load that comes and goes": Workload("api", cpu=1024, memory=2048, count=4),
        "A nightly report of forty minutes": Workload("report", cpu=2048, memory=8192, hours_a_day=Decimal(1)),
        "A worker that may be stopped at any time": Workload("worker", interruptible=True, cpu=512, memory=1024),
    }
    for name, work in good.items():
        if not fargate(work).is_open:
            raise ValueError(f"the chooser does not put {name} on Fargate")
    against = fargate(bad[1]).against
    if not against:
        raise ValueError(f"the chooser puts {bad[0]} on Fargate")
    return Built(
        "A company wants to move four containers to Amazon ECS and to manage as few servers "
        "as it can. Which of them has to run "
        "on EC2 instances?",
        Right(bad[0], "Fargate has no GPU, no privileged containers and no host for a daemon."),
        [Wrong(name, "Nothing in it needs a host of its own. It fits Fargate.", "M79", "R-308") for name in good],
        f"The other three can run on Fargate. Against this one: {against[0].says}.",
    )


@computed(
    "longer-than-a-function",
    rows="P05 M03",
    exams=["SAA-C03 3.2", "CLF-C02 3.3"],
    source="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
)
def lambda_limits(draw: Draw) -> Built:
    """Four kinds of calls put to the chooser: one is beyond what a function may take."""
    over = draw.one(
        [
            ("Takes 25 minutes and 2 GB of memory", Calls(100, Decimal(1500), 2048)),
            ("Takes 5 minutes and 14 GB of memory", Calls(100, Decimal(300), 14336)),
            ("Takes 40 minutes and 4 GB of memory", Calls(100, Decimal(2400), 4096)),
        ]
    )
    within = {
        "Takes 12 minutes and 3 GB of memory": Calls(100, Decimal(720), 3072),
        "Takes 2 minutes and 10 GB of memory": Calls(100, Decimal(120), 10240),
        "Takes 3 seconds and 1 GB of memory": Calls(100000, Decimal(3), 1024),
    }
    if lambda_or_fargate.function(over[1]).is_open or not all(
        lambda_or_fargate.function(each).is_open for each in within.values()
    ):
        raise ValueError("the limits of a function are other ones")
    return Built(
        "Four jobs are started by events and packed as container images. The company wants "
        "to manage no servers, and to use AWS "
        "Lambda wherever a single invocation can do the job. Which job should run as a Fargate task?",
        Right(over[0], str(lambda_or_fargate.function(over[1]).against[0].says).capitalize() + "."),
        [
            Wrong(
                name,
                "It is within 15 minutes and 10 GB of memory.",
                "M03",
                "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
            )
            for name in within
        ],
        "A function has 15 minutes, 10 240 MB of memory and 10 240 MB of /tmp. A Fargate task has no limit of time.",
    )


@computed(
    "steady-calls-or-a-service",
    rows="P05 M03",
    exams=["SAP-C02 3.5", "SAA-C03 4.2"],
    source=PRICING,
    difficulty="hard",
)
def steady_calls(draw: Draw) -> Built:
    """The chooser prices a steady stream of calls as functions and as tasks that stand ready."""
    million, milliseconds = draw.one([(200, 300), (300, 250), (150, 400), (400, 200)])
    calls = Calls(million * 1_000_000, Decimal(milliseconds) / 1000, 1024, at_once=20, balancer=True)
    function, service = lambda_or_fargate.function(calls).cost, lambda_or_fargate.service(calls).cost
    if service >= function:
        raise ValueError("the function is cheaper")
    rare = Calls(2_000_000, Decimal(milliseconds) / 1000, 1024, at_once=20, balancer=True)
    cheap, waiting = lambda_or_fargate.function(rare).cost, lambda_or_fargate.service(rare).cost
    return Built(
        f"An API is called {million} million times a month, evenly day and night. A call "
        f"takes {milliseconds} ms with 1 GB of memory. AWS Lambda would cost "
        f"{dollars(function)} a month. The same "
        f"image as a Fargate service, with a load balancer and tasks that hold this load at 70 % of their CPU, would "
        f"cost {dollars(service)}. In "
        "a second region the API has 2 "
        f"million calls a month: {dollars(cheap)} by Lambda, {dollars(waiting)} by Fargate. "
        "What should the company do for the "
        "lowest cost?",
        Right(
            "Fargate in the first region and Lambda in the second",
            "Steady load fills tasks; rare calls do not pay for waiting tasks.",
        ),
        [
            Wrong(
                "Lambda in the first region and Fargate in the second",
                "That is the dearer choice in both.",
                "M03",
                "R-308",
            ),
            Wrong(
                "Fargate in both regions, as tasks have no cold start",
                "In the second region the tasks would mostly wait.",
                "M26",
                "R-308",
            ),
            Wrong(
                "Lambda in both regions, since idle time is not paid for",
                "In the first region there is hardly any idle time.",
                "M03",
                "R-308",
            ),
        ],
        "A function is paid by the call, a task by the second that it stands ready.",
    )


@computed("hours-of-the-day-that-hosts-pay", rows="F24", exams=["SAA-C03 4.2"], source=PRICING, difficulty="hard")
def few_hours(draw: Draw) -> Built:
    """A job of a few hours a day, priced as a task and as an instance that stays."""
    hours = draw.one([1, 2, 3])
    job = cost(task(2048, 8192, 30 * hours * HOUR))
    host = monthly("m5.large", 1).cost
    if job >= host:
        raise ValueError("the instance is cheaper")
    return Built(
        f"A job with 2 vCPU and 8 GB runs for {hours} {'hour' if hours == 1 else 'hours'} "
        "each night. Today an m5.large instance "
        f"stands there for it all month and costs {dollars(host)}, disk included. The company "
        "considers a scheduled Fargate "
        "task of the same size. What would the task cost in 30 nights, on Linux x86 in us-east-1?",
        Right(dollars(job), "A task is paid while it runs."),
        [
            Wrong(
                dollars(cost(task(2048, 8192, 30 * 24 * HOUR))),
                "Between its runs there is no task to pay for.",
                "M64",
                "R-307",
            ),
            Wrong(dollars(host), "An instance is paid for all its hours, a task for its own.", "M79", "R-308"),
            Wrong(dollars(host * 2), "Fargate is not dearer as such; it depends on the hours.", "M79", "R-308"),
        ],
        f"{30 * hours} hours of 2 vCPU and 8 GB: {dollars(job)}.",
    )
