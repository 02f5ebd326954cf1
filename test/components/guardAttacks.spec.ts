import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { trustForServer } from "../../access/plan";
import { ProvenAccess } from "../../access/proof";
import { AccessGuard } from "../../components/guard";
import { GatewayPlan } from "../../plan";
import { goldenDeployments } from "../golden/golden";
import { deploy, refusalOf, registrationsOf, type Registration } from "./registrations";

describe("the guard of a gateway's access, attacked,", () => {
  let dev: Awaited<ReturnType<typeof registrationsOf>>;
  before(async () => (dev = await registrationsOf({ stack: "dev", tenantsFile: "tenants.yaml" })));

  const changing = (
    type: string,
    change: (registration: Registration) => pulumi.ResourceTransformationResult | undefined,
  ) => refusalOf(deploy("dev", [(registration) => (registration.type === type ? change(registration) : undefined)]));

  it("refuses options with which the engine would keep another value, or what is taken away", async () => {
    const type = "aws:transfer/user:User";
    const user = dev.registrations.find((each) => each.type === type)!;
    const guard = new AccessGuard("gateway");
    guard.expect(dev.plan, { ...dev.chosen, hostKey: undefined });
    const refused = (option: string) => `the option "${option}" of ${type} "${user.name}" would keep`;
    for (const [option, opts] of [
      ["ignoreChanges", { ignoreChanges: ["policy"] }],
      ["ignoreChanges", { ignoreChanges: ["homeDirectoryMappings[0].target"] }],
      ["retainOnDelete", { retainOnDelete: true }],
      ["id", { id: "s-01234567890abcdef/acme" }],
      ["urn", { urn: "urn:pulumi:dev::other::aws:transfer/user:User::acme" }],
      ["transforms", { transforms: [() => undefined] }],
      ["hooks", { hooks: { beforeCreate: ["widen"] } }],
      ["pluginDownloadURL", { pluginDownloadURL: "https://plugins.example" }],
    ] as const) {
      const changed = { ...user, opts: { ...user.opts, ...opts } as typeof user.opts };
      expect(() => guard.transformation(changed)).to.throw(refused(option));
    }
    const ignoring = ({ props, opts }: Registration) => ({ props, opts: { ...opts, ignoreChanges: ["policy"] } });
    expect(await changing(type, ignoring)).to.include(refused("ignoreChanges"));
  });

  it("refuses to copy files away, and code of somebody else", async () => {
    const replicationConfiguration = { role: "arn:aws:iam::999999999999:role/x", rules: [] };
    expect(
      await changing("aws:s3/bucket:Bucket", ({ props, opts }) => ({
        props: { ...props, replicationConfiguration },
        opts,
      })),
    ).to.match(/the input "replicationConfiguration" of aws:s3\/bucket:Bucket "gateway"/);
    const layers = ["arn:aws:lambda:eu-central-1:999999999999:layer:x:1"];
    expect(
      await changing("aws:lambda/function:Function", ({ props, opts }) => ({ props: { ...props, layers }, opts })),
    ).to.match(/the input "layers" of aws:lambda\/function:Function "gateway-on-upload"/);
  });

  it("registers what was compared, whatever becomes of the properties afterwards", async () => {
    const later: pulumi.ResourceTransformation = ({ type, props, opts }) => {
      const given = { ...props };
      queueMicrotask(() => (given["body"] = "ssh-ed25519 AAAAEVIL"));
      return type === "aws:transfer/sshKey:SshKey" ? { props: given, opts } : undefined;
    };
    const { resources } = await deploy("dev", [later]);
    const bodies = resources.filter(({ type }) => type.endsWith(":SshKey")).map(({ inputs }) => inputs["body"]);
    expect(bodies).not.to.be.empty.and.not.to.include("ssh-ed25519 AAAAEVIL");
  });

  it("compares the options that are registered, whatever becomes of their lists afterwards", async () => {
    const later: pulumi.ResourceTransformation = ({ type, props, opts }) => {
      const ignoreChanges: string[] = [];
      queueMicrotask(() => ignoreChanges.push("policy"));
      return type === "aws:transfer/user:User" ? { props, opts: { ...opts, ignoreChanges } } : undefined;
    };
    const { resources } = await deploy("dev", [later]);
    const users = resources.filter(({ type }) => type.endsWith(":User"));
    expect(users).not.to.be.empty;
    expect(users.map(({ options }) => options?.["ignoreChanges"])).to.deep.equal(users.map(() => undefined));
  });

  it("refuses another provider than the gateway's, which would deploy in another account", () => {
    const { registrations, plan, chosen } = dev;
    const [bucket] = registrations.filter(({ type }) => type === "aws:s3/bucket:Bucket");
    const parent = bucket!.opts.parent!;
    const another = {} as pulumi.ProviderResource;
    const anothers = Object.create(parent, { getProvider: { value: () => another } }) as pulumi.Resource;
    for (const opts of [{ parent, provider: another }, { parent, providers: [another] }, { parent: anothers }]) {
      const guard = new AccessGuard("gateway");
      guard.expect(plan, { ...chosen, hostKey: undefined });
      expect(() => guard.transformation({ ...bucket!, opts })).to.throw(
        'the option "provider" of aws:s3/bucket:Bucket "gateway" would keep what was proven from being deployed',
      );
    }
  });

  it("hands on a package of the function that nobody can change any more", async () => {
    const { plan, chosen } = await registrationsOf(goldenDeployments.find(({ name }) => name === "identity-provider")!);
    const guard = new AccessGuard("gateway");
    guard.expect(plan, { ...chosen, hostKey: undefined });
    const code = await guard.identityProviderCode();
    const files = (await code.assets) as Record<string, object>;
    expect([code, files, ...Object.values(files)].every((each) => Object.isFrozen(each))).to.equal(true);
  });

  it("takes the proof's word from nothing that stands in its place", () => {
    expect(() => Object.assign(ProvenAccess, { planOf: () => ({}) })).to.throw(TypeError);
    expect(() => Object.assign(GatewayPlan, { require: () => ({}) })).to.throw(TypeError);
  });

  it("takes no plan but one that was proven, and misses what is left out", () => {
    const { plan, chosen } = dev;
    const settings = { ...chosen, hostKey: undefined };
    expect(() => new AccessGuard("gateway").expect({ ...plan } as GatewayPlan, settings)).to.throw(
      "this plan was not proven",
    );
    expect(() => Object.assign(plan.uploads.topics.uploads, { policy: "{}" })).to.throw(TypeError);
    const guard = new AccessGuard("gateway");
    guard.expect(plan, settings);
    expect(() => guard.complete()).to.throw("aws:s3/bucket:Bucket gateway was planned and is not registered");
  });

  it("makes trust of nothing but the proven text", async () => {
    const { registrations, plan, chosen } = dev;
    const guard = new AccessGuard("gateway");
    guard.expect(plan, { ...chosen, hostKey: undefined });
    const server = registrations.findIndex(({ type }) => type === "aws:transfer/server:Server");
    registrations.slice(0, server + 1).forEach((registration) => guard.transformation(registration));
    const [role] = ProvenAccess.planOf(plan.access).roles;
    const trust = guard.trustOf(Object.assign({}, role, { trust: "{}" }));
    const text = await new Promise<string>((resolve) => trust.apply(resolve));
    expect(text).to.equal(trustForServer(role!.trust, /s-[0-9a-f]{17}/.exec(text)![0]));
  });
});
