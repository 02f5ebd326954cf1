import type { StackLists } from "./environments";
import type { PublicKey } from "./model";
import { parsePublicKey, privateKeyFault, privateKeysIn } from "./publicKey";
import type { Report } from "./report";
import { tenantName, type TenantsFile } from "./schema";
import type { Draft } from "./shape";
import type { KeyEntry, Subject } from "./subject";
import type { Path, Places } from "./tree";

/** Resolves the tenants of a file, reporting keys and stacks that are wrong by themselves. */
export class Resolver {
  /**
   * @param places Where things stand in the file.
   * @param report Where mistakes go.
   * @param stackLists Reads `environments`.
   * @param stacks Every stack of the project.
   */
  constructor(
    private readonly places: Places,
    private readonly report: Report,
    private readonly stackLists: StackLists,
    private readonly stacks: readonly string[],
  ) {}

  subjects(file: Draft<TenantsFile>): Subject[] {
    const subjects: Subject[] = [];
    file.tenants?.forEach((draft, index) => {
      if (draft !== undefined) {
        subjects.push(this.subject(draft, ["tenants", index]));
      }
    });
    return subjects;
  }

  private subject(draft: Subject["draft"], path: Path): Subject {
    const name = draft.name !== undefined && tenantName.test(draft.name) ? draft.name : undefined;
    const environments =
      draft.environments === undefined
        ? this.stacks
        : this.stackLists.read({
            list: draft.environments,
            path: [...path, "environments"],
            tenant: name,
            allowed: this.stacks,
          });
    const keys: KeyEntry[] = [];
    const listIsWrong = "sshKeys" in draft && draft.sshKeys === undefined;
    const subject: Subject = {
      path,
      draft,
      name,
      userName: "userName" in draft ? draft.userName : name,
      environments,
      keys: listIsWrong ? undefined : keys,
    };
    draft.sshKeys?.forEach((entry, index) => keys.push(this.keyEntry(entry, [...path, "sshKeys", index], subject)));
    return subject;
  }

  private keyEntry(entry: NonNullable<Subject["draft"]["sshKeys"]>[number], path: Path, subject: Subject): KeyEntry {
    const { environments, name } = subject;
    if (typeof entry === "string" || entry === undefined) {
      return { path, subject, key: this.key(entry, path, name), expires: undefined, environments };
    }
    return {
      path,
      subject,
      key: this.key(entry.key, [...path, "key"], name),
      expires: entry.expires,
      environments:
        entry.environments === undefined
          ? environments
          : this.stackLists.read({
              list: entry.environments,
              path: [...path, "environments"],
              tenant: name,
              allowed: environments,
              bearer: "the key",
            }),
    };
  }

  private key(text: string | undefined, path: Path, tenant: string | undefined): PublicKey | undefined {
    if (text === undefined) {
      return undefined;
    }
    const { key, fault } = parsePublicKey(text);
    if (fault !== undefined && !this.isReported(fault)) {
      this.report.error(() => this.places.of(path), fault, tenant);
    }
    return key;
  }

  /** Private keys have been looked for in the whole text, and are reported where they begin. */
  private isReported(fault: string): boolean {
    return fault === privateKeyFault && privateKeysIn(this.report.text).length > 0;
  }
}
