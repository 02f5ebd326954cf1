import { expect } from "chai";
import { UnreadableDeploymentError } from "../../inventory/resources";
import { deployedServer } from "../../local/service/deployedServer";
import {
  bucket,
  bucketArn,
  deploymentOf,
  policyText,
  readWriteBelow,
  resource,
  roleArn,
  type DeploymentDraft,
  type ResourceDraft,
} from "./setting/deployment";
import { connected, outcome, rawClient, status } from "./setting/protocol";
import { RunningGateway } from "./setting/running";

type Change = (deployment: DeploymentDraft) => void;

const key = "arn:aws:kms:eu-central-1:123456789012:key/1234";
const encryption: ResourceDraft = {
  ...resource(deploymentOf(), "BucketPolicy"),
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  inputs: { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key } }] },
  outputs: {},
};

/** What a tenant can do with a file when the deployment is changed. */
async function possibilities(change: Change): Promise<string[]> {
  const deployment = deploymentOf({ tenant: "acme" });
  change(deployment);
  const running = await RunningGateway.start(deployment);
  try {
    const { sftp } = await rawClient(running, "acme");
    const attempts = {
      put: (done: () => void) => sftp.writeFile("/a.txt", "x", done),
      mkdir: (done: () => void) => sftp.mkdir("/folder", done),
      get: (done: () => void) => sftp.open("/a.txt", "r", done),
      stat: (done: () => void) => sftp.stat("/a.txt", done),
      list: (done: () => void) => sftp.opendir("/", done),
      rename: (done: () => void) => sftp.rename("/a.txt", "/b.txt", done),
      delete: (done: () => void) => sftp.unlink("/a.txt", done),
    };
    const possible: string[] = [];
    for (const [name, attempt] of Object.entries(attempts)) {
      // Deleting what was renamed away is no matter of permission.
      const code = await outcome(attempt);
      if (code === undefined || code === status.missing) {
        possible.push(name);
      }
    }
    return possible;
  } finally {
    await running.stop();
  }
}

const sessionOf =
  (...statements: Record<string, unknown>[]): Change =>
  (deployment) =>
    (resource(deployment, "User").inputs["policy"] = policyText(statements));

const allow = (action: string | string[], what: string, condition?: object) => ({
  Effect: "Allow",
  Action: action,
  Resource: what,
  ...(condition === undefined ? {} : { Condition: condition }),
});

const [listBelow, objectsBelow] = readWriteBelow("tenants/acme/") as [Record<string, unknown>, Record<string, unknown>];
const everything = ["put", "mkdir", "get", "stat", "list", "rename", "delete"];

describe("the deployed policies", () => {
  const cases: [what: string, change: Change, possible: string[]][] = [
    ["allow what role and session policy both allow", () => undefined, everything],
    [
      "deny what the role's policy leaves out",
      (deployment) => {
        const role = resource(deployment, "RolePolicy");
        role.inputs["policy"] = String(role.inputs["policy"]).replaceAll('"s3:PutObject",', "");
      },
      ["get", "stat", "list", "delete"],
    ],
    [
      "deny what the session policy leaves out",
      sessionOf(listBelow, { ...objectsBelow, Action: ["s3:GetObject", "s3:PutObject"] }),
      ["put", "mkdir", "get", "stat", "list"],
    ],
    [
      "deny what the bucket's policy denies",
      (deployment) => {
        const policy = resource(deployment, "BucketPolicy");
        const deny = {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:DeleteObject",
          Resource: `${bucketArn}/tenants/acme/*`,
        };
        policy.inputs["policy"] = policyText([deny]);
      },
      ["put", "mkdir", "get", "stat", "list"],
    ],
    [
      "deny everything when the role has no policy",
      (deployment) => deployment.resources.splice(deployment.resources.indexOf(resource(deployment, "RolePolicy")), 1),
      [],
    ],
    [
      "let files be seen by listing that may not be read",
      sessionOf(listBelow, { ...objectsBelow, Action: "s3:PutObject" }),
      ["put", "mkdir", "stat", "list"],
    ],
    [
      "let files be read that may not be listed",
      sessionOf({ ...objectsBelow, Action: ["s3:GetObject", "s3:PutObject"] }),
      ["put", "mkdir", "get", "stat"],
    ],
    [
      "limit writing to some names",
      sessionOf(listBelow, allow(["s3:GetObject", "s3:PutObject"], `${bucketArn}/tenants/acme/a*`)),
      ["put", "get", "stat", "list"],
    ],
    [
      "expand the user's name in a session policy",
      sessionOf(listBelow, { ...objectsBelow, Resource: `${bucketArn}/tenants/\${transfer:UserName}/*` }),
      everything,
    ],
    [
      "need the key of an encrypted bucket in role and session policy",
      (deployment) => deployment.resources.push(encryption),
      ["stat", "list", "delete"],
    ],
    [
      "work with an encrypted bucket when both allow its key",
      (deployment) => {
        deployment.resources.push(encryption);
        const useKey = allow(["kms:GenerateDataKey", "kms:Decrypt"], key);
        sessionOf(listBelow, objectsBelow, useKey)(deployment);
        resource(deployment, "RolePolicy").inputs["policy"] = policyText([...readWriteBelow("tenants/"), useKey]);
      },
      everything,
    ],
  ];
  for (const [what, change, possible] of cases) {
    it(what, async () => {
      expect(await possibilities(change)).to.deep.equal(possible);
    });
  }

  it("keep everybody out whose role the service may not take on", async () => {
    const deployment = deploymentOf({ tenant: "acme" });
    const role = resource(deployment, "Role");
    role.inputs["assumeRolePolicy"] = String(role.inputs["assumeRolePolicy"]).replace("user/s-0", "user/s-f");
    const running = await RunningGateway.start(deployment);
    try {
      const login = connected(running.port, "acme", running.privateKey("acme"));
      expect(await login.catch((error: Error) => error.message)).to.match(/authentication methods failed/);
    } finally {
      await running.stop();
    }
  });
});

