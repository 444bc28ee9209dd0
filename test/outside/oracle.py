"""What AWS's documentation says must come of a plan.

Nothing here is taken from the program that is tested: not its rules, not its idea of a route. A rule that is new to the
program and that a plan trips over must be foretold here, or the plan must be made to please it.
"""

from __future__ import annotations

from collections import Counter

from estate import Object, Plan, Route, Source

# What these say can be foretold of any plan; the scan is asked for them alone. Those that the plan never trips over are
# here too: they must be silent. A rule that is not here yet is not tried from outside.
FORETOLD = (
    "bucket-key-off",
    "destination-missing",
    "destination-name-claimable",
    "destination-object-lock-missing",
    "destination-outside-organization",
    "destination-policy-missing",
    "destination-requester-pays",
    "destination-unverifiable",
    "destination-versioning-off",
    "kms-objects-not-selected",
    "objects-not-backfilled",
    "replica-key-policy-missing",
    "replica-key-region-mismatch",
    "replication-disabled",
    "replication-metrics-off",
    "role-cannot-decrypt-source",
    "role-cannot-encrypt-replica",
    "role-cannot-read-source-objects",
    "role-cannot-replicate",
    "role-in-other-account",
    "role-missing",
    "role-not-trusting-s3",
    "role-overbroad",
    "source-key-unusable",
    "source-versioning-off",
)

# Each costs objects that must arrive, so that a scan with it must exit with 1.
ERRORS = {
    "destination-missing",
    "destination-object-lock-missing",
    "destination-policy-missing",
    "destination-versioning-off",
    "kms-objects-not-selected",
    "replica-key-policy-missing",
    "replica-key-region-mismatch",
    "role-cannot-decrypt-source",
    "role-cannot-encrypt-replica",
    "role-cannot-read-source-objects",
    "role-cannot-replicate",
    "role-missing",
    "role-not-trusting-s3",
}


def expected(made: Plan) -> Counter:
    """(outcome, rule, bucket, destination) of every finding that the plan must lead to."""
    found: Counter = Counter()
    for one in made.buckets:
        if one.account not in made.closed and not one.deleted and one.kms and not one.bucket_key:
            found["fail", "bucket-key-off", one.name, None] += 1
    for planned in made.sources:
        here = planned.bucket
        if here.account in made.closed:
            continue
        live = [one for one in planned.routes if one.enabled]
        if not live:
            found["fail", "replication-disabled", here.name, None] += 1
            continue
        if planned.role.trouble in ("deleted", "moved"):
            found["fail", "role-missing", here.name, None] += 1
        if planned.role.trouble in ("stranger", "denied"):
            found["fail", "role-not-trusting-s3", here.name, None] += 1
        for rule in forgotten_at_source(planned, live):
            found["fail", rule, here.name, None] += 1
        if may_write_elsewhere(made, planned):
            found["fail", "role-overbroad", here.name, None] += 1
        for one in live:
            for outcome, rule in of_route(made, planned, one):
                found[outcome, rule, here.name, one.destination.name] += 1
    return found


def is_there(planned: Source) -> bool:
    """A role that is not there is allowed nothing, and that is said once."""
    return planned.role.trouble not in ("deleted", "moved")


def forgotten_at_source(planned: Source, live: list[Route]):
    """The role reads every object, and decrypts what is encrypted with KMS and selected."""
    if not is_there(planned):
        return
    if planned.role.lacks == "read":
        yield "role-cannot-read-source-objects"
    if planned.role.lacks == "decrypt" and planned.bucket.kms and any(one.opted for one in live):
        yield "role-cannot-decrypt-source"


def may_write_elsewhere(made: Plan, planned: Source) -> bool:
    """The role is allowed what other buckets than this would replicate into, were their rules not disabled, and serves this one alone."""
    if not is_there(planned) or planned.role.lacks == "write":
        return False
    others = [one for one in made.sources if one.role is planned.role and one is not planned]
    if any(route.enabled for one in others for route in one.routes):
        return False
    own = {planned.bucket.name} | {route.destination.name for route in planned.routes}
    return any(route.destination.name not in own for one in others for route in one.routes)


