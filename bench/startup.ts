import { GatewayProcess } from "./gatewayProcess";
import { measured, median, runNode, type Outcome } from "./measurement";

/** What `npm start` may take beyond the ratio: the gateway itself, however fast Pulumi loads. */
const allowanceSeconds = 1;
const rounds = 5;

/** `npm start` until it is ready, less a second for the gateway itself, against loading Pulumi. */
export async function benchStartup(): Promise<Outcome[]> {
  const floors: number[] = [];
  const startups: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    floors.push((await runNode(["-e", "require('@pulumi/pulumi')"])).seconds);
    const begun = performance.now();
    const gateway = await GatewayProcess.start();
    startups.push((performance.now() - begun) / 1000);
    await gateway.stop();
  }
  const ready = median(startups) - allowanceSeconds;
  return [measured("npm start until ready, less 1 s, against loading Pulumi", "s", ready, median(floors), 2.5)];
}
