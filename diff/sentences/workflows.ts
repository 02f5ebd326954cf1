import { environmentsFile } from "../../settings/environments";
import { plain } from "../sentence";
import { tell } from "../telling";

/** How the list of what the workflows deploy has a stack, among the settings of a side. */
export const approval = `${environmentsFile}, approval` as const;

/** When the workflows deploy a stack; `never` is one that is not in their list. */
export type Deployed = "at once" | "after approval" | "never";

const sentences: Readonly<Record<Deployed, string>> = {
  "at once":
    "the workflows deploy it as soon as it is merged; whether somebody is asked is up to its environment on GitHub alone",
  "after approval": "the workflows deploy it after those that need no approval, when somebody has approved its plan",
  never: "the workflows no longer deploy it",
};

/** What the list of what the workflows deploy says of a stack. */
export const workflowSentences = {
  [approval]: tell({
    marks: ({ from, to }: Record<"from" | "to", Deployed>) =>
      from === "after approval" && to === "at once" ? ["dangerous"] : [],
    say: ({ to }: Record<"from" | "to", Deployed>) => plain(sentences[to]),
  }),
};