def forgotten_on_the_way(made: Plan, planned: Source, one: Route):
    """The role writes to the destination and encrypts with its key; another account has to allow both on its side."""
    there, role = one.destination, planned.role
    abroad = there.account != role.account
    closed = there.account in made.closed
    if closed:
        yield "unknown", "destination-policy-missing"
    elif abroad and there.unopened:
        yield "fail", "destination-policy-missing"
    if is_there(planned):
        # What the role itself is not allowed nobody else can give it across accounts, whatever is not read there.
        if role.lacks == "write":
            yield "fail", "role-cannot-replicate"
        elif closed:
            yield "unknown", "role-cannot-replicate"
    if not one.opted:
        return
    yield from forgotten_of_key(made, planned, one)
    if closed:
        yield "unknown", "role-cannot-encrypt-replica"
    elif is_there(planned) and role.lacks == "encrypt":
        yield "fail", "role-cannot-encrypt-replica"


def forgotten_of_key(made: Plan, planned: Source, one: Route):
    """The key's policy is what it is, wherever the bucket has gone."""
    if not one.opted:
        return
    if one.destination.account in made.closed:
        yield "unknown", "replica-key-policy-missing"
    elif is_there(planned) and one.destination.account != planned.role.account and one.unopened_key:
        yield "fail", "replica-key-policy-missing"


def of_route(made: Plan, planned: Source, one: Route):
    """The findings of one enabled route: (outcome, rule)."""
    here, there = planned.bucket, one.destination
    if not one.metrics:
        yield "fail", "replication-metrics-off"
    if here.kms and not one.opted:
        yield "fail", "kms-objects-not-selected"
    if there.deleted:
        yield "fail", "destination-missing"
        yield "fail", "destination-name-claimable"
        yield from forgotten_of_key(made, planned, one)
        return
    yield from forgotten_on_the_way(made, planned, one)
    if one.opted and one.key_region != there.region:
        yield "fail", "replica-key-region-mismatch"
    if there.account in made.closed:
        yield "fail", "destination-unverifiable"
        yield "unknown", "destination-versioning-off"
        yield "unknown", "destination-requester-pays"
        if here.lock:
            yield "unknown", "destination-object-lock-missing"
        yield "unknown", "objects-not-backfilled"
        return
    if there.suspended:
        yield "fail", "destination-versioning-off"
    if here.lock and not there.lock:
        yield "fail", "destination-object-lock-missing"
    if there.requester_pays:
        yield "fail", "destination-requester-pays"
    if one.tag:
        # Listings show no tags.
        yield "unknown", "objects-not-backfilled"
    elif any(is_missing(planned, one, thing) for thing in planned.objects):
        yield "fail", "objects-not-backfilled"


def is_missing(planned: Source, one: Route, thing: Object) -> bool:
    """Whether the route takes the object and it has no replica, long after it should have."""
    if not thing.key.startswith(one.prefix) or not thing.old or thing.archived:
        return False
    if thing.marker:
        return one.markers and thing.before
    return thing.before or (planned.bucket.kms and not one.opted)


def exit_code(made: Plan, found: Counter) -> int:
    """1: something will not be replicated. 3: nothing such was seen, and not everything was."""
    failed = {(rule, bucket, there) for outcome, rule, bucket, there in found if outcome == "fail"}
    accounts = {one.name: one.account for one in made.buckets}
    for rule, name, there in failed:
        # AWS forbids Requester Pays between two accounts; within one it says nothing, and that is a warning.
        if rule in ERRORS or (rule == "destination-requester-pays" and accounts[name] != accounts[there]):
            return 1
    return 3 if is_incomplete(made) else 0


def is_incomplete(made: Plan) -> bool:
    """What is not there cannot be read either, and a filter by tags leaves nothing unread."""
    return bool(made.closed)


def seen_routes(made: Plan):
    """The enabled routes of the sources that can be read."""
    for planned in made.sources:
        if planned.bucket.account not in made.closed:
            for one in planned.routes:
                if one.enabled:
                    yield planned, one


def is_compared(made: Plan, one: Route) -> bool:
    """Whether both listings can be had, and say which objects the route takes."""
    return not (one.tag or one.destination.deleted or one.destination.account in made.closed)
