import protobuf from "protobufjs";
import descriptors from "../testdata/otlp/descriptors.json" with { type: "json" };

/** The messages as opentelemetry-proto publishes them, for an independent reader and writer. */
export const PUBLISHED_OTLP = protobuf.Root.fromJSON(
  descriptors as unknown as protobuf.INamespace,
);
