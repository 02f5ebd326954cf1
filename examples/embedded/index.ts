import * as pulumi from "@pulumi/pulumi";
import { SftpGateway } from "../../components/gateway";

const stack = pulumi.getStack();

/** Who delivers to us. */
const suppliers = new SftpGateway("suppliers", {
  tenantsFile: "suppliers.yaml",
  namePrefix: `suppliers-${stack}`,
  protect: false,
});

/** Whom we deliver to; some of them are suppliers too, under the same name. */
const customers = new SftpGateway(
  "customers",
  { tenantsFile: "customers.yaml", namePrefix: `customers-${stack}`, protect: false },
  {
    // What a child is made of can be changed, but for what decides who reaches which files.
    transformations: [
      ({ type, props, opts }) =>
        type === "aws:cloudwatch/logGroup:LogGroup" ? { props: { ...props, retentionInDays: 731 }, opts } : undefined,
    ],
  },
);

export const suppliersEndpoint = suppliers.endpoint;
export const customersEndpoint = customers.endpoint;
/** What is made of each upload of a supplier goes on from here. */
export const deliveries = suppliers.uploadsTopicArn;
