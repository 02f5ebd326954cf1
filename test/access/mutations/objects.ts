import { rootPrefixes, spacePrefix, tenantPrefix } from "../../../access/grant";
import type { Mutation } from "./mutation";
import { bucketResource } from "../claims";
import { addToSession, addToSessionAndRole, editUser, rewriteSession } from "./edit";

const allow = (Action: string | string[], key: string) => ({
  Effect: "Allow",
  Action,
  Resource: `${bucketResource}/${key}`,
});

/** Session policies that open objects. */
export const objectMutations: readonly Mutation[] = [
  {
    name: "historic: the bucket's ARN with a colon too few",
    opens: false,
    mutate: rewriteSession("acme", bucketResource, bucketResource.replace(":::", "::")),
  },
  {
    name: "historic: a home directory without a closing slash",
    opens: true,
    mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, `/${rootPrefixes.tenants}acme*`),
  },
  {
    name: "historic: a variable for the home folder",
    opens: false,
    mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, "/${transfer:HomeFolder}/*"),
  },
  {
    name: "the user's name instead of the tenant's",
    opens: true,
    mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, `/${rootPrefixes.tenants}\${transfer:UserName}/*`),
  },
  {
    name: "a variable that happens to be the tenant's name",
    opens: false,
    mutate: rewriteSession("gamma", `/${tenantPrefix("gamma")}*`, `/${rootPrefixes.tenants}\${transfer:UserName}/*`),
  },
  {
    name: "the name of an IAM user, which no session has",
    opens: false,
    mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, `/${rootPrefixes.tenants}\${aws:username}/*`),
  },
  {
    name: "all tenants",
    opens: true,
    mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, `/${rootPrefixes.tenants}*`),
  },
  { name: "all objects", opens: true, mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, "/*") },
  {
    name: "any resource",
    opens: true,
    mutate: rewriteSession("acme", `${bucketResource}/${tenantPrefix("acme")}*`, "*"),
  },
  { name: "an open partition", opens: false, mutate: rewriteSession("acme", "arn:aws:s3:::", "arn:*:s3:::") },
  {
    name: "an open character in the tenant's name",
    opens: true,
    mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, `/${rootPrefixes.tenants}acm?/*`),
  },
  {
    name: "an open character instead of the slash",
    opens: true,
    mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, `/${rootPrefixes.tenants}acme?*`),
  },
  {
    name: "a star before the tenant's slash",
    opens: true,
    mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, `/${rootPrefixes.tenants}*acme/*`),
  },
  {
    name: "the tenant's name in capitals",
    opens: true,
    mutate: rewriteSession("acme", `/${tenantPrefix("acme")}*`, `/${rootPrefixes.tenants}ACME/*`),
  },
  {
    name: "another tenant's prefix beside the own one",
    opens: true,
    mutate: addToSession("acme", allow("s3:GetObject", `${tenantPrefix("beta")}inbox/*`)),
  },
  {
    name: "another tenant's prefix instead of the own one",
    opens: true,
    mutate: rewriteSession("acme-corp", tenantPrefix("acme-corp"), tenantPrefix("acme")),
  },
  {
    name: "a space that the tenant is no member of",
    opens: true,
    mutate: addToSession("acme", allow("s3:GetObject", `${spacePrefix("catalogue")}*`)),
  },
  {
    name: "the tenant's root beside its folders",
    opens: true,
    mutate: addToSession("beta", allow("s3:PutObject", `${tenantPrefix("beta")}*`)),
  },
  {
    name: "a folder without its closing slash",
    opens: true,
    mutate: rewriteSession("beta", `/${tenantPrefix("beta")}outbox/*`, `/${tenantPrefix("beta")}outbox*`),
  },
  {
    name: "everything but the own prefix",
    opens: true,
    mutate: addToSession("acme", {
      Effect: "Allow",
      Action: "s3:GetObject",
      NotResource: `${bucketResource}/${tenantPrefix("acme")}*`,
    }),
  },
  {
    name: "every action but deleting",
    opens: true,
    mutate: addToSession("beta", {
      Effect: "Allow",
      NotAction: "s3:DeleteObject",
      Resource: `${bucketResource}/${tenantPrefix("beta")}*`,
    }),
  },
  {
    name: "a Deny for what is not a folder marker, turned into an Allow",
    opens: true,
    mutate: addToSession("beta", {
      Effect: "Allow",
      Action: "s3:GetObject*",
      NotResource: [`${bucketResource}/*/`, `${bucketResource}/*.filepart`],
    }),
  },
  {
    name: "every action on a read-only folder",
    opens: true,
    mutate: addToSession("beta", allow("s3:*", `${tenantPrefix("beta")}outbox/*`)),
  },
  {
    name: "every reading action on a drop box",
    opens: true,
    mutate: addToSession("beta", allow("s3:Get*", `${tenantPrefix("beta")}inbox/*`)),
  },
  {
    name: "a wildcard action that means no more than is granted",
    opens: false,
    mutate: addToSession("acme", allow("s3:GetObjec?", `${tenantPrefix("acme")}*`)),
  },
  {
    name: "reading from a drop box",
    opens: true,
    mutate: addToSession("beta", allow("s3:GetObject", `${tenantPrefix("beta")}inbox/*`)),
  },
  {
    name: "reading from a drop box, in other letters",
    opens: true,
    mutate: addToSession("beta", allow("S3:GETOBJECT", `${tenantPrefix("beta")}inbox/*.csv`)),
  },
  {
    name: "deleting from a drop box",
    opens: true,
    mutate: addToSession("beta", allow("s3:DeleteObject", `${tenantPrefix("beta")}inbox/*`)),
  },
  {
    name: "a folder marker's ending that any character may replace",
    opens: true,
    mutate: rewriteSession("beta", `/${tenantPrefix("beta")}inbox/*/`, `/${tenantPrefix("beta")}inbox/*?`),
  },
  {
    name: "reading the unfinished uploads of a shared space",
    opens: true,
    mutate: addToSession("gamma", allow("s3:GetObject", `${spacePrefix("catalogue")}*.filepart`)),
  },
  {
    name: "writing to a read-only space",
    opens: true,
    mutate: addToSession("beta", allow("s3:PutObject", `${spacePrefix("catalogue")}*`)),
  },
  {
    name: "deleting from a read-only folder",
    opens: true,
    mutate: addToSession("beta", allow("s3:DeleteObject", `${tenantPrefix("beta")}outbox/*`)),
  },
  {
    name: "object versions",
    opens: true,
    mutate: addToSessionAndRole("acme", allow("s3:GetObjectVersion", `${tenantPrefix("acme")}*`)),
  },
  {
    name: "object versions, hidden by the role",
    opens: false,
    mutate: addToSession("acme", allow("s3:DeleteObjectVersion", `${tenantPrefix("acme")}*`)),
  },
  {
    name: "access control lists",
    opens: true,
    mutate: addToSessionAndRole("acme", allow("s3:PutObjectAcl", `${tenantPrefix("acme")}*`)),
  },
  {
    name: "another bucket, hidden by the role",
    opens: false,
    mutate: rewriteSession("acme", `${bucketResource}/`, `${bucketResource}-other/`),
  },
  {
    name: "another service",
    opens: true,
    mutate: addToSessionAndRole("acme", { Effect: "Allow", Action: "sqs:ReceiveMessage", Resource: "*" }),
  },
  { name: "no session policy", opens: true, mutate: editUser("beta", (user) => ({ ...user, session: undefined })) },
  {
    name: "a session policy of an older language",
    opens: false,
    mutate: rewriteSession("acme", "2012-10-17", "2008-10-17"),
  },
  {
    name: "a session policy that is not JSON",
    opens: false,
    mutate: editUser("acme", (user) => ({ ...user, session: "{" })),
  },
  {
    name: "an element that stands twice",
    opens: false,
    mutate: editUser("acme", (user) => ({
      ...user,
      session: JSON.stringify(user.session).replace('"Effect":', '"Effect":"Deny","Effect":'),
    })),
  },
];
