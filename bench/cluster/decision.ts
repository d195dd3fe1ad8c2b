/** The gateways' `decision_wait`: until then no trace is stored, even if all servers have time. */
export const DECISION_SECONDS = 10;
