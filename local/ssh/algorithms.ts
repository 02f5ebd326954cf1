import type { Algorithms } from "ssh2";

/**
 * The newest of Transfer's security policies, as far as ssh2 goes: it has no post-quantum key exchange. AES-GCM comes
 * first and ChaCha20 not at all, as in those policies; no SHA-1, no CBC.
 * Source: AWS Transfer Family User Guide, "Security policies for AWS Transfer Family servers".
 */
export const algorithms: Algorithms = {
  kex: [
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "ecdh-sha2-nistp521",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
  ],
  cipher: ["aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes192-ctr", "aes128-ctr"],
  hmac: ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"],
  compress: ["none"],
};
