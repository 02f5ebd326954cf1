import { z } from "zod";

import { visibleLine } from "../invisible";
import { accessNames } from "./access";
import { maxRanges, readTenantRange } from "./cidr";
import { clientPath, clientPathLimit, clientPathRule, defaultPath, nameWithPath } from "./clientPath";
import { isIsoDate } from "./date";
import { isPropertyName, propertyNameRule } from "./propertyName";
import { keyTypes, parsePublicKey } from "./publicKey";
import { silenceHours, silenceRule } from "./silence";

// What parsing gives is the model; resolve.ts adds what depends on the stacks of the project. Each rule's text says what is
// right; explain.ts puts what was found, and where, before it.

/** Source: S3 and every tagged service allow 50 tags on a resource (Tagging Best Practices, tag limits). */
const awsTags = 50;
/** What the program puts on a tenant's resources beside the tenant's own tags, and room for what may come. */
const ownTags = 5;
/** How many tags a tenant may give. */
export const maxTags = awsTags - ownTags;

/** Source: Tagging Best Practices. `aws:` is reserved in any case. */
export const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
export const tagKey = /^(?![aA][wW][sS]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Name of a tenant: a folder of the bucket, so nothing that S3, IAM or a shell reads as more than a letter. */
export const tenantName = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;
const tenantNameRule = "3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends";
/** Name of a folder or space. As for tenants, but one letter is enough: nobody logs in with it. */
const folderName = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const folderNameRule = "1 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends";
/** Source: Transfer Family API reference, CreateUser, UserName. */
const userName = /^\w[\w@.-]{2,99}$/;

/** A mapping with these keys and no other. An issue about another key has these for its message. */
function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, { error: ({ code }) => (code === "unrecognized_keys" ? known : undefined) });
}

const visibleLineRule = "one line without control characters";

const line = z
  .string()
  .min(1, "at least 1 character; or leave the key out")
  .max(256, "at most 256 characters")
  .regex(visibleLine, visibleLineRule);

const environments = z
  .array(z.string().min(1, "the name of a stack"))
  .min(1, "list at least one stack; or leave the key out for every stack")
  .meta({ uniqueItems: true });

const access = z.enum(accessNames);

/** Marks an issue whose message is a whole sentence, which shows nothing of what was found: it may be a private key. */
export const wholeSentence = { wholeSentence: true };

const publicKey = z
  .string()
  .meta({
    description:
      "One line of a .pub file. RSA needs 2048 bits; no DSA, no security tokens, no certificates, no options.",
    pattern: `^\\s*(${keyTypes.join("|")})[ \\t]+[A-Za-z0-9+/]+=*([ \\t].*)?\\s*$`,
  })
  .transform((text, context) => {
    const { key, fault } = parsePublicKey(text);
    if (fault !== undefined) {
      context.addIssue({ code: "custom", message: fault, params: wholeSentence });
      return z.NEVER;
    }
    return key;
  });

const addressRange = z.string().transform((text, context) => {
  const { range, fault } = readTenantRange(text);
  if (fault !== undefined) {
    context.addIssue({ code: "custom", message: fault, params: wholeSentence });
    return z.NEVER;
  }
  return range;
});

export const sshKeySchema = mapping({
  key: publicKey,
  expires: z
    .string()
    .refine(isIsoDate, "a day of the calendar as YYYY-MM-DD")
    .meta({ format: "date" })
    .describe("Last day (UTC, inclusive) on which the key is deployed. Default: it never expires.")
    .optional(),
  environments: environments.describe("Stacks that deploy the key. Default: the tenant's.").optional(),
}).describe("A public key with a last day or with stacks of its own.");

/** A name that clients see unless there is a path; they may know a folder by what is none. */
const nameInBucket = z.string().regex(folderName, {
  error: ({ input }) => {
    const instead = nameWithPath(String(input), folderName);
    return instead === undefined ? folderNameRule : `${folderNameRule}; for what clients see, write ${instead}`;
  },
});

const path = z.string().max(clientPathLimit, `at most ${clientPathLimit} characters`).regex(clientPath, clientPathRule);

