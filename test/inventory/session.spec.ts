import { expect } from "chai";
import { inventoryOf } from "../../inventory/inventory";
import { UnreadableDeploymentError } from "../../inventory/resources";
import { verbsAt } from "../../inventory/verbs";
import {
  bucket,
  bucketArn,
  deploymentOf,
  draft,
  policyText,
  readWriteBelow,
  resource,
  roleArn,
  type DeploymentDraft,
} from "../local/setting/deployment";
import { encryptedWith, keyArn, keyWith, sessionOf } from "./deployments";

type Change = (deployment: DeploymentDraft) => void;

const folder = { bucket, prefix: "tenants/acme/" };
const useKey = { Sid: "Key", Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: keyArn };

/** The session of acme in a deployment that is changed first. */
function changed(...changes: readonly Change[]) {
  const deployment = deploymentOf({ tenant: "acme" });
  changes.forEach((change) => change(deployment));
  return sessionOf(deployment, "acme");
}

const withKeyAllowed: Change = (deployment) => {
  resource(deployment, "User").inputs["policy"] = policyText([...readWriteBelow("tenants/acme/"), useKey]);
  resource(deployment, "RolePolicy").inputs["policy"] = policyText([...readWriteBelow("tenants/"), useKey]);
};

const encrypted: Change = ({ resources }) => resources.push(encryptedWith(keyArn));

