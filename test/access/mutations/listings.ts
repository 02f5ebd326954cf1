import { rootPrefixes, tenantPrefix } from "../../../access/grant";
import type { Mutation } from "./mutation";
import { bucketResource } from "../claims";
import { addToSession, editListing, listOnly, rewriteSession } from "./edit";

/** A value of `s3:prefix` and its operator, instead of those of the tenant "acme". */
const listing = (operator: string, value: string | string[], key = "s3:prefix") =>
  listOnly("acme", { [operator]: { [key]: value } });

/** Session policies that open listings. */
export const listingMutations: readonly Mutation[] = [
  {
    name: "historic: a prefix with a leading slash",
    opens: false,
    mutate: listing("StringLike", ["/${transfer:UserName}/*", "/acme/*"]),
  },
  {
    name: "historic: the bare name among the prefixes",
    opens: true,
    mutate: listing("StringLike", [`${rootPrefixes.tenants}acme`, `${tenantPrefix("acme")}*`]),
  },
  { name: "a prefix without its slash", opens: true, mutate: listing("StringLike", `${rootPrefixes.tenants}acme*`) },
  {
    name: "a prefix without its slash, matched literally",
    opens: true,
    mutate: listing("StringEquals", `${rootPrefixes.tenants}acme`),
  },
  { name: "any prefix", opens: true, mutate: listing("StringLike", "*") },
  { name: "the empty prefix", opens: false, mutate: listing("StringLike", "") },
  { name: "the folder of all tenants", opens: true, mutate: listing("StringEquals", rootPrefixes.tenants) },
  { name: "all tenants", opens: true, mutate: listing("StringLike", `${rootPrefixes.tenants}*`) },
  {
    name: "an open character in the name",
    opens: true,
    mutate: listing("StringLike", `${rootPrefixes.tenants}acm?/*`),
  },
  { name: "another tenant", opens: true, mutate: listing("StringLike", `${tenantPrefix("acme-corp")}*`) },
  {
    name: "another tenant beside the own one",
    opens: true,
    mutate: listing("StringLike", [`${tenantPrefix("acme")}*`, `${tenantPrefix("gamma")}*`]),
  },
  {
    name: "the user's name",
    opens: true,
    mutate: listing("StringLike", `${rootPrefixes.tenants}\${transfer:UserName}/*`),
  },
  {
    name: "the own prefix with an open end",
    opens: false,
    mutate: listing("StringLike", `${tenantPrefix("acme")}in*`),
  },
  { name: "everything but the own prefix", opens: true, mutate: listing("StringNotLike", `${tenantPrefix("acme")}*`) },
  { name: "everything but a text", opens: true, mutate: listing("StringNotEquals", tenantPrefix("acme")) },
  { name: "other letters", opens: true, mutate: listing("StringEqualsIgnoreCase", tenantPrefix("acme")) },
  {
    name: "the prefix if there is one",
    opens: false,
    mutate: listing("StringLikeIfExists", `${tenantPrefix("acme")}*`),
  },
  {
    name: "all prefixes of none",
    opens: false,
    mutate: listing("ForAllValues:StringLike", `${tenantPrefix("acme")}*`),
  },
  { name: "whether there is a prefix", opens: true, mutate: listOnly("acme", { Null: { "s3:prefix": "false" } }) },
  { name: "another key", opens: true, mutate: listing("StringLike", "/", "s3:delimiter") },
  { name: "an unknown key", opens: false, mutate: listing("StringLike", `${tenantPrefix("acme")}*`, "s3:prefixes") },
  { name: "an unknown operator", opens: false, mutate: listing("StringMatches", `${tenantPrefix("acme")}*`) },
  { name: "no condition", opens: true, mutate: listOnly("acme", undefined) },
  {
    name: "any listing action",
    opens: true,
    mutate: editListing("acme", ({ Condition: _, ...statement }) => ({ ...statement, Action: "s3:List*" })),
  },
  {
    name: "versions instead of names",
    opens: false,
    mutate: editListing("acme", (statement) => ({ ...statement, Action: "s3:ListBucketVersions" })),
  },
  {
    name: "any bucket",
    opens: false,
    mutate: editListing("acme", (statement) => ({ ...statement, Resource: "arn:aws:s3:::*" })),
  },
  {
    name: "a folder's root",
    opens: true,
    mutate: rewriteSession("beta", `"${tenantPrefix("beta")}inbox/*"`, `"${tenantPrefix("beta")}*"`),
  },
  {
    name: "the bucket's own settings",
    opens: false,
    mutate: addToSession("acme", { Effect: "Allow", Action: "s3:GetBucketPolicy", Resource: bucketResource }),
  },
];
