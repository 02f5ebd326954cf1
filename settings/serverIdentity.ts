import { characterName } from "../tenancy/quote";
import { faultOfHostKey, faultOfHostKeyPublic } from "./hostKey";
import type { AnySetting } from "./setting";

/** Characters. Source: Transfer Family API reference, CreateServer, PreAuthenticationLoginBanner. */
const longestBanner = 4096;

/** What a client sees of the server before it logs in. */
export const serverIdentity = {
  hostKey: {
    type: "text",
    default: "",
    isSecret: true,
    description:
      "Private half of the server's host key, the one setting that is encrypted. The server gets it when it is created. " +
      "Empty means that the service makes one",
    fault: (key) => (key === "" ? undefined : faultOfHostKey(key)),
  },
  hostKeyPublic: {
    type: "text",
    default: "",
    isWithheld: true,
    description:
      "Public half of hostKey, the line of its .pub file, which partners pin; a change shows every client another host key. " +
      "Empty where hostKey is",
    fault: (line) => (line === "" ? undefined : faultOfHostKeyPublic(line)),
  },
  loginBanner: {
    type: "text",
    default: "",
    description: "Text that clients are shown before they log in, in ASCII. Empty means none",
    fault: faultOfBanner,
  },
} as const satisfies Readonly<Record<string, AnySetting>>;

function faultOfBanner(text: string): string | undefined {
  if (text.length > longestBanner) {
    return `it has ${text.length} characters; Transfer takes at most ${longestBanner}`;
  }
  const [character] = /[^\t-\r -~]/u.exec(text) ?? [];
  return (
    character && `it holds ${characterName(character)}; Transfer takes printable ASCII, tabs and line breaks alone`
  );
}
