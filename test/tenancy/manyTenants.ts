import { publicKey } from "../publicKeys";

/** A valid tenants.yaml of that many tenants with one key each, the same in every run. For limits and benchmarks. */
export function manyTenants(count: number): string {
  return `tenants:\n${Array.from({ length: count }, (_, index) => oneTenant(index)).join("")}`;
}

function oneTenant(index: number): string {
  const name = `tenant-${String(index).padStart(5, "0")}`;
  return `  - name: ${name}\n    sshKeys:\n      - ${publicKey(index).text} ${name}\n`;
}
