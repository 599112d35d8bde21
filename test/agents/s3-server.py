"""A server of S3 that is not ours, moto, with a bucket and a key that may use it; signatures are verified. Prints its address and key."""

import json
import sys

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://{host}:{port}"

anybody = {"endpoint_url": url, "region_name": "eu-central-1", "aws_access_key_id": "any", "aws_secret_access_key": "any"}
place = {"LocationConstraint": "eu-central-1"}
boto3.client("s3", **anybody).create_bucket(Bucket="recordings", CreateBucketConfiguration=place)
iam = boto3.client("iam", **anybody)
iam.create_user(UserName="tester")
rights = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_user_policy(UserName="tester", PolicyName="all", PolicyDocument=json.dumps(rights))
key = iam.create_access_key(UserName="tester")["AccessKey"]
# From now on, only signed requests of that user are answered.
settings.INITIAL_NO_AUTH_ACTION_COUNT = 0

print(json.dumps({"url": url, "keyId": key["AccessKeyId"], "secret": key["SecretAccessKey"]}), flush=True)
sys.stdin.read()
