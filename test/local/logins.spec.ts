import { expect } from "chai";
import { connected } from "./setting/protocol";
import { deploymentOf } from "./setting/deployment";
import { inLambdaMode } from "./setting/lambdaMode";
import { RunningGateway } from "./setting/running";

describe("a gateway whose logins a function decides", () => {
  it("lets in by the throw-away key", async () => {
    const running = await RunningGateway.start(await inLambdaMode(deploymentOf({ tenant: "acme" })));
    try {
      (await connected(running.port, "acme", running.privateKey("acme"))).end();
      console.log(running.password("acme"), running.deliveries);
    } finally {
      await running.stop();
    }
  });
});
