import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** An answer of a name server. */
export type DnsRecord =
  | { readonly type: 'SRV'; readonly priority: number; readonly weight: number; readonly port: number; readonly target: string }
  | { readonly type: 'NAPTR'; readonly order: number; readonly preference: number; readonly service: string; readonly replacement: string }

export interface DnsServer extends AsyncDisposable {
  /** As resolvers want it: `127.0.0.1:5353`. */
  readonly address: string
  /** What was asked: `SRV _sip._udp.pbx.test`. */
  readonly asked: readonly string[]
}

const typeNumbers = { SRV: 33, NAPTR: 35 } as const

/** A little name server on loopback. @param zone  Records by type and name; of other names it knows nothing. */
export async function startDnsServer(zone: Readonly<Record<string, readonly DnsRecord[]>>): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, from) => {
    const { name, end } = nameAt(query, 12)
    const type = Object.entries(typeNumbers).find(([, number]) => number === query.readUInt16BE(end))?.[0] ?? 'other'
    asked.push(`${type} ${name}`)
    const records = zone[`${type} ${name}`] ?? []
    const head = Buffer.from(query.subarray(0, 12))
    // A response with recursion; NXDOMAIN where there is nothing.
    head.writeUInt16BE(records.length > 0 ? 0x8180 : 0x8183, 2)
    for (const [at, count] of [1, records.length, 0, 0].entries()) head.writeUInt16BE(count, 4 + 2 * at)
    socket.send(Buffer.concat([head, query.subarray(12, end + 4), ...records.map(answerOf)]), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    async [Symbol.asyncDispose]() {
      socket.close()
    },
  }
}

/** Its name is that of the question. */
function answerOf(record: DnsRecord): Buffer {
  const data = dataOf(record)
  return Buffer.concat([Buffer.from([0xc0, 12]), words(typeNumbers[record.type], 1, 0, 60, data.length), data])
}

function dataOf(record: DnsRecord): Buffer {
  switch (record.type) {
    case 'SRV':
      return Buffer.concat([words(record.priority, record.weight, record.port), written(record.target)])
    case 'NAPTR':
      return Buffer.concat([
        words(record.order, record.preference),
        ...['s', record.service, ''].map(text => Buffer.from(`${String.fromCharCode(text.length)}${text}`)),
        written(record.replacement),
      ])
  }
}

function words(...values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap(value => [value >> 8, value & 0xff]))
}

function written(name: string): Buffer {
  return Buffer.from(
    `${name
      .split('.')
      .map(label => `${String.fromCharCode(label.length)}${label}`)
      .join('')}\0`,
  )
}

function nameAt(query: Buffer, at: number): { name: string; end: number } {
  const labels: string[] = []
  while (query[at]! > 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
    at += 1 + query[at]!
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}
