import { expect } from "chai";
import { plannedLine } from "../../deploy/plannedLine";
import type { PreviewStep, ResourcePlan } from "../../deploy/preview";
import program from "../../index";
import type { DeployedResource } from "../../synth/deployment";
import { synthesised } from "../fixtures/synthesised";
import { projectDirectory } from "../components/gatewayStack";
import { goldenStacks } from "../golden/golden";

type State = Readonly<Record<string, unknown>>;

const urn = "urn:pulumi:dev::sftp-gateway::aws:sqs/queue:Queue::arrivals";
const key = "key";

/** A resource as a preview shows its state, with every option that a state has. */
function stateOf(resource: DeployedResource): State {
  const { type, custom, inputs, parent, protect, retainOnDelete, dependsOn } = resource;
  return {
    ...{ urn: resource.urn, type, custom, inputs, parent, protect, retainOnDelete },
    dependencies: dependsOn,
    propertyDependencies: Object.fromEntries(Object.keys(inputs).map((name) => [name, dependsOn])),
    provider: "urn:pulumi:dev::sftp-gateway::pulumi:providers:aws::default::1",
    additionalSecretOutputs: ["arn"],
    aliases: ["urn:pulumi:dev::sftp-gateway::aws:sqs/queue:Queue::before"],
    customTimeouts: { create: 1, update: 2, delete: 3 },
    deletedWith: "urn",
    ignoreChanges: ["name"],
    replaceOnChanges: ["name"],
    importID: "id",
    refreshBeforeUpdate: false,
    resourceHooks: { beforeCreate: ["hook"] },
    optionOfAnotherVersion: "x",
  };
}

/** The value with one of its leaves changed, once for each leaf. */
function mutations(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    const changed = list.flatMap((one, index) => mutations(one).map((other) => list.with(index, other)));
    return [...changed, [...list, "one more"]];
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return entries.flatMap(([name, one]) => mutations(one).map((other) => ({ ...value, [name]: other })));
  }
  return [typeof value === "boolean" ? !value : `${JSON.stringify(value)} changed`];
}

const same = (oldState: State, newState: State, plan: ResourcePlan = {}) =>
  plannedLine({ op: "same", urn: String(newState["urn"]), oldState, newState }, plan, key);

for (const stack of goldenStacks) {
  describe(`the plan for ${stack}`, () => {
    let states: readonly State[];
    /** Of those of one type with the same inputs, one. */
    let kinds: readonly State[];

    before(async () => {
      const { resources } = await synthesised({ directory: projectDirectory, stack, program });
      states = resources.map(stateOf);
      kinds = [
        ...new Map(resources.map((each) => [[each.type, ...Object.keys(each.inputs)].join(), stateOf(each)])).values(),
      ];
    });

    it("is silent about what stays as it is, wherever and whenever it was written", () => {
      for (const state of states) {
        const written = { created: "yesterday", sourcePosition: "index.ts#1", id: "1", outputs: { arn: "a" } };
        expect(same({ ...state, ...written }, state)).to.equal(undefined);
      }
    });

    it("shows every option and input that changes, though the engine calls it the same", () => {
      for (const state of kinds) {
        for (const changed of mutations(state) as State[]) {
          expect(same(state, changed), JSON.stringify(changed)).to.match(/ same \[.+\] (\(.+\) )?[0-9a-f]{16}\n$/);
        }
      }
    });

    it("is another one for each option and input that is another one, whatever is done", () => {
      for (const op of ["create", "update", "replace", "delete"]) {
        for (const state of kinds) {
          const lines = [state, ...(mutations(state) as State[])].map((one) => {
            const step = op === "delete" ? { oldState: one } : { newState: one };
            return plannedLine({ op, urn, ...step }, {}, key);
          });
          expect(new Set(lines).size).to.equal(lines.length);
        }
      }
    });
  });
}

describe("a line of the plan", () => {
  const line = (step: Partial<PreviewStep>, plan: ResourcePlan = {}, withKey: string | undefined = key) =>
    plannedLine({ op: "update", urn, ...step }, plan, withKey)?.replace(/ [0-9a-f]{16}\n$/, "");

  it("says from what to what, where that is short", () => {
    const before = { inputs: { delaySeconds: 1, policy: "p".repeat(50), gone: true } };
    const after = { inputs: { delaySeconds: 2, policy: "q".repeat(50) }, parent: "urn" };
    expect(line({ oldState: before, newState: after })).to.equal(
      'aws:sqs/queue:Queue arrivals update [delaySeconds: 1 -> 2, gone: true -> none, parent: none -> "urn", policy]',
    );
  });

  it("names what only the engine or the provider finds changed", () => {
    const goal = { inputDiff: { adds: { a: 1 }, deletes: ["b"] }, outputDiff: { updates: { endpoint: 1 } } };
    expect(line({ oldState: {}, newState: {}, diffReasons: ["c"], replaceReasons: ["d"] }, { goal })).to.equal(
      "aws:sqs/queue:Queue arrivals update [a, b, c, d, outputs.endpoint]",
    );
  });

  it("marks the end of what holds data, also by an operation that nobody knows yet", () => {
    for (const op of ["delete", "replace", "delete-replaced", "discard", "transmogrify"]) {
      expect(line({ op, oldState: {} })).to.equal(`! aws:sqs/queue:Queue arrivals ${op} (what it holds is lost)`);
    }
    expect(line({ op: "delete", oldState: { retainOnDelete: true } })).to.equal(
      "! aws:sqs/queue:Queue arrivals delete (stays in AWS, forgotten by Pulumi)",
    );
    expect(line({ op: "delete", urn: urn.replace("queue:Queue", "queuePolicy:QueuePolicy") })).to.match(/^aws:/);
  });

  it("marks what loses its protection", () => {
    expect(line({ op: "same", oldState: { protect: true, retainOnDelete: true }, newState: {} })).to.equal(
      "! aws:sqs/queue:Queue arrivals same [protect: true -> none, retainOnDelete: true -> none] " +
        "(is no longer protected, is no longer kept when it is deleted)",
    );
  });

  it("takes no notice of where a file lies and in which order dependencies come", () => {
    const file = (path: string, hash: string) => ({ "4dabf18193072939515e22adb298388d": "asset", path, hash });
    const state = (code: object, ...dependencies: string[]) => ({
      inputs: { code },
      dependencies,
      propertyDependencies: { code: dependencies },
    });
    const before = state(file("/here", "1"), "a", "b");
    expect(line({ op: "same", oldState: before, newState: state(file("/there", "1"), "b", "a") })).to.equal(undefined);
    expect(line({ op: "same", oldState: before, newState: state(file("/here", "2"), "a", "b") })).to.include("[code");
  });

  it("tells secrets apart by a hash that takes the key to make", () => {
    const secret = (plaintext: string) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext,
    });
    const changed = (plaintext: string, withKey: string) => {
      const step = { op: "update", urn, newState: { inputs: { password: "[secret]" } } };
      return plannedLine(step, { goal: { inputDiff: { updates: { password: secret(plaintext) } } } }, withKey);
    };
    const lines = [changed("a", "1"), changed("b", "1"), changed("a", "2")];
    expect(new Set(lines).size).to.equal(3);
    expect(changed("a", "1")).to.equal(lines[0]);
    expect(() => changed("a", "")).to.throw("no key to compare them by");
    expect(() => line({ newState: { inputs: { password: "[secret]" } } })).to.throw("the saved plan does not show");
  });

  it("shows nothing invisible", () => {
    expect(line({ op: "create", urn: `${urn}\u202e`, newState: {} })).to.include("arrivals\\u{202e} create");
  });
});
