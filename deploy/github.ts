import { UserError } from "../userError";

/** What GitHub tells a step of a workflow in its environment. */
export interface GitHubAccess {
  /** For example `https://api.github.com`. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
}

/** @throws Error naming the variable that is missing. */
export function gitHubAccess(environment: NodeJS.ProcessEnv): GitHubAccess {
  const required = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === "") {
      throw new UserError(`the environment variable ${name} is missing; this runs in a workflow of GitHub`);
    }
    return value;
  };
  return {
    apiUrl: required("GITHUB_API_URL"),
    repository: required("GITHUB_REPOSITORY"),
    token: required("GITHUB_TOKEN"),
  };
}

/** A comment or an issue, as far as it matters here. */
export interface Post {
  /** Of a comment. */
  readonly id: number;
  /** Of an issue. */
  readonly number?: number;
  readonly body: string | null;
  readonly user: { readonly login: string } | null;
  readonly state?: string;
}

/** Who posts with a workflow's token. Anybody can write our marker; only this account's posts are ours to change. */
const ownLogin = "github-actions[bot]";

/** GitHub takes no longer ones. */
export const maxBodyLength = 65_536;

const pageSize = 100;

/** The few requests that the reports need of GitHub's REST API. */
export class GitHub {
  constructor(private readonly access: GitHubAccess) {}

  /** The first of the posts in a list that carries the marker and was posted by a workflow. */
  async ownPost(path: string, marker: string): Promise<Post | undefined> {
    for (let page = 1; ; page++) {
      const separator = path.includes("?") ? "&" : "?";
      const posts = (await this.request("GET", `${path}${separator}per_page=${pageSize}&page=${page}`)) as Post[];
      const own = posts.find(({ body, user }) => user?.login === ownLogin && body?.startsWith(marker));
      if (own !== undefined || posts.length < pageSize) {
        return own;
      }
    }
  }

  /**
   * One request below the repository.
   * @throws Error with GitHub's message when it refuses.
   */
  async request(method: "GET" | "POST" | "PATCH", path: string, content?: object): Promise<unknown> {
    const { apiUrl, repository, token } = this.access;
    const response = await fetch(`${apiUrl}/repos/${repository}/${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "x-github-api-version": "2022-11-28",
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
    if (!response.ok) {
      throw new UserError(`${method} ${path}: GitHub answers ${response.status}: ${await response.text()}`);
    }
    return response.json();
  }
}

/** A body as GitHub takes it: the marker, by which it is found again, and as much of the report as there is room for. */
export function bodyOf(marker: string, report: string): string {
  const body = `${marker}\n${report}`;
  const cut = "\n\n(cut off here; the whole is in the job's summary)\n";
  return body.length <= maxBodyLength ? body : `${body.slice(0, maxBodyLength - cut.length)}${cut}`;
}
