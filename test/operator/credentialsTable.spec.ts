import { expect } from "chai";
import { TableError } from "../../local/table/tableError";
import { serveTable, type TableServer } from "../../local/table/tableServer";
import { credentialsTable } from "../../operator/credentialsTable";
import { stop } from "../../operator/update";
import { UserError } from "../../userError";
import { key } from "./memoryTable";

describe("the table of passwords and stops, asked by a command,", () => {
  let server: TableServer | undefined;
  const endpoint = process.env["AWS_ENDPOINT_URL_DYNAMODB"];
  afterEach(async () => {
    await server?.close();
    delete process.env["AWS_ENDPOINT_URL_DYNAMODB"];
    if (endpoint !== undefined) {
      process.env["AWS_ENDPOINT_URL_DYNAMODB"] = endpoint;
    }
  });

  /** @returns What a read and a write say, and how often the table was asked. */
  async function refusals(code: string, message: string): Promise<{ said: string[]; asked: number }> {
    let asked = 0;
    server = await serveTable({
      answer: () => {
        asked += 1;
        throw new TableError(code, message);
      },
    });
    process.env["AWS_ENDPOINT_URL_DYNAMODB"] = server.endpoint;
    const table = credentialsTable("eu-central-1");
    const attempts = [table.read(key), table.write(stop(key, { by: "ann", at: "2026-06-01T12:00:00Z" }))];
    const said = await Promise.all(
      attempts.map((attempt) =>
        attempt.then(
          () => "",
          (error: unknown) => {
            expect(error).to.be.instanceOf(UserError);
            return (error as Error).message;
          },
        ),
      ),
    );
    return { said, asked };
  }

  const twice = (message: string) => [message, message];

  it("refuses who may not, and those whose session has ended: once, in AWS's words", async () => {
    for (const [code, message] of [
      [
        "AccessDeniedException",
        "User: arn:aws:sts::1:assumed-role/x is not authorized to perform: dynamodb:UpdateItem",
      ],
      ["UnrecognizedClientException", "The security token included in the request is invalid."],
    ] as const) {
      const { said, asked } = await refusals(code, message);
      expect(said).to.deep.equal(twice(`the table ${key.table} in eu-central-1 refuses: ${code}: ${message}`));
      expect(asked).to.equal(2);
      await server?.close();
    }
  });

  it("is asked three times where it is throttled, and then does not answer", async () => {
    const { said, asked } = await refusals("ThrottlingException", "Rate exceeded");
    expect(said).to.deep.equal(
      twice(`the table ${key.table} in eu-central-1 does not answer: ThrottlingException: Rate exceeded`),
    );
    expect(asked).to.equal(6);
  });

  it("is not there", async () => {
    const { said } = await refusals("ResourceNotFoundException", "Requested resource not found");
    expect(said).to.deep.equal(
      twice(`there is no table ${key.table} in eu-central-1 of this account: deploy the stack first`),
    );
  });

  for (const endpoint of ["127.0.0.1:8000", "localhost:8000", "nonsense", " ", "file:///tmp/table"]) {
    it(`is nowhere where AWS_ENDPOINT_URL_DYNAMODB is "${endpoint}"`, () => {
      process.env["AWS_ENDPOINT_URL_DYNAMODB"] = endpoint;
      expect(() => credentialsTable("eu-central-1")).to.throw(
        UserError,
        `AWS_ENDPOINT_URL_DYNAMODB is "${endpoint}"; it is the URL at which DynamoDB answers, as http://127.0.0.1:8000`,
      );
    });
  }

  it("writes nothing into a terminal but one line, whatever it says", async () => {
    const { said } = await refusals("ValidationException", "no\u001b[2J\nsecond line");
    expect(said).to.deep.equal(
      twice(`the table ${key.table} in eu-central-1 refuses: ValidationException: no\\u{1b}[2J`),
    );
  });
});
