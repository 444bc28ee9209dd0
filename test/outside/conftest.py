"""What the tests from outside share: a sandbox in a process of its own, and boto3 clients for it."""

from __future__ import annotations

import sys

import pytest

from cli import replint
from hostile import build as build_hostile
from place import OWN_ROLE, Sandbox


LAST = "test_operations.py"
PARTS = ["access", "bucket_settings", "identity", "objects", "replication", "services"]


def pytest_collection_modifyitems(items):
    """What looks back on the run comes last."""
    items.sort(key=lambda item: item.path.name == LAST)


def pytest_terminal_summary(terminalreporter):
    stranger = sys.modules.get("test_stranger")
    if stranger:
        terminalreporter.write_line(f"test_stranger.py: REPLINT_SEED={stranger.NEW}")


@pytest.fixture
def whole_run(request):
    """Skips where only some of the tests of the sandbox were asked for."""
    run = {item.path.name for item in request.session.items}
    if not {f"test_{part}.py" for part in PARTS} <= run:
        pytest.skip("not all tests of the sandbox were run")


@pytest.fixture(scope="session")
def sandbox():
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="session")
def organization(sandbox):
    """The organization, once for all: two member accounts, by name."""
    organizations = sandbox.client("organizations")
    organizations.create_organization(FeatureSet="ALL")
    accounts = {}
    for name in ("one", "two"):
        made = organizations.create_account(AccountName=name, Email=f"{name}@example.com")
        accounts[name] = made["CreateAccountStatus"]["AccountId"]
    return accounts


@pytest.fixture(scope="session")
def one(sandbox, organization):
    """The administrator of account one."""
    return sandbox.assume(organization["one"], OWN_ROLE)


@pytest.fixture(scope="session")
def two(sandbox, organization):
    """The administrator of account two."""
    return sandbox.assume(organization["two"], OWN_ROLE)


@pytest.fixture
def s3(one):
    return one.client("s3", "eu-west-1")


@pytest.fixture
def bucket(s3, request):
    """A new versioned bucket of account one, in eu-west-1."""
    return new_bucket(s3, request.node.name)


def new_bucket(s3, about: str) -> str:
    """Makes a versioned bucket in the Region of the client; no two have one name."""
    new_bucket.count += 1
    letters = "".join(c for c in about.lower() if c.isalnum())[:30]
    name = f"{letters}-{new_bucket.count}"
    region = s3.meta.region_name
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


new_bucket.count = 0


@pytest.fixture
def make_bucket():
    return new_bucket


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """What `replint demo` leaves behind."""
    out = tmp_path_factory.mktemp("demo")
    replint("demo", "--out", str(out))
    return out


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """The audit of an organization in which whatever may be named freely has a name that would do harm unquoted."""
    out = tmp_path_factory.mktemp("hostile")
    with Sandbox() as own:
        build_hostile(own)
        replint("scan", "--role", OWN_ROLE, "--out", str(out), keys=own)
    return out
