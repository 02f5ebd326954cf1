import { isDeepStrictEqual } from "node:util";
import type { UserPlan } from "../../access/plan";
import { refusal } from "../refusal";

/**
 * Compares the records in the function's package with the users that were proven. It reads them by itself and shares nothing
 * with what wrote them, so that neither can be wrong alone.
 * @param records Files of the package, by name; each a line of JSON a login.
 * @throws pulumi.RunError naming a login whose record says something else, or that has none or several.
 */
export function requireProvenRecords(records: Readonly<Record<string, string>>, users: readonly UserPlan[]): void {
  const missing = new Map(users.map((user) => [user.userName, user]));
  for (const line of Object.values(records).flatMap((text) => text.split("\n").filter((each) => each !== ""))) {
    const record = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const userName = String(record["userName"]);
    const user = missing.get(userName);
    if (user === undefined) {
      throw refusal(`the record of the login "${userName}" is no part of the access that was proven`);
    }
    const proven = provenRecord(user);
    const differs = (field: string) =>
      // Texts are compared by themselves, in a tenth of the time.
      record[field] !== proven[field] && !isDeepStrictEqual(record[field], proven[field]);
    const wrong = Object.keys(proven).find(differs) ?? Object.keys(record).find(differs);
    if (wrong !== undefined) {
      throw refusal(`"${wrong}" in the record of the login "${userName}" is not what was proven`);
    }
    missing.delete(userName);
  }
  const [left] = missing.keys();
  if (left !== undefined) {
    throw refusal(`the login "${left}" was planned and has no record`);
  }
}

function provenRecord(user: UserPlan): Readonly<Record<string, unknown>> {
  const { userName, tenant, roleArn: role, session: policy, mappings, homeDirectory, password, allowedCidrs } = user;
  return {
    ...{ userName, tenant, role, policy, password, homeDirectory, allowedCidrs },
    mappings: JSON.stringify(mappings.map(({ entry, target }) => ({ Entry: entry, Target: target }))),
    keys: user.keys.map(({ type, body, expires }) => ({
      key: `${type} ${body}`,
      ...(expires === undefined ? {} : { expires }),
    })),
  };
}
