import type { AwsScope } from "../iam/arn";
import type { DeployedTenant } from "../tenancy/deployed";
import type { Listener } from "../tenancy/listener";
import type { Space } from "../tenancy/model";
import { quotedPath } from "../tenancy/quote";

/** Somebody who could never hear of an upload. */
export interface Unreachable {
  /** Whose uploads they are; undefined: a space's. */
  readonly tenant?: string;
  readonly message: string;
}

/**
 * Listeners and readers in another partition of AWS than the stack: GovCloud, China and the rest of the world share neither
 * accounts nor messages. Source: AWS General Reference, "Amazon Resource Names", partitions.
 */
export function unreachable(
  { partition, region }: AwsScope,
  owners: { readonly tenants: readonly DeployedTenant[]; readonly spaces: readonly Space[] },
): Unreachable[] {
  const faultsOf = ({ notify }: { readonly notify: readonly Listener[] }) =>
    notify.flatMap(arnsOf).flatMap((arn) => {
      const [, found = ""] = arn.split(":");
      const message = `${quotedPath(arn)} lies in the partition ${found}, the region ${region} in ${partition}; nothing is sent between the two`;
      return found === partition ? [] : [message];
    });
  return [
    ...owners.tenants.flatMap((tenant) => faultsOf(tenant).map((message) => ({ tenant: tenant.name, message }))),
    ...owners.spaces.flatMap((space) =>
      faultsOf(space).map((message) => ({ message: `space "${space.name}": ${message}` })),
    ),
  ];
}

/** A reader may be an account's number, which any partition can have. */
function arnsOf(listener: Listener): string[] {
  const named = listener.kind === "own-queue" ? listener.readers : [listener.endpoint];
  return named.filter((text) => text.startsWith("arn:"));
}
