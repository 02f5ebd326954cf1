import { conditionHolds, Placeholders, updated, type Attribute, type Item } from "./expression";
import { TableError } from "./tableError";

export type { Attribute, Item } from "./expression";

/** A request's parameters by their names in DynamoDB's API. */
type Parameters = Readonly<Record<string, unknown>>;

const expressionParameters = [
  "UpdateExpression",
  "ConditionExpression",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "ReturnValuesOnConditionCheckFailure",
];

/**
 * The table of passwords and stops, without AWS: the key is the text `tenant`. It knows what the function and the commands ask
 * of it, and refuses every other operation, parameter and expression, so that a change there cannot pass unseen.
 */
export class Table {
  /** @param items By tenant. Default: none. */
  constructor(
    readonly name: string,
    readonly items = new Map<string, Item>(),
  ) {}

  /** @throws TableError what DynamoDB refuses, and what is not known here. */
  answer(operation: string, parameters: Parameters): object {
    const known = { GetItem: ["ConsistentRead"], UpdateItem: expressionParameters }[operation];
    if (known === undefined) {
      throw new TableError("ValidationException", `the local table does not know ${operation}`);
    }
    const unknown = Object.keys(parameters).filter((name) => !["TableName", "Key", ...known].includes(name));
    if (unknown.length > 0) {
      throw new TableError("ValidationException", `the local table does not know ${unknown.join(", ")}`);
    }
    if (parameters["TableName"] !== this.name) {
      throw new TableError("ResourceNotFoundException", "Requested resource not found");
    }
    const tenant = tenantOf(parameters["Key"] as Item);
    return operation === "GetItem" ? this.get(tenant) : this.update(tenant, parameters);
  }

  private get(tenant: string): object {
    const item = this.items.get(tenant);
    return item === undefined ? {} : { Item: item };
  }

  /** Makes the item where there is none. */
  private update(tenant: string, parameters: Parameters): object {
    const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = parameters;
    const placeholders = new Placeholders(names as Record<string, string>, values as Item);
    const { UpdateExpression: expression, ConditionExpression: condition } = parameters as Readonly<
      Record<string, string>
    >;
    requireKnownTypes(Object.values(values as Item));
    const item = this.items.get(tenant);
    const holds = condition === undefined || conditionHolds(condition, item, placeholders);
    const changed = updated(expression ?? "", item ?? { tenant: { S: tenant } }, placeholders);
    placeholders.requireAllUsed();
    if (!holds) {
      const shown = parameters["ReturnValuesOnConditionCheckFailure"] === "ALL_OLD" && item ? { Item: item } : {};
      throw new TableError("ConditionalCheckFailedException", "The conditional request failed", shown);
    }
    this.items.set(tenant, changed);
    return {};
  }
}

function tenantOf(key: Item | undefined): string {
  const [[name, value] = [], ...others] = Object.entries(key ?? {});
  if (name !== "tenant" || value === undefined || !("S" in value) || value.S === "" || others.length > 0) {
    throw new TableError("ValidationException", "The provided key element does not match the schema");
  }
  return value.S;
}

function requireKnownTypes(values: readonly Attribute[]): void {
  for (const value of values) {
    const [[type, content] = [], ...others] = Object.entries(value) as [string, unknown][];
    if (others.length > 0 || type === undefined || !["S", "N", "M", "L"].includes(type)) {
      throw new TableError("ValidationException", `the local table does not know ${JSON.stringify(value)}`);
    }
    if (type === "M" || type === "L") {
      requireKnownTypes(Object.values(content as Readonly<Record<string, Attribute>>));
    }
  }
}
