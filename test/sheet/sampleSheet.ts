import type { Sheet } from "../../sheet/sheet";
import { publicKey } from "../publicKeys";

/** A sheet whose texts could become markup, of a host whose key is known. */
export const sampleSheet: Sheet = {
  tenant: "acme",
  today: "2026-06-01",
  host: {
    name: "sftp.example.com",
    port: 22,
    addresses: ["203.0.113.7", "203.0.113.8"],
    fingerprints: [publicKey("host").fingerprint],
    knownHosts: [`sftp.example.com ${publicKey("host").text}`],
  },
  login: "ACME_batch",
  authentication: "PUBLIC_KEY",
  password: false,
  landingFolder: "/",
  folders: [
    { entry: "/In", prefix: "tenants/acme/in/", access: "write-only" },
    { entry: "/Out/From Us", prefix: "tenants/acme/out/", access: "read-delete" },
    { entry: "/prices", prefix: "shared/prices/", access: "read-only", space: "prices" },
  ],
  keys: [{ type: "ssh-ed25519", fingerprint: publicKey(1).fingerprint, comment: "batch", expires: "2026-12-31" }],
  supportContact: "EDI <b>team</b>, edi@acme.example",
};
