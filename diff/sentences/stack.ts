import type { Detail } from "../details";
import { isInput, isRenamed } from "../explained";
import { plain, say } from "../sentence";
import { tell } from "../telling";

type Moved = Readonly<Record<"from" | "to", string>>;

const ofServer = ["aws:transfer/server:Server", "aws:transfer/user:User", "aws:transfer/sshKey:SshKey"];

/** What concerns everybody in a stack, beside its settings. */
export const stackSentences = {
  "stack-added": tell({
    /** @param settings `protect: false`, and so on. @param weak Those of them that leave a guard out. */
    say: ({ settings, weak }: Readonly<Record<"settings" | "weak", readonly string[]>>) =>
      weak.length === 0
        ? say`this environment is new, with ${settings.join(", ")}`
        : say`this environment is new, with ${settings.join(", ")}; mind ${weak.join(", ")}`,
    marks: ({ weak }) => (weak.length === 0 ? [] : ["dangerous"]),
  }),
  "stack-removed": tell({
    marks: ["dangerous"],
    say: () => say`its stack file is gone: what is deployed stays as it is, and nothing manages it any more`,
  }),
  "server-replaced": tell({
    marks: ["breaking", "dangerous"],
    say: () =>
      say`the server is replaced: its endpoint name and every host key that was not imported are lost, every user is recreated`,
    explains: ({ kind, resource }: Detail) => kind === "replaced" && ofServer.includes(resource?.type ?? ""),
  }),
  "endpoint-moved": tell({
    marks: ["breaking"],
    say: ({ from, to }: Moved) => say`clients connect to another host name: ${to} instead of ${from}`,
    explains: ({ kind, path, from, to }, moved) =>
      kind === "output" && (path[0] === "endpoint" ? to === moved.to : isRenamed({ from, to }, moved)),
  }),
  "bucket-moved": tell({
    marks: ["breaking"],
    say: ({ to, from }: Moved) =>
      say`files go to the bucket ${to} instead of ${from}; those that are there do not move along`,
    explains: ({ kind, resource }) => kind === "replaced" && resource?.type.startsWith("aws:s3/") === true,
  }),
  "fixed-cost-changed": tell({
    say: ({ from, to, asOf, region }: Moved & Readonly<Record<"asOf" | "region", string>>) =>
      say`a month in which nobody uses it costs ${plain(to)} USD instead of ${plain(from)} (prices of ${plain(region)} on ${plain(asOf)})`,
  }),
  /** Of a tenant or a space as well. */
  "data-lost": tell({
    marks: ["dangerous"],
    say: ({ name, outcome, holds }: Record<"name" | "outcome" | "holds" | "urn", string>) =>
      say`${name} is ${plain(outcome)}, and with it ${plain(holds)}`,
    explains: ({ kind, resource }, { urn }) => (kind === "deleted" || kind === "replaced") && resource?.urn === urn,
  }),
  "function-changed": tell({
    say: ({ name }: { readonly name: string }) => say`the function ${name} runs other code`,
    explains: (detail, { name }) =>
      detail.resource?.name === name && isInput(detail, "aws:lambda/function:Function", "code"),
  }),
  "dashboard-changed": tell({
    say: () => say`the dashboard shows other things`,
    explains: (detail: Detail) => isInput(detail, "aws:cloudwatch/dashboard:Dashboard", "dashboardBody"),
  }),
};
