"""Extracts from botocore what AWS itself says about the requests that the stand-in provider checks.

    python3 -m venv VENV && VENV/bin/pip install botocore==1.44.5
    VENV/bin/python test/engine/model/extract.py > test/engine/model/aws.json
    npx prettier --write test/engine/model/aws.json

Only the shapes that the operations below reach are kept, and of each only what constrains a value.
"""

import json
import sys

import botocore
from botocore.loaders import Loader

# When the program gets a new resource type, name the operations here that create it.
OPERATIONS = {
    "cloudwatch": ["PutDashboard", "PutMetricAlarm"],
    "dynamodb": ["CreateTable", "UpdateTimeToLive"],
    "events": ["PutRule", "PutTargets"],
    "iam": ["CreateRole", "PutRolePolicy"],
    "lambda": ["AddPermission", "CreateFunction", "PutFunctionConcurrency", "PutFunctionEventInvokeConfig"],
    "logs": ["CreateLogGroup", "PutMetricFilter", "PutQueryDefinition", "PutRetentionPolicy"],
    "s3": [
        "CreateBucket",
        "PutBucketEncryption",
        "PutBucketLifecycleConfiguration",
        "PutBucketNotificationConfiguration",
        "PutBucketOwnershipControls",
        "PutBucketPolicy",
        "PutBucketVersioning",
        "PutPublicAccessBlock",
    ],
    "sns": ["CreateTopic", "SetTopicAttributes", "Subscribe"],
    "sqs": ["CreateQueue", "SetQueueAttributes"],
    "transfer": ["CreateServer", "CreateUser", "ImportSshPublicKey"],
}

CONSTRAINTS = ("type", "required", "pattern", "min", "max", "enum")


def constraints(shape):
    """The shape without documentation and wire format."""
    kept = {key: shape[key] for key in CONSTRAINTS if key in shape}
    if "members" in shape:
        kept["members"] = {name: member["shape"] for name, member in shape["members"].items()}
    for part in ("member", "key", "value"):
        if part in shape:
            kept[part] = shape[part]["shape"]
    return kept


def reach(name, shapes, reached):
    """Adds a shape and everything it consists of to `reached`."""
    if name in reached:
        return
    reached[name] = constraints(shapes[name])
    parts = list(reached[name].get("members", {}).values())
    parts += [reached[name][part] for part in ("member", "key", "value") if part in reached[name]]
    for part in parts:
        reach(part, shapes, reached)


def excerpt():
    """The excerpt of all services, with the version it comes from."""
    services = {}
    for service, operations in OPERATIONS.items():
        model = Loader().load_service_model(service, "service-2")
        inputs, reached = {}, {}
        for operation in operations:
            inputs[operation] = model["operations"][operation]["input"]["shape"]
            reach(inputs[operation], model["shapes"], reached)
        services[service] = {"operations": inputs, "shapes": dict(sorted(reached.items()))}
    return {"botocore": botocore.__version__, "services": services}


json.dump(excerpt(), sys.stdout, indent=2)
