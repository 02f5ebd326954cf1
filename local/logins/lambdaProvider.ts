import { randomUUID } from "node:crypto";
import type { FunctionProcess, Outcome } from "../function/functionProcess";
import type { ServedUser } from "../service/users";
import type { Answers } from "./answer";
import type { AuthenticationMethods, IdentityProvider, LoginRequest } from "./identityProvider";

export interface LambdaProviderOptions {
  readonly methods: AuthenticationMethods;
  readonly serverId: string;
  readonly process: Pick<FunctionProcess, "invoke" | "end">;
  readonly answers: Pick<Answers, "userOf">;
  /** Throws when the service may not invoke the function. */
  readonly admit: () => void;
  /** What must have happened before the function is asked about a password of a login name. */
  readonly prepare: (userName: string) => Promise<void>;
}

/** Asks a function about each login, as the service does. One at a time: on AWS as many as come are asked at once. */
export class LambdaProvider implements IdentityProvider {
  private last: Promise<unknown> = Promise.resolve();
  private readonly asking = new Set<Promise<unknown>>();
  private ended = false;

  constructor(private readonly options: LambdaProviderOptions) {}

  get methods(): AuthenticationMethods {
    return this.options.methods;
  }

  ask(request: LoginRequest): Promise<ServedUser | undefined> {
    const answer = this.answerTo(request).finally(() => this.asking.delete(answer));
    this.asking.add(answer);
    return answer;
  }

  private async answerTo({ userName, password, sourceIp }: LoginRequest): Promise<ServedUser | undefined> {
    const { admit, prepare, answers, serverId } = this.options;
    admit();
    if (password !== undefined) {
      await prepare(userName);
    }
    const { answer, error } = await this.invoke({
      username: userName,
      ...(password === undefined ? {} : { password }),
      protocol: "SFTP",
      serverId,
      sourceIp,
    });
    if (error !== undefined) {
      throw new Error(`the identity provider failed: ${error.errorType}: ${error.errorMessage}`);
    }
    const user = answers.userOf(userName, answer);
    if (password !== undefined && user !== undefined && user.keys.length > 0) {
      // Source: AWS Transfer Family User Guide, "Using multiple authentication methods".
      throw new Error("the identity provider answered a password with keys, which the service does not take");
    }
    return user;
  }

  /** Ends the process once nobody waits for an answer. */
  async retire(): Promise<void> {
    await Promise.allSettled(this.asking);
    await this.end();
  }

  /** Ends the process; who waits for an answer is not let in. */
  async end(): Promise<void> {
    this.ended = true;
    await this.options.process.end();
  }

  private invoke(event: object): Promise<Outcome> {
    const outcome = this.last.then(() => {
      // Another invocation would start the process anew.
      if (this.ended) {
        throw new Error("the gateway has ended");
      }
      return this.options.process.invoke(randomUUID(), event);
    });
    this.last = outcome.catch(() => undefined);
    return outcome;
  }
}
