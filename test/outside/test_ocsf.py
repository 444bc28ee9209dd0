"""`findings.ocsf.json` against OCSF's own export of its schema, which the package ocsf-json-schema carries for each version."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

from cli import replint

CLASS = "compliance_finding"


@pytest.fixture(scope="module")
def events(demo, hostile, tmp_path_factory):
    """Of the demo, which has a baseline and waivers; of a part of its rules, so that some are carried; and of hostile names."""
    part = tmp_path_factory.mktemp("part")
    narrow = ["--rule", "bucket-key-off", "--baseline", str(demo), "--format", "ocsf", "--out", str(part)]
    replint("evaluate", str(demo / "snapshot"), "--config", str(demo / "demo.yaml"), *narrow)
    return [event for out in (demo, part, hostile) for event in read(out)]


def read(out):
    return json.loads((out / "findings.ocsf.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def export(events):
    """What OCSF says of the version that the events name."""
    [version] = {event["metadata"]["version"] for event in events}
    return get_ocsf_schema(version=version)


@pytest.fixture(scope="module")
def validator(events, export):
    [profiles] = {tuple(event["metadata"]["profiles"]) for event in events}
    schema = OcsfJsonSchemaEmbedded(export).get_class_schema(class_name=CLASS, profiles=list(profiles))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_event_is_valid(events, validator):
    wrong = {f"{error.json_path}: {error.message}"[:300] for event in events for error in validator.iter_errors(event)}
    assert wrong == set()


def test_every_kind_of_event_is_there(events):
    assert {event["activity_name"] for event in events} == {"Create", "Update", "Close"}
    assert {"New", "Unchanged", "Suppressed", "Resolved", "Carried"} <= {event["status"] for event in events}
    assert {event["compliance"]["status"] for event in events} == {"Fail", "Warning", "Resolved"}


def test_what_is_said_of_a_number_is_its_caption(events, export):
    """The schema leaves this out: the text beside an enumerated number is the number's caption, but for 99."""
    assert {line for event in events for line in miscalled(event, export["classes"][CLASS], export)} == set()


def miscalled(value, definition, export):
    attributes = definition["attributes"]
    for name, part in value.items():
        attribute = attributes[name]
        if attribute.get("@deprecated"):
            yield f"{name} is deprecated"
        known, beside = attribute.get("enum"), attribute.get("sibling")
        if known and beside in value and part != 99 and value[beside] != known[str(part)]["caption"]:
            yield f"{name} {part} is {known[str(part)]['caption']!r}, not {value[beside]!r}"
        if attribute["type"] == "object_t" and attribute["object_type"] != "object":
            for one in part if isinstance(part, list) else [part]:
                yield from miscalled(one, export["objects"][attribute["object_type"]], export)


def test_the_class_is_the_one_that_it_names(events, export):
    known = export["classes"][CLASS]
    for event in events:
        assert (event["class_uid"], event["class_name"]) == (known["uid"], known["caption"])
        assert event["type_uid"] == known["uid"] * 100 + event["activity_id"]
        assert (event["category_uid"], event["category_name"]) == (known["category_uid"], known["category_name"])


SPOILT = {
    "a stranger": lambda event: event.update(stranger=1),
    "a stranger within": lambda event: event["compliance"].update(stranger=1),
    "no time": lambda event: event.pop("time"),
    "a text for a time": lambda event: event.update(time="2026"),
    "no standards": lambda event: event["compliance"].pop("standards"),
    "an activity that is none": lambda event: event.update(activity_id=7),
    "a status that is none": lambda event: event["compliance"].update(status_id=4),
    "no cloud": lambda event: event.pop("cloud"),
    "an organization without uid": lambda event: event["cloud"]["org"].pop("uid"),
    "no vendor": lambda event: event["metadata"]["product"].pop("vendor_name"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_schema_would_say_so(events, validator, spoil):
    event = copy.deepcopy(events[0])
    spoil(event)
    assert not validator.is_valid(event)
