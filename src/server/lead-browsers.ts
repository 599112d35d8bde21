import type { FastifyReply, FastifyRequest } from 'fastify'

/** Whether a request comes from the address bar of a browser: programs accept JSON, or anything. */
function isBrowser({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers['x-cekura-api-key'] === undefined && (headers.accept ?? '').includes('text/html')
}

/** Leads browsers from an address of a result to its page. */
export async function leadBrowsers(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const [, id] = /\/results\/(\d{1,10})\/?(?:\?|$)/.exec(request.url) ?? []
  return id !== undefined && isBrowser(request) ? reply.redirect(`/ui/results/${id}/`, 303) : undefined
}
