import { PolicyPack } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { policies } from "./rules";

/** The stack's own `protect`, in the namespace of its project; the CLI hands a pack the configuration of the stack. */
function stackSaysProtect(): boolean {
  return new pulumi.Config().get("protect") === "true";
}

new PolicyPack("sftp-gateway", {
  description: "What a stack with AWS Transfer Family users, servers, roles and landing buckets must hold to",
  policies: policies(stackSaysProtect),
});
