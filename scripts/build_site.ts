/** Writes the documentation as a site into dist/site, and fails if a link in it leads nowhere. */
import { brokenLinks, buildSite } from "./site/build_site.ts";

const SITE = new URL("../dist/site/", import.meta.url);

await buildSite(SITE);
const broken = await brokenLinks(SITE);
if (broken.length > 0) throw new Error(`Links that lead nowhere:\n${broken.join("\n")}`);
