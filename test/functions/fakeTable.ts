import { conditionHolds, type Item } from "./condition";

/** Error codes of DynamoDB that the table answers with. */
export class TableError extends Error {
  constructor(
    readonly code: string,
    readonly item?: Item,
  ) {
    super(code);
  }
}

interface Request {
  readonly TableName: string;
  readonly [parameter: string]: unknown;
}

/**
 * A DynamoDB table with the key `id`, at the level of its API's JSON. It knows what Powertools asks of it and throws on any
 * other operation, parameter or expression, so that a change there cannot pass unseen. As in DynamoDB, nothing expires on
 * time: an item past its TTL is still there.
 */
export class FakeTable {
  readonly items = new Map<string, Item>();

  constructor(readonly name: string) {}

  /** @throws TableError what DynamoDB refuses. */
  answer(operation: string, request: Request): unknown {
    if (request.TableName !== this.name) {
      throw new TableError("ResourceNotFoundException");
    }
    switch (operation) {
      case "PutItem":
        return this.put(request);
      case "UpdateItem":
        return this.update(request);
      case "DeleteItem":
        only(request, ["TableName", "Key"]);
        this.items.delete(keyOf(request["Key"]));
        return {};
      case "GetItem": {
        only(request, ["TableName", "Key", "ConsistentRead"]);
        const item = this.items.get(keyOf(request["Key"]));
        return item === undefined ? {} : { Item: item };
      }
      default:
        throw new Error(`the fake table does not know ${operation}`);
    }
  }

  private put(request: Request): unknown {
    only(request, [
      "TableName",
      "Item",
      "ConditionExpression",
      "ExpressionAttributeNames",
      "ExpressionAttributeValues",
      "ReturnValuesOnConditionCheckFailure",
    ]);
    const item = request["Item"] as Item;
    const existing = this.items.get(keyOf(item));
    const placeholders = {
      names: request["ExpressionAttributeNames"] as Record<string, string>,
      values: request["ExpressionAttributeValues"] as Item,
    };
    if (!conditionHolds(String(request["ConditionExpression"]), existing, placeholders)) {
      const shown = request["ReturnValuesOnConditionCheckFailure"] === "ALL_OLD" ? existing : undefined;
      throw new TableError("ConditionalCheckFailedException", shown);
    }
    this.items.set(keyOf(item), item);
    return {};
  }

  /** Knows `SET #name = :value, ...`; makes the item where there is none. */
  private update(request: Request): unknown {
    only(request, ["TableName", "Key", "UpdateExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"]);
    const names = request["ExpressionAttributeNames"] as Record<string, string>;
    const values = request["ExpressionAttributeValues"] as Item;
    const expression = /^SET (#\w+ = :\w+(?:, #\w+ = :\w+)*)$/.exec(String(request["UpdateExpression"]))?.[1];
    const changes = expression?.split(", ").map((assignment) => {
      const [name = "", value = ""] = assignment.split(" = ");
      return [names[name], values[value]] as const;
    });
    if (changes === undefined || changes.some(([name, value]) => name === undefined || value === undefined)) {
      throw new Error(`the fake table does not know this update: ${String(request["UpdateExpression"])}`);
    }
    const key = request["Key"] as Item;
    this.items.set(keyOf(key), { ...key, ...this.items.get(keyOf(key)), ...(Object.fromEntries(changes) as Item) });
    return {};
  }
}

function keyOf(key: unknown): string {
  const id = (key as Item)["id"];
  if (id === undefined || !("S" in id)) {
    throw new TableError("ValidationException");
  }
  return id.S;
}

function only(request: Request, parameters: readonly string[]): void {
  const unknown = Object.keys(request).filter((parameter) => !parameters.includes(parameter));
  if (unknown.length > 0) {
    throw new Error(`the fake table does not know ${unknown.join(", ")}`);
  }
}
