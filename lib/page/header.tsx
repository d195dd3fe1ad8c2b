import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { DataDialog } from "./components/data_dialog.tsx";
import { HelpDialog } from "./components/help.tsx";
import { countOf, formatCount } from "./format/number.ts";
import { GUIDE_ID } from "./guide/guide_panel.tsx";
import { guide, isGuideShown, toggleGuide } from "./state/guide.ts";
import { useKeys } from "./state/keyboard.ts";
import { connection, stats, useLive } from "./state/live.ts";
import { navigate, place } from "./state/place.ts";
import { theme, THEMES } from "./state/theme.ts";
import { GUIDE_VIEW, shownViews } from "./views.ts";

const THEME_SIGNS = { system: "◐", light: "○", dark: "●" };

/** Name, views, connection state, stored traces, theme, and help. */
export function Header() {
  const isHelpOpen = useSignal(false);
  const views = shownViews.value;
  const navigation = useRef<HTMLElement>(null);
  useEffect(() => {
    // On narrow screens, the navigation scrolls.
    const current = navigation.current?.querySelector("[aria-current]");
    current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [place.value.path]);
  useKeys({
    "?": () => isHelpOpen.value = true,
    g: () => guide.value && toggleGuide(),
    ...Object.fromEntries(views.map(({ path }, index) => [index + 1, () => navigate(path)])),
  });
  return (
    <header class="header">
      <a class="brand" href="/">otel-kit</a>
      <nav ref={navigation} aria-label="Views">
        {views.map(({ path, label }) => (
          <a key={path} href={path} aria-current={isCurrent(path) ? "page" : undefined}>{label}</a>
        ))}
        <a href="/tutorial">Tutorial</a>
        <GuideLink />
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
        title={`${countOf(traces.kept, "trace")} kept. Limits, save, import, delete`}
        aria-haspopup="dialog"
        onClick={() => isOpen.value = true}
      >
        <b>{formatCount(traces.kept)}</b> kept
        {traces.evicted > 0 && (
          <span>
            , <b>{formatCount(traces.evicted)}</b> dropped
          </span>
        )}
      </button>
      <DataDialog isOpen={isOpen.value} onClose={() => isOpen.value = false} />
    </>
  );
}

/** The two ports for programs; the dot blinks when telemetry arrives. */
function Receivers() {
  const arrivals = useSignal(0);
  useLive("exports", () => arrivals.value++);
  if (!stats.value) return null;
  const { httpUrl, grpcUrl } = stats.value;
  const isOpen = connection.value === "open";
  return (
    <a
      class="receivers"
      href="/exports"
      title={`${isOpen ? "Receiving" : "Connection lost. It was receiving"} ` +
        `OTLP over HTTP at ${httpUrl} and over gRPC at ${grpcUrl}. ` +
        "The dot blinks when telemetry arrives"}
    >
      <span class="receivers-name">OTLP</span>
      <span>{portOf(httpUrl)}, {portOf(grpcUrl)}</span>
      <span
        key={arrivals.value}
        class={`dot${isOpen ? " on" : ""}${arrivals.value > 0 ? " arrived" : ""}`}
      />
      <span class="visually-hidden">{isOpen ? "connected" : "not connected"}</span>
    </a>
  );
}

function portOf(url: string): string {
  return /:(\d+)\/?$/.exec(url)?.[1] ?? url;
}

/** Leads to how to start the guide; if it is running, there is a switch instead. */
function GuideLink() {
  const { path, label, isShown } = GUIDE_VIEW;
  if (!isShown?.()) return null;
  return <a href={path} aria-current={isCurrent(path) ? "page" : undefined}>{label}</a>;
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
