import { findReferences } from "../../../lib/telemetry/configuration/substitution.ts";

self.onmessage = ({ data }) => self.postMessage(findReferences(data).length);
