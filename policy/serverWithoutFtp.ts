import { serverTypes, type ServerType } from "./resourceTypes";
import type { Rule } from "./rule";

/** FTP sends passwords and files in the clear. */
export const serverWithoutFtp: Rule<ServerType> = {
  name: "transfer-server-has-no-ftp",
  description: "No Transfer server speaks plain FTP, which sends passwords and files in the clear.",
  subjects: serverTypes,
  *check(server) {
    if (server.at("protocols").holds((protocols) => protocols.includes("FTP"))) {
      yield `${server.label} speaks plain FTP. Take FTP out of \`protocols\`; SFTP and FTPS encrypt.`;
    }
  },
};
