import { rootPrefixes } from "../../../access/grant";
import type { Mutation } from "./mutation";
import { bucketResource } from "../claims";
import { editRolePolicy, editUser, rewrite, withStatement } from "./edit";

const alsoAllowed = (Action: string | string[], Resource: string | string[]) =>
  editRolePolicy((document) => withStatement(document, { Effect: "Allow", Action, Resource }));

const rewritten = (from: string, to: string) => editRolePolicy((document) => rewrite(document, from, to));

/** Roles that open more than the tenants' part of the landing bucket. */
export const roleMutations: readonly Mutation[] = [
  {
    name: "the whole bucket",
    opens: true,
    mutate: rewritten(`${bucketResource}/${rootPrefixes.tenants}*`, `${bucketResource}/*`),
  },
  {
    name: "a root without its slash",
    opens: true,
    mutate: rewritten(
      `${bucketResource}/${rootPrefixes.tenants}*`,
      `${bucketResource}/${rootPrefixes.tenants.slice(0, -1)}*`,
    ),
  },
  { name: "any resource", opens: true, mutate: rewritten(`${bucketResource}/${rootPrefixes.tenants}*`, "*") },
  { name: "another bucket", opens: true, mutate: alsoAllowed("s3:GetObject", "arn:aws:s3:::backups/*") },
  {
    name: "buckets of a similar name",
    opens: true,
    mutate: alsoAllowed("s3:GetObject", `${bucketResource}*/${rootPrefixes.tenants}*`),
  },
  { name: "every action", opens: true, mutate: alsoAllowed("s3:*", `${bucketResource}/${rootPrefixes.tenants}*`) },
  {
    name: "object versions",
    opens: true,
    mutate: alsoAllowed("s3:DeleteObjectVersion", `${bucketResource}/${rootPrefixes.tenants}*`),
  },
  { name: "the bucket's policy", opens: true, mutate: alsoAllowed("s3:PutBucketPolicy", bucketResource) },
  { name: "passing a role", opens: true, mutate: alsoAllowed("iam:PassRole", "*") },
  { name: "listing everything", opens: true, mutate: alsoAllowed("s3:ListBucket", bucketResource) },
  { name: "listing any prefix", opens: true, mutate: rewritten(`"${rootPrefixes.tenants}*"`, '"*"') },
  {
    name: "everything but a resource",
    opens: true,
    mutate: editRolePolicy((document) =>
      withStatement(document, { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::backups/*" }),
    ),
  },
  { name: "a policy that is not JSON", opens: false, mutate: editRolePolicy(() => "not a policy") },
  {
    name: "a role that is not among those proven",
    opens: false,
    mutate: editUser("acme", (user) => ({ ...user, roleArn: "arn:aws:iam::123456789012:role/elsewhere" })),
  },
];
