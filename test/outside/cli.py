"""Runs the program as a user does, and reads what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

from oracle import FORETOLD
from place import DIST


def replint(*arguments: str, keys=None) -> str:
    """Runs a command that is to find something, and gives what it said."""
    command = ["node", str(DIST / "src" / "cli" / "main.js"), *arguments]
    environment = dict(os.environ) if keys is None else keys.environment()
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode in (0, 1, 3), done.stderr
    return done.stdout


class Scan:
    """What a scan came to: its exit code, its findings, its audit."""

    def __init__(self, keys, out: Path, *arguments: str):
        command = [
            "node",
            str(DIST / "src" / "cli" / "main.js"),
            "scan",
            "--out",
            str(out),
            "--quiet",
            "--rule",
            ",".join(FORETOLD),
            *arguments,
        ]
        done = subprocess.run(
            command, env=keys.environment(), cwd=out, capture_output=True, text=True, timeout=120, check=False
        )
        self.code = done.returncode
        self.said = done.stderr
        if self.code in (0, 1, 3):
            self.audit = json.loads((out / "audit.json").read_text("utf-8"))
            lines = (out / "findings.ndjson").read_text("utf-8").splitlines()
            self.findings = [json.loads(line) for line in lines]

    def found(self) -> Counter:
        """(outcome, rule, bucket, destination), and how often."""
        return Counter(
            (
                finding["outcome"],
                finding["rule"],
                finding["resource"]["bucket"],
                finding.get("route", {}).get("destination", {}).get("bucket"),
            )
            for finding in self.findings
        )

    def accounts(self) -> dict[str, tuple[str, int]]:
        """Account → its status, and how many of its buckets were listed."""
        return {a["id"]: (a["status"], a["buckets"]) for a in self.audit["coverage"]["accounts"]}


def difference(expected: Counter, found: Counter) -> str:
    """What is missing, and what is too much, a line each; empty where they agree."""
    lines = [f"missing: {row}" for row in (expected - found).elements()]
    lines += [f"too much: {row}" for row in (found - expected).elements()]
    return "\n".join(sorted(lines, key=str))
