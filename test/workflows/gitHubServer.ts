import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface StoredPost {
  readonly id: number;
  readonly number: number;
  body: string;
  readonly user: { readonly login: string };
  state: string;
  title?: string;
}

const own = "github-actions[bot]";

/** GitHub's REST API as far as the reports use it, on loopback. What it does not know it refuses. */
export class GitHubServer {
  readonly posts: StoredPost[] = [];
  /** Commit and status of the deployments by environment, the newest first. */
  readonly deployments: Record<string, { sha: string; state: string }[]> = {};
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then(
        (content) => response.end(JSON.stringify(content)),
        (error: Error) => {
          response.statusCode = 422;
          response.end(error.message);
        },
      );
    });
  }

  /** Starts it. @returns The environment in which GitHub runs a step. */
  async start(): Promise<Record<string, string>> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    const { port } = this.server.address() as AddressInfo;
    return { GITHUB_API_URL: `http://127.0.0.1:${port}`, GITHUB_REPOSITORY: "acme/gateway", GITHUB_TOKEN: "token" };
  }

  stop(): void {
    this.server.close();
  }

  /** A post that is there already. */
  add(body: string, login = own, state = "open"): StoredPost {
    const id = this.posts.length + 1;
    const post = { id, number: id, body, user: { login }, state };
    this.posts.push(post);
    return post;
  }

  private async answer(request: IncomingMessage): Promise<unknown> {
    if (request.headers.authorization !== "Bearer token") {
      throw new Error("Requires authentication");
    }
    const url = new URL(request.url ?? "", "http://github");
    const [, , , , resource = "", ...rest] = url.pathname.split("/");
    const content = (request.method === "GET" ? {} : JSON.parse(await text(request))) as Partial<StoredPost>;
    if (resource === "deployments") {
      return this.deploymentAnswer(url, rest);
    }
    if (request.method === "GET") {
      return this.page(url, rest.length > 0 ? this.posts : this.posts.filter(({ state }) => state === "open"));
    }
    const post =
      request.method === "POST"
        ? this.add(content.body ?? "")
        : this.posts.find(({ id }) => id === Number(rest.at(-1)));
    return Object.assign(post ?? {}, content);
  }

  private page(url: URL, all: readonly unknown[]): unknown[] {
    const size = Number(url.searchParams.get("per_page") ?? 30);
    const first = (Number(url.searchParams.get("page") ?? 1) - 1) * size;
    return all.slice(first, first + size);
  }

  private deploymentAnswer({ searchParams }: URL, [id]: string[]): unknown {
    const all = Object.values(this.deployments).flat();
    if (id !== undefined) {
      return [{ state: all[Number(id)]?.state }, { state: "in_progress" }];
    }
    const ofEnvironment = this.deployments[searchParams.get("environment") ?? ""] ?? [];
    return ofEnvironment.map((deployment) => ({ id: all.indexOf(deployment), sha: deployment.sha }));
  }
}