describe("what a user gets", () => {
  it("is said with the statement of the document that says so", () => {
    const session = changed();
    const resourceArn = `${bucketArn}/tenants/acme/a.txt`;
    const get = { action: "s3:GetObject", bucket };
    expect(session.decide({ ...get, key: "tenants/acme/a.txt" })).to.deep.equal({
      allowed: true,
      reason: "allowed",
      by: { document: "session", statement: "Objects" },
      action: "s3:GetObject",
      resource: resourceArn,
    });
    expect(session.decide({ ...get, key: "tenants/globex/a.txt" })).to.deep.equal({
      allowed: false,
      reason: "implicit-deny",
      action: "s3:GetObject",
      resource: `${bucketArn}/tenants/globex/a.txt`,
    });
  });

  it("is nothing in a bucket that is not part of the deployment", () => {
    const session = changed((deployment) => {
      const anywhere = policyText([{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }]);
      resource(deployment, "User").inputs["policy"] = anywhere;
      resource(deployment, "RolePolicy").inputs["policy"] = anywhere;
    });
    expect(session.decide({ action: "s3:GetObject", bucket: "elsewhere", key: "a" }).allowed).to.equal(false);
    expect(session.decide({ action: "s3:GetObject", bucket, key: "a" }).allowed).to.equal(true);
  });

  it("is what the bucket's policy leaves of it", () => {
    const session = changed((deployment) => {
      resource(deployment, "BucketPolicy").inputs["policy"] = policyText([
        { Sid: "Frozen", Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: `${bucketArn}/*` },
      ]);
    });
    expect(verbsAt(session, folder)).to.deep.equal(["list", "read", "write"]);
    const { by } = session.decide({ action: "s3:DeleteObject", bucket, key: "tenants/acme/a.txt" });
    expect(by).to.deep.equal({ document: "resource", statement: "Frozen" });
  });

  it("is nothing when the service may not take the role on", () => {
    const session = changed((deployment) => {
      const role = resource(deployment, "Role");
      role.inputs["assumeRolePolicy"] = String(role.inputs["assumeRolePolicy"]).replace("user/s-0", "user/s-f");
    });
    expect(verbsAt(session, folder)).to.deep.equal([]);
    expect(session.decide({ action: "s3:GetObject", bucket, key: "tenants/acme/a.txt" })).to.deep.equal({
      allowed: false,
      reason: "implicit-deny",
      action: "sts:AssumeRole",
      resource: roleArn,
    });
  });

  describe("of objects that a key encrypts", () => {
    it("is decided by the key's use as well", () => {
      const session = changed(encrypted);
      expect(verbsAt(session, folder)).to.deep.equal(["list", "delete"]);
      expect(session.decide({ action: "s3:PutObject", bucket, key: "tenants/acme/a.txt" })).to.deep.equal({
        allowed: false,
        reason: "implicit-deny",
        action: "kms:GenerateDataKey",
        resource: keyArn,
      });
    });

    it("is everything when role and session policy allow it", () => {
      expect(verbsAt(changed(encrypted, withKeyAllowed), folder)).to.deep.equal(["list", "read", "write", "delete"]);
    });

    const root = { AWS: "arn:aws:iam::123456789012:root" };
    const policies: readonly (readonly [what: string, principal: object, verbs: string[]])[] = [
      ["lets in the account", root, ["list", "read", "write", "delete"]],
      ["lets in the role", { AWS: roleArn }, ["list", "read", "write", "delete"]],
      ["lets in another role alone", { AWS: `${roleArn}-other` }, ["list", "delete"]],
    ];
    for (const [what, Principal, verbs] of policies) {
      it(`is ${verbs.join(", ")} when the key's own policy ${what}`, () => {
        const key = keyWith({ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" } as never);
        const session = changed(encrypted, withKeyAllowed, ({ resources }) => resources.push(key));
        expect(verbsAt(session, folder)).to.deep.equal(verbs);
      });
    }
  });

  describe("cannot be told when the deployment has", () => {
    const refusals: readonly (readonly [what: string, change: Change, message: string])[] = [
      [
        "a role of elsewhere",
        (d) => (resource(d, "User").inputs["role"] = `${roleArn}x`),
        'User "acme": its role is not part of the deployment',
      ],
      [
        "a server of elsewhere",
        (d) => (resource(d, "User").inputs["serverId"] = "s-elsewhere"),
        'User "acme": its server is not part of the deployment',
      ],
      [
        "managed policies",
        (d) => (resource(d, "Role").inputs["managedPolicyArns"] = ["arn:x"]),
        'Role "read-write": "managedPolicyArns" is not read, so what the role may do is not known',
      ],
      [
        "an attached policy",
        (d) => d.resources.push(attachment("read-write-1234567")),
        'RolePolicyAttachment "more": only inline policies of roles are read',
      ],
      [
        "two policies of one bucket",
        (d) => d.resources.push({ ...resource(d, "BucketPolicy"), name: "other" }),
        'BucketPolicy "other": a second one for Bucket "landing"; AWS keeps one of them',
      ],
      [
        "a bucket with a policy among its own inputs",
        (d) => (resource(d, "Bucket").inputs["policy"] = policyText([])),
        'Bucket "landing": "policy" is read from a resource of its own alone',
      ],
      [
        "a key by its alias",
        (d) => d.resources.push(encryptedWith("arn:aws:kms:eu-central-1:123456789012:alias/landing")),
        'BucketServerSideEncryptionConfiguration "landing": only AES256, or "aws:kms" with the ARN of a key, is understood',
      ],
      [
        "a session policy in which a key stands twice",
        (d) =>
          (resource(d, "User").inputs["policy"] = policyText(readWriteBelow("tenants/acme/")).replace(
            '"Action"',
            '"\\u0041ction":"s3:*","Action"',
          )),
        'User "acme", "policy": policy: has the same key twice in one object',
      ],
      [
        "a session policy that is no JSON",
        (d) => (resource(d, "User").inputs["policy"] = "{"),
        'User "acme", "policy": policy: is not JSON',
      ],
    ];
    for (const [what, change, message] of refusals) {
      it(what, () => {
        const ask = () => changed(change).decide({ action: "s3:GetObject", bucket, key: "x" });
        expect(ask).to.throw(UnreadableDeploymentError).with.property("message", message);
      });
    }

    it("but can with policies that are attached to other roles", () => {
      expect(
        verbsAt(
          changed(({ resources }) => resources.push(attachment("other"))),
          folder,
        ),
      ).to.include("read");
    });
  });
});

describe("the inventory", () => {
  it("tells users of one login name apart by their server", () => {
    const deployment = deploymentOf({ tenant: "acme", publicKeys: ["ssh-ed25519 ONE"] });
    const server = resource(deployment, "Server");
    const user = resource(deployment, "User");
    const second = "s-second";
    deployment.resources.push(
      draft(
        "aws:transfer/server:Server",
        "second",
        server.inputs,
        { arn: `arn:aws:transfer:x:1:server/${second}` },
        second,
      ),
      draft("aws:transfer/user:User", "acme-second", { ...user.inputs, serverId: second }),
      draft("aws:transfer/sshKey:SshKey", "two", { serverId: second, userName: "acme", body: "ssh-ed25519 TWO" }),
    );
    const { users, servers } = inventoryOf(deployment);
    expect(servers).to.have.lengthOf(2);
    expect(users.map(({ label, keys }) => [label, ...keys.map(({ body }) => body)])).to.deep.equal([
      ['User "acme"', "ssh-ed25519 ONE"],
      ['User "acme-second"', "ssh-ed25519 TWO"],
    ]);
  });
});

function attachment(role: string) {
  return draft("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "more", {
    role,
    policyArn: "arn:aws:iam::aws:policy/X",
  });
}
