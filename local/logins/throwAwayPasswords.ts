import { drawPassword, withPassword } from "../../functions/identity-provider/credentials";
import type { Attribute, Item, Table } from "../table/table";

/** Passwords that are valid for this run alone. The table holds their hashes, as it holds those of real ones on AWS. */
export class ThrowAwayPasswords {
  private readonly drawn = new Map<string, string>();
  private readonly stored = new Map<string, Promise<void>>();

  constructor(private readonly table: Pick<Table, "items">) {}

  /** The password of a tenant, drawn when it is first asked for. */
  of(tenant: string): string {
    const password = this.drawn.get(tenant) ?? drawPassword();
    this.drawn.set(tenant, password);
    return password;
  }

  /**
   * Sees to it that the table has the hash of a tenant's password, if one was drawn. Not before it is needed: a hash takes a
   * tenth of a second, and there may be thousands of tenants.
   */
  async store(tenant: string): Promise<void> {
    const password = this.drawn.get(tenant);
    if (password !== undefined) {
      await (this.stored.get(tenant) ?? this.hash(tenant, password));
    }
  }

  private hash(tenant: string, password: string): Promise<void> {
    const at = new Date().toISOString();
    const stored = withPassword(undefined, { tenant, password, by: "npm start", at }).then((item) => {
      // What the table has of the tenant already, as a stop, stays.
      this.table.items.set(tenant, { ...itemOf(item), ...this.table.items.get(tenant) });
    });
    this.stored.set(tenant, stored);
    return stored;
  }
}

function itemOf(values: Readonly<Record<string, unknown>>): Item {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, attributeOf(value)]));
}

/** A plain value as DynamoDB's JSON has it. */
function attributeOf(value: unknown): Attribute {
  if (typeof value === "string") {
    return { S: value };
  }
  if (typeof value === "number") {
    return { N: String(value) };
  }
  return Array.isArray(value)
    ? { L: value.map(attributeOf) }
    : { M: itemOf(value as Readonly<Record<string, unknown>>) };
}
