import { ConnectionError, ERROR_CODE } from "./errors.ts";
import { MAX_FRAME_BYTES, readUint32, wrongSize } from "./frames.ts";
import type { HttpLimits } from "../http/limits.ts";

/** https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2 */
const SETTING = {
  HEADER_TABLE_SIZE: 0x1,
  ENABLE_PUSH: 0x2,
  MAX_CONCURRENT_STREAMS: 0x3,
  INITIAL_WINDOW_SIZE: 0x4,
  MAX_FRAME_SIZE: 0x5,
  MAX_HEADER_LIST_SIZE: 0x6,
} as const;

const SETTING_BYTES = 6;

/** The initial size of all windows: https://www.rfc-editor.org/rfc/rfc9113#section-6.9.2 */
export const DEFAULT_WINDOW_BYTES = 65_535;

/** The largest window: https://www.rfc-editor.org/rfc/rfc9113#section-6.9.1 */
export const MAX_WINDOW_BYTES = 2 ** 31 - 1;

/** The settings that announce the limits of a server. */
export function settingsOf(limits: HttpLimits): Map<number, number> {
  return new Map([
    [SETTING.HEADER_TABLE_SIZE, limits.headerTableBytes],
    [SETTING.MAX_CONCURRENT_STREAMS, limits.concurrentStreams],
    [SETTING.INITIAL_WINDOW_SIZE, limits.streamWindowBytes],
    [SETTING.MAX_HEADER_LIST_SIZE, limits.headerListBytes],
  ]);
}

/**
 * Reads the payload of a client's SETTINGS; returns SETTINGS_INITIAL_WINDOW_SIZE, if included. The
 * other settings do not matter to a server that never pushes, encodes without a dynamic table, and
 * sends frames of the default size.
 *
 * @throws {ConnectionError} If a value is out of its range.
 */
export function readInitialWindow(payload: Uint8Array): number | undefined {
  if (payload.length % SETTING_BYTES !== 0) throw wrongSize("SETTINGS are cut off");
  let initialWindow: number | undefined;
  for (let at = 0; at < payload.length; at += SETTING_BYTES) {
    const value = readUint32(payload, at + 2);
    switch (payload[at]! << 8 | payload[at + 1]!) {
      case SETTING.ENABLE_PUSH:
        check(value <= 1, ERROR_CODE.PROTOCOL_ERROR, "ENABLE_PUSH", value);
        break;
      case SETTING.INITIAL_WINDOW_SIZE:
        check(
          value <= MAX_WINDOW_BYTES,
          ERROR_CODE.FLOW_CONTROL_ERROR,
          "INITIAL_WINDOW_SIZE",
          value,
        );
        initialWindow = value;
        break;
      case SETTING.MAX_FRAME_SIZE:
        check(
          value >= MAX_FRAME_BYTES && value < 2 ** 24,
          ERROR_CODE.PROTOCOL_ERROR,
          "MAX_FRAME_SIZE",
          value,
        );
        break;
    }
  }
  return initialWindow;
}

function check(
  isInRange: boolean,
  code: typeof ERROR_CODE.PROTOCOL_ERROR | typeof ERROR_CODE.FLOW_CONTROL_ERROR,
  name: string,
  value: number,
): void {
  if (!isInRange) throw new ConnectionError(code, `SETTINGS_${name} is ${value}`);
}
