/** What the table answers instead of a result, in DynamoDB's words. */
export class TableError extends Error {
  /**
   * @param code DynamoDB's name of it: `ValidationException`.
   * @param more What the answer holds beside code and message.
   */
  constructor(
    readonly code: string,
    message: string,
    readonly more: object = {},
  ) {
    super(message);
  }
}
