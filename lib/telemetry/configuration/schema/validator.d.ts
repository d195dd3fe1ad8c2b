import type { ValidateFunction } from "ajv/dist/2020.js";

/** Whether data matches the schema; if not, `errors` lists all mismatches. */
declare const validate: ValidateFunction;
export default validate;