export const folderSchema = mapping({
  name: nameInBucket.describe("Its place in the bucket, tenants/<tenant>/<name>/; a change leaves its files behind."),
  path: path
    .describe("What the client sees, for example /Out/From_Us; a change moves no files. Default: /<name>. Not /home.")
    .optional(),
  access: access.describe("What the tenant may do in this folder."),
}).transform(({ name, path = defaultPath(name), access }) => ({ name, path, access }));

export const memberSchema = mapping({
  name: z.string().regex(folderName, folderNameRule).describe("A space declared under the top-level key spaces."),
  access: access.describe("What this tenant may do in the space."),
});

const reader = z.string().meta({ pattern: "^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[^*?]+$" });

const queueArn = z.string().meta({ pattern: "^arn:aws[a-z-]*:sqs:" });

/** The keys of a listener that say who it is. */
export const listenerKeys = ["queue", "function", "email", "https"] as const;

/** One listener; that it is exactly one of them, and who can be one, is for `notify.ts` to say, in words of its own. */
export const listenerSchema = mapping({
  queue: z
    .union([z.literal(true), queueArn], "true, or the ARN of an existing queue")
    .describe("true: a queue of its own, with a dead-letter queue. Or the ARN of an existing standard queue.")
    .optional(),
  readers: z
    .array(reader)
    .min(1, "list at least one role or user; or leave the key out")
    .meta({ uniqueItems: true })
    .describe("ARNs of roles and users that may receive from and delete in the queue of its own.")
    .optional(),
  function: z
    .string()
    .meta({ pattern: "^arn:aws[a-z-]*:lambda:" })
    .describe("ARN of an existing function of the same account.")
    .optional(),
  email: z
    .string()
    .meta({ pattern: "^[^@ ]+@[^@ ]+[.][^@ ]+$" })
    .describe("A mail address; its owner has to confirm.")
    .optional(),
  https: z
    .string()
    .meta({ pattern: "^https://" })
    .describe("A public address that SNS posts to; it has to confirm.")
    .optional(),
  environments: environments
    .describe("Stacks that deploy the listener. Default: the tenant's; of a space: every stack.")
    .optional(),
}).meta({ oneOf: listenerKeys.map((key) => ({ required: [key] })) });

const listeners = z.array(listenerSchema).min(1, "list at least one listener; or leave the key out");

export const tenantKeys = mapping({
  name: z
    .string()
    .regex(tenantName, tenantNameRule)
    .refine(isPropertyName, propertyNameRule)
    .describe("Identity of the tenant; its files lie under tenants/<name>/. Never used again once retired."),
  userName: z
    .string()
    .regex(userName, "3 to 100 letters, digits, _ @ . and -, beginning with a letter, digit or _")
    .describe("Login name, unique in a stack whatever its case; a change replaces the user. Default: the name.")
    .optional(),
  description: line.describe("What the tenant is, for people.").optional(),
  contact: line.describe("Whom to ask about the tenant, for example an e-mail address.").optional(),
  environments: environments
    .describe("Stacks (the files Pulumi.<stack>.yaml) that deploy the tenant. Default: every stack.")
    .optional(),
  state: z
    .enum(["active", "suspended"])
    .describe("suspended: it cannot log in, its data and configuration stay.")
    .default("active"),
  access: access
    .describe("What it may do in its own folder. Not together with folders. Default: read-write.")
    .optional(),
  sshKeys: z
    .array(
      z.union(
        [publicKey.transform((key): z.output<typeof sshKeySchema> => ({ key })), sshKeySchema],
        "a public key, or a mapping with key, expires and environments",
      ),
    )
    .describe("Its public keys, at most 50 in a stack; an active tenant needs one where no password opens its stack.")
    .prefault([]),
  password: z
    .boolean()
    .describe("Whether the password that npm run password draws opens its stacks (identityProvider: lambda).")
    .default(false),
  allowedCidrs: z
    .array(addressRange)
    .min(1, "list at least one range; or leave the key out")
    .max(maxRanges, `at most ${maxRanges} ranges`)
    .describe("Ranges of addresses that it may come from (identityProvider: lambda). Default: from anywhere.")
    .optional(),
  folders: z
    .array(folderSchema)
    .min(1, "list at least one folder; or leave the key out")
    .describe("Its own folders instead of one home folder; nothing can be written beside them.")
    .optional(),
  spaces: z.array(memberSchema).describe("Shared spaces it sees, each at the space's path.").default([]),
  retentionDays: z
    .int("1 to 36500 days")
    .min(1, "1 to 36500 days")
    .max(36500, "1 to 36500 days")
    .describe("Days after which its files expire. Default: they are kept.")
    .optional(),
  notify: listeners.describe("Who hears of each upload into its own folders.").optional(),
  expectEvery: z
    .string()
    .meta({ pattern: "^[1-9][0-9]{0,2}[hd]$" })
    .describe("An alarm begins when no file has arrived for so long: 1h to 7d. Default: silence is no alarm.")
    .transform((text, context) => {
      const hours = silenceHours(text);
      if (hours === undefined) {
        context.addIssue(silenceRule);
        return z.NEVER;
      }
      return hours;
    })
    .optional(),
  tags: z
    .record(
      z
        .string()
        .min(1, "1 to 128 characters")
        .max(128, "1 to 128 characters")
        .regex(tagKey, "letters, digits, spaces and _ . : / = + - @, and it cannot begin with aws:")
        .refine(isPropertyName, propertyNameRule)
        // Source: Pulumi's SDK for Go, IsInternalPropertyKey.
        .regex(/^(?!__)/, "not __ at its beginning: Pulumi keeps such names to itself, and no preview shows them")
        .regex(visibleLine, visibleLineRule),
      z
        .string()
        .max(256, "at most 256 characters")
        .regex(tagText, "letters, digits, spaces and _ . : / = + - @")
        .regex(visibleLine, visibleLineRule),
    )
    .meta({ maxProperties: maxTags })
    .describe(`AWS tags of its user, at most ${maxTags}.`)
    .default({}),
});

