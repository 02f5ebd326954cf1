import { expect } from "chai";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeFolder } from "../../functions/codeFolder";
import { newKeyPair } from "../../local/ssh/keyPair";
import type { Deployment } from "../../synth/deployment";
import { bucket, deploymentOf, policyText, resource, roleArn, type DeploymentDraft } from "./setting/deployment";
import { inLambdaMode } from "./setting/lambdaMode";
import { clientOf } from "./setting/protocol";
import { RunningGateway, temporaryFolder } from "./setting/running";

const own = newKeyPair("own");
const users = deploymentOf({ tenant: "acme", publicKeys: [own.publicKey] });

describe("a function that decides logins and is not as it should be", () => {
  let running: RunningGateway | undefined;
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  /** What the log says of a login with the throw-away password that is refused; `in` when it is not. */
  async function said(deployment: Deployment, codeFolder?: string): Promise<unknown> {
    const started = await RunningGateway.start(deployment, codeFolder === undefined ? {} : { codeFolder });
    running = started;
    const { password } = started.gateway.tenants[0]!;
    try {
      (await clientOf({ port: started.port, username: "acme", password: password! })).end();
      return "in";
    } catch (error) {
      expect((error as Error).message).to.equal("All configured authentication methods failed");
    }
    await started.until(() => started.eventsOf("AUTH_FAILURE").length === 1);
    return started.eventsOf("AUTH_FAILURE")[0]!["message"];
  }

  /** The same with code of the test's own in the function's place. */
  async function saidOf(handler: string): Promise<unknown> {
    const code = temporaryFolder();
    try {
      const deployment = await inLambdaMode(users);
      const { archive } = resource(deployment, "Function").inputs["code"] as { archive: string };
      cpSync(join(codeFolder, archive), join(code.path, archive), { recursive: true });
      writeFileSync(join(code.path, archive, "index.mjs"), `export const handler = async () => { ${handler} };`);
      return await said(deployment, code.path);
    } finally {
      code.remove();
    }
  }

  const returns = (more: object) => {
    const HomeDirectoryDetails = JSON.stringify([{ Entry: "/", Target: `/${bucket}/tenants/acme` }]);
    return `return ${JSON.stringify({ Role: roleArn, HomeDirectoryType: "LOGICAL", HomeDirectoryDetails, ...more })}`;
  };

  describe("lets nobody in", () => {
    it("when the service may not invoke it for this server", async () => {
      const deployment = structuredClone(await inLambdaMode(users));
      const other = "arn:aws:transfer:eu-central-1:123456789012:server/s-00000000000000000";
      resource(deployment, "Permission").inputs["sourceArn"] = other;
      expect(await said(deployment)).to.match(
        /^transfer\.amazonaws\.com may not do lambda:InvokeFunction on Function "gateway-identity-provider" for arn:/,
      );
    });

    it("when its role may not read the table, which its own log says", async () => {
      const deployment = structuredClone(await inLambdaMode(users));
      const statements = [{ Effect: "Allow", Action: "dynamodb:Query", Resource: "*" }];
      resource(deployment, "RolePolicy", "identity-provider-1234567").inputs["policy"] = policyText(statements);
      expect(await said(deployment)).to.equal("the identity provider does not let it in");
      await running!.until(() =>
        running!.deliveries.some((event) => JSON.stringify(event).includes('"cause":"table"')),
      );
      expect(JSON.stringify(running!.deliveries)).to.include("AccessDeniedException");
    });

    const unevaluable = '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}';
    const unreadable = "the identity provider's answer cannot be read at ";
    for (const [what, handler, message] of [
      ["throws", "throw new TypeError('a bug')", "the identity provider failed: TypeError: a bug"],
      ["answers nothing", "", `${unreadable}its beginning`],
      ["answers text", "return 'acme'", `${unreadable}its beginning`],
      ["names no role", returns({ Role: undefined }), `${unreadable}Role`],
      ["answers what is not reproduced", returns({ PosixProfile: {} }), `${unreadable}its beginning`],
      ["shows no folders", returns({ HomeDirectoryDetails: "/" }), `${unreadable}HomeDirectoryDetails`],
      [
        "answers a password with keys",
        returns({ PublicKeys: [own.publicKey] }),
        "the identity provider answered a password with keys, which the service does not take",
      ],
      [
        "names a role that is none of the deployment",
        returns({ Role: `${roleArn}8` }),
        'User "acme": its role is not part of the deployment',
      ],
      [
        "hands out a session policy that cannot be evaluated",
        returns({ Policy: unevaluable }),
        'User "acme", "policy": policy, statement 0, Effect: Effect is neither "Allow" nor "Deny"',
      ],
    ] as const) {
      it(`when it ${what}`, async () => expect(await saidOf(handler)).to.equal(message));
    }
  });

  it("lets in by an answer that has none of these faults", async () => {
    expect(await saidOf(returns({}))).to.equal("in");
  });

  describe("is not served", () => {
    async function refusal(change: (deployment: DeploymentDraft) => void): Promise<string> {
      const deployment = structuredClone(await inLambdaMode(users));
      change(deployment);
      try {
        running = await RunningGateway.start(deployment);
        return "served";
      } catch (error) {
        return (error as Error).message;
      }
    }

    it("when it is none of the deployment", async () => {
      const change = (draft: DeploymentDraft) => (resource(draft, "Server").inputs["function"] = "arn:aws:lambda:::f");
      expect(await refusal(change)).to.equal(
        'Server "gateway": "function" is arn:aws:lambda:::f, which is not in the deployment: whom it lets in cannot be told',
      );
    });

    it("when its table is none of the deployment", async () => {
      expect(await refusal((draft) => (resource(draft, "Table").inputs["name"] = "other"))).to.equal(
        'Function "gateway-identity-provider": its environment variable TABLE_NAME names no table of the deployment',
      );
    });

    it("when its code is not there", async () => {
      const change = (draft: DeploymentDraft) =>
        void Object.assign(resource(draft, "Function").inputs["code"] as object, { archive: "0".repeat(64) });
      expect(await refusal(change)).to.match(
        /^Function "gateway-identity-provider": its code, .*index\.mjs, is not there/,
      );
    });

    it("when the server takes methods that nobody knows", async () => {
      const change = (draft: DeploymentDraft) =>
        (resource(draft, "Server").inputs["sftpAuthenticationMethods"] = "EITHER");
      expect(await refusal(change)).to.equal('Server "gateway": "sftpAuthenticationMethods" EITHER is not known here');
    });
  });
});
