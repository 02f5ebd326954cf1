/**
 * Something that whoever runs this has to mend: a file, a flag, a setting, what is installed. The message says what and
 * where, so commands print it without a stack; any other error is a bug of this project.
 */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}
