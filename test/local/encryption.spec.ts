import { expect } from "chai";
import type { PolicyDocument, Statement } from "../../iam/policy";
import type { Deployment } from "../../synth/deployment";
import { gatewayStack } from "../components/gatewayStack";
import { tenant } from "../tenant";
import { resource, type DeploymentDraft } from "./setting/deployment";
import { outcome, rawClient } from "./setting/protocol";
import { RunningGateway } from "./setting/running";

type Change = (deployment: DeploymentDraft) => void;

/** Changes the statement of a policy that a test is about. */
function onStatement(type: string, name: string, is: (statement: Statement) => boolean, change: object | null): Change {
  return (deployment) => {
    const { inputs } = resource(deployment, type, name);
    const document = JSON.parse(String(inputs["policy"])) as PolicyDocument;
    expect(document.Statement.filter(is)).to.have.length(1);
    const statements = document.Statement.flatMap((statement) =>
      is(statement) ? (change === null ? [] : [{ ...statement, ...change }]) : [statement],
    );
    inputs["policy"] = JSON.stringify({ ...document, Statement: statements });
  };
}

const onKeys = ({ Action }: Statement) => JSON.stringify(Action).includes("kms:");
const inRole = (change: object | null) => onStatement("RolePolicy", "gw-read-write", onKeys, change);
const inSession = (change: object | null) => onStatement("User", "gw-acme", onKeys, change);
const inKeyPolicy = (change: object | null) => onStatement("Key", "gw", ({ Sid }) => Sid === "Account", change);

const decryptAlone = { Action: ["kms:Decrypt"] };
const generateAlone = { Action: ["kms:GenerateDataKey"] };
const anotherAlias = { Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/another" } } };
const root = "arn:aws:iam::123456789012:root";

describe("files under a key of the gateway's own", () => {
  let deployment: Deployment;
  let underKey: Deployment;
  before(async () => (underKey = await gatewayStack({ encryption: "kms", tenants: [tenant("acme")] })));
  beforeEach(() => (deployment = underKey));

  /** What of putting, fetching and deleting a file a tenant is let do when the deployment is changed. */
  async function possible(change: Change = () => undefined): Promise<string[]> {
    const changed = structuredClone(deployment) as DeploymentDraft;
    change(changed);
    const running = await RunningGateway.start(changed);
    try {
      const { sftp } = await rawClient(running, "acme");
      const attempts = {
        put: (done: () => void) => sftp.writeFile("/a.txt", "x", done),
        get: (done: () => void) => sftp.open("/a.txt", "r", done),
        list: (done: () => void) => sftp.opendir("/", done),
      };
      const given: string[] = [];
      for (const [name, attempt] of Object.entries(attempts)) {
        const code = await outcome(attempt);
        if (code !== 3) {
          given.push(name);
        }
      }
      return given;
    } finally {
      await running.stop();
    }
  }

  it("are written and read when role, session policy and key all allow it", async () => {
    expect(await possible()).to.deep.equal(["put", "get", "list"]);
  });

  it("are so, too, where the server stands in a network with addresses of its own", async () => {
    const network = { endpoint: "vpc", allowedCidrs: ["203.0.113.0/24"], hostname: "sftp.gateway.example" } as const;
    deployment = await gatewayStack({ encryption: "kms", tenants: [tenant("acme")], ...network });
    expect(await possible()).to.deep.equal(["put", "get", "list"]);
  });

  const missing: [what: string, change: Change, possible: string[]][] = [
    ["the role's use of the key", inRole(null), ["list"]],
    ["the session's use of the key", inSession(null), ["list"]],
    ["the account in the key's policy", inKeyPolicy(null), ["list"]],
    ["the role's right to make data keys", inRole(decryptAlone), ["get", "list"]],
    ["the session's right to make data keys", inSession(decryptAlone), ["get", "list"]],
    ["the key's leave to make data keys", inKeyPolicy(decryptAlone), ["get", "list"]],
    ["the role's right to decrypt", inRole(generateAlone), ["list"]],
    ["the session's right to decrypt", inSession(generateAlone), ["list"]],
    ["the key's leave to decrypt", inKeyPolicy(generateAlone), ["list"]],
    ["the role's alias of the key", inRole(anotherAlias), ["list"]],
    ["the session's alias of the key", inSession(anotherAlias), ["list"]],
    [
      "the account itself, of another number, in the key's policy",
      inKeyPolicy({ Principal: { AWS: root.replace("1", "9") } }),
      ["list"],
    ],
    [
      "the alias that leads to the key",
      (d) => d.resources.splice(d.resources.indexOf(resource(d, "Alias", "gw")), 1),
      ["list"],
    ],
    [
      "S3 among the services through which the role may use it",
      inRole({ Condition: { StringEquals: { "kms:ViaService": ["sqs.eu-central-1.amazonaws.com"] } } }),
      ["list"],
    ],
  ];
  for (const [what, change, rest] of missing) {
    it(`are denied without ${what}: ${rest.join(", ")} is left`, async () => {
      expect(await possible(change)).to.deep.equal(rest);
    });
  }
});
