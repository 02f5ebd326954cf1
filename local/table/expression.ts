import { isDeepStrictEqual } from "node:util";
import { TableError } from "./tableError";

/** A value as DynamoDB's JSON has it. */
export type Attribute =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly M: Readonly<Record<string, Attribute>> }
  | { readonly L: readonly Attribute[] };

export type Item = Readonly<Record<string, Attribute>>;

/** What the placeholders of an expression stand for, each taken note of when it is used. */
export class Placeholders {
  private readonly used = new Set<string>();

  constructor(
    private readonly names: Readonly<Record<string, string>>,
    private readonly values: Item,
  ) {}

  name(placeholder: string): string {
    return this.take(this.names, placeholder);
  }

  value(placeholder: string): Attribute {
    return this.take(this.values, placeholder);
  }

  /** @throws TableError for one that no expression has used, as DynamoDB does. */
  requireAllUsed(): void {
    const unused = [...Object.keys(this.names), ...Object.keys(this.values)].filter((name) => !this.used.has(name));
    if (unused.length > 0) {
      throw new TableError("ValidationException", `no expression uses ${unused.join(", ")}`);
    }
  }

  private take<T>(from: Readonly<Record<string, T>>, placeholder: string): T {
    const found = from[placeholder];
    if (found === undefined) {
      throw new TableError("ValidationException", `nothing is given for ${placeholder}`);
    }
    this.used.add(placeholder);
    return found;
  }
}

/**
 * Whether a ConditionExpression holds: `attribute_exists(#a)`, `attribute_not_exists(#a)` and `#a = :a`, joined by `AND`.
 * Values of every type are equal or not. Source: DynamoDB Developer Guide, "Condition and filter expressions, operators, and
 * functions".
 * @throws TableError for every other expression.
 */
export function conditionHolds(expression: string, item: Item | undefined, placeholders: Placeholders): boolean {
  const terms = expression.split(" AND ").map((term) => {
    const [, not, existing, left, right] =
      /^(?:attribute_(not_)?exists\((#\w+)\)|(#\w+) = (:\w+))$/.exec(term) ?? unknown("condition", expression);
    if (existing !== undefined) {
      return Object.hasOwn(item ?? {}, placeholders.name(existing)) === (not === undefined);
    }
    return isDeepStrictEqual(item?.[placeholders.name(left ?? "")], placeholders.value(right ?? ""));
  });
  return terms.every(Boolean);
}

/**
 * What an UpdateExpression makes of an item: `SET #a = :a, ...`, or `REMOVE #a, ...`.
 * @throws TableError for every other expression.
 */
export function updated(expression: string, item: Item, placeholders: Placeholders): Item {
  const [, clause, actions = ""] = /^(SET|REMOVE) (.+)$/.exec(expression) ?? unknown("update", expression);
  const changed: Record<string, Attribute> = { ...item };
  for (const action of actions.split(", ")) {
    const pattern = clause === "SET" ? /^(#\w+) = (:\w+)$/ : /^(#\w+)$/;
    const [, name = "", value = ""] = pattern.exec(action) ?? unknown("update", expression);
    if (clause === "SET") {
      changed[placeholders.name(name)] = placeholders.value(value);
    } else {
      delete changed[placeholders.name(name)];
    }
  }
  return changed;
}

function unknown(what: string, expression: string): never {
  throw new TableError("ValidationException", `the local table does not know this ${what}: ${expression}`);
}
