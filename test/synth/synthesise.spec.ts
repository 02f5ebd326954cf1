import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { Deployment } from "../../synth/deployment";
import { synthesise } from "../../synth/synthesise";
import { projectDirectory } from "../components/gatewayStack";

function synthesiseProgram(program: () => Promise<Record<string, unknown>>): Promise<Deployment> {
  return synthesise({ directory: projectDirectory, stack: "dev", program });
}

function logGroup(name: string, opts?: pulumi.CustomResourceOptions): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(name, { name: `/${name}` }, opts);
}

/** What a failing program's synthesis says. */
async function failure(program: () => Promise<Record<string, unknown>>): Promise<string> {
  try {
    await synthesiseProgram(program);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the synthesis did not fail");
}

describe("a synthesis", () => {
  it("records parent, protection, retention and dependencies, explicit and implied", async () => {
    const { resources } = await synthesiseProgram(() => {
      const first = logGroup("first", { protect: true, retainOnDelete: true });
      new aws.cloudwatch.LogGroup("second", { name: first.name }, { parent: first, protect: false });
      logGroup("third", { dependsOn: first });
      return Promise.resolve({});
    });
    const prefix = "urn:pulumi:dev::sftp-gateway::";
    const stack = `${prefix}pulumi:pulumi:Stack::sftp-gateway-dev`;
    const type = "aws:cloudwatch/logGroup:LogGroup";
    const shown = resources.map(({ urn, parent, protect, retainOnDelete, dependsOn }) => ({
      urn,
      parent,
      protect,
      retainOnDelete,
      dependsOn,
    }));
    const first = `${prefix}${type}::first`;
    expect(shown).to.deep.equal(
      [
        {
          urn: `${prefix}${type}$${type}::second`,
          parent: first,
          protect: false,
          retainOnDelete: false,
          dependsOn: [first],
        },
        { urn: first, parent: stack, protect: true, retainOnDelete: true, dependsOn: [] },
        { urn: `${prefix}${type}::third`, parent: stack, protect: false, retainOnDelete: false, dependsOn: [first] },
        { urn: stack, parent: null, protect: false, retainOnDelete: false, dependsOn: [] },
      ].sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    );
  });

  it("records each further option that a resource is given, and none of one that is given none", async () => {
    const { resources } = await synthesiseProgram(() => {
      logGroup("plain");
      logGroup("with", {
        additionalSecretOutputs: ["tags"],
        deleteBeforeReplace: true,
        hideDiffs: ["tags"],
        ignoreChanges: ["retentionInDays"],
        import: "/with",
        pluginDownloadURL: "https://plugins.example",
        replaceOnChanges: ["name"],
        version: "0.0.1",
      });
      return Promise.resolve({});
    });
    const optionsOf = (wanted: string) => resources.find(({ name }) => name === wanted)?.options;
    expect(optionsOf("plain")).to.equal(undefined);
    expect(optionsOf("with")).to.deep.equal({
      additionalSecretOutputs: ["tags"],
      deleteBeforeReplace: true,
      hideDiffs: ["tags"],
      ignoreChanges: ["retentionInDays"],
      import: "/with",
      pluginDownloadURL: "https://plugins.example",
      replaceOnChanges: ["name"],
      version: "0.0.1",
    });
  });

  it("refuses a component of a plugin, whose resources only the engine would see", async () => {
    class Remote extends pulumi.ComponentResource {
      constructor() {
        super("other:index:Remote", "remote", {}, {}, true);
      }
    }
    const message = await failure(() => Promise.resolve({ urn: new Remote().urn }));
    expect(message).to.equal(
      'other:index:Remote "remote" is a component of a plugin: nothing can tell what it would deploy',
    );
  });

  it("withholds secrets, in inputs and in outputs", async () => {
    const deployment = await synthesiseProgram(() => {
      const group = new aws.cloudwatch.LogGroup("group", { name: "/group", tags: { token: pulumi.secret("hunter2") } });
      return Promise.resolve({ token: pulumi.secret("hunter2"), name: group.name });
    });
    const text = JSON.stringify(deployment);
    expect(text).not.to.include("hunter2");
    expect(deployment.outputs).to.deep.equal({ token: { secret: true }, name: "/group" });
    expect(deployment.resources.find(({ name }) => name === "group")?.inputs).to.deep.equal({
      name: "/group",
      tags: { token: { secret: true } },
    });
  });

  it("is the same in every run", async () => {
    const program = () => Promise.resolve({ id: logGroup("group").id });
    expect(await synthesiseProgram(program)).to.deep.equal(await synthesiseProgram(program));
  });

  it("refuses a resource type that is not declared, and says where to", async () => {
    const message = await failure(() => Promise.resolve({ id: new aws.efs.FileSystem("files").id }));
    expect(message).to.equal(
      "the resource type aws:efs/fileSystem:FileSystem is not known: declare it in the file of synth/resourceTypes/ it belongs to",
    );
  });

  it("refuses an invoke whose answer it does not know", async () => {
    const message = await failure(async () => ({ zones: (await aws.getAvailabilityZones()).names }));
    expect(message).to.include("the invoke aws:index/getAvailabilityZones:getAvailabilityZones");
  });

  it("refuses a resource whose name AWS or the provider would draw, and says which", async () => {
    const message = await failure(() => Promise.resolve({ id: new aws.sqs.Queue("orders").id }));
    expect(message).to.equal(
      'aws:sqs/queue:Queue "orders": the input "name" is missing or not text; give it one, since nothing is made up in its place',
    );
  });

  it("refuses a provider of the program's own, and says what does the same", async () => {
    const message = await failure(() => Promise.resolve({ id: new aws.Provider("other", { profile: "other" }).id }));
    expect(message).to.match(
      /^the program makes the provider pulumi:providers:aws "other": nothing can tell in which account .* aws:assumeRoles/,
    );
  });

  it("refuses two resources of one name", async () => {
    const message = await failure(() => {
      logGroup("group");
      return Promise.resolve({ id: logGroup("group").id });
    });
    expect(message).to.match(/^two resources are registered as urn:.*::group$/);
  });

  describe("refuses transforms, which the engine applies after everything else:", () => {
    const unseen =
      " registers transforms, which the engine would apply after everything that is proven here: nothing can tell what " +
      'would be deployed; "transformations", which run in the program, can be used instead';

    it("those of a resource", async () => {
      const message = await failure(() => {
        logGroup("group", { transforms: [() => undefined] });
        return Promise.resolve({});
      });
      expect(message).to.equal(`aws:cloudwatch/logGroup:LogGroup "group"${unseen}`);
    });

    const ofAll: Readonly<Record<string, () => void>> = {
      "those of all resources": () => pulumi.runtime.registerResourceTransform(() => undefined),
      "those of all invokes": () => pulumi.runtime.registerInvokeTransform(() => undefined),
    };
    for (const [what, register] of Object.entries(ofAll)) {
      it(what, async () => {
        const message = await failure(() => {
          register();
          return Promise.resolve({ id: logGroup("group").id });
        });
        expect(message).to.equal(`the program${unseen}`);
      });
    }
  });

  const hooks: Readonly<Record<string, () => pulumi.ResourceHookBinding>> = {
    "hook of a resource": () => ({ beforeDelete: [new pulumi.ResourceHook("hook", () => {})] }),
    "hook for errors": () => ({ onError: [new pulumi.ErrorHook("hook", () => true)] }),
  };
  for (const [what, hook] of Object.entries(hooks)) {
    it(`refuses a ${what}, which the engine runs during an update`, async () => {
      const message = await failure(() => Promise.resolve({ id: logGroup("group", { hooks: hook() }).id }));
      expect(message).to.equal(
        "the program registers a hook, which the engine would run during an update: nothing can tell what it would do",
      );
    });
  }

  it("fails when an output that nobody awaits fails, as the engine does", async () => {
    const message = await failure(() => {
      logGroup("group").name.apply(() => {
        throw new Error("lost in an apply");
      });
      return Promise.resolve({});
    });
    expect(message).to.equal("lost in an apply");
  });

  it("passes on what the program throws", async () => {
    expect(await failure(() => Promise.reject(new pulumi.RunError("no such tenant")))).to.equal("no such tenant");
  });
});
