"""The boto3 surface of the simulation, and the only importer of moto, boto3 and botocore."""
