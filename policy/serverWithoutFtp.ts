import { serverTypes, type ServerType } from "./resourceTypes";
import type { ResourceRule } from "./rule";
import { elements, notKnownYet } from "./seenResource";

/** FTP sends passwords and files in the clear. */
export const serverWithoutFtp: ResourceRule<ServerType> = {
  name: "transfer-server-has-no-ftp",
  description: "No Transfer server speaks plain FTP, which sends passwords and files in the clear.",
  level: "mandatory",
  types: serverTypes,
  check(server, { violation, notChecked }) {
    const protocols = elements(server.get("protocols"));
    if (protocols.includes("FTP")) {
      violation(server, `${server.label} speaks plain FTP. Take FTP out of \`protocols\`; SFTP and FTPS encrypt.`);
    } else if (protocols.includes(notKnownYet)) {
      notChecked(server, "protocols");
    }
  },
};