/** A tenant with the defaults that follow from its other keys, each of which may be missing when something is wrong. */
const tenantSchema = tenantKeys.transform(({ folders = [], expectEvery: expectEveryHours, ...tenant }) => ({
  userName: tenant.name,
  ...(folders.length === 0 ? { access: "read-write" as const } : {}),
  ...tenant,
  folders,
  ...(expectEveryHours === undefined ? {} : { expectEveryHours }),
}));

export const spaceSchema = mapping({
  name: nameInBucket.describe("Identity of the space; shared/<name>/ in the bucket. Never used again once retired."),
  path: path
    .describe("What its members see, for example /Out/Prices; a change moves no files. Default: /<name>. Not /home.")
    .optional(),
  description: line.describe("What the space is for.").optional(),
  notify: listeners.describe("Who hears of each upload into the space; not of who wrote it.").optional(),
}).transform(({ name, path = defaultPath(name), ...space }) => ({ name, path, ...space }));

/** tenants.yaml as people write it: its shape, not the rules that span tenants. */
export const fileSchema = mapping({
  tenants: z.array(tenantSchema).min(1, "list at least one tenant").describe("Everyone who may log in."),
  spaces: z.array(spaceSchema).describe("Folders that several tenants share.").prefault([]),
  retired: z
    .array(z.string().regex(tenantName, tenantNameRule))
    .describe("Names that no tenant may bear again: a removed tenant's files stay under its name.")
    .default([]),
  retiredSpaces: z
    .array(z.string().regex(folderName, folderNameRule))
    .describe("Names that no space may bear again: a removed space's files stay under its name.")
    .default([]),
});

/** What a file says that is of the schema's shape, with every default that does not depend on the project's stacks. */
export type TenantsFile = Immutable<z.output<typeof fileSchema>>;

/** A key that was left out is not there; there is no key with the value undefined. */
type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<Exclude<T[Key], undefined>> } : T;

/** The JSON Schema that editors complete and check tenants.yaml with (draft 7: what yaml-language-server knows). */
export function jsonSchema(): object {
  return {
    ...z.toJSONSchema(fileSchema, { target: "draft-7", io: "input" }),
    title: "tenants.yaml",
    description: "Who may log in to the SFTP gateway, and to what. Made from tenancy/schema.ts by cli/schema.ts.",
  };
}
