/** What stands in place of an encrypted value wherever nothing is decrypted: `synth`, `check`, `diff` and `npm start`. */
export const secretStandIn = "secret";
