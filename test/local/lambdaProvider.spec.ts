import { expect } from "chai";
import type { Outcome } from "../../local/function/functionProcess";
import { LambdaProvider } from "../../local/logins/lambdaProvider";

/** A provider whose function answers when the test says so. */
function provider() {
  const events: unknown[] = [];
  const answers: ((outcome: Outcome) => void)[] = [];
  const prepared: string[] = [];
  const lambda = new LambdaProvider({
    methods: "PUBLIC_KEY_OR_PASSWORD",
    serverId: "s-0123456789abcdef0",
    process: {
      invoke: (_, event) => {
        events.push(event);
        return new Promise((answer) => answers.push(answer));
      },
      end: () => {
        answers.forEach((answer) => answer({ error: { errorType: "Runtime.ExitError", errorMessage: "killed" } }));
        return Promise.resolve();
      },
    },
    answers: { userOf: () => undefined },
    admit: () => undefined,
    prepare: (userName) => {
      prepared.push(userName);
      return Promise.resolve();
    },
  });
  return { lambda, events, answers, prepared };
}

const settled = () => new Promise((again) => setTimeout(again, 5));
const messageOf = (login: Promise<unknown>) =>
  login.then(
    () => "answered",
    (error: Error) => error.message,
  );

describe("the function that decides logins", () => {
  it("is asked in Transfer Family's words, without a password for keys", async () => {
    const { lambda, events, answers } = provider();
    for (const request of [{}, { password: "p" }, { password: "" }]) {
      void lambda.ask({ userName: "acme", sourceIp: "127.0.0.1", ...request });
      await settled();
      answers.at(-1)!({ answer: {} });
    }
    const asked = { username: "acme", protocol: "SFTP", serverId: "s-0123456789abcdef0", sourceIp: "127.0.0.1" };
    await settled();
    expect(events).to.deep.equal([asked, { ...asked, password: "p" }, { ...asked, password: "" }]);
  });

  it("finds the hash of a password in its table, which logins by key do not wait for", async () => {
    const { lambda, events, prepared } = provider();
    void lambda.ask({ userName: "by-key", sourceIp: "127.0.0.1" });
    await settled();
    expect([prepared, events.length]).to.deep.equal([[], 1]);
    void lambda.ask({ userName: "by-password", sourceIp: "127.0.0.1", password: "p" });
    await settled();
    expect(prepared).to.deep.equal(["by-password"]);
  });

  it("is asked one login at a time, also after one that failed", async () => {
    const { lambda, events, answers } = provider();
    const logins = ["a", "b"].map((userName) => messageOf(lambda.ask({ userName, sourceIp: "127.0.0.1" })));
    await settled();
    expect(events).to.have.lengthOf(1);
    answers[0]!({ error: { errorType: "Error", errorMessage: "no" } });
    await settled();
    expect(events).to.have.lengthOf(2);
    answers[1]!({ answer: {} });
    expect(await Promise.all(logins)).to.deep.equal(["the identity provider failed: Error: no", "answered"]);
  });

  it("is not started again for a login that waits when the gateway ends", async () => {
    const { lambda, events } = provider();
    const logins = ["a", "b"].map((userName) => messageOf(lambda.ask({ userName, sourceIp: "127.0.0.1" })));
    await settled();
    await lambda.end();
    expect(await Promise.all(logins)).to.deep.equal([
      "the identity provider failed: Runtime.ExitError: killed",
      "the gateway has ended",
    ]);
    expect(events).to.have.lengthOf(1);
  });
});
