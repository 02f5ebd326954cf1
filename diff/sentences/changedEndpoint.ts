import type { Detail } from "../details";
import type { ChangedSetting } from "./changedSetting";

/** A change of one setting of the endpoint. */
export interface ChangedEndpoint extends ChangedSetting {
  /** Where the endpoint itself goes at the same time; left out: it stays. */
  readonly along?: Along;
}

export type Along = "from public" | "to public" | "another VPC";

/** Where the endpoint goes, by all that changes among the settings. */
export function alongOf(settings: readonly Pick<Detail, "path" | "from" | "to">[]): Along | undefined {
  const changed = (name: string) => settings.find(({ path }) => path[0] === `sftp-gateway:${name}`);
  const endpoint = changed("endpoint");
  if (endpoint?.from === "public" || endpoint?.to === "public") {
    return endpoint.to === "public" ? "to public" : "from public";
  }
  return changed("vpcId") && "another VPC";
}

/** A list stands in the configuration as JSON; what is none, as a stack that was never deployed may have it, as one text. */
export function textsOf(list: string | undefined): readonly string[] {
  if (list === undefined || list === "") {
    return [];
  }
  try {
    return JSON.parse(list) as readonly string[];
  } catch {
    return [list];
  }
}
