import { keyOfFile } from "../editing/keyFile";
import { rangeMatcher, readAddress } from "../iam/addressRange";
import { unknownText } from "../iam/evaluate";
import { Sessions } from "../inventory/session";
import type { DeployedUser } from "../inventory/user";
import { isoToday } from "../tenancy/date";
import { suggestion } from "../tenancy/explain";
import { authenticationOf, causeByProvider, wayOf } from "./loginProvider";
import type { LoginJudgement, LoginQuestion, ShownKey, Wish } from "./loginQuestion";
import { rangesOfNetwork } from "./network";
import { judgeKey } from "./shownKey";
import { placeIn, type Known, type Subject } from "./subject";

/** Whether a login is let in, and why not; what the identity provider would decide is asked of its own code. */
export function judgeLogin(known: Known, subject: Subject, question: LoginQuestion): LoginJudgement {
  return subject.user === undefined
    ? judgeAbsent(known, subject)
    : judgePresent(known, subject, subject.user, question);
}

/** Nobody of the deployment has the name. */
function judgeAbsent({ inventory, entries }: Known, { entry, name }: Subject): LoginJudgement {
  const { stack } = inventory.deployment;
  if (entry === undefined || entries === undefined) {
    const found =
      entries === undefined
        ? `${name} is no login of the deployment`
        : `${name} is in neither the deployment nor ${entries.file}`;
    const logins = inventory.users.flatMap(({ userName, tenant = userName }) => [userName, tenant]);
    const meant = suggestion(name, [...new Set(logins)]);
    return denied("unknown", [found, ...(meant === undefined ? [] : [meant])]);
  }
  const { environments, state, name: tenant } = entry.tenant;
  if (environments !== undefined && !environments.includes(stack)) {
    return denied("other-stack", [`environments: ${flow(environments)}`], placeIn(entries, entry, ["environments"]), {
      path: ["environments"],
      from: flow(environments),
      to: flow([...environments, stack]),
      edits: [{ kind: "append", path: [], key: "environments", values: [stack] }],
    });
  }
  if (state === "suspended") {
    return denied("suspended", ["state: suspended"], placeIn(entries, entry, ["state"]), {
      path: ["state"],
      from: "suspended",
      to: "active",
      edits: [{ kind: "set", path: [], key: "state", value: "active" }],
    });
  }
  return denied("not-deployed", [`${tenant} is active in stack ${stack}`], placeIn(entries, entry, ["name"]));
}

function denied(
  cause: NonNullable<LoginJudgement["cause"]>,
  found: readonly string[],
  place?: LoginJudgement["place"],
  wish?: Wish,
): LoginJudgement {
  return { verdict: "denied", cause, found, ...(place && { place }), ...(wish && { wish }) };
}

function flow(values: readonly string[]): string {
  return `[${values.join(", ")}]`;
}

function judgePresent(known: Known, subject: Subject, user: DeployedUser, question: LoginQuestion): LoginJudgement {
  const { entries } = known;
  const { entry, name } = subject;
  const at = (key: string) => (entries && entry ? placeIn(entries, entry, [key]) : undefined);
  if (user.userName !== name) {
    return denied("tenants-name", [`${name} logs in as ${user.userName}`], at("userName"));
  }
  const network = question.hasArrived ? undefined : rangesOfNetwork(known.inventory, user.serverId);
  if (question.address !== undefined && network !== undefined && !isWithin(question.address, network)) {
    const letIn = network.join(", ") || "nobody";
    return denied("network", [`it comes from ${question.address}`, `the security group lets in ${letIn}`]);
  }
  const authentication = authenticationOf(known, user);
  if (question.showsNothing) {
    return denied("no-key", [`the client has shown nothing; the server takes ${authentication}`]);
  }
  const way = wayOf(user, authentication, question);
  const cause = causeByProvider(user, authentication, question);
  switch (cause) {
    case "address": {
      const { address = "" } = question;
      const [ranges, range] = [user.allowedCidrs ?? [], rangeOf(address)];
      const found = [`it comes from ${address}`, `allowedCidrs: ${flow(ranges)}`];
      return denied(cause, found, at("allowedCidrs"), {
        path: ["allowedCidrs"],
        from: flow(ranges),
        to: flow([...ranges, range]),
        edits: [{ kind: "append", path: [], key: "allowedCidrs", values: [range] }],
      });
    }
    case "not-offered":
      return denied(cause, [`a ${way} is shown, and the server takes ${authentication}`]);
    case "no-password":
      return user.password
        ? withRole(
            known,
            user,
            unknownPassword("passwords stand in the table, as hashes; the log of the identity provider has the cause"),
          )
        : denied(cause, ["tenants.yaml does not say password: true of it"], at("password"), {
            path: ["password"],
            to: "true",
            edits: [{ kind: "set", path: [], key: "password", value: true }],
          });
    case "key-expired":
      if (question.key === undefined) {
        const ends = user.keys.map(({ expires }) => `the last day of a key was ${expires}`);
        return denied(cause, ends.length === 0 ? ["it has no key"] : ends, at("sshKeys"));
      }
      return judgeKey(known, subject, user, question.key, isoToday(question.now));
    case undefined: {
      const ofKey = judgeKey(known, subject, user, question.key, isoToday(question.now));
      const alsoPassword = authentication === "PUBLIC_KEY_AND_PASSWORD" && ofKey.verdict === "allowed";
      return withRole(known, user, alsoPassword ? unknownPassword("the server asks for one after the key") : ofKey);
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

function unknownPassword(found: string): LoginJudgement {
  return { verdict: "unknown", cause: "password", found: [found] };
}

/** Nobody is let in whose role the service may not take on, whatever else holds. */
function withRole({ inventory }: Known, user: DeployedUser, judgement: LoginJudgement): LoginJudgement {
  const { assumption } = new Sessions(inventory).of(user);
  if (judgement.verdict === "denied" || assumption.allowed) {
    return judgement;
  }
  const why = unknownText(assumption) ?? `no statement of the trust policy of ${user.roleArn} allows it`;
  return { verdict: assumption.reason === "unknown" ? "unknown" : "denied", cause: "role", found: [why] };
}

function isWithin(address: string, ranges: readonly string[]): boolean {
  const read = readAddress(address);
  return read !== undefined && ranges.some((range) => rangeMatcher(range)?.(read));
}

/** The address alone, as a range. */
function rangeOf(address: string): string {
  const read = readAddress(address);
  return read === undefined ? address : `${read.text}/${read.family === "ipv4" ? 32 : 128}`;
}

/**
 * The public key in a text, in any form that ssh-keygen -i reads, as what is shown.
 * @param file What the messages call it.
 * @throws UserError for anything else.
 */
export function shownKeyIn(file: string, text: string): ShownKey {
  const { fingerprint, type, body } = keyOfFile(file, text);
  return { fingerprint, body: `${type} ${body}` };
}
