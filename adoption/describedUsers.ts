import { z } from "zod";
import { partitionOf, type AwsScope } from "../iam/arn";
import type { Access } from "../tenancy/access";
import { plainContent, readYaml } from "../tenancy/document";
import { formatProblem } from "../tenancy/problem";
import { quoted } from "../tenancy/quote";
import { Report } from "../tenancy/report";
import type { Path } from "../tenancy/tree";
import { UserError } from "../userError";
import { keyOfLine } from "./keyLines";
import { accessByPolicy } from "./policyAccess";
import type { Remark, Source, SourceFolder, SourceKey, SourceUser, Target } from "./source";

/** What is written where there is nothing, as some tools do, is as if it were not there. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => value ?? undefined, schema.optional());

const text = optional(z.string());

/** What `aws transfer describe-user` prints. Source: Transfer Family API reference, DescribeUser and DescribedUser. */
const describedUser = z.object({
  ServerId: text,
  User: z.object({
    Arn: text,
    UserName: z.string(),
    HomeDirectory: text,
    HomeDirectoryType: optional(z.enum(["PATH", "LOGICAL"])),
    HomeDirectoryMappings: optional(z.array(z.object({ Entry: text, Target: text }))),
    Policy: text,
    PosixProfile: optional(z.object({})),
    Role: text,
    SshPublicKeys: optional(z.array(z.object({ SshPublicKeyBody: text, SshPublicKeyId: text }))),
    Tags: optional(z.array(z.object({ Key: text, Value: text }))),
  }),
});

type Described = z.output<typeof describedUser>;

type DescribedUser = Described["User"];

/** Says where something stands in the file. */
type PlaceOf = (path: Path) => string;

/** Whether a text is JSON, as far as its first character says. */
export function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/**
 * Users of an existing server, one or a list of what `aws transfer describe-user` prints.
 * @throws UserError for JSON that is anything else.
 */
export function readDescribedUsers(file: string, text: string): Source {
  const report = new Report(file, text);
  const root = readYaml(report);
  if (root === undefined || root === null) {
    throw new UserError(`${file} is not JSON:\n${report.problems.map(formatProblem).join("\n")}`);
  }
  report.root = root;
  const content = plainContent(root, report);
  const isList = Array.isArray(content);
  const read = (isList ? (content as unknown[]) : [content]).map((described, index) => {
    const placeOf: PlaceOf = (path) => `${file}:${report.position([...(isList ? [index] : []), ...path]).line}`;
    const { data, error } = describedUser.safeParse(described);
    if (data === undefined) {
      const { path = [], message } = error.issues[0] ?? {};
      const where = path.length === 0 ? "" : ` at ${path.join(".")}`;
      throw new UserError(
        `${placeOf(path as Path)}: this is not what "aws transfer describe-user" prints${where}: ${message}`,
      );
    }
    return readUser(data, placeOf);
  });
  return {
    kind: "users of a Transfer Family server",
    users: read.map(({ user }) => user),
    remarks: read.flatMap(({ remarks }) => remarks),
  };
}

function readUser(
  described: Described,
  placeOf: PlaceOf,
): { readonly user: SourceUser; readonly remarks: readonly Remark[] } {
  const { ServerId = "", User: user } = described;
  const { UserName: login, Arn: arn = "", Role: role = "", Tags: tags = [], PosixProfile: posix } = user;
  const remarks: Remark[] = [];
  if (posix !== undefined) {
    remarks.push({
      place: placeOf(["User", "PosixProfile"]),
      weight: "left-out",
      message: `${quoted(login)} uses EFS; here files lie in S3`,
    });
  }
  const { keys, remarks: ofKeys } = keysOf(user, placeOf);
  const { folders, isUndecided, remarks: ofFolders } = foldersOf(user, placeOf);
  const own = tags.filter(({ Key = "" }) => !Key.toLowerCase().startsWith("aws:"));
  const [, , , , account = ""] = arn.split(":");
  return {
    user: {
      login,
      place: placeOf(["User", "UserName"]),
      keys,
      folders,
      isUndecided,
      tags: own.length === 0 ? undefined : Object.fromEntries(own.map(({ Key = "", Value = "" }) => [Key, Value])),
      server: {
        id: ServerId,
        account,
        role,
        keyIds: (user.SshPublicKeys ?? []).flatMap(({ SshPublicKeyId: id }) => id ?? []),
      },
    },
    remarks: [...remarks, ...ofKeys, ...ofFolders],
  };
}

