"""Calls a collector with grpcio as tests/collector/grpc_clients_test.ts wants it. Arguments: the port, a folder with the requests."""

import json
import sys
from pathlib import Path

import grpc

EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
WATCH = "/grpc.health.v1.Health/Watch"
CALLS = 200

port, folder = sys.argv[1], Path(sys.argv[2])
small, medium, large = ((folder / name).read_bytes() for name in ("small", "medium", "large"))
channel = grpc.insecure_channel(
    f"127.0.0.1:{port}",
    options=[
        ("grpc.keepalive_time_ms", 100),
        ("grpc.http2.max_pings_without_data", 0),
        ("grpc.max_send_message_length", -1),
    ],
)
export = channel.unary_unary(EXPORT)
result = {}

watching = channel.unary_stream(WATCH)(b"")
statuses = [next(watching)]

for name, compression in (("plain", None), ("gzip", grpc.Compression.Gzip)):
    calls = [export.future(small, compression=compression) for _ in range(CALLS)]
    result[name] = sum(call.code() is grpc.StatusCode.OK for call in calls)

result["large"] = export.with_call(large)[1].code().name

# Calls that end their side later than they send, or never.
sent = channel.stream_unary(EXPORT).future(iter([small]))
result["half-close"] = sent.code().name
for _ in range(CALLS):
    export.future(medium).cancel()
result["after cancel"] = export.with_call(small)[1].code().name

print(json.dumps(result), flush=True)
sys.stdin.readline()
# The server was stopped, and another one listens.
statuses += list(watching)
print(json.dumps({
    "watch": [status.hex() for status in statuses],
    "after goaway": export.with_call(small, wait_for_ready=True)[1].code().name,
}), flush=True)
channel.close()
