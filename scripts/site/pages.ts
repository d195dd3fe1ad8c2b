/** A part of the site. */
export interface Group {
  title: string;
  /** Paths of Markdown files in the project. */
  pages: readonly string[];
}

/** The navigation of the site. Every page of the documentation must be in it. */
export const GROUPS: readonly Group[] = [
  { title: "Start", pages: ["README.md", "docs/install.md", "docs/README.md"] },
  {
    title: "Tutorial",
    pages: [
      "docs/tutorial/README.md",
      "docs/tutorial/1-collector.md",
      "docs/tutorial/2-base.md",
      "docs/tutorial/3-manual.md",
      "docs/tutorial/4-middleware.md",
      "docs/tutorial/4a-services-and-metrics.md",
      "docs/tutorial/5-no-code.md",
      "docs/tutorial/5a-logs-and-sampling.md",
      "docs/tutorial/6-conclusion.md",
      "docs/tutorial/7-bonus.md",
      "docs/tutorial/flask-to-hono.md",
      "docs/workshop.md",
      "docs/teaching.md",
    ],
  },
  {
    title: "How-to guides",
    pages: [
      "docs/your-app.md",
      "docs/no-code.md",
      "docs/deno.md",
      "docs/collector.md",
      "docs/assistants.md",
      "docs/backends.md",
      "docs/ci.md",
      "docs/cluster.md",
      "collector-demo/README.md",
      "collector-demo/scale/README.md",
      "collector-demo/cluster/README.md",
    ],
  },
  {
    title: "Reference",
    pages: [
      "docs/reference/commands.md",
      "docs/reference/variables.md",
      "docs/reference/ports.md",
      "docs/reference/exit-codes.md",
      "docs/reference/http-api.md",
      "docs/reference/query.md",
      "docs/json-lines.md",
      "docs/reference/step-format.md",
    ],
  },
  {
    title: "Explanation",
    pages: [
      "docs/explanation/cost.md",
      "docs/explanation/relay.md",
      "docs/explanation/collector.md",
      "docs/explanation/http2.md",
      "docs/explanation/security.md",
      "docs/explanation/peers.md",
    ],
  },
  {
    title: "Project",
    pages: [
      "CHANGELOG.md",
      "ROADMAP.md",
      "CONTRIBUTING.md",
      "ARCHITECTURE.md",
      "SECURITY.md",
      "CODE_OF_CONDUCT.md",
    ],
  },
];

/** The paths of all pages, in reading order. */
export const PAGES: readonly string[] = GROUPS.flatMap(({ pages }) => pages);

/** The path of a page in the site: `docs/ci.md` becomes `docs/ci.html`, and READMEs are indexes. */
export function pagePath(source: string): string {
  return source.replace(/README\.md$/, "index.html").replace(/\.md$/, ".html");
}

/** The way from one page of the site to a file in it. */
export function relativePath(from: string, to: string): string {
  const folders = from.split("/").slice(0, -1);
  const target = to.split("/");
  let common = 0;
  while (common < folders.length && folders[common] === target[common]) common++;
  return "../".repeat(folders.length - common) + target.slice(common).join("/");
}
