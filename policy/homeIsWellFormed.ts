import { userTypes, type UserType } from "./resourceTypes";
import { asFarAsKnown, type Remark, type Rule } from "./rule";
import { elements, member, Place, type SeenResource } from "./seenResource";

/** What Transfer would refuse, or take for another folder than whoever reads the program does. */
export const homeIsWellFormed: Rule<UserType> = {
  name: "transfer-home-is-well-formed",
  description: "Every entry and target of a home directory mapping is a whole path, from its leading slash on.",
  subjects: userTypes,
  *check(user) {
    for (const [index, mapping] of elements(user.get("homeDirectoryMappings")).entries()) {
      yield* asFarAsKnown(remarksOn(mapping, index, user));
    }
  },
};

function* remarksOn(mapping: unknown, index: number, user: SeenResource<UserType>): Iterable<Remark> {
  const { entry, target } = new Place(user, "homeDirectoryMappings", {
    entry: member(mapping, "entry"),
    target: member(mapping, "target"),
    mapping,
  }).known() as Readonly<Record<string, unknown>>;
  const called = `of home directory mapping ${index} of ${user.label}`;
  if (entry !== "/" && !isPath(entry)) {
    yield `The entry ${called} is no whole path. Write \`/\`, or \`/FOLDER\` as the client is to see it.`;
  }
  if (!isPath(target)) {
    yield `The target ${called} is no whole path. Write \`/BUCKET/FOLDER\`, with the first slash and without a last one.`;
  }
}

/** Source: Transfer Family API reference, HomeDirectoryMapEntry. */
function isPath(value: unknown): boolean {
  return typeof value === "string" && /^(\/(?!\.{1,2}(\/|$))[^/]+)+$/.test(value);
}
