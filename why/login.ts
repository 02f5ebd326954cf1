import type { LoginRecord } from "../access/loginRecord";
import { decide } from "../functions/identity-provider/decision";
import { readAddress } from "../iam/addressRange";
import { valueOf } from "../inventory/resources";
import { Sessions } from "../inventory/session";
import type { DeployedUser } from "../inventory/user";
import { isoToday } from "../tenancy/date";
import { parsePublicKey } from "../tenancy/publicKey";
import { authentications, type Authentication } from "../tenancy/signIn";
import { unknownText } from "../iam/evaluate";
import type { LoginAnswer } from "./answer";
import { foundOfKey, type ShownKey } from "./shownKey";
import { placeIn, type Known, type Subject } from "./subject";

/** Who wants to log in, and what is known of it. */
export interface LoginQuestion {
  /** Undefined: a password, where the server takes one. */
  readonly key?: ShownKey | undefined;
  /** The client's address; undefined: any that the tenant may come from. */
  readonly address?: string | undefined;
  readonly now: Date;
}

type Found = Pick<LoginAnswer, "verdict" | "cause" | "found" | "place" | "keyOf" | "change">;

/** Whether a login is let in, and why not; what the identity provider would decide is asked of its own code. */
export function loginAnswer(known: Known, subject: Subject, question: LoginQuestion): LoginAnswer {
  const { user, entry, name } = subject;
  const tenant = user?.tenant ?? entry?.tenant.name;
  return {
    about: "login",
    stack: known.inventory.deployment.stack,
    userName: user?.userName ?? entry?.tenant.userName ?? name,
    ...(tenant === undefined ? {} : { tenant }),
    ...(user === undefined ? absentLogin(known, subject) : presentLogin(known, subject, user, question)),
    notKnown: notKnownOfLogin(known, user, question),
  };
}

/** Nobody of the deployment has the name. */
function absentLogin({ inventory, entries }: Known, { entry, name }: Subject): Found {
  const { stack } = inventory.deployment;
  if (entry === undefined || entries === undefined) {
    const where = entries === undefined ? [] : [entries.file];
    return {
      verdict: "denied",
      cause: "unknown",
      found: [`${name} is in neither ${["the deployment", ...where].join(" nor ")}`],
    };
  }
  const { environments, state, name: tenant } = entry.tenant;
  const at = (...path: string[]) => placeIn(entries, entry, path);
  const edit = (key: string, to: string, from?: string) => ({
    kind: "tenants" as const,
    edits: [{ place: at(key), tenant, key, ...(from === undefined ? {} : { from }), to }],
    writes: [],
  });
  if (environments !== undefined && !environments.includes(stack)) {
    const [from, to] = [environments, [...environments, stack]].map((stacks) => `[${stacks.join(", ")}]`);
    return denied("other-stack", [`environments: ${from}`], at("environments"), edit("environments", to!, from));
  }
  if (state === "suspended") {
    return denied("suspended", ["state: suspended"], at("state"), edit("state", "active", "suspended"));
  }
  return denied("not-deployed", [`${tenant} is active in stack ${stack}`], at("name"), { kind: "deploy", writes: [] });
}

function denied(
  cause: NonNullable<LoginAnswer["cause"]>,
  found: readonly string[],
  place?: LoginAnswer["place"],
  change?: LoginAnswer["change"],
): Found {
  return { verdict: "denied", cause, found, ...(place && { place }), ...(change && { change }) };
}

function presentLogin(known: Known, subject: Subject, user: DeployedUser, question: LoginQuestion): Found {
  const { entries } = known;
  const { entry, name } = subject;
  const at = (key: string) => (entries && entry ? placeIn(entries, entry, [key]) : undefined);
  if (user.userName !== name) {
    return denied("tenants-name", [`${name} logs in as ${user.userName}`], at("userName"));
  }
  const authentication = authenticationOf(known, user);
  const cause = causeByProvider(user, authentication, question);
  const ranges = user.allowedCidrs ?? [];
  const edit = (key: string, from: string | undefined, to: string): LoginAnswer["change"] => {
    const place = at(key);
    const was = from === undefined ? {} : { from };
    return place && { kind: "tenants", edits: [{ place, tenant: user.tenant ?? name, key, ...was, to }], writes: [] };
  };
  switch (cause) {
    case "address": {
      const [from, to] = [ranges, [...ranges, rangeOf(question.address ?? "")]].map((list) => `[${list.join(", ")}]`);
      const found = [`it comes from ${question.address}`, `allowedCidrs: ${from}`];
      return denied(cause, found, at("allowedCidrs"), edit("allowedCidrs", from, to!));
    }
    case "not-offered":
      return denied(cause, [
        `${question.key ? "a key" : "a password"} is shown, and authentication is ${authentication}`,
      ]);
    case "no-password":
      return user.password
        ? withRole(known, user, {
            verdict: "unknown",
            cause: "password",
            found: ["passwords stand in the table, as hashes"],
          })
        : denied(cause, ["password: true is not said"], at("password"), edit("password", undefined, "true"));
    case undefined:
    case "key-expired": {
      const ofKey = foundOfKey(known, subject, user, question.key, isoToday(question.now));
      const alsoPassword = authentication === "PUBLIC_KEY_AND_PASSWORD" && ofKey.verdict === "allowed";
      return withRole(
        known,
        user,
        alsoPassword
          ? { verdict: "unknown", cause: "password", found: ["the server asks for a password after the key"] }
          : ofKey,
      );
    }
    // Of the table and of what asks, which are not there; they have been given as if nothing were amiss.
    case "unknown":
    case "stopped":
    case "table":
    case "corrupt":
    case "request":
    case "wrong-password":
    case "password-expired":
      return { verdict: "unknown", found: [cause] };
  }
}

