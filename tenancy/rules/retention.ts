import type { Inspection } from "../subject";

/**
 * Tenants of a stack whose files expire, a lifecycle rule each. Source: S3 User Guide, "Setting an S3 Lifecycle configuration on
 * a bucket": 1,000 rules. One of them is the gateway's own.
 */
export const maxRetentions = 999;

/** A bucket takes the rules of all. Suspended tenants count: their files go on to expire. */
export function checkRetention({ subjects, checkedStacks, report }: Inspection): void {
  const retaining = subjects.filter(({ tenant }) => tenant.retentionDays !== undefined);
  for (const stack of checkedStacks) {
    const excess = retaining.filter(({ tenant }) => tenant.environments.includes(stack))[maxRetentions];
    if (excess !== undefined) {
      const message =
        `this is tenant ${maxRetentions + 1} with "retentionDays" in ${stack}, and S3 takes rules for ${maxRetentions} ` +
        "in a bucket; leave it out of others, or move tenants to a stack of their own";
      report.error([...excess.path, "retentionDays"], message);
    }
  }
}
