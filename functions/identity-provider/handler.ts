import { Logger } from "@aws-lambda-powertools/logger";
import type { Context, TransferFamilyAuthorizerResult } from "aws-lambda";
import { loginService, type DenialCause } from "../../access/logins";
import { decide, type Decision, type Denial } from "./decision";
import { gatherEvidence } from "./evidence";
import { denialCounter } from "./measure";
import type { Ports } from "./ports";
import { readRequest, type LoginRequest } from "./request";

/** The function's entry point. */
export type Handler = (
  input: unknown,
  invocation: Pick<Context, "awsRequestId">,
) => Promise<TransferFamilyAuthorizerResult>;

/** Of these nobody but who runs the gateway is the cause; the others are a client's. */
const ownFaults: readonly DenialCause[] = ["table", "corrupt", "request"];

/**
 * The function `identity-provider`: answers Transfer Family whether a login is admitted, and to what. A denial is `{}`,
 * whatever its cause: the log tells that, and the client learns nothing. What a client typed never reaches the log.
 */
export function createHandler(ports: Ports): Handler {
  const logger = new Logger({ serviceName: loginService });
  const countDenial = denialCounter(ports.metricsNamespace);

  return async (input, { awsRequestId: requestId }) => {
    const { request, decision } = await answerTo(input, ports);
    const about = {
      requestId,
      tenant: decision.record?.tenant,
      userName: decision.record?.userName,
      sourceIp: request?.address.text,
    };
    if (decision.admitted) {
      logger.info(decision.way === "key" ? "keys handed out" : "password accepted", about);
      return decision.answer;
    }
    const { cause, error } = decision;
    logger[ownFaults.includes(cause) ? "error" : "warn"]("denied", { ...about, cause, ...explained(error) });
    countDenial(cause);
    return {};
  };
}

async function answerTo(
  input: unknown,
  ports: Ports,
): Promise<{ readonly request?: LoginRequest; readonly decision: Decision }> {
  let request: LoginRequest;
  try {
    request = readRequest(input);
  } catch (error) {
    return { decision: denied("request", error) };
  }
  try {
    const evidence = await gatherEvidence(request, ports);
    return { request, decision: decide(request, evidence, ports.authentication, ports.now()) };
  } catch (error) {
    return { request, decision: denied("corrupt", error) };
  }
}

function denied(cause: DenialCause, error: unknown): Denial {
  return { admitted: false, cause, error };
}

/** Name and message alone: further fields of an error may hold what was sent. */
function explained(error: unknown): { readonly reason?: string } {
  return error === undefined ? {} : { reason: error instanceof Error ? `${error.name}: ${error.message}` : "unknown" };
}