/** Nobody is let in whose role the service may not take on, whatever else holds. */
function withRole({ inventory }: Known, user: DeployedUser, found: Found): Found {
  const { assumption } = new Sessions(inventory).of(user);
  if (found.verdict === "denied" || assumption.allowed) {
    return found;
  }
  const why = unknownText(assumption) ?? `no statement of the trust policy of ${user.roleArn} allows it`;
  return { verdict: assumption.reason === "unknown" ? "unknown" : "denied", cause: "role", found: [why] };
}

/** What the server takes; one whose users the service manages takes keys alone. */
function authenticationOf({ inventory }: Known, { serverId }: DeployedUser): Authentication {
  const server = inventory.servers.find(({ id }) => id === serverId)?.resource;
  const said = server && valueOf(server, "sftpAuthenticationMethods");
  const isAsked = server !== undefined && valueOf(server, "identityProviderType") === "AWS_LAMBDA";
  return (
    (isAsked && authentications.find((each) => each === said)) || (isAsked ? "PUBLIC_KEY_OR_PASSWORD" : "PUBLIC_KEY")
  );
}

/** The cause that the function's own code gives, on what is known without its table. */
function causeByProvider(user: DeployedUser, authentication: Authentication, { key, address, now }: LoginQuestion) {
  const anywhere = { family: "ipv4", text: "0.0.0.0" } as const;
  const { allowedCidrs, ...record } = recordOf(user);
  const from = address === undefined ? undefined : readAddress(address);
  const decision = decide(
    {
      userName: user.userName,
      password: key === undefined && authentication !== "PUBLIC_KEY" ? "?" : undefined,
      address: from ?? anywhere,
    },
    {
      record: { value: from === undefined || allowedCidrs === undefined ? record : { ...record, allowedCidrs } },
      credentials: { value: undefined },
      hash: { value: undefined },
    },
    authentication,
    now,
  );
  return decision.admitted ? undefined : decision.cause;
}

function recordOf({
  userName,
  tenant = userName,
  roleArn,
  session,
  keys,
  password,
  allowedCidrs,
}: DeployedUser): LoginRecord {
  return {
    userName,
    tenant,
    role: roleArn,
    policy: session?.text ?? "",
    mappings: "[]",
    keys: keys.map(({ body, expires }) => ({ key: body, ...(expires === undefined ? {} : { expires }) })),
    password,
    ...(allowedCidrs === undefined ? {} : { allowedCidrs }),
  };
}

/** The address alone, as a range. */
function rangeOf(address: string): string {
  const read = readAddress(address);
  return read === undefined ? address : `${read.text}/${read.family === "ipv4" ? 32 : 128}`;
}

function notKnownOfLogin(
  { inventory }: Known,
  user: DeployedUser | undefined,
  { key, address }: LoginQuestion,
): string[] {
  const server = inventory.servers.find(({ id }) => id === user?.serverId)?.resource;
  if (user === undefined || server === undefined) {
    return [];
  }
  const isAsked = valueOf(server, "identityProviderType") === "AWS_LAMBDA";
  return [
    ...(isAsked
      ? ["whether the tenant is stopped, which stands in the table"]
      : ["whether its keys have been deleted by hand, as a stop does"]),
    ...(key === undefined ? [] : ["whether the client has the private half of the key"]),
    ...(address === undefined && user.allowedCidrs !== undefined
      ? ["where the client comes from; --from ADDRESS says it"]
      : []),
  ];
}

/** A key file's text as what is shown. */
export function shownKeyIn(text: string): ShownKey | { readonly fault: string } {
  const { key, fault } = parsePublicKey(text);
  return key === undefined ? { fault } : { fingerprint: key.fingerprint, body: `${key.type} ${key.body}` };
}
