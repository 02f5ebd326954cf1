import { resolve } from "node:path";
import { FileWatch } from "../local/fileWatch";
import { stackSettings } from "../settings/stackSettings";
import { projectDirectory } from "./command";
import { servedDeployment, type ServedDeployment } from "./servedDeployment";

/** What is served, and by whom changes are heard. */
export interface Following {
  readonly stack: string;
  /** Instead of the stack's tenants file, as the user gave it. */
  readonly tenantsFile: string | undefined;
  /** Hears what the synthesis has to say beside its result. */
  readonly warn: (said: string) => void;
  /** Serves what the files say now. */
  readonly change: (served: ServedDeployment) => Promise<void>;
  /** Hears why that is not possible. */
  readonly refuse: (error: unknown) => void;
}

/** Serves what the stack's file and its tenants file say, from one valid state to the next. */
export class Follower {
  private readonly watch = new FileWatch(() => this.changed());
  private superseded = new AbortController();
  private start: () => void = () => undefined;
  private working = new Promise<void>((start) => (this.start = start));

  /** Changes count from now on, and are served from `begin` on. */
  constructor(private readonly following: Following) {
    this.watchFiles();
  }

  begin(): void {
    this.start();
  }

  /** Nothing is changed any more when this resolves. */
  async end(): Promise<void> {
    this.watch.close();
    this.superseded.abort();
    this.start();
    await this.working;
  }

  private changed(): void {
    // Of what is synthesised for an older state nobody wants to know.
    this.superseded.abort();
    const { signal } = (this.superseded = new AbortController());
    this.working = this.working.then(() => this.serve(signal));
  }

  private async serve(signal: AbortSignal): Promise<void> {
    const { stack, tenantsFile, warn, change, refuse } = this.following;
    if (signal.aborted) {
      return;
    }
    this.watchFiles();
    try {
      const served = await servedDeployment({ stack, tenantsFile, signal, warn });
      if (!signal.aborted) {
        await change(served);
      }
    } catch (error) {
      if (!signal.aborted) {
        refuse(error);
      }
    }
  }

  /** The stack's file says which tenants file is its own. */
  private watchFiles(): void {
    const { stack, tenantsFile } = this.following;
    const { tenantsFile: own } = stackSettings(projectDirectory, stack).sound;
    const tenants = tenantsFile ?? (own === undefined ? undefined : resolve(projectDirectory, own));
    const files = [resolve(projectDirectory, `Pulumi.${stack}.yaml`), tenants];
    this.watch.watch(files.flatMap((file) => (file === undefined ? [] : [resolve(file)])));
  }
}
