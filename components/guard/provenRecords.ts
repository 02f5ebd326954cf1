import type { UserPlan } from "../../access/plan";
import { refusal } from "../refusal";

/** What a line begins with, up to the login's name, in which no quote can be. */
const beforeName = '{"userName":"';

/**
 * Compares the records in the function's package with the users that were proven, each line with the one text that says this of
 * a user. It writes that text by itself and shares nothing with what wrote the records, so that neither can be wrong alone.
 * @param records Files of the package, by name; a line is JSON, then the session policy and the mappings as they are answered.
 * @throws pulumi.RunError naming a login whose record says something else, or that has none or several.
 */
export function requireProvenRecords(records: Readonly<Record<string, string>>, users: readonly UserPlan[]): void {
  const missing = new Map(users.map((user) => [user.userName, user]));
  for (const line of Object.values(records).flatMap((text) => text.split("\n").filter((each) => each !== ""))) {
    const userName = line.slice(beforeName.length, line.indexOf('"', beforeName.length));
    const user = missing.get(userName);
    if (user === undefined || lineOf(user) !== line) {
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
  const [json = "", policy, mappings] = line.split("\t");
  const record: Fields = { ...(JSON.parse(json) as Fields), policy, mappings };
  const userName = String(record["userName"]);
  const user = users.find((each) => each.userName === userName);
  const proven: Fields =
    user === undefined ? record : { ...restOf(user), policy: user.session, mappings: mappingsOf(user) };
  const wrong = [...Object.keys(proven), ...Object.keys(record)].find(
    (field) => JSON.stringify(record[field]) !== JSON.stringify(proven[field]),
  );
  return wrong === undefined
    ? `the record of the login "${userName}" is no part of the access that was proven`
    : `"${wrong}" in the record of the login "${userName}" is not what was proven`;
}

type Fields = Readonly<Record<string, unknown>>;

function lineOf(user: UserPlan): string {
  return `${JSON.stringify(restOf(user))}\t${user.session}\t${mappingsOf(user)}`;
}

/** The fields in the order of a record; what is undefined is left out of its text. */
function restOf(user: UserPlan): Fields {
  return {
    userName: user.userName,
    tenant: user.tenant,
    role: user.roleArn,
    homeDirectory: user.homeDirectory,
    keys: user.keys.map(({ type, body, expires }) => ({ key: `${type} ${body}`, expires })),
    password: user.password,
    allowedCidrs: user.allowedCidrs,
  };
}

function mappingsOf({ mappings }: UserPlan): string {
  return JSON.stringify(mappings.map(({ entry, target }) => ({ Entry: entry, Target: target })));
}
