import { tenantPrefix } from "../../access/grant";
import {
  isDocumentOfUser,
  isInput,
  isLandingFolder,
  isMappingOf,
  isPublished,
  isRecreatedUser,
  isSilence,
  isSilenceSwitch,
  isTakenOver,
  isUserAlone,
  isUserWithKeys,
} from "../explained";
import { plain, say } from "../sentence";
import { tell } from "../telling";

export interface NewUser {
  readonly userName: string;
  readonly description?: string | undefined;
  readonly contact?: string | undefined;
}

type Moved = Readonly<Record<"from" | "to", string>>;
type AtPrefix = { readonly prefix: string };

const userType = "aws:transfer/user:User";

/** What happens to a tenant as a whole. */
export const tenantSentences = {
  "tenant-added": tell({
    say: ({ userName, description, contact }: NewUser) => {
      const about = description === undefined ? plain("") : say`: "${description}"`;
      const whom = contact === undefined ? plain("") : say`, contact "${contact}"`;
      return say`is new and logs in as ${userName}${about}${whom}`;
    },
    explains: isUserAlone,
  }),
  /** In tenants.yaml from now on, but without a user. */
  "tenant-added-suspended": tell({ say: () => say`is new and suspended: it cannot log in` }),
  /** Gone from tenants.yaml; its files stay at the prefix. */
  "tenant-removed": tell({
    say: ({ prefix }: AtPrefix) => say`is removed and cannot log in any more; its files stay in ${prefix}`,
    explains: (detail) => isUserWithKeys(detail) || isSilence(detail),
  }),
  /** Still in tenants.yaml, and of this stack no longer. */
  "tenant-left": tell({
    say: ({ prefix }: AtPrefix) =>
      say`leaves this environment and cannot log in to it any more; its files stay in ${prefix}`,
    explains: (detail) => isUserWithKeys(detail) || isSilence(detail),
  }),
  "tenant-suspended": tell({
    say: () => say`is suspended and cannot log in; its files stay`,
    explains: (detail) => isUserWithKeys(detail) || isSilenceSwitch(detail),
  }),
  "tenant-resumed": tell({
    say: ({ userName }: NewUser) => say`is no longer suspended and logs in as ${userName}`,
    explains: (detail) => isUserAlone(detail) || isSilenceSwitch(detail),
  }),
  /** Removed, and another may be given the name, and with it the files. */
  "name-not-retired": tell({
    marks: ["dangerous"],
    say: ({ prefix }: AtPrefix) =>
      say`is not put into "retired": whoever gets the name next gets the files in ${prefix}`,
  }),
  "name-retired": tell({
    say: ({ prefix }: AtPrefix) => say`its name is retired: nobody gets it again, nor the files in ${prefix}`,
  }),
  /** It was among the names that nobody may bear again, and is no longer. */
  "name-unretired": tell({
    marks: ["dangerous"],
    /** @param given Whether somebody has it at once. */
    say: ({ prefix, given }: AtPrefix & { readonly given: boolean }) =>
      given
        ? say`is taken out of "retired" and given again: it gets the files that were left in ${prefix}`
        : say`is taken out of "retired": whoever gets the name next gets the files in ${prefix}`,
  }),
  /** The tenant has another name now: its files stay where they were. */
  "tenant-renamed": tell({
    marks: ["breaking"],
    say: ({ from, oldPrefix, newPrefix }: { from: string; oldPrefix: string; newPrefix: string }) =>
      say`was ${from}: its files stay in ${oldPrefix}, and it sees ${newPrefix} instead`,
    explains: (detail, { from }) =>
      isUserWithKeys(detail) ||
      isDocumentOfUser(detail) ||
      isInput(detail, userType, "tags", "sftp-gateway:tenant") ||
      (isMappingOf(detail, detail.path[1] ?? "") &&
        String(detail.from).includes(`/${tenantPrefix(from)}`.slice(0, -1))),
  }),
  /** The same under the name that it had. */
  "tenant-renamed-to": tell({
    say: ({ to }: { readonly to: string }) => say`is called ${to} now, see there`,
    explains: (detail) => isUserWithKeys(detail) || isSilence(detail),
  }),
  /** Another login name: AWS replaces the user. */
  "user-recreated": tell({
    marks: ["breaking"],
    say: ({ to, from }: Moved) => say`logs in as ${to} instead of ${from}: every client needs the new name`,
    explains: isRecreatedUser,
  }),
  /** The user stays and is another tenant's: what that tenant has itself is told of each of the two. */
  "login-taken-over": tell({
    say: ({ userName, former }: Record<"userName" | "former", string>) =>
      say`its login name ${userName} was ${former}'s until now, whose clients can no longer log in with it`,
    explains: (detail, { former }) => isTakenOver(detail, former),
  }),
  "landing-folder-moved": tell({
    marks: ["breaking"],
    say: ({ to, from }: Moved) => say`lands in ${to} instead of ${from}`,
    explains: isLandingFolder,
  }),
  "tag-changed": tell({
    say: ({ tag, to, from }: { readonly tag: string } & Record<"from" | "to", string | undefined>) =>
      to === undefined
        ? say`loses the tag ${tag}, which was ${from ?? ""}`
        : from === undefined
          ? say`gets the tag ${tag}: ${to}`
          : say`has ${to} instead of ${from} in its tag ${tag}`,
    explains: (detail, { tag }) => isInput(detail, userType, "tags", tag),
  }),
  /** Other documents with the same effect in the tenant's folders. */
  "policy-rewritten": tell({
    say: () => say`its policies are rewritten; with an ordinary file in its folders it can do the same as before`,
    explains: (detail) => isPublished(detail, "access", "prefixes"),
  }),
};
