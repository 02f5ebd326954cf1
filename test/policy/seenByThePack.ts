import type { DeployedResource, Deployment } from "../../synth/deployment";
import { unknownValue, type ExampleResource, type ExampleStack } from "./exampleStack";

/** A synthesised deployment as the pack sees it after an update. */
export function afterUpdate({ resources }: Deployment): ExampleStack {
  return Object.fromEntries(
    resources.map(({ urn, type, name, outputs, protect }) => [urn, { type, name, props: { ...outputs }, protect }]),
  );
}

/** The same as the pack sees it at the first preview: what AWS computes is unknown, and whatever is made of it. */
export function atFirstPreview({ resources }: Deployment): ExampleStack {
  return Object.fromEntries(
    resources.map(({ urn, type, name, inputs, outputs, protect }) => {
      const from: Record<string, string[]> = {};
      const veil = (property: string, value: unknown): unknown => {
        if (Array.isArray(value)) {
          return value.map((item) => veil(property, item));
        }
        const sources = resources.filter((source) => source.urn !== urn && comesFrom(value, source));
        from[property] = [...(from[property] ?? []), ...sources.map((source) => source.urn)];
        return sources.length > 0 ? unknownValue : value;
      };
      const props = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, veil(key, value)]));
      const missing = Object.keys(outputs).filter((key) => inputs[key] === undefined);
      const computed = Object.fromEntries(missing.map((key) => [key, unknownValue]));
      return [urn, { type, name, props, computed, protect, from } satisfies ExampleResource];
    }),
  );
}

/** What a resource is known by that nobody knows before AWS has made it. */
const drawnByAws: Readonly<Record<string, (resource: DeployedResource) => unknown[]>> = {
  "aws:transfer/server:Server": ({ id, outputs }) => [id, outputs["arn"]],
  "aws:iam/role:Role": ({ id, outputs }) => [id, outputs["arn"]],
  "aws:kms/key:Key": ({ id, outputs }) => [id, outputs["arn"]],
  "aws:cloudwatch/logGroup:LogGroup": ({ outputs }) => [outputs["arn"]],
};

function comesFrom(value: unknown, source: DeployedResource): boolean {
  if (source.type === "aws:s3/bucket:Bucket") {
    // The program writes the bucket's name into documents itself; what configures the bucket has its id.
    return value === source.id;
  }
  const drawn = drawnByAws[source.type]?.(source) ?? [];
  return typeof value === "string" && drawn.some((text) => typeof text === "string" && value.includes(text));
}
