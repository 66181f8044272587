// The look of a report: a calm page for screen, telephone and paper, light and dark.
#pragma once

namespace wideband {

inline constexpr const char* report_style = R"css(
:root { color-scheme: light dark; --paper: #fcfbf8; --ink: #1f2328; --quiet: #5c636b;
  --line: #dedbd3; --panel: #f4f2ec; --accent: #0a5a8c; --good: #1a6b45; --bad: #b3261e;
  --open: #7a5600; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #e3e5e8; --quiet: #a0a7af;
  --line: #343a41; --panel: #1d2126; --accent: #7cc0ee; --good: #6fce9e; --bad: #ff8f86;
  --open: #e3b95b; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1.0625rem/1.6 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
main, header, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 3rem; }
h1, h2, h3, nav, .chip, .small, table, dl, summary, figcaption b
  { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -.01em; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 3.5rem 0 .75rem; padding-top: .9rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1.02rem; margin: 2rem 0 .2rem; }
p { max-width: 42rem; margin: .5rem 0; }
a { color: var(--accent); text-underline-offset: .15em; }
sub, sup { line-height: 0; font-size: .72em; }
code, pre { font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { background: var(--panel); border-radius: .4rem; padding: .9rem 1rem; overflow-x: auto; }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1.3rem; font-size: .92rem; margin: 1.2rem 0 0; }
.lead { font-size: 1.15rem; color: var(--quiet); }
.small { font-size: .86rem; color: var(--quiet); }
.count { font-size: 1.15rem; margin-top: 1.2rem; }
.note { background: var(--panel); border-left: .25rem solid var(--open); border-radius: .2rem;
  padding: .6rem 1rem; margin: 1.2rem 0; max-width: 42rem; }
.note ul { margin: .2rem 0; padding-left: 1.2rem; }
.claim { display: grid; grid-template-columns: 7.6rem minmax(0, 1fr); gap: 0 1rem;
  padding: .9rem 0; border-bottom: 1px solid var(--line); }
.claim p { margin: 0 0 .25rem; }
.claim .finding { color: var(--quiet); }
.chip { font-size: .84rem; font-weight: 600; line-height: 1.6rem; white-space: nowrap; }
.holds { color: var(--good); } .fails { color: var(--bad); } .inconclusive { color: var(--open); }
details { margin: .35rem 0; }
summary { cursor: pointer; font-size: .86rem; color: var(--quiet); }
summary:hover { color: var(--accent); }
.scroll { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; font-size: .82rem; line-height: 1.45;
  font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .9rem .25rem 0; text-align: right; white-space: nowrap;
  border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
th.word, td.word { text-align: left; }
td.word { white-space: normal; min-width: 8rem; }
figure { margin: 2rem 0 2.6rem; }
.plot { overflow-x: auto; }
.plot svg { display: block; width: 100%; min-width: 43rem; height: auto; }
figcaption { max-width: 42rem; margin-top: .5rem; font-size: .97rem; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) minmax(0, 1fr);
  gap: .3rem 1.4rem; font-size: .9rem; margin: .8rem 0; }
dt { color: var(--quiet); } dd { margin: 0; }
footer { padding: 3rem 1.25rem; }
@media (max-width: 36rem) { header { padding-top: 1.6rem; } h1 { font-size: 1.6rem; }
  h2 { margin-top: 2.4rem; } .claim { grid-template-columns: 1fr; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6rem; } }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --quiet: #444; --line: #ccc;
    --panel: #f5f5f5; --accent: #000; --good: #114b30; --bad: #8c1d18; --open: #5c4100; }
  @page { margin: 18mm 16mm; } body { font-size: 10.5pt; } main, header, footer { max-width: none; padding: 0; }
  header { padding-top: 0; } nav { display: none; } .plot { overflow: visible; }
  .plot svg { min-width: 0; max-height: 23cm; } figure, .claim, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; } .scroll { overflow: visible; } a { text-decoration: none; } }
)css";

}  // namespace wideband
