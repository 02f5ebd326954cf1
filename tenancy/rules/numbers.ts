import type { Inspection } from "../subject";
import { writtenAt } from "../tree";

/** Days stand as people count them: to some readers of YAML 030 are 24, and few reviewers know what 0o36 is. */
export function checkNumbers({ subjects, report }: Inspection): void {
  for (const { path, tenant } of subjects.filter((subject) => subject.tenant.retentionDays !== undefined)) {
    const place = [...path, "retentionDays"];
    const days = String(tenant.retentionDays);
    const written = writtenAt(report.root, place) ?? days;
    if (written !== days) {
      report.error(place, `retentionDays ${written} is read as ${days}; write ${days}`);
    }
  }
}
