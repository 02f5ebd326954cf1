/** A value as DynamoDB's JSON has it; other types than these two do not occur and are refused. */
export type AttributeValue = { readonly S: string } | { readonly N: string };
export type Item = Readonly<Record<string, AttributeValue>>;

/** Placeholders of an expression. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

/**
 * Evaluates a ConditionExpression as DynamoDB does (Developer Guide, "Condition and filter expressions, operators, and
 * functions"): OR binds weakest, a comparison with an attribute that is missing or of another type is false.
 * @throws Error for every element that it does not know.
 */
export function conditionHolds(expression: string, item: Item | undefined, { names, values }: Placeholders): boolean {
  const tokens = expression.match(/[()]|<|=|[#:]?\w+|\S/g) ?? [];
  let next = 0;
  const result = or();
  if (next < tokens.length) {
    throw unknown();
  }
  return result;

  function or(): boolean {
    let result = and();
    while (accept("OR")) {
      result = and() || result;
    }
    return result;
  }

  function and(): boolean {
    let result = term();
    while (accept("AND")) {
      result = term() && result;
    }
    return result;
  }

  function term(): boolean {
    if (accept("(")) {
      const result = or();
      expectToken(")");
      return result;
    }
    if (accept("attribute_exists")) {
      return existence();
    }
    if (accept("attribute_not_exists")) {
      return !existence();
    }
    return comparison();
  }

  function existence(): boolean {
    expectToken("(");
    const exists = attribute() !== undefined;
    expectToken(")");
    return exists;
  }

  function comparison(): boolean {
    const left = attribute();
    const operator = take();
    const right = defined(values[take()]);
    switch (operator) {
      case "=":
        return left !== undefined && compare(left, right) === 0;
      case "<":
        return left !== undefined && (compare(left, right) ?? 0) < 0;
      default:
        throw unknown();
    }
  }

  function attribute(): AttributeValue | undefined {
    const name = defined(names[take()]);
    return item?.[name];
  }

  function accept(token: string): boolean {
    const found = tokens[next] === token;
    next += found ? 1 : 0;
    return found;
  }

  function expectToken(token: string): void {
    if (!accept(token)) {
      throw unknown();
    }
  }

  function take(): string {
    return defined(tokens[next++]);
  }

  function defined<T>(value: T | undefined): T {
    if (value === undefined) {
      throw unknown();
    }
    return value;
  }

  function unknown(): Error {
    return new Error(`the fake table does not know this condition: ${expression}`);
  }
}

function compare(left: AttributeValue, right: AttributeValue): number | undefined {
  if ("S" in left && "S" in right) {
    return left.S < right.S ? -1 : Number(left.S > right.S);
  }
  return "N" in left && "N" in right ? Number(left.N) - Number(right.N) : undefined;
}
