import { bucketArn } from "../../iam/arn";
import type { Finding, UserClaim } from "./claim";
import { isGranted } from "./confinement";
import { openedAt, type ProofContext } from "./context";

/** Logical mappings that show a client a place which is not granted to it, or two places at one path. */
export function checkMappings(user: UserClaim, proof: ProofContext): Finding[] {
  const mappings = user.mappings ?? [];
  return [...mappings.flatMap((mapping) => checkTarget(mapping, user, proof)), ...checkEntries(user.tenant, mappings)];
}

type Mapping = NonNullable<UserClaim["mappings"]>[number];

/** What a client puts there would go to one place or the other. Transfer takes no overlapping entries either. */
function checkEntries(tenant: string, mappings: readonly Mapping[]): Finding[] {
  // Sorted by code units, what an entry holds comes right after it.
  const entries = mappings.map(withSlash).sort();
  return entries.flatMap((entry, index) => {
    const next = entries[index + 1];
    return next?.startsWith(entry)
      ? [{ tenant, statement: `mapping ${entry}`, message: `the logical mapping of ${entry} holds that of ${next}` }]
      : [];
  });
}

function withSlash({ entry }: Mapping): string {
  return entry.endsWith("/") ? entry : `${entry}/`;
}

function checkTarget({ entry, target }: Mapping, user: UserClaim, proof: ProofContext): Finding[] {
  const { bucket: landingBucket } = proof.claim;
  if (user.grants.some(({ prefix }) => `/${landingBucket}/${prefix}` === `${target}/`)) {
    return []; // the usual case; that the prefix itself is plain is checked with the grants
  }
  const [, bucket = "", ...folders] = target.split("/");
  const prefix = folders.map((folder) => `${folder}/`).join("");
  const fault = faultOf(target, prefix, user, landingBucket);
  if (fault === undefined) {
    return [];
  }
  // A mapping opens nothing by itself: there is a counterexample only if the documents let the user in as well.
  const place = { bucketResource: bucketArn(proof.claim.scope.partition, bucket), prefix };
  const counterexample = openedAt(place, user, proof, (request) =>
    isGranted(request, user.grants, proof.bucketResource),
  );
  const message = `the logical mapping of ${entry} leads to "${target}", which ${fault}`;
  return [{ tenant: user.tenant, statement: `mapping ${entry}`, message, counterexample }];
}

function faultOf(target: string, place: string, { grants }: UserClaim, bucket: string): string | undefined {
  if (target.includes("${")) {
    return "depends on a variable";
  }
  if (target !== `/${bucket}` && !target.startsWith(`/${bucket}/`)) {
    return "is not in the landing bucket";
  }
  if (/(^|\/)\.{0,2}\//.test(place)) {
    return "is not a plain path";
  }
  return grants.some(({ prefix }) => place.startsWith(prefix)) ? undefined : "is not below a prefix granted to it";
}
