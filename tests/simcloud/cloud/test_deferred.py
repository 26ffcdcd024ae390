"""What a first call to EC2 leaves alone, and that it is there when somebody asks for it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import Cloud
from simcloud.cloud.deferred import Deferred
from simcloud.cloud.neighbours import READS
from simcloud.rules.engine import laws

FIRST_LOOK = """
import sys
from simcloud import Cloud
Cloud(seed=1).open()
import boto3
ec2 = boto3.client("ec2", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
assert ec2.describe_vpcs()["Vpcs"]
unasked = "cryptography", "moto.s3", "moto.sts", "moto.events", "simcloud.rules.neighbours"
print(sorted(name for name in unasked if name in sys.modules))
"""


def test_a_first_look_at_ec2_imports_nothing_that_it_does_not_ask() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_LOOK], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_no_law_of_moto_s_services_is_on_an_operation_that_reads() -> None:
    judged = {operation for law in laws() if "neighbours" in law.topic for operation in law.operations}
    assert judged
    assert [operation for operation in judged if operation.partition(":")[2].startswith(READS)] == []


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_moto_makes_and_reads_key_pairs_all_the_same(cloud: Cloud, kind: str) -> None:
    boto3.client("ec2").describe_vpcs()
    from moto.ec2 import utils

    made = getattr(utils, f"random_{kind}_key_pair")()
    assert b"PRIVATE KEY" in made["material"]
    read = utils.public_key_parse(made["material_public"])
    assert (utils.select_hash_algorithm(read).__name__ == "openssl_sha256") is (kind == "ed25519")


def test_a_certificate_that_is_none_is_told_all_the_same(cloud: Cloud) -> None:
    iam = boto3.client("iam")
    iam.create_user(UserName="ada")
    with pytest.raises(ClientError, match="MalformedCertificate"):
        iam.upload_signing_certificate(UserName="ada", CertificateBody="nothing that is a certificate")


def test_the_regions_are_those_that_botocore_knows(cloud: Cloud) -> None:
    from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

    session = boto3.Session()
    known = [
        region
        for partition in ("aws", "aws-us-gov", "aws-cn")
        for region in session.get_available_regions("ec2", partition_name=partition)
    ]
    assert [region.name for region in RegionsAndZonesBackend.regions] == known


def test_what_is_deferred_stands_for_the_thing() -> None:
    fraction: Any = Deferred("fractions", "Fraction")
    letters: Any = Deferred("email", "message")
    assert fraction(1, 2) + fraction(1, 2) == 1
    assert fraction.from_float(0.5) == fraction(1, 2)
    assert isinstance(fraction(1), fraction)
    assert not isinstance(1, fraction)
    assert letters.Message.__name__ == "Message"
    with pytest.raises(AttributeError):
        _ = fraction.nothing_of_the_kind
