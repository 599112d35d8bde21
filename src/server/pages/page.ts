import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { html, trusted, type Html } from './html.js'
import { style } from './style.js'

export interface Page {
  readonly title: string
  readonly body: Html
  /** Our own JavaScript. */
  readonly script?: string
}

/** Sends a self-contained page: its style and script are inline, and the browser may run or fetch nothing else. */
export function sendPage(reply: FastifyReply, { title, body, script }: Page): FastifyReply {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
${body}
${script === undefined ? '' : html`<script>${trusted(script)}</script>`}
</body>
</html>
`
  return reply.header('content-security-policy', policyOf(script)).type('text/html; charset=utf-8').send(page.html)
}

function policyOf(script: string | undefined): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    'img-src data:',
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`, "connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
