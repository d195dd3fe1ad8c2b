import { SIGNALS } from "../otlp/signal.ts";
import { enumerate } from "./finding.ts";
import type { Knobs } from "./knobs.ts";
import type { Answer } from "./probe.ts";

/** What a rejection means for the user. */
export interface Meaning {
  status: "warning" | "failed";
  remedy: string;
}

/** What else is known about the rejecting endpoint. */
export interface Circumstances {
  knobs: Knobs;
  /** All responses that are identical to this one. */
  same: readonly Answer[];
  /** Whether the endpoint accepted another signal. */
  tookOthers: boolean;
  /** The protocol that the port was found to speak instead. */
  speaks: "the other protocol" | "TLS" | undefined;
}

/** What an unsuccessful response means, and what to do. */
export function explainRefusal(answer: Answer, circumstances: Circumstances): Meaning {
  const { knobs, speaks } = circumstances;
  const failed = (remedy: string): Meaning => ({ status: "failed", remedy });
  if (speaks === "TLS") return failed(`The port speaks TLS: write https:// in ${knobs.endpoint}`);
  if (speaks === "the other protocol") return failed(speakOther(answer, knobs));
  if (answer.grpcStatus !== undefined) return explainGrpc(answer.grpcStatus, circumstances);
  if (answer.httpStatus !== undefined) return explainHttp(answer, circumstances);
  if (!answer.answered && !answer.retryable) {
    return failed(
      `The request cannot be sent: check ${knobs.endpoint} and ${knobs.certificate}`,
    );
  }
  return failed(
    answer.answered
      ? `This is not an OTLP server: check host and port in ${knobs.endpoint}`
      : "Something accepts connections there and does not answer OTLP: check host and port in " +
        `${knobs.endpoint}, and the server's own log`,
  );
}

function speakOther({ target }: Answer, knobs: Knobs): string {
  return target.protocol === "grpc"
    ? `This is not a gRPC port, it speaks HTTP: choose http/protobuf with ${knobs.protocol}, or the ` +
      "port for gRPC, commonly 4317"
    : `This is a gRPC port: choose grpc with ${knobs.protocol}, or the port for HTTP, commonly 4318`;
}

function explainHttp(answer: Answer, circumstances: Circumstances): Meaning {
  const { knobs } = circumstances;
  const { httpStatus: status = 0, target, retryAfterMillis } = answer;
  const failed = (remedy: string): Meaning => ({ status: "failed", remedy });
  switch (status) {
    case 400:
      return failed(
        `The server does not understand even an empty request: check ${knobs.protocol}, now ` +
          `${target.protocol}, and whether the endpoint is one for OTLP`,
      );
    case 401:
      return failed(noCredentials(target.headers, knobs));
    case 403:
      return failed(notAllowed(knobs));
    case 404:
      return failed(nothingThere(circumstances));
    case 405:
      return failed(`This is not a path for OTLP: check the path in ${knobs.endpoint}`);
    case 407:
      return failed("The proxy requires credentials: check HTTP_PROXY and HTTPS_PROXY");
    case 413:
      return failed(
        "Even an empty request is too large: raise the limit of the server or of the proxy in " +
          "front of it",
      );
    case 415:
      return failed(
        `The server does not take ${target.protocol}` +
          `${target.compression === "gzip" ? " with gzip" : ""}: choose ` +
          `${target.protocol === "http/json" ? "http/protobuf" : "http/json"} with ` +
          `${knobs.protocol}` +
          `${target.compression === "gzip" ? `, or none with ${knobs.compression}` : ""}`,
      );
    case 429:
      return { status: "warning", remedy: tooMuch(retryAfterMillis) };
    case 502:
    case 503:
    case 504:
      return failed(
        "The server, or a backend behind it, is not ready: try again later, and see its logs",
      );
  }
  if (status < 300) {
    return failed(`This is not an OTLP server: check host, port and path in ${knobs.endpoint}`);
  }
  if (status < 400) {
    return failed(`Redirects are not followed: write the final URL in ${knobs.endpoint}`);
  }
  return failed(
    status >= 500
      ? "The server failed: see its logs"
      : `Check ${knobs.endpoint}, ${knobs.protocol} and ${knobs.headers}`,
  );
}

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
function explainGrpc(status: number, circumstances: Circumstances): Meaning {
  const { knobs, same } = circumstances;
  const failed = (remedy: string): Meaning => ({ status: "failed", remedy });
  switch (status) {
    case 3:
      return failed("The server does not understand even an empty request: see its logs");
    case 4:
    case 14:
      return failed(
        "The server, or a backend behind it, is not ready: try again later, and see its logs",
      );
    case 5:
    case 12:
      return failed(nothingThere(circumstances));
    case 7:
      return failed(notAllowed(knobs));
    case 8:
      return { status: "warning", remedy: tooMuch(same[0]?.retryAfterMillis) };
    case 16:
      return failed(noCredentials(same[0]?.target.headers ?? {}, knobs));
  }
  return failed("The server failed: see its logs");
}

function noCredentials(headers: Record<string, string>, knobs: Knobs): string {
  return Object.keys(headers).length === 0
    ? `The server requires credentials: set them with ${knobs.headers}, ` +
      'for example "authorization=Bearer%20TOKEN"'
    : `The server does not accept the credentials: check ${knobs.headers} (sent: ` +
      `${Object.keys(headers).join(", ")}), and whether they are expired`;
}

function notAllowed(knobs: Knobs): string {
  return `The credentials do not allow sending here: check the permissions of those in ` +
    `${knobs.headers}, and the tenant or project`;
}

function nothingThere({ knobs, same, tookOthers }: Circumstances): string {
  const signals = SIGNALS.filter((signal) => same.some(({ target }) => target.signal === signal));
  if (tookOthers) {
    return `The server does not take ${enumerate(signals)}: choose ` +
      `${enumerate(signals.map((signal) => knobs.none(signal)))}, or another endpoint`;
  }
  const target = same[0]?.target;
  return target?.protocol === "grpc"
    ? `This server has no OTLP service: check host and port in ${knobs.endpoint}`
    : `Nothing accepts OTLP at that path: check the path in ${knobs.endpoint}. An endpoint for all ` +
      "signals gets /v1/traces and so on, an endpoint for one signal is used unchanged";
}

function tooMuch(retryAfterMillis: number | undefined): string {
  const wait = retryAfterMillis ? ` and asks to wait ${Math.ceil(retryAfterMillis / 1000)} s` : "";
  return `The server is the right one${wait}: send less, with a sampler or longer intervals, or ` +
    "ask for a higher limit";
}
