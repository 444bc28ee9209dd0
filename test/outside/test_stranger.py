"""Organizations that nobody has seen before: what was planted must be found, all of it and nothing else."""

import os
import time

import pytest

from build import Builder
from cli import Scan, difference
from estate import plan
from oracle import exit_code, expected, is_compared, is_incomplete, seen_routes
from place import OWN_ROLE, Sandbox

# Among the fixed ones are organizations with nothing wrong, some that only cannot be read whole, and two in which each
# permission is missing somewhere. One is new every time, and said at the end of the run, so that what it finds can be
# had again.
NEW = int(os.environ.get("REPLINT_SEED", time.time_ns() // 1_000_000))


@pytest.mark.parametrize("seed", [2, 6, 11, 22, 27, 38, 88, pytest.param(NEW, id=f"clock-{NEW}")])
def test_what_was_planted_is_found(seed, tmp_path):
    made = plan(seed)
    with Sandbox() as sandbox:
        builder = Builder(sandbox, made)
        builder.build()
        scan = Scan(sandbox, tmp_path, "--role", OWN_ROLE)
    wanted = expected(made)
    assert scan.code == exit_code(made, wanted), scan.said
    assert difference(wanted, scan.found()) == "", f"seed {seed}"
    coverage = scan.audit["coverage"]
    routes = list(seen_routes(made))
    compared = sum(is_compared(made, one) for _, one in routes)
    assert coverage["routes"] == len(routes)
    assert coverage["replicatingBuckets"] == len({source.bucket.name for source, _ in routes})
    assert coverage["objects"] == {"exact": compared, "sampled": 0, "notCompared": len(routes) - compared}
    assert coverage["complete"] is not is_incomplete(made)
    assert scan.accounts() == accounts(made, builder.ids)
    assert coverage["buckets"] == sum(count for _, count in accounts(made, builder.ids).values())


def accounts(made, ids):
    there = [one.account for one in made.buckets if not one.deleted]
    return {
        id: ("unreadable", 0) if number in made.closed else ("scanned", there.count(number))
        for number, id in enumerate(ids)
    }
