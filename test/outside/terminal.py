"""A terminal for remedies: bash and jq as they are, and the AWS CLI up to where it would send the request."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import subprocess
from pathlib import Path
from urllib.parse import quote

from awscli.clidriver import create_clidriver
from botocore.awsrequest import AWSResponse

# What remedies leave to the reader.
GIVEN = {
    "REPLICA_KEY_ARN": "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "BUCKET_KEY_ARN": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "DESTINATION_BUCKET_ARN": "arn:aws:s3:::another-bucket",
    "INVENTORY_BUCKET_ARN": "arn:aws:s3:::inventory-bucket",
    "REPLICATION_ROLE_ARN": "arn:aws:iam::111122223333:role/replication",
    "BATCH_REPLICATION_ROLE_ARN": "arn:aws:iam::111122223333:role/batch",
    "REPORT_BUCKET": "reports-bucket",
    "LOG_BUCKET": "logs-bucket",
    "TOPIC_ARN": "arn:aws:sns:eu-west-1:111122223333:failures",
}

# `aws` asks the process that runs the tests: a Python for each command would take half a second each.
PRELUDE = r"""set -euo pipefail
aws() {
  local code
  printf '%s\0' "$#" "$@" >&"$ASK"
  IFS= read -r code <&"$TOLD"
  cat "$ANSWER"
  cat "$COMPLAINT" >&2
  return "$code"
}
"""

# Which parameter names the thing, and which member of the answer holds what a fact of the snapshot is.
READS = {
    "GetBucketReplication": ("Bucket", "replication", "ReplicationConfiguration"),
    "GetBucketEncryption": ("Bucket", "encryption", "ServerSideEncryptionConfiguration"),
    "GetBucketLifecycleConfiguration": ("Bucket", "lifecycle", None),
    "GetBucketNotificationConfiguration": ("Bucket", "notification", None),
    "GetBucketPolicy": ("Bucket", "policy", "Policy"),
    "GetKeyPolicy": ("KeyId", "policy", "Policy"),
    "GetRole": ("RoleName", "definition", "Role"),
}
NONE = {"Error": {"Code": "NoSuchBucketPolicy", "Message": "The bucket policy does not exist"}}


def facts(out: Path) -> dict[str, dict]:
    """What a scan read, by what commands call the thing."""
    found: dict[str, dict] = {}
    for file in (out / "snapshot").rglob("*.ndjson.gz"):
        # The first line is the file's own; each other has a head, and who asked.
        for line in list(gzip.open(file, "rt", encoding="utf-8"))[1:]:
            _, one = json.loads(line.partition("\t")[2])
            known = {name: fact[0] for name, fact in one["facts"].items() if isinstance(fact, list)}
            for name in names(one, known):
                found.setdefault(name, {}).update(known)
    return found


def names(one: dict, known: dict):
    if one["kind"] == "role":
        return [one["arn"].rpartition("/")[2]]
    if one["kind"] == "key":
        return {one["id"], (known.get("description") or {}).get("Arn", one["id"])}
    return [one["name"]] if one["kind"] == "bucket" else []


class Call:
    """An operation and its parameters, as the AWS CLI made them of a command."""

    def __init__(self, model, parameters: dict):
        self.operation = model.name
        self.parameters = parameters
        self.strangers = list(strangers(model.input_shape, parameters))

    @property
    def reads(self) -> bool:
        return self.operation.startswith("Get")


def strangers(shape, value):
    """Words that AWS does not list for their place: its clients leave that to the service."""
    if shape.type_name == "structure":
        for name, part in value.items():
            yield from strangers(shape.members[name], part)
    elif shape.type_name == "list":
        for part in value:
            yield from strangers(shape.member, part)
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{shape.name}: {value}"


class Terminal:
    def __init__(self, folder: Path):
        self.folder = folder
        self.known: dict[str, dict] = {}
        self.driver = create_clidriver()
        self.calls: list[Call] = []
        self.driver.session.register("provide-client-params", self.note)
        self.driver.session.register("before-call", self.answer)

    def note(self, params, model, **_) -> None:
        self.calls.append(Call(model, params))

    def answer(self, model, **_):
        """In the place of the request: by now the client has validated the parameters, and written them out."""
        status, answer = 200, {}
        if model.name in READS:
            name, fact, member = READS[model.name]
            value = self.known[self.calls[-1].parameters[name]][fact] or {}
            answer = value if member is None else {member: value}
            if member == "Role":
                # IAM quotes documents, and botocore expects it.
                answer = {member: {**value, "AssumeRolePolicyDocument": quote(value["AssumeRolePolicyDocument"])}}
            if member == "Policy" and value == {}:
                status, answer = 404, NONE
        return AWSResponse("http://127.0.0.1", status, {}, None), answer

    def main(self, arguments: list[str]) -> int:
        try:
            return self.driver.main(arguments)
        except SystemExit as left:
            # So its parser of arguments ends.
            return left.code

    def run(self, remedy: str) -> tuple[int, str, list[Call]]:
        """The exit code, what was said on standard error, and the calls."""
        self.calls = []
        ask, asks = os.pipe()
        told, tells = os.pipe()
        answer, script, complaint = (self.folder / name for name in ("answer", "script", "complaint"))
        script.write_text(f"{PRELUDE}{remedy}\n", "utf-8")
        own = {"ASK": str(asks), "TOLD": str(told), "ANSWER": str(answer), "COMPLAINT": str(complaint)}
        environment = {**os.environ, **GIVEN, **own}
        process = subprocess.Popen(
            ["bash", "--norc", str(script)], cwd=self.folder, env=environment, pass_fds=(asks, told),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        os.close(asks)
        os.close(told)
        with os.fdopen(ask, "rb") as asked, contextlib.chdir(self.folder):
            while count := word(asked):
                said, complained = io.StringIO(), io.StringIO()
                with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
                    code = self.main([word(asked) for _ in range(int(count))])
                answer.write_text(said.getvalue(), "utf-8")
                complaint.write_text(complained.getvalue(), "utf-8")
                os.write(tells, f"{code}\n".encode())
        os.close(tells)
        error = process.communicate(timeout=30)[1].decode()
        return process.returncode, error, self.calls


def word(stream) -> str:
    """One up to the next NUL; empty at the end."""
    letters = bytearray()
    while (letter := stream.read(1)) not in (b"", b"\0"):
        letters += letter
    return letters.decode()
