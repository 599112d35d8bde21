import { readFileSync } from 'node:fs'
import { html } from './html.js'
import type { Page } from './page.js'

/** A page with a form for each of the API's operations. The browser builds it from /openapi.json. */
export function tryPage(): Page {
  return {
    title: 'Callsheet API',
    body: html`<main>
<h1>Callsheet API</h1>
<p class="soft">Described by <a href="/openapi.json">openapi.json</a>. What is sent from here is really done: runs call real agents.</p>
<form id="key"><label><span>API key</span><input type="password" autocomplete="off" placeholder="not needed if the server has no key"></label></form>
<div id="operations"><noscript><p>This page needs JavaScript. The description linked above does not.</p></noscript></div>
</main>`,
    script: readFileSync(new URL('try-it.js', import.meta.url), 'utf8'),
  }
}
