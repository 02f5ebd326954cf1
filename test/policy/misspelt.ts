import type { SeenResource } from "../../policy/seenResource";
import { exampleStack, resource } from "./exampleStack";
import { changed, marked } from "./findings";

// Nothing runs this file. The type check fails on it as soon as one of these lines compiles.

export function inAnExample(): void {
  // @ts-expect-error: homeDirectoryMappings
  resource("aws:transfer/user:User", { homeDirectoryMapping: [] });
  // @ts-expect-error: target
  resource("aws:transfer/user:User", { homeDirectoryMappings: [{ entry: "/", targets: "/drop" }] });
  // @ts-expect-error: User
  resource("aws:transfer/user:Users", {});
}

export function inAChange(): void {
  // @ts-expect-error: securityPolicyName
  changed(exampleStack(), "door", { securityPolicy: "TransferSecurityPolicy-2024-01" });
  // @ts-expect-error: status
  changed(exampleStack(), "dropVersions", { versioningConfiguration: { state: "Suspended" } });
  // @ts-expect-error: wayne
  changed(exampleStack(), "wanye", {});
  // @ts-expect-error: role
  marked(exampleStack(), "wayne", { from: { roleArn: ["partners"] } });
}

export function inARule(user: SeenResource<"aws:transfer/user:User">, anything: SeenResource): void {
  // @ts-expect-error: policy
  user.get("polcy");
  // @ts-expect-error: a property of another type
  user.get("versioningConfiguration");
  // @ts-expect-error: a property of no type
  anything.get("polcy");
  // @ts-expect-error: policy
  user.at("polcy");
}
