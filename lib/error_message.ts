/** Said in the package that stands alone, and used everywhere. */
export { messageOf } from "./instrumentation/error_chain.ts";
