"""A random organization: what is planned in it, and what AWS's documentation says must come of the plan.

Nothing here is taken from the program that is tested: not its rules, not its idea of a route.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

REGIONS = ["us-east-1", "eu-west-1", "eu-central-1", "ap-southeast-2"]

# Each costs objects that must arrive, so that a scan with it must exit with 1.
ERRORS = {
    "destination-missing",
    "destination-object-lock-missing",
    "destination-versioning-off",
    "kms-objects-not-selected",
    "replica-key-region-mismatch",
    "role-missing",
    "role-not-trusting-s3",
}


@dataclass
class Object:
    key: str
    old: bool
    """Older than a day: AWS promises nothing, but what has no replica by then gets none."""
    before: bool
    """Written before there was a replication rule."""
    marker: bool
    archived: bool


@dataclass
class Role:
    name: str
    account: int
    path: str
    trouble: str | None
    """`deleted`, `moved` (deleted, and made again under another path), `stranger` (trusts another service), or `denied`."""


@dataclass
class Bucket:
    name: str
    account: int
    region: str
    lock: bool = False
    kms: bool = False
    bucket_key: bool = False
    suspended: bool = False
    deleted: bool = False
    requester_pays: bool = False


@dataclass
class Route:
    destination: Bucket
    name: str
    enabled: bool = True
    prefix: str = ""
    tag: bool = False
    metrics: bool = True
    opted: bool = False
    key_region: str = ""
    markers: bool = False


@dataclass
class Source:
    bucket: Bucket
    role: Role
    first_version: bool
    """Rules without Filter: they have no priority, and take the delete markers of users."""
    routes: list[Route] = field(default_factory=list)
    objects: list[Object] = field(default_factory=list)


@dataclass
class Plan:
    accounts: int
    """Members; number 0 is the management account."""
    closed: set[int]
    """Members whose role does not let the management account in."""
    buckets: list[Bucket] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)


class Dice(random.Random):
    """Chance, and the mood of the whole: in some organizations nothing is wrong, in others little or much."""

    def __init__(self, seed: int):
        super().__init__(seed)
        self.mood = self.choice([0.0, 0.1, 0.3, 1.0, 1.0])

    def chance(self, share: float) -> bool:
        return self.random() < share

    def wrong(self, share: float) -> bool:
        return self.chance(share * self.mood)


def plan(seed: int) -> Plan:
    """The same seed gives the same plan."""
    dice = Dice(seed)
    accounts = dice.randint(3, 8)
    closed = set(dice.sample(range(1, accounts + 1), dice.randint(1, 2) if dice.wrong(0.6) else 0))
    made = Plan(accounts, closed)
    names = Names(dice)
    for number in range(accounts + 1):
        for _ in range(dice.randint(1, 2)):
            made.roles.append(role(dice, names, number))
    for _ in range(dice.randint(5, 12)):
        source(dice, names, made)
    for _ in range(dice.randint(0, 6)):
        made.buckets.append(bucket(dice, names, made))
    return made


class Names:
    """Bucket names as S3 allows them, none twice."""

    def __init__(self, dice: Dice):
        self.dice = dice
        self.count = 0

    def next(self) -> str:
        self.count += 1
        letters = "".join(self.dice.choice("abcxyz019") for _ in range(self.dice.randint(3, 40)))
        return f"{letters}{self.dice.choice(['-', '.', 'x'])}{self.count}"


def role(dice: Dice, names: Names, account: int) -> Role:
    trouble = dice.choice(["deleted", "moved", "stranger", "denied"]) if dice.wrong(0.33) else None
    return Role(names.next(), account, dice.choice(["/", "/service-role/", "/a/b/"]), trouble)


def bucket(dice: Dice, names: Names, made: Plan) -> Bucket:
    kms = dice.chance(0.3)
    return Bucket(
        name=names.next(),
        account=dice.randint(0, made.accounts),
        region=dice.choice(REGIONS),
        kms=kms,
        bucket_key=kms and not dice.wrong(0.5),
    )


def destination(dice: Dice, names: Names, made: Plan) -> Bucket:
    there = bucket(dice, names, made)
    there.lock = dice.chance(0.3)
    # S3 lets nobody suspend versioning under Object Lock.
    there.suspended = not there.lock and dice.wrong(0.2)
    there.deleted = dice.wrong(0.12)
    there.requester_pays = dice.wrong(0.15)
    made.buckets.append(there)
    return there


def source(dice: Dice, names: Names, made: Plan) -> None:
    here = bucket(dice, names, made)
    here.lock = dice.wrong(0.25)
    made.buckets.append(here)
    own = [one for one in made.roles if one.account == here.account]
    planned = Source(here, dice.choice(own), first_version=dice.chance(0.25))
    used = [other.destination for one in made.sources for other in one.routes]
    for _ in range(1 if planned.first_version else dice.randint(1, 3)):
        taken = [one.destination for one in planned.routes]
        shared = [one for one in used if one not in taken]
        there = dice.choice(shared) if shared and dice.chance(0.25) else destination(dice, names, made)
        planned.routes.append(route(dice, planned, there))
    if dice.wrong(0.1):
        for one in planned.routes:
            one.enabled = False
    planned.objects = [thing(dice, number) for number in range(dice.randint(0, 8))]
    made.sources.append(planned)


def route(dice: Dice, planned: Source, there: Bucket) -> Route:
    first = planned.first_version
    tag = not first and dice.wrong(0.12)
    opted = not dice.wrong(0.3) if planned.bucket.kms else dice.chance(0.2)
    others = [one for one in REGIONS if one != there.region]
    return Route(
        there,
        name=f"rule {dice.randint(0, 10**9)} ü",
        enabled=not dice.wrong(0.1),
        prefix=dice.choice(["", "", "a/", "b/"]),
        tag=tag,
        metrics=not dice.wrong(0.25),
        opted=opted,
        key_region=(dice.choice(others) if dice.wrong(0.25) else there.region) if opted else "",
        # AWS refuses delete markers together with a tag.
        markers=first or (not tag and dice.chance(0.4)),
    )


def thing(dice: Dice, number: int) -> Object:
    marker = dice.chance(0.2)
    return Object(
        key=f"{dice.choice(['a/', 'b/', ''])}{number} ü+",
        old=dice.chance(0.7),
        before=dice.wrong(0.3),
        marker=marker,
        archived=not marker and dice.chance(0.15),
    )


def date(one: Object, number: int) -> datetime:
    """Days ago, or minutes: never near the day that decides."""
    age = timedelta(days=3 + number) if one.old else timedelta(minutes=5)
    return datetime.now(timezone.utc) - age


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
        for one in live:
            for outcome, rule in of_route(made, planned, one):
                found[outcome, rule, here.name, one.destination.name] += 1
    return found


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
        if one.opted:
            # A bucket that is not there has no Region to hold the key's against.
            yield "unknown", "replica-key-region-mismatch"
        return
    if one.opted and one.key_region != there.region:
        yield "fail", "replica-key-region-mismatch"
    if there.account in made.closed:
        yield "fail", "destination-unverifiable"
        for rule in ("versioning-off", "object-lock-missing", "requester-pays"):
            yield "unknown", f"destination-{rule}"
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
    return bool(made.closed) or any(not is_compared(made, one) for _, one in seen_routes(made))


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
