"""What findings say to type, read by those for whom it is meant: bash and the AWS CLI, cfn-lint, and a parser of HCL."""

import json
import re

import hcl2
import pytest

from fragments import complaints, read
from hostile import HARM, RESOLVED
from place import environment_of_nobody
from terminal import Terminal, facts

FILES = {"replication.json", "changed.json", "lifecycle.json", "notification.json", "encryption.json", "policy.json"}
FILES |= {"error.txt"}


def findings(out):
    return [json.loads(line) for line in (out / "findings.ndjson").read_text("utf-8").splitlines()]


def fixes(out, language):
    """What to type, each once, and a rule that says it."""
    return {one["fix"][language]: one["rule"] for one in findings(out) if language in one["fix"]}


@pytest.fixture(scope="module", params=["demo", "hostile"])
def out(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def terminal(tmp_path, monkeypatch):
    environment_of_nobody(monkeypatch)
    return Terminal(tmp_path)


def test_the_aws_cli_takes_the_commands(out, terminal):
    terminal.known = facts(out)
    wrong = []
    for remedy, rule in fixes(out, "cli").items():
        code, said, calls = terminal.run(remedy)
        strangers = [stranger for call in calls for stranger in call.strangers]
        if code != 0 or said or strangers or all(call.reads for call in calls):
            wrong.append(f"{rule}: {code} {said} {strangers}\n{remedy}")
    assert wrong == []
    assert len(fixes(out, "cli")) >= 20
    assert {path.name for path in terminal.folder.iterdir()} - FILES == {"script", "answer", "complaint"}


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("aws s3api put-bucket-versioning --bucket b --versioning-configuration Status=On", "Status: On"),
        ("aws s3api put-bucket-versioning --versioning-configuration Status=Enabled", "--bucket"),
        ("aws s3api put-bucket-version --bucket b", "put-bucket-version"),
        ("aws s3api put-bucket-acl --bucket b --acl open", "BucketCannedACL: open"),
        ("aws s3api put-bucket-encryption --bucket b --server-side-encryption-configuration '{\"Rule\":[]}'", "Rule"),
        ("aws iam put-role-policy --role-name r --policy-name p --policy-document \"$NOBODY\"", "NOBODY"),
        ("jq '.Rules[' script", "jq"),
    ],
)
def test_a_command_that_is_wrong_would_be_found(terminal, command, why):
    code, said, calls = terminal.run(command)
    strangers = [stranger for call in calls for stranger in call.strangers]
    assert code != 0 or strangers
    assert why in said or any(why in stranger for stranger in strangers), said


def test_cfn_lint_has_nothing_against_the_fragments(out):
    fragments = fixes(out, "cloudformation")
    told = "\n".join(complaints(list(fragments)))
    by_number = dict(enumerate(fragments.values()))
    assert re.sub(r"Fragment(\d+)", lambda found: by_number[int(found[1])], told) == ""
    assert len(fragments) >= 15


@pytest.mark.parametrize(
    "fragment",
    [
        "Enbaled: true",
        "Destination:\n  StorageClass: COLD",
        "VersioningConfiguration:\n  Status: On",
        "Rules:\n  - Status: Enabled\n    ExpirationInDays: soon",
        "- Effect: Alow\n  Action:\n    - s3:PutObject\n  Resource:\n    - '*'",
        "- Effect: Allow\n  Action:\n    - s3:PutObjects\n  Resource:\n    - '*'",
        "Destination:\n  EncryptionConfiguration:\n    ReplicaKmsKeyID: !Ref Nobody",
    ],
)
def test_a_fragment_that_is_wrong_would_be_found(fragment):
    assert [line for line in complaints([fragment]) if "Fragment0" in line]


def test_a_parser_of_hcl_takes_the_blocks(out):
    blocks = fixes(out, "terraform")
    for block in blocks:
        hcl2.loads(f"{block}\n")
    assert len(blocks) >= 15


@pytest.mark.parametrize("block", ['a = "', "rule {", 'a = "${b"', "a = b c", 'a "x" = 1'])
def test_a_block_that_is_wrong_would_be_found(block):
    with pytest.raises(Exception, match="(?s)."):
        hcl2.loads(f"{block}\n")


# suspicious-prefix types another prefix than there is.
ANOTHER = "suspicious-prefix"


def test_a_name_is_what_it_was_for_whoever_reads_it(hostile, terminal):
    """In the AWS CLI's parameters, in CloudFormation's YAML and in HCL: the name whole, or nothing of it."""
    terminal.known = facts(hostile)
    told = []
    for one in findings(hostile):
        fix = one["fix"]
        if one["rule"] == ANOTHER or one["resource"]["bucket"] != "source-0":
            continue
        if "cli" in fix:
            told += [text for call in terminal.run(fix["cli"])[2] if not call.reads for text in texts(call.parameters)]
        if "cloudformation" in fix:
            told += texts(read(fix["cloudformation"]))
        if "terraform" in fix:
            told += [literal(text) for text in texts(hcl2.loads(f"{fix['terraform']}\n"))]
    holding = [text for text in told if "pwned" in text]
    assert [text for text in holding if HARM not in meant(text)] == []
    assert len(holding) >= 15


def texts(value):
    """Every text in a value; of a policy as JSON, those in it."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    if isinstance(value, str) and value.startswith("{"):
        return texts(json.loads(value))
    return [value] if isinstance(value, str) else []


def literal(text):
    """What HCL makes of a literal, which the parser leaves as it is written: JSON's escapes, and doubled signs."""
    if not text.startswith('"'):
        return text
    assert re.search(r'(?<!\$)\$\{|(?<!%)%\{', text) is None, f"a template begins in {text}"
    return json.loads(text).replace("$${", "${").replace("%%{", "%{")


def meant(text):
    """What IAM reads in a resource: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"""
    return re.sub(r"\$\{([$*?])\}", r"\1", text)


def test_what_cloudformation_would_resolve_is_withheld_with_a_sentence(hostile):
    withheld = 0
    for one in findings(hostile):
        fix = one["fix"]
        assert "{{resolve:" not in fix.get("cloudformation", "")
        if RESOLVED in fix.get("terraform", "") and one["rule"] != ANOTHER:
            assert fix["text"].endswith("for which CloudFormation puts a stored value wherever it stands.")
            withheld += 1
    assert withheld >= 4
