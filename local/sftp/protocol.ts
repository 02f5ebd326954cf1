/**
 * SFTP version 3, the one that AWS Transfer Family and OpenSSH speak.
 * Source: draft-ietf-secsh-filexfer-02; OpenSSH's PROTOCOL file for `limits@openssh.com`.
 */
export const packetType = {
  init: 1,
  version: 2,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  fstat: 8,
  setstat: 9,
  fsetstat: 10,
  opendir: 11,
  readdir: 12,
  remove: 13,
  mkdir: 14,
  rmdir: 15,
  realpath: 16,
  stat: 17,
  rename: 18,
  readlink: 19,
  symlink: 20,
  status: 101,
  handle: 102,
  data: 103,
  name: 104,
  attrs: 105,
  extended: 200,
  extendedReply: 201,
} as const;

/** In the order in which the service's log names them. */
export const openFlag = { create: 8, truncate: 16, exclusive: 32, read: 1, write: 2, append: 4 } as const;

export type OpenFlag = keyof typeof openFlag;

export const attributeFlag = { size: 1, owner: 2, permissions: 4, times: 8 } as const;

/** Largest packet taken from a client, length field not counted; OpenSSH's own limit. */
export const packetLimit = 256 * 1024;

/** Largest READ answered in full and largest WRITE announced as welcome, leaving room for the rest of the packet. */
export const dataLimit = packetLimit - 1024;
