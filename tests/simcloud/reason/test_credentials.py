"""Credentials in plain sight are found by their names and by what they are; references to secrets are left alone."""

from __future__ import annotations

import pytest

from simcloud.reason.credentials import Plain, plain_credentials


def found(name: str, value: str) -> list[Plain]:
    return plain_credentials(
        {"containerDefinitions": [{"name": "web", "environment": [{"name": name, "value": value}]}]}
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "hunter2"),
        ("dbPassword", "hunter2"),
        ("PASSWORD", "x"),
        ("API_KEY", "k-1"),
        ("STRIPE_SECRET", "sk-1"),
        ("AWS_SECRET_ACCESS_KEY", "wJalr"),
        ("AWS_ACCESS_KEY_ID", "anything"),
        ("SETTINGS", "AKIAIOSFODNN7EXAMPLE"),
        ("DATABASE_URL", "postgres://app:hunter2@db.example.com:5432/shop"),
        ("CACHE", "redis://:hunter2@cache:6379"),
        ("KEY", "-----BEGIN RSA PRIVATE KEY-----\nMII"),
        ("DSN", "Server=db;User=app;Password=hunter2"),
        ("TOKEN_2", "t-1"),
    ],
)
def test_a_plain_credential_is_found(name: str, value: str) -> None:
    (one,) = found(name, value)
    assert (one.container, one.variable) == ("web", name)
    assert value not in one.why


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"),
        ("SECRET_NAME", "db"),
        ("TOKEN_TTL", "300"),
        ("DATABASE_URL", "postgres://db.example.com:5432/shop"),
        ("PASSWORD", ""),
        ("COMPASS", "north"),
        ("MONKEY", "george"),
        ("PORT", "8080"),
        ("TOKENIZER", "bpe"),
    ],
)
def test_what_is_no_credential_is_left_alone(name: str, value: str) -> None:
    assert found(name, value) == []


def test_the_arn_form_passes() -> None:
    secret = {"name": "DB_PASSWORD", "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"}
    assert plain_credentials({"containerDefinitions": [{"name": "web", "secrets": [secret]}]}) == []
