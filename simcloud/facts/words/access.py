"""What AWS says to a caller who may not do what it asks, and to one whom it does not know."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import FIELD_REPORT

DENIED = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"
COMMON = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html"
EC2_ERRORS = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"
S3_ERRORS = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"

ACCESS_DENIED = Words(
    "User: {caller} is not authorized to perform: {action} on resource: {resource} {because}",
    source=FIELD_REPORT,
    rule="R-169",
)
ACCESS_DENIED_AT_ALL = Words(
    "User: {caller} is not authorized to perform: {action} {because}", source=DENIED, status="assumed"
)
"""Of an action without a resource, where the service names none."""
ACCESS_DENIED_BY_EC2 = Words("You are not authorized to perform this operation. {denied}", source=EC2_ERRORS)
"""AWS adds an encoded message to refused changes; it holds nothing for a reader and is left out."""
ACCESS_DENIED_BY_EFS = Words(
    "User: {caller} is not authorized to perform: {action} on the specified resource",
    source=FIELD_REPORT,
    status="assumed",
)
ACCESS_DENIED_BY_STS = Words(
    "User: {caller} is not authorized to perform: {action} on resource: {resource}", source=DENIED
)
KEY_UNKNOWN = Words("The security token included in the request is invalid.", source=COMMON)
SESSION_OVER = Words("The security token included in the request is expired", source=FIELD_REPORT)
EC2_KEY_UNKNOWN = Words("AWS was not able to validate the provided access credentials", source=EC2_ERRORS)
EC2_SESSION_OVER = Words("Request has expired.", source=EC2_ERRORS)
S3_KEY_UNKNOWN = Words("The AWS Access Key Id you provided does not exist in our records.", source=S3_ERRORS)
S3_SESSION_OVER = Words("The provided token has expired.", source=S3_ERRORS)
