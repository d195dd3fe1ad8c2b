import protobuf from "protobufjs";
import descriptors from "../testdata/otlp/descriptors.json" with { type: "json" };

/** The messages as opentelemetry-proto publishes them, for a reader and writer that are not ours. */
export const PUBLISHED_OTLP = protobuf.Root.fromJSON(
  descriptors as unknown as protobuf.INamespace,
);
