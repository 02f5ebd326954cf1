import { suggestion } from "./explain";
import { listed, quoted } from "./quote";
import type { Report } from "./report";
import type { Path, Places } from "./tree";

/** A list of stacks as it stands in the file. */
export interface StackList {
  readonly list: readonly (string | undefined)[];
  readonly path: Path;
  readonly tenant: string | undefined;
  /** Which of the stacks the list may name, and what it counts as when something in it is wrong. */
  readonly allowed: readonly string[];
  /** What has the list, within a tenant: `the key`. */
  readonly bearer?: string;
}

/** Reads lists of stacks, reporting names that are no stack, stand twice, or are none of the tenant's. */
export class StackLists {
  constructor(
    private readonly places: Places,
    private readonly report: Report,
    private readonly stacks: readonly string[],
  ) {}

  read({ list, path, tenant, allowed, bearer = "the list" }: StackList): readonly string[] {
    const named = new Set<string>();
    list.forEach((stack, index) => {
      const fault = stack === undefined ? undefined : this.faultOf(stack, named, allowed, bearer);
      if (fault !== undefined) {
        this.report.error(() => this.places.of([...path, index]), fault, tenant);
      } else if (stack !== undefined) {
        named.add(stack);
      }
    });
    return named.size === list.length ? [...named] : allowed;
  }

  private faultOf(
    stack: string,
    named: ReadonlySet<string>,
    allowed: readonly string[],
    bearer: string,
  ): string | undefined {
    if (!this.stacks.includes(stack)) {
      const known = `there are ${listed(this.stacks) || "none"} (the files Pulumi.<stack>.yaml)`;
      return `unknown environment ${quoted(stack)}; ${suggestion(stack, this.stacks) ?? known}`;
    }
    if (named.has(stack)) {
      return `environment ${quoted(stack)} is listed twice`;
    }
    return allowed.includes(stack)
      ? undefined
      : `${bearer} names environment ${quoted(stack)}, which the tenant is not in; ` +
          "add it to the tenant's environments or remove it here";
  }
}
