/** Error codes of streams and connections: https://www.rfc-editor.org/rfc/rfc9113#section-7 */
export const ERROR_CODE = {
  NO_ERROR: 0x0,
  PROTOCOL_ERROR: 0x1,
  INTERNAL_ERROR: 0x2,
  FLOW_CONTROL_ERROR: 0x3,
  SETTINGS_TIMEOUT: 0x4,
  STREAM_CLOSED: 0x5,
  FRAME_SIZE_ERROR: 0x6,
  REFUSED_STREAM: 0x7,
  CANCEL: 0x8,
  COMPRESSION_ERROR: 0x9,
  ENHANCE_YOUR_CALM: 0xb,
} as const;

/** One of the {@linkcode ERROR_CODE}s. */
export type ErrorCode = typeof ERROR_CODE[keyof typeof ERROR_CODE];

/** An error that ends the connection: https://www.rfc-editor.org/rfc/rfc9113#section-5.4.1 */
export class ConnectionError extends Error {
  override name = "ConnectionError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** An error that ends one stream: https://www.rfc-editor.org/rfc/rfc9113#section-5.4.2 */
export class StreamError extends Error {
  override name = "StreamError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The error for a client that violates the protocol. */
export function protocolError(message: string): ConnectionError {
  return new ConnectionError(ERROR_CODE.PROTOCOL_ERROR, message);
}
