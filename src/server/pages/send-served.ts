import type { FastifyReply } from 'fastify'
import type { ServedPage } from '../../app/serve/pages/page-texts.js'

/** Sends a page that is made of the same parts as reports. */
export function sendServed(reply: FastifyReply, { html, policy }: ServedPage): FastifyReply {
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html)
}
