/** The style of the page that tries the API. */
export const style = `
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #62676e; --line: #dfe2e6; --paper: #fff; --shade: #f5f6f8; --bad: #c0262d; --link: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #9aa0a8; --line: #33373d; --paper: #17191c; --shade: #202327; --bad: #ff7b7f; --link: #7ab7ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
a { color: var(--link); }
code, pre, textarea, input { font: 13px/1.5 ui-monospace, monospace; }
.soft { color: var(--soft); }
.bad { color: var(--bad); }
details { border-bottom: 1px solid var(--line); }
summary { display: flex; gap: .75rem; align-items: baseline; padding: .55rem .25rem; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
summary .name { flex: 1; min-width: 0; overflow-wrap: anywhere; }
details > div { padding: .25rem .25rem 1.25rem 1.75rem; }
.method { display: inline-block; min-width: 3.2rem; font: 600 12px/1.5 ui-monospace, monospace; color: var(--soft); }
form { display: grid; gap: .6rem; }
label { display: grid; grid-template-columns: 11rem 1fr; gap: .75rem; align-items: baseline; }
input, textarea { width: 100%; padding: .35rem .5rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--paper); color: var(--ink); }
textarea { min-height: 9rem; resize: vertical; }
button { justify-self: start; padding: .4rem 1rem; border: 0; border-radius: .3rem; background: var(--link); color: var(--paper); font: inherit; cursor: pointer; }
pre { overflow: auto; max-height: 30rem; margin: .75rem 0 0; padding: .75rem 1rem; background: var(--shade); border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 36rem) { summary { flex-wrap: wrap; } summary > .soft:last-child { width: 100%; padding-left: 1.6rem; } label { grid-template-columns: 1fr; gap: 0; } }
`
