"""What services say of a thing that is not there, to the code that asks for it."""

from __future__ import annotations

from simcloud.facts.fact import Words

_SQS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html"
_S3 = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"
_DYNAMODB = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html"
_OF_MOTO = "as moto 5.2.5 answers, which nobody compared with the real API for this course"

NO_QUEUE_CODE = "AWS.SimpleQueueService.NonExistentQueue"
NO_QUEUE = Words("The specified queue does not exist.", source=_SQS, status="assumed")
NO_BUCKET = Words("The specified bucket does not exist", source=_S3, status="assumed")
NO_KEY = Words("The specified key does not exist.", source=_S3, status="documented")
NO_TABLE = Words("Requested resource not found", source=_DYNAMODB, status="documented")
NO_TOPIC = Words("Topic does not exist", source=_OF_MOTO, status="assumed")
NO_SECRET = Words("Secrets Manager can't find the specified secret.", source=_OF_MOTO, status="assumed")
NO_PARAMETER = Words("Parameter not found.", source=_OF_MOTO, status="assumed")
NO_STREAM = Words("Firehose {name} under account {account} not found.", source=_OF_MOTO, status="assumed")
