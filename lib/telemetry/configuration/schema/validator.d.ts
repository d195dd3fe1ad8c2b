import type { ValidateFunction } from "ajv/dist/2020.js";

/** Whether data are what the schema asks for; if not, `errors` has all that is wrong. */
declare const validate: ValidateFunction;
export default validate;
