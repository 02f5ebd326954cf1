import type { AttributeValue, UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import type { Credentials } from "../functions/identity-provider/credentials";
import { attributeOf, type Plain } from "./attributes";

/** One write to a tenant's item, as a request of DynamoDB's API. It touches no attribute but those that it names. */
export type Update = UpdateItemCommandInput & { readonly UpdateExpression: string };

/** Which item of which table. */
export interface ItemKey {
  readonly table: string;
  readonly tenant: string;
}

/** What the table holds of a tenant, as DynamoDB's JSON has it. */
export type StoredItem = Readonly<Record<string, AttributeValue>>;

/** Takes the place of whatever passwords there are. */
export function replacePasswords(key: ItemKey, { scrypt, hashes }: Credentials): Update {
  return set(key, { scrypt, hashes });
}

/**
 * The same, unless somebody has changed the passwords since they were read: then the table refuses it.
 * @param read The item as it was read; undefined: there was none.
 */
export function replacePasswordsAsRead(key: ItemKey, credentials: Credentials, read: StoredItem | undefined): Update {
  const { ExpressionAttributeValues: values, ...update } = replacePasswords(key, credentials);
  const known = ["scrypt", "hashes"].map((name) => ({ name, value: read?.[name] }));
  return {
    ...update,
    ConditionExpression: known
      .map(({ name, value }) => (value === undefined ? `attribute_not_exists(#${name})` : `#${name} = :read_${name}`))
      .join(" AND "),
    ExpressionAttributeValues: {
      ...values,
      ...Object.fromEntries(known.flatMap(({ name, value }) => (value ? [[`:read_${name}`, value]] : []))),
    },
  };
}

/** Leaves the tenant without a password. The table refuses it where there is none. */
export function removePasswords(key: ItemKey): Update {
  return { ...remove(key, ["scrypt", "hashes"]), ConditionExpression: "attribute_exists(#hashes)" };
}

/** Lets the tenant log in no more. The table refuses it where somebody has done so before, and shows who. */
export function stop(key: ItemKey, stopped: NonNullable<Credentials["stopped"]>): Update {
  return {
    ...set(key, { stopped }),
    ConditionExpression: "attribute_not_exists(#stopped)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
}

/** Takes a stop back. The table refuses it where there is none. */
export function undoStop(key: ItemKey): Update {
  return { ...remove(key, ["stopped"]), ConditionExpression: "attribute_exists(#stopped)" };
}

function set(key: ItemKey, attributes: Readonly<Record<string, Plain | undefined>>): Update {
  const given = Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  return {
    ...itemOf(
      key,
      given.map(({ name }) => name),
    ),
    UpdateExpression: `SET ${given.map(({ name }) => `#${name} = :${name}`).join(", ")}`,
    ExpressionAttributeValues: Object.fromEntries(given.map(({ name, value }) => [`:${name}`, attributeOf(value)])),
  };
}

function remove(key: ItemKey, names: readonly string[]): Update {
  return { ...itemOf(key, names), UpdateExpression: `REMOVE ${names.map((name) => `#${name}`).join(", ")}` };
}

/** Placeholders stand for the names, so that none can be a word that DynamoDB reserves. */
function itemOf({ table, tenant }: ItemKey, names: readonly string[]) {
  return {
    TableName: table,
    Key: { tenant: { S: tenant } },
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
  };
}
