import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { inventoryOf } from "../../inventory/inventory";
import { Sessions } from "../../inventory/session";
import { clientOperations, operationNames, type OperationName } from "../../inventory/operations";
import type { Deployment } from "../../synth/deployment";
import { withWritten } from "../../why/excerpt";
import { judgeFile, verdictOf } from "../../why/file";
import type { FileAnswer, StepAnswer, Verdict } from "../../why/answer";
import { mutationsOf } from "./documentMutations";
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

describe("why", () => {
  let sample: Sample;
  before(async () => (sample = await Sample.of()));

  const answers = new Map<string, FileAnswer>();

  /** What is said of the deployment as it is: worked out once, whichever laws draw the question. */
  function answerOf(question: ReturnType<typeof asked>): FileAnswer {
    const key = JSON.stringify(question);
    const answer = answers.get(key) ?? (sample.ask(question) as FileAnswer);
    answers.set(key, answer);
    return answer;
  }

  function judged(deployment: Deployment, { name, operation, path, to }: ReturnType<typeof asked>) {
    const inventory = inventoryOf(deployment);
    const user = inventory.users.find(({ userName }) => userName === name)!;
    return { session: new Sessions(inventory).of(user), ...judgeFile(inventory, user, { operation, path, to }) };
  }

  /** What is decided of each step that a question takes. */
  function verdictsOn(deployment: Deployment, question: ReturnType<typeof asked>): readonly Verdict[] {
    return judged(deployment, question).requests.flatMap(({ steps }) => steps.map(verdictOf));
  }

  /** Asks of a deployment, judged by the session alone: neither the steps nor the proposals of an answer. */
  function isAllowed(deployment: Deployment, question: ReturnType<typeof asked>): boolean {
    const { operation } = question;
    const { session, requests, verdict } = judged(deployment, question);
    const decisions = requests.map(({ request }) => session.decide(request).allowed);
    if (decisions.length === 0) {
      return verdict === "allowed";
    }
    return clientOperations[operation].needs === "every" ? !decisions.includes(false) : decisions.includes(true);
  }

  it("answers as the sessions of the local gateway decide, whatever is asked", () => {
    fc.assert(
      fc.property(question, (one) => {
        const answer = answerOf(asked(one));
        expect(answer.verdict === "allowed").to.equal(isAllowed(sample.deployment, asked(one)));
      }),
      { seed, numRuns: 150 },
    );
  });

  it("proposes nothing that would not flip the evaluator's answer, and nearly always something", () => {
    let proposed = 0;
    const kinds = new Set<string>();
    fc.assert(
      fc.property(question, (one) => {
        const { change, verdict } = answerOf(asked(one));
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
      { seed, numRuns: 150 },
    );
    expect(proposed).to.be.greaterThan(110);
    expect([...kinds].sort()).to.deep.equal(["documents", "path", "tenants"]);
  });

  it("names the statement that was changed, and no other document, in whatever comes out otherwise", () => {
    const changed = new Map<string, number>();
    fc.assert(
      fc.property(question, mutationsOf(sample.deployment), (one, { source, index, kind, ...written }) => {
        const deployment = withWritten(sample.deployment, [written]);
        if (isDeepStrictEqual(verdictsOn(deployment, asked(one)), verdictsOn(sample.deployment, asked(one)))) {
          return; // most changes are of another's documents, or of what is not asked for
        }
        const before = answerOf(asked(one));
        const after = sample.ask(asked(one), deployment) as FileAnswer;
        const steps = after.steps.map((step, at) => ({ step, was: before.steps[at]! }));
        for (const { step, was } of steps.filter(({ step, was }) => step.verdict !== was.verdict)) {
          const others = ({ documents }: StepAnswer) => documents.filter((each) => each.source !== source);
          expect(others(step)).to.deep.equal(others(was));
          const [now, then] = [step, was].map(({ documents }) => documents.find((each) => each.source === source));
          expect(now?.says === "nothing" ? then?.index : now?.index, `${kind} in ${source}`).to.equal(index);
          changed.set(kind, (changed.get(kind) ?? 0) + 1);
        }
        if (after.verdict !== before.verdict && after.change !== undefined) {
          const flipped = isAllowed(withWritten(deployment, writesOf(after)), asked(one));
          expect(flipped, `${kind} in ${source}`).to.equal(after.verdict !== "allowed");
        }
      }),
      { seed, numRuns: 400, includeErrorInReport: true },
    );
    expect(changed.size, JSON.stringify([...changed])).to.equal(6);
  });

  it("tells all denials of a document that denies twice, and takes both away", () => {
    const resource = sample.deployment.resources.find(({ type }) => type.endsWith(":BucketPolicy"))!;
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
