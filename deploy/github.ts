import { UserError } from "../userError";

/** A comment or an issue, as far as it matters here. */
export interface Post {
  /** Of a comment. */
  readonly id: number;
  /** Of an issue. */
  readonly number?: number;
  readonly body: string | null;
  readonly user: { readonly login: string } | null;
}

/** Who posts with a workflow's token. Anybody can write our marker; only this account's posts are ours to change. */
const ownLogin = "github-actions[bot]";

/** GitHub takes no longer ones. */
const maxBodyLength = 65_536;

const pageSize = 100;

/** The first of the posts in a list that carries the marker and was posted by a workflow. */
export async function ownPost(path: string, marker: string): Promise<Post | undefined> {
  for (let page = 1; ; page++) {
    const separator = path.includes("?") ? "&" : "?";
    const posts = await request<Post[]>("GET", `${path}${separator}per_page=${pageSize}&page=${page}`);
    const own = posts.find(({ body, user }) => user?.login === ownLogin && body?.startsWith(marker));
    if (own !== undefined || posts.length < pageSize) {
      return own;
    }
  }
}

/**
 * One request to GitHub's REST API, below the repository that the workflow runs for.
 * @throws UserError with GitHub's message when it refuses, or naming the variable that is missing in the environment.
 */
export async function request<Answer>(
  method: "GET" | "POST" | "PATCH",
  path: string,
  content?: object,
): Promise<Answer> {
  const repository = `${required("GITHUB_API_URL")}/repos/${required("GITHUB_REPOSITORY")}`;
  const response = await fetch(`${repository}/${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${required("GITHUB_TOKEN")}`,
      "x-github-api-version": "2022-11-28",
    },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  });
  if (!response.ok) {
    throw new UserError(`${method} ${path}: GitHub answers ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as Answer;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new UserError(`the environment variable ${name} is missing; this runs in a workflow of GitHub`);
  }
  return value;
}

/** A body as GitHub takes it: the marker, by which it is found again, and as much of the report as there is room for. */
export function bodyOf(marker: string, report: string): string {
  const body = `${marker}\n${report}`;
  const cut = "\n\n(cut off here; the whole is in the job's summary)\n";
  return body.length <= maxBodyLength ? body : `${body.slice(0, maxBodyLength - cut.length)}${cut}`;
}
