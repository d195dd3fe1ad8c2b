import { useSignal } from "@preact/signals";
import { DataDialog } from "./components/data_dialog.tsx";
import { HelpDialog } from "./components/help.tsx";
import { formatCount } from "./format/number.ts";
import { GUIDE_ID } from "./guide/guide_panel.tsx";
import { guide, isGuideShown, toggleGuide } from "./state/guide.ts";
import { useKeys } from "./state/keyboard.ts";
import { connection, stats, useLive } from "./state/live.ts";
import { navigate, place } from "./state/place.ts";
import { theme, THEMES } from "./state/theme.ts";
import { shownViews } from "./views.ts";

const THEME_SIGNS = { system: "◐", light: "○", dark: "●" };

/** Name, views, connection state, stored traces, theme, and help. */
export function Header() {
  const isHelpOpen = useSignal(false);
  const views = shownViews.value;
  useKeys({
    "?": () => isHelpOpen.value = true,
    g: () => guide.value && toggleGuide(),
    ...Object.fromEntries(views.map(({ path }, index) => [index + 1, () => navigate(path)])),
  });
  return (
    <header class="header">
      <a class="brand" href="/">otel-kit</a>
      <nav aria-label="Views">
        {views.map(({ path, label }) => (
          <a key={path} href={path} aria-current={isCurrent(path) ? "page" : undefined}>{label}</a>
        ))}
      </nav>
      <Kept />
      <Receivers />
      <GuideSwitch />
      <ThemeSwitch />
      <button
        type="button"
        class="button sign"
        aria-label="Keyboard help"
        title="Keyboard help"
        onClick={() => isHelpOpen.value = true}
      >
        ?
      </button>
      <HelpDialog isOpen={isHelpOpen.value} onClose={() => isHelpOpen.value = false} />
    </header>
  );
}

/** Warns that the shown data may be outdated; nothing if it isn't. */
export function ConnectionBanner() {
  if (connection.value !== "lost") return null;
  return (
    <p class="banner" role="status">
      No connection to the collector: what you see may be old. Connecting again …
    </p>
  );
}

/** The first view is also at `/`. */
function isCurrent(path: string): boolean {
  return (place.value.path === "/" && path === shownViews.value[0]?.path) ||
    place.value.path === path || place.value.path.startsWith(`${path}/`);
}

/** The number of traces; opens the data dialog. */
function Kept() {
  const isOpen = useSignal(false);
  if (!stats.value) return null;
  const { traces } = stats.value.store;
  return (
    <>
      <button
        type="button"
        class="kept"
        title="Limits, save, import, delete"
        aria-haspopup="dialog"
        onClick={() => isOpen.value = true}
      >
        <b>{formatCount(traces.kept)}</b> {traces.kept === 1 ? "trace" : "traces"} kept{" "}
        <b>{formatCount(traces.evicted)}</b> dropped
      </button>
      <DataDialog isOpen={isOpen.value} onClose={() => isOpen.value = false} />
    </>
  );
}

/** The two ports for programs; their dots blink when telemetry arrives. */
function Receivers() {
  const last = useSignal({ grpc: 0, http: 0 });
  useLive("exports", (records) => {
    const isGrpc = records.some(({ protocol }) => protocol === "grpc");
    const isHttp = records.some(({ protocol }) => protocol !== "grpc");
    const { grpc, http } = last.value;
    last.value = { grpc: grpc + (isGrpc ? 1 : 0), http: http + (isHttp ? 1 : 0) };
  });
  if (!stats.value) return null;
  const { httpUrl, grpcUrl } = stats.value;
  return (
    <p class="receivers">
      <Receiver label="OTLP over HTTP" url={httpUrl} arrivals={last.value.http} />
      <Receiver label="OTLP over gRPC" url={grpcUrl} arrivals={last.value.grpc} />
    </p>
  );
}

function Receiver({ label, url, arrivals }: { label: string; url: string; arrivals: number }) {
  const isOpen = connection.value === "open";
  const state = isOpen ? "is received at" : "was received, before the connection was lost, at";
  return (
    <span title={`${label} ${state} ${url}`}>
      <span class="visually-hidden">{label}{isOpen ? "" : " (not connected)"}:</span>
      {portOf(url)}
      <span key={arrivals} class={`dot${isOpen ? " on" : ""}${arrivals > 0 ? " arrived" : ""}`} />
    </span>
  );
}

function portOf(url: string): string {
  return /:(\d+)\/?$/.exec(url)?.[1] ?? url;
}

function GuideSwitch() {
  if (!guide.value) return null;
  const isShown = isGuideShown.value;
  return (
    <button
      type="button"
      class="button small"
      aria-expanded={isShown}
      aria-controls={isShown ? GUIDE_ID : undefined}
      title="The workshop's steps (g)"
      onClick={toggleGuide}
    >
      Guide
    </button>
  );
}

function ThemeSwitch() {
  const current = theme.value;
  const next = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length]!;
  return (
    <button
      type="button"
      class="button sign"
      aria-label={`Colors: ${current}. Switch to ${next}`}
      title={`Colors: ${current}. Switch to ${next}`}
      onClick={() => theme.value = next}
    >
      {THEME_SIGNS[current]}
    </button>
  );
}
