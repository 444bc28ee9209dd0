"""A random organization, planned: accounts, buckets, roles, routes and objects, and what is wrong with them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

REGIONS = ["us-east-1", "eu-west-1", "eu-central-1", "ap-southeast-2"]


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
    lacks: str | None = None
    """What somebody forgot to allow it: `read`, `write`, `decrypt` or `encrypt`."""


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
    unopened: bool = False
    """Its policy gives other accounts nothing."""


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
    unopened_key: bool = False
    """The policy of the key for its replicas gives other accounts nothing."""
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
    forget(dice, made)
    return made


def forget(dice: Dice, made: Plan) -> None:
    """Last, so that what is planned above stays what it was: permissions that nobody gave."""
    for one in made.roles:
        one.lacks = dice.choice(["read", "write", "decrypt", "encrypt"]) if dice.wrong(0.6) else None
    for one in made.sources:
        for route in one.routes:
            route.destination.unopened = route.destination.unopened or dice.wrong(0.3)
            # Where neither side lets the role encrypt, either finding alone would be right.
            route.unopened_key = route.opted and one.role.lacks != "encrypt" and dice.wrong(0.4)


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
