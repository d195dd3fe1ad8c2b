import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { handoutHtml } from "../../../lib/workshop/handout/handout.ts";
import { markdownHtml } from "../../../lib/workshop/handout/markdown_html.ts";
import { slidesHtml } from "../../../lib/workshop/handout/slides.ts";
import { readCourse } from "../../../lib/workshop/course/read_course.ts";
import { testWith } from "../../helpers/needs.ts";

const STEPS = new URL("../../../lib/workshop/steps/", import.meta.url);

Deno.test("markdownHtml() escapes what isn't Markdown, and adds no spaces", () => {
  const html = markdownHtml(
    "**a**, `b<c>`. <img> [x](javascript:alert) [y](https://a.example)\n\n```sh\n1 < 2\n```",
  ).join("");
  assertEquals(
    html,
    "<p><strong>a</strong>, <code>b&lt;c&gt;</code>. &lt;img&gt; x " +
      '<a href="https://a.example">y</a></p><pre><code>1 &lt; 2</code></pre>',
  );
});

testWith(["read"], "the handout and the slides have every step, and load nothing", async () => {
  const course = await readCourse(STEPS);
  const assets = { script: 'let x = "</script>";', style: "a {}" };
  for (const html of [handoutHtml(course), slidesHtml(course, assets)]) {
    for (const { title } of course.steps) {
      assertStringIncludes(html, title.replaceAll("'", "&#39;"));
    }
    assert(!/ src=|<link|url\(/.test(html));
    assertStringIncludes(html, "default-src 'none'");
  }
  const slides = slidesHtml(course, assets);
  assertEquals(slides.match(/<\/script>/g)?.length, 1);
});
