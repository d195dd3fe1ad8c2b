import { assertEquals } from "@std/assert";
import { findInstallation } from "../../../lib/cli/upgrade/installation.ts";

const NPM = "npm install --global otel-kit@latest";

for (
  const [path, by, command] of [
    ["/opt/homebrew/Cellar/otel-kit/0.1.0/bin/otel-kit", "Homebrew", "brew upgrade otel-kit"],
    [
      "C:\\Users\\me\\scoop\\apps\\otel-kit\\0.1.0\\otel-kit.exe",
      "Scoop",
      "scoop update otel-kit",
    ],
    [
      "C:\\Users\\me\\AppData\\Local\\Microsoft\\WinGet\\Packages\\otel-kit.otel-kit_1\\otel-kit.exe",
      "winget",
      "winget upgrade otel-kit.otel-kit",
    ],
    [
      "/home/me/.local/share/mise/installs/otel-kit/0.1.0/otel-kit",
      "mise",
      "mise upgrade otel-kit",
    ],
    ["/nix/store/abc-otel-kit-0.1.0/bin/otel-kit", "Nix", "nix profile upgrade otel-kit"],
    ["/usr/lib/node_modules/otel-kit/node_modules/@otel-kit/linux-x64/otel-kit", "npm", NPM],
    [
      "C:\\Users\\me\\AppData\\Roaming\\npm\\node_modules\\otel-kit\\node_modules\\@otel-kit\\win32-x64\\otel-kit.exe",
      "npm",
      NPM,
    ],
    [
      "/home/me/.local/share/pnpm/global/5/.pnpm/@otel-kit+linux-x64@0.1.0/node_modules/@otel-kit/linux-x64/otel-kit",
      "pnpm",
      "pnpm add --global otel-kit@latest",
    ],
    [
      "/home/me/.bun/install/global/node_modules/@otel-kit/linux-x64/otel-kit",
      "Bun",
      "bun add --global otel-kit@latest",
    ],
    [
      "/home/me/.npm/_npx/1a/node_modules/@otel-kit/linux-x64/otel-kit",
      "npx",
      "npx otel-kit@latest",
    ],
  ] as const
) {
  Deno.test(`findInstallation() recognizes ${by} by ${path}`, () => {
    const program = { isCompiled: true, path, env: {}, receipt: undefined };
    assertEquals(findInstallation(program), { by, command });
  });
}

Deno.test("findInstallation() recognizes installers by their receipt", () => {
  const find = (receipt: string) =>
    findInstallation({ isCompiled: true, path: "/a/lib/otel-kit/otel-kit", env: {}, receipt });
  assertEquals(find(`{ "installedBy": "install.sh", "prefix": "/a" }`), {
    by: "install.sh",
    folder: "/a/lib/otel-kit",
    prefix: "/a",
  });
  assertEquals(find(`{ "installedBy": "install.ps1", "prefix": "C:\\\\a" }`), {
    by: "install.ps1",
  });
  assertEquals(find("{"), { by: "unknown" });
  assertEquals(find("null"), { by: "unknown" });
});

Deno.test("findInstallation() recognizes sources and containers", () => {
  const program = { isCompiled: true, path: "/opt/otel-kit/otel-kit", env: {}, receipt: undefined };
  assertEquals(findInstallation({ ...program, isCompiled: false }), { by: "sources" });
  assertEquals(findInstallation(program), { by: "unknown" });
  assertEquals(
    findInstallation({ ...program, env: { OTEL_KIT_INSTALLED_BY: "container" } }).by,
    "a container image",
  );
});
