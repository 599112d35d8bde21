// Watches a result as many clients at once. Started by watchers.js.
import { connect } from 'node:net'

process.once('message', wanted => void watchAll(/** @type {{ url: string, watchers: number }} */ (wanted)))

/** @param {{ url: string, watchers: number }} wanted */
async function watchAll({ url, watchers }) {
  const { hostname, port, pathname } = new URL(url)
  let [seated, lost, events, ended] = [0, 0, 0, 0]
  const watch = () => {
    const socket = connect(Number(port), hostname).on('error', () => (lost += 1))
    socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n\r\n`)
    socket.once('data', head => (seated += Number(String(head).startsWith('HTTP/1.1 200'))))
    socket.once('end', () => {
      ended += 1
      if (ended === watchers) process.send?.({ served: ended })
    })
    socket.on('data', bytes => (events += bytes.toString('latin1').split('data: {').length - 1))
  }
  for (let begun = 0; begun < watchers; begun += 1) {
    watch()
    if (begun % 50 === 49) await new Promise(resolve => setTimeout(resolve, 20))
  }
  while (seated + lost < watchers) await new Promise(resolve => setTimeout(resolve, 50))
  events = 0
  process.send?.({ seated, lost })
  process.once('message', () => process.send?.({ events }))
}
