import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Whether this system tells of its processes; elsewhere what is looked for in them is not looked for. */
export const tellsOfProcesses = existsSync("/proc/self/stat");

/** The processes that a process has started with a script of this name. */
export function childrenOf(pid: number, script: string): number[] {
  const all = tellsOfProcesses ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
  return all.map(Number).filter((child) => statusOf(child)?.parent === pid && commandOf(child).includes(script));
}

/** Resolves once a process has ended, whether or not anybody has taken note of that. */
export async function ended(pid: number): Promise<void> {
  while (statusOf(pid) !== undefined) {
    await new Promise((again) => setTimeout(again, 20));
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function statusOf(pid: number): { readonly parent: number } | undefined {
  try {
    // The name, in brackets, may hold anything; state and parent follow it.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
    return state === "Z" ? undefined : { parent: Number(parent) };
  } catch {
    return undefined;
  }
}
