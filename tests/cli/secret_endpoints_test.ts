import { assert, assertMatch } from "@std/assert";
import { testWith } from "../helpers/needs.ts";
import { closedUrl } from "../helpers/ports.ts";
import { startHttpReceiver } from "../helpers/receiver.ts";
import { runHereUntil } from "../helpers/run_here.ts";
import { setVariables } from "../helpers/variables.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;

async function runSilent(...args: string[]) {
  using _variables = setVariables({});
  const { data, status } = await runHereUntil(new AbortController().signal, ...args);
  const text = data + status;
  assert(!/s3cr3t|hunter2/.test(text), `${args.join(" ")}: ${text}`);
  return text;
}

testWith(NEEDS, "no command shows the user, password, or query of an endpoint", async () => {
  const { host } = new URL(closedUrl());
  const endpoint = `http://me:hunter2@${host}/?api_key=s3cr3t`;
  for (const protocol of ["http/protobuf", "http/json", "grpc"]) {
    const flags = ["--endpoint", endpoint, "--protocol", protocol];
    const serve = ["serve", "--mode", "auto", ...flags];
    for (const how of ["--print-config", "--print-config --json", "--dry-run"]) {
      await runSilent(...serve, ...how.split(" "));
      await runSilent("auto", ...flags, ...how.split(" "), "--", "deno", "--version");
    }
    for (const more of [[], ["--json"]]) {
      assertMatch(await runSilent("doctor", ...flags, ...more), /Cannot connect/);
    }
  }
  assertMatch(await runSilent("doctor", "--endpoint", `ftp://me:hunter2@h?k=s3cr3t`), /\*\*\*/);
  assertMatch(await runSilent("load", endpoint, "--duration", "1s"), /Sending/);
});

testWith(NEEDS, "doctor hides a query that the server repeats", async () => {
  await using receiver = startHttpReceiver({
    answer: () => ({
      status: 400,
      body: "no such key: s3cr3t",
      headers: { "content-type": "text/plain" },
    }),
  });
  const flags = ["--endpoint", `${receiver.url}/?api_key=s3cr3t`, "--protocol", "http/protobuf"];
  assertMatch(await runSilent("doctor", ...flags), /no such key:\s+\*\*\*/);
});
