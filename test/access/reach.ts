import { bucketAction, listAction, objectStatements } from "../../access/actions";
import type { Grant } from "../../access/grant";
import { listOf, type Statement } from "../../iam/policy";

/** Each action with each resource that statements allow it on, sorted. */
export function reachOf(statements: readonly Pick<Statement, "Action" | "Resource">[]): string[] {
  return statements
    .flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) => listOf(Resource).map((resource) => `${action} ${resource}`)),
    )
    .sort();
}

/** What `reachOf` gives for a document that allows what the table of actions says of some places, and nothing else. */
export function reachByTable(bucketResource: string, places: readonly Omit<Grant, "entry">[]): string[] {
  const onObjects = places.flatMap(({ prefix, access, shared }) =>
    objectStatements(access, shared).map(({ actions, suffixes }) => ({
      Action: [...actions],
      Resource: suffixes.map((suffix) => `${bucketResource}/${prefix}${suffix}`),
    })),
  );
  return reachOf([{ Action: [bucketAction, listAction], Resource: bucketResource }, ...onObjects]);
}

/** The values of `s3:prefix` under which statements list. */
export function listedPrefixes(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Condition }) => listOf(Condition?.["StringLike"]?.["s3:prefix"]));
}
