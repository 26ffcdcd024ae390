"""What stands beside the price of tasks, and what time makes of it."""

from __future__ import annotations

from decimal import Decimal

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import HOUR, MONTH, PRICING, cost, dollars, exact, hourly, task
from simcloud.facts import prices
from simcloud.price.usage import AddressUsage, EndpointUsage, NatUsage, TaskUsage

VPC = "https://aws.amazon.com/vpc/pricing/"
LINK = "https://aws.amazon.com/privatelink/pricing/"
RATES = (
    f"In us-east-1 a vCPU costs {hourly(prices.LINUX_X86_VCPU.value)} and a GB of memory "
    f"{hourly(prices.LINUX_X86_GB.value)} an hour on Linux x86."
)


@computed("gateways-of-the-way-out", rows="F20 T05", exams=["SAA-C03 4.4", "SAP-C02 3.5"], source=VPC)
def gateways(draw: Draw) -> Built:
    """The price list: NAT gateways in several zones, and the bytes that go through them."""
    zones, terabytes = draw.one([(2, 3), (3, 6), (2, 8), (3, 4)])
    each = cost(NatUsage(MONTH, public=False))
    address = cost(AddressUsage(MONTH))
    byte = cost(NatUsage(HOUR, 1, public=False)) - cost(NatUsage(HOUR, public=False))
    gigabytes = terabytes * 1000
    right = cost(*[NatUsage(MONTH, Decimal(gigabytes) / zones, public=False)] * zones)
    return Built(
        f"Fargate tasks in {zones} private subnets, one in each of {zones} Availability Zones, download "
        f"{terabytes},000 GB a month from partners on the internet. Each zone has a NAT gateway, at "
        f"{hourly(each / MONTH)} an hour and {exact(byte)}"
        f" a GB processed. What do the gateways cost in 730 hours, without their public "
        "addresses and the internet's own transfer?",
        Right(dollars(right), "Each gateway is paid by the hour, and each GB once."),
        [
            Wrong(dollars(right - each * (zones - 1)), "Every gateway has its own hours.", "M80", VPC),
            Wrong(dollars(each * zones), "The bytes are paid as well as the hours.", "M80", VPC),
            Wrong(dollars(right - each * zones), "The hours are paid as well as the bytes.", "M80", VPC),
            Wrong(dollars(right + address * zones), "The addresses were left out by the question.", "M80", VPC),
        ],
        f"{zones} x {dollars(each)} for the hours, and {gigabytes} GB processed: {dollars(right)}.",
    )


@computed("keys-in-every-zone", rows="F20 N05", exams=["SAA-C03 4.4", "SAP-C02 1.5"], source=LINK)
def endpoints(draw: Draw) -> Built:
    """The price list: the endpoints of a pull, in several zones; that of S3 is a gateway."""
    zones, extra = draw.one([(2, ()), (3, ()), (2, ("logs",)), (3, ("logs",))])
    services = ["ecr.api", "ecr.dkr", *extra]
    hour = cost(EndpointUsage("ecr.api", HOUR))
    gateway = EndpointUsage("s3", MONTH, gateway=True)
    right = cost(*[EndpointUsage(name, MONTH, zones) for name in services], gateway)
    one_zone = cost(*[EndpointUsage(name, MONTH) for name in services], gateway)
    with_s3 = cost(*[EndpointUsage(name, MONTH, zones) for name in [*services, "s3"]])
    named = " and ".join([", ".join(services[:-1]), services[-1]])
    return Built(
        f"A VPC without NAT gateways has interface endpoints for {named}, each in {zones} Availability Zones, and a "
        f"gateway endpoint for S3, so that Fargate tasks can pull their images. An interface endpoint costs "
        f"{hourly(hour / HOUR)} an hour in a zone. Leaving out the charge by the gigabyte, what do the endpoints of "
        f"this design cost in 730 hours?",
        Right(dollars(right), "Interface endpoints are paid in each zone; a gateway endpoint costs nothing."),
        [
            Wrong(dollars(one_zone), "An interface endpoint is paid in each zone where it stands.", "M17", LINK),
            Wrong(dollars(with_s3), "A gateway endpoint has no price by the hour.", "M110", LINK),
            Wrong(dollars(right / len(services)), "Each service has an endpoint of its own.", "M19", LINK),
            Wrong(dollars(right * 2), "Hours are paid once, however many tasks use them.", "M80", LINK),
        ],
        f"{len(services)} x {zones} zones x 730 hours at {hourly(hour / HOUR)}: {dollars(right)}; that of S3 is free.",
    )


@computed("addresses-of-a-fleet", rows="F21 T05", exams=["SAA-C03 4.4", "CLF-C02 4.1"], source=VPC)
def addresses(draw: Draw) -> Built:
    """The price list: a public IPv4 address for each task."""
    count = draw.one([40, 60, 80, 120])
    each = cost(AddressUsage(MONTH))
    right = each * count
    return Built(
        f"{count} Fargate tasks run around the clock in public subnets, each with a public IPv4 address at "
        f"{hourly(cost(AddressUsage(HOUR)) / HOUR)} an hour. What do these addresses add to the price of the tasks in "
        f"730 hours?",
        Right(dollars(right), "Every public IPv4 address is paid by the hour, in use or not."),
        [
            Wrong(dollars(Decimal(0)), "Addresses in use are charged, too.", "M80", VPC),
            Wrong(dollars(each), "Each task has an address of its own.", "M11", VPC),
            Wrong(dollars(right / 2), "There is no address that two tasks share.", "M11", VPC),
            Wrong(dollars(right * 24), "The price is for an hour, and the month has 730.", "M64", VPC),
        ],
        f"{count} x {dollars(each)} = {dollars(right)}.",
    )


@computed("year-of-a-nightly-job", rows="F21 N01", exams=["SAA-C03 4.2", "SAP-C02 2.6"], source=PRICING)
def nightly(draw: Draw) -> Built:
    """The price list: a job that runs for some minutes each night, for a year."""
    tasks, minutes, cpu, memory = draw.one([(6, 40, 2048, 8192), (10, 30, 1024, 4096), (4, 90, 4096, 8192)])
    right = cost(TaskUsage(minutes * 60 * 365, cpu, memory, count=tasks))
    rounded = cost(TaskUsage(-(-minutes // 60) * HOUR * 365, cpu, memory, count=tasks))
    return Built(
        f"Each night of a year {tasks} Fargate tasks of {cpu // 1024} vCPU and {memory // 1024} GB rebuild a search "
        f"index. From the start of its image download to its end each takes {minutes} minutes. {RATES} What do the "
        f"tasks of 365 nights cost?",
        Right(dollars(right), "Tasks are paid by the second while they exist, and for no hour besides."),
        [
            Wrong(dollars(rounded), "There are no begun hours: seconds are paid.", "M64", "R-307"),
            Wrong(
                dollars(cost(task(cpu, memory, 365 * 24 * HOUR, tasks))),
                "Between two nights nothing runs.",
                "M104",
                "R-307",
            ),
            Wrong(dollars(right / tasks), "That is the price of one of the tasks.", "M26", "R-308"),
            Wrong(
                dollars(cost(TaskUsage(minutes * 60 * 365, cpu, 0, count=tasks))),
                "Memory is paid as well.",
                "M26",
                "R-308",
            ),
        ],
        f"{tasks} x {minutes} min x 365 nights, at both rates: {dollars(right)}.",
    )
