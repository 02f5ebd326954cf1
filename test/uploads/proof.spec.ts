import { expect } from "chai";
import { gatewayNames } from "../../names";
import { planUploads, type UploadsPlan } from "../../uploads/plan";
import { messagingFindings } from "../../uploads/proof";
import { tenant } from "../tenant";

const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const reader = "arn:aws:iam::210987654321:role/orders";
const names = gatewayNames("sftp-gateway-dev", scope.account);
const notify = [{ kind: "own-queue" as const, readers: [reader], environments: ["dev"] }];
const plan = planUploads({ scope, names, tenants: [tenant("acme", { notify })], spaces: [] });

type Statement = Record<string, unknown>;

/** The text of a policy with one statement more, or with one of its own changed. */
function withStatement(policy: string, change: (statements: readonly Statement[]) => readonly Statement[]): string {
  const { Statement, ...rest } = JSON.parse(policy) as { Statement: readonly Statement[] };
  return JSON.stringify({ ...rest, Statement: change(Statement) });
}

const allowed = (Principal: unknown, Action: string, more: Statement = {}) => ({
  Effect: "Allow",
  Principal,
  Action,
  Resource: "*",
  ...more,
});

/** What is found when the topic `uploads` allows something more. */
function ofTopic(statement: Statement): string[] {
  const { uploads } = plan.topics;
  const policy = withStatement(uploads.policy, (all) => [...all, statement]);
  return messagingFindings(scope, { ...plan, topics: { ...plan.topics, uploads: { ...uploads, policy } } });
}

/** What is found when the tenant's own queue says something else. */
function ofQueue(change: (statements: readonly Statement[]) => readonly Statement[]): string[] {
  const listeners = plan.listeners.map((listener): UploadsPlan["listeners"][number] =>
    listener.kind === "own-queue"
      ? { ...listener, queue: { ...listener.queue, policy: withStatement(listener.queue.policy, change) } }
      : listener,
  );
  return messagingFindings(scope, { ...plan, listeners });
}

const topic = "arn:aws:sns:eu-central-1:123456789012:sftp-gateway-dev-uploads: its policy";
const queue = "arn:aws:sqs:eu-central-1:123456789012:sftp-gateway-dev_tenant_acme: its policy";

describe("the proof of who hears of uploads", () => {
  it("finds nothing in what is planned", () => {
    expect(messagingFindings(scope, plan)).to.deep.equal([]);
  });

  const wrong: Readonly<Record<string, [findings: string[], message: string]>> = {
    everybody: [ofTopic(allowed("*", "sns:Subscribe")), `${topic} lets in everybody (statement 1)`],
    "another account": [
      ofTopic(allowed({ AWS: "999999999999" }, "sns:Subscribe")),
      `${topic} lets in 999999999999, which is none of its "readers" (statement 1)`,
    ],
    "a service on behalf of anybody": [
      ofTopic(allowed({ Service: "s3.amazonaws.com" }, "sns:Publish")),
      `${topic} lets in s3.amazonaws.com on behalf of any account (statement 1)`,
    ],
    "a service that does more than send": [
      ofTopic(
        allowed({ Service: "s3.amazonaws.com" }, "sns:Subscribe", {
          Condition: { StringEquals: { "aws:SourceAccount": scope.account } },
        }),
      ),
      `${topic} allows sns:Subscribe, which is not to send (statement 1)`,
    ],
    "another reader": [
      ofQueue((all) => [...all, allowed({ AWS: `${reader}-more` }, "sqs:ReceiveMessage")]),
      `${queue} lets in ${reader}-more, which is none of its "readers" (statement 3)`,
    ],
    "a reader that does more than receive": [
      ofQueue((all) => [...all, allowed({ AWS: reader }, "sqs:*")]),
      `${queue} allows sqs:*, which is not to receive (statement 3)`,
    ],
    "a sender whose source nobody asks for": [
      ofQueue((all) => all.map((statement) => ({ ...statement, Condition: undefined }))),
      `${queue} lets in sns.amazonaws.com on behalf of any account (statement 0)`,
    ],
  };
  for (const [what, [findings, message]] of Object.entries(wrong)) {
    it(`finds ${what}`, () => expect(findings).to.deep.equal([message]));
  }
});