function keysOf({ SshPublicKeys: listed = [] }: DescribedUser, placeOf: PlaceOf) {
  const read = listed.map(({ SshPublicKeyBody: body = "", SshPublicKeyId: id }, index) =>
    keyOfLine(placeOf(["User", "SshPublicKeys", index, "SshPublicKeyBody"]), body, id),
  );
  return {
    keys: read.flatMap(({ keys }): readonly SourceKey[] => keys),
    remarks: read.flatMap(({ remarks }) => remarks),
  };
}

function foldersOf(user: DescribedUser, placeOf: PlaceOf) {
  const { HomeDirectory: home = "/", HomeDirectoryType: type = "PATH", HomeDirectoryMappings: mappings = [] } = user;
  const remarks: Remark[] = [];
  if (type === "PATH") {
    remarks.push({
      place: placeOf(["User", "HomeDirectory"]),
      weight: "breaking",
      message: `${quoted(user.UserName ?? "")} has a home of type PATH: its client sees paths of the bucket, as ${home}, and here / instead`,
    });
  } else if (home !== "/" && home !== "") {
    remarks.push({
      place: placeOf(["User", "HomeDirectory"]),
      weight: "breaking",
      message: `${quoted(user.UserName ?? "")} lands in ${home} after login, and here in /`,
    });
  }
  const seen = type === "PATH" ? [{ Entry: "/", Target: home }] : mappings;
  const folders = seen.flatMap(({ Entry: entry = "/", Target: written = "" }, index): SourceFolder[] => {
    const target = targetOf(written.replaceAll("${transfer:UserName}", user.UserName ?? ""));
    const place = placeOf(type === "PATH" ? ["User", "HomeDirectory"] : ["User", "HomeDirectoryMappings", index]);
    const { access, remarks: ofAccess } = accessOf(user, target, entry, placeOf(["User", "Policy"]), place);
    remarks.push(...ofAccess);
    return access === undefined ? [] : [{ entry, target: target.bucket === "" ? undefined : target, access }];
  });
  const isUndecided = folders.length === 0;
  const whole: SourceFolder[] = [{ entry: "/", target: undefined, access: "read-only" }];
  return { folders: isUndecided ? whole : folders, isUndecided, remarks };
}

/** `/bucket/some/folder`. */
function targetOf(path: string): Extract<Target, { kind: "bucket" }> {
  const [bucket = "", ...parts] = path.split("/").filter((part) => part !== "");
  return { kind: "bucket", bucket, prefix: parts.map((part) => `${part}/`).join("") };
}

/** Undefined where a policy allows nothing, or cannot be judged. */
function accessOf(
  {
    Policy: policy = "",
    UserName: userName = "",
    HomeDirectory: home = "/",
    Role: role = "",
    Arn: arn = "",
  }: DescribedUser,
  target: { readonly bucket: string; readonly prefix: string },
  entry: string,
  placeOfPolicy: string,
  place: string,
): { readonly access: Access | undefined; readonly remarks: readonly Remark[] } {
  const who = `${quoted(userName)} in ${entry}`;
  if (policy === "") {
    const message = `what ${who} may do is decided by ${role || "its role"}, which is not in the source: read-write is assumed`;
    return { access: "read-write", remarks: [{ place, weight: "note", message }] };
  }
  const found = accessByPolicy(policy, { scope: scopeOf(arn), userName, homeDirectory: home }, target);
  if (found === undefined) {
    const message = `the policy of ${who} allows nothing there, or cannot be judged: the folder is left out`;
    return { access: undefined, remarks: [{ place: placeOfPolicy, weight: "left-out", message }] };
  }
  const { access, isWider, reachesBeyond } = found;
  const remarks: Remark[] = [];
  if (isWider) {
    const message = `no access here is exactly what the policy allows ${who}: ${access} allows more`;
    remarks.push({ place: placeOfPolicy, weight: "note", message });
  }
  if (reachesBeyond) {
    const message = `the policy of ${who} reaches beyond the folder, and here nobody does`;
    remarks.push({ place: placeOfPolicy, weight: "left-out", message });
  }
  return { access, remarks };
}

function scopeOf(arn: string): AwsScope {
  const [, , , region = "us-east-1", account = ""] = arn.split(":");
  return { partition: partitionOf(region), region, account };
}
