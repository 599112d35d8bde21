// The HTTP framework without Callsheet, for scale: node bench/bare-server.js
// Prints its URL. /empty answers with nothing; /same answers with the bytes stored there.
import fastify from 'fastify'

const server = fastify({ bodyLimit: 1 << 26 })
let bytes = Buffer.alloc(0)
server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
server.get('/empty', (_request, reply) => reply.send())
server.put('/same', (request, reply) => {
  bytes = /** @type {Buffer<ArrayBuffer>} */ (request.body)
  return reply.send()
})
server.get('/same', (_request, reply) => reply.type('application/octet-stream').send(bytes))
console.log(await server.listen({ host: '127.0.0.1', port: 0 }))
