import { expect } from "chai";
import fc from "fast-check";
import type { Statement } from "../../iam/policy";
import { inventoryOf } from "../../inventory/inventory";
import { Sessions } from "../../inventory/session";
import { clientOperations, operationNames, type OperationName } from "../../inventory/operations";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { withWritten } from "../../why/excerpt";
import { judgeFile } from "../../why/file";
import type { FileAnswer } from "../../why/answer";
import { Sample } from "./setting";

const seed = 20261125;

const question = fc.record({
  name: fc.constantFrom("acme", "ACME_Corp.batch", "northwind"),
  operation: fc.constantFrom(...operationNames),
  folder: fc.constantFrom("/", "/inbox/", "/Out/From_Us/", "/home/", "/Catalogue/", "/elsewhere/"),
  file: fc.constantFrom("a.csv", "b.filepart", "sub/c.txt", "odd *?$ name"),
});

const asked = ({
  name,
  operation,
  folder,
  file,
}: {
  name: string;
  operation: OperationName;
  folder: string;
  file: string;
}) => ({
  about: "file" as const,
  name,
  operation,
  path: folder + file,
  ...(operation === "rename" ? { to: `${folder}new ${file}` } : {}),
});

describe("why", function () {
  this.timeout(120_000);
  let sample: Sample;
  before(async () => (sample = await Sample.of()));

  /** Asks of a deployment, judged by the session alone: neither the steps nor the proposals of an answer. */
  function isAllowed(deployment: Deployment, { name, operation, path, to }: ReturnType<typeof asked>): boolean {
    const inventory = inventoryOf(deployment);
    const user = inventory.users.find(({ userName }) => userName === name)!;
    const session = new Sessions(inventory).of(user);
    const { requests, verdict } = judgeFile(inventory, user, { operation, path, to });
    const decisions = requests.map(({ request }) => session.decide(request).allowed);
    if (decisions.length === 0) {
      return verdict === "allowed";
    }
    return clientOperations[operation].needs === "every" ? !decisions.includes(false) : decisions.includes(true);
  }

  it("answers as the sessions of the local gateway decide, whatever is asked", () => {
    fc.assert(
      fc.property(question, (one) => {
        const answer = sample.ask(asked(one)) as FileAnswer;
        expect(answer.verdict === "allowed").to.equal(isAllowed(sample.deployment, asked(one)));
      }),
      { seed, numRuns: 300 },
    );
  });

  it("proposes nothing that would not flip the evaluator's answer, and nearly always something", () => {
    let proposed = 0;
    const kinds = new Set<string>();
    fc.assert(
      fc.property(question, (one) => {
        const { change, verdict } = sample.ask(asked(one)) as FileAnswer;
        if (change === undefined) {
          return;
        }
        proposed += 1;
        kinds.add(change.kind);
        const after =
          change.kind === "path"
            ? change.paths.map((path) =>
                isAllowed(sample.deployment, {
                  ...asked(one),
                  path,
                  ...("to" in asked(one) ? { to: `${path}2` } : {}),
                }),
              )
            : [isAllowed(withWritten(sample.deployment, change.writes), asked(one))];
        expect(after).to.deep.equal(after.map(() => verdict !== "allowed"));
      }),
      { seed, numRuns: 200 },
    );
    expect(proposed).to.be.greaterThan(150);
    expect([...kinds].sort()).to.deep.equal(["documents", "path", "tenants"]);
  });

  const documents = ["User", "RolePolicy", "BucketPolicy"] as const;
  const broken = fc.record({
    document: fc.constantFrom(...documents),
    kind: fc.constantFrom("deny", "remove"),
    at: fc.nat(5),
    name: fc.constantFrom("acme", "northwind"),
    operation: fc.constantFrom("put" as const, "get" as const, "ls" as const, "rm" as const, "mkdir" as const),
  });

  it("names the statement that was changed, in the document that was changed", () => {
    let found = 0;
    fc.assert(
      fc.property(broken, ({ document, kind, at, name, operation }) => {
        const one = { about: "file" as const, name, operation, path: name === "acme" ? "/a.csv" : "/Catalogue/a.csv" };
        const before = sample.ask(one) as FileAnswer;
        expect(before.verdict).to.equal("allowed");
        const resource = resourceOf(sample.deployment, document, name);
        const statements = statementsOf(resource);
        const step = before.steps.at(-1)!;
        const deny = {
          Sid: "Broken",
          Effect: "Deny",
          ...(document === "BucketPolicy" ? { Principal: "*" } : {}),
          Action: step.action,
          Resource: "*",
        };
        const position = at % (statements.length + 1);
        const voice = step.documents.find(({ source }) => source === `${document} "${resource.name}", "policy"`);
        const removed = kind === "remove" && document !== "BucketPolicy" ? voice?.index : undefined;
        const changed =
          removed === undefined
            ? [...statements.slice(0, position), deny, ...statements.slice(position)]
            : statements.filter((_, index) => index !== removed);
        const value = JSON.stringify({ Version: "2012-10-17", Statement: changed });
        const deployment = withWritten(sample.deployment, [{ urn: resource.urn, input: "policy", value }]);
        const answer = sample.ask(one, deployment) as FileAnswer;
        const speaking = answer.steps
          .at(-1)!
          .documents.find(({ source }) => source === `${document} "${resource.name}", "policy"`);
        expect(answer.verdict).to.equal("denied");
        expect(speaking?.says).to.equal(removed === undefined ? "denies" : "nothing");
        expect([speaking?.index, speaking?.statement]).to.deep.equal(
          removed === undefined ? [position, "Broken"] : [undefined, undefined],
        );
        const others = answer.steps.at(-1)!.documents.filter((each) => each !== speaking);
        expect(others.map(({ says }) => says)).not.to.include("denies");
        expect(answer.change?.kind).to.equal(document === "User" ? "deploy" : "documents");
        expect(isAllowed(withWritten(deployment, writesOf(answer)), one)).to.equal(true);
        found += 1;
      }),
      { seed, numRuns: 120 },
    );
    expect(found).to.equal(120);
  });

  it("tells all denials of a document that denies twice, and takes both away", () => {
    const resource = resourceOf(sample.deployment, "BucketPolicy", "acme");
    const deny = (Sid: string) => ({ Sid, Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "*" });
    const value = JSON.stringify({ Version: "2012-10-17", Statement: [deny("One"), deny("Two")] });
    const deployment = withWritten(sample.deployment, [{ urn: resource.urn, input: "policy", value }]);
    const { change } = sample.files("acme put /a.csv", deployment);
    expect(change?.kind === "documents" && change.edits.map(({ remove }) => remove)).to.deep.equal(["One", "Two"]);
  });
});

function writesOf({ change }: FileAnswer) {
  return change === undefined || change.kind === "path" ? [] : change.writes;
}

/** The document that decides about the user. */
function resourceOf(
  { resources }: Deployment,
  type: "User" | "RolePolicy" | "BucketPolicy",
  name: string,
): DeployedResource {
  const names = { User: `gateway-${name}`, RolePolicy: "gateway-read-write", BucketPolicy: undefined };
  return resources.find((each) => each.type.endsWith(`:${type}`) && (names[type] ?? each.name) === each.name)!;
}

function statementsOf({ inputs }: DeployedResource): Statement[] {
  const { policy } = inputs;
  return (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;
}
