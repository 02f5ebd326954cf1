import { expect } from "chai";
import { isChanged, stackDifference } from "../../diff/difference";
import { differenceMarkdown } from "../../diff/markdown";
import { UnreadableDeploymentError } from "../../inventory/resources";
import type { Side } from "../../diff/side";
import program from "../../index";
import { differenceText } from "../../diff/text";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { readConfiguration } from "../../synth/configuration";
import { synthesised } from "../fixtures/synthesised";
import { loadTenancy } from "../../tenancy/load";
import { goldenDeployments, goldenStacks, type GoldenDeployment } from "../golden/golden";
import { projectDirectory } from "../components/gatewayStack";
import { today } from "./comparing";

/** Another value of the same kind. */
function other(value: unknown): unknown {
  if (typeof value === "string") {
    const isDocument = value.startsWith('{"');
    return isDocument ? JSON.stringify({ ...(JSON.parse(value) as object), Id: "other" }) : `${value}-other`;
  }
  if (typeof value === "number") {
    return value + 1;
  }
  if (typeof value === "boolean") {
    return !value;
  }
  return Array.isArray(value) ? [...(value as unknown[]), "other"] : { ...(value as object), other: "x" };
}

/** Every way in which one thing of a resource is different. */
function mutations(resource: DeployedResource): [what: string, mutated: DeployedResource][] {
  const inputs = Object.keys(resource.inputs).flatMap((key): [string, DeployedResource][] => {
    const { [key]: value, ...rest } = resource.inputs;
    return [
      [`input ${key} changed`, { ...resource, inputs: { ...rest, [key]: other(value) } }],
      [`input ${key} removed`, { ...resource, inputs: rest }],
    ];
  });
  return [
    ...inputs,
    ["an input more", { ...resource, inputs: { ...resource.inputs, another: "x" } }],
    ["protect", { ...resource, protect: !resource.protect }],
    ["retainOnDelete", { ...resource, retainOnDelete: !resource.retainOnDelete }],
    ["provider", { ...resource, provider: "urn:pulumi:dev::p::pulumi:providers:aws::other::id" }],
    ["parent", { ...resource, parent: `${resource.parent}-other` }],
  ];
}

/** The deployment with one resource in another's place, or without it. */
function replaced(deployment: Deployment, urn: string, mutated: readonly DeployedResource[]): Deployment {
  return {
    ...deployment,
    resources: deployment.resources.flatMap((resource) => (resource.urn === urn ? mutated : [resource])),
  };
}

/** What the repository, or a sample of its own, deploys to a stack. */
async function sideOf({ stack, tenantsFile, settings = {} }: GoldenDeployment): Promise<Side> {
  const overrides = { "sftp-gateway:today": today, "sftp-gateway:tenantsFile": tenantsFile, ...settings };
  const deployment = await synthesised({ directory: projectDirectory, stack, overrides, program });
  const { tenancy } = loadTenancy(tenantsFile, { stacks: goldenStacks, stack, today });
  return { deployment, settings: readConfiguration(projectDirectory, stack, settings).values, tenancy };
}

/** What was tried in one stack is the same comparison in the next, which has other names, another region or another partition. */
const tried = new Set<string>();

/** The resources of a deployment that no deployment before had with the same inputs and options. */
function untried({ stack, resources }: Deployment): DeployedResource[] {
  return resources.filter((resource) => {
    const text = JSON.stringify(resource)
      .replaceAll(stack, "STACK")
      .replaceAll(/arn:aws[a-z-]*:/g, "arn:aws:")
      .replaceAll(/\b(?:eu|us-gov)-[a-z]+-\d/g, "REGION");
    return tried.size < tried.add(text).size;
  });
}

for (const golden of goldenDeployments) {
  const { name, stack } = golden;
  let side: Side;
  let resources: readonly DeployedResource[];

  /** Whether whoever reads the comment learns of it. What cannot be read is refused, with its place. */
  const isTold = (after: Side, before = side) => {
    try {
      const whole = { from: "main", today, stacks: [stackDifference({ stack, before, after }, today)] };
      const [text, markdown] = [differenceText(whole), differenceMarkdown(whole)];
      return isChanged(whole) && ![text, markdown].some((format) => format.includes("nothing changes"));
    } catch (error) {
      return error instanceof UnreadableDeploymentError;
    }
  };

  describe(`a comparison of ${name}`, () => {
    before(async () => {
      side = await sideOf(golden);
      resources = untried(side.deployment);
    });

    it("finds nothing where nothing is different", () => {
      expect(isTold({ ...side, deployment: structuredClone(side.deployment) })).to.equal(false);
    });

    it("tells of every input and every option of every resource", () => {
      const { deployment } = side;
      const silent = resources.flatMap((resource) =>
        mutations(resource)
          .filter(([, mutated]) => !isTold({ ...side, deployment: replaced(deployment, resource.urn, [mutated]) }))
          .map(([what]) => `${resource.urn}: ${what}`),
      );
      expect(silent).to.deep.equal([]);
    });

    it("tells of every resource that goes, and of every one that comes", () => {
      const { deployment } = side;
      const silent = resources.flatMap((resource) => {
        const without = { ...side, deployment: replaced(deployment, resource.urn, []) };
        return [
          ...(isTold(without) ? [] : [`${resource.urn} goes`]),
          ...(isTold(side, without) ? [] : [`${resource.urn} comes`]),
        ];
      });
      expect(silent).to.deep.equal([]);
    });

    it("tells of every stack output and every setting, known or not", () => {
      const { deployment, settings } = side;
      const outputs = Object.keys(deployment.outputs).filter((name) => {
        const { [name]: value, ...rest } = deployment.outputs;
        const after = { ...side, deployment: { ...deployment, outputs: { ...rest, [name]: other(value) } } };
        return name !== "tenants" && !isTold(after);
      });
      const changed = ["sftp-gateway:another", ...Object.keys(settings)].filter(
        (name) => !isTold({ ...side, settings: { ...settings, [name]: "other" } }),
      );
      expect([...outputs, ...changed]).to.deep.equal([]);
    });
  });
}
