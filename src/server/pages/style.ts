/** The style of all pages. */
export const style = `
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #62676e; --line: #dfe2e6; --paper: #fff; --shade: #f5f6f8; --good: #18794e; --bad: #c0262d; --link: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #9aa0a8; --line: #33373d; --paper: #17191c; --shade: #202327; --good: #4cc38a; --bad: #ff7b7f; --link: #7ab7ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
a { color: var(--link); }
code, pre, textarea, input { font: 13px/1.5 ui-monospace, monospace; }
.soft { color: var(--soft); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1.25rem 0; padding: 1rem 1.25rem; background: var(--shade); border-radius: .5rem; }
.facts div { min-width: 6rem; }
.facts dt { color: var(--soft); font-size: .8rem; }
.facts dd { margin: 0; font-weight: 600; }
dl { margin: 0; }
details { border-bottom: 1px solid var(--line); }
summary { display: flex; gap: .75rem; align-items: baseline; padding: .55rem .25rem; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
summary .name { flex: 1; min-width: 0; overflow-wrap: anywhere; }
summary small { display: block; color: var(--soft); }
details > div { padding: .25rem .25rem 1.25rem 1.75rem; }
.talk { margin: .75rem 0 0; }
.talk div { display: grid; grid-template-columns: 3.5rem 7rem 1fr; gap: .5rem; padding: .15rem 0; }
.talk dt, .talk time { color: var(--soft); font-size: .85rem; }
.talk dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
ul.plain { margin: .25rem 0; padding: 0; list-style: none; }
ul.plain li { padding: .1rem 0; overflow-wrap: anywhere; }
nav { display: flex; justify-content: space-between; margin-top: 1.5rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
.method { display: inline-block; min-width: 3.2rem; font: 600 12px/1.5 ui-monospace, monospace; color: var(--soft); }
form { display: grid; gap: .6rem; }
label { display: grid; grid-template-columns: 11rem 1fr; gap: .75rem; align-items: baseline; }
input, textarea { width: 100%; padding: .35rem .5rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--paper); color: var(--ink); }
textarea { min-height: 9rem; resize: vertical; }
button { justify-self: start; padding: .4rem 1rem; border: 0; border-radius: .3rem; background: var(--link); color: var(--paper); font: inherit; cursor: pointer; }
pre { overflow: auto; max-height: 30rem; margin: .75rem 0 0; padding: .75rem 1rem; background: var(--shade); border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 36rem) { summary { flex-wrap: wrap; } summary > .soft:last-child { width: 100%; padding-left: 1.6rem; } label, .talk div { grid-template-columns: 1fr; gap: 0; } }
`
