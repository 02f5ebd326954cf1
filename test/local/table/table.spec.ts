import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { Table } from "../../../local/table/table";
import { serveTable, type TableServer } from "../../../local/table/tableServer";

const TableName = "sftp-gateway-dev-identity-provider";
const Key = { tenant: { S: "acme" } };
const stopped = { M: { by: { S: "ann" }, at: { S: "2026-06-01T12:00:00.000Z" } } };
const hashes = { L: [{ M: { hash: { S: "aGFzaA==" } } }] };
const names = { "#stopped": "stopped" };

describe("the local table", () => {
  let table: Table;
  let server: TableServer;
  let client: DynamoDBClient;

  beforeEach(async () => {
    table = new Table(TableName);
    server = await serveTable(table);
    client = new DynamoDBClient({
      endpoint: server.endpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
  });
  afterEach(async () => {
    client.destroy();
    await server.close();
  });

  type Update = Omit<ConstructorParameters<typeof UpdateItemCommand>[0], "TableName" | "Key">;
  const update = (more: Update) => client.send(new UpdateItemCommand({ TableName, Key, ...more }));
  const get = async () => (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const stop = {
    UpdateExpression: "SET #stopped = :stopped",
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ":stopped": stopped },
  };

  async function refusal(sent: Promise<unknown>): Promise<{ name: string; message: string; Item?: unknown }> {
    try {
      await sent;
    } catch (error) {
      return error as { name: string; message: string; Item?: unknown };
    }
    throw new Error("it was not refused");
  }

  it("has no item at first, makes one when it is updated, and keeps its other attributes", async () => {
    expect(await get()).to.equal(undefined);
    await update(stop);
    expect(await get()).to.deep.equal({ ...Key, stopped });
    await update({
      UpdateExpression: "SET #hashes = :hashes",
      ExpressionAttributeNames: { "#hashes": "hashes" },
      ExpressionAttributeValues: { ":hashes": hashes },
    });
    expect(await get()).to.deep.equal({ ...Key, stopped, hashes });
    await update({ UpdateExpression: "REMOVE #stopped", ExpressionAttributeNames: names });
    expect(await get()).to.deep.equal({ ...Key, hashes });
  });

  it("compares whole values, and shows the item that a condition fails at", async () => {
    await update(stop);
    const absent = { ...stop, ConditionExpression: "attribute_not_exists(#stopped)" };
    const failed = await refusal(update({ ...absent, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }));
    expect(failed.name).to.equal("ConditionalCheckFailedException");
    expect(failed.Item).to.deep.equal({ ...Key, stopped });
    expect((await refusal(update(absent))).Item).to.equal(undefined);
    const same = (value: typeof stopped) => ({
      UpdateExpression: "REMOVE #stopped",
      ConditionExpression: "attribute_exists(#stopped) AND #stopped = :read",
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ":read": value },
    });
    const other = { M: { ...stopped.M, by: { S: "bob" } } };
    expect((await refusal(update(same(other)))).name).to.equal("ConditionalCheckFailedException");
    await update(same(stopped));
    expect(await get()).to.deep.equal(Key);
  });

  it("has no other table", async () => {
    const other = new GetItemCommand({ TableName: "other", Key });
    expect((await refusal(client.send(other))).name).to.equal("ResourceNotFoundException");
  });

  for (const [what, more, message] of [
    ["another condition", { ConditionExpression: "#stopped <> :stopped" }, /does not know this condition/],
    ["a condition with OR", { ConditionExpression: "#stopped = :stopped OR #stopped = :stopped" }, /this condition/],
    ["another update", { UpdateExpression: "ADD #stopped :stopped" }, /does not know this update/],
    ["a function in an update", { UpdateExpression: "SET #stopped = if_not_exists(#stopped, :stopped)" }, /update/],
    ["another parameter", { ReturnValues: "ALL_NEW" }, /does not know ReturnValues/],
    ["another type", { ExpressionAttributeValues: { ":stopped": { BOOL: true } } }, /does not know \{"BOOL":true\}/],
    ["a type within", { ExpressionAttributeValues: { ":stopped": { L: [{ BOOL: true }] } } }, /\{"BOOL":true\}/],
    ["a placeholder without use", { ExpressionAttributeNames: { ...names, "#by": "by" } }, /no expression uses #by/],
    ["a placeholder without meaning", { ExpressionAttributeNames: {} }, /nothing is given for #stopped/],
    ["another key", { Key: { id: { S: "acme" } } }, /does not match the schema/],
    ["an empty key", { Key: { tenant: { S: "" } } }, /does not match the schema/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { name, message: said } = await refusal(update({ ...stop, ...(more as Update) }));
      expect(name).to.equal("ValidationException");
      expect(said).to.match(message);
      expect(table.items.size).to.equal(0);
    });
  }

  it("refuses another operation, and what is no request of DynamoDB", async () => {
    const put = new PutItemCommand({ TableName, Item: Key });
    expect((await refusal(client.send(put))).message).to.equal("the local table does not know PutItem");
    const post = async (target: string, body: string) =>
      (await fetch(server.endpoint, { method: "POST", headers: { "x-amz-target": target }, body })).text();
    expect(await post("Kinesis.PutRecord", "{}")).to.include("UnknownOperationException");
    expect(await post("DynamoDB_20120810.GetItem", "{")).to.include("SerializationException");
  });
});
