import { expect } from "chai";
import fc from "fast-check";
import { tenantPrefix } from "../../access/grant";
import { gatewayArns, gatewayNames } from "../../names";
import {
  alarmsTopicPolicy,
  arrivalsTopicPolicy,
  onUploadRolePolicy,
  onUploadRoleTrust,
  queuePolicy,
  uploadsTopicPolicy,
} from "../../uploads/documents";
import { absent, compilePolicies, decide, type AccessRequest, type RequestPrincipal } from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";

const account = "123456789012";
const stranger = "210987654321";
const scope = { partition: "aws", region: "eu-central-1", account };
const names = gatewayNames("project-test", account);
const arns = gatewayArns(scope, names);
const queue = `arn:aws:sqs:eu-central-1:${account}:orders`;

function service(name: string): RequestPrincipal {
  return { kind: "service", service: `${name}.amazonaws.com` };
}

function role(name: string, of = account): RequestPrincipal {
  return { kind: "role-session", account: of, roleArn: `arn:aws:iam::${of}:role/${name}`, sessionName: "s" };
}

/** A request as it would come through TLS; the context adds to that. */
function request(
  principal: RequestPrincipal,
  action: string,
  resource: string,
  context: AccessRequest["context"] = {},
): AccessRequest {
  return { principal, action, resource, context: { "aws:SecureTransport": "true", ...context } };
}

function reason(resource: PolicyDocument, asked: AccessRequest, identity: PolicyDocument[] = []): string {
  return decide(compilePolicies({ identity, resource, resourceAccount: account }), asked).reason;
}

const everything: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["sns:*", "sqs:*"], Resource: "*" }],
};
const plainHttp = { "aws:SecureTransport": "false" };

describe("the policy of the topic arrivals", () => {
  const policy = arrivalsTopicPolicy(scope, arns);
  const ours = { "aws:SourceAccount": account, "aws:SourceArn": arns.bucket };
  const publish = (principal: RequestPrincipal, context: AccessRequest["context"]) =>
    reason(policy, request(principal, "sns:Publish", arns.arrivalsTopic, context));

  it("lets S3 publish for the landing bucket", () => {
    expect(publish(service("s3"), ours)).to.equal("allowed");
  });

  const denied: [title: string, who: RequestPrincipal, context: AccessRequest["context"]][] = [
    ["another bucket of the account", service("s3"), { ...ours, "aws:SourceArn": "arn:aws:s3:::another" }],
    ["a bucket whose name goes on", service("s3"), { ...ours, "aws:SourceArn": `${arns.bucket}-2` }],
    ["a bucket of that name in another account", service("s3"), { ...ours, "aws:SourceAccount": stranger }],
    ["S3 for nobody in particular", service("s3"), { "aws:SourceArn": absent, "aws:SourceAccount": absent }],
    ["another service", service("events"), ours],
    ["another account's role", role("x", stranger), ours],
    ["anybody", { kind: "anonymous" }, ours],
  ];
  for (const [title, who, context] of denied) {
    it(`denies ${title}`, () => {
      expect(publish(who, context)).to.equal("implicit-deny");
    });
  }

  it("denies plain HTTP, to S3 and to a role that may do everything", () => {
    expect(publish(service("s3"), { ...ours, ...plainHttp })).to.equal("explicit-deny");
    for (const action of ["sns:Publish", "sns:Subscribe"]) {
      const asked = request(role("admin"), action, arns.arrivalsTopic, plainHttp);
      expect(reason(policy, asked, [everything])).to.equal("explicit-deny");
    }
  });
});

describe("the policy of the topic uploads", () => {
  const policy = uploadsTopicPolicy(arns);

  it("leaves it to a role's own policies who publishes, and that is on-upload's", () => {
    const asked = request(role("gw-on-upload"), "sns:Publish", arns.uploadsTopic);
    expect(reason(policy, asked, [onUploadRolePolicy(arns)])).to.equal("allowed");
    expect(reason(policy, asked)).to.equal("implicit-deny");
  });

  it("denies other accounts, services and plain HTTP", () => {
    const publish = (who: RequestPrincipal, context = {}) =>
      reason(policy, request(who, "sns:Publish", arns.uploadsTopic, context), [everything]);
    expect(publish(role("x", stranger))).to.equal("implicit-deny");
    expect(publish(service("s3"))).to.equal("implicit-deny");
    expect(publish(role("gw-on-upload"), plainHttp)).to.equal("explicit-deny");
  });
});

describe("the policy of the topic alarms", () => {
  const policy = alarmsTopicPolicy(scope, arns);
  const alarm = `arn:aws:cloudwatch:eu-central-1:${account}:alarm:project-test_failed-logins`;
  const publish = (who: RequestPrincipal, context: AccessRequest["context"]) =>
    reason(policy, request(who, "sns:Publish", arns.alarmsTopic, context));

  it("lets CloudWatch publish for alarms of this account and region", () => {
    const ours = { "aws:SourceAccount": account, "aws:SourceArn": alarm };
    expect(publish(service("cloudwatch"), ours)).to.equal("allowed");
    expect(publish(service("cloudwatch"), { ...ours, "aws:SourceAccount": stranger })).to.equal("implicit-deny");
    const elsewhere = alarm.replace("eu-central-1", "us-east-1");
    expect(publish(service("cloudwatch"), { ...ours, "aws:SourceArn": elsewhere })).to.equal("implicit-deny");
    expect(publish(service("s3"), ours)).to.equal("implicit-deny");
    expect(publish(service("cloudwatch"), { ...ours, ...plainHttp })).to.equal("explicit-deny");
  });
});

