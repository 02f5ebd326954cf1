import { ownerField, ownerIn, ownerOfKey } from "../delivery/about";
import { jsonObject } from "../delivery/deployed/values";
import type { DeliveryEvent } from "../delivery/event";

interface EmbeddedMetrics {
  readonly CloudWatchMetrics?: readonly {
    readonly Namespace?: string;
    readonly Dimensions?: readonly (readonly string[])[];
    readonly Metrics?: readonly { readonly Name?: string }[];
  }[];
}

/**
 * What a line in a function's log tells: metrics in CloudWatch's embedded format, or something to read.
 * Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format".
 */
export function functionLogEvent(name: string, line: string): DeliveryEvent {
  const fields = jsonObject(line);
  const directive = (fields?.["_aws"] as EmbeddedMetrics | undefined)?.CloudWatchMetrics?.[0];
  if (fields === undefined || directive === undefined) {
    const owner =
      ownerIn(fields?.["owner"]) ?? (typeof fields?.["key"] === "string" ? ownerOfKey(fields["key"]) : undefined);
    return { event: "function-log", function: name, line: fields ?? line, ...ownerField(owner) };
  }
  const dimensions = new Set((directive.Dimensions ?? []).flat());
  const metrics = (directive.Metrics ?? []).flatMap(({ Name }) => (Name === undefined ? [] : [Name]));
  return {
    event: "metrics",
    function: name,
    namespace: String(directive.Namespace),
    dimensions: Object.fromEntries([...dimensions].map((dimension) => [dimension, String(fields[dimension])])),
    values: Object.fromEntries(metrics.map((metric) => [metric, Number(fields[metric])])),
    ...ownerField(dimensions.has("owner") ? ownerIn(fields["owner"]) : undefined),
  };
}
