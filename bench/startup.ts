import { startedGateway } from "./gatewayProcess";
import { inTemporaryFolder, inTurn, measured, runNode, secondsSince, type Outcome } from "./measurement";

/** What `npm start` may take beyond the ratio: the gateway itself, however fast Pulumi loads. */
const allowanceSeconds = 1;

/** `npm start` until it is ready, less a second for the gateway itself, against loading Pulumi. */
export async function benchStartup(): Promise<Outcome[]> {
  const startup = () =>
    inTemporaryFolder(async (folder) => {
      const begun = performance.now();
      const gateway = await startedGateway(folder);
      const seconds = secondsSince(begun);
      await gateway.stop();
      return { seconds };
    });
  const { subject, floor } = await inTurn<"seconds">(startup, () => runNode(["-e", "require('@pulumi/pulumi')"]), 5);
  const ready = subject.seconds - allowanceSeconds;
  return [measured("npm start until ready, less 1 s, against loading Pulumi", "s", ready, floor.seconds, 2.5)];
}
