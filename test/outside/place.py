"""Where the tests run: the built program, the sandbox and other servers as processes, clients for them. All on 127.0.0.1."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ROOT = Path(__file__).resolve().parents[2]
DIST = Path(os.environ.get("REPLINT_DIST") or ROOT / "dist").resolve()
OWN_ROLE = "OrganizationAccountAccessRole"
HOME = "us-east-1"

# One attempt: a client that tries again would hide what it was told first.
ONCE = Config(
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=20,
)


def keep_to_the_endpoint(request, **_) -> None:
    """S3 Control puts the account before the host, and 127.0.0.1 has no names below it: the name is kept for the signature."""
    place = urlsplit(request.url)
    request.headers["Host"] = place.netloc
    request.url = urlunsplit(place._replace(netloc=f"127.0.0.1:{place.port}"))


class Keys:
    """Credentials, and the endpoint at which they mean something."""

    def __init__(self, endpoint: str, key: str, secret: str, token: str | None = None):
        self.endpoint = endpoint
        self.key = key
        self.secret = secret
        self.token = token

    def client(self, service: str, region: str = HOME):
        client = boto3.client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret,
            aws_session_token=self.token,
            config=ONCE,
        )
        client.meta.events.register("before-send.s3-control", keep_to_the_endpoint)
        return client

    def environment(self, region: str = HOME) -> dict[str, str]:
        """The environment of another program that is to use them, and nothing of this machine's own AWS settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        token = {} if self.token is None else {"AWS_SESSION_TOKEN": self.token}
        return {
            **kept,
            **token,
            "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
        }

    def assume(self, account: str, role: str, **more) -> Keys:
        answer = self.client("sts").assume_role(
            RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName="outside", **more
        )
        got = answer["Credentials"]
        return Keys(self.endpoint, got["AccessKeyId"], got["SecretAccessKey"], got["SessionToken"])


class Server:
    """A process that is stopped, whatever happens."""

    def __init__(self, arguments: list[str], **options):
        self.process = subprocess.Popen(arguments, start_new_session=True, **options)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(5)
        if self.process.stdout:
            self.process.stdout.close()


class Sandbox(Keys):
    """The sandbox, from entering to leaving."""

    def __init__(self):
        pass

    def __enter__(self) -> Sandbox:
        main = DIST / "sandbox" / "main.js"
        self.server = Server(["node", str(main), "--port", "0"], stdout=subprocess.PIPE, text=True)
        ready, _, _ = select.select([self.server.process.stdout], [], [], 30)
        line = self.server.process.stdout.readline() if ready else ""
        if not line:
            self.server.stop()
            raise RuntimeError("The sandbox did not say within 30 seconds where it listens.")
        first = json.loads(line)
        self.account = first["accountId"]
        super().__init__(first["endpoint"], first["accessKeyId"], first["secretAccessKey"])
        return self

    def __exit__(self, *_) -> None:
        self.server.stop()

    def control(self, method: str, page: str, value=None):
        """The sandbox's own pages: `faults` and `calls`."""
        body = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(f"{self.endpoint}/_sandbox/{page}", data=body, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url: str, seconds: float = 30) -> None:
    """Until somebody answers there, whatever he says."""
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def program(name: str) -> str:
    """A program of the virtual environment that runs the tests."""
    return str(Path(sys.executable).parent / name)


def refusal(call, **arguments) -> tuple[str, int]:
    """The code and the HTTP status with which a call is refused; a call that is not fails the test."""
    try:
        call(**arguments)
    except ClientError as error:
        # A HEAD has no body, and botocore then makes its code of the status.
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    raise AssertionError(f"{call.__name__} was not refused.")


def said(answer: dict) -> dict:
    """An answer without what belongs to the transport."""
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def policy(*statements: dict) -> str:
    """A policy document; indented, so that whoever writes it anew is found out."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=2)


def may_replicate(destinations: list[str], lacks: str | None = None) -> str:
    """What a replication role must be allowed, less one thing: AWS's pages setting-repl-config-perm-overview and
    replication-config-for-kms-objects."""
    allowed = {
        "look": (["s3:GetReplicationConfiguration", "s3:ListBucket"], "*"),
        "read": (["s3:GetObject*"], "*"),
        "write": (
            ["s3:Replicate*", "s3:ObjectOwnerOverrideToBucketOwner"],
            [f"arn:aws:s3:::{name}/*" for name in destinations],
        ),
        "decrypt": (["kms:Decrypt"], "*"),
        "encrypt": (["kms:Encrypt", "kms:GenerateDataKey"], "*"),
    }
    return policy(
        *(
            {"Effect": "Allow", "Action": action, "Resource": resource}
            for thing, (action, resource) in allowed.items()
            if thing != lacks
        )
    )


def lets_replicate(bucket: str, accounts: list[str]) -> str:
    """A destination's policy that lets the roles of these accounts write replicas."""
    return policy(
        {
            "Effect": "Allow",
            "Principal": {"AWS": [f"arn:aws:iam::{account}:root" for account in accounts]},
            "Action": ["s3:Replicate*", "s3:ObjectOwnerOverrideToBucketOwner", "s3:GetBucketVersioning"],
            "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
        }
    )


def lets_encrypt(owner: str, accounts: list[str]) -> str:
    """A key's policy: its owner may do all, the roles of these accounts, where there are any, may use it."""
    roots = [f"arn:aws:iam::{account}:root" for account in accounts]
    use = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]
    own = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{owner}:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    theirs = {"Effect": "Allow", "Principal": {"AWS": roots}, "Action": use, "Resource": "*"}
    return policy(own, theirs) if roots else policy(own)


def written_at(s3, when) -> None:
    """From now on what this client writes is that old; None ends it. The sandbox reads a header for it."""
    s3.meta.events.unregister("before-call.s3", unique_id="written-at")
    if when is None:
        return

    def date(params, **_):
        params["headers"]["x-sandbox-created"] = when.strftime("%Y-%m-%dT%H:%M:%SZ")

    s3.meta.events.register("before-call.s3", date, unique_id="written-at")


def environment_of_nobody(monkeypatch) -> None:
    """Of this process: credentials that mean nothing anywhere, and nothing of this machine's own AWS settings."""
    nobody = Keys("http://127.0.0.1:1", "nobody", "nobody").environment()
    # The AWS CLI's package finds its own data by this one.
    for name in [name for name in os.environ if name.startswith("AWS_") and name != "AWS_DATA_PATH"]:
        monkeypatch.delenv(name)
    for name, value in nobody.items():
        monkeypatch.setenv(name, value)
