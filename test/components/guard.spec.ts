import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { rootPrefixes, tenantPrefix } from "../../access/grant";
import { ProvenAccess } from "../../access/proof";
import type { SftpGateway } from "../../components/gateway";
import { AccessGuard } from "../../components/guard";
import { guardedInputs } from "../../components/guard/guardedInputs";
import type { GatewayPlan } from "../../plan";
import type { Deployment } from "../../synth/deployment";
import { accessNames } from "../../tenancy/access";
import { goldenDeployments } from "../golden/golden";
import { deploy, refusalOf, registrationsOf, type Props, type Registration } from "./registrations";

const functionType = "aws:lambda/function:Function";

/** What a guard says to a registration; undefined when it lets it through. */
function refusalBy(guard: AccessGuard, registration: Registration): string | undefined {
  try {
    guard.transformation(registration);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** Access roles bear the trust that this very guard made, and the function its code; what the recording's made is another's. */
function madeIn({ type, name, props }: Registration, guard: AccessGuard, { access }: GatewayPlan): Props {
  if (type === functionType && name === "gateway-identity-provider") {
    return { code: guard.identityProviderCode() };
  }
  const role = ProvenAccess.planOf(access).roles.find(({ name }) => name === props["name"]);
  return type === "aws:iam/role:Role" && role !== undefined ? { assumeRolePolicy: guard.trustOf(role) } : {};
}

/** Ways of getting an input wrong, whatever it holds. */
function mutationsOf(value: unknown, others: readonly unknown[]): [name: string, value: unknown][] {
  const swapped = others.find((other) => JSON.stringify(other) !== JSON.stringify(value) && other !== value);
  return [
    ["removed", undefined],
    ["empty", ""],
    ...(swapped === undefined ? [] : [["swapped", swapped] as [string, unknown]]),
    ...(typeof value === "string" ? textMutations(value) : []),
    ...(Array.isArray(value)
      ? [["one more", [...(value as unknown[]), ...(value as unknown[])]] as [string, unknown]]
      : []),
  ];
}

/** What the function that answers logins is guarded in beside its type's inputs: it decides who gets in. */
function guardedBeside(type: string, name: string): readonly string[] {
  return type === functionType && name === "gateway-identity-provider" ? ["code", "environment"] : [];
}

function textMutations(text: string): [string, unknown][] {
  const allow = '{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}';
  return [
    ["with something behind it", `${text} `],
    ...(text.includes("/*") ? [["widened", text.replace(/[\w-]+\/\*/, "*")] as [string, unknown]] : []),
    ...(text.includes('"Statement":[')
      ? [["with an Allow", text.replace('"Statement":[', `"Statement":[${allow},`)] as [string, unknown]]
      : []),
  ];
}

/** Registers something of a type as a child of the gateway. */
type Registering = Readonly<Record<string, (parent: SftpGateway) => pulumi.Resource>>;

describe("the guard of a gateway's access", () => {
  for (const golden of goldenDeployments) {
    it(`lets nothing in ${golden.name} be registered but what was proven, whichever input of whichever resource is wrong`, async () => {
      const { registrations, plan, chosen } = await registrationsOf(golden);
      const guard = new AccessGuard("gateway");
      guard.expect(plan, { ...chosen, hostKey: undefined });
      const unexpected: string[] = [];
      let tried = 0;
      for (const registration of registrations) {
        const { type, name, props } = registration;
        const right = { ...props, ...madeIn(registration, guard, plan) };
        for (const input of [...(guardedInputs[type] ?? []), ...guardedBeside(type, name)]) {
          const others = registrations
            .filter((each) => each.type === type)
            .map(({ props: other }): unknown => other[input]);
          for (const [how, value] of mutationsOf(props[input], others)) {
            if (value === props[input]) {
              continue; // an input that is not set cannot be removed
            }
            tried += 1;
            const said = refusalBy(guard, { ...registration, props: { ...right, [input]: value } });
            if (said !== `nothing is deployed:\nthe input "${input}" of ${type} "${name}" is not what was proven`) {
              unexpected.push(`${type} ${name} ${input} ${how}: ${said}`);
            }
          }
        }
        const said = refusalBy(guard, { ...registration, props: right });
        if (said !== undefined) {
          unexpected.push(`${type} ${name} as it was proven: ${said}`);
        }
      }
      expect(unexpected).to.deep.equal([]);
      expect(tried).to.be.above(300);
    });
  }

  it("comes after the gateway's other transformations, and names resource and input", async () => {
    const widen: pulumi.ResourceTransformation = ({ type, name, props, opts }) =>
      type === "aws:transfer/user:User" && name === "gateway-acme"
        ? {
            props: { ...props, policy: String(props["policy"]).replaceAll(tenantPrefix("acme"), rootPrefixes.tenants) },
            opts,
          }
        : undefined;
    expect(await refusalOf(deploy("dev", [widen]))).to.equal(
      'nothing is deployed:\nthe input "policy" of aws:transfer/user:User "gateway-acme" is not what was proven',
    );
  });

  it("leaves alone what gives nobody access: tags, descriptions, retention", async () => {
    const tag: pulumi.ResourceTransformation = ({ type, props, opts }) =>
      type === "aws:transfer/user:User" || type === "aws:iam/role:Role"
        ? { props: { ...props, tags: { costCentre: "4711" } }, opts }
        : undefined;
    const { resources } = await deploy("dev", [tag]);
    const tags = resources.filter(({ type }) => type === "aws:iam/role:Role").map(({ inputs }) => inputs["tags"]);
    expect(tags).to.have.length(accessNames.length + 2);
    expect(tags).to.satisfy((each: Props[]) => each.every(({ costCentre }) => costCentre === "4711"));
  });

  const everything = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  });
  const extra: Registering = {
    "aws:transfer/user:User": (parent) =>
      new aws.transfer.User(
        "extra",
        { serverId: parent.serverId, userName: "extra", role: "arn:aws:iam::1:role/x" },
        { parent },
      ),
    "aws:transfer/sshKey:SshKey": (parent) =>
      new aws.transfer.SshKey(
        "extra",
        { serverId: parent.serverId, userName: "acme", body: "ssh-ed25519 AAAA" },
        { parent },
      ),
    "aws:iam/role:Role": (parent) => new aws.iam.Role("extra", { assumeRolePolicy: everything }, { parent }),
    "aws:iam/rolePolicy:RolePolicy": (parent) =>
      new aws.iam.RolePolicy("extra", { role: "sftp-gateway-dev-read-only", policy: everything }, { parent }),
    "aws:s3/bucketPolicy:BucketPolicy": (parent) =>
      new aws.s3.BucketPolicy("extra", { bucket: parent.bucketName, policy: everything }, { parent }),
    "aws:sns/topicSubscription:TopicSubscription": (parent) =>
      new aws.sns.TopicSubscription(
        "extra",
        { topic: parent.uploadsTopicArn, protocol: "email", endpoint: "a@b.example" },
        { parent },
      ),
  };
  const foreign: Registering = {
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (parent) =>
      new aws.iam.RolePolicyAttachment(
        "extra",
        { role: "x", policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
        { parent },
      ),
    "aws:s3/accessPoint:AccessPoint": (parent) => new aws.s3.AccessPoint("extra", { bucket: "x" }, { parent }),
    "aws:transfer/access:Access": (parent) =>
      new aws.transfer.Access("extra", { serverId: "s-1", externalId: "S-1-1-12" }, { parent }),
  };

  /** What is said to each of these beside the gateway, by type. */
  const said = new Map<string, string>();
  let beside: Deployment;
  before(async () => {
    beside = await deploy("dev", [], (parent) => {
      for (const [type, register] of Object.entries({ ...extra, ...foreign })) {
        try {
          register(parent);
        } catch (error) {
          said.set(type, (error as Error).message);
        }
      }
    });
  });

  it("registers nothing beside what was proven, also where the program goes on", () => {
    expect([...said.keys()]).to.deep.equal([...Object.keys(extra), ...Object.keys(foreign)]);
    expect(beside.resources.map(({ name }) => name))
      .to.include("gateway")
      .and.not.to.include("extra");
  });

  for (const type of Object.keys(extra)) {
    it(`refuses ${type} where nobody planned one`, () => {
      expect(said.get(type)).to.equal(`nothing is deployed:\n${type} "extra" is no part of the access that was proven`);
    });
  }

  for (const type of Object.keys(foreign)) {
    it(`refuses ${type}, a type that no gateway has`, () => {
      expect(said.get(type)).to.equal(`nothing is deployed:\n${type} "extra" is of a type that no gateway consists of`);
    });
  }
});
