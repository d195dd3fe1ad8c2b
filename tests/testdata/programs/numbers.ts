/** Creates a span with numbers wherever a span can have them. */
import { trace } from "@opentelemetry/api";

const span = trace.getTracer("numbers").startSpan("numbers", { attributes: { atStart: 1 } });
span.setAttribute("whole", 2);
span.setAttributes({ broken: 2.5, wholes: [1, 2], mixed: [1, 2.5], huge: 1e300, text: "3" });
span.addEvent("sized", { size: 4, share: 0.5 });
span.addEvent("timed", [1_700_000_000, 0]);
span.end();