describe("the policy of a queue", () => {
  const reader = `arn:aws:iam::${account}:role/orders`;
  const partner = `arn:aws:iam::${stranger}:role/partner`;
  const senders = [{ service: "sns.amazonaws.com", sourceArn: arns.uploadsTopic }];
  const policy = queuePolicy(queue, senders, [reader, partner]);
  const ask = (
    who: RequestPrincipal,
    action: string,
    context: AccessRequest["context"] = {},
    identity = [everything],
  ) => reason(policy, request(who, action, queue, context), identity);

  it("lets SNS send for the topic uploads, and for no other topic, account or service", () => {
    const send = (name: string, topic: string) => ask(service(name), "sqs:SendMessage", { "aws:SourceArn": topic });
    expect(send("sns", arns.uploadsTopic)).to.equal("allowed");
    expect(send("sns", arns.arrivalsTopic)).to.equal("implicit-deny");
    expect(send("sns", arns.uploadsTopic.replace(account, stranger))).to.equal("implicit-deny");
    expect(send("s3", arns.uploadsTopic)).to.equal("implicit-deny");
  });

  it("lets readers receive and delete, and no more, without a policy of their own", () => {
    const actions = [
      "SendMessage",
      "ReceiveMessage",
      "DeleteMessage",
      "PurgeQueue",
      "SetQueueAttributes",
      "DeleteQueue",
    ];
    const allowed = actions.filter((action) => ask(role("orders"), `sqs:${action}`, {}, []) === "allowed");
    expect(allowed).to.deep.equal(["ReceiveMessage", "DeleteMessage"]);
  });

  it("lets a reader of another account in whose own policies allow it, and nobody else of that account", () => {
    expect(ask(role("partner", stranger), "sqs:ReceiveMessage")).to.equal("allowed");
    expect(ask(role("partner", stranger), "sqs:ReceiveMessage", {}, [])).to.equal("implicit-deny");
    expect(ask(role("other", stranger), "sqs:ReceiveMessage")).to.equal("implicit-deny");
  });

  it("denies every action through plain HTTP, to senders, readers and administrators", () => {
    const source = { "aws:SourceArn": arns.uploadsTopic };
    expect(ask(service("sns"), "sqs:SendMessage", { ...source, ...plainHttp })).to.equal("explicit-deny");
    expect(ask(role("orders"), "sqs:ReceiveMessage", plainHttp)).to.equal("explicit-deny");
    expect(ask(role("admin"), "sqs:DeleteQueue", plainHttp)).to.equal("explicit-deny");
  });

  it("opens to nobody where there is neither sender nor reader", () => {
    const closed = queuePolicy(queue, []);
    fc.assert(
      fc.property(
        fc.constantFrom(service("sns"), service("lambda"), role("x"), role("x", stranger)),
        fc.constantFrom("sqs:SendMessage", "sqs:ReceiveMessage"),
        (who, action) => {
          expect(reason(closed, request(who, action, queue))).to.equal("implicit-deny");
        },
      ),
    );
  });
});

describe("the role of on-upload", () => {
  const identity = [onUploadRolePolicy(arns)];
  const may = (action: string, resource: string) =>
    decide(compilePolicies({ identity }), request(role("gw-on-upload"), action, resource)).allowed;

  it("reads no file, announces to no other topic, and writes to no other log, table or queue", () => {
    for (const [action, resource] of [
      ["s3:GetObject", `${arns.bucket}/${tenantPrefix("acme")}x`],
      ["s3:ListBucket", arns.bucket],
      ["sns:Publish", arns.arrivalsTopic],
      ["sns:Publish", arns.alarmsTopic],
      ["sns:Subscribe", arns.uploadsTopic],
      ["dynamodb:Scan", arns.onUploadTable],
      ["dynamodb:PutItem", `${arns.onUploadTable}-2`],
      ["logs:PutLogEvents", `arn:aws:logs:eu-central-1:${account}:log-group:/project-test:log-stream:x`],
      ["logs:CreateLogGroup", arns.onUploadLogGroup],
      ["sqs:SendMessage", queue],
      ["sqs:ReceiveMessage", arns.onUploadDeadLetters],
    ] as const) {
      expect(may(action, resource), `${action} on ${resource}`).to.equal(false);
    }
    expect(may("logs:PutLogEvents", `${arns.onUploadLogGroup}:log-stream:2026/01/01/x`)).to.equal(true);
    expect(may("dynamodb:PutItem", arns.onUploadTable)).to.equal(true);
  });

  it("is taken on by Lambda alone", () => {
    const assume = (who: RequestPrincipal) =>
      reason(onUploadRoleTrust(), request(who, "sts:AssumeRole", `arn:aws:iam::${account}:role/gw-on-upload`));
    expect(assume(service("lambda"))).to.equal("allowed");
    expect(assume(service("transfer"))).to.equal("implicit-deny");
    expect(assume(role("x"))).to.equal("implicit-deny");
  });
});
