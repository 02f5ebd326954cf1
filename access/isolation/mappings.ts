import { bucketArn } from "../../iam/arn";
import type { AccessRequest } from "../../iam/evaluate";
import type { UserClaim, Finding } from "./claim";
import { counterexampleOf } from "./counterexample";
import { found, readForProof, userSearch, type ProofContext } from "./context";

/** Logical mappings that show a client a place which is not granted to it. */
export function checkMappings(user: UserClaim, proof: ProofContext): Finding[] {
  return (user.mappings ?? []).flatMap(({ entry, target }) => {
    const fault = faultOf(target, user, proof.claim.bucket);
    if (fault === undefined) {
      return [];
    }
    const statement = `mapping ${entry}`;
    const message = `the logical mapping of ${entry} leads to "${target}", which ${fault}`;
    return [{ tenant: user.tenant, statement, message, ...found(openedBy(target, user, proof)) }];
  });
}

function faultOf(target: string, { grants }: UserClaim, bucket: string): string | undefined {
  if (grants.some(({ prefix }) => `${target}/` === `/${bucket}/${prefix}`)) {
    return undefined; // the usual case; that the prefix itself is plain is checked with the grants
  }
  if (target.includes("${")) {
    return "depends on a variable";
  }
  const [, first, ...folders] = target.split("/");
  if (!target.startsWith("/") || first !== bucket) {
    return "is not in the landing bucket";
  }
  if (folders.some((folder) => folder === "" || folder === "." || folder === "..")) {
    return "is not a plain path";
  }
  const place = folders.map((folder) => `${folder}/`).join("");
  return grants.some(({ prefix }) => place.startsWith(prefix)) ? undefined : "is not below a prefix granted to it";
}

/** A mapping opens nothing by itself: there is a counterexample only if the documents let the user in as well. */
function openedBy(target: string, user: UserClaim, proof: ProofContext) {
  const identity = proof.rolePolicies.get(user.roleArn) ?? [];
  const reading = user.session === undefined ? undefined : readForProof(user.session, {}, "session");
  if (reading !== undefined && "finding" in reading) {
    return undefined;
  }
  const [bucket = "", ...folders] = target.split("/").slice(1);
  const bucketResource = bucketArn(proof.claim.scope.partition, bucket);
  const place = folders.map((folder) => `${folder}/`).join("");
  const search = userSearch(user, undefined, proof);
  return counterexampleOf(
    { identity, session: reading?.document },
    {
      ...search,
      bucketResource,
      prefixesNear: () => [place],
      ownPrefixes: [place],
      isRight: (request) => search.isRight(request) || !isThere(request, bucketResource, place),
    },
  );
}

function isThere({ resource, context }: AccessRequest, bucketResource: string, place: string): boolean {
  const listed = context["s3:prefix"];
  return (
    resource.startsWith(`${bucketResource}/${place}`) ||
    (resource === bucketResource && typeof listed === "string" && listed.startsWith(place))
  );
}
