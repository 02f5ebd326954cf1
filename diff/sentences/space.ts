import { say } from "../sentence";
import { tell } from "../telling";

type AtPrefix = { readonly prefix: string };

/** What happens to a space as a whole; who may do what in it stands with the tenants. */
export const spaceSentences = {
  "space-added": tell({ say: ({ prefix }: AtPrefix) => say`is new; its files lie in ${prefix}` }),
  "space-removed": tell({
    say: ({ prefix }: AtPrefix) => say`is removed; its files stay in ${prefix}, where nobody reaches them`,
  }),
  "space-not-retired": tell({
    marks: ["dangerous"],
    say: ({ prefix }: AtPrefix) =>
      say`is not put into "retiredSpaces": the members of the next space of that name get the files in ${prefix}`,
  }),
  "space-retired": tell({
    say: ({ prefix }: AtPrefix) => say`its name is retired: no space gets it again, nor the files in ${prefix}`,
  }),
  "space-unretired": tell({
    marks: ["dangerous"],
    /** @param given Whether somebody has it at once. */
    say: ({ prefix, given }: AtPrefix & { readonly given: boolean }) =>
      given
        ? say`is taken out of "retiredSpaces" and declared again: its members get the files that were left in ${prefix}`
        : say`is taken out of "retiredSpaces": the members of the next space of that name get the files in ${prefix}`,
  }),
};
