import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface HostNameArgs {
  /** What partners connect to. */
  readonly hostname: string;
  /** The zone of Route 53 that gets the record. */
  readonly hostedZoneId: string;
  /** The server's fixed addresses, which outlive it; none: the name stands for AWS's own. */
  readonly addresses: readonly pulumi.Input<string>[];
  /** AWS's own name of the server. */
  readonly endpoint: pulumi.Input<string>;
}

/** Seconds for which a resolver keeps the answer: so long partners may miss a change. */
const timeToLive = 300;

/** The record of the host name that partners connect to. It costs about 0.50 USD a month for the zone, which there is. */
export class HostName extends pulumi.ComponentResource {
  constructor(name: string, args: HostNameArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:HostName", name, {}, opts);
    new aws.route53.Record(
      name,
      {
        zoneId: args.hostedZoneId,
        name: args.hostname,
        ttl: timeToLive,
        ...(args.addresses.length > 0
          ? { type: "A", records: [...args.addresses] }
          : { type: "CNAME", records: [args.endpoint] }),
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
