import { assertEquals } from "@std/assert";
import { peerOf } from "../../lib/trace/peer.ts";
import { readTrace } from "../../lib/trace/spans.ts";
import { attributes, sketchTrace } from "../helpers/page_traces.ts";

const [SERVER, CLIENT, PRODUCER, CONSUMER] = [2, 3, 4, 5];

Deno.test("peerOf() names the service that is called, or else its address or its kind", () => {
  const cases: [
    name: string | undefined,
    kind: number,
    values: Record<string, unknown>,
    below?: [number, string],
  ][] = [
    ["bank", CLIENT, { "server.address": "10.0.0.7" }, [SERVER, "bank"]],
    ["mailer", PRODUCER, { "messaging.destination.name": "mails" }, [CONSUMER, "mailer"]],
    ["named", CLIENT, { "service.peer.name": "named", "server.address": "a" }, [SERVER, "bank"]],
    ["old", CLIENT, { "peer.service": "old" }],
    ["10.0.0.7:443", CLIENT, { "server.address": "10.0.0.7", "server.port": 443 }],
    ["db.local", CLIENT, { "net.peer.name": "db.local", "db.system": "mysql" }],
    ["postgresql", CLIENT, { "db.system.name": "postgresql" }],
    ["mails", PRODUCER, { "messaging.system": "kafka", "messaging.destination.name": "mails" }],
    ["openai", CLIENT, { "gen_ai.provider.name": "openai" }],
    // Only a server or a consumer of another service was called.
    [undefined, CLIENT, {}, [SERVER, "shop"]],
    [undefined, CLIENT, {}, [CLIENT, "bank"]],
    [undefined, SERVER, { "server.address": "me" }],
  ];
  for (const [name, kind, values, below] of cases) {
    const { data } = sketchTrace("1".padStart(32, "0"), [
      {
        id: "1",
        serviceName: "shop",
        name: "call",
        kind,
        atMillis: 0,
        forMillis: 9,
        attributes: attributes(values),
      },
      ...below
        ? [{
          id: "2",
          parent: "1",
          kind: below[0],
          serviceName: below[1],
          name: "",
          atMillis: 1,
          forMillis: 1,
        }]
        : [],
    ]);
    const [span, ...children] = readTrace(data).spans;
    assertEquals(peerOf(span!, children)?.name, name, JSON.stringify([kind, values, below]));
  }
});
