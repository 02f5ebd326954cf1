import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refusal } from "./refusal";

/** Where a provider deploys. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Asks the provider of a gateway where it deploys. */
export async function placeOf(gateway: pulumi.Resource): Promise<Place> {
  const opts = { parent: gateway };
  const [{ accountId }, { region }] = await Promise.all([aws.getCallerIdentity({}, opts), aws.getRegion({}, opts)]);
  return { account: accountId, region };
}

/** The accounts and name prefixes of a program's gateways, by the program's own stack resource. */
const taken = new WeakMap<pulumi.Resource, Set<string>>();

/**
 * @throws pulumi.RunError for a provider of another region than the documents speak of, and for names that another gateway of
 * the program has in this account: some of the resources AWS would give to both.
 */
export function requireOwnPlace(
  place: Place,
  { region, namePrefix }: { readonly region: string; readonly namePrefix: string },
): void {
  if (place.region !== region) {
    throw refusal(
      `the gateway is planned for the region "${region}", and its provider deploys in "${place.region}"; give it the ` +
        'provider of that region, or the argument "region" of that provider',
    );
  }
  const stack = pulumi.runtime.getStackResource();
  if (stack !== undefined) {
    const others = taken.get(stack) ?? new Set();
    const names = `${place.account} ${namePrefix}`;
    if (others.has(names)) {
      throw refusal(`two gateways have the name prefix "${namePrefix}"; give each a "namePrefix" of its own`);
    }
    taken.set(stack, others.add(names));
  }
}
