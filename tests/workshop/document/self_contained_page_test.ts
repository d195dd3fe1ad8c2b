import { assertEquals } from "@std/assert";
import { html, raw } from "hono/html";
import { selfContainedPage } from "../../../lib/workshop/document/self_contained_page.ts";
import { testInBrowser, withPage } from "../../helpers/browser.ts";

/** Everything that would run or load, if the policy allowed it. */
const HOSTILE = raw(`
  <p style="color: red">red</p>
  <img src="https://example.invalid/a.png" onerror="document.title = 'owned'">
  <script>document.title = "owned"</script>
`);

const COLOR = "getComputedStyle(document.querySelector('p')).color";

for (const script of [undefined, 'document.title = "ours, </script>";']) {
  const what = script === undefined ? "no script" : "only its own script";
  testInBrowser(`selfContainedPage() loads nothing, and runs ${what}`, async () => {
    await withPage({ expectedErrors: /Content Security Policy/ }, async (page) => {
      await page.setContent(selfContainedPage({
        title: "A <page>",
        style: 'p { color: rgb(1, 2, 3); } p::before { content: "</style>"; }',
        body: html`
          <main>${HOSTILE}</main>
        `,
        ...script !== undefined && { script },
      }));
      assertEquals(await page.title(), script === undefined ? "A <page>" : "ours, </script>");
      const isStyled = await page.evaluate<string>(COLOR) === "rgb(1, 2, 3)";
      // Slides set styles of their own; then, an attribute may, too.
      assertEquals(isStyled, script === undefined);
    });
  });
}
