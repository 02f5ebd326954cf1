import { StackLists } from "./environments";
import { ListenerResolver } from "./notify";
import type { Report } from "./report";
import type { TenantsFile } from "./schema";
import type { Draft } from "./shape";
import type { KeyDraft, Resolved, TenantDraft } from "./subject";
import type { Path, Places } from "./tree";

type TenantEntry = Draft<TenantsFile["tenants"][number]>;
type KeyEntry = Draft<TenantsFile["tenants"][number]["sshKeys"][number]>;

/** Adds to a file what the project's stacks and the file's own text say about it. */
export class Resolver {
  private readonly stackLists: StackLists;
  private readonly listeners: ListenerResolver;

  /**
   * @param places Where things stand in the file.
   * @param report Where mistakes go.
   * @param stacks Every stack of the project.
   */
  constructor(
    private readonly places: Places,
    private readonly report: Report,
    private readonly stacks: readonly string[],
  ) {
    this.stackLists = new StackLists(places, report, stacks);
    this.listeners = new ListenerResolver(places, report, this.stackLists);
  }

  resolve({ tenants = [], spaces = [], retired = [] }: Draft<TenantsFile>): Resolved {
    return {
      subjects: tenants.flatMap((tenant, index) => {
        const path: Path = ["tenants", index];
        return tenant === undefined ? [] : [{ path, tenant: this.tenant(tenant, path) }];
      }),
      spaces: spaces.map(
        (space, index) =>
          space && {
            ...space,
            notify: this.listeners.resolve(space.notify, { path: ["spaces", index], environments: this.stacks }),
          },
      ),
      retired,
    };
  }

  private tenant(tenant: TenantEntry, path: Path): TenantDraft {
    const { name, environments: list } = tenant;
    const environments =
      list === undefined
        ? this.stacks
        : this.stackLists.read({ list, path: [...path, "environments"], tenant: name, allowed: this.stacks });
    return {
      // First, since V8 gives each object a shape of its own when its literal begins with a spread: the rules slow down.
      position: this.report.position(this.places.of([...path, "name"])),
      ...tenant,
      environments,
      sshKeys: tenant.sshKeys?.map((key, index) => this.key(key, [...path, "sshKeys", index], name, environments)),
      notify: this.listeners.resolve(tenant.notify, { path, environments, tenant: name }),
    };
  }

  private key(entry: KeyEntry = {}, path: Path, tenant: string | undefined, allowed: readonly string[]): KeyDraft {
    const { key, environments: list, ...limits } = entry;
    const environments =
      list === undefined
        ? allowed
        : this.stackLists.read({ list, path: [...path, "environments"], tenant, allowed, bearer: "the key" });
    return { environments, ...key, ...limits };
  }
}
