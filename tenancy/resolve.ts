import { type Project, readStacks } from "./environments";
import { readListeners } from "./notify";
import type { TenantsFile } from "./schema";
import type { Draft } from "./shape";
import type { Resolved, TenantDraft } from "./subject";
import type { Path } from "./tree";

/** Adds to a file what the project's stacks and the file's own text say about it. */
export function resolveStacks(
  { tenants = [], spaces = [], retired = [], retiredSpaces = [] }: Draft<TenantsFile>,
  project: Project,
): Resolved {
  return {
    subjects: tenants.flatMap((tenant, index) => {
      const path = ["tenants", index];
      return tenant === undefined ? [] : [{ path, tenant: resolveTenant(tenant, path, project) }];
    }),
    spaces: spaces.map(
      (space, index) => space && { ...space, notify: readListeners(space.notify, ["spaces", index], project) },
    ),
    retired,
    retiredSpaces,
  };
}

function resolveTenant(tenant: Draft<TenantsFile["tenants"][number]>, path: Path, project: Project): TenantDraft {
  const environments = readStacks(tenant.environments, path, project);
  return {
    // First, since V8 gives each object a shape of its own when its literal begins with a spread: the rules slow down.
    position: project.report.position([...path, "name"]),
    ...tenant,
    environments,
    sshKeys: tenant.sshKeys?.map((entry = {}, index) => {
      const { key, environments: list, ...limits } = entry;
      const stacks = readStacks(list, [...path, "sshKeys", index], project, environments, "the key");
      return { environments: stacks, ...key, ...limits };
    }),
    notify: readListeners(tenant.notify, path, project, environments),
  };
}
