/** An instruction of a Dockerfile, and its arguments as text. */
export interface Instruction {
  name: string;
  text: string;
}

/** The stages of a Dockerfile, each from its `FROM`; instructions over several lines are joined. */
export function readStages(dockerfile: string): Instruction[][] {
  const lines = dockerfile.replaceAll(/^#.*\n/gm, "").replaceAll(/\\\n\s*/g, "").split("\n");
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, name, text] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    if (name === undefined || text === undefined) continue;
    if (name === "FROM") stages.push([]);
    stages.at(-1)?.push({ name, text });
  }
  return stages;
}
