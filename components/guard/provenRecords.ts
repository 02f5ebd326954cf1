import type { UserPlan } from "../../access/plan";
import { refusal } from "../refusal";

/**
 * Compares the records in the function's package with the users that were proven, each line with the one text that says this of
 * a user. It writes that text by itself and shares nothing with what wrote the records, so that neither can be wrong alone.
 * @param records Files of the package, by name; each a line of JSON a login.
 * @throws pulumi.RunError naming a login whose record says something else, or that has none or several.
 */
export function requireProvenRecords(records: Readonly<Record<string, string>>, users: readonly UserPlan[]): void {
  const missing = new Map(users.map((user) => [user.userName, user]));
  for (const line of Object.values(records).flatMap((text) => text.split("\n").filter((each) => each !== ""))) {
    const [, userName = ""] = /^\{"userName":"([^"]+)"/.exec(line) ?? [];
    const user = missing.get(userName);
    if (user === undefined || JSON.stringify(provenRecord(user)) !== line) {
      throw refusal(faultOf(line, users));
    }
    missing.delete(userName);
  }
  const [left] = missing.keys();
  if (left !== undefined) {
    throw refusal(`the login "${left}" was planned and has no record`);
  }
}

/** What is wrong with a line that is nobody's, or that was there before. */
function faultOf(line: string, users: readonly UserPlan[]): string {
  const record = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const userName = String(record["userName"]);
  const user = users.find((each) => each.userName === userName);
  const proven: Readonly<Record<string, unknown>> = user === undefined ? record : provenRecord(user);
  const wrong = [...Object.keys(proven), ...Object.keys(record)].find(
    (field) => JSON.stringify(record[field]) !== JSON.stringify(proven[field]),
  );
  return wrong === undefined
    ? `the record of the login "${userName}" is no part of the access that was proven`
    : `"${wrong}" in the record of the login "${userName}" is not what was proven`;
}

/** The fields in the order of a record; what is undefined is left out of its text. */
function provenRecord(user: UserPlan): Readonly<Record<string, unknown>> {
  return {
    userName: user.userName,
    tenant: user.tenant,
    role: user.roleArn,
    policy: user.session,
    mappings: JSON.stringify(user.mappings.map(({ entry, target }) => ({ Entry: entry, Target: target }))),
    homeDirectory: user.homeDirectory,
    keys: user.keys.map(({ type, body, expires }) => ({ key: `${type} ${body}`, expires })),
    password: user.password,
    allowedCidrs: user.allowedCidrs,
  };
}
