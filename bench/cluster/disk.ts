import type { Host } from "../../tests/helpers/cluster/network.ts";
import { nodeTool } from "../../tests/helpers/cluster/programs.ts";

/** Bytes on the disks of all brokers: the messages of a topic, without indexes that are reserved in advance. */
export async function topicBytes(directory: string, topic: string): Promise<number> {
  let sum = 0;
  for await (const folder of foldersOf(directory, "kafka-")) {
    for await (const partition of foldersOf(`${folder}/data`, `${topic}-`)) {
      sum += await fileBytes(partition, ".log");
    }
  }
  return sum;
}

/** Lets a Cassandra node write to its disk what is in memory. */
export async function flushToDisk({ name, prefix }: Host): Promise<void> {
  const [command, ...args] = [...prefix, ...nodeTool("flush")];
  const { success, stderr } = await new Deno.Command(command!, { args }).output();
  if (!success) throw new Error(`${name}: ${new TextDecoder().decode(stderr)}`);
}

/** Bytes of a keyspace on the disks of all nodes, as far as it was {@link flushToDisk|flushed}. */
export async function keyspaceBytes(directory: string, keyspace: string): Promise<number> {
  let sum = 0;
  for await (const folder of foldersOf(directory, "cassandra-")) {
    for await (const table of foldersOf(`${folder}/data/${keyspace}`, "")) {
      sum += await fileBytes(table, "");
    }
  }
  return sum;
}

async function* foldersOf(path: string, prefix: string): AsyncIterable<string> {
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (isDirectory && name.startsWith(prefix)) yield `${path}/${name}`;
  }
}

async function fileBytes(folder: string, suffix: string): Promise<number> {
  let sum = 0;
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && name.endsWith(suffix)) sum += (await Deno.stat(`${folder}/${name}`)).size;
  }
  return sum;
}