describe("a deployment that cannot be reproduced", () => {
  const refusals: [what: string, change: Change, message: RegExp][] = [
    ["home directories of type PATH", (d) => (resource(d, "User").inputs["homeDirectoryType"] = "PATH"), /LOGICAL/],
    ["a user without mappings", (d) => (resource(d, "User").inputs["homeDirectoryMappings"] = []), /not be empty/],
    ["a role of elsewhere", (d) => (resource(d, "User").inputs["role"] = `${roleArn}x`), /role is not part/],
    ["managed policies", (d) => (resource(d, "Role").inputs["managedPolicyArns"] = ["arn:x"]), /managedPolicyArns/],
    ["a policy that is not JSON", (d) => (resource(d, "User").inputs["policy"] = "{"), /not JSON/],
    [
      "a policy with an operator nobody knows",
      (d) => sessionOf(allow("s3:GetObject", "*", { StringSortOf: { "s3:prefix": "x" } }))(d),
      /StringSortOf/,
    ],
    ["a target in another bucket", (d) => retarget(d, "/elsewhere/acme"), /not part of the deployment/],
    ["a target without bucket", (d) => retarget(d, "/"), /target/],
    [
      "another identity provider",
      (d) => (resource(d, "Server").inputs["identityProviderType"] = "API_GATEWAY"),
      /SERVICE_MANAGED/,
    ],
    ["another protocol", (d) => (resource(d, "Server").inputs["protocols"] = ["SFTP", "FTP"]), /protocols/],
    ["a policy that is secret", (d) => (resource(d, "User").inputs["policy"] = { secret: true }), /User "acme"/],
    [
      "a bucket whose name leads elsewhere",
      (d) => (resource(d, "Bucket").inputs["bucket"] = ".."),
      /no name for a bucket/,
    ],
    ["two servers", (d) => d.resources.push(resource(d, "Server")), /exactly one/],
    ["a key that is none", (d) => d.resources.push(keyResource(d, "ssh-ed25519 AAAA")), /no SSH public key/],
    ["objects encrypted in another way", (d) => d.resources.push(encryptedOtherwise()), /AES256/],
  ];
  for (const [what, change, message] of refusals) {
    it(`is refused: ${what}`, async () => {
      const deployment = deploymentOf({ tenant: "acme" });
      change(deployment);
      const refusal: unknown = await deployedServer(deployment).catch((error: unknown) => error);
      expect(refusal).to.be.instanceOf(UnreadableDeploymentError);
      expect((refusal as Error).message).to.match(message);
    });
  }

  it("is refused when the output names a tenant that the resources do not have", async () => {
    const deployment = deploymentOf({ tenant: "acme" });
    deployment.outputs["tenants"] = { ghost: { userName: "ghost" } };
    const start = RunningGateway.start(deployment);
    expect(await start.catch((error: Error) => error.message)).to.match(/"ghost".*no such user/);
  });
});

function retarget(deployment: DeploymentDraft, target: string): void {
  resource(deployment, "User").inputs["homeDirectoryMappings"] = [{ entry: "/", target }];
}

function keyResource(deployment: DeploymentDraft, body: string): ResourceDraft {
  const user = resource(deployment, "User");
  return { ...user, type: "aws:transfer/sshKey:SshKey", inputs: { ...user.inputs, body } };
}

function encryptedOtherwise(): ResourceDraft {
  return {
    ...encryption,
    inputs: { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms:dsse" } }] },
  };
}
